"""What waits, in sentences: how much, what has waited long, what is for today."""

from datetime import timedelta

import pytest
from django.utils import translation

from krets.overview.today.figures import Members
from krets.overview.today.queries import Waiting
from krets.overview.today.words import flows, news
from tests.conftest import TODAY

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
            f"{FIVE} One of them has waited longer than intended. One call is for today.",
        ),
        (
            waiting(5, late=1, due=2, calls_due=2, only_calls=True),
            f"{CALLS} One of them has waited longer than intended. Two more are for today.",
        ),
        (
            waiting(12, late=11, due=1),
            (
                "Twelve things are waiting for you."
                " Eleven of them have waited longer than intended. One more is for today."
            ),
        ),
    ],
)
def test_what_is_overdue_is_never_said_to_be_for_today(what, words):
    assert news(what) == words


@pytest.mark.parametrize(
    ("what", "words"),
    [
        (
            waiting(12, late=11, due=1),
            "Elva av dem har väntat längre än tänkt. En till är för i dag.",
        ),
        (
            waiting(12, late=10, due=2),
            "Tio av dem har väntat längre än tänkt. Två till är för i dag.",
        ),
        (
            waiting(12, late=11, due=1, calls_due=1),
            "Elva av dem har väntat längre än tänkt. Ett samtal är för i dag.",
        ),
        (waiting(12, due=1), "En av dem är för i dag."),
    ],
)
def test_of_whom_is_not_said_twice_in_a_row(what, words):
    with translation.override("sv"):
        assert news(what) == f"Tolv saker väntar på dig. {words}"


@pytest.mark.parametrize(
    ("language", "words"),
    [
        (
            "en",
            (
                "6,022 things are waiting for you. 5,000 of them have waited longer than intended."
                " 1,022 more are for today."
            ),
        ),
        (
            "sv",
            (
                "6\xa0022 saker väntar på dig. 5\xa0000 av dem har väntat längre än tänkt."
                " 1\xa0022 till är för i dag."
            ),
        ),
    ],
)
def test_thousands_stand_apart(language, words):
    with translation.override(language):
        assert news(waiting(6022, late=5000, due=1022)) == words


@pytest.mark.parametrize(
    ("joined", "left", "this_year", "lately"),
    [
        (3, 2, "This year 3 joined and 2 left.", "Since yesterday, 3 joined and 2 left."),
        (3, 0, "This year 3 joined and nobody left.", "Since yesterday, 3 joined and nobody left."),
        (0, 1, "This year nobody joined and 1 left.", "Since yesterday, nobody joined and 1 left."),
        (
            0,
            0,
            "Nobody has joined or left this year.",
            "Nobody has joined or left since yesterday.",
        ),
        (
            0,
            2000,
            "This year nobody joined and 2,000 left.",
            "Since yesterday, nobody joined and 2,000 left.",
        ),
    ],
)
def test_nobody_is_said_as_nobody(joined, left, this_year, lately):
    yesterday = TODAY - timedelta(days=1)
    told = {"now": 50, "joined": joined, "left": left, "since": yesterday, "months": []}

    assert flows(Members(whole_year=True, **told), TODAY) == this_year
    assert flows(Members(whole_year=False, **told), TODAY) == lately


def test_on_the_day_it_begins_no_flow_is_told():
    members = Members(now=5, joined=1, left=0, since=TODAY, whole_year=True, months=[])

    assert flows(members, TODAY) == ""
