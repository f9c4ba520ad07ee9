"""What every write has in common: all or nothing, never unsigned, and its echoes heard once."""

from contextlib import contextmanager
from contextvars import ContextVar
from functools import wraps

from django.db import transaction

from krets.kit.audit import trail

_waiting = ContextVar("waiting", default=None)
_known = ContextVar("known", default=None)


def command(function):
    """Make a function a command: atomic, signed with `by` and `at`, and recorded in the trail.

    The function must call `trail.record…` or say `trail.nothing(reason)`; else UnrecordedError is
    raised and nothing is written. What commands left to the end (`at_end`) is done when the
    outermost one is through, in its transaction.
    """

    @wraps(function)
    def run(*args, by, at, **kwargs):
        if _waiting.get() is not None:
            with transaction.atomic(), _knowing(), trail.expected(function.__qualname__):
                return function(*args, by=by, at=at, **kwargs)
        with transaction.atomic(), _a_place_to_wait(), _knowing():
            with trail.expected(function.__qualname__):
                given = function(*args, by=by, at=at, **kwargs)
            _do_what_waits()
        return given

    run.is_command = True
    return run


def at_end(key, function):
    """Do something once when the outermost command is through, in its transaction.

    Whatever is left with the same key again is done once, so that five changes to a person by one
    command are looked into together. Outside a command it is done at once.
    """
    waiting = _waiting.get()
    if waiting is None:
        function()
    else:
        waiting[key] = function


def once(key, function):
    """Return what the function gives, asked once by a command for itself and all that it calls.

    What an inner command asks the outer one does not know: the inner one may be undone alone.
    Outside a command it is asked each time.
    """
    known = _known.get()
    if known is None:
        return function()
    if key not in known:
        known[key] = function()
    return known[key]


@contextmanager
def _knowing():
    token = _known.set(dict(_known.get() or {}))
    try:
        yield
    finally:
        _known.reset(token)


@contextmanager
def _a_place_to_wait():
    token = _waiting.set({})
    try:
        yield
    finally:
        _waiting.reset(token)


def _do_what_waits():
    waiting = _waiting.get()
    while waiting:
        waiting.pop(next(iter(waiting)))()
