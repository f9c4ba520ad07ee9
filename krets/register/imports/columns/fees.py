"""What a cell says of a fee: an X, a day or an amount."""

from datetime import date
from typing import NamedTuple

from krets.kit.tables.values import BadValueError, read_date, read_ore, read_yes_no
from krets.register.imports.columns.spans import is_within

_SERIALS = range(30_000, 80_000)
# 20260203 is a day, and no fee.
_DIGITS = range(19_000_101, 21_000_101)
_NO_SUCH_DAY = "date_impossible"


class Fee(NamedTuple):
    """What a file says of one year's fee. `paid` is None where only an amount is known."""

    year: int
    paid: bool | None
    paid_on: date | None = None
    amount_ore: int | None = None


def read_fee(year, today, cell):
    """Return the Fee a cell in a column of one year tells of."""
    if isinstance(cell, date):
        return Fee(year, True, read_date(cell, today=today))
    if isinstance(cell, int | float) and not isinstance(cell, bool) and cell not in {0, 1}:
        if is_within(cell, _SERIALS) or is_within(cell, _DIGITS):
            return Fee(year, True, read_date(cell, today=today))
        return Fee(year, True, None, read_ore(cell))
    try:
        return Fee(year, read_yes_no(cell))
    except BadValueError:
        pass
    try:
        return Fee(year, True, read_date(cell, today=today))
    except BadValueError as no_day:
        ore = _ore(cell, no_day)
    return Fee(year, ore > 0, None, ore)


def _ore(cell, no_day):
    """Return the amount in öre; else say what is wrong, also with what was meant for a day."""
    text = str(cell).strip()
    if no_day.code == _NO_SUCH_DAY and text.isdecimal() and int(text) in _DIGITS:
        raise no_day
    try:
        return read_ore(cell)
    except BadValueError:
        if no_day.code == _NO_SUCH_DAY:
            raise no_day from None
        raise BadValueError("fee_unreadable", value=cell) from None


def read_paid(cell, today):
    """Return True or False, or the day where that is what the column tells."""
    try:
        return read_yes_no(cell)
    except BadValueError as unclear:
        try:
            return read_date(cell, today=today)
        except BadValueError as no_day:
            raise (no_day if no_day.code == _NO_SUCH_DAY else unclear) from None
