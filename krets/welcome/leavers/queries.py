"""Whose fee has not come in this year, and how to ask about it gently."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.core.paginator import Page, Paginator
from django.db.models import Exists, F, OuterRef, Q, Subquery
from django.utils import timezone

from krets.register.imports.models import Import
from krets.register.members.fields import columns
from krets.register.members.models import Fee, Membership, Person
from krets.rhythm.todos.models import Todo
from krets.welcome.calls.models import Attempt, Call, CallReason, Claim
from krets.welcome.letters.models import Letter

CALL_ROUTINE = "fee_unpaid"
ROUTINES = (CALL_ROUTINE, "fee_letter")
FRESH = timedelta(days=7)
NEW = timedelta(days=90)
COUNTS_FROM_MONTH = 10
EARLIER = 4
PER_PAGE = 25


@dataclass(frozen=True)
class Unpaid:
    """One member without this year's fee: the years paid before, and the last contact."""

    person: Person
    joined_on: date | None
    missing_on: date | None
    years: list[int]
    talked_at: object
    call_id: int | None

    @property
    def is_to_be_called(self):
        person = self.person
        has_number = person.phone or person.phone_home or person.phone_work
        return bool(has_number) and not (person.no_calls_at or person.supports_quietly_at)


@dataclass(frozen=True)
class Leavers:
    """A page of the list, of which year, how old the fees are, whether the register tells of any.

    `paged` is the Paginator's page, `rows` what stands on it.
    """

    paged: Page
    rows: list[Unpaid]
    year: int
    read_on: date | None
    knows_fees: bool
    is_fresh: bool


def first_day(year, month_and_day):
    """Return the day of the year from which a setting like 815 lets us ask."""
    month, day = divmod(month_and_day, 100)
    try:
        return date(year, month, day)
    except ValueError:
        return date(year, min(max(month, 1), 12), 28)


def last_read_on(unit, year):
    """Return the day of the last file that told of the year's fees, None if none did."""
    at = (
        Import.objects.of(unit)
        .applied()
        .filter(fee_year=year)
        .order_by("-applied_at")
        .values_list("applied_at", flat=True)
        .first()
    )
    return timezone.localdate(at) if at else None


def unpaid(unit, *, year, from_month=COUNTS_FROM_MONTH):
    """Return the current memberships whose fee for the year is not paid, as a file has told.

    Nobody is unpaid for want of news: a file with the year's fees must have named the member. Who
    joined late last year has paid for this one; who joined just now has other things to hear.
    """
    paid = Fee.objects.of(unit).filter(person=OuterRef("person"), year=year)
    owes = Q(since__lt=date(year - 1, from_month, 1)) | Q(since__gte=date(year, 1, 1))
    members = Membership.objects.of(unit).current().told_of_fee(year).dated()
    return members.filter(owes | Q(since=None), ~Exists(paid), person__deceased_on=None)


def settled(memberships, today):
    """Keep those who are not new: for a while they have other things to hear than the fee."""
    return memberships.filter(Q(since=None) | Q(since__lte=today - NEW))


def leavers(unit, *, fields, today, number=1):
    """Return a page of those who have not paid this year, oldest members first. Five statements."""
    year = today.year
    read_on = last_read_on(unit, year)
    owing = settled(unpaid(unit, year=year), today).filter(person__protected_at=None)
    paged = Paginator(_with_contact(owing, fields), PER_PAGE).get_page(number)
    members = list(paged.object_list)
    years = _years(Fee.objects.of(unit), [member.person_id for member in members], year)
    return Leavers(
        paged=paged,
        rows=[
            Unpaid(
                member.person,
                member.joined_on,
                member.missing_on,
                years.get(member.person_id, []),
                member.talked_at,
                member.call_id,
            )
            for member in members
        ],
        year=year,
        read_on=read_on,
        knows_fees=knows_fees(unit, year),
        is_fresh=read_on is not None and today - read_on <= FRESH,
    )


def _with_contact(memberships, fields):
    """Return the memberships in order, with the person, the last talk and the open call."""
    talks = Attempt.objects.standing().talks().filter(person=OuterRef("person"))
    calls = Call.objects.open().filter(person=OuterRef("person"))
    names = (f"person__{name}" for name in columns(fields))
    return (
        memberships.select_related("person")
        .only("person_id", "joined_on", "missing_on", *names)
        .annotate(
            talked_at=Subquery(talks.order_by("-at").values("at")[:1]),
            call_id=Subquery(calls.values("pk")[:1]),
        )
        .order_by(F("joined_on").asc(nulls_last=True), "person__sort_key", "pk")
    )


def knows_fees(unit, year):
    """Return whether the register tells of any fee for the year: else nobody is unpaid."""
    return Fee.objects.of(unit).filter(year=year).exists()


def to_ask(unit, ids, *, today, from_month):
    """Return the memberships, of these people, to be asked about this year's fee."""
    members = unpaid(unit, year=today.year, from_month=from_month)
    members = settled(members, today).filter(person__in=ids, person__supports_quietly_at=None)
    return members.select_related("person")


def to_look_at(unit, *, today, from_month):
    """Return the ids of those about whom news of fees may matter, unpaid or being asked, sorted."""
    owing = unpaid(unit, year=today.year, from_month=from_month).values_list("person", flat=True)
    asked_now = Todo.objects.of(unit).open().filter(routine__in=ROUTINES)
    return sorted(set(owing) | set(asked_now.values_list("person", flat=True)))


def asked(unit, ids, *, since):
    """Return the ids, of these, of people talked with or written to about the fee since the day."""
    talks = Attempt.objects.of(unit).standing().talks().filter(person__in=ids, at__date__gte=since)
    letters = Letter.objects.of(unit).filter(
        person__in=ids, kind=Letter.Kind.FEE, occasion=f"fee:{since.year}"
    )
    return set(talks.values_list("person", flat=True)) | set(
        letters.values_list("person", flat=True)
    )


def fee_calls(unit):
    """Return the reasons of open calls that are about the fee."""
    return CallReason.objects.of(unit).filter(call__closed_at=None, kind=CallReason.Kind.FEE)


def in_hand(reasons):
    """Keep those whose call somebody has begun: taken in hand, or tried."""
    taken = Claim.objects.filter(call=OuterRef("call"))
    tried = Attempt.objects.standing().filter(call=OuterRef("call"))
    return reasons.filter(Exists(taken) | Exists(tried))


def begun(unit, ids):
    """Return the ids, of these, of people whom somebody has begun to call about the fee."""
    reasons = in_hand(fee_calls(unit).filter(call__person__in=ids))
    return set(reasons.values_list("call__person", flat=True))


def unasked(unit):
    """Return the reasons, about the fee, of open calls that nobody has begun or is to make."""
    asked_now = (
        Todo.objects.of(unit).open().filter(routine=CALL_ROUTINE, person=OuterRef("call__person"))
    )
    reasons = fee_calls(unit).filter(~Exists(asked_now))
    return reasons.exclude(pk__in=in_hand(reasons).values("pk"))


def _years(fees, ids, year):
    found = {}
    paid = fees.filter(person__in=ids, year__lt=year, year__gte=year - EARLIER)
    for person_id, paid_year in paid.order_by("-year").values_list("person", "year"):
        found.setdefault(person_id, []).append(paid_year)
    return found
