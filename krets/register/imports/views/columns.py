"""What the columns mean."""

from django.http import Http404
from django.utils import timezone

from krets.kit.errors import CannotError
from krets.kit.ui.responses import done, respond
from krets.register.access.doors import find, page
from krets.register.access.permissions import Permission
from krets.register.imports import commands, queries
from krets.register.imports.columns import is_unnamed
from krets.register.imports.forms import ColumnsForm
from krets.register.imports.models import Import
from krets.register.imports.warnings import is_last_time

COLUMNS = "register/imports/columns.html"


@page(Permission.IMPORT_MAKE)
def columns(request, import_id):
    """Which column holds what; changed, the file is read again at once."""
    importing = find(request, Import, import_id)
    if importing.is_over or importing.is_working or not importing.columns:
        raise Http404
    form = ColumnsForm(request.POST or None, importing=importing, habit=_habit(importing))
    if request.method == "POST" and form.is_valid():
        try:
            commands.choose_columns(
                importing,
                columns=form.columns(),
                table=form.table(),
                by=request.viewer,
                at=timezone.now(),
            )
        except CannotError as refusal:
            form.add_error(None, str(refusal))
        else:
            return done(request, to="register:imports:seen", args=[importing.pk])
    matches = form.matches()
    context = {
        "importing": importing,
        "form": form,
        "undecided": [match for match in matches if match["is_undecided"]],
        "decided": [match for match in matches if not match["is_undecided"]],
        "total": len(matches),
        "known": sum(match["state"] == "" for match in matches),
    }
    return respond(request, COLUMNS, context, fragment="form")


def _habit(importing):
    """Return what was said of the columns: of this file, or of an earlier one it was read as."""
    habit = queries.habit(importing.unit)
    if not is_last_time(importing.warnings):
        habit = {head: target for head, target in habit.items() if not is_unnamed(head)}
    return habit | importing.wanted.get("columns", {})
