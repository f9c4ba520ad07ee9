from dataclasses import replace
from datetime import date, datetime, timedelta
from functools import partial

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from krets.kit.contributions import Judgement, Wanted
from krets.register.models import Person, UnitSetting
from krets.rhythm.models import Todo, Watch
from krets.rhythm.routines.commands import reconsider
from krets.rhythm.todos.commands import mark_done, not_needed
from tests.conftest import NOON, TODAY, give, make_person
from tests.rhythm.kit import CALL, changed, connected, do, join, night_of, wish

pytestmark = pytest.mark.usefixtures("routines")

DAY = timedelta(days=1)


@pytest.fixture
def amina(cast):
    person = make_person(cast.bjorkvik, "Amina", "Yusuf")
    join(person, on=TODAY, learned_at=NOON)
    return person


def open_of(person):
    todos = Todo.objects.open().filter(person=person).order_by("pk")
    return list(todos.values_list("routine", flat=True))


def test_a_new_member_makes_one_call_for_the_caller(cast, amina):
    changed(amina, at=NOON)

    todo = Todo.objects.get()
    assert (todo.routine, todo.subject_id, todo.person_id) == ("call", amina.pk, amina.pk)
    assert (todo.fact_on, todo.learned_on, todo.due_on) == (TODAY, TODAY, date(2026, 3, 4))
    assert todo.owner == cast.bo.person
    assert todo.is_open


def test_judging_again_makes_nothing_more(amina):
    changed(amina, at=NOON)
    changed(amina, at=NOON + DAY)

    assert Todo.objects.count() == 1


def test_what_the_data_show_as_done_closes_signed(cast, amina):
    changed(amina, at=NOON)

    do(amina, "called", at=NOON + DAY, by=cast.bo.account.pk)

    todo = Todo.objects.get()
    assert todo.closing == Todo.Closing.DATA
    assert (todo.closed_at, todo.closed_by) == (NOON + DAY, cast.bo.account)


def test_what_somebody_closed_by_hand_is_never_made_again(cast, amina):
    for number, close in enumerate((mark_done, partial(not_needed, because="We met"))):
        changed(amina, at=NOON)
        Todo.objects.update(closed_at=None, closing="")
        close(Todo.objects.get(), by=cast.bo, at=NOON)

        changed(amina, at=NOON + (number + 1) * DAY)

        assert open_of(amina) == []
        assert Todo.objects.count() == 1


def test_what_the_data_closed_and_call_for_anew_is_open_again(cast, amina):
    changed(amina, at=NOON)
    do(amina, "called", at=NOON)

    Person.objects.filter(pk=amina.pk).update(occupation="")
    changed(amina, at=NOON + 9 * DAY)

    todo = Todo.objects.get()
    assert open_of(amina) == ["call"]
    assert (todo.owner, todo.closed_by, todo.closing) == (cast.bo.person, None, "")
    # It is not late on the day it comes back.
    assert todo.due_on == TODAY + 9 * DAY


def test_what_comes_back_goes_to_somebody_who_may_do_it(cast, amina):
    changed(amina, at=NOON)
    do(amina, "called", at=NOON)
    cast.bo.person.mandates.update(ended_at=NOON)

    Person.objects.filter(pk=amina.pk).update(occupation="")
    changed(amina, at=NOON + DAY)

    assert Todo.objects.get().owner == cast.siv.person


def test_a_fact_too_old_when_learned_makes_nothing(cast):
    stale = make_person(cast.bjorkvik, "Stale")
    fresh = make_person(cast.bjorkvik, "Fresh")
    join(stale, on=TODAY - 91 * DAY, learned_at=NOON)
    join(fresh, on=TODAY - 90 * DAY, learned_at=NOON)

    changed(stale, fresh, at=NOON)

    assert open_of(stale) == []
    assert open_of(fresh) == ["call"]


def test_what_fell_due_too_long_ago_makes_nothing(amina):
    changed(amina, at=NOON + 120 * DAY)

    assert Todo.objects.count() == 0


