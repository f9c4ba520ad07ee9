"""What mandates can be asked."""

from django.db.models import Q

from krets.kit.tables.swedish import fold
from krets.register.mandates.models import Mandate
from krets.register.members.models import Person


def current(unit, today):
    """Return today's mandates in the unit with their persons, in Swedish order of names."""
    return (
        Mandate.objects.of(unit)
        .current(today)
        .select_related("person")
        .only("kind", "starts_on", "ends_on", "unit_id", "person__first_name", "person__last_name",
              "person__register_number", "person__trail_key", "person__account_id")
        .order_by("person__sort_key", "pk")
    )  # fmt: skip


def waiting(unit):
    """Return mandates that wait for a second of the board to agree."""
    return (
        Mandate.objects.of(unit)
        .filter(agreed_at=None, ended_at=None)
        .select_related("person")
        .order_by("given_at", "pk")
    )


def holders(unit, kinds, today):
    """Return ids of the persons who hold any of the kinds today."""
    return set(
        Mandate.objects.of(unit)
        .current(today)
        .filter(kind__in=kinds)
        .values_list("person_id", flat=True)
    )


def named(unit, *, first_name, last_name, email):
    """Return the persons here whom name and address point at: by address, else by whole name."""
    name = fold(f"{first_name} {last_name}")
    persons = Person.objects.of(unit).filter(deceased_on=None)
    by_address = list(persons.filter(email__iexact=email).filter(search__startswith=name)[:3])
    if by_address:
        return by_address
    found = persons.filter(Q(search=name) | Q(search__startswith=f"{name} "))
    return [person for person in found[:20] if fold(person.name) == name]
