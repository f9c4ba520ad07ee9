"""Keeping what is written while one talks."""

import json

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from krets.kit.audit import trail
from krets.kit.commands import command
from krets.kit.errors import CannotError
from krets.welcome.calls.commands.claims import renew
from krets.welcome.calls.models import Draft

_TRIES = 5
NOT_RECORDED = "a draft is nobody's business but its writer's"


class WrittenElsewhereError(CannotError):
    """The same draft was written in another window since this one read it."""


@command
def keep_draft(call, *, key, changes, seen, by, at):
    """Lay the changed answers over the draft, hold the claim longer, and return the draft.

    `seen` is the revision the writer has read, None to write regardless. Raises
    WrittenElsewhereError when another window wrote in between.
    """
    trail.nothing(NOT_RECORDED)
    renew(call, by, at)
    for _again in range(_TRIES):
        draft = _found_or_made(call, key, by, at)
        if seen not in (None, draft.revision):
            break
        told = (answers_of(draft) | changes).items()
        text = json.dumps({name: words for name, words in told if words not in ("", [], None)})
        same = Draft.objects.filter(pk=draft.pk, revision=draft.revision)
        if same.update(answers=text, revision=F("revision") + 1, saved_at=at):
            draft.answers, draft.revision = text, draft.revision + 1
            return draft
    raise WrittenElsewhereError(
        _("This report is open in another window too. Load the page again to go on here.")
    )


def answer(call, *, key, by, at, **told):
    """Note one answer of the report; return the draft."""
    return keep_draft(call, key=key, changes=told, seen=None, by=by, at=at)


@command
def discard_draft(call, *, by, at):
    """Throw away what one has written of a call, so that its report begins anew."""
    Draft.objects.filter(call=call, by__in=by.person_ids).delete()
    trail.nothing(NOT_RECORDED)


@command
def throw_away_drafts(*, before, by, at):
    """Delete drafts nobody has written in since the moment; return how many."""
    trail.nothing(NOT_RECORDED)
    gone, _rows = Draft.objects.filter(saved_at__lt=before).delete()
    return gone


def answers_of(draft):
    """Return what the draft holds, {} when there is none."""
    return json.loads(draft.answers) if draft is not None and draft.answers else {}


def _found_or_made(call, key, by, at):
    mine = {"call": call, "by": by.person}
    draft = Draft.objects.filter(**mine).first()
    if draft is not None:
        return draft
    try:
        with transaction.atomic():
            return Draft.objects.create(**mine, unit_id=call.unit_id, key=key, saved_at=at)
    except IntegrityError:
        return Draft.objects.get(**mine)
