"""Everything that has no place of its own in the phone's bar."""

from krets.kit.ui.responses import respond
from krets.register.access.doors import page
from krets.register.access.permissions import Permission


@page(Permission.TODAY_SEE)
def more(request):
    """All places the viewer may go, and what belongs to oneself."""
    return respond(request, "overview/more/more.html", {}, fragment="list")
