"""The list of those whose fee has not come in: in heaps, those to ask first."""

from collections import Counter
from dataclasses import dataclass
from datetime import date

from django.core.paginator import Page, Paginator
from django.db.models import Case, DateField, Exists, F, OuterRef, Q, Value, When
from django.utils import timezone
from django.utils.translation import gettext as _

from krets.register.members.fields import columns
from krets.register.members.models import Fee, Membership, Person
from krets.register.members.queries import years_paid
from krets.welcome.calls.models import Attempt, Call
from krets.welcome.calls.models.calls import NUMBERS, is_reachable
from krets.welcome.calls.queries import said_moment, start_of
from krets.welcome.calls.queries.order import ORDER, as_on_today
from krets.welcome.calls.queries.tries import tired
from krets.welcome.leavers.queries.unpaid import (
    FRESH,
    first_day,
    given_up,
    knows_fees,
    last_read_on,
    settled,
    unpaid,
    written,
)

PER_PAGE = 25
_NEVER = Value(date.max, output_field=DateField())
TO_CALL, TO_WRITE, ASKED, QUIET = range(4)
HEAPS = ("call", "write", "asked", "quiet")


@dataclass(frozen=True)
class Unpaid:
    """One member without this year's fee: the years paid before, the last contact, what waits.

    `called_on` is the day of the last call or try, however long ago, and `outcome` how it went.
    `answer` is what was said this year, `waits` tells in words why there is no ringing just now,
    `written_on` when a letter went out, and `number_is_wrong` that none works of those there are.
    """

    person: Person
    joined_on: date | None
    missing_on: date | None
    years: list[int]
    called_on: date | None = None
    outcome: str = ""
    answer: str = ""
    written_on: date | None = None
    waits: str = ""
    number_is_wrong: bool = False


@dataclass(frozen=True)
class Heap:
    """Those to be treated alike: how many there are on all pages, and those on this one."""

    key: str
    count: int
    rows: list[Unpaid]


@dataclass(frozen=True)
class Leavers:
    """A page of the list, of which year, how old the fees are, whether the register tells of any.

    `paged` is the Paginator's page, `heaps` what stands on it: to call, to write to, asked already,
    and those who are not asked. `others`, on the last page, is how many
    more the register shows as unpaid: they joined lately.
    """

    paged: Page
    heaps: list[Heap]
    others: int
    year: int
    read_on: date | None
    knows_fees: bool
    is_fresh: bool

    @property
    def rows(self):
        return [row for heap in self.heaps for row in heap.rows]

    @property
    def is_empty(self):
        """Whether there is nobody to show, or nothing is known of the year's fees."""
        return not (self.knows_fees and self.heaps)


def leavers(unit, *, fields, at, settings, number=1):
    """Return a page of those who have not paid this year: first those to ask, as calls are made.

    Whom no to-do asks for stands after the others of the heap, oldest members first. `settings`
    are the numbers of the routine that asks, so that its to-dos and the list agree. Constant
    statements.
    """
    today = timezone.localdate(at)
    year = today.year
    read_on = last_read_on(unit, year)
    owing = unpaid(unit, year=year, from_month=settings["counts_from_month"])
    owing = settled(owing, today).filter(person__protected_at=None)
    asked_from = first_day(year, settings["from_day"])
    heaped = _heaped(unit, owing, asked_from, at)
    # Numbers only, so that all are counted and ordered in one reading.
    oldest_first = F("joined_on").asc(nulls_last=True)
    nobody_asks = Case(When(asked_by=None, then=Value(1)), default=Value(0))
    in_turn = as_on_today(heaped, due_on=_NEVER, fact_on=_NEVER).annotate(unasked=nobody_asks)
    by_turn = ("unasked", *ORDER[:-1], oldest_first)
    ordered = in_turn.order_by("heap", "waits", *by_turn, "person__sort_key", "pk")
    everyone = list(ordered.values_list("pk", "heap"))
    counts = Counter(heap for _pk, heap in everyone)
    paged = Paginator(everyone, PER_PAGE).get_page(number)
    shown = list(paged.object_list)
    rows = _rows(unit, [pk for pk, _heap in shown], fields, asked_from, at)
    heaps = {}
    for pk, heap in shown:
        heaps.setdefault(heap, []).append(rows[pk])
    return Leavers(
        paged=paged,
        heaps=[Heap(HEAPS[heap], counts[heap], rows) for heap, rows in heaps.items()],
        others=0 if paged.has_next() else _unpaid_in_the_register(unit, year) - len(everyone),
        year=year,
        read_on=read_on,
        knows_fees=knows_fees(unit, year),
        is_fresh=read_on is not None and today - read_on <= FRESH,
    )


