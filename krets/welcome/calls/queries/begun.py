"""Reports that somebody has begun to write."""

import json

from django.utils.translation import gettext as _

from krets.welcome.calls.models import Draft


def begun_reports(unit, todos, **_today):
    """Return {to-do: {"act": words}} where the owner has begun to tell of the call. One statement.

    Its button leads on to the question that is left, so it says so.
    """
    owners = {(todo.person_id, todo.owner_id): todo.pk for todo in todos}
    drafts = Draft.objects.of(unit).filter(
        call__closed_at=None,
        call__person__in={person_id for person_id, _owner in owners},
        revision__gt=0,
    )
    names = ("first_name", "last_name", "register_number")
    opened = (f"call__person__{column}" for column in names)
    begun = {}
    for draft in drafts.select_related("call__person").only("answers", "by_id", *opened):
        person = draft.call.person
        todo = owners.get((person.pk, draft.by_id))
        if todo and draft.answers and json.loads(draft.answers):
            begun[todo] = {"act": _("Write the rest about %(name)s") % {"name": person.called}}
    return begun
