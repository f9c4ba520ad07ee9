"""A fee that is paid through a day: which years is it paid for?"""

from krets.register.imports.known import M_JOINED


def with_years(values, known, person, *, today):
    """Return what a row says with each year its fee is paid through as a fee of its own.

    The years follow the latest one before this that we know to be paid; where none is, they begin
    with this year. Nobody pays for the years before they joined.
    """
    if "fee_paid_through" not in values:
        return values
    values = dict(values)
    last, fees = values.pop("fee_paid_through"), dict(values.get("fees", {}))
    for year in (*range(_first(values, known, person, today), last), last):
        fees.setdefault(year, (None, None))
    return values | {"fees": fees}


def _first(values, known, person, today):
    paid = [year for year in known.fees.get(person, ()) if year < today.year]
    first = max(paid) + 1 if paid else today.year
    membership = known.memberships.get(person)
    joined_on = values.get("joined_on") or (membership and membership[M_JOINED])
    return max(first, joined_on.year) if joined_on else first
