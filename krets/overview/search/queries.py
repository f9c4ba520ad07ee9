"""Finding a person by whatever one remembers."""

import re

from django.db.models import Q

from krets.kit.tables.swedish import fold, phone_digits
from krets.register.access.scope import Fields
from krets.register.members.models import Person
from krets.register.members.queries import tell_apart

MOST = 10
LONGEST = 100
MOST_WORDS = 6
FEWEST_DIGITS = 4
SEARCHED = frozenset({Fields.NAME, Fields.PHONE, Fields.EMAIL, Fields.REGISTER})
_NUMBER_LIKE = re.compile(r"[+()\d\s./-]+")


def found(unit, scope, words, *, most=MOST):
    """Return the first people whom the words may mean: the register number first, then by name.

    Words match from their beginning, in any order, however they are accented; a phone number in
    any form. Protected people and the dead are not found. At most two statements.
    """
    words = " ".join(words.replace("\x00", "").split())[:LONGEST]
    # What is searched holds all of these: whoever may not see one of them must not feel it out.
    if not words or not scope.fields >= SEARCHED:
        return []
    people = Person.objects.of(unit).within(scope).listed().filter(deceased_on=None)
    shown = people.opened(scope.fields)
    exact = list(shown.filter(register_number=words).order_by("pk")[:1])
    alike = shown.filter(_meant(words)).order_by("sort_key", "pk")
    others = [person for person in alike[: most + 1] if person not in exact]
    people = [*exact, *others][:most]
    # Where each lives is told of everyone found.
    tell_apart(people, by=("born", "number"))
    return people


def _meant(words):
    meant = Q()
    for word in fold(words).split()[:MOST_WORDS]:
        meant &= _begins(word)
    if "@" in words or "." in words or not meant:
        raw = Q()
        for word in words.lower().split()[:MOST_WORDS]:
            raw &= _begins(word)
        meant = (meant | raw) if meant else raw
    digits = phone_digits(words) if _NUMBER_LIKE.fullmatch(words) else ""
    if sum(map(str.isdigit, words)) >= FEWEST_DIGITS and digits:
        meant |= _begins(digits)
    return meant


def _begins(word):
    """Say that one of the stored words begins like this."""
    return Q(search__startswith=word) | Q(search__contains=f" {word}")
