"""One row of a member file, normalised: what it says, and what is wrong with it.

A row is rejected (a fatal problem) when it has neither name nor register number, when the birth
date cannot be (not yet, no such day, more than 120 years ago), or when they joined more than
31 days from now. Everything else that cannot be read is left out with a warning; the row stays.
"""

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any, NamedTuple

from django.utils.translation import gettext_lazy as _

from krets.kit.tables.values import (
    BadValueError,
    as_people_write,
    cut_identity_numbers,
    sentence,
    split_full_name,
    split_last_first,
    split_postal_city,
)
from krets.kit.tables.values.problems import SENTENCES as VALUE_SENTENCES
from krets.register.imports.columns import readers
from krets.register.imports.columns.readers import Fee
from krets.register.imports.columns.targets import FEE_PREFIX, Target

SENTENCES = VALUE_SENTENCES | {
    "no_name": _(
        "The name is missing. Write the name in the file and read it in again, or skip the row."
    ),
    "joined_not_yet": _("They would join on %(value)s, which is more than a month from now."),
    "joined_too_early": _("Joined on %(value)s is before there were such lists. It was left out."),
    "left_not_yet": _("Left on %(value)s has not been yet. It was left out."),
    "left_before_joined": _("They would have left before they joined. The day they left was left out."),
    "number_is_identity": _(
        "The register number is a personal identity number, which we never keep. It was left out."
    ),
    "too_long": _("The text is longer than %(limit)s letters. The end was cut off."),
    "phones_too_many": _("There is room for three phone numbers. The others were left out."),
}

_JOINS_WITHIN = timedelta(days=31)
_FIRST_LISTS = 1880
_PHONES = (Target.PHONE, Target.PHONE_HOME, Target.PHONE_WORK)
_EMAILS = (Target.EMAIL, Target.EMAIL2)
# More than one column, or more than one kind of value, comes together in these.
_GATHERED = frozenset({*_PHONES, *_EMAILS, Target.TAGS, Target.IDENTITY_NUMBER, Target.BIRTH_DATE})
_FATAL = frozenset(
    {
        "birth_year_not_yet",
        "birth_not_yet",
        "birth_too_old",
        "birth_too_old_unguessed",
        "date_impossible",
    }
)
_BIRTHS = frozenset({Target.BIRTH_DATE, Target.BIRTH_YEAR})


class Problem(NamedTuple):
    """What is wrong with one cell, as a code and its words; `message` is the sentence for people.

    `words["suggestion"]`, where there is one, is what we think was meant.
    """

    target: str
    code: str
    words: dict[str, str]
    fatal: bool = False

    @property
    def message(self):
        return sentence(self.code, self.words, SENTENCES)


@dataclass(slots=True)
class MemberRow:
    """What a row says. `values` has only what was said: a target that is absent says nothing.

    Names: first_name, last_name. Birth: birth_date, else birth_year. Lists: position, tags,
    interests, competences. All fees are in `fees`.
    """

    values: dict[str, Any] = field(default_factory=dict)
    fees: list[Fee] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    @property
    def is_rejected(self):
        return any(problem.fatal for problem in self.problems)


def read_row(mapping, cells, *, headings, today, take_sex=False):
    """Return the MemberRow of one row. For many rows make a `row_reader` once."""
    return row_reader(headings, mapping, today=today, take_sex=take_sex)(cells)


def row_reader(headings, mapping, *, today, take_sex=False):
    """Return a function from cells to MemberRow, made once for all rows of a table.

    `take_sex` also takes the sex from identity numbers, where no column of its own tells it.
    """
    columns = [
        (
            at,
            str(target),
            readers.reader_of(target, today=today, take_sex=take_sex),
            target in _GATHERED or target.startswith(FEE_PREFIX),
        )
        for at, heading in enumerate(headings)
        if (target := mapping.get(heading, Target.IGNORE)) != Target.IGNORE
    ]
    # The birth date itself is read before what else tells it, first names before whole ones.
    columns.sort(key=lambda column: (column[1] == Target.IDENTITY_NUMBER, column[0]))

    def read(cells):
        row = MemberRow()
        values, problems, width = row.values, row.problems, len(cells)
        for at, target, reader, gathered in columns:
            cell = cells[at] if at < width else None
            if cell is None or cell == "":
                continue
            try:
                value = reader(cell)
            except BadValueError as error:
                problems.append(_problem(target, error))
                continue
            if value is None:
                continue
            if gathered:
                _put(row, values, target, value)
            else:
                values[target] = value
        _finish(row, today)
        return row

    return read


def _put(row, values, target, value):
    if target in _PHONES:
        values.setdefault("phones", []).extend((target, number) for number in value)
    elif target.startswith(FEE_PREFIX):
        row.fees.append(value)
    elif target == Target.TAGS:
        values.setdefault(target, []).extend(value)
    elif target in _EMAILS:
        values.setdefault("emails", []).extend(value)
    elif isinstance(value, readers.Identity):
        _put_identity(values, value)
    elif isinstance(value, int):
        values.setdefault("birth_year", value)
    else:
        values["birth_date"] = value


def _put_identity(values, identity):
    if identity.birth_date:
        values.setdefault("birth_date", identity.birth_date)
    elif identity.birth_year:
        values.setdefault("birth_year", identity.birth_year)
    if identity.sex:
        values.setdefault("sex", identity.sex)


