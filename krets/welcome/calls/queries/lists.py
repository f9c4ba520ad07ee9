"""Whom I am to ring."""

from collections import Counter
from dataclasses import dataclass, field

from django.core.paginator import Page, Paginator
from django.db.models import Case, Exists, OuterRef, Prefetch, Q, Subquery, Value, When
from django.utils import timezone
from django.utils.translation import gettext as _

from krets.kit.ui import days
from krets.register.members.fields import columns
from krets.register.models import Membership
from krets.welcome.calls import moments
from krets.welcome.calls.models import Attempt, Call, CallReason
from krets.welcome.calls.models.calls import is_reachable
from krets.welcome.calls.queries.asked import asked_of, put_off_by
from krets.welcome.calls.queries.begun import begun_by_others
from krets.welcome.calls.queries.fees import fees_told
from krets.welcome.calls.queries.order import (
    LATER,
    NOW,
    RESTING,
    TOO_LATE,
    UNREACHABLE,
    begun_of,
    in_turn,
)
from krets.welcome.calls.queries.waiting import sees_all, waiting_count
from krets.welcome.calls.telling import why

PER_PAGE = 25
LATER_TODAY = "later_today"
_PARTS = {
    NOW: "now",
    RESTING: "resting",
    UNREACHABLE: "unreachable",
    TOO_LATE: "another_day",
    LATER: "another_day",
}
_READ = ("pk", "person", "heap", "not_before")


@dataclass(frozen=True)
class Line:
    """One call on a list: the row, in a sentence why, and whether its report is begun.

    `begun` says that somebody else has begun one, `is_in_hand` that the viewer has taken the call.
    """

    call: Call
    why: str
    is_begun: bool = False
    begun: str = ""
    when: str = ""
    is_in_hand: bool = False


@dataclass(frozen=True)
class MyList:
    """A page of a caller's own calls: those to make now, those for later, and the shared ones.

    `paged` is the Paginator's page, `counts` how many of each heap there are on all pages,
    `later_today` how many of those for later are for today, and `pages` where the first stands of
    those that rest, have no number, are for later today and for another day.
    """

    paged: Page
    counts: Counter
    heaps: dict = field(default_factory=dict)
    shared: int = 0
    later_today: int = 0
    pages: dict = field(default_factory=dict)

    @property
    def now(self):
        return self.heaps.get(NOW, [])

    @property
    def resting(self):
        return self.heaps.get(RESTING, [])

    @property
    def unreachable(self):
        return self.heaps.get(UNREACHABLE, [])

    @property
    def later(self):
        return [*self.heaps.get(TOO_LATE, []), *self.heaps.get(LATER, [])]

    @property
    def lines(self):
        return [line for heap in self.heaps.values() for line in heap]

    @property
    def in_hand(self):
        """The line on this page of the call that the viewer has in hand, or None."""
        return next((line for line in self.lines if line.is_in_hand), None)

    @property
    def to_call(self):
        """How many there are to call now, on all pages."""
        return self.counts[NOW]

    @property
    def to_find(self):
        """How many have no number that works, on all pages."""
        return self.counts[UNREACHABLE]

    @property
    def to_decide(self):
        """How many rest after three tries, on all pages."""
        return self.counts[RESTING]

    @property
    def another_day(self):
        """How many wait for a day to come, on all pages."""
        return self.counts[TOO_LATE] + self.counts[LATER] - self.later_today

    @property
    def rest(self):
        """How many stand on the list beside those to call now."""
        return self.counts.total() - self.to_call

    @property
    def is_empty(self):
        return not (self.counts.total() or self.shared)


