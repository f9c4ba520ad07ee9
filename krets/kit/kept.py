"""Answers kept for the length of one look, so that many who ask the same are answered by one."""

from contextlib import contextmanager
from contextvars import ContextVar
from functools import wraps

_answers = ContextVar("answers", default=None)


@contextmanager
def one_look():
    """Keep the answers of `kept` functions while the block reads and nothing is written."""
    token = _answers.set({})
    try:
        yield
    finally:
        _answers.reset(token)


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
