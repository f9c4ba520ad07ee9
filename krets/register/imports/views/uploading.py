"""The file comes in."""

from django.utils import timezone
from django.views.decorators.http import require_POST

from krets.kit.errors import CannotError
from krets.kit.tables.limits import LIMITS
from krets.kit.ui.links import link
from krets.kit.ui.responses import done, respond
from krets.register.access.doors import find, page
from krets.register.access.permissions import Permission
from krets.register.imports import commands, queries
from krets.register.imports.forms import MEGABYTE, UploadForm
from krets.register.imports.models import Import

UPLOAD = "register/imports/new.html"


@page(Permission.IMPORT_MAKE)
def new(request):
    """Bring in the member file."""
    form = UploadForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            importing = commands.take_in(
                request.unit,
                file=file.file,
                name=file.name,
                by=request.viewer,
                at=timezone.now(),
            )
        except CannotError as refusal:
            form.add_error("file", str(refusal))
        else:
            return done(request, to="register:imports:seen", args=[importing.pk])
    unit = request.unit
    context = {
        "form": form,
        "limit": LIMITS.size // MEGABYTE,
        "last": queries.last_applied(unit),
        "waiting": queries.waiting(unit).first(),
        "today": timezone.localdate(),
    }
    return respond(request, UPLOAD, context, fragment="form")


@page(Permission.IMPORT_MAKE)
@require_POST
def again(request, import_id):
    """Read the file once more."""
    importing = find(request, Import, import_id)
    commands.read_again(importing, why="asked", by=request.viewer, at=timezone.now())
    return done(request, to=link(request, "register:imports:seen", importing.pk))