def _problem(target, error):
    fatal = target in _BIRTHS and error.code in _FATAL
    if target == Target.IDENTITY_NUMBER:
        fatal = error.code.startswith(("birth_", "date_impossible"))
    words = dict(error.words)
    words["value"] = _shown(target, words["value"])
    return Problem(target, error.code, words, fatal)


def _shown(target, value):
    """A cell as it may be repeated: never with an identity number, right or wrong, in it."""
    if target in _BIRTHS or target == Target.IDENTITY_NUMBER:
        digits = sum(map(str.isdecimal, value))
        return f"{value[:8]}…" if digits > len("20261117") else value
    return value if target in _PHONES else cut_identity_numbers(value)


def _finish(row, today):
    values, problems = row.values, row.problems
    _name(values)
    if "birth_date" in values:
        values.pop("birth_year", None)
    if "register_number" in values:
        _keep_no_identity(values, problems)
    if "phones" in values:
        _share_out_phones(values, problems)
    if "emails" in values:
        for target, address in zip(("email", "email2"), values.pop("emails"), strict=False):
            values[target] = address
    _postal(values)
    _days(values, problems, today)
    _fees(row, today)
    for target, limit in readers.LIMITS.items():
        if target in values and len(values[target]) > limit:
            values[target] = values[target][:limit].rstrip()
            problems.append(Problem(target, "too_long", {"limit": str(limit)}))
    if not (
        values.get("first_name") or values.get("last_name") or values.get("register_number")
    ):
        problems.insert(0, Problem("last_name", "no_name", {}, fatal=True))


def _name(values):
    """Part a whole name, unless its parts have columns of their own."""
    whole = values.pop("full_name", None)
    split = split_full_name
    if whole is None:
        whole = values.pop("last_first_name", None)
        split = split_last_first
    else:
        values.pop("last_first_name", None)
    if whole is None:
        return
    first, last = split(whole)
    if "last_name" in values and "first_name" not in values:
        kept = values["last_name"]
        first = whole.removesuffix(kept).strip(" ,") if whole != kept else first
    if first:
        values.setdefault("first_name", as_people_write(first, given=True))
    if last:
        values.setdefault("last_name", as_people_write(last))


def _keep_no_identity(values, problems):
    number = values["register_number"]
    cut = cut_identity_numbers(number)
    if cut == number:
        return
    del values["register_number"]
    problems.append(Problem("register_number", "number_is_identity", {}))


def _share_out_phones(values, problems):
    """Each number its place: a mobile one first of all in "phone", the rest where there is room."""
    found = dict.fromkeys(values.pop("phones"))
    seen, rest = set(), []
    for target, number in found:
        if number in seen:
            continue
        seen.add(number)
        misplaced = target == Target.PHONE and readers.phone_kind(number) != "mobile"
        if target in values or misplaced:
            rest.append(number)
        else:
            values[target] = number
    for number in rest:
        free = [target for target in _ROOM[readers.phone_kind(number)] if target not in values]
        if not free:
            problems.append(Problem("phone", "phones_too_many", {}))
            return
        values[free[0]] = number
    if "phone" not in values:
        for target in ("phone_home", "phone_work"):
            if target in values and readers.phone_kind(values[target]) == "mobile":
                values["phone"] = values.pop(target)
                return


_ROOM = {
    "mobile": ("phone", "phone_home", "phone_work"),
    "fixed": ("phone_home", "phone_work", "phone"),
}


def _postal(values):
    """Code and city may stand in one cell, under either heading."""
    for target in ("city", "postal_code"):
        text = values.get(target)
        if not text or len(text) <= len("610 40"):
            continue
        code, city = split_postal_city(text)
        if code:
            values["postal_code"] = code
            if target == "city" or "city" not in values:
                values["city"] = as_people_write(city)


def _days(values, problems, today):
    joined, left = values.get("joined_on"), values.get("left_on")
    if joined:
        if joined > today + _JOINS_WITHIN:
            problems.append(Problem("joined_on", "joined_not_yet", {"value": str(joined)}, True))
        elif joined.year < _FIRST_LISTS:
            problems.append(Problem("joined_on", "joined_too_early", {"value": str(joined)}))
            del values["joined_on"]
    if left and left > today:
        problems.append(Problem("left_on", "left_not_yet", {"value": str(left)}))
        del values["left_on"]
    elif left and joined and left < joined:
        problems.append(Problem("left_on", "left_before_joined", {}))
        del values["left_on"]


def _fees(row, today):
    """Join what several columns say about one fee; without a year it is this year's."""
    values = row.values
    year = values.pop("fee_year", None)
    paid_on = values.pop("fee_paid_on", None)
    paid = values.pop("fee_paid", None)
    amount = values.pop("fee_amount", None)
    if paid is not None and not isinstance(paid, bool):
        paid_on, paid = paid_on or paid, True
    if paid_on and paid is None:
        paid = True
    if year is None and paid is None and amount is None:
        return
    if year is None and len(row.fees) == 1:
        # "Avgift 2025" beside "Betald": the one says how much, the other whether.
        told = row.fees.pop()
        paid = told.paid if paid is None else paid
        amount = told.amount_ore if amount is None else amount
        row.fees.append(Fee(told.year, paid, paid_on or told.paid_on, amount))
        return
    if paid is None and amount is None:
        # A file that only names the year names the year that is paid.
        paid = True
    year = year or (paid_on.year if paid_on else today.year)
    if all(fee.year != year for fee in row.fees):
        row.fees.append(Fee(year, paid, paid_on, amount))
