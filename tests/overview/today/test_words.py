"""What waits, in sentences: how much, what has waited long, what is for today."""

import pytest

from krets.overview.today.queries import Waiting
from krets.overview.today.words import news

FIVE = "Five things are waiting for you."
CALLS = "Five people are waiting for your call."


def waiting(things, *, late=0, due=0, calls_due=0, only_calls=False):
    return Waiting(things, late, due, calls_due, only_calls)


@pytest.mark.parametrize(
    ("what", "words"),
    [
        (waiting(0), ""),
        (waiting(5), FIVE),
        (waiting(5, late=4), f"{FIVE} Four of them have waited longer than intended."),
        (waiting(5, late=5), f"{FIVE} All of it has waited longer than intended."),
        (
            waiting(1, late=1),
            "One thing is waiting for you. It has waited longer than intended.",
        ),
        (waiting(5, due=2, calls_due=2), f"{FIVE} Two of them are calls for today."),
        (waiting(5, due=2, calls_due=1), f"{FIVE} Two of them are for today."),
        (waiting(5, due=5, calls_due=5), f"{FIVE} All of it is for today."),
        (
            waiting(5, late=1, due=1, calls_due=1),
            f"{FIVE} One of them has waited longer than intended. One of them is a call for today.",
        ),
        (
            waiting(5, late=1, due=2, calls_due=2, only_calls=True),
            f"{CALLS} One of them has waited longer than intended. Two of them are for today.",
        ),
    ],
)
def test_what_is_overdue_is_never_said_to_be_for_today(what, words):
    assert news(what) == words
