"""Judging subjects, and making and closing the to-dos that follow."""

from collections import Counter, defaultdict

from django.utils import timezone

from krets.kit.audit import trail
from krets.kit.commands import command
from krets.kit.kept import one_look
from krets.register.members.models import Person
from krets.register.organisation.models import Unit
from krets.rhythm.calendar.queries import next_working_day
from krets.rhythm.routines import registry
from krets.rhythm.routines.chosen import Chosen
from krets.rhythm.routines.judging import Batch, Outcome, known, person_of
from krets.rhythm.routines.models import Watch
from krets.rhythm.routines.owners import Owners
from krets.rhythm.todos.models import Todo

_BACK = (
    *("owner", "due_on", "touched_at", "closed_at", "closed_by", "closing", "words"),
    *("snoozed_until", "escalations", "escalated_at"),
)
BATCH = 500  # As many subjects as judges promise to look at in one go.


class TooManyError(ValueError):
    """More subjects at once than the judges promise to handle."""


@command
def reconsider(unit_id, *, subject, ids, by, at, only=None, signed_by_id=None, redue=False):
    """Judge the subjects by every routine that is on (or `only` these keys); return an Outcome.

    Makes the to-dos that are missing, opens again what the data closed and call for anew, closes
    those whose occasion is no longer wanted (signed by the account `signed_by_id`), and notes when
    to look again. What somebody closed by hand stays closed; what a routine laid down when it was
    switched off is given back as it stood. Running it again changes nothing.
    `redue` moves the due days of what nobody has begun: the days have been set anew.
    """
    ids = sorted(set(ids))
    if len(ids) > BATCH:
        raise TooManyError(len(ids))
    # One judging at a time in a unit: whoever comes second sees what the first one made, and what
    # the first one's command wrote.
    unit = Unit.objects.in_turn(unit_id)
    today = timezone.localdate(at)
    chosen = Chosen.by(unit)
    keys = registry.keys(subject)
    routines = [
        routine
        for routine in registry.routines(subject)
        if (only is None or routine.key in only) and chosen.is_on(routine)
    ]
    batch = Batch(_standing(unit, keys, ids), today)
    with one_look():
        for routine in routines:
            settings = chosen.of(routine)
            batch.take(routine, routine.judge(unit, ids, today=today, settings=settings))
    _close(batch, signed_by_id, at)
    if redue:
        _move_due_days(batch)
    _make(unit, batch, at)
    _watch(unit, batch, [routine.key for routine in routines], ids)
    outcome = Outcome(
        made=Counter(routine.key for routine, _wanted in batch.making),
        reopened=Counter(routine.key for routine, _wanted, _pk in batch.reopening),
        closed=Counter(row.routine for row in batch.closing),
    )
    if outcome.made or outcome.closed or outcome.reopened:
        told = {
            "made": dict(outcome.made),
            "reopened": dict(outcome.reopened),
            "closed": dict(outcome.closed),
        }
        trail.record("routines.judged", unit, by=by, at=at, **told)
    else:
        trail.nothing("nothing was to be made or closed")
    return outcome


def _standing(unit, keys, ids):
    rows = Todo.objects.of(unit).filter(routine__in=keys, subject_id__in=ids).order_by("pk")
    columns = ("pk", "routine", "subject_id", "occasion", "person_id", "closed_at", "closing")
    return [known(values) for values in rows.values_list(*columns)]


def _close(batch, account_id, at):
    if batch.closing:
        Todo.objects.open().filter(pk__in=[row.pk for row in batch.closing]).update(
            closed_at=at, closed_by_id=account_id, closing=Todo.Closing.DATA
        )


def _move_due_days(batch):
    """Give open to-dos that nobody has begun their new day; none is late because of that."""
    of_day = defaultdict(list)
    for pk, due_on in batch.staying:
        of_day[max(due_on, next_working_day(batch.today))].append(pk)
    for due_on, pks in of_day.items():
        unbegun = Todo.objects.open().filter(pk__in=pks, touched_at=None, snoozes=0)
        # What was late before stays as late as it was.
        unbegun.filter(due_on__gte=batch.today).update(due_on=due_on)


