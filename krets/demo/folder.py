"""The marked folder that a demo lives in. Only there do sign-in links work again and again."""

import json

from django.apps import apps
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection
from django.db.migrations.exceptions import InconsistentMigrationHistory
from django.db.migrations.loader import MigrationLoader

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


def wanted_before():
    """Return what the marked demo was to be made of, without a look at its tables."""
    text = mark().read_text() if mark().exists() else ""
    return json.loads(text) if text else {}


def make_ready(prepare):
    """Call `prepare` to bring the folder up to date. Refuses tables that another version left."""
    try:
        prepare()
    except (DatabaseError, InconsistentMigrationHistory) as fault:
        if _is_of_this_version():
            raise
        raise _of_another_version() from fault
    if not _is_of_this_version():
        raise _of_another_version()


def throw_away_of_another_version():
    """Drop the tables of a demo that another version of Krets made. Leaves all else alone."""
    if not mark().exists() or _is_of_this_version():
        return
    # Marked before anything is gone: what is broken off is a demo all the same.
    mark().write_text("")
    tables = connection.introspection.table_names()
    with connection.constraint_checks_disabled(), connection.schema_editor() as editor:
        for table in tables:
            editor.execute(editor.sql_delete_table % {"table": editor.quote_name(table)})


def _is_of_this_version():
    """Tell whether the tables have just the columns that this version of Krets makes them with."""
    loader = MigrationLoader(connection)
    if loader.disk_migrations.keys() - loader.applied_migrations.keys():
        return False
    with connection.cursor() as cursor:
        tables = set(connection.introspection.table_names(cursor))
        for model in apps.get_models(include_auto_created=True):
            table = model._meta.db_table
            if table not in tables or _columns_in(cursor, table) != _columns_of(model):
                return False
    return True


def _columns_in(cursor, table):
    return {each.name for each in connection.introspection.get_table_description(cursor, table)}


def _columns_of(model):
    return {field.column for field in model._meta.local_concrete_fields}


def _of_another_version():
    if mark().exists():
        return CommandError(
            f"The demo in {settings.DATA} was made by another version of Krets: write --fresh to"
            " throw it away and make it anew, or choose another folder with KRETS_DATA."
        )
    return CommandError(
        f"{settings.DATA} holds data of another version of Krets. Choose an empty folder with"
        " KRETS_DATA."
    )


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
