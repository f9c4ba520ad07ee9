"""What the auditor may ask the trail: who did what, when; never the content."""

import json
from dataclasses import dataclass
from datetime import timedelta

from django.core.paginator import Paginator
from django.db.models import Case, Count, F, When

from krets.kit.audit.models import Entry
from krets.office.trail.words import SETTING, TO_WHOM, said, setting_in_words
from krets.register.accounts.models import Account
from krets.register.looks.models import Look
from krets.register.mandates.models import Mandate
from krets.register.members.models import Person

LINES = 50
RECENT = timedelta(days=30)
NOBODY = ("", None)


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
        Reader(*persons.get(row["viewer__trail_key"], NOBODY), row["people"], row["days"])
        for row in counted
    ]


def page_of(unit, number):
    """Return (page, lines): newest first, each with the actor's name and the act in words.

    Of what an act was about only officers and settings are told, never anything about a member.
    """
    told = Case(When(action=SETTING, then=F("detail")))
    entries = Entry.objects.of(unit).annotate(told=told).order_by("-at", "-pk")
    page = Paginator(entries.defer("detail", "salt", "seal"), LINES).get_page(number)
    entries = list(page.object_list)
    keys = {entry.actor_key for entry in entries if entry.actor_key}
    persons = _persons(unit, keys | _numbers(entries, "account"))
    held = _held(unit, _numbers(entries, "mandate"))
    lines = [
        {
            "at": entry.at,
            "who": persons.get(entry.actor_key, NOBODY)[0],
            "what": said(entry.action, **_about(entry, persons, held)),
        }
        for entry in entries
    ]
    return page, lines


def _about(entry, persons, held):
    if entry.told:
        setting = json.loads(entry.told)
        return {"setting": setting_in_words(setting.get("key", ""), setting.get("value"))}
    if entry.action not in TO_WHOM:
        return {}
    table, _colon, number = entry.subject_key.partition(":")
    if table == "mandate":
        return held.get(int(number), {})
    return {"name": persons.get(int(number), NOBODY)[0]} if table == "account" else {}


def _numbers(entries, table):
    """Return the keys of the rows of a table that the entries tell of by name."""
    subjects = [entry.subject_key.split(":") for entry in entries if entry.action in TO_WHOM]
    return {int(number) for named, number in subjects if named == table}


def _held(unit, ids):
    """Return {mandate: its holder's name and its kind}, by one statement, none where none are."""
    if not ids:
        return {}
    mandates = Mandate.objects.of(unit).filter(pk__in=ids).select_related("person")
    columns = ("first_name", "last_name", "register_number")
    mandates = mandates.only("kind", *(f"person__{column}" for column in columns))
    return {
        mandate.pk: {"name": mandate.person.name, "kind": mandate.get_kind_display()}
        for mandate in mandates
    }


def _persons(unit, keys):
    """Return {actor key: (name here, key here)}, by two statements whatever the number of lines."""
    accounts = dict(Account.objects.filter(trail_key__in=keys).values_list("pk", "trail_key"))
    persons = Person.objects.of(unit).filter(account__in=accounts)
    return {
        accounts[person.account_id]: (person.name, person.pk)
        for person in persons.only("first_name", "last_name", "register_number", "account_id")
    }
