"""Does a row of a file say what an earlier one said already?"""

from krets.register.imports.known import PHONES
from krets.register.imports.recognition import name_of


class Doubles:
    """Remembers by what new people of a file are known, to see the same one come again."""

    def __init__(self):
        self._numbers = {}
        self._keys = {}

    def earlier(self, number, values):
        """Return the number of the row that was about the same new person, or None."""
        register_number = values.get("register_number")
        if register_number:
            earlier = self._numbers.setdefault(register_number, number)
            if earlier != number:
                return earlier
        name = name_of(values)
        keys = [(name, key) for key in _keys(values)] or [(name, _whole(values))]
        for key in keys:
            for earlier, born, theirs in self._keys.get(key, ()):
                if not _another(born, _birth(values)) and not _another(theirs, register_number):
                    return earlier
        mark = number, _birth(values), register_number
        for key in keys:
            self._keys.setdefault(key, []).append(mark)
        return None


def _keys(values):
    if values.get("email"):
        yield values["email"].lower()
    for field in PHONES:
        if values.get(field):
            yield values[field]
    if values.get("born_on"):
        yield values["born_on"]


def _whole(values):
    """All that a row says of where somebody lives: those without any other key are told by it."""
    fields = ("born_year", "care_of", "street", "postal_code", "city", "union", "occupation")
    return tuple(values.get(field) for field in fields)


def _birth(values):
    return values.get("born_on") or values.get("born_year")


def _another(one, other):
    return bool(one and other) and one != other
