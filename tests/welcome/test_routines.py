"""What the welcome's routines ask for, of whom, and what closes it."""

from datetime import date, datetime

import pytest
from django.utils import timezone

from krets import events
from krets.events import MembersChanged
from krets.kit.jobs.worker import run_pending
from krets.overview.today.cards import cards_of
from krets.overview.today.queries import today_for
from krets.register.members.commands import edit_person
from krets.register.models import Fee, Membership, Person, Unit
from krets.register.profiles.commands import add_tags
from krets.rhythm.routines.commands import set_routine
from krets.rhythm.routines.queries import routine_called
from krets.rhythm.todos.models import Todo
from krets.welcome.calls import commands
from krets.welcome.calls.models import Call
from krets.welcome.leavers.commands import let_go
from krets.welcome.leavers.queries import unpaid
from krets.welcome.letters import commands as letters
from krets.welcome.letters import queries as letter_queries
from krets.welcome.letters.models import Letter
from krets.welcome.path.commands import skip_step, take_up_step
from krets.welcome.path.queries import progress_of, steps_of
from krets.welcome.path.routines import tried
from krets.welcome.path.steps import CALL, WANTS
from tests.conftest import NOON, TODAY
from tests.rhythm.kit import night_of
from tests.welcome.kit import (
    another_caller,
    at_hour,
    changed,
    days,
    fee_file,
    new_member,
    owe,
    tell,
)

pytestmark = pytest.mark.django_db
SUMMER = datetime(2026, 8, 17, 10, tzinfo=timezone.get_default_timezone())


def open_todos(person):
    return sorted(Todo.objects.open().filter(person=person).values_list("routine", flat=True))


def call_of(person):
    return Call.objects.open().get(person=person)


def ring(person, outcome, *, by, at=NOON, **told):
    call = call_of(person)
    commands.claim(call, by=by, at=at)
    return tell(call, outcome, by=by, at=at, **told)


def read_in(unit, at, *, fee_year=2026):
    """Let a file with fees be here since the moment, and what follows be done."""
    importing = fee_file(unit, at, fee_year=fee_year)
    events.publish(MembersChanged(unit.pk, importing.pk), at=at)
    run_pending(at)


def test_a_new_member_gets_a_letter_and_a_call(cast):
    amina = new_member(cast.bjorkvik)

    changed(amina)

    todos = {todo.routine: todo for todo in Todo.objects.open().filter(person=amina)}
    assert set(todos) == {"welcome_letter", "welcome_call"}
    assert todos["welcome_letter"].owner == cast.siv.person
    assert todos["welcome_letter"].due_on == TODAY + days(1)
    assert todos["welcome_call"].owner == cast.bo.person
    assert todos["welcome_call"].due_on == TODAY + days(2)
    assert call_of(amina).given_to == cast.bo.person


def test_the_contact_person_rings_first(cast):
    amina = new_member(cast.bjorkvik, contact_person=cast.siv.person)

    changed(amina)

    assert call_of(amina).given_to == cast.siv.person


def test_nobody_is_asked_to_ring_themself_where_somebody_else_may(cast):
    lena = another_caller(cast.bjorkvik).person
    Membership.objects.create(
        unit=cast.bjorkvik, person=lena, joined_on=TODAY, learned_at=NOON, first_import=False
    )
    for name in ("Ett", "Tu"):
        changed(new_member(cast.bjorkvik, name))
    Todo.objects.filter(routine="welcome_call").update(owner=cast.bo.person)

    changed(lena)

    assert Todo.objects.get(person=lena, routine="welcome_call").owner == cast.bo.person


def test_without_callers_the_call_is_on_the_shared_list(cast):
    cast.bo.person.mandates.update(ended_at=NOON)
    amina = new_member(cast.bjorkvik)

    changed(amina)

    assert Todo.objects.get(person=amina, routine="welcome_call").owner == cast.siv.person
    assert call_of(amina).given_to is None


def test_a_try_is_not_a_contact(cast):
    amina = new_member(cast.bjorkvik)
    changed(amina)

    ring(amina, "no_answer", by=cast.bo)
    after_try = open_todos(amina)
    ring(amina, "talked", by=cast.bo, at=NOON + days(1))

    assert "welcome_call" in after_try
    assert open_todos(amina) == ["welcome_letter"]
    todo = Todo.objects.get(person=amina, routine="welcome_call")
    assert (todo.closing, todo.closed_by) == ("data", cast.bo.account)


