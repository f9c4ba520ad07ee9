"""Everybody who joined lately, and how well they were met."""

from dataclasses import dataclass
from datetime import timedelta

from django.utils import timezone

from krets.register.access.scope import Fields
from krets.register.members.models import Person
from krets.welcome.path.queries.progress import progress_of
from krets.welcome.path.queries.states import LASTS, NOW, states_of
from krets.welcome.path.steps import CALL

SOON, WEEK = timedelta(hours=48), 7


@dataclass(frozen=True)
class Row:
    """One new member and the steps."""

    person: object
    joined_on: object
    new_on: object
    states: list
    waiting: bool


@dataclass(frozen=True)
class Figure:
    """How many of how many; only those whose time is over are counted."""

    number: int
    of: int


@dataclass(frozen=True)
class Overview:
    """The grid of new members, longest wait first, with the figures above it."""

    rows: list[Row]
    in_48_hours: Figure
    in_7_days: Figure
    since: object
    any_from_first_file: bool = False

    @property
    def waiting(self):
        return sum(row.waiting for row in self.rows)


def overview(unit, scope, *, at, on_paper=False):
    """Return everybody who is new in the last 120 days. Constant statements."""
    today = timezone.localdate(at)
    since = today - timedelta(days=LASTS)
    found = progress_of(unit, new_from=since)
    people = _people(unit, scope, found)
    rows = [
        _row(people[person_id], progress, today, on_paper)
        for person_id, progress in found.items()
        if person_id in people
    ]
    rows.sort(key=lambda row: (not row.waiting, row.new_on, row.person.sort_key, row.person.pk))
    counted = [progress for progress in found.values() if not progress.first_import]
    return Overview(
        rows=rows,
        in_48_hours=_reached(counted, at, _within_48_hours, SOON),
        in_7_days=_reached(counted, at, _within_a_week, timedelta(days=WEEK)),
        since=since,
        any_from_first_file=len(counted) < len(found),
    )


def _people(unit, scope, found):
    if Fields.NAME not in scope.fields:
        return {}
    names = ("first_name", "last_name", "register_number", "sort_key", "unit_id", "trail_key")
    people = Person.objects.of(unit).listed().filter(pk__in=list(found)).only(*names)
    return {person.pk: person for person in people}


def _row(person, progress, today, on_paper):
    states = states_of(progress, today, on_paper=on_paper)
    waiting = any(state.state == NOW for state in states)
    return Row(person, progress.joined_on, progress.new_on, states, waiting)


def _reached(counted, at, is_reached, time_given):
    """Count from the day of joining, and only those who have had the time given."""
    out_of_time = timezone.localdate(at - time_given)
    over = [progress for progress in counted if progress.new_on < out_of_time]
    return Figure(sum(is_reached(progress) for progress in over), len(over))


def _within_48_hours(progress):
    # Registers know the day of joining, not the hour: two whole days after it are given.
    return _days_to_talk(progress) <= SOON.days


def _within_a_week(progress):
    return _days_to_talk(progress) <= WEEK


def _days_to_talk(progress):
    # Whoever was met instead was reached, too.
    reached = CALL.done(progress)
    return (timezone.localdate(reached.at) - progress.new_on).days if reached else LASTS
