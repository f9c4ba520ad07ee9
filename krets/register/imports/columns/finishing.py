"""What can be told only when all cells of a row are read."""

from datetime import timedelta

from krets.kit.tables.values import (
    as_people_write,
    cut_identity_numbers,
    split_full_name,
    split_last_first,
    split_postal_city,
)
from krets.register.imports.columns import readers
from krets.register.imports.columns.problems import Problem
from krets.register.imports.columns.readers import Fee
from krets.register.imports.columns.targets import Target

_JOINS_WITHIN = timedelta(days=31)
_FIRST_LISTS = 1880
_ROOM = {
    "mobile": ("phone", "phone_home", "phone_work"),
    "fixed": ("phone_home", "phone_work", "phone"),
}


def finish(row, today):
    """Part whole names, give numbers their places, and hold dates against each other."""
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
    if not (values.get("first_name") or values.get("last_name") or values.get("register_number")):
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
    if split is split_full_name and "last_name" in values and "first_name" not in values:
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
            del values["joined_on"]
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
    year, through = values.pop("fee_year", None), values.get("fee_paid_through")
    paid_on = values.pop("fee_paid_on", None)
    paid = values.pop("fee_paid", None)
    amount = values.pop("fee_amount", None)
    if paid is not None and not isinstance(paid, bool):
        paid_on, paid = paid_on or paid, True
    if paid_on and paid is None:
        paid = True
    if through and paid is False and through >= today.year:
        # A plain no is about now, whatever a bill was sent for.
        del values["fee_paid_through"]
    if through and year is None and not row.fees:
        year = through
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
