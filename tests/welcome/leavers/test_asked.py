"""Who counts as asked about the fee, and what is told of the last call."""

from datetime import date, datetime

import pytest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from krets.register.models import Fee
from krets.rhythm.todos.models import Todo
from krets.welcome.calls import commands as calls
from krets.welcome.calls.models import Call
from krets.welcome.calls.timeline import attempts
from krets.welcome.leavers import queries
from krets.welcome.letters import commands as letters
from krets.welcome.letters import queries as letter_queries
from tests.welcome.kit import at_hour, changed, days, fee_file, new_member, tell

pytestmark = pytest.mark.django_db
SUMMER = datetime(2026, 8, 17, 10, tzinfo=timezone.get_default_timezone())


@pytest.fixture
def torbjorn(cast):
    """Somebody who has not paid, alone of all, as a file of the summer tells."""
    fee_file(cast.bjorkvik, SUMMER)
    pay(cast.siv.person, at=SUMMER)
    person = new_member(
        cast.bjorkvik, "Torbjörn", joined_on=date(2001, 5, 1), fee_told_year=2026, city="Björkvik"
    )
    changed(person, at=SUMMER)
    return person


@pytest.fixture
def siv(client, cast):
    client.force_login(cast.siv.account)
    return client


def pay(person, *, at, **fields):
    Fee.objects.create(unit_id=person.unit_id, person=person, year=2026, learned_at=at, **fields)


def ring(cast, person, outcome, at, **told):
    call = Call.objects.open().get(person=person)
    calls.claim(call, by=cast.siv, at=at)
    return tell(call, outcome, by=cast.siv, at=at, **told)


def give_up(cast, person, closing):
    for day in range(3):
        ring(cast, person, "no_answer", SUMMER + days(day))
    resting = Call.objects.open().get(person=person)
    calls.decide_rested(resting, closing=closing, by=cast.siv, at=SUMMER + days(4))


def print_all(cast, kind, at):
    fields = cast.siv.scope("letter:print").fields
    due = letter_queries.due_letters(cast.bjorkvik, kind, fields=fields)
    letters.mark_printed(cast.bjorkvik, kind=kind, due=due, by=cast.siv, at=at)


def listed(cast, at):
    """Return {heap: [row, …]} of the list at the moment."""
    found = queries.leavers(
        cast.bjorkvik,
        fields=cast.siv.scope("leaver:see").fields,
        at=at,
        settings={"from_day": 815, "counts_from_month": 10},
    )
    return {heap.key: heap.rows for heap in found.heaps}


def open_routines(person):
    return sorted(Todo.objects.open().filter(person=person).values_list("routine", flat=True))


def test_who_got_a_letter_when_nobody_answered_has_been_asked(cast, torbjorn):
    give_up(cast, torbjorn, "letter")
    before = listed(cast, SUMMER + days(5))
    waiting = open_routines(torbjorn)

    print_all(cast, "missed", SUMMER + days(17))
    after = listed(cast, SUMMER + days(60))

    assert (list(before), waiting) == (["write"], ["missed_letter"])
    assert list(after) == ["asked"]
    (row,) = after["asked"]
    assert (row.outcome, row.called_on) == ("no_answer", date(2026, 8, 19))
    assert row.written_on == date(2026, 9, 3)
    assert open_routines(torbjorn) == []


def test_whose_number_turns_out_wrong_gets_no_second_letter(cast, torbjorn):
    give_up(cast, torbjorn, "letter")
    print_all(cast, "missed", SUMMER + days(5))

    torbjorn.phone = ""
    torbjorn.save()
    changed(torbjorn, at=SUMMER + days(6))

    assert open_routines(torbjorn) == []
    assert list(listed(cast, SUMMER + days(6))) == ["asked"]


@pytest.mark.parametrize("closing", ["written", "not_needed"])
def test_whose_call_was_given_up_is_asked_on_the_phone_no_more(cast, torbjorn, closing):
    give_up(cast, torbjorn, closing)

    assert open_routines(torbjorn) == []
    assert list(listed(cast, SUMMER + days(5))) == ["asked"]


