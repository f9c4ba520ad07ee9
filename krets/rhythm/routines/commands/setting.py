"""How an association sets its routines."""

from django.utils.translation import gettext as _

from krets import events
from krets.kit.audit import trail
from krets.kit.commands import command
from krets.kit.errors import CannotError
from krets.kit.jobs.queue import enqueue
from krets.register.organisation.commands import set_setting
from krets.register.organisation.models import Unit
from krets.rhythm.routines import registry
from krets.rhythm.routines.chosen import CAMPAIGN, Chosen, key_of
from krets.rhythm.routines.models import Watch
from krets.rhythm.todos.models import Todo

AGAIN = "rhythm.routines.again"


class OutOfBoundsError(CannotError):
    """A number below the floor or above the ceiling that the routine declares."""


@command
def set_routine(unit, *, routine, on, numbers, by, at):
    """Switch a routine on or off and set its numbers {name: number}.

    Switched off, its open to-dos are closed; switched on, those still needed are given back as
    they stood. Anything but switching off makes it judge everyone again, in the background.
    """
    chosen = Chosen.by(unit)
    for name, number in numbers.items():
        _refuse_out_of_bounds(routine, name, number)
    was_on, old = chosen.is_on(routine), chosen.own(routine)
    changed = {name: number for name, number in numbers.items() if old[name] != number}
    for name, number in changed.items():
        set_setting(unit, key=key_of(routine, name), value=number, by=by, at=at)
    if on != was_on:
        set_setting(unit, key=key_of(routine, "on"), value=on, by=by, at=at)
    if was_on and not on:
        _lay_down(unit, routine, by, at)
    elif on and (changed or not was_on):
        enqueue(AGAIN, at=at, unit_id=unit.pk, routine=routine.key)
    trail.nothing("each setting has left its own line")
    return bool(changed) or on != was_on


@command
def set_campaign(unit, *, on, by, at):
    """Switch campaign mode: an election year's shorter days, in one go."""
    if Chosen.by(unit).campaign == on:
        trail.nothing("it was so already")
        return False
    set_setting(unit, key=CAMPAIGN, value=on, by=by, at=at)
    for routine in registry.routines():
        if routine.campaign:
            enqueue(AGAIN, at=at, unit_id=unit.pk, routine=routine.key)
    return True


def _lay_down(unit, routine, by, at):
    Unit.objects.in_turn(unit.pk)
    Todo.objects.of(unit).open().filter(routine=routine.key).update(
        closed_at=at, closed_by=by.account, closing=Todo.Closing.OFF
    )
    Watch.objects.of(unit).filter(routine=routine.key).delete()
    events.publish(events.RoutineSwitchedOff(unit.pk), at=at)


def _refuse_out_of_bounds(routine, name, number):
    _default, floor, ceiling = routine.settings[name]
    if not floor <= number <= ceiling:
        raise OutOfBoundsError(
            _("Choose a number between %(floor)d and %(ceiling)d.")
            % {"floor": floor, "ceiling": ceiling}
        )
