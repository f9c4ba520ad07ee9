"""Twenty at the same list: nobody is called by two, nobody is left out."""

import uuid
from collections import Counter

import pytest

from krets.kit.errors import CannotError
from krets.register.members.commands import set_calls
from krets.welcome.calls import commands
from krets.welcome.calls.models import Attempt, Call
from tests.conftest import NOON
from tests.welcome.calls.races import at_once
from tests.welcome.kit import another_caller, new_member, owe, tell

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
WORKERS, CALLS = 20, 45


def test_twenty_callers_take_every_call_once(cast, on_disk):
    for number in range(CALLS):
        owe(new_member(cast.bjorkvik, f"Ny{number}"))
    callers = [another_caller(cast.bjorkvik, f"Ringare{number}") for number in range(WORKERS)]
    on_disk()

    def take_all(caller):
        taken = []
        while call := commands.claim_next(cast.bjorkvik, by=caller, at=NOON):
            taken.append(call.pk)
            tell(call, "talked", by=caller)
        return taken

    taken = Counter(pk for some in at_once(take_all, *callers) for pk in some)

    assert set(taken.values()) == {1}
    assert len(taken) == CALLS


def test_twenty_reach_for_the_same_call_and_one_has_it(cast, on_disk):
    call = owe(new_member(cast.bjorkvik))
    callers = [another_caller(cast.bjorkvik, f"Ringare{number}") for number in range(WORKERS)]
    on_disk()

    def reach(caller):
        try:
            commands.claim(call, by=caller, at=NOON)
        except commands.NotFreeError:
            return 0
        return 1

    assert sum(at_once(reach, *callers)) == 1


def test_a_report_sent_ten_times_at_once_is_one(cast, on_disk):
    call = owe(new_member(cast.bjorkvik))
    commands.claim(call, by=cast.bo, at=NOON)
    key = uuid.UUID(int=1)
    on_disk()

    def send(_turn):
        return tell(call, "talked", by=cast.bo, key=key, note="En rad").pk

    sent = at_once(send, *range(10))
    counted = at_once(lambda _turn: (Attempt.objects.count(), Call.objects.open().count()), 1)

    assert len(set(sent)) == 1
    assert counted == [(1, 0)]


def test_ten_requests_of_one_caller_get_one_call(cast, on_disk):
    for number in range(10):
        owe(new_member(cast.bjorkvik, f"Ny{number}"))
    on_disk()

    taken = at_once(
        lambda _turn: commands.claim_next(cast.bjorkvik, by=cast.bo, at=NOON).pk, *range(10)
    )
    held = at_once(lambda _turn: Call.objects.filter(claimed_by=cast.bo.person).count(), 1)

    assert len(set(taken)) == 1
    assert held == [1]


def test_of_two_talks_told_at_once_one_closes_the_call_and_promises_the_next(cast, on_disk):
    person = new_member(cast.bjorkvik)
    call = owe(person)
    callers = [another_caller(cast.bjorkvik, f"Ringare{number}") for number in range(2)]
    for turn, caller in enumerate(callers):
        commands.claim(call, by=caller, at=NOON + turn * Call.LASTS)
    later = NOON + Call.LASTS
    on_disk()

    def told(caller):
        again_at = later + Call.LASTS
        attempt = tell(
            call, "talked", by=caller, at=later, next_step="call_again", again_at=again_at
        )
        return attempt.before["closed"]

    closed_before = at_once(told, *callers)
    calls = at_once(lambda _turn: Call.objects.filter(person=person).count(), 1)

    assert sorted(closed_before) == [False, True]
    assert calls == [2]


def test_asking_for_no_calls_and_being_taken_in_hand_at_once_ends_without_a_call(cast, on_disk):
    person = new_member(cast.bjorkvik)
    call = owe(person)
    callers = [another_caller(cast.bjorkvik, f"Ringare{number}") for number in range(6)]
    on_disk()

    def act(viewer):
        if viewer is cast.siv:
            return set_calls(person, wanted=False, by=viewer, at=NOON)
        try:
            commands.claim(call, by=viewer, at=NOON)
        except CannotError:
            return None

    at_once(act, *callers[:3], cast.siv, *callers[3:])
    left = at_once(lambda _turn: Call.objects.open().count(), 1)

    assert left == [0]
