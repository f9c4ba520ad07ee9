"""A step whose to-do somebody closed by hand is told as what became of it, with their words."""

import pytest
from django.urls import reverse
from django.utils import timezone

from krets.register.access.scope import Fields
from krets.rhythm.models import Todo
from krets.rhythm.routines.timeline import coming
from krets.rhythm.todos import commands as todos
from krets.welcome.path.queries import overview, progress_of, steps_of
from tests.register.access.test_budgets import MOST, asked
from tests.rhythm.kit import night_of
from tests.welcome.kit import changed, days, new_member

pytestmark = pytest.mark.django_db
MET = "met her at the shop"
STEPS = ("welcome_letter", "welcome_call")


@pytest.fixture
def now():
    return timezone.now()


@pytest.fixture
def today(now):
    return timezone.localdate(now)


@pytest.fixture
def amina(cast, now, today):
    person = new_member(cast.bjorkvik, joined_on=today - days(6), learned_at=now - days(6))
    changed(person, at=now - days(6))
    return person


def todo_of(person, routine):
    return Todo.objects.get(person=person, routine=routine)


def path_of(person, today):
    return steps_of(person.unit, [person.pk], today=today)[person.pk]


def whole_page(client, cast, person, name="register:members:person"):
    client.force_login(cast.siv.account)
    args = ["bjorkvik"] if name.startswith("welcome") else ["bjorkvik", person.pk]
    return client.get(reverse(name, args=args)).content.decode()


def test_a_step_done_in_another_way_is_done(client, cast, amina, now, today):
    todos.mark_done(todo_of(amina, "welcome_call"), words=MET, by=cast.siv, at=now)

    call = path_of(amina, today)[1]

    assert (call.state, call.on, call.who) == ("done", now, cast.siv.person.name)
    assert call.words == f"Done in another way: {MET}"
    for name in ("register:members:person", "welcome:path:overview"):
        step = whole_page(client, cast, amina, name).split('class="path__step"')[2]
        assert f"Today, {cast.siv.person.name}. Done in another way: {MET}<" in step


def test_what_was_done_without_words_is_told_without(cast, amina, now, today):
    todos.mark_done(todo_of(amina, "welcome_letter"), by=cast.siv, at=now)

    assert path_of(amina, today)[0].words == "Done in another way"


def test_a_step_that_is_not_needed_is_left_out(client, cast, amina, now, today):
    letter = todo_of(amina, "welcome_letter")
    todos.not_needed(letter, because="is a founder", by=cast.siv, at=now)

    step = path_of(amina, today)[0]

    assert (step.state, step.words) == ("left_out", "Not needed: is a founder")
    assert "Not needed: is a founder" in whole_page(client, cast, amina)


def test_who_has_every_step_closed_waits_for_none(cast, now, today):
    amina = new_member(cast.bjorkvik, joined_on=today - days(25), learned_at=now - days(25))
    changed(amina, at=now - days(25))
    for routine in STEPS:
        todos.mark_done(todo_of(amina, routine), words=MET, by=cast.siv, at=now - days(10))
    night_of(cast.bjorkvik, now)
    todos.not_needed(todo_of(amina, "welcome_wants"), because=MET, by=cast.siv, at=now)
    night_of(cast.bjorkvik, now + days(1))

    found = overview(cast.bjorkvik, cast.siv.scope("path:see"), at=now)

    assert found.waiting == 0
    assert not Todo.objects.open().filter(person=amina).exists()


def test_whom_somebody_met_in_time_was_reached_in_time(cast, now, today):
    amina = new_member(cast.bjorkvik, joined_on=today - days(4), learned_at=now - days(4))
    changed(amina, at=now - days(4))
    met_at = now - days(3)
    todos.mark_done(todo_of(amina, "welcome_call"), words=MET, by=cast.siv, at=met_at)

    found = overview(cast.bjorkvik, cast.siv.scope("path:see"), at=now)

    assert (found.in_48_hours.number, found.in_48_hours.of) == (1, 1)


def test_what_is_taken_back_is_open_on_the_path_again(cast, amina, now, today):
    call = todo_of(amina, "welcome_call")
    todos.mark_done(call, words=MET, by=cast.siv, at=now)
    call.refresh_from_db()
    todos.undo(call, by=cast.siv, at=now)

    assert path_of(amina, today)[1].state == "now"
    assert next(iter(coming(cast.bjorkvik, amina.pk, frozenset(Fields)))).state == "next"


def test_a_todo_of_an_earlier_membership_closes_no_step(cast, amina, now, today):
    todos.mark_done(todo_of(amina, "welcome_call"), words=MET, by=cast.siv, at=now)
    Todo.objects.filter(routine="welcome_call").update(occasion="membership:0")

    assert path_of(amina, today)[1].state == "now"


def test_what_the_data_closed_is_not_told_as_done_by_hand(cast, amina, now, today):
    Todo.objects.filter(person=amina).update(
        closed_at=now, closing=Todo.Closing.DATA, closed_by=cast.siv.account
    )

    assert path_of(amina, today)[1].state == "now"
    assert list(coming(cast.bjorkvik, amina.pk, frozenset(Fields))) == []


def test_the_story_tells_what_was_closed_by_hand(client, cast, amina, now):
    todos.mark_done(todo_of(amina, "welcome_call"), words=MET, by=cast.siv, at=now)
    letter = todo_of(amina, "welcome_letter")
    todos.not_needed(letter, because="is a founder", by=cast.siv, at=now)

    told = [each for each in coming(cast.bjorkvik, amina.pk, frozenset(Fields)) if not each.state]

    siv = cast.siv.person.name
    assert sorted((each.what, each.more, each.who, each.at) for each in told) == [
        ("A call: done in another way", MET, siv, now),
        ("A welcome letter: not needed", "is a founder", siv, now),
    ]
    for name in ("register:members:person", "register:members:history"):
        page = whole_page(client, cast, amina, name).split('class="timeline"')[1]
        assert "A call: done in another way" in page
        assert MET in page


def test_steps_closed_by_hand_ask_no_statement_more(
    client, cast, amina, now, django_assert_num_queries
):
    client.force_login(cast.siv.account)
    for routine in STEPS:
        todos.mark_done(todo_of(amina, routine), words=MET, by=cast.siv, at=now)

    _status, statements = asked(
        client, reverse("register:members:person", args=["bjorkvik", amina.pk])
    )

    assert len(statements) <= MOST
    with django_assert_num_queries(3):
        progress_of(cast.bjorkvik, [amina.pk])
    with django_assert_num_queries(1):
        list(coming(cast.bjorkvik, amina.pk, frozenset(Fields)))
