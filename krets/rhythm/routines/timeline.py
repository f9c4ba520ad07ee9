"""What is to be done about a person, and what was done by hand, as their page tells it."""

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy

from krets.kit.contributions import Happening, TimelineLine
from krets.register.access.scope import Fields
from krets.register.members.queries import name_of_account
from krets.rhythm.routines import registry
from krets.rhythm.todos.models import Todo

_OPENED = frozenset({Fields.PROFILE, Fields.FEES})
_READ = ("routine", "subject_id", "due_on", "snoozed_until", "closed_at", "closing", "words")
_NAME = ("first_name", "last_name", "register_number")
_PERSON = "register:members:person"
_BY_HAND = {
    Todo.Closing.DONE: gettext_lazy("%(what)s: done in another way"),
    Todo.Closing.NOT_NEEDED: gettext_lazy("%(what)s: not needed"),
}


def coming(unit, person_id, fields):
    """Yield what open to-dos say is next, first what is due first, and what was closed by hand.

    One statement.
    Only where all that they may tell of is opened: that the fee is not paid, what was said.
    """
    if not fields >= _OPENED:
        return
    by_hand = Q(closing__in=list(_BY_HAND), closed_by__isnull=False)
    todos = Todo.objects.of(unit).filter(Q(closed_at=None) | by_hand, person=person_id)
    todos = todos.select_related("owner").annotate(closer=name_of_account("closed_by"))
    columns = (*_READ, *(f"owner__{name}" for name in _NAME))
    for todo in todos.only(*columns).order_by("due_on", "pk"):
        routine = registry.get(todo.routine)
        if routine is not None:
            yield _next(unit, todo, routine) if todo.is_open else _closed(todo, routine)


def _next(unit, todo, routine):
    return Happening(
        at=max(todo.due_on, todo.snoozed_until or todo.due_on),
        due_on=todo.due_on,
        what=str(routine.comes),
        who=todo.owner.name if todo.owner else "",
        url=_address(unit, todo, routine),
        state="next",
        sort=routine.kind,
    )


def _closed(todo, routine):
    what = {"what": str(routine.comes)}
    how = _BY_HAND[todo.closing] % what
    return Happening(at=todo.closed_at, what=how, more=todo.words, who=todo.closer)


def _address(unit, todo, routine):
    """Return where it is done, nothing where that is the page one is on or opening it claims."""
    if routine.method != "get" or routine.opens == _PERSON:
        return ""
    return f"{reverse(routine.opens, args=[unit.slug, todo.subject_id])}?todo={todo.pk}"


TIMELINE = [TimelineLine("todos", coming)]
