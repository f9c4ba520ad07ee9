"""What is to be done about a person, as what comes next on their page."""

from django.urls import reverse

from krets.kit.contributions import Happening, TimelineLine
from krets.register.access.scope import Fields
from krets.rhythm.routines import registry
from krets.rhythm.todos.models import Todo

_OPENED = frozenset({Fields.PROFILE, Fields.FEES})
_NAME = ("first_name", "last_name", "register_number")
_PERSON = "register:members:person"


def coming(unit, person_id, fields):
    """Yield what open to-dos say is next, first what is due first. One statement.

    Only where all that they may tell of is opened: that the fee is not paid, what was said.
    """
    if not fields >= _OPENED:
        return
    todos = Todo.objects.of(unit).open().filter(person=person_id).select_related("owner")
    columns = ("routine", "subject_id", "due_on", "snoozed_until")
    for todo in todos.only(*columns, *(f"owner__{name}" for name in _NAME)).order_by(
        "due_on", "pk"
    ):
        routine = registry.get(todo.routine)
        if routine is None:
            continue
        yield Happening(
            at=max(todo.due_on, todo.snoozed_until or todo.due_on),
            due_on=todo.due_on,
            what=str(routine.comes),
            who=todo.owner.name if todo.owner else "",
            url=_address(unit, todo, routine),
            state="next",
            sort=routine.kind,
        )


def _address(unit, todo, routine):
    """Return where it is done, nothing where that is the page one is on or opening it claims."""
    if routine.method != "get" or routine.opens == _PERSON:
        return ""
    return f"{reverse(routine.opens, args=[unit.slug, todo.subject_id])}?todo={todo.pk}"


TIMELINE = [TimelineLine("todos", coming)]
