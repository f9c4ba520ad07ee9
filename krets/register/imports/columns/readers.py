"""The function which reads the cells of one column, made once per column."""

import re
from datetime import date
from functools import partial

from krets.kit.tables.values import (
    BadValueError,
    Identity,
    as_people_write,
    cut_identity_numbers,
    is_blank,
    phone_kind,
    read_birth,
    read_date,
    read_emails,
    read_identity,
    read_ore,
    read_phones,
    read_postal_code,
    read_sex,
    read_year,
    read_yes_no,
    split_postal_city,
    without_identity_numbers,
)
from krets.register.imports.columns.fees import Fee, read_fee, read_paid
from krets.register.imports.columns.targets import FEE_PREFIX, Target

__all__ = ["LIMITS", "Fee", "Identity", "phone_kind", "reader_of"]

LIMITS = {
    "register_number": 40,
    "first_name": 100,
    "last_name": 100,
    "co": 100,
    "street": 150,
    "postal_code": 20,
    "city": 100,
    "country": 60,
    "union": 100,
    "occupation": 100,
    "language": 40,
}
_SWEDEN = frozenset({"se", "swe", "sweden", "sverige", "s"})
_LIST = re.compile(r"\s*[;,|\n]\s*")
_DIGITS = re.compile(r"\d{4}")
_LOOKS_AS_IDENTITY = re.compile(r"\d{6,8}\s?[-–+]\s?\w{4}|\d{12}|\d{10}|\d{8}[A-Za-z]\d{3}")
_FOREIGN_CODE = re.compile(r"(?=.*\d)(?=.*[A-Za-z])[A-Za-z\d][A-Za-z\d -]{2,8}")
_CO = re.compile(r"c\s?[/\\]\s?o\b[:.]?\s*", re.IGNORECASE)
_CACHED = 65_536


def reader_of(target, *, today, take_sex=False):  # noqa: PLR0911 -- a kind of target each
    """Return a function from a cell that is not empty to a value, or None for nothing said."""
    if target.startswith(FEE_PREFIX):
        return _telling(partial(read_fee, int(target.removeprefix(FEE_PREFIX)), today))
    if target == Target.IDENTITY_NUMBER:
        # Never remembered: a cache would keep the numbers.
        return _telling(lambda cell: read_identity(cell, today=today, take_sex=take_sex))
    if target == Target.BIRTH_DATE:
        return _telling(partial(_birth, today=today, take_sex=take_sex))
    dates = {
        Target.BIRTH_YEAR: lambda cell: _birth_year(cell, today),
        Target.FEE_YEAR: lambda cell: read_year(cell, today=today),
        Target.FEE_PAID_THROUGH: lambda cell: _paid_through(cell, today),
        Target.FEE_PAID: lambda cell: read_paid(cell, today),
    }
    if target in dates:
        return _telling(dates[target])
    if target in _DAYS:
        return _telling(_remembering(lambda cell: read_date(cell, today=today)))
    if target in _NAMES:
        return _remembering(_NAMES[target])
    reader = _PLAIN[target]
    return _telling(_remembering(reader) if target in _REPEATED else reader)


def _telling(reader):
    """Let words that mean nothing is known be nothing."""

    def read(cell):
        return None if is_blank(cell) else reader(cell)

    return read


def _remembering(reader):
    """Keep the answers for texts as long as the file is read: the same ones come again."""
    answers = {}

    def read(cell):
        if cell.__class__ is not str:
            return reader(cell)
        answer = answers.get(cell)
        if answer is None:
            answer = reader(cell)
            if len(answers) < _CACHED:
                answers[cell] = answer
        return answer

    return read


def _birth(cell, *, today, take_sex):
    """A column of birth dates often holds some identity numbers."""
    if cell.__class__ is str and len(cell) > 9 and _LOOKS_AS_IDENTITY.fullmatch(cell):  # noqa: PLR2004 -- no date is
        return read_identity(cell, today=today, take_sex=take_sex)
    if cell.__class__ is int and cell > 10**8:
        return read_identity(cell, today=today, take_sex=take_sex)
    return read_birth(cell, today=today)


