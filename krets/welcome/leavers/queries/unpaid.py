"""Who has not paid this year as far as a file has told, and who of them has been asked."""

from datetime import date, timedelta

from django.db.models import Case, CharField, Exists, Min, OuterRef, Q, Value, When
from django.db.models.functions import Cast, Concat
from django.utils import timezone

from krets.kit.kept import kept
from krets.register.imports.models import Import
from krets.register.members.models import Fee, Membership
from krets.rhythm.todos.models import Todo
from krets.welcome.calls.models import Attempt, Call, CallReason, Claim
from krets.welcome.calls.models.calls import is_reachable
from krets.welcome.calls.queries import start_of
from krets.welcome.letters.models import Letter

CALL_ROUTINE = "fee_unpaid"
ROUTINES = (CALL_ROUTINE, "fee_letter")
FRESH = timedelta(days=7)
NEW = timedelta(days=90)
COUNTS_FROM_MONTH = 10


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


def first_told_on(unit, year, *, since):
    """Return the day, from this one on, of the first file that told of the year's fees, or None.

    Since then there have been news on which one may ask; that more of them come moves nothing.
    """
    told = Import.objects.of(unit).applied().filter(fee_year=year, applied_at__gte=start_of(since))
    at = told.aggregate(at=Min("applied_at"))["at"]
    return timezone.localdate(at) if at else None


def knows_fees(unit, year):
    """Return whether the register tells of any fee for the year: else nobody is unpaid."""
    return Fee.objects.of(unit).filter(year=year).exists()


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


def to_be_paid(unit, *, today, from_month):
    """Return the memberships on the list of those without this year's fee.

    Protected people are among them, whom the list leaves out.
    """
    known = Fee.objects.of(unit).filter(year=today.year)
    return settled(unpaid(unit, year=today.year, from_month=from_month), today).filter(
        Exists(known)
    )


@kept
def to_ask(unit, ids, *, today, from_month):
    """Return the memberships, of these people, to be asked about this year's fee.

    `can_be_called` tells whether by telephone: there is a number that works, and calls are welcome.
    """
    members = unpaid(unit, year=today.year, from_month=from_month)
    members = settled(members, today).filter(person__in=ids, person__supports_quietly_at=None)
    wants_calls = Q(person__no_calls_at=None)
    can_be_called = Case(When(is_reachable() & wants_calls, then=Value(True)), default=Value(False))
    return list(members.annotate(can_be_called=can_be_called))


def to_look_at(unit, *, today, from_month):
    """Return the ids of those about whom news of fees may matter, unpaid or being asked, sorted."""
    owing = unpaid(unit, year=today.year, from_month=from_month).values_list("person", flat=True)
    asked_now = Todo.objects.of(unit).open().filter(routine__in=ROUTINES)
    return sorted(set(owing) | set(asked_now.values_list("person", flat=True)))


@kept
def asked(unit, ids, *, since):
    """Return the ids, of these, of people talked with or written to about the fee since the day."""
    talks = Attempt.objects.of(unit).standing().talks().filter(person__in=ids, at__date__gte=since)
    letters = written(unit, since=since).filter(person__in=ids)
    return {*talks.values_list("person", flat=True), *letters.values_list("person", flat=True)}


def written(unit, *, since):
    """Return the letters about the fee of the day's year that were printed.

    Among them those that went out instead of a call about it, given up since the day.
    """
    calls = given_up(unit, since=since).filter(closing=Call.Closing.LETTER)
    calls = calls.annotate(answered_as=Concat(Value("call:"), Cast("pk", CharField())))
    instead = Exists(calls.filter(person=OuterRef("person"), answered_as=OuterRef("occasion")))
    about_fee = Q(kind=Letter.Kind.FEE, occasion=f"fee:{since.year}")
    return Letter.objects.of(unit).filter(about_fee | Q(instead, kind=Letter.Kind.MISSED))


def given_up(unit, *, since):
    """Return the calls about the fee that nobody answered, given up for another way since then."""
    calls = Call.objects.of(unit).filter(rested_at__isnull=False, closed_at__gte=start_of(since))
    about_fee = CallReason.objects.filter(call=OuterRef("pk"), kind=CallReason.Kind.FEE)
    return calls.filter(Exists(about_fee))


def tried_enough(unit, ids, *, since):
    """Return the ids, of these, of people who did not answer three calls about the fee.

    The call rests until somebody decides, waits for the day that was chosen, or was given up for
    another way since the day: nobody is asked beside that.
    """
    calls = Call.objects.of(unit).filter(person__in=ids, reasons__kind=CallReason.Kind.FEE)
    rests = Q(closed_at=None) & (Q(rested_at__isnull=False) | Q(again_on__isnull=False))
    over = Q(rested_at__isnull=False, closed_at__gte=start_of(since))
    return set(calls.filter(rests | over).values_list("person", flat=True))


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
