"""Does a row of a file say what an earlier one said already, or nearly?"""

from typing import NamedTuple

from django.utils.crypto import salted_hmac

from krets.register.imports.comparison import plain
from krets.register.imports.known import PHONES
from krets.register.imports.models import ImportAnswer
from krets.register.imports.recognition import MOST_BEHIND_A_KEY, Names, likeness, tells_one


class Double(NamedTuple):
    """That an earlier row of the file is about the same new person, or may be.

    `why` is empty where it is sure, else what the two share; `protected` is the earlier row's.
    """

    row: int
    why: str = ""
    protected: bool = False

    @property
    def is_sure(self):
        return not self.why


class _Seen(NamedTuple):
    row: int
    names: Names
    born: object
    number: str
    protected: bool


class Doubles:
    """Remembers by what new people of a file are known, to see the same one come again."""

    def __init__(self):
        self._numbers = {}
        self._keys = {}
        self._near = {}

    def earlier(self, number, values):
        """Return the Double that an earlier row makes of this one, or None."""
        if earlier := self.same_number(number, values):
            return Double(earlier)
        register_number = values.get("register_number") or ""
        names = Names.of(values.get("first_name"), values.get("last_name"))
        seen = _Seen(number, names, _birth(values), register_number, bool(values.get("protected")))
        shared = list(_keys(values))
        exact = [(names.whole, key) for key, _why in shared] or [(names.whole, _whole(values))]
        for key in exact:
            for other in self._keys.get(key, ()):
                if not _another(other.born, seen.born) and not _another(other.number, seen.number):
                    return Double(other.row)
        near = self._nearly(seen, shared)
        self._remember(seen, exact, shared)
        return near

    def same_number(self, number, values):
        """Return the earlier row with the row's register number, or None."""
        register_number = values.get("register_number")
        if not register_number:
            return None
        names = Names.of(values.get("first_name"), values.get("last_name"))
        seen = _Seen(number, names, _birth(values), register_number, protected=False)
        earlier = self._numbers.setdefault(register_number, seen)
        return None if earlier.row == number else earlier.row

    def is_another(self, values):
        """Return whether the row has the register number of an earlier row about somebody else."""
        earlier = self._numbers.get(values.get("register_number"))
        if earlier is None:
            return False
        names = Names.of(values.get("first_name"), values.get("last_name"))
        return names.whole != earlier.names.whole or _another(earlier.born, _birth(values))

    def _nearly(self, seen, shared):
        """Return the likeliest earlier row that may be about the same person."""
        guesses = [
            (alike, -other.row, why, other.protected)
            for key, why in shared
            for other in self._near.get(key, ())
            if not _another(other.born, seen.born)
            and (alike := likeness(seen.names, other.names, why))
            and (tells_one(why, alike) or not _another(other.number, seen.number))
        ]
        if not guesses:
            return None
        _alike, row, why, protected = max(guesses)
        return Double(-row, why, protected)

    def _remember(self, seen, exact, shared):
        for key in exact:
            self._keys.setdefault(key, []).append(seen)
        for key, _why in shared:
            behind = self._near.setdefault(key, [])
            if len(behind) < MOST_BEHIND_A_KEY:
                behind.append(seen)


def code_and_digest_of(unit_id, values):
    """Return what stands for whom a row names, as an answer keeps it; nobody can be read from it.

    The code is the digest cut short: of one person many rows may be remembered.
    """
    fields = ("register_number", "first_name", "last_name", "born_on", "born_year", "email")
    told = [str(plain(values.get(field)) or "") for field in (*fields, *PHONES)]
    text = "\x1f".join([str(unit_id), *told])
    digest = salted_hmac("krets.register.imports.double", text, algorithm="sha256").hexdigest()
    return digest[: ImportAnswer.CODE_LENGTH], digest


def _keys(values):
    """Yield (what tells people apart, its kind)."""
    if values.get("email"):
        yield values["email"].lower(), "reached"
    for field in PHONES:
        if values.get(field):
            yield values[field], "reached"
    if values.get("born_on"):
        yield values["born_on"], "born"


def _whole(values):
    """All that a row says of where somebody lives: those without any other key are told by it."""
    fields = ("born_year", "care_of", "street", "postal_code", "city", "union", "occupation")
    return tuple(values.get(field) for field in fields)


def _birth(values):
    return values.get("born_on") or values.get("born_year")


def _another(one, other):
    return bool(one and other) and one != other
