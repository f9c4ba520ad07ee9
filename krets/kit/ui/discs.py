"""A person's round sign: initials, and a tone that stays the same."""

import unicodedata
import zlib

TONES = 8
_APART = "\u200c"
_PARTICLES = {"af", "al", "av", "bin", "da", "de", "del", "den", "der", "di", "el", "la", "le"}
_PARTICLES |= {"van", "von", "zu"}


def initials(name):
    """Return one or two letters for the name; a question mark when it holds no letter."""
    words = [_first_letter(word) for word in _words(name)]
    letters = [letter for letter in words if letter]
    if not letters:
        return "?"
    if len(letters) == 1:
        return letters[0]
    # Arabic letters would join into a word: the sign between them keeps them apart.
    between = _APART if unicodedata.bidirectional(letters[0]) == "AL" else ""
    return letters[0] + between + letters[-1]


def tone(seed):
    """Return 1 to 8, the same for the same seed on every machine; 0 without a seed."""
    if seed in (None, ""):
        return 0
    return zlib.crc32(str(seed).encode()) % TONES + 1


def _words(name):
    words = str(name or "").replace("_", " ").split()
    weighty = [word for word in words if word.casefold() not in _PARTICLES]
    return weighty or words


def _first_letter(word):
    # NFC first, so that an å typed as two signs counts as one letter.
    for sign in unicodedata.normalize("NFC", word):
        if unicodedata.category(sign).startswith("L"):
            raised = sign.upper()
            return raised if len(raised) == 1 else sign
    return ""
