"""What every write has in common: all or nothing, and never unsigned."""

from functools import wraps

from django.db import transaction

from krets.kit.audit import trail


def command(function):
    """Make a function a command: atomic, signed with `by` and `at`, and recorded in the trail.

    The function must call `trail.record…` or say `trail.nothing(reason)`; else UnrecordedError is
    raised and nothing is written.
    """

    @wraps(function)
    def run(*args, by, at, **kwargs):
        with transaction.atomic(), trail.expected(function.__qualname__):
            return function(*args, by=by, at=at, **kwargs)

    run.is_command = True
    return run
