"""Commands: what one knows for itself and for those it calls."""

import pytest

from krets.kit.audit import trail
from krets.kit.commands import command, once
from tests.conftest import NOON

pytestmark = pytest.mark.django_db


@pytest.fixture
def ask():
    """Return what asks once, and how often it was answered."""
    answers = []

    def ask():
        return once("key", lambda: answers.append("answer") or len(answers))

    return ask


@command
def inner(ask, *, by, at):
    trail.nothing("a test")
    return ask()


def test_an_inner_command_knows_what_the_outer_one_has_asked(ask):
    @command
    def outer(*, by, at):
        trail.nothing("a test")
        return ask(), inner(ask, by=by, at=at), ask()

    assert outer(by=None, at=NOON) == (1, 1, 1)


def test_the_outer_command_asks_for_itself_what_an_inner_one_asked(ask):
    @command
    def outer(*, by, at):
        trail.nothing("a test")
        return inner(ask, by=by, at=at), ask()

    assert outer(by=None, at=NOON) == (1, 2)


def test_the_next_command_asks_anew_and_so_does_whoever_is_outside(ask):
    asked = [inner(ask, by=None, at=NOON), inner(ask, by=None, at=NOON), ask(), ask()]

    assert asked == [1, 2, 3, 4]
