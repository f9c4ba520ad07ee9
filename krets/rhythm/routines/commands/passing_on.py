"""To-dos that change hands by themselves: untouched too long, or their owner's mandate is over."""

from collections import Counter, defaultdict
from datetime import date, timedelta

from django.db.models import Q
from django.utils import timezone

from krets import events
from krets.kit.audit import trail
from krets.kit.commands import command
from krets.kit.contributions import Routine
from krets.register.access.permissions import Permission
from krets.register.members.models import Person
from krets.register.organisation.models import Unit
from krets.rhythm.calendar.queries import is_day_off
from krets.rhythm.routines import registry
from krets.rhythm.routines.owners import Owners
from krets.rhythm.todos.models import Todo, fresh_for

PATIENCE = timedelta(days=7)
PATIENCE_FOR_NEW_MEMBERS = timedelta(days=1)
TO_OFFICER, TO_BOARD = 1, 2

_UNKNOWN = Routine(key="", title="", why="", act="", opens="", judge=None)


@command
def escalate(unit, *, by, at):
    """Pass untouched to-dos to the membership officer, seven days later to the board's count.

    Untouched means 24 hours after the due day for steps of the welcome, seven days for others.
    Nothing is passed on a day off: the next working day catches up. Return how many were passed.
    """
    today = timezone.localdate(at)
    if is_day_off(today):
        trail.nothing("nobody is pushed on a day off")
        return 0
    Unit.objects.in_turn(unit.pk)
    late = list(_late(unit, today))
    if not late:
        trail.nothing("nothing has waited too long")
        return 0
    owners = Owners(unit, today)
    officer_of = {todo.pk: _officer_for(todo, owners) for todo in late if not todo.escalations}
    by_owner = defaultdict(list)
    for pk, owner_id in officer_of.items():
        by_owner[owner_id].append(pk)
    for owner_id, pks in by_owner.items():
        _untouched(pks).update(owner=owner_id, escalations=TO_OFFICER, escalated_at=at)
    _untouched([todo.pk for todo in late if todo.escalations]).update(
        escalations=TO_BOARD, escalated_at=at
    )
    _tell_moved(unit, [todo for todo in late if todo.pk in officer_of], at)
    passed = Counter(todo.routine for todo in late)
    trail.record("todos.escalated", unit, by=by, at=at, passed=dict(passed))
    return len(late)


@command
def reassign(unit, *, by, at):
    """Give open to-dos a new owner where nobody has them or the owner may no longer do them."""
    Unit.objects.in_turn(unit.pk)
    owners = Owners(unit, timezone.localdate(at))
    held = Todo.objects.of(unit).open().values_list("owner_id", "routine")
    astray = Q(pk__in=[])
    for owner_id, key in held.order_by("owner_id", "routine").distinct():
        if owner_id is None or not owners.may(owner_id, _routine(key).needs):
            astray |= Q(owner_id=owner_id, routine=key)
    columns = ("contact_person_id", "protected_at")
    todos = Todo.objects.of(unit).open().filter(astray).order_by("due_on", "pk")
    by_owner, astray_todos = defaultdict(list), []
    for todo, contact_id, protected_at in _with_person(todos, columns):
        owner_id = owners.choose(
            _routine(todo.routine),
            about_id=todo.person_id,
            contact_id=contact_id,
            protected=protected_at is not None,
        )
        if owner_id != todo.owner_id:
            by_owner[owner_id].append(todo.pk)
            astray_todos.append(todo)
    for owner_id, pks in by_owner.items():
        Todo.objects.open().filter(pk__in=pks).update(**fresh_for(owner_id))
    _tell_moved(unit, astray_todos, at)
    moved = sum(len(pks) for pks in by_owner.values())
    if moved:
        trail.record("todos.reassigned", unit, by=by, at=at, moved=moved)
    else:
        trail.nothing("every to-do has an owner who may do it")
    return moved


@command
def take_over(unit, *, holder_id, to, lost, sees_protected, by, at):
    """Give the open to-dos that somebody may no longer do to whoever takes over."""
    Unit.objects.in_turn(unit.pk)
    theirs = left_by(unit, holder_id, lost).exclude(person=to)
    if not sees_protected:
        theirs = theirs.filter(person__protected_at=None)
    todos = list(theirs.only("person_id").order_by("pk"))
    if not todos:
        trail.nothing("the holder has nothing to do that goes over")
        return
    moving = _untouched([todo.pk for todo in todos])
    moving.update(**fresh_for(to), escalations=0, escalated_at=None)
    _tell_moved(unit, todos, at)
    trail.record("todos.reassigned", unit, by=by, at=at, moved=len(todos))


def left_by(unit, owner_id, lost):
    """Return the open to-dos of somebody that they may no longer do without these capabilities."""
    theirs = Todo.objects.of(unit).open().owned_by([owner_id])
    kept = [each.key for each in registry.routines() if each.needs not in lost]
    if Permission.TODO_ACT in lost:
        return theirs.exclude(routine__in=kept)
    # What no routine of today knows takes no more than any mandate.
    return theirs.filter(routine__in={each.key for each in registry.routines()} - set(kept))


def _tell_moved(unit, todos, at):
    people = sorted({todo.person_id for todo in todos if todo.person_id})
    if people:
        events.publish(events.TodosMoved(unit.pk, tuple(people)), at=at)


def _late(unit, today):
    # What is due yesterday or later cannot have waited long enough.
    todos = (
        Todo.objects.of(unit)
        .open()
        .awake(today)
        .filter(escalations__lt=TO_BOARD, due_on__lt=today - PATIENCE_FOR_NEW_MEMBERS)
    )
    return (todo for todo in todos.order_by("pk") if _waited(todo, today) > _patience(todo))


def _waited(todo, today):
    days = [todo.due_on, todo.snoozed_until or date.min]
    moments = (todo.touched_at, todo.escalated_at)
    days += [timezone.localdate(moment) for moment in moments if moment]
    return today - max(days)


def _patience(todo):
    if todo.escalations == 0 and _routine(todo.routine).welcome:
        return PATIENCE_FOR_NEW_MEMBERS
    return PATIENCE


def _officer_for(todo, owners):
    return todo.owner_id if owners.is_officer(todo.owner_id) else owners.officer()


def _routine(key):
    return registry.get(key) or _UNKNOWN


def _untouched(pks):
    return Todo.objects.open().filter(pk__in=pks)


def _with_person(todos, columns):
    persons = Person.objects.filter(pk__in=todos.values("person_id"))
    known = {pk: rest for pk, *rest in persons.values_list("pk", *columns)}
    return [(todo, *known.get(todo.person_id, [None] * len(columns))) for todo in todos]
