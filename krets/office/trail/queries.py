"""What the auditor may ask the trail: who did what, when; never the content."""

from dataclasses import dataclass
from datetime import timedelta

from django.core.paginator import Paginator
from django.db.models import Count

from krets.kit.audit.models import Entry
from krets.office.trail.words import said
from krets.register.accounts.models import Account
from krets.register.looks.models import Look
from krets.register.members.models import Person

LINES = 50
RECENT = timedelta(days=30)


@dataclass(frozen=True)
class Reader:
    """How many different people somebody has looked at, on how many days."""

    name: str
    person_id: int | None
    people: int
    days: int


def readers(unit, *, today):
    """Return who opened people's details in the last 30 days, most people first. Two statements."""
    counted = (
        Look.objects.of(unit)
        .filter(day__gt=today - RECENT)
        .values("viewer", "viewer__trail_key")
        .annotate(people=Count("person", distinct=True), days=Count("day", distinct=True))
        .order_by("-people", "viewer")
    )
    counted = list(counted)
    persons = _persons(unit, {row["viewer__trail_key"] for row in counted})
    return [
        Reader(*persons.get(row["viewer__trail_key"], ("", None)), row["people"], row["days"])
        for row in counted
    ]


def page_of(unit, number):
    """Return (page, lines): newest first, each with the actor's name and the act in words."""
    entries = Entry.objects.of(unit).order_by("-pk")
    page = Paginator(entries.defer("detail", "salt", "seal"), LINES).get_page(number)
    entries = list(page.object_list)
    persons = _persons(unit, {entry.actor_key for entry in entries if entry.actor_key})
    lines = [
        {
            "at": entry.at,
            "who": persons.get(entry.actor_key, ("", None))[0],
            "what": said(entry.action),
        }
        for entry in entries
    ]
    return page, lines


def _persons(unit, keys):
    """Return {actor key: (name here, key here)}, by two statements whatever the number of lines."""
    accounts = dict(Account.objects.filter(trail_key__in=keys).values_list("pk", "trail_key"))
    persons = Person.objects.of(unit).filter(account__in=accounts)
    return {
        accounts[person.account_id]: (person.name, person.pk)
        for person in persons.only("first_name", "last_name", "register_number", "account_id")
    }
