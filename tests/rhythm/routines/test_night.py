from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from krets.kit.jobs.queue import enqueue
from krets.kit.jobs.worker import run_pending
from krets.register.models import Mandate
from krets.rhythm.models import Todo, Watch
from krets.rhythm.routines import jobs, queries
from tests.conftest import NOON, TODAY, give, make_person
from tests.rhythm.kit import changed, do, join, night_of

pytestmark = pytest.mark.usefixtures("routines")

DAY = timedelta(days=1)
NIGHT = datetime(2026, 3, 3, 4, 10, tzinfo=ZoneInfo("Europe/Stockholm"))


@pytest.fixture
def amina(cast):
    person = make_person(cast.bjorkvik, "Amina", "Yusuf")
    join(person, on=TODAY, learned_at=NOON)
    changed(person, at=NOON)
    return person


def test_the_night_makes_what_has_fallen_due(cast, amina):
    do(amina, "called", at=NOON)

    outcome = night_of(cast.bjorkvik, NIGHT + 10 * DAY)

    assert dict(outcome.made) == {"coffee": 1}
    assert Todo.objects.open().get().routine == "coffee"


def test_a_second_night_makes_nothing_more(cast, amina):
    do(amina, "called", at=NOON)
    night_of(cast.bjorkvik, NIGHT + 10 * DAY)

    outcome = night_of(cast.bjorkvik, NIGHT + 10 * DAY)

    assert (dict(outcome.made), dict(outcome.closed)) == ({}, {})


def test_after_a_weeks_stop_each_thing_comes_once(cast, amina):
    do(amina, "called", at=NOON)

    outcome = night_of(cast.bjorkvik, NIGHT + 17 * DAY)

    assert dict(outcome.made) == {"coffee": 1}
    assert Todo.objects.filter(routine="coffee").count() == 1


def test_nothing_is_looked_at_before_its_day(cast, amina):
    do(amina, "called", at=NOON)

    night_of(cast.bjorkvik, NIGHT + 8 * DAY)

    assert not Todo.objects.open().exists()


def test_the_night_costs_no_more_for_members_with_nothing_due(cast, amina):
    def cost():
        with CaptureQueriesContext(connection) as statements:
            night_of(cast.bjorkvik, NIGHT)
        return len(statements)

    alone = cost()
    for number in range(30):
        join(make_person(cast.bjorkvik, f"Old {number}"), on=TODAY, learned_at=NOON)

    assert cost() == alone


def test_one_job_is_left_for_each_unit_with_something_due(cast, amina):
    do(amina, "called", at=NOON)
    at = NIGHT + 10 * DAY

    assert queries.units_with_something_due(at.date()) == [cast.bjorkvik.pk]
    enqueue(jobs.night.job, at=at)
    run_pending(at)

    assert Todo.objects.open().get().routine == "coffee"


def test_an_untouched_call_goes_to_the_membership_officer_a_day_after_due(cast, amina):
    # Due on Wednesday 4 March: all of Thursday is left to it.
    night_of(cast.bjorkvik, NIGHT + 2 * DAY)
    assert Todo.objects.get().owner == cast.bo.person

    outcome = night_of(cast.bjorkvik, NIGHT + 3 * DAY)

    todo = Todo.objects.get()
    assert outcome.escalated == 1
    assert (todo.owner, todo.escalations) == (cast.siv.person, 1)


def test_seven_days_later_it_is_counted_for_the_board(cast, amina):
    night_of(cast.bjorkvik, NIGHT + 3 * DAY)
    night_of(cast.bjorkvik, NIGHT + 10 * DAY)
    assert not Todo.objects.counted_for_the_board().exists()

    night_of(cast.bjorkvik, NIGHT + 13 * DAY)

    assert Todo.objects.counted_for_the_board().get().owner == cast.siv.person


def test_after_a_stop_it_goes_one_step_at_a_time(cast, amina):
    night_of(cast.bjorkvik, NIGHT + 30 * DAY)

    assert Todo.objects.get(routine="call").escalations == 1


def test_other_routines_wait_seven_days(cast, amina):
    Todo.objects.update(routine="coffee")
    night_of(cast.bjorkvik, NIGHT + 7 * DAY)
    assert Todo.objects.get(routine="coffee").escalations == 0

    night_of(cast.bjorkvik, NIGHT + 9 * DAY)

    assert Todo.objects.get(routine="coffee").escalations == 1


def test_nothing_is_passed_on_over_a_weekend(cast, amina):
    Todo.objects.update(due_on=date(2026, 3, 5))
    saturday = NIGHT + 4 * DAY

    assert night_of(cast.bjorkvik, saturday).escalated == 0
    assert night_of(cast.bjorkvik, saturday + DAY).escalated == 0
    assert night_of(cast.bjorkvik, saturday + 2 * DAY).escalated == 1


@pytest.mark.parametrize("sign", ["touched_at", "snoozed_until"])
def test_what_was_touched_or_put_off_waits_longer(cast, amina, sign):
    later = {"touched_at": NOON + 3 * DAY, "snoozed_until": TODAY + 3 * DAY}
    Todo.objects.update(**{sign: later[sign]})

    assert night_of(cast.bjorkvik, NIGHT + 3 * DAY).escalated == 0


def test_an_ended_mandate_gives_its_to_dos_to_the_next(cast, amina):
    other = make_person(cast.bjorkvik, "Britt")
    give(other, "caller")
    Mandate.objects.filter(person=cast.bo.person).update(ends_on=TODAY)

    night_of(cast.bjorkvik, NIGHT)

    assert Todo.objects.get().owner == other


def test_a_unit_where_a_term_ran_out_is_visited(cast, amina):
    Mandate.objects.filter(person=cast.gun).delete()
    Mandate.objects.filter(person=cast.doris.person, kind="chair").update(ends_on=TODAY)
    Watch.objects.all().delete()

    assert queries.units_with_something_due(TODAY + DAY) == [cast.granby.pk]


def test_what_nobody_had_gets_an_owner(cast, amina):
    Todo.objects.update(owner=None)

    night_of(cast.bjorkvik, NIGHT)

    assert Todo.objects.get().owner == cast.bo.person
