import json
from datetime import datetime, timedelta
from io import StringIO

import pytest
import time_machine
from django.core.management import CommandError, call_command

from krets.management.commands.routines import NIGHT
from krets.rhythm.models import Todo
from tests.conftest import NOON, TODAY, make_person
from tests.rhythm.kit import CALL, COFFEE, changed, connected, do, join

DAY = timedelta(days=1)
LAST = TODAY.replace(day=12)


@pytest.fixture(autouse=True)
def _later():
    with time_machine.travel(datetime.combine(LAST, NIGHT), tick=False):
        yield


@pytest.fixture
def waiting(cast):
    """Amina next to a coffee, in Björkvik."""
    with connected(CALL, COFFEE):
        amina = make_person(cast.bjorkvik, "Amina")
        join(amina, on=TODAY, learned_at=NOON)
        changed(amina, at=NOON)
        do(amina, "called", at=NOON)
        yield


def told(*words):
    out = StringIO()
    call_command("routines", *words, stdout=out)
    return out.getvalue()


def test_a_day_is_run_and_told_in_numbers(waiting):
    assert "0 made" in told("--date", "2026-03-03")

    assert json.loads(told("--date", "2026-03-12", "--json")) == {
        "date": "2026-03-12",
        "made": {"coffee": 1},
        "reopened": {},
        "closed": {},
        "escalated": 0,
    }
    assert Todo.objects.open().get().routine == "coffee"


def test_only_the_named_association_is_run(waiting):
    told("--date", "2026-03-12", "--unit", "granby")
    assert not Todo.objects.open().exists()

    told("--date", "2026-03-12", "--unit", "bjorkvik")
    assert Todo.objects.open().exists()


def test_what_is_no_day_is_said_to_be_none(waiting):
    with pytest.raises(CommandError, match="foo is no day"):
        told("--date", "foo")


def test_an_unknown_association_is_refused(waiting):
    with pytest.raises(CommandError, match="no association"):
        told("--unit", "nowhere")


def test_a_day_to_come_is_not_run(waiting):
    with pytest.raises(CommandError, match="2026-03-13 has not come yet"):
        told("--date", "2026-03-13")

    assert not Todo.objects.open().exists()
