"""Which routines there are for an association, and where something falls due."""

import re
from dataclasses import dataclass, replace
from datetime import timedelta

from krets.kit.contributions import Routine
from krets.register.mandates.models import Mandate
from krets.rhythm.routines import registry
from krets.rhythm.routines.chosen import CAMPAIGN, Chosen
from krets.rhythm.routines.models import Watch
from krets.rhythm.routines.shapes import in_words
from krets.rhythm.todos.models import Todo
from krets.rhythm.todos.queries import open_of_routines

SETTING = re.compile(r"routine\.(\w+)\.(\w+)")

LAPSED_LATELY = timedelta(days=60)


@dataclass(frozen=True)
class RoutineSet:
    """A routine as an association has set it: its own numbers, and those that rule today.

    `open` is how many of its to-dos are open, where asked for, `late` how many have passed their
    day.
    """

    routine: Routine
    on: bool
    own: dict
    ruling: dict
    open: int = 0
    late: int = 0

    @property
    def numbers(self):
        """Its numbers in words: label, the value that rules, and the association's own."""
        labels, shapes = self.routine.labels, self.routine.shapes
        return [
            {
                "label": labels.get(name, name),
                "value": in_words(shapes.get(name), value),
                "own": in_words(shapes.get(name), self.own[name]),
            }
            for name, value in self.ruling.items()
        ]


def routines_of(unit):
    """Return every routine as the unit has set it, and whether it is in campaign mode."""
    chosen = Chosen.by(unit)
    return [_as_set(routine, chosen) for routine in registry.routines()], chosen.campaign


def with_open(rows, unit, today):
    """Return the RoutineSets with how many to-dos they have. One statement."""
    found = open_of_routines(unit, today)
    nothing = (0, 0)
    return [
        replace(row, open=number, late=late)
        for row in rows
        for number, late in [found.get(row.routine.key, nothing)]
    ]


def routine_of(unit, routine):
    """Return one routine as the unit has set it."""
    return _as_set(routine, Chosen.by(unit))


def routine_called(key):
    """Return the routine with the key, None where the code no longer knows it."""
    return registry.get(key)


def routine_and_number(key):
    """Return (routine, name of its number or "on") of a stored setting's key, else (None, "").

    Campaign mode is of no routine: its name stands alone.
    """
    if key == CAMPAIGN:
        return None, CAMPAIGN
    found = SETTING.fullmatch(key)
    return (registry.get(found[1]), found[2]) if found else (None, "")


def all_routines():
    """Return every routine, in the order they are judged."""
    return registry.routines()


def settings_of_routine(unit, key):
    """Return {name: number} that rule for one routine in the unit today; {} for an unknown one."""
    chosen, routine = Chosen.by(unit), registry.get(key)
    return chosen.of(routine) if routine else {}


def units_with_something_due(today):
    """Return the ids of units where the night run has work. Three statements for all units."""
    watched = Watch.objects.filter(next_on__lte=today).order_by().values_list("unit_id")
    late = Todo.objects.open().filter(escalations__lt=2, due_on__lt=today - timedelta(days=1))
    found = {pk for (pk,) in watched.distinct()}
    found |= {pk for (pk,) in late.order_by().values_list("unit_id").distinct()}
    return sorted(found | set(units_where_mandates_lapsed(today)))


def units_where_mandates_lapsed(today):
    """Return the ids of units where a term ran out lately: to-dos may have lost their owner."""
    lapsed = Mandate.objects.filter(
        ended_at=None, ends_on__lt=today, ends_on__gte=today - LAPSED_LATELY
    )
    return [pk for (pk,) in lapsed.order_by().values_list("unit_id").distinct()]


def due_subjects(unit, subject, today, *, after, limit):
    """Return (subject ids to look at today beyond `after`, the keys of the routines that ask)."""
    keys = registry.keys(subject)
    rows = Watch.objects.of(unit).filter(routine__in=keys, next_on__lte=today, subject_id__gt=after)
    ids = list(rows.order_by("subject_id").values_list("subject_id", flat=True).distinct()[:limit])
    return ids, set(rows.filter(subject_id__in=ids).values_list("routine", flat=True))


def _as_set(routine, chosen):
    return RoutineSet(routine, chosen.is_on(routine), chosen.own(routine), chosen.of(routine))


def keys_of_kind(kind):
    """Return the keys of the routines about persons of the kind: "call", "letter"."""
    return [routine.key for routine in registry.routines("person") if routine.kind == kind]
