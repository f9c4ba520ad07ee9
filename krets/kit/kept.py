"""Answers kept for the length of one look, so that many who ask the same are answered by one."""

from contextlib import contextmanager
from contextvars import ContextVar
from functools import wraps

_answers = ContextVar("answers", default=None)
_all = ContextVar("all", default=())


@contextmanager
def one_look(all_of=()):
    """Keep the answers of `kept` functions while the block reads and nothing is written.

    `all_of` are the rows that are looked at. Who is handed some of them may ask `whole_look` for
    the rest, so that one question serves all who ask of their own rows.
    """
    tokens = _answers.set({}), _all.set(tuple(all_of))
    try:
        yield
    finally:
        _answers.reset(tokens[0])
        _all.reset(tokens[1])


def whole_look(rows):
    """Return all the rows of the look where these are among them, else these."""
    everything = _all.get()
    return everything if set(rows) <= set(everything) else tuple(rows)


def at_hand(model, pk):
    """Return the row of this key if it is among those looked at, else None."""
    return next((row for row in _all.get() if isinstance(row, model) and row.pk == pk), None)


def kept(function):
    """Give the same answer to the same question within one look. Ids may come as any iterable."""

    @wraps(function)
    def answer(unit, ids=None, **words):
        answers = _answers.get()
        if answers is None:
            return function(unit, ids, **words)
        ids = ids if ids is None else tuple(ids)
        key = (function, unit.pk, ids, tuple(sorted(words.items())))
        if key not in answers:
            answers[key] = function(unit, ids, **words)
        return answers[key]

    return answer
