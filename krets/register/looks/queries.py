"""Who has looked at a person, said so that the person understands it."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Count

from krets.register.access.kinds import Mandates
from krets.register.looks.models import ListLook, Look
from krets.register.looks.words import page_in_words, reason_in_words
from krets.register.mandates.models import Mandate
from krets.register.members.models import Person

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
    """Return the looks at a person in the last year as lines, newest first. Three statements."""
    looks = list(
        Look.objects.filter(unit_id=person.unit_id, person=person, day__gt=today - A_YEAR)
        .only("viewer_id", "page", "day", "times", "last_at", "reason")
        .order_by("-last_at", "-pk")[:most]
    )
    names, roles = _viewers(person.unit_id, {look.viewer_id for look in looks})
    return [
        LookLine(
            who=names.get(look.viewer_id, ""),
            roles=_held(roles, look.viewer_id, look.day),
            what=page_in_words(look.page),
            why=reason_in_words(look.reason),
            times=look.times,
            day=look.day,
            last_at=look.last_at,
            seed=look.viewer_id,
        )
        for look in looks
    ]


def viewers_of(person, *, today):
    """Return how many different people have opened pages about the person in the last year."""
    looks = Look.objects.filter(unit_id=person.unit_id, person=person, day__gt=today - A_YEAR)
    return looks.aggregate(count=Count("viewer", distinct=True))["count"]


def lists_with(person, *, today):
    """Return how many times the person's name stood in a list shown to somebody in the last year."""
    lists = ListLook.objects.filter(unit_id=person.unit_id, at__date__gt=today - A_YEAR)
    return lists.showing(person).count()


def _viewers(unit_id, account_ids):
    people = Person.objects.filter(unit_id=unit_id, account_id__in=account_ids).only(
        "account_id", "first_name", "last_name", "register_number"
    )
    names = {person.account_id: person.name for person in people}
    mandates = Mandate.objects.filter(
        unit_id=unit_id, person__account_id__in=account_ids
    ).values_list("person__account_id", "kind", "starts_on", "ends_on", "ended_at")
    return names, list(mandates)


def _held(mandates, account_id, day):
    kinds = {
        kind
        for owner, kind, starts_on, ends_on, ended_at in mandates
        if owner == account_id
        and starts_on <= day
        and (ends_on is None or day <= ends_on)
        and (ended_at is None or day <= ended_at.date())
    }
    return tuple(str(Mandates(kind).label) for kind in Mandates.values if kind in kinds)