def on_today(viewer, day):
    """Return the routines of the cards on the viewer's Today."""
    return [card.routine.key for card in today_for(viewer, at_hour(12, day)).cards]


def whys(viewer):
    """Return why each card of the viewer's Today is there."""
    return [card.why for card in today_for(viewer, NOON).cards]


def test_who_did_not_answer_is_off_today_until_tomorrow(cast):
    changed(new_member(cast.bjorkvik))
    amina = Person.objects.get(first_name="Amina")
    before = on_today(cast.bo, TODAY)

    attempt = ring(amina, "no_answer", by=cast.bo)
    tried = on_today(cast.bo, TODAY), on_today(cast.bo, TODAY + days(1))
    commands.undo_report(attempt, by=cast.bo, at=NOON)

    assert before == ["welcome_call"]
    assert tried == ([], ["welcome_call"])
    assert on_today(cast.bo, TODAY) == ["welcome_call"]


def test_who_is_to_be_called_back_stands_there_once_from_that_day(cast):
    amina = new_member(cast.bjorkvik)
    changed(amina)

    ring(amina, "call_back", by=cast.bo, next_step="call_again", again_at=NOON + days(3))
    meanwhile = on_today(cast.bo, TODAY + days(2))
    night_of(cast.bjorkvik, NOON + days(3))

    assert meanwhile == []
    why = today_for(cast.bo, NOON + days(3)).cards[0].why
    assert why.startswith("Wanted to be called today at ")
    assert on_today(cast.bo, TODAY + days(3)) == ["call_promised"]
    assert open_todos(amina) == ["call_promised", "welcome_call", "welcome_letter"]


def test_a_promised_call_to_a_wrong_number_waits_for_the_officer_to_find_another(cast):
    amina = new_member(cast.bjorkvik)
    changed(amina)
    ring(amina, "talked", by=cast.bo, next_step="call_again", again_at=NOON + days(1))
    night_of(cast.bjorkvik, NOON + days(1))
    promised = on_today(cast.bo, TODAY + days(1))

    ring(amina, "wrong_number", by=cast.bo, at=NOON + days(1))
    without = on_today(cast.bo, TODAY + days(1)), on_today(cast.siv, TODAY + days(1))
    amina.phone = "+46701740699"
    amina.save()
    changed(amina, at=NOON + days(1))

    assert promised == ["call_promised"]
    assert (without[0], "call_number" in without[1]) == ([], True)
    assert on_today(cast.bo, TODAY + days(1)) == ["call_promised"]
    assert "call_number" not in on_today(cast.siv, TODAY + days(1))


def test_a_number_is_looked_for_before_who_did_not_answer_is_tried_again(cast):
    amina = new_member(cast.bjorkvik)
    changed(amina)
    for day in range(3):
        ring(amina, "no_answer", by=cast.bo, at=NOON + days(day))
    call = Call.objects.get(person=amina)
    commands.decide_rested(call, closing=None, by=cast.siv, at=NOON + days(3))
    call.refresh_from_db()
    amina.phone = ""
    amina.save()
    changed(amina, at=NOON + days(3))

    night_of(cast.bjorkvik, NOON + (call.again_on - TODAY))

    assert "call_number" in open_todos(amina)
    assert "call_again" not in open_todos(amina)


def test_whoever_promises_a_call_has_every_to_do_it_does(cast):
    amina = new_member(cast.bjorkvik)
    changed(amina)
    Todo.objects.filter(routine="welcome_call").update(owner=cast.siv.person)

    ring(amina, "call_back", by=cast.bo, next_step="call_again", again_at=NOON + days(1))
    night_of(cast.bjorkvik, NOON + days(1))

    assert "call_promised" in on_today(cast.bo, TODAY + days(1))
    assert not {"welcome_call", "call_promised"} & set(on_today(cast.siv, TODAY + days(1)))


def test_trying_again_after_three_tries_comes_back_on_its_day(cast):
    amina = new_member(cast.bjorkvik)
    changed(amina)
    for day in range(3):
        ring(amina, "no_answer", by=cast.bo, at=NOON + days(day))
    commands.decide_rested(call_of(amina), closing=None, by=cast.siv, at=NOON + days(3))
    decided = open_todos(amina)

    night_of(cast.bjorkvik, NOON + days(14))
    came_back = on_today(cast.bo, TODAY + days(14))
    ring(amina, "no_answer", by=cast.bo, at=NOON + days(17))
    tried = on_today(cast.bo, TODAY + days(17)), on_today(cast.bo, TODAY + days(18))
    ring(amina, "talked", by=cast.bo, at=NOON + days(18))

    assert decided == ["welcome_letter"]
    assert came_back == ["call_again"]
    assert tried == ([], ["call_again"])
    assert "call_again" not in open_todos(amina)


