"""The auditor's view of the trail."""

from django.utils import timezone

from krets.kit.ui.responses import respond
from krets.office.trail import queries
from krets.register.access.doors import page
from krets.register.access.permissions import Permission


@page(Permission.TRAIL_SEE)
def trail(request):
    """Who did what here, newest first; names of officers, never what it was about."""
    shown, lines = queries.page_of(request.unit, request.GET.get("page"))
    context = {
        "page": shown,
        "lines": lines,
        "readers": queries.readers(request.unit, today=timezone.localdate()),
    }
    return respond(request, "office/trail/trail.html", context, fragment="lines")
