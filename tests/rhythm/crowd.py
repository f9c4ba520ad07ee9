"""Many workers at once over one association: python -m tests.rhythm.crowd, with its own database.

A program, for the SQLite of the tests lives in memory, where threads cannot meet.
"""

import os
import sys
from concurrent.futures import ThreadPoolExecutor

import django

PEOPLE, WORKERS = 60, 4


def main():
    os.environ["DJANGO_SETTINGS_MODULE"] = "krets.settings"
    django.setup()

    from django.conf import settings  # noqa: PLC0415 -- only now can settings be read
    from django.core.management import call_command  # noqa: PLC0415 -- the same

    settings.MIGRATION_MODULES = _Without()
    call_command("migrate", run_syncdb=True, verbosity=0)
    sys.stdout.write(f"{crowd(*association())}\n")


def association():
    """Make an association with three callers and sixty new members; return (unit id, their ids)."""
    from krets.register.models import Organisation, Unit  # noqa: PLC0415 -- models load late
    from tests.conftest import (  # noqa: PLC0415 -- models load late
        NOON,
        TODAY,
        give,
        make_association,
        make_person,
    )
    from tests.rhythm.kit import join  # noqa: PLC0415 -- the same

    organisation = Organisation.objects.create(name="Partiet", created_at=NOON)
    party = Unit.objects.create(
        organisation=organisation, kind="party", name="P", slug="partiet", created_at=NOON
    )
    unit = make_association(party, "Björkvik", "bjorkvik")
    for name in ("Bo", "Britt", "Bertil"):
        give(make_person(unit, name), "caller")
    people = [make_person(unit, f"Ny {number}") for number in range(PEOPLE)]
    for person in people:
        join(person, on=TODAY, learned_at=NOON)
    return unit.pk, [person.pk for person in people]


def crowd(unit_id, ids):
    """Let four workers judge everyone at once; return (to-dos, most that one caller got)."""
    from django.db import connections  # noqa: PLC0415 -- settings must be read first
    from django.db.models import Count  # noqa: PLC0415 -- the same

    from krets.rhythm.models import Todo  # noqa: PLC0415 -- the same
    from krets.rhythm.routines.commands import reconsider  # noqa: PLC0415 -- the same
    from tests.conftest import NOON  # noqa: PLC0415 -- the same
    from tests.rhythm.kit import CALL, COFFEE, connected  # noqa: PLC0415 -- the same

    def judge(worker):
        try:
            for first in range(0, PEOPLE, 10):
                # Each begins somewhere else, and they meet in the middle.
                at = (first + worker * 20) % PEOPLE
                reconsider(unit_id, subject="person", ids=ids[at : at + 20], by=None, at=NOON)
        finally:
            connections.close_all()

    with connected(CALL, COFFEE), ThreadPoolExecutor(WORKERS) as pool:
        list(pool.map(judge, range(WORKERS)))
    shares = Todo.objects.filter(unit_id=unit_id).values_list("owner_id").annotate(Count("pk"))
    return Todo.objects.filter(unit_id=unit_id).count(), max(number for _owner, number in shares)


class _Without(dict):
    def __contains__(self, _app):
        return True

    def __getitem__(self, _app):
        return None


if __name__ == "__main__":
    main()