def test_a_wrong_number_put_right_brings_the_call_back(cast):
    amina = new_member(cast.bjorkvik, phone="+46701740661")
    changed(amina)
    ring(amina, "wrong_number", by=cast.bo, number="+46701740661")
    without = open_todos(amina)

    edit_person(amina, seen=amina.revision, changes={"phone": "+46701740662"}, by=cast.siv, at=NOON)

    assert without == ["number_missing", "welcome_letter"]
    assert open_todos(amina) == ["welcome_call", "welcome_letter"]
    assert call_of(amina).is_open


@pytest.mark.parametrize("flag", ["no_calls_at", "supports_quietly_at"])
def test_what_is_taken_back_about_a_person_brings_the_steps_back(cast, flag):
    amina = new_member(cast.bjorkvik)
    changed(amina)
    before = open_todos(amina)

    Person.objects.filter(pk=amina.pk).update(**{flag: NOON})
    changed(amina)
    meanwhile = open_todos(amina)
    Person.objects.filter(pk=amina.pk).update(**{flag: None})
    changed(amina)

    assert "welcome_call" not in meanwhile
    assert open_todos(amina) == before == ["welcome_call", "welcome_letter"]


def test_a_membership_taken_up_again_brings_the_steps_back(cast):
    amina = new_member(cast.bjorkvik)
    changed(amina)
    amina.memberships.update(left_on=TODAY, left_learned_at=NOON)
    changed(amina)
    gone = open_todos(amina)

    amina.memberships.update(left_on=None, left_learned_at=None)
    changed(amina)

    assert gone == []
    assert open_todos(amina) == ["welcome_call", "welcome_letter"]


def test_a_step_whose_time_has_passed_is_off_the_list(cast):
    amina = new_member(cast.bjorkvik)
    changed(amina)

    night_of(cast.bjorkvik, NOON + days(92))
    still = open_todos(amina)
    night_of(cast.bjorkvik, NOON + days(93))

    assert "welcome_call" in still
    assert "welcome_call" not in open_todos(amina)


def test_taking_a_talk_back_opens_the_to_do_again(cast):
    amina = new_member(cast.bjorkvik)
    changed(amina)
    attempt = ring(amina, "talked", by=cast.bo)

    commands.undo_report(attempt, by=cast.bo, at=NOON)

    assert "welcome_call" in open_todos(amina)


def test_three_tries_become_a_decision_and_then_a_letter(cast):
    amina = new_member(cast.bjorkvik)
    changed(amina)
    for day in range(3):
        ring(amina, "no_answer", by=cast.bo, at=NOON + days(day))

    assert open_todos(amina) == ["call_rested", "welcome_letter"]
    assert Todo.objects.get(routine="call_rested").owner == cast.siv.person

    commands.decide_rested(call_of(amina), closing="letter", by=cast.siv, at=NOON + days(3))
    assert open_todos(amina) == ["missed_letter", "welcome_letter"]

    print_all(cast, Letter.Kind.MISSED, NOON + days(3))
    assert open_todos(amina) == ["welcome_letter"]


@pytest.mark.parametrize("flag", ["no_calls_at", "supports_quietly_at", "deceased_on"])
def test_some_are_not_to_be_called(cast, flag):
    amina = new_member(cast.bjorkvik, **{flag: TODAY if flag == "deceased_on" else NOON})

    changed(amina)

    assert open_todos(amina) == (["welcome_letter"] if flag == "no_calls_at" else [])
    assert not Call.objects.filter(person=amina).exists()


def test_without_a_number_the_number_is_what_is_missing(cast):
    amina = new_member(cast.bjorkvik, phone="")
    changed(amina)
    before = open_todos(amina)

    Person.objects.filter(pk=amina.pk).update(phone="+46701740650")
    changed(amina)

    assert before == ["number_missing", "welcome_letter"]
    assert open_todos(amina) == ["welcome_call", "welcome_letter"]


def test_a_wrong_number_becomes_a_search_for_the_right_one(cast):
    amina = new_member(cast.bjorkvik)
    changed(amina)

    ring(amina, "wrong_number", by=cast.bo, number=amina.phone)

    assert open_todos(amina) == ["number_missing", "welcome_letter"]


