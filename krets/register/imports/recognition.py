"""Who is meant by a row? By what people are known, when nearly, and when not at all."""

from dataclasses import dataclass
from typing import NamedTuple

from rapidfuzz import fuzz

from krets.kit.tables.swedish import fold
from krets.register.imports.known import AT, DETAILS, PHONES, Known

# Below these a likeness is chance: Anna and Arne are 50 alike, Karin and Carin 80.
_FIRST_ALIKE = 75
_LAST_ALIKE = 60
_ALL_ALIKE = 90
_TURNED_ROUND = 95
# An address that a whole office shares tells nobody apart.
MOST_BEHIND_A_KEY = 50
_NUMBER = AT["register_number"]


class Names(NamedTuple):
    """A first and a last name, and the whole, in the form in which names are compared."""

    first: str
    last: str
    whole: str

    @classmethod
    def of(cls, first, last):
        first, last = fold(first or ""), fold(last or "")
        return cls(first, last, f"{first} {last}".strip())


@dataclass(frozen=True)
class Guess:
    """That a row may mean a person: how alike (0 to 100), and a code for why we ask.

    `row` is the earlier row of the file that means the person already, if one does.
    """

    person: int
    alike: float
    why: str
    row: int | None = None


class Recognition:
    """Finds whom rows mean. Each person is meant by one row of a file at most: `claim` says so."""

    def __init__(self, known: Known):
        self.known = known
        self.claimed = {}

    def claim(self, person, number):
        """Say that the row means the person. Return the earlier row that does, or None."""
        earlier = self.claimed.setdefault(person, number)
        return None if earlier == number else earlier

    def by_number(self, values):
        """Return the person with the row's register number, or None."""
        return self.known.by_number.get(values.get("register_number"))

    def surely(self, values):
        """Return (person, None) when all agree, (None, guess) when several do, else (None, None).

        The rules in turn: e-mail and name, phone and name, birth date and name. A birth date that
        is another speaks against, so father and son with one address and one name stay two. Who
        has never been a member wrote her e-mail herself: another one in the file is asked about.
        """
        name = name_of(values)
        for pks in self._keys(values):
            same_name = [pk for pk in pks if self.known.names[pk] == name]
            fitting = [pk for pk in same_name if self._agree(values, pk)]
            numbered = [pk for pk in fitting if self._same_number(values, pk)]
            if len(numbered) == 1:
                found = numbered[0]
                if self._wrote_another_email(values, found):
                    return None, Guess(found, 100, "email", self.claimed.get(found))
                return found, None
            if numbered:
                exact = [pk for pk in numbered if self.says_what_we_know(values, pk)]
                if exact:
                    return self._unclaimed(exact), None
                likeliest = self._unclaimed(numbered)
                return None, Guess(likeliest, 100, "several", self.claimed.get(likeliest))
        return self._word_for_word(values, name), None

    def nearly(self, values):
        """Return the likeliest person as a guess to be asked about, or None.

        Those whom no other row means come first: somebody twice in a file is the rarer case.
        """
        names = Names.of(values.get("first_name"), values.get("last_name"))
        guesses = [
            guess
            for pk, why in self._neighbours(values, names.whole)
            if self._agree(values, pk)
            for guess in [self._guess(values, pk, why, names)]
            if guess
        ]
        return max(
            guesses,
            key=lambda guess: (guess.row is None, guess.alike, -guess.person),
            default=None,
        )

    def says_what_we_know(self, values, pk):
        """Tell whether every detail of the row is what we already hold about the person."""
        person = self.known.people[pk]
        return all(
            same_text(values[field], person[AT[field]])
            for field in DETAILS
            if values.get(field) not in (None, "")
        )

    def _keys(self, values):
        known = self.known
        if values.get("email"):
            yield known.by_email.get(values["email"].lower(), ())
        for field in PHONES:
            if values.get(field):
                yield known.by_phone.get(values[field], ())
        if values.get("born_on"):
            yield known.by_birth.get(values["born_on"], ())

    def _word_for_word(self, values, name):
        """Return the one person about whom the row says nothing that we do not know already."""
        fitting = [
            pk for pk in self.known.by_name.get(name, ()) if self.says_what_we_know(values, pk)
        ]
        return fitting[0] if len(fitting) == 1 else None

    def _agree(self, values, pk):
        """Tell whether nothing is known about the births that makes them two people."""
        born_on, born_year = self.known.born(pk)
        theirs = values.get("born_on")
        if theirs and born_on:
            return theirs == born_on
        year = theirs.year if theirs else values.get("born_year")
        return not (year and born_year) or year == born_year

    def _same_number(self, values, pk):
        ours = self.known.people[pk][_NUMBER]
        return not (ours and values.get("register_number")) or ours == values["register_number"]

    def _wrote_another_email(self, values, pk):
        ours, theirs = self.known.people[pk][AT["email"]], values.get("email")
        is_ours_alone = self.known.memberships.get(pk) is None
        return bool(is_ours_alone and ours and theirs and not same_text(theirs, ours))

    def _unclaimed(self, pks):
        return next((pk for pk in pks if pk not in self.claimed), pks[0])

    def _neighbours(self, values, name):
        """Yield (person, why) of those who share something with the row."""
        known = self.known
        if values.get("email"):
            yield from _few(known.by_email.get(values["email"].lower()), "reached")
        for field in PHONES:
            if values.get(field):
                yield from _few(known.by_phone.get(values[field]), "reached")
        if values.get("born_on"):
            yield from _few(known.by_birth.get(values["born_on"]), "born")
        if values.get("postal_code"):
            for field in ("first_name", "last_name"):
                place = values["postal_code"], fold(values.get(field) or "")
                yield from _few(known.by_place.get(place), "place")
        yield from _few(known.by_name.get(name), "name")

    def _guess(self, values, pk, why, names):
        person = self.known.people[pk]
        ours = Names.of(person[AT["first_name"]], person[AT["last_name"]])
        alike, row = likeness(names, ours, why), self.claimed.get(pk)
        if not alike or (why == "name" and not self._nothing_to_compare(values, pk)):
            return None
        if self._same_number(values, pk):
            return Guess(pk, alike, why, row)
        # Two numbers of one register are two people, unless more than the name agrees.
        if not (tells_one(why, alike) if row else why in {"reached", "born"}):
            return None
        return Guess(pk, alike - 10, "number", row)

    def _nothing_to_compare(self, values, pk):
        """Tell whether nothing else but the name could have told the two apart."""
        person = self.known.people[pk]
        if person[_NUMBER] and values.get("register_number"):
            return False
        phones = any(values.get(field) for field in PHONES)
        theirs = any(person[AT[field]] for field in PHONES)
        both_reached = (values.get("email") and person[AT["email"]]) and (phones and theirs)
        return not both_reached and not (values.get("born_on") and person[AT["born_on"]])