def _birth_year(cell, today):
    born = read_birth(cell, today=today)
    return born if isinstance(born, int) else born.year


def _paid_through(cell, today):
    """No fee is paid beyond the year after next: 9999-12-31 stands for members for life."""
    return min(read_year(cell, today=today), today.year + 2)


def _text(cell):
    """Return words on one line, with no identity number among them."""
    text = cell if cell.__class__ is str else str(cell)
    if "\n" in text or "  " in text:
        text = " ".join(text.split())
    if len(text) >= 10 and _DIGITS.search(text):  # noqa: PLR2004 -- no number is shorter
        text = cut_identity_numbers(text)
    return text


def _note(cell):
    return cut_identity_numbers(str(cell))


def _name(cell):
    """Return a name on one line; of an identity number in it nothing is left."""
    text = cell if cell.__class__ is str else str(cell)
    text = without_identity_numbers(text)
    return " ".join(text.split()) if "\n" in text or "  " in text else text


def _first_name(cell):
    return as_people_write(_name(cell), given=True) or None


def _last_name(cell):
    return as_people_write(_name(cell)) or None


def _whole_name(cell):
    return _name(cell) or None


def _words(cell):
    """Places in capitals, as people write them."""
    text = _text(cell)
    return as_people_write(text) if text.isupper() else text


def _street(cell):
    text = _text(cell)
    return as_people_write(text, given=True) if text.isupper() and len(text) > 3 else text  # noqa: PLR2004 -- "A 1"


def _number(cell):
    # Identity numbers among these are seen, told of and left out in the end.
    return " ".join(str(cell).split())


def _country(cell):
    text = _words(cell)
    return "Sverige" if text.lower() in _SWEDEN else text


def _postal_code(cell):
    if cell.__class__ is str and split_postal_city(cell)[0]:
        return cell
    try:
        return read_postal_code(cell)
    except BadValueError:
        # Codes of other countries hold letters or other counts of digits; a row has no better.
        text = " ".join(str(cell).split())
        if _FOREIGN_CODE.fullmatch(text):
            return text
        raise


def _list(cell):
    text = cut_identity_numbers(str(cell))
    return [" ".join(part.split()) for part in _LIST.split(text) if part.strip()]


def _protection(cell):
    """Whatever is not a clear no means that the person is protected."""
    try:
        return read_yes_no(cell)
    except BadValueError:
        return True


def _consent(cell):
    """The day of a consent is a consent too."""
    return True if isinstance(cell, date) else read_yes_no(cell)


def _care_of(cell):
    return _CO.sub("", _words(cell), count=1)


_DAYS = frozenset({Target.JOINED_ON, Target.JOINED_PARTY_ON, Target.LEFT_ON, Target.FEE_PAID_ON})
_PLAIN = {
    Target.SEX: read_sex,
    Target.EMAIL: read_emails,
    Target.EMAIL2: read_emails,
    Target.PHONE: read_phones,
    Target.PHONE_HOME: read_phones,
    Target.PHONE_WORK: read_phones,
    Target.POSTAL_CODE: _postal_code,
    Target.FEE_AMOUNT: read_ore,
    Target.PROTECTION: _protection,
    Target.SMS_CONSENT: _consent,
    Target.CO: _care_of,
    Target.STREET: _street,
    Target.CITY: _words,
    Target.COUNTRY: _country,
    Target.POSITION: _list,
    Target.INTERESTS: _list,
    Target.COMPETENCES: _list,
    Target.TAGS: _list,
    Target.NOTE: _note,
    Target.REGISTER_NUMBER: _number,
    Target.LEAVE_REASON: _text,
    Target.UNION: _text,
    Target.OCCUPATION: _text,
    Target.LANGUAGE: _text,
    Target.BRANCH: _text,
    Target.MEMBER_TYPE: _text,
}
_REPEATED = frozenset({Target.CITY, Target.COUNTRY, Target.POSTAL_CODE})
# "Null" and "None" are names people bear: nothing here is taken for blank.
_NAMES = {
    Target.FIRST_NAME: _first_name,
    Target.LAST_NAME: _last_name,
    Target.FULL_NAME: _whole_name,
    Target.LAST_FIRST_NAME: _whole_name,
}
