from datetime import timedelta

import pytest
from django.urls import reverse

from krets.kit.audit.models import Entry
from krets.register.models import Person
from krets.rhythm.models import Todo
from krets.rhythm.todos import commands
from tests.conftest import NOON, TODAY, give, make_person
from tests.rhythm.kit import changed, join, night_of

pytestmark = pytest.mark.usefixtures("routines")

DAY = timedelta(days=1)
SOON = NOON + timedelta(minutes=5)


@pytest.fixture
def todo(cast):
    amina = make_person(cast.bjorkvik, "Amina", "Yusuf")
    join(amina, on=TODAY, learned_at=NOON)
    changed(amina, at=NOON)
    return Todo.objects.get()


def again(todo):
    return Todo.objects.get(pk=todo.pk)


def trailed(action):
    return Entry.objects.filter(action=action).count()


def test_a_to_do_is_put_off_to_a_later_day(cast, todo):
    commands.snooze(todo, until=TODAY + 3 * DAY, by=cast.bo, at=NOON)

    kept = again(todo)
    assert (kept.snoozed_until, kept.snoozes, kept.touched_at) == (TODAY + 3 * DAY, 1, NOON)
    assert not Todo.objects.open().awake(TODAY + 2 * DAY).exists()
    assert Todo.objects.open().awake(TODAY + 3 * DAY).exists()
    assert trailed("todo.snoozed") == 1


def test_twice_is_as_often_as_it_can_be_put_off(cast, todo):
    commands.snooze(todo, until=TODAY + DAY, by=cast.bo, at=NOON)
    commands.snooze(again(todo), until=TODAY + 2 * DAY, by=cast.bo, at=NOON)

    with pytest.raises(commands.SnoozedEnoughError, match="put off twice"):
        commands.snooze(again(todo), until=TODAY + 3 * DAY, by=cast.bo, at=NOON)


@pytest.mark.parametrize("days", [-1, 0, 32])
def test_a_day_that_is_past_or_far_away_is_refused(cast, todo, days):
    with pytest.raises(commands.WrongDayError):
        commands.snooze(todo, until=TODAY + days * DAY, by=cast.bo, at=NOON)


def test_the_second_of_two_acts_at_once_is_refused(cast, todo):
    seen_before = again(todo)
    commands.snooze(todo, until=TODAY + DAY, by=cast.bo, at=NOON)

    with pytest.raises(commands.ClosedTodoError):
        commands.snooze(seen_before, until=TODAY + 2 * DAY, by=cast.bo, at=NOON)

    assert again(todo).snoozes == 1


def test_it_is_handed_over_to_another_holder_and_begins_anew(cast, todo):
    Todo.objects.update(snoozes=2, escalations=1, escalated_at=NOON)

    commands.hand_over(
        again(todo), to_person=cast.siv.person, needs="call:report", by=cast.bo, at=NOON
    )

    kept = again(todo)
    assert (kept.owner, kept.snoozes, kept.escalations) == (cast.siv.person, 0, 0)
    assert trailed("todo.handed_over") == 1


def test_it_is_not_handed_to_somebody_without_a_mandate_for_it(cast, todo):
    for person in (cast.cecilia, cast.arne.person, cast.doris.person):
        with pytest.raises(commands.CannotTakeOverError):
            commands.hand_over(todo, to_person=person, needs="call:report", by=cast.bo, at=NOON)


def test_done_in_another_way_closes_it_with_words(cast, todo):
    commands.mark_done(todo, words="We met at the shop", by=cast.bo, at=NOON)

    kept = again(todo)
    assert (kept.closing, kept.words) == (Todo.Closing.DONE, "We met at the shop")
    assert (kept.closed_at, kept.closed_by) == (NOON, cast.bo.account)


def test_not_needed_closes_it_with_the_reason(cast, todo):
    commands.not_needed(todo, because="My own brother", by=cast.bo, at=NOON)

    assert again(todo).closing == Todo.Closing.NOT_NEEDED
    assert again(todo).words == "My own brother"


def test_what_is_closed_cannot_be_acted_on(cast, todo):
    commands.not_needed(todo, because="", by=cast.bo, at=NOON)

    for act in (
        lambda: commands.snooze(again(todo), until=TODAY + DAY, by=cast.bo, at=NOON),
        lambda: commands.mark_done(again(todo), by=cast.bo, at=NOON),
        lambda: commands.hand_over(again(todo), to_person=cast.siv.person, by=cast.bo, at=NOON),
    ):
        with pytest.raises(commands.ClosedTodoError):
            act()


