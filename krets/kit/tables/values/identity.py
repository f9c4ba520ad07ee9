"""Personal identity numbers: the birth date is taken, the number never leaves here."""

import re
from datetime import date
from typing import NamedTuple

from krets.kit.tables.values.dates import read_birth
from krets.kit.tables.values.problems import BadValueError

# Co-ordination numbers have 60 added to the day; the letters stand in interim numbers.
_COORDINATION = 60
_LETTERS = "TRSUWXJKLMN"
_NUMBER = re.compile(
    rf"((?:1[6-9]|20)?)(\d\d)(\d\d)(\d\d)\s?([-–−+]?)\s?([\d{_LETTERS}])(\d{{3}})", re.IGNORECASE
)
_HIDDEN = re.compile(r"((?:18|19|20)?\d{6})\s?[-–−+]?\s?(?:[x*?#_]{4}|0000|TF\d\d)", re.IGNORECASE)
_IN_TEXT = re.compile(
    rf"(?<![\d+])((?:18|19|20)?)(\d\d)([-./ ]?)(\d\d)\3(\d\d)(\s?[-–−+]?\s?)"
    rf"([\d{_LETTERS}]\d\d\d)(?!\d)",
    re.IGNORECASE,
)
_ORGANISATION_MONTH = 20
_FULL = 12
_EMPTY = re.compile(r"[(\[{]\s*[)\]}]")
_LONG = 10


class Identity(NamedTuple):
    """What is taken from a number. `sex` only where it was asked for."""

    birth_date: date | None
    sex: str | None = None
    birth_year: int | None = None


def read_identity(value, *, today, take_sex=False):
    """Return the Identity in a personal identity or co-ordination number, or in a bare birth date.

    Faults never repeat the number; their suggestion is the birth date it seems to hold, their value
    at most a birth year that is not yet.
    """
    text = _as_text(value)
    hidden = _HIDDEN.fullmatch(text)
    if hidden:
        return Identity(_only_date(read_birth(hidden[1], today=today)))
    found = _NUMBER.fullmatch(text)
    if not found:
        return _bare_birth(value, today)
    century, year, month, day, sign, serial, rest = found.groups()
    if int(month) >= _ORGANISATION_MONTH or century == "16":
        raise BadValueError("identity_of_organisation")
    born = _born(century, year, month, day, sign, today)
    if born is None:
        raise BadValueError("identity_wrong_unguessed")
    # Nobody is given the serial number 000.
    is_valid = serial + rest[:2] != "000" and _is_valid(year + month + day, serial + rest)
    if born > today:
        _refuse_coming(born, is_valid=is_valid)
    if not is_valid:
        raise BadValueError("identity_wrong", suggestion=born.isoformat())
    sex = ("man" if int(rest[1]) % 2 else "woman") if take_sex else None
    return Identity(born, sex)


def cut_identity_numbers(text, *, today=None):
    """Return a text with the birth date in place of each personal identity number in it.

    Takes any cell; only texts and whole numbers can hold one. Numbers without sign or century
    count only with the right check digit, since phone numbers look the same.
    """
    if text.__class__ is int or (text.__class__ is float and text.is_integer()):
        padded = _as_text(text)
        cut = _cut(padded, today) if len(padded) >= _LONG else padded
        return text if cut == padded else cut
    if text.__class__ is not str or len(text) < _LONG:
        return text
    return _cut(text, today)


def without_identity_numbers(text, *, today=None):
    """Return a name with nothing left of a personal identity number in it."""
    if len(text) < _LONG:
        return text
    cut = _cut(text, today, keeps_birth=False)
    return text if cut == text else " ".join(_EMPTY.sub(" ", cut).split()).strip(" ,;-")


def _cut(text, today, *, keeps_birth=True):
    now = today or date.today()  # noqa: DTZ011 -- tells only what has been from what has not

    def replaced(found):
        century, year, sign, month, day, mark, last = found.groups()
        born = _born(century, year, month, day, mark.strip(), now)
        if born is None or born > now:
            return found[0]
        # Parted dates with four digits after them are often a day and a time, or two years.
        sure = not sign and (century or mark.strip())
        if not sure and (last[0].isalpha() or not _is_valid(year + month + day, last)):
            return found[0]
        return born.isoformat() if keeps_birth else ""

    return _IN_TEXT.sub(replaced, text)


def _refuse_coming(born, *, is_valid):
    """Guess only where all but the century is sound: the last digit says nothing of that."""
    if is_valid:
        # Each leap day to come until 2099 was one a century before too.
        before = born.replace(year=born.year - 100).isoformat()
        raise BadValueError("identity_year_not_yet", value=born.year, suggestion=before)
    raise BadValueError("identity_wrong_unguessed", value=born.year)


def _as_text(value):
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    text = str(value).strip()
    if value.__class__ is int and len(text) in {7, 8, 9} and not text.startswith(("19", "20")):
        # A spreadsheet takes away the zeros of those born 2000 to 2009.
        return text.zfill(_LONG)
    return text


def _bare_birth(value, today):
    try:
        born = read_birth(value, today=today)
    except BadValueError as error:
        if error.code == "date_unreadable":
            raise BadValueError("identity_unreadable") from None
        raise
    return Identity(born) if isinstance(born, date) else Identity(None, None, born)


def _only_date(born):
    return born if isinstance(born, date) else None


def _born(century, year, month, day, sign, today):
    number = int(day)
    if number > _COORDINATION:
        number -= _COORDINATION
    if century:
        full = int(century + year)
    else:
        full = today.year // 100 * 100 + int(year)
        if (full, int(month), number) > (today.year, today.month, today.day):
            full -= 100
        if sign == "+":
            full -= 100
    try:
        return date(full, int(month), number)
    except ValueError:
        return None


def _is_valid(six, four):
    """Check the last digit (Luhn). A letter of an interim number counts as a one."""
    digits = six + ("1" if four[0].isalpha() else four[0]) + four[1:]
    total = 0
    for at, digit in enumerate(digits):
        double = int(digit) * (2 - at % 2)
        total += double - 9 if double > 9 else double  # noqa: PLR2004 -- the sum of its digits
    return total % 10 == 0
