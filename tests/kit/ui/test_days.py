from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import translation
from django.utils.formats import date_format

from krets.kit.ui import days

THURSDAY = date(2026, 11, 19)
NOON = datetime(2026, 11, 19, 11, tzinfo=UTC)


@pytest.mark.parametrize(
    ("away", "english", "swedish"),
    [
        (0, "today", "i dag"),
        (1, "tomorrow", "i morgon"),
        (-1, "yesterday", "i går"),
        (2, "on Saturday", "på lördag"),
        (6, "on Wednesday", "på onsdag"),
        (7, "26\xa0November", "26\xa0november"),
        (-2, "on Tuesday", "i tisdags"),
        (-6, "on Friday", "i fredags"),
        (-7, "12\xa0November", "12\xa0november"),
        (60, "18\xa0January\xa02027", "18\xa0januari\xa02027"),
    ],
)
def test_a_day_is_said_as_people_say_it(away, english, swedish):
    day = THURSDAY + timedelta(days=away)

    with translation.override("en"):
        assert days.said(day, THURSDAY) == english
    with translation.override("sv"):
        assert days.said(day, THURSDAY) == swedish


@pytest.mark.parametrize(
    ("away", "english", "swedish"),
    [
        (0, "By today", "Senast i dag"),
        (1, "By tomorrow", "Senast i morgon"),
        (4, "By Monday", "Senast på måndag"),
        (9, "By 28\xa0November", "Senast 28\xa0november"),
        (-1, "Waiting since yesterday", "Väntar sedan i går"),
        (-3, "Waiting since Monday", "Väntar sedan i måndags"),
        (-9, "Waiting since 10\xa0November", "Väntar sedan den 10\xa0november"),
    ],
)
def test_what_is_due_is_said_without_blame(away, english, swedish):
    day = THURSDAY + timedelta(days=away)

    with translation.override("en"):
        assert days.due(day, THURSDAY) == english
    with translation.override("sv"):
        assert days.due(day, THURSDAY) == swedish


@pytest.mark.parametrize(
    ("minutes", "words"),
    [
        (0, "just now"),
        (1, "1 minute ago"),
        (59, "59 minutes ago"),
        (61, "today at 10:59"),
        (24 * 60, "yesterday at 12:00"),
        (3 * 24 * 60, "16\xa0November at 12:00"),
    ],
)
def test_a_moment_is_said_with_the_clock_from_an_hour_on(minutes, words):
    with translation.override("en"):
        assert days.since(NOON - timedelta(minutes=minutes), NOON) == words


def test_the_clock_is_that_of_stockholm_on_the_night_the_hour_comes_twice():
    with translation.override("en"):
        moment = datetime(2026, 10, 25, 0, 30, tzinfo=UTC)

        assert days.since(moment, NOON) == "25\xa0October at 02:30"


def test_a_whole_date_is_written_as_in_europe():
    day = date(2028, 11, 22)

    with translation.override("en"):
        assert date_format(day, "DATE_FORMAT") == "22\xa0November\xa02028"
    with translation.override("sv"):
        assert date_format(day, "DATE_FORMAT") == "22\xa0november\xa02028"


@pytest.mark.parametrize(
    ("away", "english", "swedish"),
    [(0, "today", "i dag"), (-9, "on 21\xa0February", "den 21\xa0februari")],
)
def test_a_date_within_a_sentence_is_something_that_was_on_a_day(away, english, swedish):
    day = date(2026, 3, 2) + timedelta(days=away)

    with translation.override("sv"):
        assert days.on(day, date(2026, 3, 2)) == swedish
    assert days.on(day, date(2026, 3, 2)) == english
