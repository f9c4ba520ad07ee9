"""Everybody who joined lately, and the steps of each."""

from django.core.paginator import Paginator
from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from krets.kit.errors import CannotError
from krets.kit.ui.links import link
from krets.kit.ui.responses import done, respond
from krets.register.access.doors import find, page
from krets.register.access.permissions import Permission
from krets.register.looks.commands import note_list
from krets.register.looks.doors import looked_at
from krets.register.models import Person
from krets.welcome.path import commands, queries
from krets.welcome.path.forms import SkipForm
from krets.welcome.path.steps import STEPS, step_called

PER_PAGE = 25


@page(Permission.PATH_SEE)
def overview(request):
    """All who joined in the last 120 days, longest wait first, and how well they were met."""
    found = queries.overview(request.unit, request.scope, at=timezone.now())
    paged = Paginator(found.rows, PER_PAGE).get_page(request.GET.get("page"))
    context = _context(request, found, paged.object_list) | {"paged": paged}
    return respond(request, "welcome/path/overview.html", context, fragment="grid")


@page(Permission.PATH_SEE)
def printed(request):
    """The same on paper, for the board's table."""
    found = queries.overview(request.unit, request.scope, at=timezone.now(), on_paper=True)
    context = _context(request, found, found.rows) | {"on_paper": True}
    return respond(request, "welcome/path/print.html", context)


@page(Permission.PATH_SKIP)
def skip(request, person_id, key):
    """Leave a step out, with the reason."""
    person = looked_at(request, Person, person_id, page="path")
    step = _step(key)
    form = SkipForm(request.POST or None)
    if form.is_valid():
        try:
            commands.skip_step(
                person, step=step, by=request.viewer, at=timezone.now(), **form.cleaned_data
            )
        except CannotError as refusal:
            form.add_error(None, str(refusal))
        else:
            undo = link(request, "welcome:path:take_up", person.pk, step.key)
            words = _("The step is skipped for %(name)s.") % {"name": person.called}
            return done(request, to="welcome:path:overview", message=words, undo=undo)
    context = {"person": person, "step": step, "form": form}
    return respond(request, "welcome/path/skip.html", context)


@page(Permission.PATH_SKIP)
@require_POST
def take_up(request, person_id, key):
    """Take a step up again."""
    person = find(request, Person, person_id)
    commands.take_up_step(person, step=_step(key), by=request.viewer, at=timezone.now())
    return done(request, to="welcome:path:overview", message=_("The step is on the path again."))


def _context(request, found, rows):
    """Return what a page with these rows needs; whom it shows is written down first."""
    now = timezone.now()
    if shown := [row.person.pk for row in rows]:
        note_list(page="path", shown=shown, by=request.viewer, at=now)
    context = {"overview": found, "rows": rows, "steps": STEPS, "unit": request.unit}
    before = queries.any_before_krets(row.states for row in rows)
    return context | {"any_before_krets": before, "now": now, "today": timezone.localdate(now)}


def _step(key):
    step = step_called(key)
    if step is None:
        raise Http404
    return step
