"""Whom I am to ring."""

from dataclasses import dataclass, field

from django.db.models import Exists, OuterRef, Q, Subquery
from django.utils import timezone

from krets.register.members.fields import columns
from krets.register.models import Membership
from krets.welcome.calls.models import Attempt, Call
from krets.welcome.calls.moments import WITHIN
from krets.welcome.calls.queries.waiting import sees_all, waiting_count
from krets.welcome.calls.telling import why


@dataclass(frozen=True)
class Line:
    """One call on a list: the row, and in a sentence why."""

    call: Call
    why: str


@dataclass(frozen=True)
class MyList:
    """A caller's own calls: those to make now, those for later, and how many are shared."""

    now: list[Line] = field(default_factory=list)
    later: list[Line] = field(default_factory=list)
    unreachable: list[Line] = field(default_factory=list)
    resting: list[Line] = field(default_factory=list)
    shared: int = 0

    @property
    def is_empty(self):
        return not (self.now or self.later or self.unreachable or self.resting or self.shared)


def my_list(viewer, *, fields, at):
    """Return what the viewer is to ring. A membership officer also gets what nobody can ring."""
    unit = viewer.unit
    today = timezone.localdate(at)
    mine = Q(given_to__in=viewer.person_ids)
    mine |= Q(claimed_by__in=viewer.person_ids, claim_until__gt=at)
    if sees_all(viewer):
        # Nobody else can help those who rest after three tries, or have no number.
        mine |= Q(rested_at__isnull=False) | Q(is_reachable=False)
    calls = (
        Call.objects.of(unit)
        .open()
        .allowed()
        .annotate(is_reachable=Exists(Call.objects.filter(pk=OuterRef("pk")).reachable()))
        .filter(mine)
    )
    if not sees_all(viewer):
        calls = calls.filter(person__protected_at=None, rested_at=None, is_reachable=True)
    sorted_calls = {"now": [], "later": [], "unreachable": [], "resting": []}
    for call in told(calls, fields, at).order_by("due_on", "pk"):
        line = Line(call, why(call, viewer, today))
        sorted_calls[_heap(call, at)].append(line)
    return MyList(**sorted_calls, shared=waiting_count(viewer, at=at))


def told(calls, fields, at):
    """Return the calls with what a line says: person, reasons, tries and joining day."""
    current = Membership.objects.filter(person=OuterRef("person")).current()
    since = at - WITHIN
    tried = Attempt.objects.standing().filter(person=OuterRef("person"), at__gt=since)
    return (
        calls.select_related("person")
        .only(*_columns(fields))
        .annotate(
            joined_on=Subquery(current.values("joined_on")[:1]),
            is_member=Exists(current),
            tried_at=Subquery(tried.unanswered().order_by("-at").values("at")[:1]),
        )
        .prefetch_related("reasons__attempt")
    )


def _columns(fields):
    own = [column.attname for column in Call._meta.concrete_fields]
    return (*own, *(f"person__{column}" for column in columns(fields)))


def _heap(call, at):
    if call.rested_at:
        return "resting"
    if not call.is_reachable:
        return "unreachable"
    if call.not_before and call.not_before > at:
        return "later"
    return "now"


def open_call_to(unit, scope, person_id):
    """Return the open call to the person, if the scope opens it, else None."""
    return Call.objects.of(unit).within(scope).open().filter(person=person_id).first()