def test_one_takes_back_ones_own_last_act(cast, todo):
    commands.snooze(todo, until=TODAY + DAY, by=cast.bo, at=NOON)
    commands.not_needed(again(todo), because="?", by=cast.bo, at=NOON)

    commands.undo(again(todo), by=cast.bo, at=SOON)

    kept = again(todo)
    assert (kept.is_open, kept.closing, kept.words, kept.closed_by) == (True, "", "", None)
    assert (kept.snoozed_until, kept.snoozes) == (TODAY + DAY, 1)


def test_what_rests_until_an_agreed_day_rests_for_the_next_owner_too(cast, todo):
    Todo.objects.update(snoozed_until=TODAY + DAY, snoozes=0)
    commands.hand_over(again(todo), to_person=cast.siv.person, by=cast.bo, at=NOON)
    rested = again(todo).snoozed_until
    Todo.objects.update(snoozed_until=TODAY + DAY, snoozes=1)
    commands.hand_over(again(todo), to_person=cast.bo.person, by=cast.siv, at=NOON)

    assert (rested, again(todo).snoozed_until) == (TODAY + DAY, None)


def test_handing_over_is_taken_back(cast, todo):
    commands.hand_over(todo, to_person=cast.siv.person, by=cast.bo, at=NOON)

    commands.undo(again(todo), by=cast.bo, at=SOON)

    assert again(todo).owner == cast.bo.person


def test_nothing_is_taken_back_later_or_by_others_or_twice(cast, todo):
    commands.mark_done(todo, by=cast.bo, at=NOON)

    with pytest.raises(commands.TooLateToUndoError):
        commands.undo(again(todo), by=cast.siv, at=SOON)
    with pytest.raises(commands.TooLateToUndoError):
        commands.undo(again(todo), by=cast.bo, at=NOON + timedelta(minutes=16))
    closed = again(todo)
    commands.undo(closed, by=cast.bo, at=SOON)
    with pytest.raises(commands.TooLateToUndoError):
        commands.undo(closed, by=cast.bo, at=SOON)


def test_what_waited_for_it_has_its_turn_when_it_is_closed_by_hand(cast, todo):
    late = NOON + 12 * DAY

    commands.not_needed(todo, because="We know each other", by=cast.bo, at=late)

    assert Todo.objects.open().get().routine == "coffee"


def rest(todo, by, *, at, until=None):
    commands.let_rest(
        by.unit, person_id=todo.person_id, routines=[todo.routine], until=until, by=by, at=at
    )


def test_what_somebody_has_begun_with_is_not_passed_on(cast, todo):
    rest(todo, cast.bo, at=NOON + 3 * DAY)

    assert night_of(cast.bjorkvik, NOON + 3 * DAY).escalated == 0
    assert again(todo).touched_at == NOON + 3 * DAY


def test_what_rests_is_not_counted_as_put_off(cast, todo):
    rest(todo, cast.bo, at=NOON, until=TODAY + DAY)

    assert (again(todo).snoozed_until, again(todo).snoozes) == (TODAY + DAY, 0)


def test_the_neighbours_to_dos_cannot_be_touched(cast, todo):
    rest(todo, cast.doris, at=NOON, until=TODAY + DAY)

    assert (again(todo).touched_at, again(todo).snoozed_until) == (None, None)


def test_a_handed_over_call_stays_with_a_contact_persons_mandate(cast, todo):
    kim = make_person(cast.bjorkvik, "Kim")
    give(kim, "contact_person")

    commands.hand_over(todo, to_person=kim, needs="call:report", by=cast.bo, at=NOON)

    assert again(todo).owner == Person.objects.get(pk=kim.pk)


def test_whom_a_to_do_was_about_is_not_read_when_it_is_done_with(cast, todo, client):
    commands.hand_over(todo, to_person=cast.bo.person, by=cast.siv, at=NOON)
    client.force_login(cast.bo.account)
    page = reverse("overview:today:todo", args=["bjorkvik", todo.pk])
    before = client.get(page).status_code

    todo.refresh_from_db()
    commands.mark_done(todo, by=cast.bo, at=NOON)

    assert (before, client.get(page).status_code) == (200, 404)