def _heaped(unit, memberships, asked_from, at):
    """Return the memberships, each with its heap, and whether ringing has to wait."""
    talks = Attempt.objects.of(unit).standing().talks()
    talked = talks.filter(person=OuterRef("person"), at__gte=start_of(asked_from))
    letters = written(unit, since=asked_from).filter(person=OuterRef("person"))
    over = given_up(unit, since=asked_from).filter(person=OuterRef("person"))
    write = Exists(over.filter(closing=Call.Closing.LETTER)) | ~is_reachable()
    heap = Case(
        When(person__supports_quietly_at__isnull=False, then=Value(QUIET)),
        When(Exists(talked) | Exists(letters), then=Value(ASKED)),
        When(Q(person__no_calls_at__isnull=False) | write, then=Value(TO_WRITE)),
        # Three tries, and then it was left at that or written in another way: nobody asks again.
        When(Exists(over), then=Value(ASKED)),
        default=Value(TO_CALL),
    )
    later = Call.objects.open().filter(person=OuterRef("person"), not_before__gt=at)
    waits = Case(When(Exists(later), then=Value(1)), default=Value(0))
    return memberships.annotate(heap=heap, waits=waits)


def _rows(unit, pks, fields, asked_from, at):
    """Return {membership: Unpaid} of these. Six statements."""
    today = timezone.localdate(at)
    members = list(_with_person(Membership.objects.filter(pk__in=pks), fields))
    ids = [member.person_id for member in members]
    years, again = years_paid(unit, ids, before=today.year), tired(ids, at)
    last, talks = _last_contacts(unit, ids)
    waiting = _open_calls(unit, ids)
    letters = dict(
        written(unit, since=asked_from)
        .filter(person__in=ids)
        .order_by("printed_at", "pk")
        .values_list("person", "printed_at")
    )
    return {
        member.pk: Unpaid(
            person=member.person,
            joined_on=member.joined_on,
            missing_on=member.missing_on,
            years=years.get(member.person_id, []),
            called_on=_day(called_at),
            outcome=outcome,
            answer=_answer(*talks.get(member.person_id, (None, "")), today.year),
            written_on=_day(letters.get(member.person_id)),
            waits=_waits(waiting.get(member.person_id), again.get(member.person_id), at),
            number_is_wrong=member.number_is_wrong,
        )
        for member in members
        for called_at, outcome in [last.get(member.person_id, (None, ""))]
    }


def _with_person(memberships, fields):
    """Return the memberships with the person, and whether no number works of those there are."""
    no_number = Q(**{f"person__{column}": "" for column in NUMBERS})
    # For those who want no calls no number is looked for.
    is_wrong = ~no_number & ~is_reachable() & Q(person__no_calls_at=None)
    wrong = Case(When(is_wrong, then=Value(True)), default=Value(False))
    names = (f"person__{name}" for name in columns(fields))
    members = memberships.select_related("person").annotate(number_is_wrong=wrong)
    return members.only("person_id", "joined_on", "missing_on", *names)


def _last_contacts(unit, ids):
    """Return {person: (moment, outcome)} of the last tries, {person: (moment, answer)} of talks."""
    tries = Attempt.objects.of(unit).standing().filter(person__in=ids).order_by("at", "pk")
    last, talks = {}, {}
    # The latest stands last in what is read, and so is the one that is kept.
    for person_id, at, outcome, answer in tries.values_list(
        "person", "at", "outcome", "fee_answer"
    ):
        last[person_id] = at, outcome
        if outcome == Attempt.Outcome.TALKED:
            talks[person_id] = at, answer
    return last, talks


def _open_calls(unit, ids):
    """Return {person: (not before, rested at)} of the calls that are open."""
    calls = Call.objects.of(unit).open().filter(person__in=ids)
    return {
        person_id: told
        for person_id, *told in calls.values_list("person", "not_before", "rested_at")
    }


def _day(moment):
    return timezone.localdate(moment) if moment else None


def _answer(talked_at, answer, year):
    # What was said of last year's fee is history.
    if not answer or _day(talked_at).year != year:
        return ""
    return str(Attempt.FeeAnswer(answer).label)


def _waits(call, again, at):
    """Return in words why there is no ringing now; empty when there is none to wait for."""
    not_before, rested_at = call or (None, None)
    if rested_at:
        return _("Rests after three tries")
    until = max((each for each in (not_before, again) if each and each > at), default=None)
    if until is None:
        return ""
    return _("Call %(when)s") % {"when": said_moment(until, timezone.localdate(at))}


def _unpaid_in_the_register(unit, year):
    """Return how many the list of members shows without a fee for the year."""
    paid = Fee.objects.of(unit).filter(person=OuterRef("person"), year=year)
    members = Membership.objects.of(unit).current().told_of_fee(year)
    members = members.filter(person__protected_at=None, person__deceased_on=None)
    return members.filter(~Exists(paid)).count()