def _make(unit, batch, at):
    passed = [
        _todo(unit, routine, wanted, at, closed_at=at, closing=Todo.Closing.BEFORE_KRETS)
        for routine, wanted in batch.before
    ]
    owned = _owned(unit, batch, at) if batch.making or batch.reopening else []
    made = [todo for todo in owned if todo.pk is None]
    reopened = [todo for todo in owned if todo.pk is not None]
    if reopened:
        Todo.objects.bulk_update(reopened, _BACK, batch_size=BATCH)
    if passed or made:
        Todo.objects.bulk_create([*passed, *made])
    of_routine = defaultdict(list)
    for todo in owned:
        of_routine[todo.routine].append(todo)
    for key, todos in of_routine.items():
        if registry.get(key).on_open:
            registry.get(key).on_open(unit, todos, at=at)


def _owned(unit, batch, at):
    """Return the to-dos to make and those to open again, each with its owner."""
    owners = Owners(unit, batch.today)
    reopening = {pk: (routine, wanted) for routine, wanted, pk in batch.reopening}
    every = [*batch.making, *reopening.values()]
    persons = _persons(unit, [person_of(routine, wanted) for routine, wanted in every])
    todos = [_made(unit, routine, wanted, batch.today, at) for routine, wanted in batch.making]
    todos += _reopened(reopening, batch.today, at)
    for todo, (routine, wanted) in zip(todos, every, strict=True):
        contact_id, protected = persons.get(todo.person_id, (None, False))
        # Whoever had it has it again, if they still may.
        if todo.owner_id is None or protected or not owners.may(todo.owner_id, routine.needs):
            todo.owner_id = owners.choose(
                routine,
                about_id=todo.person_id,
                contact_id=contact_id,
                wanted_id=wanted.owner_id,
                protected=protected,
            )
    return todos


def _made(unit, routine, wanted, today, at):
    todo = _todo(unit, routine, wanted, at)
    if routine.waits_for:
        # What had to wait is not late on the day it may begin.
        todo.due_on = max(todo.due_on, next_working_day(today))
    return todo


def _reopened(reopening, today, at):
    """Return closed to-dos as they stand when they are opened again: not late because of that."""
    closed = Todo.objects.filter(pk__in=reopening).in_bulk()
    todos = [closed[pk] for pk in reopening]
    for todo in todos:
        _routine, wanted = reopening[todo.pk]
        if todo.closing == Todo.Closing.OFF:
            todo.due_on = _day_it_had(todo, wanted, today)
        else:
            todo.due_on = max(wanted.due_on, next_working_day(today))
            todo.snoozed_until = todo.escalated_at = None
            todo.escalations = 0
        todo.touched_at = at
        todo.closed_at = todo.closed_by_id = None
        todo.closing, todo.words = "", ""
    return todos


def _day_it_had(todo, wanted, today):
    """Return the due day of what a routine switched off and on again gives back: as it stood.

    What was late stays as late as it was; a day that passed meanwhile is the next working day.
    """
    day, laid_down_on = max(todo.due_on, wanted.due_on), timezone.localdate(todo.closed_at)
    return day if day < laid_down_on else max(day, next_working_day(today))


def _persons(unit, ids):
    ids = {person_id for person_id in ids if person_id}
    if not ids:
        return {}
    rows = Person.objects.of(unit).filter(pk__in=ids)
    columns = rows.values_list("pk", "contact_person_id", "protected_at")
    return {pk: (contact_id, protected_at is not None) for pk, contact_id, protected_at in columns}


def _todo(unit, routine, wanted, at, **state):
    return Todo(
        unit=unit,
        routine=routine.key,
        subject_id=wanted.subject_id,
        occasion=wanted.occasion,
        person_id=person_of(routine, wanted),
        fact_on=wanted.fact_on,
        learned_on=wanted.learned_on,
        due_on=wanted.due_on,
        made_at=at,
        **state,
    )


def _watch(unit, batch, keys, ids):
    standing = {
        (routine, subject_id): (pk, day)
        for pk, routine, subject_id, day in Watch.objects.of(unit)
        .filter(routine__in=keys, subject_id__in=ids)
        .values_list("pk", "routine", "subject_id", "next_on")
    }
    moved = [
        Watch(unit=unit, routine=routine, subject_id=subject_id, next_on=day)
        for (routine, subject_id), day in batch.next_on.items()
        if standing.get((routine, subject_id), (None, None))[1] != day
    ]
    over = [pk for key, (pk, _day) in standing.items() if key not in batch.next_on]
    if moved:
        Watch.objects.bulk_create(
            moved,
            update_conflicts=True,
            unique_fields=["unit", "routine", "subject_id"],
            update_fields=["next_on"],
        )
    if over:
        Watch.objects.filter(pk__in=over).delete()
