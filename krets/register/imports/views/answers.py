"""What is answered while one looks a file through, and what is done with it then."""

from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from krets.kit.errors import CannotError
from krets.kit.ui import flash
from krets.kit.ui.links import link
from krets.kit.ui.responses import done, respond
from krets.register.access.doors import find, page
from krets.register.access.permissions import Permission
from krets.register.imports import commands, preview, queries
from krets.register.imports.forms import DeclareForm, FaultsForm, MissingForm
from krets.register.imports.models import Import, ImportFault, ImportRow

ANSWERED = "answered"
DISCARD = "register/imports/discard.html"
# Those with protected details stand apart; both lists are written with the same lines.
_APART = {"missing_protected": "missing", "near_protected": "near"}
_ANSWERS = {"same": True, "not_same": False}


@page(Permission.IMPORT_MAKE)
@require_POST
def near(request, import_id, row_id):
    """Are the two the same person?"""
    importing = find(request, Import, import_id)
    row = find(request, ImportRow, row_id)
    told = request.POST
    same, seen = _ANSWERS.get(told.get("answer")), told.get("seen", "")
    try:
        commands.answer_near(row, same=same, seen=seen, by=request.viewer, at=timezone.now())
    except CannotError as refusal:
        flash.tell(request, str(refusal), state="fault")
    return _back(request, importing, "near_protected" if row.protected else "near", row_id)


@page(Permission.IMPORT_MAKE)
@require_POST
def missing(request, import_id):
    """Has somebody who is missing from the file left?"""
    importing = find(request, Import, import_id)
    form = MissingForm(request.POST)
    if form.is_valid():
        person_id = form.cleaned_data["person"]
        try:
            commands.answer_missing(
                importing,
                **form.answer(),
                person_ids=[person_id] if person_id else None,
                seen=form.cleaned_data["seen"],
                by=request.viewer,
                at=timezone.now(),
            )
        except CannotError as refusal:
            flash.tell(request, str(refusal), state="fault")
    elif wrong := form.errors.get("on"):
        flash.tell(request, wrong[0], state="fault")
    person_id = form.cleaned_data.get("person")
    aside = queries.missing_protected(importing).filter(person_id=person_id).exists()
    return _back(request, importing, "missing_protected" if aside else "missing", person_id)


@page(Permission.IMPORT_MAKE)
@require_POST
def faults(request, import_id):
    """What comes of all rows with one kind of fault in one column?"""
    importing = find(request, Import, import_id)
    form = FaultsForm(request.POST)
    if form.is_valid():
        try:
            answer = form.cleaned_data.pop("answer")
            told = form.cleaned_data | {"by": request.viewer, "at": timezone.now()}
            if answer == ImportFault.Answer.TAKEN:
                commands.take_suggestions(importing, **told)
            else:
                commands.answer_faults(importing, answer=answer, **told)
        except CannotError as refusal:
            flash.tell(request, str(refusal), state="fault")
    return done(request, to=link(request, "register:imports:seen", importing.pk) + "#questions")


@page(Permission.IMPORT_MAKE)
@require_POST
def ask_again(request, import_id):
    """Ask about what was answered in an earlier file."""
    importing = find(request, Import, import_id)
    try:
        commands.ask_again(importing, by=request.viewer, at=timezone.now())
    except CannotError as refusal:
        flash.tell(request, str(refusal), state="fault")
    return done(request, to=link(request, "register:imports:seen", importing.pk) + "#questions")


@page(Permission.IMPORT_MAKE)
@require_POST
def suggestion(request, import_id, row_id):
    """Take what Krets thinks was meant by a cell that could not be read."""
    importing = find(request, Import, import_id)
    row = find(request, ImportRow, row_id)
    try:
        commands.take_suggestion(
            row, target=request.POST.get("target", ""), by=request.viewer, at=timezone.now()
        )
    except CannotError as refusal:
        flash.tell(request, str(refusal), state="fault")
    return _back(request, importing, "warned", row_id)


@page(Permission.IMPORT_MAKE)
@require_POST
def right(request, import_id):
    """It is the right file, although something speaks against it."""
    importing = find(request, Import, import_id)
    form = DeclareForm(request.POST)
    if form.is_valid():
        try:
            commands.declare_right(
                importing, **form.cleaned_data, by=request.viewer, at=timezone.now()
            )
        except CannotError as refusal:
            flash.tell(request, str(refusal), state="fault")
    return done(request, to=link(request, "register:imports:seen", importing.pk) + "#questions")


@page(Permission.IMPORT_MAKE)
@require_POST
def save(request, import_id):
    """Save what the file changes."""
    importing = find(request, Import, import_id)
    try:
        commands.ask_to_apply(importing, by=request.viewer, at=timezone.now())
    except CannotError as refusal:
        flash.tell(request, str(refusal), state="fault")
    return done(request, to=link(request, "register:imports:seen", importing.pk))


@page(Permission.IMPORT_MAKE)
def stop(request, import_id):
    """Ask whether the file is to be given up, and give it up; nothing of it is saved."""
    importing = find(request, Import, import_id)
    seen = link(request, "register:imports:seen", importing.pk)
    if request.method != "POST":
        if importing.is_over or importing.asked_at:
            return redirect(seen)
        context = {"importing": importing, "today": timezone.localdate()}
        return respond(request, DISCARD, context)
    try:
        commands.cancel(importing, by=request.viewer, at=timezone.now())
    except CannotError as refusal:
        flash.tell(request, str(refusal), state="fault")
        return done(request, to=seen)
    return done(
        request, to="register:imports:new", message=_("The file is discarded. Nothing was saved.")
    )


def _back(request, importing, kind, pk):
    """Answer with the one line that changed, or lead back to it."""
    # Rows with the same fault stand in a group of their own among the questions.
    place = "questions" if kind == "warned" else kind
    address = link(request, "register:imports:seen", importing.pk) + f"#{place}"
    if kind in _APART:
        address = link(request, "register:imports:kind", importing.pk, kind)
    line = _line_of(importing, kind, pk)
    if line is None:
        return done(request, to=address)
    context = {"importing": importing, "line": line, "can_answer": True, "is_answer": True}
    answer = done(
        request,
        to=address,
        fragment=f"register/imports/{_APART.get(kind, kind)}_line.html",
        context=context,
    )
    # The top of the page and its button listen for this, and fetch what is true now.
    answer["HX-Trigger"] = ANSWERED
    return answer


def _line_of(importing, kind, pk):
    if not pk:
        return None
    rows = preview.LISTS[kind](importing) if kind != "warned" else queries.read_over(importing)
    rows = rows.filter(person_id=pk) if _APART.get(kind, kind) == "missing" else rows.filter(pk=pk)
    written = preview.lines(kind, rows[:1], today=timezone.localdate())
    return written[0] if written else None
