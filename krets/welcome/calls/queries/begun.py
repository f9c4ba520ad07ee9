"""Reports that somebody has begun to write."""

import json

from django.utils.translation import gettext as _

from krets.kit.kept import kept
from krets.welcome.calls.models import Attempt, Claim, Draft


def begun_reports(unit, todos, **_today):
    """Return {to-do: {"act": words}} where the owner has begun to tell of the call.

    Its button leads on to the question that is left, so it says so. One statement in a look,
    however many routines ask.
    """
    owners = {(todo.person_id, todo.owner_id): todo.pk for todo in todos}
    return {
        owners[key]: {"act": _("Write the rest about %(name)s") % {"name": called}}
        for key, called in _begun(unit).items()
        if key in owners
    }


def told_elsewhere(call, viewer):
    """Return the report the viewer has made of the call in another window since, or None."""
    mine = {"call": call, "by__in": viewer.person_ids}
    if Claim.objects.filter(**mine, reported_at=None).exists():
        return None
    told = Attempt.objects.of(viewer.unit).standing().filter(call=call, by=viewer.account)
    return told.order_by("-at", "-pk").first()


@kept
def _begun(unit, _ids=None):
    """Return {(person, writer): what the person is called} of the reports begun in the unit."""
    drafts = Draft.objects.of(unit).filter(call__closed_at=None, revision__gt=0)
    names = ("first_name", "last_name", "register_number")
    opened = (f"call__person__{column}" for column in names)
    return {
        (draft.call.person_id, draft.by_id): draft.call.person.called
        for draft in drafts.select_related("call__person").only("answers", "by_id", *opened)
        if draft.answers and json.loads(draft.answers)
    }
