"""Calls, members and reports to try the welcome with."""

import uuid
from datetime import datetime, time, timedelta

from django.db import transaction
from django.utils import timezone

from krets import events
from krets.events import PeopleChanged
from krets.register.imports.models import Import
from krets.register.models import Membership
from krets.welcome.calls import commands
from krets.welcome.calls.models import Attempt, CallReason
from tests.conftest import NOON, TODAY, give, make_person

NUMBER = "+4670174061{}"
_made = iter(range(10_000))


def new_member(
    unit,
    first_name="Amina",
    *,
    joined_on=TODAY,
    learned_at=NOON,
    first_import=False,
    fee_told_year=None,
    fee_unpaid_on=None,
    **fields,
):
    """Make a member who joined lately, with a telephone number of their own."""
    fields.setdefault("phone", f"+467017{next(_made):05d}")
    person = make_person(unit, first_name, fields.pop("last_name", "Yusuf"), **fields)
    Membership.objects.create(
        unit=unit,
        person=person,
        joined_on=joined_on,
        learned_at=learned_at,
        first_import=first_import,
        fee_told_year=fee_told_year,
        fee_unpaid_on=fee_unpaid_on,
    )
    return person


def fee_file(unit, at, *, fee_year=2026):
    """Let a file that told of the year's fees be here since the moment."""
    return Import.objects.create(
        unit=unit, size=1, uploaded_at=at, read_at=at, applied_at=at, fee_year=fee_year
    )


def owe(person, *, kind=CallReason.Kind.WELCOME, due_on=TODAY, at=NOON, **more):
    """Owe the person a call."""
    return commands.open_call(person, kind=kind, due_on=due_on, by=None, at=at, **more)


def tell(call, outcome, *, by, at=NOON, **told):
    """Report a try; a talk is glad and ends with nothing for now unless told otherwise."""
    if outcome == Attempt.Outcome.TALKED:
        told = {"mood": "glad", "wants": "not_asked", "next_step": "nothing"} | told
    told.setdefault("key", uuid.uuid4())
    return commands.report(call, outcome=outcome, by=by, at=at, **told)


def another_caller(unit, name="Lena"):
    """Make one more who rings."""
    return give(make_person(unit, name, "Holm", phone="+46701740699"), "caller")


def changed(*people, at=NOON):
    """Tell the routines that something about these people is new."""
    with transaction.atomic():
        events.publish(PeopleChanged(people[0].unit_id, tuple(each.pk for each in people)), at=at)


def days(number):
    return timedelta(days=number)


def at_hour(hour, day=TODAY, minute=0):
    """Return the moment of that local hour."""
    return timezone.make_aware(datetime.combine(day, time(hour, minute)))
