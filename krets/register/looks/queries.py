"""Who has looked at a person, said so that the person understands it."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Count, F
from django.utils.timezone import localdate

from krets.register.access.kinds import Mandates
from krets.register.accounts.models import Account
from krets.register.looks.models import ListLook, Look
from krets.register.looks.words import page_in_words, reason_in_words

A_YEAR = timedelta(days=365)


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


def lists_with(person, *, today):
    """Return in how many lists shown in the last year the person's name stood."""
    lists = ListLook.objects.filter(unit_id=person.unit_id, at__date__gt=today - A_YEAR)
    return lists.showing(person).count()


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


def _line(look, rows):
    first = rows[0] if rows else {"first_name": "", "last_name": "", "key": look.viewer_id}
    held = {row["kind"] for row in rows if row["kind"] and _holds(row, look.day)}
    return LookLine(
        who=f"{first['first_name']} {first['last_name']}".strip(),
        roles=tuple(str(Mandates(kind).label) for kind in Mandates.values if kind in held),
        what=page_in_words(look.page),
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
