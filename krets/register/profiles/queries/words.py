"""The words people carry, and who may keep in touch with whom."""

from dataclasses import dataclass

from django.db.models import Count, Value

from krets.register.mandates.models import Mandate
from krets.register.members.models import Person, ReportedRole
from krets.register.profiles.models import Note, PersonTag, Tag

ROLE = "role"


@dataclass(frozen=True)
class Carried:
    """A word that a person carries."""

    pk: int
    kind: str
    word: str


def carried(person):
    """Return {kind: [Carried, …]} of a person, in the order the kinds are shown."""
    return _by_kind(_carried(person), Tag.Kind.values)


def carried_and_reported(person):
    """Return the words a person carries, and the roles that files report. One statement."""
    roles = ReportedRole.objects.filter(unit_id=person.unit_id, person=person)
    reported = roles.values_list("pk", "pk", Value(ROLE), "title")
    rows = sorted(_carried(person).union(reported, all=True))
    told = _by_kind(rows, [*Tag.Kind.values, ROLE])
    roles = sorted(role.word for role in told.pop(ROLE, []))
    return told, roles


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
    """Return the people who hold a mandate here today, by name: those who may keep in touch."""
    holders = Mandate.objects.of(unit).current(today).values("person_id")
    people = Person.objects.of(unit).filter(pk__in=holders, deceased_on=None)
    return people.only("first_name", "last_name", "register_number").order_by("sort_key", "pk")


def units_with_ended_notes(*, today):
    """Return the ids of units that have notes whose day has come."""
    ended = Note.objects.filter(ends_on__lte=today).order_by("unit_id")
    return list(ended.values_list("unit_id", flat=True).distinct())
