from datetime import timedelta

import pytest
from django.urls import reverse

from krets.kit.jobs.worker import run_pending
from krets.register.models import UnitSetting
from krets.rhythm.models import Todo, Watch
from tests.conftest import NOON, TODAY, make_person
from tests.rhythm.kit import FEE, changed, connected, join

pytestmark = pytest.mark.usefixtures("routines")


@pytest.fixture
def as_alva(client, cast):
    client.force_login(cast.alva.account)
    return client


@pytest.fixture
def amina(cast):
    person = make_person(cast.bjorkvik, "Amina", "Yusuf")
    join(person, on=TODAY, learned_at=NOON)
    return person


def address(name, *args):
    return reverse(f"rhythm:routines:{name}", args=["bjorkvik", *args])


def words_of(response):
    return " ".join(response.content.decode().split())


def test_every_routine_is_listed_with_its_days(as_alva):
    page = words_of(as_alva.get(address("routines")))

    assert "Days until the call: 2" in page
    assert "Coffee" in page


def test_the_list_tells_how_much_there_is_to_do_and_how_much_is_late(as_alva, amina, time_machine):
    time_machine.move_to(NOON)
    changed(amina, at=NOON)
    Todo.objects.update(due_on=TODAY - timedelta(days=1))

    page = words_of(as_alva.get(address("routines")))

    assert page.count("1 to do now.") == 1
    assert page.count("1 has waited longer than intended.") == 1
    assert "Amina" not in page


def test_days_are_set_within_their_bounds(cast, as_alva):
    assert as_alva.post(address("routine", "call"), {"on": "on", "days": 8}).status_code == 422
    assert not UnitSetting.objects.exists()

    answer = as_alva.post(address("routine", "call"), {"on": "on", "days": 4}, follow=True)

    assert "Days until the call: 4" in words_of(answer)
    setting = UnitSetting.objects.get()
    assert (setting.key, setting.value, setting.set_by) == (
        "routine.call.days",
        4,
        cast.alva.account,
    )


def test_a_routine_switched_off_lays_its_to_dos_down(as_alva, amina):
    changed(amina, at=NOON)

    as_alva.post(address("routine", "call"), {"days": 2})

    assert Todo.objects.get(routine="call").closing == Todo.Closing.OFF
    as_alva.post(address("routine", "coffee"), {"days": 10})
    assert not Watch.objects.exists()


def test_a_routine_switched_off_and_on_again_forgets_nothing(as_alva, amina, time_machine):
    time_machine.move_to(NOON)
    changed(amina, at=NOON)
    before = Todo.objects.get(routine="call")

    as_alva.post(address("routine", "call"), {"days": 2})
    as_alva.post(address("routine", "call"), {"on": "on", "days": 2})
    run_pending(NOON + timedelta(minutes=1))

    after = Todo.objects.get(routine="call")
    assert after.is_open
    assert (after.due_on, after.fact_on) == (before.due_on, before.fact_on)


def test_before_a_routine_is_switched_off_its_page_counts_what_it_takes_away(as_alva, amina):
    changed(amina, at=NOON)

    page = words_of(as_alva.get(address("routine", "call")))
    empty = words_of(as_alva.get(address("routine", "coffee")))

    assert "Switched off, it takes 1 to-do off the lists." in page
    assert "Amina" not in page
    assert "There is nothing to take off the lists right now." in empty


def test_that_a_routine_was_switched_off_can_be_undone(as_alva, amina, time_machine):
    time_machine.move_to(NOON)
    changed(amina, at=NOON)
    before = Todo.objects.get(routine="call")

    off = as_alva.post(address("routine", "call"), {"days": 2}, follow=True)
    back = as_alva.post(address("undo", "call"), follow=True)
    run_pending(NOON + timedelta(minutes=1))

    assert "The routine is off. 1 to-do is off the lists." in words_of(off)
    assert f'action="{address("undo", "call")}"' in words_of(off)
    assert "It is on again." in words_of(back)
    after = Todo.objects.get(routine="call")
    assert after.is_open
    assert (after.due_on, after.owner) == (before.due_on, before.owner)


def test_only_who_sets_routines_undoes_that_one_was_switched_off(client, cast):
    client.force_login(cast.bo.account)
    as_bo = client.post(address("undo", "call"))
    client.force_login(cast.alva.account)

    assert as_bo.status_code == 404
    assert client.get(address("undo", "call")).status_code == 405
    assert client.post(address("undo", "gone")).status_code == 404


