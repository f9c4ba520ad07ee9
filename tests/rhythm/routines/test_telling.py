"""Every routine says what it does, in both languages."""

from dataclasses import replace

import pytest
from django.urls import reverse
from django.utils.translation import override

from krets.loop import ROUTINES
from krets.rhythm.routines.telling import told
from tests.rhythm.kit import CALL, COFFEE, LETTER, connected

HEADINGS = {
    "en": ["Watches", "To do", "For whom", "Goes away", "If it waits"],
    "sv": ["Håller koll på", "Att göra", "Till vem", "Försvinner", "Om det dröjer"],
}


@pytest.mark.parametrize("language", ["en", "sv"])
@pytest.mark.parametrize("routine", ROUTINES, ids=lambda routine: routine.key)
def test_every_routine_says_what_it_does(routine, language):
    with override(language):
        parts = told(routine)

    assert [heading for heading, _words in parts] == HEADINGS[language]
    assert all(words.endswith(".") for _heading, words in parts)


@pytest.mark.parametrize("routine", ROUTINES, ids=lambda routine: routine.key)
def test_what_it_declares_is_said_in_swedish_too(routine):
    for words in (routine.watches, routine.makes, routine.closes):
        with override("en"):
            english = str(words)
        with override("sv"):
            assert str(words) != english


def test_whom_it_is_for_and_when_it_is_passed_on_follow_from_the_declaration():
    with override("en"), connected(CALL, COFFEE, LETTER):
        call, coffee = dict(told(CALL)), dict(told(COFFEE))
        letter = dict(told(replace(LETTER, use_contact_person=False)))

    assert call["For whom"].startswith("The member’s contact person, where there is one.")
    assert "Otherwise, of those with the mandate of caller" in call["For whom"]
    assert "one with the least to do" in letter["For whom"]
    assert "contact person" not in letter["For whom"]
    assert "to the membership officer 1 day after its day." in call["If it waits"]
    assert "After 7 more days the board sees" in call["If it waits"]
    # What is the officer's already is seen by the board all the same.
    assert letter["If it waits"].startswith("If nobody has begun 8 days after its day, the board")
    assert "while “Call” has something to do" in coffee["Watches"]
    assert "5 days after that" in coffee["Watches"]


@pytest.mark.parametrize("routine", ROUTINES, ids=lambda routine: routine.key)
def test_the_page_of_a_routine_tells_it(client, cast, routine):
    client.force_login(cast.alva.account)

    page = client.get(reverse("rhythm:routines:routine", args=["bjorkvik", routine.key]))

    words = page.content.decode()
    with override("en"):
        assert all(
            f'<h3 class="event__what">{heading}</h3>' in words for heading, _words in told(routine)
        )
        assert str(routine.watches) in words
