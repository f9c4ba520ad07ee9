"""What people do to their to-dos: put off, hand over, be done with, and take back."""

from datetime import timedelta

from django.db.models import F
from django.utils import timezone
from django.utils.dateparse import parse_date, parse_datetime
from django.utils.translation import gettext as _

from krets import events
from krets.events import PeopleChanged, UnitChanged
from krets.kit.audit import trail
from krets.kit.commands import command
from krets.kit.errors import CannotError
from krets.register.access.permissions import Permission
from krets.register.organisation.models import Unit
from krets.rhythm.todos.models import Todo, fresh_for
from krets.rhythm.todos.queries import may_do

MOST_SNOOZES = 2
LONGEST_SNOOZE = timedelta(days=31)
UNDO_LASTS = timedelta(minutes=15)


class ClosedTodoError(CannotError):
    """Somebody else, or the data, closed the to-do meanwhile."""


class SnoozedEnoughError(CannotError):
    """The to-do was put off twice already."""


class WrongDayError(CannotError):
    """A day that one cannot put off to."""


class CannotTakeOverError(CannotError):
    """The person does not hold a mandate for this."""


class TooLateToUndoError(CannotError):
    """The last act is too old, or was somebody else's."""


@command
def snooze(todo, *, until, by, at):
    """Put a to-do off to a later day; at most twice."""
    today = timezone.localdate(at)
    if not today < until <= today + LONGEST_SNOOZE:
        raise WrongDayError(_("Choose a day from tomorrow to a month from now."))
    if todo.snoozes >= MOST_SNOOZES and todo.is_open:
        raise SnoozedEnoughError(
            _("This has been put off twice. Hand it over, or say why it is not needed.")
        )
    _act(todo, by, at, snoozed_until=until, snoozes=F("snoozes") + 1)
    trail.record("todo.snoozed", todo, by=by, at=at, until=until)


@command
def hand_over(todo, *, to_person, by, at, needs=Permission.TODO_ACT):
    """Give a to-do to somebody else who holds a mandate that grants `needs`.

    Nothing is put off for them, but what rests until an agreed day goes on resting.
    """
    if not may_do(todo.unit_id, to_person, needs, timezone.localdate(at)):
        raise CannotTakeOverError(
            _("%(name)s holds no mandate for this now. Choose somebody else.")
            % {"name": to_person.called}
        )
    rests = None if todo.snoozes else todo.snoozed_until
    fresh = {"snoozed_until": rests, "snoozes": 0, "escalations": 0, "escalated_at": None}
    _act(todo, by, at, owner=to_person, **fresh)
    trail.record("todo.handed_over", todo, by=by, at=at, to=trail.key_of(to_person))
    if todo.person_id:
        events.publish(events.TodosMoved(todo.unit_id, (todo.person_id,)), at=at)


@command
def follow(unit, *, person_ids, routines, to_person, by, at):
    """Give the open to-dos of these routines about these people to whoever took over the work."""
    Unit.objects.in_turn(unit.pk)
    todos = Todo.objects.of(unit).open().filter(person__in=person_ids, routine__in=routines)
    others = todos.exclude(owner=to_person)
    moved = others.update(**fresh_for(to_person), escalations=0, escalated_at=None)
    if moved:
        trail.record("todos.reassigned", unit, by=by, at=at, moved=moved)
    else:
        trail.nothing("whoever does the work owns the to-dos already")


@command
def mark_done(todo, *, words="", by, at):
    """Close a to-do that was done in a way the data do not show."""
    _close(todo, Todo.Closing.DONE, words, by, at)
    trail.record("todo.done", todo, by=by, at=at)


@command
def not_needed(todo, *, because, by, at):
    """Close a to-do that need not be done, with the reason."""
    _close(todo, Todo.Closing.NOT_NEEDED, because, by, at)
    trail.record("todo.not_needed", todo, by=by, at=at)


@command
def undo(todo, *, by, at):
    """Take back one's own last act on a to-do, within a quarter of an hour."""
    last = todo.last_act or {}
    mine = last.get("by") == by.account.pk
    if not mine or at - parse_datetime(last["at"]) > UNDO_LASTS:
        raise TooLateToUndoError(_("It is too late to undo this."))
    before = last["before"]
    Unit.objects.in_turn(todo.unit_id)
    unmoved = Todo.objects.filter(pk=todo.pk, last_act__at=last["at"])
    moved = unmoved.update(
        owner_id=before["owner_id"],
        snoozed_until=_day(before["snoozed_until"]),
        snoozes=before["snoozes"],
        touched_at=_moment(before["touched_at"]),
        escalations=before["escalations"],
        escalated_at=_moment(before["escalated_at"]),
        closed_at=None,
        closed_by=None,
        closing="",
        words="",
        last_act=None,
    )
    if not moved:
        raise TooLateToUndoError(_("It is too late to undo this."))
    trail.record("todo.undone", todo, by=by, at=at)
    _tell(todo, by, at)


@command
def reopen(person, *, closed_at, by, at):
    """Open again what the data closed at a moment: that which showed it was taken back."""
    Unit.objects.in_turn(by.unit.pk)
    shown = Todo.objects.of(by.unit).filter(
        person=person, closed_at=closed_at, closing=Todo.Closing.DATA
    )
    shown.update(closed_at=None, closed_by=None, closing="", touched_at=at)
    trail.nothing("what was taken back leaves its own line")


@command
def let_rest(unit, *, person_id, routines, until, by, at):
    """Let the to-dos of these routines about a person wait for a day, without counting it.

    For what was begun and goes on later: it is not passed on meanwhile. None brings them back.
    """
    Unit.objects.in_turn(unit.pk)
    begun = Todo.objects.of(unit).open().filter(person=person_id, routine__in=routines)
    begun.update(touched_at=at, snoozed_until=until)
    trail.nothing("what was begun leaves its own line")


def _close(todo, closing, words, by, at):
    _act(todo, by, at, closed_at=at, closed_by=by.account, closing=closing, words=words[:300])
    _tell(todo, by, at)


def _act(todo, by, at, **changes):
    Unit.objects.in_turn(todo.unit_id)
    # The filter decides the race: between two acts on one to-do, the first counts.
    unmoved = Todo.objects.open().filter(pk=todo.pk, owner_id=todo.owner_id, snoozes=todo.snoozes)
    if not unmoved.update(**changes, touched_at=at, last_act=_before(todo, by, at)):
        raise ClosedTodoError(_("Somebody has already dealt with this. It is off your list."))


def _before(todo, by, at):
    kept = ("owner_id", "snoozed_until", "snoozes", "touched_at", "escalations", "escalated_at")
    before = {name: _plain(getattr(todo, name)) for name in kept}
    return {"by": by.account.pk, "at": at.isoformat(), "before": before}


def _plain(value):
    return value.isoformat() if hasattr(value, "isoformat") else value


def _day(text):
    return text and parse_date(text)


def _moment(text):
    return text and parse_datetime(text)


def _tell(todo, by, at):
    # What waited for this one may now have its turn.
    if todo.person_id:
        fact = PeopleChanged(todo.unit_id, (todo.person_id,), by_id=by.account.pk)
    else:
        fact = UnitChanged(todo.unit_id)
    events.publish(fact, at=at)
