"""What became of the last try is told in the same words wherever one reads of it."""

import re

import pytest
from django.urls import reverse
from django.utils import translation

from krets.overview.today.cards import cards_of
from krets.register.models import Person
from krets.rhythm.models import Todo
from krets.welcome.calls.models import Attempt, Call
from krets.welcome.calls.telling import LastTry, news
from krets.welcome.path.queries import steps_of
from tests.conftest import NOON, TODAY
from tests.welcome.kit import at_hour, changed, days, new_member, owe, tell

pytestmark = pytest.mark.django_db
OUTCOMES = Attempt.Outcome


@pytest.fixture
def amina(cast, time_machine):
    time_machine.move_to(NOON)
    person = new_member(cast.bjorkvik, joined_on=TODAY - days(30), learned_at=NOON - days(30))
    changed(person, at=NOON - days(30))
    Call.objects.update(given_to=cast.bo.person)
    Todo.objects.filter(routine="welcome_call").update(owner=cast.bo.person)
    return person


def last_tried(cast, amina, outcome, ago, **told):
    tell(Call.objects.get(person=amina), outcome, by=cast.bo, at=NOON - days(ago), **told)


def on_today(viewer, amina):
    todo = Todo.objects.get(person=amina, routine="welcome_call")
    (card,) = cards_of(viewer, [todo], TODAY)
    return card.why


def in_list(client, viewer, where="list"):
    client.force_login(viewer.account)
    page = client.get(reverse(f"welcome:calls:{where}", args=["bjorkvik"])).content.decode()
    note = "line__note" if where == "list" else "answer__note"
    return re.search(rf'class="{note}">([^<]*)<', page)[1]


def in_grid(amina):
    return steps_of(amina.unit, [amina.pk], today=TODAY)[amina.pk][1].words


@pytest.mark.parametrize(
    ("outcome", "ago", "words", "short"),
    [
        ("no_answer", 1, "Tried yesterday, no answer.", "Tried, no answer yet"),
        ("no_answer", 20, "Tried 20 days ago, no answer.", "Tried, no answer yet"),
        ("voicemail", 1, "Left a message yesterday.", "Left a message, no answer yet"),
        ("voicemail", 20, "Left a message 20 days ago.", "Left a message, no answer yet"),
    ],
)
def test_today_the_lists_and_the_path_agree_on_a_try(
    client, cast, amina, outcome, ago, words, short
):
    last_tried(cast, amina, outcome, ago)

    told = [on_today(cast.bo, amina), in_list(client, cast.bo), in_list(client, cast.siv, "share")]

    assert [each.partition(". ")[2] for each in told] == [words] * 3
    assert in_grid(amina) == short


def test_whom_nobody_has_tried_had_no_call(client, cast, amina):
    told = [on_today(cast.bo, amina), in_list(client, cast.bo)]

    assert [each.partition(". ")[2] for each in told] == ["No call yet."] * 2


def test_a_number_that_was_wrong_is_no_call_that_was_never_made(client, cast, amina):
    last_tried(cast, amina, "wrong_number", 2, number=amina.phone)

    assert "The number that was tried is wrong." in in_list(client, cast.siv)
    assert in_grid(amina) == "The number was wrong"


@pytest.mark.parametrize("column", ["phone", "phone_home"])
def test_where_a_number_works_nothing_is_said_of_a_wrong_one(client, cast, amina, column):
    last_tried(cast, amina, "wrong_number", 2, number=amina.phone)
    Person.objects.filter(pk=amina.pk).update(**{column: "+46812345"})
    changed(amina)

    told = [on_today(cast.siv, amina), in_list(client, cast.bo), in_list(client, cast.siv, "share")]

    assert [words for words in told if "wrong" in words or "No call" in words] == []
    assert in_grid(amina) == ""


def test_tries_before_somebody_came_back_are_not_told_of_the_new_membership(client, cast, amina):
    attempt = tell(Call.objects.get(person=amina), "no_answer", by=cast.bo, at=NOON - days(1))
    Attempt.objects.filter(pk=attempt.pk).update(at=NOON - days(40))

    assert in_list(client, cast.bo).endswith("No call yet.")


def test_the_card_tells_of_the_message(client, cast, amina):
    last_tried(cast, amina, "voicemail", 1)
    client.force_login(cast.bo.account)
    call = Call.objects.get(person=amina)

    page = client.get(reverse("welcome:calls:card", args=["bjorkvik", call.pk])).content.decode()

    assert re.search(r"Tried once, [^.]+\. Left a message\.", page)


@pytest.mark.parametrize(
    ("last", "words"),
    [
        (None, "Inget samtal än."),
        (LastTry(NOON, OUTCOMES.VOICEMAIL), "Lämnade ett meddelande i dag."),
        (LastTry(NOON - days(1), OUTCOMES.VOICEMAIL), "Lämnade ett meddelande i går."),
        (LastTry(NOON - days(3), OUTCOMES.VOICEMAIL), "Lämnade ett meddelande för 3 dagar sedan."),
        (LastTry(NOON, OUTCOMES.NO_ANSWER), "Försök i dag, inget svar."),
        (LastTry(NOON, OUTCOMES.TALKED), ""),
        (
            LastTry(NOON, OUTCOMES.CALL_BACK, at_hour(17, TODAY + days(1), 30)),
            "Vill bli uppringd i morgon 17.30.",
        ),
    ],
)
def test_a_try_is_told_in_swedish_too(last, words):
    with translation.override("sv"):
        assert news(last, TODAY) == words


def test_a_call_by_hand_tells_of_no_try(client, cast):
    owe(cast.cecilia, kind="by_hand", given_to=cast.siv.person)

    assert "Somebody thought a call would be good." in in_list(client, cast.siv)
