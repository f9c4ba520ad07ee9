"""The association's register as it stands, in memory: what a file's rows are compared with."""

from collections import defaultdict
from functools import cached_property

from krets.kit.tables.swedish import fold
from krets.register.imports.models import ImportAnswer
from krets.register.members.models import Correction, Fee, Membership, Person, ReportedRole
from krets.register.profiles.models import Note, PersonTag

DETAILS = (
    "register_number",
    "first_name",
    "last_name",
    "born_on",
    "born_year",
    "sex",
    "email",
    "phone",
    "phone_home",
    "phone_work",
    "care_of",
    "street",
    "postal_code",
    "city",
    "country",
    "language",
    "union",
    "occupation",
)
PHONES = ("phone", "phone_home", "phone_work")
_COLUMNS = (
    *("pk", "revision", "protected_at", "deceased_on", "sms_agreed_at"),
    *("no_calls_at", "supports_quietly_at", *DETAILS),
)
AT = {column: place for place, column in enumerate(_COLUMNS)}
_FIRST, _LAST, _EMAIL, _NUMBER = (
    AT[column] for column in ("first_name", "last_name", "email", "register_number")
)
_BORN, _YEAR = AT["born_on"], AT["born_year"]
_PHONES = tuple(AT[column] for column in PHONES)
_CHUNK = 5000

M_PK, M_JOINED, M_PARTY, M_KIND, M_BRANCH, M_LEFT, M_REASON, M_BY_HAND = range(8)


class Known:
    """Everybody the association knows, as plain tuples (places in `AT`), keyed as files need it.

    What a file does not speak of is never read: fees, tags, roles come with their `targets`.
    A handful of statements for any number of people.
    """

    def __init__(self, unit, *, targets):
        self.unit = unit
        self.people = {
            row[0]: row
            for row in Person.objects.of(unit)
            .order_by("pk")
            .values_list(*_COLUMNS)
            .iterator(chunk_size=_CHUNK)
        }
        self.memberships = _memberships(unit)
        self.corrections = _corrections(unit)
        self.answers = _answers(unit)
        self.fees = _fees(unit) if "fees" in targets else {}
        self.roles = _roles(unit) if "roles" in targets else {}
        self.notes = _notes(unit) if "note" in targets else {}
        self.tags = _tags(unit) if targets & {"interests", "competences", "tags"} else {}

    def members(self):
        """Return the ids of those with a current membership."""
        return {
            person
            for person, membership in self.memberships.items()
            if membership[M_LEFT] is None and self.people[person][AT["deceased_on"]] is None
        }

    def is_by_hand(self, person):
        """Tell whether a member was written in by hand, and no file has named them yet."""
        return self.memberships[person][M_BY_HAND] is not None

    @cached_property
    def by_number(self):
        return {row[_NUMBER]: pk for pk, row in self.people.items() if row[_NUMBER]}

    @cached_property
    def names(self):
        """Every person's folded name: the form in which names are compared."""
        return {pk: fold(f"{row[_FIRST]} {row[_LAST]}") for pk, row in self.people.items()}

    @cached_property
    def by_name(self):
        return _keyed((name, pk) for pk, name in self.names.items())

    @cached_property
    def by_email(self):
        return _keyed((row[_EMAIL].lower(), pk) for pk, row in self.people.items())

    @cached_property
    def by_phone(self):
        return _keyed((row[at], pk) for pk, row in self.people.items() for at in _PHONES)

    @cached_property
    def by_birth(self):
        return _keyed((row[_BORN], pk) for pk, row in self.people.items())

    @cached_property
    def by_place(self):
        """People by postal code with one of their names, so that few stand under each key."""
        place = AT["postal_code"]
        return _keyed(
            ((row[place], fold(row[at])), pk)
            for pk, row in self.people.items()
            if row[place]
            for at in (_FIRST, _LAST)
            if row[at]
        )

    def born(self, pk):
        """Return the person's day and year of birth, each None where it is not known."""
        row = self.people[pk]
        return row[_BORN], row[_BORN].year if row[_BORN] else row[_YEAR]


def as_known(person):
    """Return a person as `Known` holds people."""
    return tuple(getattr(person, column) for column in _COLUMNS)


def ended_later(left_on, before):
    """Tell whether a membership that ended on a day (None: not yet) is the later of two."""
    return left_on is None or (before is not None and left_on >= before)


def _keyed(pairs):
    found = defaultdict(list)
    for key, pk in pairs:
        if key:
            found[key].append(pk)
    return found


def _memberships(unit):
    """Return each person's current membership, else the one that ended last."""
    rows = (
        Membership.objects.of(unit)
        .order_by("person_id", "pk")
        .values_list(
            "person_id",
            "pk",
            "joined_on",
            "joined_party_on",
            "kind",
            "branch",
            "left_on",
            "left_reason",
            "by_hand_on",
        )
        .iterator(chunk_size=_CHUNK)
    )
    found = {}
    for person, *membership in rows:
        before = found.get(person)
        if before is None or ended_later(membership[M_LEFT], before[M_LEFT]):
            found[person] = tuple(membership)
    return found


def _corrections(unit):
    """Return the open corrections as {person: {field: (old, new)}}."""
    found = defaultdict(dict)
    rows = Correction.objects.of(unit).filter(carried_at=None)
    for person, field, old, new in rows.values_list("person_id", "field", "old", "new"):
        found[person][field] = (old, new)
    return found


def _answers(unit):
    """Return what was answered about cells as {(person, target, code): (digest, answer)}."""
    rows = ImportAnswer.objects.of(unit).values_list(
        "person_id", "target", "code", "digest", "answer"
    )
    return {tuple(key): (digest, answer) for *key, digest, answer in rows}


def _fees(unit):
    found = defaultdict(dict)
    rows = Fee.objects.of(unit).values_list("person_id", "year", "paid_on", "amount_ore")
    for person, year, paid_on, amount in rows.iterator(chunk_size=_CHUNK):
        found[person][year] = (paid_on, amount)
    return found


def _roles(unit):
    found = defaultdict(set)
    rows = ReportedRole.objects.of(unit).values_list("person_id", "title")
    for person, title in rows.iterator(chunk_size=_CHUNK):
        found[person].add(title)
    return found


def _notes(unit):
    """Return the texts of the notes on each person; they must be unsealed to be compared."""
    found = defaultdict(set)
    rows = Note.objects.of(unit).values_list("person_id", "text")
    for person, text in rows.iterator(chunk_size=_CHUNK):
        found[person].add(text)
    return found


def _tags(unit):
    found = defaultdict(set)
    rows = PersonTag.objects.of(unit).values_list("person_id", "tag__kind", "tag__key")
    for person, kind, key in rows.iterator(chunk_size=_CHUNK):
        found[person].add((kind, key))
    return found
