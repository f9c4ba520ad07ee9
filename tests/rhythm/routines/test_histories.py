"""Random histories: the engine, which looks only where something is due, against a plain model
that looks at everybody every night."""

from dataclasses import dataclass, field
from datetime import timedelta
from itertools import count

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from krets.rhythm.calendar.queries import due_on
from krets.rhythm.models import Todo
from krets.rhythm.todos import commands
from tests.conftest import NOON, TODAY, give, make_association, make_person
from tests.rhythm.kit import STALE, changed, do, join, night_of

pytestmark = pytest.mark.usefixtures("routines")
DAY = timedelta(days=1)
numbers = count(1)


@dataclass
class Model:
    """What ought to be true of one person."""

    joined: int
    learned: int
    done: set = field(default_factory=set)
    todos: dict = field(default_factory=dict)
    made: dict = field(default_factory=dict)
    done_on: int | None = None

    def look(self, day):
        for routine, opens, days in (("call", 0, 2), ("coffee", 10, 14)):
            if self.todos.get(routine) == "open" and routine in self.done:
                self.todos[routine] = "data"
                self.note(routine, day)
            elif self.wants(routine, opens, days, day):
                self.todos[routine] = "open"
                self.made.setdefault(routine, at(day))

    def wants(self, routine, opens, days, day):
        due = due_on(on(self.joined), on(self.learned), days)
        waits = self.todos.get("call") == "open" or (
            self.done_on is not None and day < self.done_on + 5
        )
        return (
            # What the data closed is open again when they call for it anew.
            self.todos.get(routine, "data") == "data"
            and routine not in self.done
            and day >= self.learned + opens
            and self.learned - self.joined <= STALE
            and (on(day) - due).days <= STALE
            and not (routine == "coffee" and waits)
        )

    def note(self, routine, day):
        if routine == "call":
            self.done_on = day


def on(day):
    return TODAY + day * DAY


def at(day):
    return NOON + day * DAY


people = st.lists(st.integers(0, 120), min_size=1, max_size=4)
events = st.lists(
    st.tuples(
        st.integers(0, 3),
        st.sampled_from(
            ["called", "coffee", "by hand", "not needed", "again", "night", "taken back"]
        ),
        st.integers(0, 9),
    ),
    max_size=25,
)


@pytest.mark.django_db
@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(joined_before=people, history=events)
def test_the_night_makes_what_looking_at_everybody_would(party, joined_before, history):
    unit = make_association(party, "Ek", f"ek-{next(numbers)}")
    caller = give(make_person(unit, "Bo"), "caller")
    persons = [make_person(unit, f"Ny {number}") for number in range(len(joined_before))]
    models = [Model(-before, 0) for before in joined_before]
    for person, model in zip(persons, models, strict=True):
        join(person, on=on(model.joined), learned_at=at(0))
        model.look(0)
    changed(*persons, at=at(0))
    day = 0

    for number, what, later in history:
        day += later
        night_of(unit, at(day))
        for model in models:
            model.look(day)
        who = number % len(persons)
        happen(persons[who], models[who], what, day, caller)

    made = set(Todo.objects.of(unit).values_list("person_id", "routine", "closing", "made_at"))
    assert made == {
        (person.pk, routine, "" if state == "open" else state, model.made[routine])
        for person, model in zip(persons, models, strict=True)
        for routine, state in model.todos.items()
    }
    assert Todo.objects.of(unit).count() == len(made)


def happen(person, model, what, day, caller):
    if what in {"called", "coffee"}:
        do(person, what, at=at(day))
        model.done.add("call" if what == "called" else "coffee")
    elif what == "taken back":
        person.occupation = ""
        person.save(update_fields=["occupation"])
        changed(person, at=at(day))
        model.done.clear()
    elif what in {"by hand", "not needed"}:
        todo = Todo.objects.open().filter(person=person).order_by("pk").first()
        if todo is None:
            return
        if what == "by hand":
            commands.mark_done(todo, by=caller, at=at(day))
            model.todos[todo.routine] = "done"
            model.note(todo.routine, day)
        else:
            commands.not_needed(todo, because="", by=caller, at=at(day))
            model.todos[todo.routine] = "not_needed"
    else:
        changed(person, at=at(day))
    model.look(day)
