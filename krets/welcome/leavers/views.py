"""Whose fee has not come in, and the way to ask one by one."""

from django.utils import timezone

from krets.kit.ui.responses import respond
from krets.register.access.doors import page
from krets.register.access.permissions import Permission
from krets.register.looks.commands import note_list
from krets.welcome.leavers import queries


@page(Permission.LEAVER_SEE)
def leavers(request):
    """Members whose fee for the year has not come in: earlier years, last contact, a call."""
    found = queries.leavers(request.unit, fields=request.scope.fields, today=timezone.localdate())
    if shown := [row.person.pk for row in found.rows]:
        note_list(page="leavers", shown=shown, by=request.viewer, at=timezone.now())
    return respond(request, "welcome/leavers/list.html", {"leavers": found})