def test_wants_are_asked_after_the_call_when_it_did_not_tell(cast):
    amina = new_member(cast.bjorkvik)
    changed(amina)
    ring(amina, "talked", by=cast.bo, at=NOON + days(1))

    for day in range(2, 30):
        night_of(cast.bjorkvik, NOON + days(day))

    todo = Todo.objects.get(person=amina, routine="welcome_wants")
    assert todo.due_on == TODAY + days(21)
    assert timezone.localdate(todo.made_at) == TODAY + days(14)
    assert {reason.kind for reason in call_of(amina).reasons.all()} == {"wants"}


@pytest.mark.parametrize("wants", ["told", "nothing"])
def test_wants_told_or_asked_for_are_not_asked_again(cast, wants):
    amina = new_member(cast.bjorkvik)
    changed(amina)
    tags = [("want", ["baka"])] if wants == "told" else []
    ring(amina, "talked", by=cast.bo, wants=wants, tags=tags)

    for day in (14, 21, 28):
        night_of(cast.bjorkvik, NOON + days(day))

    assert not Todo.objects.filter(routine="welcome_wants").exists()


def test_wants_that_came_another_way_close_the_question(cast):
    amina = new_member(cast.bjorkvik)
    changed(amina)
    ring(amina, "talked", by=cast.bo)
    night_of(cast.bjorkvik, NOON + days(21))

    add_tags(amina, kind="competence", words=["svetsning"], by=cast.siv, at=NOON + days(21))

    assert "welcome_wants" not in open_todos(amina)


def test_a_promise_is_due_on_its_day_by_its_giver(cast):
    amina = new_member(cast.bjorkvik)
    changed(amina)
    told = {"next_step": "call_again", "again_at": at_hour(17, TODAY + days(4))}
    ring(amina, "talked", by=cast.bo, promise="studiecirkeln", **told)
    before = open_todos(amina)

    night_of(cast.bjorkvik, NOON + days(4))
    promised = Todo.objects.get(routine="call_promised")
    ring(amina, "no_answer", by=cast.bo, at=at_hour(18, TODAY + days(4)))
    unanswered = open_todos(amina)
    ring(amina, "talked", by=cast.bo, at=at_hour(18, TODAY + days(5)))

    assert "call_promised" not in before
    assert (promised.owner, promised.due_on) == (cast.bo.person, TODAY + days(4))
    assert "call_promised" in unanswered
    assert "call_promised" not in open_todos(amina)


@pytest.mark.parametrize(
    ("joined_before", "open_after", "passed"),
    [
        (0, {"welcome_letter", "welcome_call"}, set()),
        (2, {"welcome_call"}, {"welcome_letter"}),
        (3, {"welcome_call"}, {"welcome_letter"}),
        (20, {"welcome_call"}, {"welcome_letter"}),
        (21, set(), {"welcome_letter", "welcome_call"}),
        (100, set(), set()),
    ],
)
def test_the_first_file_lets_people_in_at_the_step_for_their_day(
    cast, joined_before, open_after, passed
):
    amina = new_member(cast.bjorkvik, joined_on=TODAY - days(joined_before), first_import=True)

    changed(amina)

    assert set(open_todos(amina)) == open_after
    before = Todo.objects.filter(person=amina, closing="before_krets")
    assert set(before.values_list("routine", flat=True)) == passed


def test_a_later_file_gives_the_whole_path_unless_the_joining_is_long_ago(cast):
    lately = new_member(cast.bjorkvik, "Lately", joined_on=TODAY - days(30))
    long_ago = new_member(cast.bjorkvik, "Longago", joined_on=TODAY - days(91))

    changed(lately, long_ago)

    assert open_todos(lately) == ["welcome_call", "welcome_letter"]
    assert Todo.objects.get(person=lately, routine="welcome_call").due_on == TODAY + days(2)
    assert open_todos(long_ago) == []


def test_who_joined_on_an_unknown_day_is_not_welcomed_by_the_first_file(cast):
    amina = new_member(cast.bjorkvik, joined_on=None, first_import=True)

    changed(amina)

    assert not Todo.objects.filter(person=amina).exists()
    assert steps_of(cast.bjorkvik, [amina.pk], today=TODAY) == {}


def test_who_comes_with_a_later_file_without_a_day_is_new_from_then_on(cast):
    amina = new_member(cast.bjorkvik, joined_on=None)

    changed(amina)

    todo = Todo.objects.get(person=amina, routine="welcome_call")
    assert (todo.fact_on, todo.due_on) == (TODAY, TODAY + days(2))
    assert whys(cast.bo) == ["New to us today. No call yet."]
    assert whys(cast.siv) == ["New to us today and has not had a welcome letter."]
    states = steps_of(cast.bjorkvik, [amina.pk], today=TODAY)[amina.pk]
    assert [state.state for state in states] == ["now", "next", "next"]


