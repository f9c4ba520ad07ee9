"""The marked folder that a demo lives in. Only there do sign-in links work again and again."""

import json

from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import connection

from krets.register.organisation.queries import is_set_up

MARK = "demo"


def mark():
    return settings.DATA / MARK


def stands(told):
    """Return whether the folder holds the demo that was asked for."""
    return mark().exists() and json.loads(mark().read_text()) == told and is_set_up()


def clear():
    """Empty a demo folder's database. Refuses a folder that holds anything real."""
    if is_set_up() and not mark().exists():
        raise CommandError(
            f"{settings.DATA} holds a real association. Choose an empty folder with KRETS_DATA."
        )
    mark().unlink(missing_ok=True)
    if is_set_up():
        call_command("flush", verbosity=0, interactive=False)
        connection.close()


def set_mark(told):
    """Mark the folder as a demo of just this."""
    mark().write_text(json.dumps(told))
