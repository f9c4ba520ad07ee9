"""What calls do by themselves at night, in each association apart."""

import pytest

from krets.kit.jobs.queue import enqueue
from krets.kit.jobs.worker import run_pending
from krets.register.models import Fee, Membership
from krets.welcome.calls import commands
from krets.welcome.calls import jobs as calls
from krets.welcome.calls.models import Call, CallReason, Draft
from krets.welcome.leavers import jobs as leavers
from tests.conftest import NOON, TODAY
from tests.welcome.kit import days, new_member, owe

pytestmark = pytest.mark.django_db


@pytest.fixture
def both(cast):
    """Return a call owed in each of two associations."""
    return [owe(new_member(unit)) for unit in (cast.bjorkvik, cast.granby)]


def leave_unheard(both):
    """Let both leave in a way that no command told of."""
    left = Membership.objects.filter(person__in=[call.person_id for call in both])
    left.update(left_on=TODAY, left_learned_at=NOON)


def test_each_association_closes_what_is_not_to_be_made(both):
    leave_unheard(both)

    enqueue(calls.NIGHT, at=NOON)
    run_pending(NOON)

    assert list(Call.objects.values_list("closing", flat=True)) == ["not_needed"] * 2


def test_one_association_that_fails_holds_no_other_up(cast, both, monkeypatch):
    leave_unheard(both)
    close_needless = commands.close_needless

    def ill(unit, **signed):
        if unit == cast.bjorkvik:
            raise RuntimeError
        return close_needless(unit, **signed)

    monkeypatch.setattr(commands, "close_needless", ill)
    enqueue(calls.NIGHT, at=NOON)
    run_pending(NOON, raising=False)

    assert list(Call.objects.order_by("unit").values_list("closing", flat=True)) == [
        "",
        "not_needed",
    ]


def test_drafts_are_thrown_away_a_week_after_the_last_word(cast, both):
    for call, saved_at in zip(both, (NOON - days(8), NOON - days(6)), strict=True):
        Draft.objects.create(
            unit=call.unit, call=call, by=cast.bo.person, answers="{}", saved_at=saved_at
        )

    enqueue(calls.NIGHT, at=NOON)
    run_pending(NOON)

    assert [draft.call for draft in Draft.objects.all()] == [both[1]]


def test_each_association_lets_calls_about_a_fee_that_came_in_go(cast):
    unpaid = [
        new_member(unit, joined_on=TODAY - days(2000), fee_told_year=TODAY.year)
        for unit in (cast.bjorkvik, cast.granby)
    ]
    for person in unpaid:
        owe(person, kind=CallReason.Kind.FEE)
        Fee.objects.create(unit=person.unit, person=person, year=TODAY.year, learned_at=NOON)

    enqueue(leavers.NIGHT, at=NOON)
    run_pending(NOON)

    assert list(Call.objects.values_list("closing", flat=True)) == ["not_needed"] * 2