@pytest.mark.parametrize(
    ("due_in", "days_off", "comes_back_in"),
    [
        (-9, 3, -9),  # It was late, and is as late as it was.
        (1, 0, 1),
        (1, 4, 4),  # Its day passed while it was off.
        (30, 4, 30),  # It had been moved to a later day than the routine asks for.
    ],
)
def test_what_was_laid_down_comes_back_with_its_day_and_put_off_as_it_was(
    cast, as_alva, time_machine, due_in, days_off, comes_back_in
):
    time_machine.move_to(NOON)
    long_ago, put_off = NOON - timedelta(days=20), TODAY + timedelta(days=20)
    amina = make_person(cast.bjorkvik, "Amina", "Yusuf")
    join(amina, on=long_ago.date(), learned_at=long_ago)
    changed(amina, at=NOON)
    todos = Todo.objects.filter(routine="call")
    todos.update(due_on=TODAY + timedelta(days=due_in), snoozed_until=put_off, snoozes=1)

    as_alva.post(address("routine", "call"), {"days": 2})
    time_machine.move_to(NOON + timedelta(days=days_off))
    as_alva.force_login(cast.alva.account)
    as_alva.post(address("undo", "call"))
    run_pending(NOON + timedelta(days=days_off, minutes=1))

    todo = todos.get()
    assert todo.due_on == TODAY + timedelta(days=comes_back_in)
    assert (todo.snoozed_until, todo.snoozes) == (put_off, 1)


def test_a_day_of_the_year_is_chosen_as_people_say_it(as_alva):
    fee = address("routine", "fee")
    told = {"on": "on", "counts_from_month": 9, "from_day_0": 1, "from_day_1": 9}

    with connected(FEE):
        page = words_of(as_alva.get(address("routines")))
        refused = as_alva.post(fee, told | {"from_day_0": 31})
        too_early = as_alva.post(fee, told | {"from_day_0": 14, "from_day_1": 3})
        saved = words_of(as_alva.post(fee, told, follow=True))

    assert "First day: 15 August" in page
    assert "From month: October" in page
    assert refused.status_code == 422
    assert "There is no such day." in words_of(refused)
    assert "Choose a day from 15 March to 30 November." in words_of(too_early)
    assert "First day: 1 September" in saved
    assert "From month: September" in saved
    assert UnitSetting.objects.get(key="routine.fee.from_day").value == 901


def test_a_routine_switched_on_judges_everyone(cast, as_alva, amina, time_machine):
    time_machine.move_to(NOON)
    UnitSetting.objects.create(unit=cast.bjorkvik, key="routine.call.on", value=False, set_at=NOON)

    as_alva.post(address("routine", "call"), {"on": "on", "days": 2})
    run_pending(NOON + timedelta(minutes=1))

    assert Todo.objects.get().routine == "call"


def test_new_days_move_what_nobody_has_begun(cast, as_alva, time_machine):
    time_machine.move_to(NOON)
    amina, tuan = (make_person(cast.bjorkvik, name) for name in ("Amina", "Tuan"))
    for person in (amina, tuan):
        join(person, on=TODAY, learned_at=NOON)
    changed(amina, tuan, at=NOON)
    Todo.objects.filter(person=tuan).update(touched_at=NOON)

    as_alva.post(address("routine", "call"), {"on": "on", "days": 4})
    run_pending(NOON + timedelta(minutes=1))
    longer = dict(Todo.objects.values_list("person__first_name", "due_on"))
    time_machine.move_to(NOON + timedelta(days=2))
    as_alva.force_login(cast.alva.account)
    as_alva.post(address("campaign"), {"on": "1"})
    run_pending(NOON + timedelta(days=2, minutes=1))

    assert longer == {"Amina": TODAY + timedelta(days=4), "Tuan": TODAY + timedelta(days=2)}
    # A day after the joining has passed: it is due now, and not late.
    assert Todo.objects.get(person=amina).due_on == TODAY + timedelta(days=2)


def test_campaign_mode_is_one_switch(cast, as_alva, amina, time_machine):
    time_machine.move_to(NOON)

    answer = as_alva.post(address("campaign"), {"on": "1"}, follow=True)
    run_pending(NOON + timedelta(minutes=1))

    assert "in campaign mode, otherwise 2" in words_of(answer)
    assert Todo.objects.get().due_on == TODAY + timedelta(days=1)
    answer = as_alva.post(address("campaign"), follow=True)
    assert "Days until the call: 2</span>" in words_of(answer)


def test_callers_do_not_set_routines(client, cast):
    client.force_login(cast.bo.account)

    assert client.get(address("routines")).status_code == 404
    assert client.post(address("routine", "call"), {}).status_code == 404


def test_an_unknown_routine_is_not_there(as_alva):
    assert as_alva.get(address("routine", "gone")).status_code == 404