def test_a_day_that_turns_out_to_be_long_ago_ends_the_welcome(cast):
    amina = new_member(cast.bjorkvik, joined_on=None)
    changed(amina)
    before = open_todos(amina)

    Membership.objects.filter(person=amina).update(joined_on=date(1999, 5, 1))
    changed(amina, at=NOON + days(7))

    assert before == ["welcome_call", "welcome_letter"]
    assert open_todos(amina) == []


def test_a_step_left_out_is_not_asked_for_until_taken_up_again(cast):
    amina = new_member(cast.bjorkvik)
    changed(amina)

    skip_step(amina, step=CALL, words="Vi är grannar", by=cast.siv, at=NOON)
    left_out = open_todos(amina)
    take_up_step(amina, step=CALL, by=cast.siv, at=NOON)

    assert left_out == ["welcome_letter"]
    assert open_todos(amina) == ["welcome_call", "welcome_letter"]


def test_marking_letters_closes_and_taking_back_opens(cast):
    people = [new_member(cast.bjorkvik, f"P{number}") for number in range(3)]
    changed(*people)

    printed = print_all(cast, Letter.Kind.WELCOME, NOON)
    closed = Todo.objects.open().filter(routine="welcome_letter").count()
    letters.undo_printed(
        cast.bjorkvik, kind="welcome", printed_at=NOON, by=cast.siv, at=NOON + days(0.01)
    )

    assert (printed, closed) == (3, 0)
    assert Todo.objects.open().filter(routine="welcome_letter").count() == 3
    assert Letter.objects.count() == 0


def test_marking_twice_prints_nobody_twice(cast):
    changed(new_member(cast.bjorkvik))
    due = due_letters(cast, Letter.Kind.WELCOME)
    letters.mark_printed(cast.bjorkvik, kind="welcome", due=due, by=cast.siv, at=NOON)

    with pytest.raises(letters.NothingToPrintError):
        letters.mark_printed(
            cast.bjorkvik, kind="welcome", due=due, by=cast.siv, at=NOON + days(0.01)
        )

    assert Letter.objects.count() == 1


@pytest.mark.parametrize(
    ("joined_on", "counted"),
    [
        (date(2025, 9, 30), True),
        (date(2025, 10, 1), False),
        (date(2025, 12, 31), False),
        (date(2026, 1, 1), True),
    ],
)
def test_who_joined_late_last_year_has_paid_for_this_one(cast, joined_on, counted):
    amina = new_member(cast.bjorkvik, joined_on=joined_on)

    Membership.objects.filter(person=amina).update(fee_told_year=2026)
    owing = unpaid(cast.bjorkvik, year=2026).filter(person=amina)

    assert owing.exists() == counted


def test_from_15_august_the_fee_is_asked_about(cast):
    amina = old_member(cast)
    read_in(cast.bjorkvik, SUMMER - days(2))
    changed(amina, at=SUMMER - days(3))
    before = open_todos(amina)

    night_of(cast.bjorkvik, SUMMER)

    assert before == []
    assert open_todos(amina) == ["fee_unpaid"]
    assert call_of(amina).given_to == cast.siv.person


def test_nobody_is_asked_on_an_old_register(cast):
    amina = old_member(cast)
    read_in(cast.bjorkvik, SUMMER - days(8))

    changed(amina, at=SUMMER)
    for day in range(3):
        night_of(cast.bjorkvik, SUMMER + days(day))
    old = open_todos(amina)
    read_in(cast.bjorkvik, SUMMER + days(3), fee_year=None)
    without_fees = open_todos(amina)
    read_in(cast.bjorkvik, SUMMER + days(3))

    assert (old, without_fees) == ([], [])
    assert open_todos(amina) == ["fee_unpaid"]


def test_the_register_may_be_old_on_15_august(cast):
    amina = old_member(cast)
    read_in(cast.bjorkvik, SUMMER - days(40))
    changed(amina, at=SUMMER - days(40))
    for day in range(-3, 5):
        night_of(cast.bjorkvik, SUMMER + days(day))
    stale = open_todos(amina)

    read_in(cast.bjorkvik, SUMMER + days(5))

    assert stale == []
    assert open_todos(amina) == ["fee_unpaid"]