def test_what_is_learned_late_is_due_counted_from_that_day(cast):
    person = make_person(cast.bjorkvik, "Late")
    friday = datetime(2026, 3, 6, 12, tzinfo=NOON.tzinfo)
    join(person, on=TODAY - 30 * DAY, learned_at=friday)

    changed(person, at=friday)

    todo = Todo.objects.get()
    assert (todo.fact_on, todo.learned_on) == (TODAY - 30 * DAY, date(2026, 3, 6))
    assert todo.due_on == date(2026, 3, 9)


def test_steps_before_krets_are_stored_closed_and_once(cast):
    person = make_person(cast.bjorkvik, "Early")
    member = join(person, on=TODAY - 20 * DAY, learned_at=NOON, first_import=True)

    def judge(unit, ids, *, today, settings):
        return Judgement(before=[wish(member, 1)])

    with connected(replace(CALL, judge=judge)):
        changed(person, at=NOON)
        changed(person, at=NOON + DAY)

    todo = Todo.objects.get()
    assert todo.closing == Todo.Closing.BEFORE_KRETS
    assert (todo.closed_at, todo.owner) == (NOON, None)


def test_when_to_look_again_is_kept_and_moved_and_forgotten(amina):
    changed(amina, at=NOON)
    assert Watch.objects.get().next_on == TODAY + 10 * DAY

    do(amina, "called", at=NOON + DAY)
    assert Watch.objects.get().next_on == TODAY + 10 * DAY

    do(amina, "coffee", at=NOON + DAY)
    assert not Watch.objects.exists()


def test_a_day_to_look_again_is_never_today(cast, amina):
    def judge(unit, ids, *, today, settings):
        return Judgement(next_on=dict.fromkeys(ids, today))

    with connected(replace(CALL, judge=judge)):
        changed(amina, at=NOON)

    assert Watch.objects.get().next_on == TODAY + DAY


def test_a_step_waits_while_the_one_before_it_is_open(amina):
    changed(amina, at=NOON)
    changed(amina, at=NOON + 12 * DAY)

    assert open_of(amina) == ["call"]


def test_a_step_that_waited_comes_five_days_after_the_one_before(cast, amina):
    changed(amina, at=NOON)
    do(amina, "called", at=NOON + 12 * DAY)
    assert open_of(amina) == []
    assert Watch.objects.get().next_on == TODAY + 17 * DAY

    night_of(cast.bjorkvik, NOON + 17 * DAY)

    assert open_of(amina) == ["coffee"]
    assert Todo.objects.open().get().due_on >= TODAY + 17 * DAY


def test_a_step_follows_at_once_when_the_one_before_was_not_needed(cast, amina):
    changed(amina, at=NOON)
    Todo.objects.update(closed_at=NOON, closing=Todo.Closing.NOT_NEEDED)

    changed(amina, at=NOON + 12 * DAY)

    assert open_of(amina) == ["coffee"]


def test_a_routine_that_is_off_makes_nothing(cast, amina):
    UnitSetting.objects.create(unit=cast.bjorkvik, key="routine.call.on", value=False, set_at=NOON)

    changed(amina, at=NOON)

    assert open_of(amina) == []


def test_the_associations_own_number_of_days_rules(cast, amina):
    UnitSetting.objects.create(unit=cast.bjorkvik, key="routine.call.days", value=7, set_at=NOON)

    changed(amina, at=NOON)

    assert Todo.objects.get().due_on == TODAY + 7 * DAY


def test_campaign_mode_shortens_the_days(cast, amina):
    UnitSetting.objects.create(unit=cast.bjorkvik, key="rhythm.campaign", value=True, set_at=NOON)

    changed(amina, at=NOON)

    assert Todo.objects.get().due_on == TODAY + DAY


def test_neighbours_are_not_touched(cast, amina):
    join_next_door = make_person(cast.granby, "Nora")
    join(join_next_door, on=TODAY, learned_at=NOON)

    changed(amina, at=NOON)

    assert Todo.objects.get().unit == cast.bjorkvik


