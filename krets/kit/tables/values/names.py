"""Names as people write them."""

import re

_PARTICLES = frozenset(
    [
        "af",
        "av",
        "von",
        "de",
        "van",
        "der",
        "den",
        "del",
        "della",
        "di",
        "da",
        "dos",
        "du",
        "bin",
        "ibn",
        "ter",
        "ten",
        "zu",
    ]
)
# These too begin a surname when they stand before its last word, but keep their capital.
_SURNAME_PARTICLES = _PARTICLES | {"la", "le", "el", "al"}
_WORD = re.compile(r"[^\s\-‐–'’.]+|[\s\-‐–'’.]+")
_ROMAN = frozenset({"II", "III", "IV", "VI", "VII", "VIII"})
_VOWELS = frozenset("AEIOUYÅÄÖÉÈÜØÆ")
_SHORTEST_MC = 4
_INITIALS = 3


def as_people_write(name, *, given=False):
    """Return a name in capitals (or without any) as people write it; mixed spellings stand.

    `given` is for first names, where van or al is a name of its own.
    """
    name = " ".join(name.split())
    if not (name.isupper() or name.islower()):
        return name
    words = _WORD.findall(name)
    if len(words) == 1:
        return _word(name, alone=True)
    lasting = len(words) - 1
    made = []
    for at, word in enumerate(words):
        lower = word.lower()
        before_space = at < lasting and words[at + 1].isspace()
        after_hyphen = at > 0 and not words[at - 1].isspace()
        if lower in _PARTICLES and not given and before_space and not after_hyphen:
            made.append(lower)
        else:
            made.append(_word(word, alone=False))
    return "".join(made)


def _word(word, *, alone):
    if not word[0].isalpha():
        return word
    if word in _ROMAN and not alone:
        return word
    if word.isupper() and 1 < len(word) <= _INITIALS and not _VOWELS.intersection(word):
        # KG and JP are initials, and said so.
        return word
    lower = word.lower()
    if lower.startswith("mc") and len(word) >= _SHORTEST_MC:
        return "Mc" + lower[2].upper() + lower[3:]
    # Not title(): ß and ligatures would grow.
    first = lower[0].upper()
    return (first if len(first) == 1 else lower[0]) + lower[1:]


def split_last_first(name):
    """Return (first, last) of "Efternamn, Förnamn"; without a comma the last name is one word."""
    if "," in name:
        last, _, first = name.partition(",")
        return " ".join(first.replace(",", " ").split()), " ".join(last.split())
    words = name.split()
    at = 0
    while at < len(words) - 1 and words[at].lower() in _SURNAME_PARTICLES:
        at += 1
    return " ".join(words[at + 1 :]), " ".join(words[: at + 1])


def split_full_name(name):
    """Return (first, last) of a whole name: the last word with the particles before it."""
    if "," in name:
        return split_last_first(name)
    words = name.split()
    if len(words) <= 1:
        return " ".join(words), ""
    at = len(words) - 1
    while at > 1 and words[at - 1].lower() in _SURNAME_PARTICLES:
        at -= 1
    return " ".join(words[:at]), " ".join(words[at:])
