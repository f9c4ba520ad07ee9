"""Whose fee has not come in, and the way to ask one by one."""

from django.utils import timezone
from django.views.decorators.http import require_POST

from krets.kit.errors import CannotError
from krets.kit.ui.flash import tell
from krets.kit.ui.responses import done, respond
from krets.register.access.doors import find, page
from krets.register.access.permissions import Permission
from krets.register.looks.commands import note_list
from krets.register.models import Person
from krets.rhythm.routines.queries import settings_of_routine
from krets.welcome.calls import commands as calls
from krets.welcome.calls.models import CallReason
from krets.welcome.leavers import queries

ROUTINE = "fee_unpaid"


@page(Permission.LEAVER_SEE)
def leavers(request):
    """Members whose fee for the year has not come in: whom to ask, and what has been heard."""
    now, viewer = timezone.now(), request.viewer
    found = queries.leavers(
        request.unit,
        fields=request.scope.fields,
        at=now,
        settings=settings_of_routine(request.unit, ROUTINE),
        number=request.GET.get("page"),
    )
    if shown := [row.person.pk for row in found.rows]:
        note_list(page="leavers", shown=shown, by=viewer, at=now)
    context = {
        "leavers": found,
        "today": timezone.localdate(now),
        "may_import": viewer.may(Permission.IMPORT_MAKE),
        "may_edit": viewer.may(Permission.MEMBER_EDIT),
    }
    return respond(request, "welcome/leavers/list.html", context, fragment="rows")


@page(Permission.LEAVER_SEE)
@require_POST
def call(request, person_id):
    """Ring one of them about the fee: a call with that reason, taken in hand."""
    person, now = find(request, Person, person_id), timezone.now()
    try:
        owed = calls.open_call(
            person,
            kind=CallReason.Kind.FEE,
            due_on=timezone.localdate(now),
            by=request.viewer,
            at=now,
        )
        if owed.rested_at is None:
            calls.claim(owed, by=request.viewer, at=now)
    except CannotError as refusal:
        tell(request, str(refusal), state="watch")
        return done(request, to="welcome:leavers:list")
    return done(request, to="welcome:calls:card", args=[owed.pk])
