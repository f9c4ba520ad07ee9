"""The way to a person that a page shows: found as any row is, and the look written down first."""

import re

from django.utils import timezone

from krets.kit.ui import flash
from krets.register.access.doors import find
from krets.register.looks.commands import note_look

CAME_FROM = re.compile(r"(?:todo|list|search|call|letter|path|today)(?::\d{1,18})?")


def looked_at(request, model, pk, *, page, opened=False):
    """Fetch a row as `find` does, and write down that the viewer looks at whom it is about.

    For every page that shows the person of a Person, Note or Mandate, or says a name after a post.
    `page` is the key of `looks.words`; why is what the address says one came from. Over the quota
    it refuses, before anything is shown. What is saved there is told by `note_saving`.
    """
    row = find(request, model, pk, opened=opened)
    came_from = request.GET.get("from", "")
    note_look(
        getattr(row, "person", row),
        page=page,
        reason=came_from if CAME_FROM.fullmatch(came_from) else "",
        goes_on=goes_on(request),
        by=request.viewer,
        at=timezone.now(),
    )
    return row


def goes_on(request):
    """Return whether the request opens nothing anew: a form is sent, or one comes back from it."""
    return request.method == "POST" or flash.is_waiting(request)


def note_saving(request, person, act="saved"):
    """Write down that the viewer saved something about the person; `act` is a key of `words`."""
    note_look(person, page=act, by=request.viewer, at=timezone.now())
