"""The routines of the association: which run, and with which days."""

from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from krets.kit.ui.links import link
from krets.kit.ui.responses import done, respond
from krets.kit.ui.thousands import grouped
from krets.register.access.doors import page
from krets.register.access.permissions import Permission
from krets.rhythm.routines import commands, queries, telling
from krets.rhythm.routines.forms import CampaignForm, RoutineForm


@page(Permission.ROUTINE_SET)
@require_GET
def routines(request):
    """What Krets reminds of by itself."""
    rows, campaign = queries.routines_of(request.unit)
    rows = queries.with_open(rows, request.unit, timezone.localdate())
    context = {"rows": rows, "campaign": campaign}
    return respond(request, "rhythm/routines/routines.html", context)


@page(Permission.ROUTINE_SET)
def routine(request, key):
    """One routine: whether it runs, and its days."""
    found = queries.routine_called(key)
    if found is None:
        raise Http404
    row = queries.routine_of(request.unit, found)
    [standing] = queries.with_open([row], request.unit, timezone.localdate())
    initial = {"on": standing.on, **standing.own}
    form = RoutineForm(request.POST or None, routine=found, initial=initial)
    if request.method == "POST" and form.is_valid():
        commands.set_routine(
            request.unit,
            routine=found,
            on=form.cleaned_data["on"],
            numbers=form.numbers(),
            by=request.viewer,
            at=timezone.now(),
        )
        return _saved(request, standing, on=form.cleaned_data["on"])
    context = {"form": form, "row": standing, "told": telling.told(found)}
    return respond(request, "rhythm/routines/routine.html", context)


@page(Permission.ROUTINE_SET)
@require_POST
def undo(request, key):
    """Take back that a routine was switched off."""
    found = queries.routine_called(key)
    if found is None:
        raise Http404
    numbers = queries.routine_of(request.unit, found).own
    commands.set_routine(
        request.unit,
        routine=found,
        on=True,
        numbers=numbers,
        by=request.viewer,
        at=timezone.now(),
    )
    said = _("It is on again. What is still needed is back on the lists in a moment.")
    return done(request, to="rhythm:routines:routines", message=said)


@page(Permission.ROUTINE_SET)
@require_POST
def campaign(request):
    """Switch campaign mode."""
    form = CampaignForm(request.POST)
    on = form.is_valid() and form.cleaned_data["on"]
    commands.set_campaign(request.unit, on=on, by=request.viewer, at=timezone.now())
    said = _("Campaign mode is on.") if on else _("Campaign mode is off.")
    return done(request, to="rhythm:routines:routines", message=said)


def _saved(request, before, *, on):
    """Say that it is saved; what was switched off can be taken back."""
    to = "rhythm:routines:routines"
    if on or not before.on:
        return done(request, to=to, message=_("It is saved."))
    said = _("The routine is off.")
    if before.open:
        said = ngettext(
            "The routine is off. %(number)s to-do is off the lists.",
            "The routine is off. %(number)s to-dos are off the lists.",
            before.open,
        ) % {"number": grouped(before.open)}
    address = link(request, "rhythm:routines:undo", before.routine.key)
    return done(request, to=to, message=said, undo=address)
