"""Many rows at once, in the fastest way each database has."""

from contextlib import contextmanager
from itertools import islice

from django.db import connection


def insert_rows(table, columns, rows):
    """Insert tuples whose values are as the database takes them (see `moment`, `day`)."""
    rows = rows if isinstance(rows, list) else list(rows)
    if not rows:
        return
    names = quoted(columns)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.copy(f"COPY {_quote(table)} ({names}) FROM STDIN") as copy:
                for row in rows:
                    copy.write_row(row)
            return
        marks = ", ".join(["%s"] * len(columns))
        cursor.executemany(
            f"INSERT INTO {_quote(table)} ({names}) VALUES ({marks})",  # noqa: S608 -- our names
            rows,
        )


def batches(items, size):
    """Yield the items in lists of at most so many."""
    items = iter(items)
    while batch := list(islice(items, size)):
        yield batch


@contextmanager
def laid_ready(**tables):
    """Make empty tables of this connection's own, for rows that are to go in at one stroke.

    Each is given by its columns, or by a question whose answer has them. Filling them locks
    nobody out: other connections do not see them, and they are gone after the block.
    """
    with connection.cursor() as cursor:
        for name, shape in tables.items():
            columns = f"AS {shape}" if shape.startswith("SELECT") else f"({shape})"
            cursor.execute(f"DROP TABLE IF EXISTS {_temporary(name)}")
            cursor.execute(f"CREATE TEMPORARY TABLE {_quote(name)} {columns}")
    try:
        yield
    finally:
        _drop(tables)


def number_rows(ready, table):
    """Give the rows of a table laid ready (n, id) that have no id the next ones of another table.

    Belongs in the transaction that inserts them: on SQLite that is what keeps others from them.
    """
    sequence = f"nextval(pg_get_serial_sequence('{table}', 'id'))"
    if connection.vendor != "postgresql":
        used = f"SELECT seq FROM sqlite_sequence WHERE name = '{table}'"  # noqa: S608 -- our names
        sequence = f"n + coalesce(({used}), 0)"
    run(f"UPDATE {_quote(ready)} SET id = {sequence} WHERE id IS NULL")  # noqa: S608 -- our names


def run(statement, parameters=()):
    """Run one statement of SQL and return how many rows it touched."""
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        return cursor.rowcount


def asked(statement, parameters=()):
    """Return the one value that a statement of SQL answers."""
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        return cursor.fetchone()[0]


def quoted(columns):
    return ", ".join(_quote(column) for column in columns)


def moment(value):
    """Return a moment as the database takes it."""
    return connection.ops.adapt_datetimefield_value(value)


def day(value):
    """Return a day as the database takes it."""
    return connection.ops.adapt_datefield_value(value)


def _drop(tables):
    # After an error PostgreSQL takes no statement until the transaction around us has ended.
    if connection.needs_rollback or not connection.is_usable():
        return
    with connection.cursor() as cursor:
        for name in tables:
            cursor.execute(f"DROP TABLE IF EXISTS {_temporary(name)}")


def _temporary(name):
    schema = "pg_temp" if connection.vendor == "postgresql" else "temp"
    return f"{schema}.{_quote(name)}"


def _quote(name):
    return connection.ops.quote_name(name)
