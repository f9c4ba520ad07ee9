"""Programs for the test that kills: python -m tests.register.imports.lab prepare|save."""

import os
import sys
from datetime import UTC, datetime

import django

os.environ["DJANGO_SETTINGS_MODULE"] = "tests.register.imports.lab_settings"
django.setup()

from django.core.management import call_command  # noqa: E402 -- only now is Django set up

from krets.register.imports import commands, run  # noqa: E402 -- only now can models be imported
from krets.register.imports.commands import saving  # noqa: E402 -- the same
from krets.register.models import Import, Organisation, Unit  # noqa: E402 -- the same

AT = datetime(2026, 3, 2, 12, tzinfo=UTC)
ROWS = 2000


def prepare():
    """Make the tables and an association, read a file for it and ask for it to be saved."""
    call_command("migrate", run_syncdb=True, verbosity=0)
    organisation = Organisation.objects.create(name="Partiet", created_at=AT)
    unit = Unit.objects.create(
        organisation=organisation, kind="party", name="Lab", slug="lab", created_at=AT
    )
    head = "Medlemsnr;Förnamn;Efternamn;E-post;2026"
    rows = [f"{at};Ny;Person{at};p{at}@example.org;X" for at in range(1, ROWS + 1)]
    file = "\n".join([head, *rows]).encode()
    importing = run.look(unit, file, by=None, at=AT)
    commands.ask_to_apply(importing, sure=True, enqueued=False, by=None, at=AT)


def save():
    """Save it, saying when the one transaction begins."""
    once = saving.save

    def told(*args, **kwargs):
        print("saving", flush=True)  # noqa: T201 -- heard by the test
        return once(*args, **kwargs)

    saving.save = told
    commands.apply(Import.objects.get(), at=AT)


if __name__ == "__main__":
    {"prepare": prepare, "save": save}[sys.argv[1]]()
