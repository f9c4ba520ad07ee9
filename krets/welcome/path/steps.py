"""The steps of the welcome path, in order. Later stages of the product add theirs here."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Done:
    """That a step was taken: when, by whom, what to say of it, and if somebody said so by hand."""

    at: datetime | date
    who: str = ""
    words: str = ""
    by_hand: bool = False


@dataclass(frozen=True)
class Step:
    """One step of a new member's path.

    `days` is how long after the joining it is due, `until` the day from which the next step has
    taken its place (None for the last one), `done(progress)` returns a Done or None, and
    `blocked(progress)` says in words why it cannot be taken, or an empty string.
    """

    key: str
    title: Any
    days: int
    until: int | None
    routine: str
    done: Callable[[Any], Done | None]
    blocked: Callable[[Any], str]


def _letter_done(progress):
    return progress.letter or progress.otherwise.get(LETTER.routine)


def _call_done(progress):
    return progress.talk or progress.otherwise.get(CALL.routine)


def _wants_done(progress):
    return progress.wants or progress.otherwise.get(WANTS.routine)


def _never(_progress):
    return ""


def _no_calls(progress):
    if progress.no_calls:
        return _("Does not want calls")
    if progress.given_up:
        return _("Tried three times, wrote instead")
    return ""


LETTER = Step("letter", _("Letter"), 1, 2, "welcome_letter", _letter_done, _never)
CALL = Step("call", _("Call"), 2, 21, "welcome_call", _call_done, _no_calls)
WANTS = Step("wants", _("Wants"), 21, None, "welcome_wants", _wants_done, _no_calls)

STEPS = (LETTER, CALL, WANTS)


def occasion_of(membership_id, key="membership"):
    """Return the occasion of a step's to-do: once for each membership."""
    return f"{key}:{membership_id}"


def step_called(key):
    """Return the step with the key, or None."""
    return next((step for step in STEPS if step.key == key), None)
