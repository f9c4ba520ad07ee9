"""Headings that stand together under one merged heading: "Kontakt – Mobil", "Kontakt – E-post"."""

from collections import Counter

from krets.register.imports.columns.synonyms import EXACT, words_of
from krets.register.imports.columns.targets import Target

# What the reader of tables joins the heading of a group and that of a column with.
_JOINT = " – "
# Over several columns these tell how the member is reached; in one heading, of another person.
_OF_THE_MEMBER = frozenset({"kontakt", "contact"})
_SOMEBODY_ELSE = "kontaktperson"
_NAMES = frozenset({Target.FIRST_NAME, Target.LAST_NAME, Target.FULL_NAME, Target.LAST_FIRST_NAME})


def words_by_heading(headings):
    """Return {heading: its plain words}, without a group's name that only says how to reach one.

    Where names stand both in the group and outside of it, the contact is somebody else.
    """
    split = {heading: _split(heading) for heading in headings}
    columns = Counter(group for group, _own in split.values())
    named = {group for group, own in split.values() if _is_name(own)}
    words = {}
    for heading, (group, own) in split.items():
        words[heading] = words_of(heading)
        if group in _OF_THE_MEMBER and columns[group] > 1:
            is_another = group in named and len(named) > 1
            words[heading] = f"{_SOMEBODY_ELSE} {own}" if is_another else own
    return words


def _split(heading):
    group, _joint, own = heading.rpartition(_JOINT)
    return words_of(group), words_of(own)


def _is_name(words):
    return not _NAMES.isdisjoint(target for target, _score in EXACT.get(words, ()))
