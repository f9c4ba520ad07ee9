"""Small words: sex, yes and no, amounts."""

import re

from krets.kit.tables.values.problems import BadValueError

_SEX = (
    dict.fromkeys(
        ("m", "man", "male", "herr", "hr", "pojke", "p", "kille", "1", "mr", "män", "boy"), "man"
    )
    | dict.fromkeys(
        (
            "k",
            "kvinna",
            "f",
            "female",
            "w",
            "woman",
            "dam",
            "fru",
            "fr",
            "flicka",
            "tjej",
            "2",
            "mrs",
            "ms",
            "kv",
            "girl",
        ),
        "woman",
    )
    | dict.fromkeys(("annat", "annan", "other", "ickebinär", "icke-binär", "x", "o", "nb"), "other")
    | dict.fromkeys(("0", "9", "u", "vill ej uppge", "vill inte uppge"), None)
)
_YES = frozenset(
    (
        "ja",
        "j",
        "x",
        "1",
        "true",
        "sant",
        "yes",
        "y",
        "ok",
        "v",
        "✓",
        "✔",
        "☑",
        "☒",
        "betald",
        "betalt",
        "har betalt",
        "inbetald",
        "paid",
        "på",
        "on",
        "medgivit",
        "godkänt",
        "jajamen",
    )
)
_NO = frozenset(
    (
        "nej",
        "n",
        "0",
        "false",
        "falskt",
        "no",
        "☐",
        "obetald",
        "ej betald",
        "ej betalt",
        "inte betalt",
        "unpaid",
        "av",
        "off",
        "ej",
        "not paid",
    )
)
_MONEY = re.compile(
    r"(?:sek|kr)?\.?\s*(\d[\d\s.,]*?)\s*(?:kr|kronor|sek|:-|,-|:|-)?\.?", re.IGNORECASE
)
_ORE = 100
_MOST_ORE = 10**12


def read_sex(value):
    """Return "man", "woman", "other", or None where it is said not to be told."""
    word = str(value).strip().rstrip(".").lower()
    try:
        return _SEX[word]
    except KeyError:
        raise BadValueError("sex_unreadable", value=value) from None


def read_yes_no(value):
    if isinstance(value, bool):
        return value
    word = str(value).strip().rstrip(".!").lower()
    if word in _YES:
        return True
    if word in _NO:
        return False
    raise BadValueError("yes_no_unreadable", value=value)


def read_ore(value):
    """Return an amount in öre: 250, "250 kr", "1 250:-" and "1.250,00" are all understood."""
    if isinstance(value, int | float) and not isinstance(value, bool):
        ore = round(value * _ORE) if value - value == 0 else -1
    else:
        found = _MONEY.fullmatch(" ".join(str(value).split()))
        ore = _ore_of(found[1]) if found else -1
    if not 0 <= ore < _MOST_ORE:
        raise BadValueError("money_unreadable", value=value)
    return ore


def _ore_of(text):
    """The last sign before one or two digits parts kronor from öre; all others part thousands."""
    text = "".join(text.split()).rstrip(".,")
    found = re.fullmatch(r"([\d.,]*?)(?:[.,](\d{1,2}))?", text)
    kronor = re.sub(r"[.,]", "", found[1]) if found else ""
    if not kronor.isascii() or not kronor.isdecimal():
        return -1
    return int(kronor) * _ORE + int((found[2] or "0").ljust(2, "0"))