def my_list(viewer, *, fields, at, number=1):
    """Return a page of those the viewer is to ring, begun reports first. Constant statements.

    A membership officer also gets what nobody can ring.
    """
    today = timezone.localdate(at)
    # Numbers only, so that all are counted and ordered in one reading.
    own, put_off = begun_of(viewer), put_off_by(viewer, today)
    everyone = list(_mine(viewer, at, begun=own, put_off=put_off).values_list(*_READ))
    counts = Counter(heap for _pk, _person, heap, _not_before in everyone)
    paged = Paginator(everyone, PER_PAGE).get_page(number)
    shown = list(paged.object_list)
    # Only of those on the page is it asked what their lines say.
    calls = told(Call.objects.filter(pk__in=[pk for pk, *_rest in shown]), fields)
    calls = {call.pk: call for call in calls}
    fees, heaps = fees_told(viewer.unit, calls.values(), fields, today), {}
    begun = begun_by_others(viewer, calls, today)
    for pk, person_id, heap, not_before in shown:
        any_begun = pk in own or pk in begun
        reason = why(calls[pk], viewer, today, fee=fees.get(pk, ""), is_begun=any_begun)
        when = _when(heap, not_before, put_off.get(person_id), today)
        line = Line(
            calls[pk],
            reason,
            pk in own,
            begun.get(pk, ""),
            when,
            calls[pk].is_in_hand_of(viewer, at),
        )
        heaps.setdefault(heap, []).append(line)
    parts = [_part(row, put_off, today) for row in everyone]
    return MyList(
        paged,
        counts,
        heaps,
        shared=waiting_count(viewer, at=at),
        later_today=parts.count(LATER_TODAY),
        # Backwards, so that the first of each part is what stays.
        pages={part: 1 + at // PER_PAGE for at, part in reversed(list(enumerate(parts)))},
    )


def _part(row, put_off, today):
    """Return the name of what a call is counted among where the list is told of in parts."""
    _pk, person_id, heap, not_before = row
    is_awake = person_id not in put_off
    if heap == LATER and is_awake and not_before and timezone.localdate(not_before) == today:
        return LATER_TODAY
    return _PARTS[heap]


def _mine(viewer, at, *, begun, put_off):
    """Return the viewer's own calls in their turn, each with the heap it lies on."""
    mine = Q(given_to__in=viewer.person_ids)
    mine |= Q(claimed_by__in=viewer.person_ids, claim_until__gt=at)
    is_free = Q(claimed_by=None) | Q(claim_until__lte=at)
    mine |= is_free & asked_of(viewer)
    calls = Call.objects.of(viewer.unit).open().exclude(person__in=viewer.person_ids)
    if sees_all(viewer):
        # Nobody else can help those who rest after three tries, or have no number.
        mine |= Q(rested_at__isnull=False) | ~is_reachable()
        # What one has begun to tell is one's own, whoever has the call.
        mine |= Q(pk__in=begun)
    else:
        calls = calls.filter(is_reachable(), person__protected_at=None, rested_at=None)
    return in_turn(calls.filter(mine).allowed(), at, begun=begun, put_off=put_off)


def _when(heap, not_before, put_off_until, today):
    """Return when a call can be made that is not for now: what was agreed on, or put off to."""
    if heap == TOO_LATE:
        return _("Tomorrow, before 20")
    if heap != LATER:
        return ""
    if put_off_until and (not_before is None or timezone.localdate(not_before) < put_off_until):
        return days.said(put_off_until, today)
    return moments.said(not_before, today) if not_before else ""


def told(calls, fields):
    """Return the calls with what a line says: person, reasons, last try and joining day."""
    current = Membership.objects.filter(person=OuterRef("person")).current()
    tried = Attempt.objects.standing().filter(person=OuterRef("person")).order_by("-at", "-pk")
    return (
        calls.select_related("person")
        .only(*_columns(fields))
        .annotate(
            joined_on=Subquery(current.values("joined_on")[:1]),
            is_member=Exists(current),
            has_number=Case(When(is_reachable(), then=Value(True)), default=Value(False)),
            tried_at=Subquery(tried.values("at")[:1]),
            tried_how=Subquery(tried.values("outcome")[:1]),
            tried_again_at=Subquery(tried.values("again_at")[:1]),
        )
        .prefetch_related(Prefetch("reasons", _reasons()))
    )


def _reasons():
    """Return why calls are made, with what was promised and by whom."""
    promised = ("caller", "at", "outcome", "again_at", "promise")
    names = ("first_name", "last_name", "register_number")
    opened = [*promised, *(f"caller__{column}" for column in names)]
    reasons = CallReason.objects.select_related("attempt__caller")
    return reasons.only("call", "kind", *(f"attempt__{column}" for column in opened))


def _columns(fields):
    own = [column.attname for column in Call._meta.concrete_fields]
    return (*own, *(f"person__{column}" for column in columns(fields)))


def calls_within(unit, scope):
    """Return the unit's calls that the scope opens."""
    return Call.objects.of(unit).within(scope)


def open_call_to(unit, scope, person_id):
    """Return the open call to the person, if the scope opens it, else None."""
    return Call.objects.of(unit).within(scope).open().filter(person=person_id).first()