def test_a_letter_instead_of_a_call_about_something_else_asks_about_no_fee(cast, torbjorn):
    give_up(cast, torbjorn, "letter")
    print_all(cast, "missed", SUMMER + days(5))

    Call.objects.get(person=torbjorn).reasons.update(kind="by_hand")

    assert list(listed(cast, SUMMER + days(6))) == ["call"]


@pytest.mark.parametrize(
    ("outcome", "told", "words"),
    [
        ("talked", {"fee_answer": "will_pay"}, "Last call: 17 August. Will pay."),
        ("no_answer", {}, "Tried 17 August, no answer."),
        ("voicemail", {}, "Left a message 17 August."),
        ("wrong_number", {}, "Called 17 August: wrong number."),
        ("asked_not_to", {}, "Called 17 August, asked not to be called."),
        (
            "call_back",
            {"next_step": "call_again", "again_at": at_hour(17, date(2026, 8, 20))},
            "Called 17 August, asked to be called back.",
        ),
    ],
)
def test_the_last_call_is_told_however_long_ago(cast, torbjorn, outcome, told, words):
    ring(cast, torbjorn, outcome, SUMMER, **told)
    later = SUMMER + days(90)

    ((row,),) = listed(cast, later).values()

    context = {"row": row, "today": later.date()}
    told_in_words = render_to_string("welcome/leavers/last_call.html", context)
    assert told_in_words.replace("\N{NO-BREAK SPACE}", " ") == words


def test_what_is_told_of_the_last_call_agrees_with_the_card_and_the_story(siv, cast, torbjorn):
    ring(cast, torbjorn, "talked", SUMMER, fee_answer="hesitates")
    call = calls.open_call(
        torbjorn, kind="fee", due_on=SUMMER.date(), by=cast.siv, at=SUMMER + days(1)
    )
    calls.claim(call, by=cast.siv, at=SUMMER + days(1))
    tell(call, "no_answer", by=cast.siv, at=SUMMER + days(1))

    (row,) = listed(cast, SUMMER + days(60))["asked"]
    story = list(attempts(cast.bjorkvik, torbjorn.pk, cast.siv.scope("member:see").fields))
    card = siv.get(reverse("welcome:calls:card", args=["bjorkvik", call.pk])).content.decode()

    assert (row.outcome, row.called_on, row.answer) == (
        "no_answer",
        date(2026, 8, 18),
        "Hesitates",
    )
    assert story[0].what == "Siv Öberg called, no answer"
    assert "No earlier call is written down." not in card


def test_a_try_that_was_taken_back_is_not_told(cast, torbjorn):
    attempt = ring(cast, torbjorn, "no_answer", SUMMER)

    calls.undo_report(attempt, by=cast.siv, at=SUMMER)

    (row,) = listed(cast, SUMMER + days(1))["call"]
    assert row.called_on is None


def test_whose_number_was_wrong_is_written_to_as_the_to_do_says(cast, torbjorn):
    ring(cast, torbjorn, "wrong_number", SUMMER)

    (row,) = listed(cast, SUMMER + days(1))["write"]

    assert (row.number_is_wrong, row.outcome) == (True, "wrong_number")
    assert open_routines(torbjorn) == ["fee_letter"]


def test_who_has_no_number_at_all_has_none_that_was_wrong(cast, torbjorn):
    torbjorn.phone = ""
    torbjorn.save()

    (row,) = listed(cast, SUMMER + days(1))["write"]

    assert not row.number_is_wrong


def test_for_who_wants_no_calls_no_number_is_looked_for(cast, torbjorn):
    ring(cast, torbjorn, "wrong_number", SUMMER)
    torbjorn.no_calls_at = SUMMER
    torbjorn.save()

    (row,) = listed(cast, SUMMER + days(1))["write"]

    assert not row.number_is_wrong
