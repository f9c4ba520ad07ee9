"""What the auditor may ask the trail: who did what, when; never the content."""

import json
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta

from django.db.models import Case, Count, F, Max, Value, When
from django.utils import timezone

from krets.kit.audit.models import Entry
from krets.office.trail.words import SETTING, TO_WHOM, acts_of, said, setting_in_words
from krets.register.looks.models import Look
from krets.register.looks.queries import names_shown
from krets.register.mandates.models import Mandate
from krets.register.members.models import Person

# A page is whole days, and goes back at least so many lines of the trail.
LINES = 100
RECENT = timedelta(days=30)
KRETS = "krets"


@dataclass(frozen=True)
class Actor:
    """Somebody who has done something here: the name, and the key of the face."""

    name: str
    person_id: int


@dataclass(frozen=True)
class Reader:
    """How many different people somebody has opened, on how many days, and what names they saw.

    `pages` and `searches` showed the names of `names` different people.
    """

    actor: Actor | None
    people: int = 0
    days: int = 0
    pages: int = 0
    searches: int = 0
    names: int = 0


@dataclass
class Act:
    """What one did on a day in one way: how often, and from when to when."""

    what: str
    last: datetime
    first: datetime
    times: int = 0


@dataclass
class Doer:
    """One who did something on a day, and what, the latest first.

    Without an `actor` it is Krets itself, or somebody who has been erased.
    """

    actor: Actor | None
    is_krets: bool
    acts: dict = field(default_factory=dict)


@dataclass
class Day:
    """A day of the trail with those who did something, the latest first."""

    on: date
    doers: dict = field(default_factory=dict)


@dataclass(frozen=True)
class Asked:
    """What the trail is narrowed to: who did it, which kind of act, up to and with which day."""

    who: str = ""
    kind: str = ""
    until: date | None = None


def actors(unit):
    """Return {trail key: Actor} of all who hold or have held a mandate here, in order of names."""
    held = Mandate.objects.of(unit).values("person_id")
    people = Person.objects.of(unit).filter(pk__in=held, account__isnull=False)
    columns = ("first_name", "last_name", "register_number", "account__trail_key")
    people = people.select_related("account").only(*columns).order_by("sort_key", "pk")
    return {person.account.trail_key: Actor(person.name, person.pk) for person in people}


def readers(unit, known, *, today):
    """Return who saw people's details or names in the last 30 days, most people first."""
    counted = (
        Look.objects.of(unit)
        .filter(day__gt=today - RECENT)
        .values("viewer", "viewer__trail_key")
        .annotate(people=Count("person", distinct=True), days=Count("day", distinct=True))
        .order_by("viewer")
    )
    found = {
        row["viewer"]: Reader(known.get(row["viewer__trail_key"]), row["people"], row["days"])
        for row in counted
    }
    for shown in names_shown(unit, after=today - RECENT):
        reader = found.get(shown.viewer_id, Reader(known.get(shown.trail_key)))
        found[shown.viewer_id] = replace(
            reader, pages=shown.pages, searches=shown.searches, names=shown.people
        )
    return [found[viewer] for viewer in sorted(found, key=lambda key: _by_most(found[key], key))]


def _by_most(reader, viewer):
    return -reader.people, -reader.names, viewer


def days_of(unit, known, asked):
    """Return (days, the day that the next page begins with or None), newest first.

    Of what an act was about only officers and settings are told, never anything about a member.
    """
    entries = _narrowed(unit, known, asked)
    first = _first_moment(entries)
    if first is None:
        return _as_days(unit, known, entries), None
    older = entries.filter(at__lt=first).order_by("-at").values_list("at", flat=True).first()
    shown = _as_days(unit, known, entries.filter(at__gte=first))
    return shown, older and timezone.localdate(older)


def _narrowed(unit, known, asked):
    entries = Entry.objects.of(unit)
    if asked.who == KRETS:
        entries = entries.filter(actor_key=None)
    elif asked.who:
        keys = [key for key, actor in known.items() if str(actor.person_id) == asked.who]
        entries = entries.filter(actor_key__in=keys)
    if asked.kind:
        entries = entries.filter(action__in=acts_of(asked.kind))
    if asked.until:
        entries = entries.filter(at__lt=_midnight(asked.until + timedelta(days=1)))
    return entries


def _first_moment(entries):
    """Return where the first day of a page begins; None where all that there is fits on it."""
    reached = entries.order_by("-at", "-pk").values_list("at", flat=True)[LINES : LINES + 1]
    return next((_midnight(timezone.localdate(at)) for at in reached), None)


def _midnight(day):
    return timezone.make_aware(datetime.combine(day, time()))


def _as_days(unit, known, entries):
    """Gather what each did in one way on a day. What a file brought is one row already."""
    about = Case(When(action__in=TO_WHOM, then=F("subject_key")), default=Value(""))
    setting = Case(When(action=SETTING, then=F("detail")))
    rows = entries.values("at", "actor_key", "action", about=about, setting=setting)
    rows = list(rows.annotate(times=Count("pk"), latest=Max("pk")).order_by("-at", "-latest"))
    held = _held(unit, [row["about"] for row in rows])
    days = {}
    for row in rows:
        at, key = row["at"], row["actor_key"]
        on = timezone.localdate(at)
        day = days.setdefault(on, Day(on))
        doer = day.doers.setdefault(key, Doer(known.get(key), key is None))
        words = _words(row, known, held)
        act = doer.acts.setdefault(words, Act(words, at, at))
        act.first = at
        act.times += row["times"]
    return list(days.values())


def _words(row, known, held):
    """Return what was done, with whom it was done to where that is an officer."""
    if row["setting"]:
        setting = json.loads(row["setting"])
        words = setting_in_words(setting.get("key", ""), setting.get("value"))
        return str(said(row["action"], setting=words))
    table, _colon, number = row["about"].partition(":")
    if table == "mandate":
        return str(said(row["action"], **held.get(int(number), {})))
    whose = known.get(int(number)) if table == "account" else None
    return str(said(row["action"], name=whose.name if whose else ""))


def _held(unit, subjects):
    """Return {mandate: its holder's name and its kind}, by one statement, none where none are."""
    told = [subject.partition(":") for subject in subjects]
    ids = {int(number) for table, _colon, number in told if table == "mandate"}
    if not ids:
        return {}
    mandates = Mandate.objects.of(unit).filter(pk__in=ids).select_related("person")
    columns = ("first_name", "last_name", "register_number")
    mandates = mandates.only("kind", *(f"person__{column}" for column in columns))
    return {
        mandate.pk: {"name": mandate.person.name, "kind": mandate.get_kind_display()}
        for mandate in mandates
    }