def test_asking_ends_when_the_news_grow_old_and_goes_on_with_the_next_file(cast):
    amina = old_member(cast)
    read_in(cast.bjorkvik, SUMMER)
    asked = open_todos(amina)

    for day in range(1, 9):
        night_of(cast.bjorkvik, SUMMER + days(day))
    run_night_of_fees(SUMMER + days(8))
    old = open_todos(amina), Call.objects.open().filter(person=amina).exists()
    read_in(cast.bjorkvik, SUMMER + days(9))

    assert asked == ["fee_unpaid"]
    assert old == ([], False)
    assert open_todos(amina) == ["fee_unpaid"]
    assert call_of(amina).given_to == cast.siv.person


def test_a_newer_file_or_a_routine_off_and_on_moves_no_day_of_asking(cast):
    amina = old_member(cast, fee_unpaid_on=SUMMER.date() - days(100))
    read_in(cast.bjorkvik, SUMMER)
    day = day_of_asking(amina)

    read_in(cast.bjorkvik, SUMMER + days(6))
    set_fee_routine(cast, on=False, at=SUMMER + days(7))
    off = open_todos(amina)
    set_fee_routine(cast, on=True, at=SUMMER + days(8))

    assert day == date(2026, 9, 16)
    assert off == []
    assert day_of_asking(amina) == day


def test_who_gets_to_be_asked_later_is_asked_by_the_day_the_fee_was_told_unpaid(cast):
    amina = new_member(
        cast.bjorkvik,
        joined_on=date(2025, 10, 20),
        first_import=True,
        fee_told_year=2026,
        fee_unpaid_on=date(2026, 8, 20),
    )
    old_member(cast, "Berit")
    read_in(cast.bjorkvik, SUMMER)
    read_in(cast.bjorkvik, SUMMER + days(12))
    spared = open_todos(amina)

    set_fee_routine(cast, on=True, from_month=11, at=SUMMER + days(14))

    assert spared == []
    assert day_of_asking(amina) == date(2026, 9, 21)


def test_the_month_to_ask_begins_when_there_are_fresh_news_and_one_is_no_longer_new(cast):
    told_in_january = old_member(cast, fee_unpaid_on=date(2026, 1, 20))
    joined_lately = new_member(
        cast.bjorkvik,
        "Berit",
        joined_on=date(2026, 7, 30),
        first_import=True,
        fee_told_year=2026,
        fee_unpaid_on=date(2026, 8, 3),
    )
    read_in(cast.bjorkvik, SUMMER - days(200))
    changed(told_in_january, joined_lately, at=SUMMER)

    read_in(cast.bjorkvik, SUMMER + days(70))
    read_in(cast.bjorkvik, SUMMER + days(76))

    assert day_of_asking(told_in_january) == date(2026, 11, 25)
    assert day_of_asking(joined_lately) == date(2026, 11, 27)


def test_at_new_year_nobody_is_asked_about_last_years_fee(cast):
    amina = old_member(cast)
    new_year = datetime(2027, 1, 1, 10, tzinfo=timezone.get_default_timezone())
    read_in(cast.bjorkvik, new_year - days(2))
    ring(amina, "no_answer", by=cast.siv, at=new_year - days(2))
    asked = open_todos(amina)

    night_of(cast.bjorkvik, new_year)

    assert asked == ["fee_unpaid"]
    assert open_todos(amina) == []


def test_a_fee_that_comes_in_takes_the_call_away(cast):
    amina = old_member(cast)
    read_in(cast.bjorkvik, SUMMER)
    was_to_be_rung = Call.objects.open().filter(person=amina).exists()

    pay(amina)
    read_in(cast.bjorkvik, SUMMER + days(3))

    assert was_to_be_rung
    assert open_todos(amina) == []
    assert Call.objects.get(person=amina).closing == "not_needed"


def test_a_call_with_other_reasons_stays_when_the_fee_comes_in(cast):
    amina = old_member(cast)
    read_in(cast.bjorkvik, SUMMER)
    owe(amina, kind="by_hand", at=SUMMER)

    pay(amina)
    read_in(cast.bjorkvik, SUMMER + days(3))

    assert [reason.kind for reason in call_of(amina).reasons.all()] == ["by_hand"]


def test_whose_fee_no_file_tells_of_is_not_asked(cast):
    amina = old_member(cast)
    Membership.objects.filter(person=amina).update(fee_told_year=2025)

    read_in(cast.bjorkvik, SUMMER)

    assert open_todos(amina) == []