def likeness(theirs, ours, why):
    """Return how alike two Names are (to 100), or 0 when too little for what is shared.

    `why` is what the two share: "reached" (e-mail or phone), "born", "place" or "name".
    """
    whole = fuzz.token_sort_ratio(theirs.whole, ours.whole)
    if whole >= _TURNED_ROUND:
        return whole
    first = _alike(theirs.first, ours.first)
    enough = {
        # Who marries may keep first name and address only.
        "reached": first >= _FIRST_ALIKE,
        "born": first >= _FIRST_ALIKE and _alike(theirs.last, ours.last) >= _LAST_ALIKE,
        "place": first >= _FIRST_ALIKE and whole >= _ALL_ALIKE,
        "name": False,
    }
    return max(whole, 1) if enough[why] else 0


def tells_one(why, alike):
    """Tell whether two rows of a file may be one person although they have two numbers.

    Twins share a birth date and nearly a name; one e-mail or phone, or the very name, says more.
    """
    return why == "reached" or (why == "born" and alike >= _TURNED_ROUND)


def name_of(values):
    """Return the row's whole name as names are compared."""
    return fold(f"{values.get('first_name') or ''} {values.get('last_name') or ''}")


def same_text(theirs, ours):
    """Tell whether two values say the same, case and space apart."""
    if theirs.__class__ is str and ours.__class__ is str:
        return theirs == ours or theirs.casefold() == ours.casefold()
    return theirs == ours


def _few(pks, why):
    return [(pk, why) for pk in (pks or ())[:MOST_BEHIND_A_KEY]]


def _alike(theirs, ours):
    """Return how alike two parts of a name are: 100 when one is the other with more in it."""
    few, many = sorted((set(theirs.split()), set(ours.split())), key=len)
    if few and few <= many:
        return 100
    return fuzz.ratio(theirs, ours)
