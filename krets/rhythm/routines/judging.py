"""What follows from the judgements on one batch: what to make, to close and to look at again."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.utils import timezone

from krets.rhythm.todos.models import Todo

DONE = {Todo.Closing.DONE, Todo.Closing.DATA}
# Nobody said that these are over: when the data call for them again, they are open again.
BY_ITSELF = {Todo.Closing.DATA, Todo.Closing.OFF}


@dataclass
class Outcome:
    """How many to-dos each routine made, opened again and closed, and how many were passed on."""

    made: Counter = field(default_factory=Counter)
    reopened: Counter = field(default_factory=Counter)
    closed: Counter = field(default_factory=Counter)
    escalated: int = 0

    def __iadd__(self, other):
        self.made += other.made
        self.reopened += other.reopened
        self.closed += other.closed
        self.escalated += other.escalated
        return self


@dataclass(frozen=True)
class Known:
    """A to-do that stands already, as far as judging needs it."""

    pk: int | None
    routine: str
    subject_id: int
    occasion: str
    person_id: int | None
    done_on: date | None
    is_open: bool
    closed_by_itself: bool = False


class Batch:
    """The to-dos of at most 500 subjects, and what the judgements make of them. Pure, no database.

    Take the judgements in the order of the registry: a routine that waits for another must meet
    what that one made or closed.
    """

    def __init__(self, known, today):
        self.today = today
        self.making = []
        self.reopening = []
        self.before = []
        self.closing = []
        self.staying = []
        self.next_on = {}
        self._known = {
            (row.routine, row.subject_id, row.occasion) for row in known if not row.closed_by_itself
        }
        self._settled = {
            (row.routine, row.subject_id, row.occasion): row
            for row in known
            if row.closed_by_itself
        }
        self._open = {}
        self._busy = Counter()
        self._done_on = {}
        for row in known:
            self._remember(row)

    def take(self, routine, judgement):
        """Work out what the routine's judgement means."""
        # In one order on every database: who is made first is also offered first.
        in_order = sorted(judgement.wanted, key=lambda each: (each.subject_id, each.occasion))
        wanted = {(each.subject_id, each.occasion): each for each in in_order}
        self._close(routine, wanted)
        for each in judgement.before:
            if not self._is_known(routine, each) and not _learned_too_late(routine, each):
                self._known.add((routine.key, each.subject_id, each.occasion))
                self.before.append((routine, each))
        for subject_id, day in judgement.next_on.items():
            self._look_again(routine, subject_id, day)
        for each in wanted.values():
            if row := self._open.get((routine.key, each.subject_id, each.occasion)):
                self.staying.append((row.pk, each.due_on))
            elif not self._stands(routine, each) and not self._stale(routine, each):
                self._make_or_wait(routine, each)

    def _make_or_wait(self, routine, wanted):
        person_id = person_of(routine, wanted)
        if any(self._busy[key, person_id] for key in routine.waits_for):
            return  # What it waits for is judged again when it closes, and this one with it.
        clear_on = self._clear_on(routine, person_id)
        if clear_on and clear_on > self.today:
            self._look_again(routine, wanted.subject_id, clear_on)
            return
        key = (routine.key, wanted.subject_id, wanted.occasion)
        self._known.add(key)
        self._busy[routine.key, person_id] += 1
        if key in self._settled:
            self.reopening.append((routine, wanted, self._settled.pop(key).pk))
        else:
            self.making.append((routine, wanted))

    def _clear_on(self, routine, person_id):
        days = [self._done_on.get((key, person_id)) for key in routine.waits_for]
        latest = max((day for day in days if day), default=None)
        return latest + timedelta(days=routine.apart) if latest and routine.apart else None

    def _close(self, routine, wanted):
        for (key, subject_id, occasion), row in list(self._open.items()):
            if key == routine.key and (subject_id, occasion) not in wanted:
                self.closing.append(row)
                del self._open[key, subject_id, occasion]
                self._busy[key, row.person_id] -= 1
                self._note_done(key, row.person_id, self.today)

    def _stands(self, routine, wanted):
        return (routine.key, wanted.subject_id, wanted.occasion) in self._known

    def _is_known(self, routine, wanted):
        key = (routine.key, wanted.subject_id, wanted.occasion)
        return key in self._known or key in self._settled

    def _stale(self, routine, wanted):
        if routine.stale_after is None:
            return False
        overdue = (self.today - wanted.due_on).days
        return overdue > routine.stale_after or _learned_too_late(routine, wanted)

    def _look_again(self, routine, subject_id, day):
        # Never today again: the night run must get past what it has looked at.
        day = max(day, self.today + timedelta(days=1))
        key = routine.key, subject_id
        self.next_on[key] = min(day, self.next_on.get(key, day))

    def _remember(self, row):
        if row.is_open:
            self._open[row.routine, row.subject_id, row.occasion] = row
            self._busy[row.routine, row.person_id] += 1
        elif row.done_on:
            self._note_done(row.routine, row.person_id, row.done_on)

    def _note_done(self, key, person_id, day):
        self._done_on[key, person_id] = max(day, self._done_on.get((key, person_id), day))


def known(values):
    """Return a Known of (pk, routine, subject id, occasion, person id, closed at, closing)."""
    pk, routine, subject_id, occasion, person_id, closed_at, closing = values
    done_on = timezone.localdate(closed_at) if closing in DONE else None
    by_itself = closing in BY_ITSELF
    return Known(
        pk, routine, subject_id, occasion, person_id, done_on, closed_at is None, by_itself
    )


def person_of(routine, wanted):
    """Return the person a wanted to-do concerns, None where it concerns the association."""
    if wanted.person_id is None and routine.subject == "person":
        return wanted.subject_id
    return wanted.person_id


def _learned_too_late(routine, wanted):
    if routine.stale_after is None:
        return False
    return (wanted.learned_on - wanted.fact_on).days > routine.stale_after
