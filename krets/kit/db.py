"""Which associations' rows the database may give out right now."""

from contextlib import contextmanager, nullcontext

from django.db import connection, transaction


def _set(value):
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('krets.units', %s, true)", [value])


@contextmanager
def _scoped(value):
    with transaction.atomic():
        _set(value)
        yield


def unit_scope(unit_ids):
    """Keep the block to the rows of these units.

    On PostgreSQL the block is a transaction in which row-level security sees the units; on SQLite
    it does nothing, so that reading takes no lock.
    """
    if connection.vendor != "postgresql":
        return nullcontext()
    return _scoped(",".join(str(pk) for pk in sorted(unit_ids)))


def everywhere(reason):
    """Let the block see all units' rows. `reason` says why; a test lists the callers."""
    if not reason:
        raise ValueError(reason)
    if connection.vendor != "postgresql":
        return nullcontext()
    return _scoped("*")
