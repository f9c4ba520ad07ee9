"""What stands in the file, and how far the work has come."""

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_GET

from krets.kit.ui.links import link
from krets.kit.ui.responses import respond
from krets.register.access.doors import find, page
from krets.register.access.permissions import Permission
from krets.register.imports import exports, headings, preview, queries
from krets.register.imports.models import Import
from krets.register.imports.words import MENDABLE, fault_in_words, warning_in_words
from krets.register.looks.commands import note_list

LIST = "register/imports/list.html"
WORKING = "register/imports/working.html"
FAULT = "register/imports/fault.html"
OVER = "register/imports/over.html"
PREVIEW = "register/imports/preview.html"
KIND = "register/imports/kind.html"
LISTED = 50


@page(Permission.IMPORT_MAKE)
@require_GET
def listed(request):
    """The member files that have come in."""
    context = {"imports": queries.newest(request.unit)[:LISTED], "today": timezone.localdate()}
    return respond(request, LIST, context)


@page(Permission.IMPORT_MAKE)
@require_GET
def seen(request, import_id):
    """What the file would change; or how far the work has come, or how it ended."""
    importing = find(request, Import, import_id)
    if importing.is_over:
        return respond(request, OVER, _over(importing), fragment="over")
    if importing.failed_at:
        return respond(request, FAULT, _fault(importing))
    if importing.is_working:
        return respond(request, WORKING, _working(importing), fragment="working")
    return respond(request, PREVIEW, _preview(request, importing))


@page(Permission.IMPORT_MAKE)
@require_GET
def progress(request, import_id):
    """How far the work has come, for the page that waits."""
    importing = find(request, Import, import_id)
    address = link(request, "register:imports:seen", importing.pk)
    if not request.htmx:
        return redirect(address)
    if not importing.is_working:
        return HttpResponse(status=204, headers={"HX-Redirect": address})
    context = _working(importing)
    if request.GET.get("seen") == context["mark"]:
        return HttpResponse(status=204)
    return respond(request, WORKING, context, fragment="working")


@page(Permission.IMPORT_MAKE)
@require_GET
def all_of_a_kind(request, import_id, kind):
    """All rows of one kind, page by page."""
    importing = find(request, Import, import_id)
    if kind not in preview.LISTS or not importing.is_ready:
        raise Http404
    today = timezone.localdate()
    rows = preview.page_of(importing, kind, request.GET.get("page"), today=today)
    _note(request, kind, preview.people_of(rows.lines))
    context = {"importing": importing, "kind": kind, "rows": rows, "today": today}
    return respond(request, KIND, context | {"can_answer": True})


@page(Permission.IMPORT_MAKE)
@require_GET
def rejected_file(request, import_id):
    """The rows that were left out, to mend and bring in again."""
    importing = find(request, Import, import_id)
    if not importing.is_ready:
        raise Http404
    answer = HttpResponse(exports.rejected_rows(importing), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="krets-rows-to-mend.csv"'
    return answer


def _preview(request, importing):
    today = timezone.localdate()
    # An answer may have told that somebody is missing whom a row seemed to mean.
    importing.missing_count = queries.missing(importing).count()
    counts = {
        "new": importing.new_count,
        "changed": importing.changed_count,
        "near": importing.near_count,
        "missing": importing.missing_count,
        "rejected": importing.rejected_count,
        "warned": importing.warned_count,
        "corrections": importing.carried_count,
    }
    parts = {key: preview.part(importing, key, count, today=today) for key, count in counts.items()}
    shown = [pk for part in parts.values() for pk in preview.people_of(part.lines)]
    _note(request, "preview", shown)
    return {
        "importing": importing,
        "parts": parts,
        "heading": headings.heading(importing),
        "lead": headings.lead(importing),
        "save": headings.save_words(importing),
        "warnings": [warning_in_words(warning) for warning in importing.warnings],
        "unanswered": queries.unanswered(importing) if importing.near_count else 0,
        "leaving": queries.saying_left(importing) if importing.missing_count else 0,
        "today": today,
    }


def _working(importing):
    mark = f"{importing.round}-{importing.phase}-{importing.done}"
    return {
        "importing": importing,
        "mark": mark,
        "saving": importing.asked_at is not None,
        "done": headings.spaced(importing.done),
        "total": headings.spaced(importing.total),
        "today": timezone.localdate(),
    }


def _fault(importing):
    return {
        "importing": importing,
        "fault": fault_in_words(importing.fault, importing.fault_detail),
        "mendable": importing.fault in MENDABLE and bool(importing.columns),
    }


def _over(importing):
    return {
        "importing": importing,
        "saved": headings.saved_words(importing) if importing.applied_at else "",
        "following_up": importing.is_being_followed_up(timezone.now()),
        "today": timezone.localdate(),
    }


def _note(request, kind, people):
    """Write down whose names are shown, before they are."""
    if people:
        note_list(page=f"import:{kind}", shown=people, by=request.viewer, at=timezone.now())
