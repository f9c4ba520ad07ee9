"""Whose fee has not come in this year, and how to ask about it gently."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.core.paginator import Page, Paginator
from django.db.models import Exists, OuterRef, Q, Subquery
from django.utils import timezone

from krets.register.imports.models import Import
from krets.register.members.fields import columns
from krets.register.members.models import Fee, Membership, Person
from krets.welcome.calls.models import Attempt, Call, CallReason
from krets.welcome.letters.models import Letter

FRESH = timedelta(days=7)
NEW = timedelta(days=90)
COUNTS_FROM_MONTH = 10
EARLIER = 4
PER_PAGE = 25


@dataclass(frozen=True)
class Unpaid:
    """One member without this year's fee: the years paid before, and the last contact."""

    person: Person
    joined_on: date
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
    """A page of the list, of which year, how old the register is, whether it tells of fees at all.

    `paged` is the Paginator's page, `rows` what stands on it.
    """

    paged: Page
    rows: list[Unpaid]
    year: int
    read_on: date | None
    knows_fees: bool
    is_fresh: bool


def last_read_on(unit):
    """Return the day the last member file was applied, None if none was. One statement."""
    at = (
        Import.objects.of(unit)
        .applied()
        .order_by("-applied_at")
        .values_list("applied_at", flat=True)
        .first()
    )
    return timezone.localdate(at) if at else None


def unpaid(unit, *, year, from_month=COUNTS_FROM_MONTH):
    """Return the current memberships without a fee for the year.

    Who joined late last year has paid for this one; who joined just now has other things to hear.
    """
    paid = Fee.objects.of(unit).filter(person=OuterRef("person"), year=year)
    owes = Q(joined_on__lt=date(year - 1, from_month, 1)) | Q(joined_on__gte=date(year, 1, 1))
    members = Membership.objects.of(unit).current().filter(person__deceased_on=None)
    return members.filter(owes, ~Exists(paid))


def leavers(unit, *, fields, today, number=1):
    """Return a page of those who have not paid this year, oldest members first. Five statements."""
    year, read_on = today.year, last_read_on(unit)
    owing = unpaid(unit, year=year).filter(person__protected_at=None, joined_on__lte=today - NEW)
    paged = Paginator(_with_contact(owing, fields), PER_PAGE).get_page(number)
    members = list(paged.object_list)
    years = _years(Fee.objects.of(unit), [member.person_id for member in members], year)
    return Leavers(
        paged=paged,
        rows=[
            Unpaid(
                member.person,
                member.joined_on,
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
        .only("person_id", "joined_on", *names)
        .annotate(
            talked_at=Subquery(talks.order_by("-at").values("at")[:1]),
            call_id=Subquery(calls.values("pk")[:1]),
        )
        .order_by("joined_on", "person__sort_key", "pk")
    )


def knows_fees(unit, year):
    """Return whether the register tells of any fee for the year: else nobody is unpaid."""
    return Fee.objects.of(unit).filter(year=year).exists()


def to_ask(unit, ids, *, today, from_month):
    """Return the memberships, of these people, to be asked about this year's fee."""
    members = unpaid(unit, year=today.year, from_month=from_month).filter(
        person__in=ids,
        person__supports_quietly_at=None,
        joined_on__lte=today - NEW,
    )
    return members.select_related("person")


def asked(unit, ids, *, since):
    """Return the ids, of these, of people talked with or written to about the fee since the day."""
    talks = Attempt.objects.of(unit).standing().talks().filter(person__in=ids, at__date__gte=since)
    letters = Letter.objects.of(unit).filter(
        person__in=ids, kind=Letter.Kind.FEE, occasion=f"fee:{since.year}"
    )
    return set(talks.values_list("person", flat=True)) | set(
        letters.values_list("person", flat=True)
    )


def begun(unit, ids):
    """Return the ids, of these, of people with an open call about the fee."""
    reasons = CallReason.objects.of(unit).filter(
        Q(call__closed_at=None), kind=CallReason.Kind.FEE, call__person__in=ids
    )
    return set(reasons.values_list("call__person", flat=True))


def _years(fees, ids, year):
    found = {}
    paid = fees.filter(person__in=ids, year__lt=year, year__gte=year - EARLIER)
    for person_id, paid_year in paid.order_by("-year").values_list("person", "year"):
        found.setdefault(person_id, []).append(paid_year)
    return found
