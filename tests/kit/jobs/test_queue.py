from datetime import date, timedelta
from uuid import UUID

import pytest
from django.db import transaction
from django_tasks_db.models import DBTaskResult

from krets.kit.jobs.queue import enqueue, job
from krets.kit.jobs.worker import run_pending
from tests.conftest import NOON
from tests.kit.jobs.samples import SECRET, effects, row

pytestmark = pytest.mark.django_db


def test_a_name_nobody_answers_to_is_refused():
    with pytest.raises(KeyError):
        enqueue("samples.unheard_of", at=NOON)

    assert list(DBTaskResult.objects.all()) == []


def test_a_job_is_left_only_if_its_cause_is():
    with transaction.atomic():
        enqueue("samples.write", at=NOON, word="one")
        transaction.set_rollback(True)

    assert run_pending(NOON) == 0
    assert effects() == []


def test_a_job_waits_for_its_time():
    enqueue("samples.write", at=NOON + timedelta(days=3), word="later")

    early = run_pending(NOON + timedelta(days=3, seconds=-1))
    in_time = run_pending(NOON + timedelta(days=3))

    assert (early, in_time) == (0, 1)
    assert effects() == ["later"]


def test_jobs_are_done_in_the_order_of_their_times():
    enqueue("samples.write", at=NOON, word="second")
    enqueue("samples.write", at=NOON - timedelta(hours=1), word="first")
    enqueue("samples.urgent", at=NOON, word="urgent")

    run_pending(NOON)

    assert effects() == ["urgent", "first", "second"]


def test_a_job_gets_the_moment_and_the_unit_if_it_asks():
    enqueue("samples.tell", at=NOON - timedelta(hours=1), unit_id=7, word="told")

    run_pending(NOON)

    assert effects() == [f"told:7:{NOON.isoformat()}"]


def test_ids_days_and_codes_are_kept_as_json():
    key = UUID("12345678-1234-5678-1234-567812345678")
    enqueue("samples.write", at=NOON, day=date(2026, 3, 2), key=key, ids=(1, 2), more={"a": None})

    assert row().args_kwargs["kwargs"]["arguments"] == {
        "day": "2026-03-02",
        "key": str(key),
        "ids": [1, 2],
        "more": {"a": None},
    }


@pytest.mark.parametrize("value", [SECRET, "Åsa", "a@example.org", 1.5, object()])
def test_what_people_wrote_or_are_called_is_no_argument(value):
    with pytest.raises(ValueError, match="ids and short codes only") as refusal:
        enqueue("samples.write", at=NOON, word=value)

    assert str(value) not in str(refusal.value)


def test_two_jobs_do_not_share_a_name():
    with pytest.raises(ValueError, match=r"samples\.write"):

        @job("samples.write")
        def another():
            """Is never called."""
