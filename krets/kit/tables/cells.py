"""What stands in a cell, once the habits of programs are taken away."""

import datetime as dt
import re

# Signs that cannot be seen: soft hyphen, marks of direction, byte order mark. The joiners stay,
# since Persian names are written with them.
_UNSEEN = dict.fromkeys(
    [
        *range(9),
        *range(0x0E, 0x20),
        0x7F,
        0xAD,
        0x200B,
        0x200E,
        0x200F,
        *range(0x202A, 0x202F),
        0x2060,
        *range(0x2066, 0x206A),
        0xFEFF,
    ]
)
_SPACES = dict.fromkeys([9, 0x0B, 0x0C, 0xA0, 0x2007, 0x202F, 0x3000], " ")
_CLEANER = _UNSEEN | _SPACES
_FORMULA = re.compile(r'="(.*)"', re.DOTALL)
_MOST_LETTERS = 20_000
_WHOLE = 10**15


def clean_text(text):
    """Return a text trimmed and free of unseen signs, or None for nothing."""
    if not text.isprintable():
        text = text.translate(_CLEANER).replace("\r\n", "\n").replace("\r", "\n")
    text = text.strip()
    if not text:
        return None
    if text[0] in "='":
        text = _undefused(text)
    return text[:_MOST_LETTERS] or None


def _undefused(text):
    """Take away what keeps a spreadsheet from counting: ="070…" and '+46…."""
    formula = _FORMULA.fullmatch(text)
    if formula:
        return formula[1].replace('""', '"').strip()
    if text[0] == "'" and len(text) > 1 and text[1] in "=+-@0123456789":
        return text[1:]
    return text


def clean(value):
    """Return one cell of a workbook as str, int, float, bool, date, datetime or None."""
    if value.__class__ is str:
        return clean_text(value) if value else None
    if value.__class__ is float:
        return int(value) if value.is_integer() and abs(value) < _WHOLE else _real(value)
    if isinstance(value, dt.time | dt.timedelta):
        return str(value)
    return value


def _real(value):
    return value if value - value == 0 else None


def letter(column):
    """Return what a spreadsheet calls a column: 0 is A, 26 is AA."""
    name = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(65 + rest) + name
    return name
