"""The person page: one person, understood in five seconds."""

from dataclasses import dataclass, replace
from datetime import datetime, time

from django.utils import timezone

from krets.register.access.scope import Fields
from krets.register.members.queries import age, label, written
from krets.register.profiles import contributed
from krets.register.profiles.models import Tag
from krets.register.profiles.queries.told import lead, marks, since
from krets.register.profiles.queries.words import told_about

SHOWN = 20
REACH = frozenset({Fields.PHONE, Fields.EMAIL, Fields.ADDRESS})
NEXT = "next"


@dataclass(frozen=True)
class PersonPage:
    """What the person page says, as far as the viewer's fields are opened."""

    since: str
    lead: str
    marks: list
    upcoming: list
    happenings: list
    more: bool
    words: list
    roles: list
    corrections: list
    language: str
    age: int | None
    fields: frozenset

    @property
    def opened(self):
        """The opened groups of fields by name, for templates: {% if page.opened.phone %}."""
        return {group.value: True for group in self.fields}


def person_page(unit, person, *, fields, today, most=SHOWN):
    """Return the page of a person read with `opened(fields)`: one statement for each source.

    A protected person's ways to be reached are not told. `most` limits the timeline; None tells
    everything.
    """
    if person.protected_at:
        fields -= REACH
    words, roles, corrections = told_about(
        person, profile=Fields.PROFILE in fields, register=Fields.REGISTER in fields
    )
    upcoming, past = story(unit, person, fields=fields)
    return PersonPage(
        since=since(person, fields=fields, today=today),
        lead=lead(person, words, upcoming, fields=fields, today=today),
        marks=marks(unit, person, fields=fields, today=today),
        upcoming=upcoming,
        happenings=past if most is None else past[:most],
        more=most is not None and len(past) > most,
        words=[(Tag.Kind(kind).label, tags) for kind, tags in words.items()],
        roles=roles,
        corrections=[(label(field), written(field, new)) for field, new in corrections],
        language=written("language", person.language) if Fields.PROFILE in fields else "",
        age=age(person, today) if Fields.BIRTH in fields else None,
        fields=fields,
    )


def story(unit, person, *, fields):
    """Return (what is next, what has happened, newest first): one statement for each source."""
    told = _told(unit, person, fields)
    upcoming = sorted((each for each in told if each.state == NEXT), key=_moment)
    past = sorted((each for each in told if each.state != NEXT), key=_moment, reverse=True)
    return upcoming, past


def _told(unit, person, fields):
    told, sorts = [], {}
    for source in contributed.timeline():
        lines = list(source.lines(unit, person.pk, fields))
        told += [each for each in lines if not each.sort or each.sort not in sorts]
        for each in lines:
            sorts[each.sort] = sorts.get(each.sort) or each.who
    # What an earlier source told of nobody, a later one may know whose it is.
    told = [replace(each, who=each.who or sorts[each.sort]) if each.sort else each for each in told]
    at_once = {}
    for happening in told:
        at_once.setdefault(happening.at, []).append(happening)
    return [
        _with_note(happening, at_once[happening.at])
        for happening in told
        if not any(_tells(other, happening) for other in at_once[happening.at])
    ]


def _tells(other, happening):
    """Say that a note written in a call is told with the call, not once more by itself."""
    more = happening.more
    return bool(more) and more in other.more and more != other.more


def _with_note(happening, at_once):
    """Return the happening with the way to mend the note that it tells."""
    mend = next((each.mend for each in at_once if each.mend and _tells(happening, each)), "")
    return replace(happening, mend=happening.mend or mend)


def _moment(happening):
    """Days and moments in one order: a day counts as its end, so that the cause comes after."""
    at = happening.at
    if isinstance(at, datetime):
        return timezone.localtime(at)
    return timezone.make_aware(datetime.combine(at, time(23, 59)))
