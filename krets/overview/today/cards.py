"""A to-do as its owner meets it: who, why, by when, and the button that does it."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Prefetch, prefetch_related_objects
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _

from krets.kit.contributions import Routine
from krets.kit.kept import one_look
from krets.kit.ui import days
from krets.kit.ui.thousands import grouped
from krets.register.access.permissions import Permission
from krets.register.access.scope import Fields
from krets.register.members.fields import columns
from krets.register.members.models import Person
from krets.rhythm.routines.queries import routine_called
from krets.rhythm.todos.commands import MOST_SNOOZES
from krets.rhythm.todos.models import Todo

# Shorter than this, when it was found out tells a reader nothing.
LATE_NEWS = timedelta(days=3)
_NAMED = (*columns({Fields.NAME}), "register_number")


@dataclass(frozen=True)
class Button:
    """What doing it begins with: its words, where it leads and how."""

    words: str
    address: str
    method: str
    icon: str


@dataclass(frozen=True)
class Card:
    """One to-do, or several of a kind gathered (`todo` is None, `number` how many).

    `more` is how many others of the kind it stands for; `is_late_news` that days went by before it
    was found out.
    """

    who: str
    why: str
    due_on: date
    rank: tuple
    routine: Routine
    button: Button | None = None
    todo: Todo | None = None
    number: int = 1
    person_id: int | None = None
    person_address: str | None = None
    learned: str = ""
    is_late_news: bool = False
    snoozes_left: int = 0
    more: int = 0


def cards_of(viewer, todos, today):
    """Return the cards of these to-dos. What the routines tell costs statements.

    So do the names of those that were not read `with_persons`: one statement.
    """
    people = Person.objects.of(viewer.unit).only(*_NAMED)
    prefetch_related_objects(todos, Prefetch("person", people))
    # Several routines ask for the same.
    with one_look(todos):
        told = _told(viewer.unit, todos, today)
    return [_card(viewer, todo, told.get(todo.pk, {}), today) for todo in todos]


def gathered_card(viewer, routine, number, due_on, fact_on):
    """Return the one card of several to-dos of a kind."""
    listed = reverse("overview:today:kind", args=[viewer.unit.slug, routine.key])
    address = _reversed(routine.gathered_opens, viewer.unit.slug) or listed
    return Card(
        who=heading_of(routine, number),
        why=str(routine.gathered_why),
        due_on=due_on,
        rank=rank(routine, due_on, fact_on, 0),
        routine=routine,
        button=Button(_("Review"), address, "get", ""),
        number=number,
    )


def heading_of(routine, number):
    """Return the heading of several to-dos of a kind."""
    if not routine.gathered or not number:
        return str(routine.title)
    # A lazy ngettext chooses its form by the number it is filled with, and is empty without.
    return str(routine.gathered % {"count": number, "shown": grouped(number)})


def rank(routine, due_on, fact_on, pk, *, is_too_late=0):
    """Return what cards are ordered by: as `todos.queries.order`, what is too late today last."""
    age = fact_on.toordinal()
    age = -age if routine.welcome else age
    return (is_too_late, routine.bulk, due_on, not routine.welcome, age, pk)


def with_persons(todos, *relations):
    """Have the names of those whom the to-dos concern read with them, and no more of the person.

    Whose to-do it is may know that. `relations` are others whose names are wanted: the owner's.
    """
    named = ("person", *relations)
    own = (field.name for field in Todo._meta.concrete_fields)
    names = (f"{relation}__{name}" for relation in named for name in _NAMED)
    return todos.select_related(*named).only(*own, *names)


def _told(unit, todos, today):
    by_routine = {}
    for todo in todos:
        by_routine.setdefault(todo.routine, []).append(todo)
    words = {}
    for key, these in by_routine.items():
        routine = routine_called(key)
        if routine.told:
            words |= routine.told(unit, these, today=today)
    return words


def _card(viewer, todo, told, today):
    person, routine = todo.person, routine_called(todo.routine)
    name = person.called if person else viewer.unit.name
    words = {
        "name": name,
        "fact": days.said(todo.fact_on, today),
        "learned": days.said(todo.learned_on, today),
        "days": (today - todo.fact_on).days,
        **told,
    }
    if todo.owner_id in viewer.person_ids:
        words |= told.get("to_owner", {})
    return Card(
        who=person.name if person else str(routine.title),
        why=_why(routine, words),
        learned=_learned(todo, today) if person else "",
        is_late_news=todo.learned_on - todo.fact_on >= LATE_NEWS,
        due_on=todo.due_on,
        rank=rank(routine, todo.due_on, todo.fact_on, todo.pk, is_too_late=todo.is_too_late),
        routine=routine,
        button=_button(viewer, todo, routine, told.get("act") or str(routine.act) % {"name": name}),
        todo=todo,
        person_id=todo.person_id,
        person_address=_person_address(viewer, person),
        snoozes_left=MOST_SNOOZES - todo.snoozes,
    )


def _why(routine, words):
    # Whoever else has begun to tell of the call is told of beside why it is asked for.
    told = (str(routine.why) % words, words.get("begun", ""))
    return " ".join(part.strip() for part in told if part.strip())


def _learned(todo, today):
    if todo.learned_on == todo.fact_on:
        return ""
    return _("We found out %(day)s.") % {"day": days.said(todo.learned_on, today)}


def _button(viewer, todo, routine, words):
    if not viewer.may(routine.needs):
        return None
    subject = [todo.subject_id] if routine.subject == "person" else []
    address = _reversed(routine.opens, viewer.unit.slug, *subject)
    if address is None:
        return None
    if routine.method == "get" and routine.subject == "person":
        address = f"{address}?todo={todo.pk}"
    return Button(words, address, routine.method, routine.icon)


def _person_address(viewer, person):
    # A name leads to the person's page only for those who may open it.
    if person is None or not viewer.may(Permission.MEMBER_SEE):
        return None
    return _reversed("register:members:person", viewer.unit.slug, person.pk)


def _reversed(route, *args):
    if not route:
        return None
    try:
        return reverse(route, args=args)
    except NoReverseMatch:
        return None
