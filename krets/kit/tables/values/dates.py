"""Dates and years in the habits of people and programs."""

import re
from datetime import date, datetime, timedelta

from krets.kit.tables.values.problems import BIRTH, BadValueError

_MONTHS = (
    ("jan", 1), ("feb", 2), ("mar", 3), ("apr", 4), ("maj", 5), ("may", 5), ("jun", 6),
    ("jul", 7), ("aug", 8), ("sep", 9), ("okt", 10), ("oct", 10), ("nov", 11), ("dec", 12),
)  # fmt: skip
_MONTH = dict(_MONTHS)
_ISO = re.compile(r"(\d{4})([-/. ]?)(\d{1,2})\2(\d{1,2})(?:[T ]+\d{1,2}[:.]\d{2}.*)?")
_SHORT = re.compile(r"(\d\d)[-/. ]?(\d\d)[-/. ]?(\d\d)")
_DAY_FIRST = re.compile(
    r"(\d{1,2})\s?[-/.]\s?(\d{1,2})\s?[-/. ]+\s?(\d{4}|\d\d)(?: \d{1,2}[:.]\d\d.*)?"
)
_WORDS = re.compile(
    r"(?:den )?(\d{1,2})(?::?[ea]|st|nd|rd|th)? ?([a-zå]{3,9})\.?,? ?-?'?(\d{4}|\d\d)"
)
_WORDS_FIRST = re.compile(r"([a-zå]{3,9})\.? (\d{1,2})(?:st|nd|rd|th)?,? (\d{4})")
_YEAR = re.compile(r"(?:19|20|18)\d\d")
_NO_DAY = re.compile(r"((?:18|19|20)\d\d)(?:[-/. ]?(?:00|\d\d))?(?:[-/. ]?00)?")
_EPOCH = date(1899, 12, 30)
_LAST_SERIAL = 80_000
_OLDEST = 120
_CENTURY = 100


def read_date(value, *, today, birth=False):
    """Return the date a cell means, or raise BadValueError.

    Two-digit years: births are in the past, other dates at most next year. Day comes before
    month, unless only the other way round gives a day.
    """
    if value.__class__ is datetime:
        return value.date()
    if value.__class__ is date:
        return value
    if isinstance(value, bool):
        raise BadValueError("date_unreadable", value=value)
    if isinstance(value, int | float):
        return _from_number(value, today, birth=birth)
    return _from_text(value.strip(), today, birth=birth)


def read_year(value, *, today):
    """Return a year between 1850 and the year after next, from any kind of date."""
    if isinstance(value, date):
        return value.year
    text = str(value).strip()
    found = _YEAR.fullmatch(text.removesuffix(".0"))
    if found:
        return int(found[0])
    if re.fullmatch(r"-?'?\d\d", text):
        return _full_year(int(text[-2:]), today, birth=False)
    try:
        return read_date(value, today=today).year
    except BadValueError:
        raise BadValueError("year_unreadable", value=value) from None


def read_birth(value, *, today):
    """Return the birth date (or the birth year, where no more is said), checked against today."""
    born = _birth(value, today)
    year = born if isinstance(born, int) else born.year
    if year > today.year:
        guess = year - _CENTURY
        if today.year - guess > _OLDEST:
            raise BadValueError("birth_not_yet", value=value)
        raise BadValueError("birth_year_not_yet", value=year, suggestion=guess)
    if isinstance(born, date) and born > today:
        raise BadValueError("birth_not_yet", value=born)
    if today.year - year > _OLDEST:
        if today.year - year - _CENTURY in range(_OLDEST - 15):
            raise BadValueError("birth_too_old", value=year, suggestion=year + _CENTURY)
        raise BadValueError("birth_too_old_unguessed", value=year)
    return born


def _birth(value, today):
    if isinstance(value, str | int | float) and not isinstance(value, bool):
        text = str(value).strip().removesuffix(".0")
        if len(text) <= len("1991-00-00"):
            no_day = _NO_DAY.fullmatch(text)
            if no_day and (len(text) == 4 or (text.endswith("00") and len(text) > 6)):  # noqa: PLR2004 -- digits of a year
                return int(no_day[1])
    try:
        return read_date(value, today=today, birth=True)
    except BadValueError as error:
        error.words["example"] = BIRTH
        raise


def _from_number(value, today, *, birth):
    """A number is Excel's count of days, or digits which lost their signs."""
    whole = int(value) if value - value == 0 else -1
    if whole < 0:
        raise BadValueError("date_unreadable", value=value)
    digits = str(whole)
    if len(digits) == 8:  # noqa: PLR2004 -- yyyymmdd
        return _made(whole // 10_000, whole // 100 % 100, whole % 100, value)
    latest = (today - _EPOCH).days + (0 if birth else 3_700)
    if 0 < whole < min(_LAST_SERIAL, latest + 1):
        return _EPOCH + timedelta(days=whole)
    if len(digits) in {5, 6}:
        digits = digits.zfill(6)
        year = _full_year(int(digits[:2]), today, birth=birth)
        return _made(year, int(digits[2:4]), int(digits[4:]), value)
    raise BadValueError("date_unreadable", value=value)


def _from_text(text, today, *, birth):
    found = _ISO.fullmatch(text)
    # Six digits also look as a year and two small numbers (2011 1 1): then they are yymmdd.
    if found and (found[2] or len(text) >= 8):  # noqa: PLR2004 -- yyyymmdd
        return _made(int(found[1]), int(found[3]), int(found[4]), text)
    found = _DAY_FIRST.fullmatch(text)
    if found and not (len(found[3]) == 2 and int(found[1]) > 31):  # noqa: PLR2004 -- yy-mm-dd
        return _day_first(found, text, today, birth=birth)
    found = _SHORT.fullmatch(text)
    if found:
        year = _full_year(int(found[1]), today, birth=birth)
        return _made(year, int(found[2]), int(found[3]), text)
    return _from_words(text, today, birth=birth)


def _day_first(found, text, today, *, birth):
    day, month, year = int(found[1]), int(found[2]), int(found[3])
    if len(found[3]) == 2:  # noqa: PLR2004 -- two digits
        if "-" in text and "/" not in text and "." not in text:
            # 91-03-05 is a year first, as Swedes write; 05/03-91 is not.
            return _made(_full_year(day, today, birth=birth), month, year, text)
        year = _full_year(year, today, birth=birth)
    if month > 12 >= day:  # noqa: PLR2004 -- months
        day, month = month, day
    return _made(year, month, day, text)


def _from_words(text, today, *, birth):
    lower = " ".join(text.lower().split())
    found = _WORDS.fullmatch(lower)
    if found:
        day, word, year = found.groups()
    else:
        found = _WORDS_FIRST.fullmatch(lower)
        if not found:
            if text.isdecimal() and len(text) == 5 and int(text) > 10_000:  # noqa: PLR2004 -- Excel's days
                return _from_number(int(text), today, birth=birth)
            raise BadValueError("date_unreadable", value=text)
        word, day, year = found.groups()
    month = _MONTH.get(word[:3])
    if not month:
        raise BadValueError("date_unreadable", value=text)
    full = int(year) if len(year) == 4 else _full_year(int(year), today, birth=birth)  # noqa: PLR2004 -- digits
    return _made(full, month, int(day), text)


def _full_year(short, today, *, birth):
    full = today.year // _CENTURY * _CENTURY + short
    return full if full <= today.year + (0 if birth else 1) else full - _CENTURY


def _made(year, month, day, value):
    try:
        return date(year, month, day)
    except ValueError:
        raise BadValueError("date_impossible", value=value) from None