def test_those_who_are_told_of_new_to_dos_get_saved_rows(cast, amina):
    told = []

    def on_open(unit, todos, *, at):
        told.extend((unit, todo.pk, todo.person_id, at) for todo in todos)

    with connected(replace(CALL, on_open=on_open)):
        changed(amina, at=NOON)
        changed(amina, at=NOON)

    assert told == [(cast.bjorkvik, Todo.objects.get().pk, amina.pk, NOON)]


def test_a_batch_costs_as_many_statements_for_forty_as_for_one(cast):
    def cost(number):
        people = [make_person(cast.bjorkvik, f"New {number}-{each}") for each in range(number)]
        for person in people:
            join(person, on=TODAY, learned_at=NOON)
        ids = [person.pk for person in people]
        with CaptureQueriesContext(connection) as statements:
            reconsider(cast.bjorkvik.pk, subject="person", ids=ids, by=None, at=NOON)
        return [each["sql"] for each in statements]

    one, forty = cost(1), cost(40)

    assert len(one) == len(forty), "\n".join(forty)
    assert len(one) <= 16


def test_work_is_shared_evenly(cast):
    others = [make_person(cast.bjorkvik, name) for name in ("Ringare Ett", "Ringare Två")]
    for person in others:
        give(person, "caller")
    people = [make_person(cast.bjorkvik, f"New {number}") for number in range(60)]
    for person in people:
        join(person, on=TODAY, learned_at=NOON)

    changed(*people[:31], at=NOON)
    changed(*people[31:], at=NOON)

    owners = [cast.bo.person, *others]
    assert [Todo.objects.filter(owner=owner).count() for owner in owners] == [20, 20, 20]


def test_the_contact_person_comes_first_while_the_mandate_lasts(cast, amina):
    keeps, kept_once = make_person(cast.bjorkvik, "Kim"), make_person(cast.bjorkvik, "Kaj")
    give(keeps, "contact_person")
    give(kept_once, "contact_person", ends_on=TODAY - DAY)
    other = make_person(cast.bjorkvik, "Ove", contact_person=kept_once)
    join(other, on=TODAY, learned_at=NOON)
    Person.objects.filter(pk=amina.pk).update(contact_person=keeps)

    changed(amina, other, at=NOON)

    assert Todo.objects.get(person=amina).owner == keeps
    assert Todo.objects.get(person=other).owner == cast.bo.person


def test_a_contact_person_who_may_not_do_it_does_not_get_it(cast, amina):
    keeps = make_person(cast.bjorkvik, "Kim")
    give(keeps, "contact_person")
    Person.objects.filter(pk=amina.pk).update(contact_person=keeps)

    with connected(replace(CALL, needs="letter:print", owner=("caller",))):
        changed(amina, at=NOON)

    assert Todo.objects.get().owner == cast.siv.person


def test_where_nobody_calls_the_membership_officer_gets_it_and_else_the_chair(cast, amina):
    cast.bo.person.mandates.update(ends_on=TODAY - DAY)
    changed(amina, at=NOON)
    assert Todo.objects.get().owner == cast.siv.person

    Todo.objects.all().delete()
    cast.siv.person.mandates.update(ends_on=TODAY - DAY)
    changed(amina, at=NOON)
    assert Todo.objects.get().owner == cast.alva.person


def test_a_protected_person_is_the_membership_officers_to_do(cast, amina):
    Person.objects.filter(pk=amina.pk).update(protected_at=NOON)

    changed(amina, at=NOON)

    assert Todo.objects.get().owner == cast.siv.person


def test_a_promise_stays_with_its_giver(cast, amina):
    give(cast.cecilia, "caller")
    cecilia = cast.cecilia

    def judge(unit, ids, *, today, settings):
        return Judgement(
            wanted=[Wanted(pk, "promise-1", today, today, today, owner_id=cecilia.pk) for pk in ids]
        )

    with connected(replace(CALL, judge=judge)):
        changed(amina, at=NOON)

    assert Todo.objects.get().owner == cecilia
