"""Writing the trail, and noticing when nothing was written."""

import hashlib
import json
import os
from contextlib import contextmanager
from contextvars import ContextVar

from krets.kit.audit.models import Entry

_said = ContextVar("said", default=0)


class UnrecordedError(AssertionError):
    """A command finished without leaving a line in the trail or saying why not."""


def key_of(row):
    """Return how the trail names a row: people by a random key, all else by table and number."""
    key = getattr(row, "trail_key", None)
    return f"{row._meta.model_name}:{key if key is not None else row.pk}"


def record(action, subject, *, by, at, unit=None, **detail):
    """Write one line.

    `subject` is the row that changed, `by` the viewer who changed it (None when Krets did). The
    line belongs to `unit` (a Unit or its id), else to the subject's unit. `detail` is JSON-able.
    """
    record_many(action, [(subject, detail)], by=by, at=at, unit=unit)


def record_many(action, subjects, *, by, at, unit=None, batch=1000):
    """Write one line for each of (subject, detail) in as few statements as the batch allows.

    A subject may be a row or a ready key such as "person:123" (then `unit` is needed).
    """
    written = lines(action, subjects, by=by, at=at, unit=unit)
    entries = [Entry(**dict(zip(COLUMNS, line, strict=True))) for line in written]
    Entry.objects.bulk_create(entries, batch_size=batch)
    _said.set(_said.get() + 1)


COLUMNS = (
    "unit_id",
    "at",
    "actor_key",
    "action",
    "subject_key",
    "salt",
    "detail",
    "commitment",
)


def lines(action, subjects, *, by, at, unit):
    """Return one line for each of (subject, detail) as plain values in the order of COLUMNS.

    For whoever puts in very many at one stroke with what they tell of (`kit.bulk`), in a command
    that also records what it did as a whole.
    """
    return [_line(action, subject, detail, by, at, unit) for subject, detail in subjects]


def nothing(reason):
    """Say that a command had nothing to record, and why."""
    if not reason:
        raise ValueError(reason)
    _said.set(_said.get() + 1)


@contextmanager
def expected(name):
    """Insist that the block records at least one line or says why not."""
    before = _said.get()
    yield
    if _said.get() == before:
        raise UnrecordedError(name)


def _line(action, subject, detail, by, at, unit):
    text = _written(detail)
    salt = os.urandom(16)
    return (
        getattr(unit, "pk", unit) or subject.unit_id,
        at,
        by.account.trail_key if by else None,
        action,
        subject if isinstance(subject, str) else key_of(subject),
        salt,
        text,
        hashlib.sha256(salt + text.encode()).digest(),
    )


_written = json.JSONEncoder(ensure_ascii=False, sort_keys=True, default=str).encode
