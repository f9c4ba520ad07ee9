"""Who has looked at a person, said so that the person understands it."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db import connection
from django.db.models import Count, F, Max
from django.db.models.functions import TruncDate
from django.utils.timezone import localdate, make_aware

from krets.register.access.kinds import Mandates
from krets.register.accounts.models import Account
from krets.register.looks.models import ListLook, Look
from krets.register.looks.words import SEARCHES, list_in_words, page_in_words, reason_in_words

A_YEAR = timedelta(days=365)
# One row a name shown: the database counts the different ones, however many lists there were.
_NAMES_SHOWN = """
    SELECT look.viewer_id, account.trail_key,
        COUNT(DISTINCT CASE WHEN look.page NOT IN ({searches}) THEN look.id END),
        COUNT(DISTINCT CASE WHEN look.page IN ({searches}) THEN look.id END),
        COUNT(DISTINCT person.value)
    FROM register_listlook look
    JOIN register_account account ON account.id = look.viewer_id
    CROSS JOIN {each}(look.shown) person
    WHERE look.unit_id = %s AND look.at >= %s
    GROUP BY look.viewer_id, account.trail_key
"""
_EACH = {"sqlite": "json_each", "postgresql": "jsonb_array_elements"}


@dataclass(frozen=True)
class LookLine:
    """One viewer's looks at a person on one day and page."""

    who: str
    roles: tuple[str, ...]
    what: str
    why: str
    times: int
    day: date
    last_at: datetime
    seed: int


@dataclass(frozen=True)
class Appearances:
    """The lists in which a name stood, the latest first, and how many there are in all."""

    lines: list[LookLine]
    count: int

    @property
    def is_cut(self):
        return self.count > len(self.lines)


@dataclass(frozen=True)
class NamesShown:
    """How many pages and searches showed somebody names, and of how many different people."""

    viewer_id: int
    trail_key: int
    pages: int
    searches: int
    people: int


def looks_at(person, *, today, most=200):
    """Return the looks at a person in the last year as lines, newest first. Two statements."""
    looks = list(
        Look.objects.filter(unit_id=person.unit_id, person=person, day__gt=today - A_YEAR)
        .only("viewer_id", "page", "day", "times", "last_at", "reason")
        .order_by("-last_at", "-pk")[:most]
    )
    viewers = _viewers(person.unit_id, {look.viewer_id for look in looks})
    return [_line(look, viewers.get(look.viewer_id, [])) for look in looks]


def viewers_of(person, *, today):
    """Return how many different people have opened pages about the person in the last year."""
    looks = Look.objects.filter(unit_id=person.unit_id, person=person, day__gt=today - A_YEAR)
    return looks.aggregate(count=Count("viewer", distinct=True))["count"]


def appearances(person, *, today, most=50):
    """Return the lists in which the person's name stood in the last year. Two statements.

    One a viewer, list and day: how often it was opened that day is not told, since some lists are
    written down only when somebody new stands in them.
    """
    shown = _lists_with(person, today).annotate(day=TruncDate("at"))
    shown = shown.values("viewer_id", "page", "day").annotate(last_at=Max("at"))
    latest = {}
    for row in shown.order_by("-last_at", "page", "viewer_id"):
        latest.setdefault((row["viewer_id"], list_in_words(row["page"]), row["day"]), row)
    told = list(latest.items())[:most]
    viewers = _viewers(person.unit_id, {row["viewer_id"] for _key, row in told})
    lines = [
        _line(Look(**row), viewers.get(row["viewer_id"], []), what=what)
        for (_viewer, what, _day), row in told
    ]
    return Appearances(lines, len(latest))


def names_shown(unit, *, after):
    """Return the NamesShown of each viewer in the unit after that day. One statement.

    A list in which nobody stood, or a search that found nobody, showed no name.
    """
    searches = ", ".join(["%s"] * len(SEARCHES))
    asked = _NAMES_SHOWN.format(searches=searches, each=_EACH[connection.vendor])
    since = connection.ops.adapt_datetimefield_value(_day_after(after))
    with connection.cursor() as cursor:
        cursor.execute(asked, [*SEARCHES, *SEARCHES, unit.pk, since])
        return [NamesShown(*row) for row in cursor.fetchall()]


def _lists_with(person, today):
    first = _day_after(today - A_YEAR)
    return ListLook.objects.filter(unit_id=person.unit_id, at__gte=first).showing(person)


def _day_after(day):
    """Return the moment when the next day begins."""
    return make_aware(datetime.combine(day + timedelta(days=1), time.min))


def _viewers(unit_id, ids):
    """Return {account: rows of name, person and one mandate} of the people in the unit."""
    rows = Account.objects.filter(pk__in=ids, persons__unit_id=unit_id).values(
        "pk",
        first_name=F("persons__first_name"),
        last_name=F("persons__last_name"),
        key=F("persons__pk"),
        kind=F("persons__mandates__kind"),
        starts_on=F("persons__mandates__starts_on"),
        ends_on=F("persons__mandates__ends_on"),
        ended_at=F("persons__mandates__ended_at"),
    )
    found = {}
    for row in rows.order_by("persons__pk", "persons__mandates__pk"):
        found.setdefault(row["pk"], []).append(row)
    return found


def _line(look, rows, *, what=""):
    first = rows[0] if rows else {"first_name": "", "last_name": "", "key": look.viewer_id}
    held = {row["kind"] for row in rows if row["kind"] and _holds(row, look.day)}
    return LookLine(
        who=f"{first['first_name']} {first['last_name']}".strip(),
        roles=tuple(str(Mandates(kind).label) for kind in Mandates.values if kind in held),
        what=what or page_in_words(look.page),
        why=reason_in_words(look.reason),
        times=look.times,
        day=look.day,
        last_at=look.last_at,
        seed=first["key"],
    )


def _holds(row, day):
    """Say whether the mandate held that day; on its last day it did."""
    begun = row["starts_on"] <= day
    lasting = row["ends_on"] is None or day <= row["ends_on"]
    return begun and lasting and (row["ended_at"] is None or day <= localdate(row["ended_at"]))
