"""Swedish letters: as they are searched and as they are sorted."""

import itertools
import re
import unicodedata

_SPELLED = {
    "æ": "ae",
    "ø": "o",
    "œ": "oe",
    "ß": "ss",
    "ð": "d",
    "đ": "d",
    "ħ": "h",
    "ı": "i",
    "ĸ": "k",
    "ł": "l",
    "ŋ": "n",
    "þ": "th",
    "ŧ": "t",
    "ſ": "s",
}
_HYPHENS = dict.fromkeys("-‐‑‒–—―−_/.,;:·", " ")
_APOSTROPHES = dict.fromkeys("'’‘ʼ`´\u02bb\u2032\"”“", None)
_FOLDED = str.maketrans(_SPELLED | _HYPHENS | _APOSTROPHES)
_PLAIN = re.compile(r"[a-z0-9@+]*")

# ø sorts as ö and æ as ä, ü as y; z itself must come before å ä ö.
_SORTED = str.maketrans(
    _SPELLED
    | {"å": "z1", "ä": "z2", "æ": "z2", "ö": "z3", "ø": "z3", "ő": "z3", "z": "z0"}
    | {"ü": "y", "ű": "y"}
    | _HYPHENS
    | _APOSTROPHES
)
_PARTICLES = frozenset(
    [
        "af",
        "av",
        "da",
        "de",
        "del",
        "della",
        "den",
        "der",
        "di",
        "do",
        "dos",
        "du",
        "la",
        "le",
        "van",
        "von",
        "y",
        "zu",
        "zur",
    ]
)
_NO_DIGIT = re.compile(r"\D+")


def fold(text):
    """Return a text as search compares it: lower case, no accents, spaces for hyphens."""
    text = text.lower()
    if _PLAIN.fullmatch(text):
        return text
    if not text.isascii():
        text = _without_marks(text.translate(_FOLDED))
    return " ".join(text.translate(_FOLDED).split())


def sort_key(text):
    """Return ASCII that sorts as Swedish does: å ä ö last, accents aside, w apart from v.

    Ties (case, accents) are the caller's: order by the name itself and the key after it.
    """
    text = unicodedata.normalize("NFC", text.lower()).translate(_SORTED)
    if not text.isascii():
        text = _without_marks(text).translate(_SORTED_LATE)
        text = "".join(sign if sign.isascii() else _foreign(sign) for sign in text)
    return " ".join(text.split())


def main_word_first(last_name):
    """Return a last name as it is sorted: "von Essen" stands under E, "Van Allen" under V.

    So the language institute has it (sprakbruk.fi, "Von och af i namn"): particles written with a
    small letter are passed over, those with a capital are part of the name.
    """
    words = last_name.split()
    particles = list(itertools.takewhile(_PARTICLES.__contains__, words))
    return " ".join(words[len(particles) :] + particles)


# What first shows once the marks are gone (ǿ is ø with one): letters only, z0 to z3 are made.
_SORTED_LATE = str.maketrans(_SPELLED | {"ø": "z3", "æ": "z2"})


def _foreign(sign):
    """Letters of other alphabets come after ö, in their own order."""
    return f"z9{ord(sign):06x}" if sign.isalnum() else " "


def _without_marks(text):
    decomposed = unicodedata.normalize("NFKD", text)
    return "".join(sign for sign in decomposed if not unicodedata.combining(sign)).lower()


def phone_digits(text):
    """Return the digits of a phone number, or of its beginning, without country code or zero.

    Swedish numbers lose +46, 0046 and 0; other countries keep their code.
    """
    text = text.replace("(0)", "")
    digits = _NO_DIGIT.sub("", text)
    if text.lstrip().startswith("+") or digits.startswith("00"):
        digits = digits.removeprefix("00")
        return digits.removeprefix("46").removeprefix("0") if digits.startswith("46") else digits
    if digits.startswith("46") and len(digits) > len("46812345"):
        return digits.removeprefix("46")
    return digits.removeprefix("0")
