"""Reports that somebody has begun to write."""

import json

from django.utils.translation import gettext as _

from krets.kit.kept import kept
from krets.welcome.calls.models import Attempt, Claim, Draft
from krets.welcome.calls.telling import begun

_NAME = ("first_name", "last_name", "register_number")
_WRITER = tuple(f"by__{column}" for column in _NAME)


def begun_reports(unit, todos, *, today):
    """Return {to-do: words} where somebody has begun to tell of the call.

    Where its owner has, the button leads on to the question that is left, so it says so (`act`);
    where somebody else has, the card says who (`begun`). One statement in a look, however many
    routines ask.
    """
    drafts, told = _begun(unit), {}
    for todo in todos:
        for draft in drafts.get(todo.person_id, ()):
            if draft.by_id == todo.owner_id:
                name = {"name": draft.call.person.called}
                words = {"act": _("Write the rest about %(name)s") % name}
            else:
                words = {"begun": begun(draft, today)}
            told[todo.pk] = told.get(todo.pk, {}) | words
    return told


def begun_by_others(viewer, calls, today):
    """Return {call's key: words} of those, of these calls, that somebody else has begun to tell of.

    One statement.
    """
    drafts = Draft.objects.of(viewer.unit).filter(call__in=list(calls), revision__gt=0)
    drafts = drafts.exclude(by__in=viewer.person_ids).order_by("saved_at", "pk")
    drafts = drafts.select_related("by").only("call_id", "saved_at", "answers", *_WRITER)
    # Of several who have begun the last to write is told.
    return {draft.call_id: begun(draft, today) for draft in drafts if has_answers(draft)}


def has_answers(draft):
    """Return whether anything has been told: a card that only stands open keeps a draft too."""
    return bool(draft.answers and json.loads(draft.answers))


def told_elsewhere(call, viewer):
    """Return the report the viewer has made of the call in another window since, or None."""
    mine = {"call": call, "by__in": viewer.person_ids}
    if Claim.objects.filter(**mine, reported_at=None).exists():
        return None
    told = Attempt.objects.of(viewer.unit).standing().filter(call=call, by=viewer.account)
    return told.order_by("-at", "-pk").first()


@kept
def _begun(unit, _ids=None):
    """Return {person: drafts, latest last} of the reports begun in the unit."""
    drafts = Draft.objects.of(unit).filter(call__closed_at=None, revision__gt=0)
    drafts = drafts.select_related("call__person", "by").order_by("saved_at", "pk")
    opened = (f"call__person__{column}" for column in _NAME)
    found = {}
    for draft in drafts.only("answers", "saved_at", "by_id", *opened, *_WRITER):
        if has_answers(draft):
            found.setdefault(draft.call.person_id, []).append(draft)
    return found
