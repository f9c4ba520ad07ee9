"""The words people carry, and who may keep in touch with whom."""

from dataclasses import dataclass

from django.db.models import Count, Value

from krets.register.access.permissions import Permission
from krets.register.access.table import TABLE
from krets.register.mandates.models import Mandate
from krets.register.members.models import Correction, Person, ReportedRole
from krets.register.profiles.models import Note, PersonTag, Tag

ROLE = "role"
CORRECTION = "correction"


@dataclass(frozen=True)
class Carried:
    """A word that a person carries."""

    pk: int
    kind: str
    word: str


def carried(person):
    """Return {kind: [Carried, …]} of a person, in the order the kinds are shown."""
    return _by_kind(_carried(person), Tag.Kind.values)


def told_about(person, *, profile, register):
    """Return (words, roles, corrections) of a person. One statement.

    The words and the roles that files report are read where `profile`; where `register` and the
    person stands in the central register, (field, new) of what it has not been told.
    """
    parts = []
    if profile:
        roles = ReportedRole.objects.filter(unit_id=person.unit_id, person=person)
        parts += [
            _carried(person).annotate(field=Value("")),
            roles.values_list("pk", "pk", Value(ROLE), "title", Value("")),
        ]
    if register and person.register_number:
        waiting = Correction.objects.filter(unit_id=person.unit_id, person=person, carried_at=None)
        parts.append(waiting.values_list("pk", "pk", Value(CORRECTION), "new", "field"))
    if not parts:
        return {}, [], []
    rows = sorted(parts[0].union(*parts[1:], all=True))
    corrections = [(field, new) for _pk, _id, kind, new, field in rows if kind == CORRECTION]
    roles = sorted(title for _pk, _id, kind, title, _field in rows if kind == ROLE)
    carried = [row[:4] for row in rows if row[2] in Tag.Kind.values]
    return _by_kind(carried, Tag.Kind.values), roles, corrections


def _carried(person):
    mine = PersonTag.objects.filter(unit_id=person.unit_id, person=person)
    return mine.values_list("pk", "tag_id", "tag__kind", "tag__word")


def _by_kind(rows, kinds):
    found = {kind: [] for kind in kinds}
    for _pk, tag_id, kind, word in sorted(rows):
        found[kind].append(Carried(tag_id, kind, word))
    return {kind: words for kind, words in found.items() if words}


def tags_in_use(unit, *, most=60):
    """Return {kind: [tag, …]} of the words most carried in the unit."""
    tags = Tag.objects.of(unit).annotate(number=Count("carried")).filter(number__gt=0)
    found = {}
    for tag in tags.order_by("-number", "key", "pk")[:most]:
        found.setdefault(tag.kind, []).append(tag)
    return found


def contact_choices(unit, *, today):
    """Return the people who may call members here today, by name: those who can keep in touch."""
    callers = list(TABLE[Permission.CALL_REPORT])
    holders = Mandate.objects.of(unit).current(today).filter(kind__in=callers)
    people = Person.objects.of(unit).filter(pk__in=holders.values("person_id"), deceased_on=None)
    return people.only("first_name", "last_name", "register_number").order_by("sort_key", "pk")


def units_with_ended_notes(*, today):
    """Return the ids of units that have notes whose day has come."""
    ended = Note.objects.filter(ends_on__lte=today).order_by("unit_id")
    return list(ended.values_list("unit_id", flat=True).distinct())