def test_a_call_begun_stays_though_the_register_grows_old(cast):
    amina = old_member(cast)
    read_in(cast.bjorkvik, SUMMER)
    commands.claim(call_of(amina), by=cast.siv, at=SUMMER)

    changed(amina, at=SUMMER + days(20))
    run_night_of_fees(SUMMER + days(20))

    assert open_todos(amina) == ["fee_unpaid"]


def three_tries(cast, person, first):
    for day in range(3):
        commands.claim(call_of(person), by=cast.siv, at=first + days(day))
        tell(call_of(person), "no_answer", by=cast.siv, at=first + days(day))


def test_while_a_call_rests_or_was_given_up_the_fee_is_not_asked_about_beside_it(cast):
    amina = old_member(cast)
    read_in(cast.bjorkvik, SUMMER)
    three_tries(cast, amina, SUMMER)
    resting = open_todos(amina)
    decided = SUMMER + days(4)

    commands.decide_rested(call_of(amina), closing="written", by=cast.siv, at=decided)
    changed(amina, at=decided)

    assert resting == ["call_rested"]
    assert open_todos(amina) == []


def test_a_call_about_the_fee_that_is_tried_again_comes_back_once_on_its_day(cast):
    amina = old_member(cast)
    read_in(cast.bjorkvik, SUMMER)
    three_tries(cast, amina, SUMMER)

    commands.decide_rested(call_of(amina), closing=None, by=cast.siv, at=SUMMER + days(4))
    meanwhile = open_todos(amina)
    night_of(cast.bjorkvik, SUMMER + days(14))

    assert meanwhile == []
    assert open_todos(amina) == ["call_again"]
    assert call_of(amina).is_open


def test_a_register_without_fees_makes_nobody_unpaid(cast):
    amina = old_member(cast, knows_fees=False)
    read_in(cast.bjorkvik, SUMMER)

    changed(amina, at=SUMMER)

    assert open_todos(amina) == []


def test_a_talk_or_the_fee_ends_the_asking(cast):
    talked, paid = old_member(cast, "Talar"), old_member(cast, "Betalar")
    read_in(cast.bjorkvik, SUMMER)
    changed(talked, paid, at=SUMMER)

    ring(talked, "talked", by=cast.siv, at=SUMMER)
    pay(paid)
    changed(paid, at=SUMMER)

    assert open_todos(talked) == []
    assert open_todos(paid) == []


def test_who_does_not_want_calls_is_written_to_about_the_fee(cast):
    amina = old_member(cast, no_calls_at=NOON)
    read_in(cast.bjorkvik, SUMMER)

    changed(amina, at=SUMMER)
    written = open_todos(amina)
    print_all(cast, Letter.Kind.FEE, SUMMER)

    assert written == ["fee_letter"]
    assert open_todos(amina) == []


def test_the_path_tells_done_now_next_and_before(cast):
    amina = new_member(cast.bjorkvik)
    changed(amina)
    print_all(cast, Letter.Kind.WELCOME, NOON)
    early = new_member(cast.bjorkvik, "Tidig", joined_on=TODAY - days(5), first_import=True)

    found = steps_of(cast.bjorkvik, [amina.pk, early.pk], today=TODAY)

    assert [state.state for state in found[amina.pk]] == ["done", "now", "next"]
    assert found[amina.pk][0].who == "Siv Öberg"
    assert [state.state for state in found[early.pk]] == ["before", "now", "next"]


def test_progress_takes_three_statements(cast, django_assert_num_queries):
    people = [new_member(cast.bjorkvik, f"P{number}") for number in range(5)]

    for some in (people[:1], people):
        with django_assert_num_queries(3):
            assert len(progress_of(cast.bjorkvik, [each.pk for each in some])) == len(some)


def test_the_path_of_an_old_member_takes_one_statement(cast, django_assert_num_queries):
    old = new_member(cast.bjorkvik, joined_on=TODAY - days(121))
    young = new_member(cast.bjorkvik, "Ny", joined_on=TODAY - days(120))

    with django_assert_num_queries(1):
        assert steps_of(cast.bjorkvik, [old.pk], today=TODAY) == {}

    assert list(steps_of(cast.bjorkvik, [young.pk], today=TODAY)) == [young.pk]


def test_wants_is_skipped_with_a_reason(cast):
    amina = new_member(cast.bjorkvik)

    skip_step(amina, step=WANTS, words="  Redan   känt ", by=cast.siv, at=NOON)

    states = steps_of(cast.bjorkvik, [amina.pk], today=TODAY)[amina.pk]
    assert (states[2].state, states[2].words, states[2].who) == (
        "left_out",
        "Redan känt",
        "Siv Öberg",
    )


