"""Rows for the matrix: what stands in each address, here and next door.

Each argument of a route is a row (one of Björkvik's, one of Granby's) or a word that is the same
everywhere. A route with an argument that is not here makes the matrix fail.
"""

from datetime import date, timedelta

from krets.register.imports.models import ImportRow
from krets.register.imports.run import look
from krets.register.members.models import Person
from krets.register.models import Mandate
from krets.register.profiles.models import Note
from krets.rhythm.models import Todo
from krets.welcome.calls.models import Attempt, Call
from tests.conftest import NOON

MEMBER_FILE = (
    "Förnamn;Efternamn;Födelsedatum;E-post;Postnummer\r\n"
    "Ceclia;Åström;1990-01-01;c@example.org;61040\r\n"
    ";;1989-05-06;nameless@example.org;61040\r\n"
    "Ny;Medlem;1991-02-03;ny@example.org;61040\r\n"
).encode()


def mandate(world):
    held = Mandate.objects.filter(unit=world.unit).order_by("pk")
    # One that whoever gives mandates may end, where there is one.
    return (held.filter(kind="caller").first() or held.first()).pk


def person(world):
    return world.member.pk


def todo(world):
    made, _is_new = Todo.objects.get_or_create(
        unit=world.unit,
        routine="welcome_call",
        subject_id=world.member.pk,
        occasion="matrix",
        defaults={
            "person": world.member,
            "owner": world.officer.person,
            "fact_on": date(2026, 3, 1),
            "learned_on": date(2026, 3, 1),
            "due_on": date(2026, 3, 2),
            "made_at": NOON,
        },
    )
    return made.pk


def _call(world):
    made, _is_new = Call.objects.get_or_create(
        unit=world.unit,
        person=world.member,
        defaults={
            "due_on": date(2026, 3, 2),
            "made_at": NOON,
            "given_to": world.officer.person,
            "claimed_by": world.officer.person,
            "claim_until": NOON + timedelta(days=9999),
        },
    )
    return made


def call(world):
    return _call(world).pk


def attempt(world):
    made, _is_new = Attempt.objects.get_or_create(
        unit=world.unit,
        call=_call(world),
        person=world.member,
        defaults={
            "caller": world.officer.person,
            "by": world.officer.account,
            "at": NOON,
            "outcome": "no_answer",
        },
    )
    return made.key


def note(world):
    made = Note.objects.filter(unit=world.unit).first() or Note.objects.create(
        unit=world.unit,
        person=world.member,
        text="Matrix",
        at=NOON,
        by=world.officer.account,
        ends_on=date(2099, 1, 1),
    )
    return made.pk


def importing(world):
    if world.importing is None:
        Person.objects.filter(pk=world.member.pk).update(born_on=date(1990, 1, 1))
        world.importing = look(world.unit, MEMBER_FILE, by=world.officer, at=NOON, name="m.csv")
    return world.importing.pk


def import_row(world):
    importing(world)
    return ImportRow.objects.filter(importing=world.importing).order_by("-kind", "pk").first().pk


class World:
    """One association with its officer and a member, as the rows need them."""

    def __init__(self, unit, officer, member):
        self.unit, self.officer, self.member = unit, officer, member
        self.importing = None


ROWS = {
    "mandate_id": mandate,
    "person_id": person,
    "note_id": note,
    "import_id": importing,
    "row_id": import_row,
    "overview:today:pk": todo,
    "welcome:calls:pk": call,
    "welcome:calls:undo:key": attempt,
}
WORDS = {
    "overview:today:kind:key": "welcome_call",
    "rhythm:routines:key": "welcome_call",
    "register:members:details:section": "reach",
    "register:imports:figures:part": "head",
    "register:imports:kind:kind": "new",
    "welcome:letters:kind": "welcome",
    "welcome:letters:language": "sv",
    "welcome:path:key": "letter",
}


def found(table, route, word):
    """Return what the table says of the argument: by the route, its feature, or the word alone."""
    feature = route.rsplit(":", 1)[0]
    for key in (f"{route}:{word}", f"{feature}:{word}", word):
        if key in table:
            return table[key]
    return None


def value(route, word, world):
    """Return what stands in the address for the argument."""
    row = found(ROWS, route, word)
    if row is not None:
        return row(world)
    said = found(WORDS, route, word)
    if said is None:
        raise KeyError(f"Say in {__name__} what {word} of {route} is")
    return said


def has_row(route, words):
    """Tell whether a row stands in the address, not words alone."""
    return any(found(ROWS, route, word) for word in words if word != "unit")
