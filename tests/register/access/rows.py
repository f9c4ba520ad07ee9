"""Rows for the matrix: for each argument in an address, one row here and one next door.

A new argument name in an address must be given its rows here, else the matrix fails.
"""

from krets.register.models import Mandate


def _mandate(cast, unit):
    return Mandate.objects.filter(unit=unit).order_by("pk").first().pk


def _person(cast, unit):
    return (cast.cecilia if unit == cast.bjorkvik else cast.gun).pk


ROWS = {
    "mandate_id": _mandate,
    "person_id": _person,
}
