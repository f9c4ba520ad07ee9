"""The marked folder that a demo lives in. Only there do sign-in links work again and again."""

import json

from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import connection

from krets.register.access import tickets
from krets.register.organisation.queries import is_set_up

MARK = "demo"


def mark():
    return settings.DATA / MARK


def told():
    """Return what the demo here was made of, {} where it was never finished, None without one."""
    if not mark().exists():
        return None
    text = mark().read_text()
    return json.loads(text) if text and is_set_up() else {}


def refuse_other_words(stands, asked):
    """Refuse words that ask for another demo than the one that stands: it may be in use."""
    if all(stands.get(word) == value for word, value in asked.items()):
        return
    raise CommandError(
        f"{settings.DATA} holds a demo of {stands['members']} members (seed {stands['seed']},"
        f" {stands['date']}). Leave the words out to open it, write --fresh to throw it away and"
        " make another, or choose another folder with KRETS_DATA."
    )


def clear():
    """Empty a demo folder's database. Refuses a folder that holds anything real, or soon will."""
    if not mark().exists():
        _refuse_real()
    # Marked before anything is made: what is broken off is a demo all the same.
    mark().write_text("")
    if is_set_up():
        call_command("flush", verbosity=0, interactive=False)
        connection.close()


def set_mark(made_of):
    """Mark the folder as a demo of just this."""
    mark().write_text(json.dumps(made_of))


def _refuse_real():
    if is_set_up():
        raise CommandError(
            f"{settings.DATA} holds a real association. Choose an empty folder with KRETS_DATA."
        )
    if tickets.were_made("set-up"):
        raise CommandError(
            f"{settings.DATA} was made ready by `krets start` and waits for an association to be"
            " set up. Choose an empty folder with KRETS_DATA."
        )