def day_of_asking(person):
    return Todo.objects.open().get(person=person, routine="fee_unpaid").due_on


def set_fee_routine(cast, *, on, at, from_month=10):
    """Set the routine that asks about the fee, and let what follows be done."""
    set_routine(
        cast.bjorkvik,
        routine=routine_called("fee_unpaid"),
        on=on,
        numbers={"from_day": 815, "counts_from_month": from_month},
        by=cast.siv,
        at=at,
    )
    run_pending(at)


def run_night_of_fees(at):
    for unit in Unit.objects.filter(kind="association"):
        let_go(unit, by=None, at=at)


def old_member(cast, first_name="Amina", *, knows_fees=True, **fields):
    person = new_member(
        cast.bjorkvik,
        first_name,
        joined_on=date(2019, 5, 1),
        first_import=True,
        fee_told_year=2026,
        **fields,
    )
    if knows_fees:
        for each in Person.objects.of(cast.bjorkvik).filter(last_name__in=["Ek", "Öberg"]):
            pay(each)
    return person


def pay(person):
    Fee.objects.get_or_create(
        unit_id=person.unit_id, person=person, year=2026, defaults={"learned_at": NOON}
    )


def due_letters(cast, kind):
    return letter_queries.due_letters(
        cast.bjorkvik, kind, fields=cast.siv.scope("letter:print").fields
    )


def print_all(cast, kind, at):
    return letters.mark_printed(
        cast.bjorkvik, kind=kind, due=due_letters(cast, kind), by=cast.siv, at=at
    )


def called_back(cast, amina, hour=17, minute=30):
    saturday = at_hour(hour, TODAY + days(5), minute)
    return ring(amina, "call_back", by=cast.bo, next_step="call_again", again_at=saturday)


def told_of_call(amina, today):
    todo = Todo.objects.get(person=amina, routine="welcome_call")
    return tried(amina.unit, [todo], today=today)[todo.pk]["news"]


def grid_words(amina, today):
    return steps_of(amina.unit, [amina.pk], today=today)[amina.pk][1].words


def test_who_agreed_on_a_time_is_said_to_have_answered(cast):
    amina = new_member(cast.bjorkvik)
    changed(amina)

    called_back(cast, amina)

    expected = "Wants to be called on Saturday at 17:30."
    assert (told_of_call(amina, TODAY), grid_words(amina, TODAY)) == (expected, expected)
    after = TODAY + days(6)
    assert told_of_call(amina, after) == "Wanted to be called yesterday at 17:30."


def test_a_promise_says_who_gave_it_to_whom_for_when_and_about_what(cast):
    amina = new_member(cast.bjorkvik)
    changed(amina)
    long = "hur det går med studiecirkeln om skolan, och om barnen får vara med"
    agreed = at_hour(18, TODAY + days(3))
    talk = {"mood": "glad", "wants": "nothing", "next_step": "call_again", "again_at": agreed}
    ring(amina, "talked", by=cast.bo, promise=long, **talk)
    night_of(cast.bjorkvik, NOON + days(3))
    (todo,) = Todo.objects.filter(person=amina, routine="call_promised")
    day = TODAY + days(3)

    (to_bo,), (to_siv,) = (cards_of(viewer, [todo], day) for viewer in (cast.bo, cast.siv))

    assert to_bo.why == f"You promised Amina on Monday to call today at 18:00. About: {long}"
    assert to_siv.why == f"Bo Lind promised Amina on Monday to call today at 18:00. About: {long}"


def test_a_day_without_a_clock_is_said_without_one(cast):
    amina = new_member(cast.bjorkvik)
    changed(amina)

    called_back(cast, amina, hour=8, minute=0)

    assert told_of_call(amina, TODAY) == "Wants to be called on Saturday."


def test_no_answer_after_an_agreed_time_is_no_answer(cast):
    amina = new_member(cast.bjorkvik)
    changed(amina)
    called_back(cast, amina)

    ring(amina, "no_answer", by=cast.bo, at=NOON + days(6))

    assert told_of_call(amina, TODAY + days(6)) == "Tried today, no answer."
    assert grid_words(amina, TODAY + days(6)) == "Tried, no answer yet"


def test_a_wrong_number_beside_one_that_works_is_not_told_as_no_answer(cast):
    amina = new_member(cast.bjorkvik, phone_home="+46812345")
    changed(amina)

    ring(amina, "wrong_number", by=cast.bo, number=amina.phone)

    assert told_of_call(amina, TODAY) == ""
    assert grid_words(amina, TODAY) == ""
