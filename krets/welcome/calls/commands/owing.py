"""What the routines do when their to-dos are made: owe people a call."""

from django.utils import timezone

from krets.register.access.kinds import Mandates
from krets.register.models import Mandate, Person
from krets.rhythm.routines.queries import keys_of_kind
from krets.rhythm.todos.commands import let_rest
from krets.welcome.calls.commands.opening import open_calls
from krets.welcome.calls.queries.tries import tired


def owe(kind, *, shared=True):
    """Return what a routine does when its to-dos are made: owe those people a call of this kind.

    With `shared` False every call is its owner's alone: callers are not told who has not paid.
    """

    def on_open(unit, todos, *, at):
        own = {todo.pk: todo.owner_id for todo in todos}
        if shared:
            own = _whose_own_list(unit, todos, at)
        owed = [(todo.person_id, todo.due_on, own.get(todo.pk)) for todo in todos]
        open_calls(unit, kind=kind, owed=owed, by=None, at=at)
        _let_the_tired_rest(unit, [todo.person_id for todo in todos], at)

    return on_open


def _let_the_tired_rest(unit, ids, at):
    """Keep off Today those who were tried three times lately, until they can be tried again."""
    for person_id, again in tired(ids, at).items():
        let_rest(
            unit,
            person_id=person_id,
            routines=keys_of_kind("call"),
            until=timezone.localdate(again),
            by=None,
            at=at,
        )


def _whose_own_list(unit, todos, at):
    """Return {to-do: person} for those whose owner rings from an own list; the rest is shared."""
    owners = {todo.owner_id for todo in todos}
    current = Mandate.objects.of(unit).current(timezone.localdate(at)).filter(person__in=owners)
    officers = set(
        current.filter(kind=Mandates.MEMBERSHIP_OFFICER).values_list("person", flat=True)
    )
    contacts = dict(
        Person.objects.of(unit)
        .filter(pk__in=[todo.person_id for todo in todos])
        .values_list("pk", "contact_person")
    )
    return {
        todo.pk: todo.owner_id
        for todo in todos
        if todo.owner_id
        and (todo.owner_id not in officers or contacts.get(todo.person_id) == todo.owner_id)
    }
