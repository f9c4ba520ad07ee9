"""What stands in the file, and how far the work has come."""

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from krets.kit.ui.links import link
from krets.kit.ui.responses import respond, wants_fragment
from krets.kit.ui.thousands import grouped
from krets.register.access.doors import find, page
from krets.register.access.permissions import Permission
from krets.register.imports import (
    contributed,
    exports,
    headings,
    mending,
    preview,
    preview_faults,
    queries,
)
from krets.register.imports.columns import Target, label_of
from krets.register.imports.figures import figures as figures_of
from krets.register.imports.models import Import
from krets.register.imports.warnings import is_doubted, is_last_time, need_a_word
from krets.register.imports.words import MENDABLE, fault_in_words, warning_in_words
from krets.register.looks.commands import note_list

LIST = "register/imports/list.html"
WORKING = "register/imports/working.html"
FAULT = "register/imports/fault.html"
OVER = "register/imports/over.html"
PREVIEW = "register/imports/preview.html"
KIND = "register/imports/kind.html"
FIGURES = ("head", "near_lead", "missing_all", "new_count", "changed_count", "finish")
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
        return respond(request, OVER, _over(request, importing), fragment="over")
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
def figures(request, import_id, part):
    """What saving would do now that something was answered: the top of the page, or its end."""
    importing = find(request, Import, import_id)
    if part not in FIGURES or not importing.is_ready:
        raise Http404
    if not wants_fragment(request):
        return redirect(link(request, "register:imports:seen", importing.pk))
    context = {"importing": importing, "today": timezone.localdate()} | _figures(request, importing)
    return respond(request, PREVIEW, context, fragment=part)


@page(Permission.IMPORT_MAKE)
@require_GET
def all_of_a_kind(request, import_id, kind):
    """All rows of one kind, page by page."""
    importing = find(request, Import, import_id)
    # What could not be read is told of after saving too: somebody is to see to it.
    is_told = importing.is_ready or (kind == "warned" and importing.applied_at is not None)
    if kind not in preview.KINDS or not is_told:
        raise Http404
    today, number = timezone.localdate(), request.GET.get("page")
    if kind in preview.LISTS:
        rows = preview.page_of(importing, kind, number, today=today)
    else:
        rows = preview.page_of_faults(importing, kind, number)
    _note(request, kind, preview.people_of(rows.lines))
    context = {"importing": importing, "kind": kind, "rows": rows, "today": today}
    return respond(request, KIND, context | {"can_answer": True})


@page(Permission.IMPORT_MAKE)
@require_GET
def rejected_file(request, import_id):
    """The rows that were left out and can be put right, to mend and bring in again."""
    importing = find(request, Import, import_id)
    told = importing.is_ready or importing.applied_at
    if not (told and mending.to_mend(importing).exists()):
        raise Http404
    answer = HttpResponse(exports.rejected_rows(importing), content_type="text/csv; charset=utf-8")
    name = content_disposition_header(as_attachment=True, filename=_("Rows to correct.csv"))
    answer["Content-Disposition"] = name
    return answer


def _preview(request, importing):
    today = timezone.localdate()
    told = _figures(request, importing)
    figures = told["figures"]
    counts = {
        "new": figures.new,
        "changed": figures.changed,
        "near": figures.near,
        "missing": figures.missing.total,
        "rejected": importing.rejected_count,
    }
    noted = {
        "kept": importing.kept_count,
        "corrections": importing.carried_count,
        "gone": importing.gone_count,
    }
    parts = {key: preview.part(importing, key, count, today=today) for key, count in counts.items()}
    parts |= preview.noted_parts(importing, noted, today=today)
    groups, again = preview_faults.groups(importing, figures.faults)
    protected = importing.protected_count - figures.near_protected
    shown = [*(line for part in parts.values() for line in part.lines), *again]
    shown += [line for group in groups for line in group.lines]
    _note(request, "preview", preview.people_of(shown))
    return told | {
        "importing": importing,
        "parts": parts,
        "groups": groups,
        "again": again,
        "to_mend": mending.to_mend(importing).count() if importing.rejected_count else 0,
        "protected": protected,
        "told_of": protected or importing.again_count or _tell_of_the_file(parts),
        "open": _first_open(figures, groups, doubted=told["doubted"]),
        "warnings": _warnings(importing, need_a_word),
        "told": _warnings(importing, _is_only_told),
        "last_time": _last_time(importing),
        "today": today,
    }


def _tell_of_the_file(parts):
    """Return whether any part but the questions holds something."""
    return any(part.count for key, part in parts.items() if key not in {"near", "missing"})


def _first_open(figures, groups, *, doubted):
    """Return which part of the page is unfolded: the first question that nobody has answered."""
    if figures.unanswered:
        return "near"
    group = next((group for group in groups if not group.answer), None)
    if group:
        return group.key
    if figures.missing.unanswered and not doubted:
        return "missing"
    return "new" if figures.new else "changed"


def _figures(request, importing):
    """Return what the page says of all the rows together, with the answers given so far."""
    found = figures_of(importing)
    doubted = is_doubted(importing)
    promised = contributed.ahead(request.unit, found.newcomers, first=importing.first)
    return {
        "figures": found,
        "heading": headings.heading(importing, found),
        "questions": headings.questions(found, doubted=doubted),
        "lead": headings.lead(importing),
        "save": headings.save_words(found),
        "promised": promised if found.new else [],
        "doubted": doubted,
    }


def _is_only_told(warnings):
    return not need_a_word(warnings) and not is_last_time(warnings)


def _last_time(importing):
    """Return what each column was read as, with its first value, if that was said of another file.

    One who looks at the two side by side sees whether it holds for this file too.
    """
    if not is_last_time(importing.warnings):
        return []
    return [
        (label_of(column["target"]), next(iter(column["examples"]), ""))
        for column in importing.columns
        if column["target"] != Target.IGNORE
    ]


def _warnings(importing, wanted):
    """Return what speaks against the file in words: what must be answered, or what is only told."""
    return [warning_in_words(each) for each in importing.warnings if wanted([each])]


def _working(importing):
    mark = f"{importing.round}-{importing.phase}-{importing.done}"
    return {
        "importing": importing,
        "mark": mark,
        "saving": importing.asked_at is not None,
        "done": grouped(importing.done),
        "total": grouped(importing.total),
        "today": timezone.localdate(),
    }


def _fault(importing):
    return {
        "importing": importing,
        "fault": fault_in_words(importing.fault, importing.fault_detail),
        "mendable": importing.fault in MENDABLE and bool(importing.columns),
    }


def _over(request, importing):
    today, saved = timezone.localdate(), importing.applied_at is not None
    following_up = importing.is_being_followed_up(timezone.now())
    # The rows to put right lie here for as long as the file might have.
    to_mend = mending.to_mend(importing)
    left_out = to_mend.count() if saved and importing.rejected_count else 0
    unread = queries.warned(importing).count() if saved and importing.warned_count else 0
    not_read = preview.part(importing, "warned", unread, today=today)
    _note(request, "preview", preview.people_of(not_read.lines))
    return {
        "importing": importing,
        "saved": headings.saved_words(importing) if saved else "",
        "following_up": following_up,
        "to_do": contributed.after(request.unit, importing.pk)
        if saved and not following_up and importing.new_count
        else [],
        "left_out": preview.part(importing, "rejected", left_out, today=today, rows=to_mend),
        "not_read": not_read,
        "today": today,
    }


def _note(request, kind, people):
    """Write down whose names are shown, before they are."""
    if people:
        note_list(page=f"import:{kind}", shown=people, by=request.viewer, at=timezone.now())
