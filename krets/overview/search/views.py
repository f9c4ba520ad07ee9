"""The field that is everywhere, and what it finds."""

from django.utils import timezone

from krets.kit.ui.responses import respond
from krets.overview.search import queries
from krets.register.access.doors import page
from krets.register.access.permissions import Permission
from krets.register.looks.commands import note_list


@page(Permission.MEMBER_SEE)
def search(request):
    """Find a person. What one types is in no address and in no log."""
    words = request.POST.get("words", "").strip()
    people = queries.found(request.unit, request.scope, words) if words else []
    if people:
        note_list(
            page="search",
            shown=[person.pk for person in people],
            by=request.viewer,
            at=timezone.now(),
        )
    context = {
        "words": words,
        "people": people,
        "most": queries.MOST,
        "today": timezone.localdate(),
        "may_add": request.viewer.may(Permission.MEMBER_ADD),
    }
    return respond(request, "overview/search/search.html", context, fragment="found")
