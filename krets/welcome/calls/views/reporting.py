"""What is told after a call: one answer at a time, kept while it is written, and taken back."""

import uuid

from django.http import Http404, JsonResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from krets.kit.errors import CannotError
from krets.kit.ui.flash import tell
from krets.kit.ui.links import link
from krets.kit.ui.responses import done
from krets.register.access.doors import find, page
from krets.register.access.permissions import Permission
from krets.welcome.calls import asking, commands, queries
from krets.welcome.calls.commands.drafts import answers_of
from krets.welcome.calls.forms import KINDS, FeeForm, MoodForm, OutcomeForm, WantsForm
from krets.welcome.calls.models import Attempt, Call
from krets.welcome.calls.telling import consequence
from krets.welcome.calls.views.card import WITH_WORDS, next_form, shown, to_card, words_for
from krets.welcome.calls.views.elsewhere import sent_before, told_elsewhere

_NOT_SAVED = gettext_lazy(
    "You have told how this call went in another window. What you write here is not saved: press on"
    " to see what to do with it."
)
_WAYS = {
    asking.MOOD: MoodForm,
    asking.OUTCOME: OutcomeForm,
    asking.FEE: FeeForm,
    **WITH_WORDS,
}


@page(Permission.CALL_REPORT)
def report(request, pk):
    """Take the answer to one question; the last one saves the whole report."""
    call, now = find(request, Call, pk), timezone.now()
    if request.method != "POST":
        # Here one lands after signing in again: what was written waits on the card.
        return to_card(request, call)
    before = _report_before(request, call)
    if before:
        return sent_before(request, before)
    question = request.POST.get("question", "")
    draft = queries.draft_of(call, request.viewer)
    if draft is None and question != asking.OUTCOME:
        # What this answer goes on from was sent in another window.
        elsewhere = queries.told_elsewhere(call, request.viewer)
        if elsewhere:
            return told_elsewhere(request, elsewhere)
    form = _form(request, call, question, answers_of(draft), now)
    if form is None or not form.is_valid():
        return shown(request, call, refused=form, wanted=question)
    try:
        return _taken(request, call, question, form, answers_of(draft), now)
    except CannotError as refusal:
        tell(request, str(refusal), state="watch")
        return done(request, to="welcome:calls:list")


@page(Permission.CALL_REPORT)
@require_POST
def draft(request, pk):
    """Keep what is being written, and hold the call a while longer."""
    call, now = find(request, Call, pk), timezone.now()
    before = _report_before(request, call)
    if before and not before.undone_at:
        return JsonResponse({"words": str(_NOT_SAVED)}, status=409)
    seen = request.POST.get("revision", "")
    try:
        kept = commands.keep_draft(
            call,
            key=_key(request),
            changes=_typed(request.POST),
            seen=int(seen) if seen.isdecimal() else None,
            by=request.viewer,
            at=now,
        )
    except commands.WrittenElsewhereError as refusal:
        return JsonResponse({"words": str(refusal)}, status=409)
    return JsonResponse({"revision": kept.revision})


@page(Permission.CALL_REPORT)
@require_POST
def undo(request, key):
    """Take a report back, and go on with it where it was."""
    attempt = queries.last_attempt(request.viewer, key)
    if attempt is None:
        raise Http404
    try:
        commands.undo_report(attempt, by=request.viewer, at=timezone.now())
    except CannotError as refusal:
        tell(request, str(refusal), state="watch")
        return done(request, to="welcome:calls:list")
    return done(
        request,
        to="welcome:calls:card",
        args=[attempt.call_id],
        message=_("The report is undone. Change what was wrong and save again."),
    )


def _report_before(request, call):
    """Return the report that came with the same key before, or None."""
    attempt = queries.last_attempt(request.viewer, _key(request))
    return attempt if attempt and attempt.call_id == call.pk else None


def _key(request):
    try:
        return uuid.UUID(request.POST.get("key", ""))
    except ValueError as broken:
        raise Http404 from broken


def _form(request, call, question, answers, now):
    if question == asking.WANTS:
        return WantsForm(request.POST, words=words_for(request, answers))
    if question == asking.NEXT:
        card = queries.card(call, request.viewer, request.scope, at=now)
        return next_form(request.POST, answers, card, now)
    way = _WAYS.get(question)
    return way(request.POST) if way else None


def _taken(request, call, question, form, answers, now):
    """Write down one answer; save the report when it was the last."""
    signed = {"by": request.viewer, "at": now}
    cleaned = form.cleaned_data
    if question == asking.OUTCOME and cleaned["outcome"] in asking.AT_ONCE:
        attempt = commands.report(
            call,
            key=_key(request),
            outcome=cleaned["outcome"],
            number=cleaned["number"],
            **signed,
        )
        return _told(request, attempt, now)
    if question == asking.NEXT:
        kinds = set(call.reasons.values_list("kind", flat=True))
        if not asking.is_through(answers, kinds):
            return _onward(request, call)
        return _told(request, _saved(request, call, form, answers, kinds, signed), now)
    if question in asking.WITH_NOTE:
        told = form.told() | {asking.ASKED[question]: True}
    else:
        told = {question: cleaned[question]}
    commands.answer(call, key=_key(request), **told, **signed)
    return _onward(request, call)


def _saved(request, call, form, answers, kinds, signed):
    again_at = form.moment()
    told = {}
    if answers["outcome"] == Attempt.Outcome.TALKED:
        told = _told_in_the_talk(answers, asking.questions_of(answers, kinds))
    return commands.report(
        call,
        key=_key(request),
        outcome=answers["outcome"],
        next_step=Attempt.Next.CALL_AGAIN if again_at else Attempt.Next.NOTHING,
        again_at=again_at,
        promise=form.cleaned_data["promise"] if again_at else "",
        **told,
        **signed,
    )


def _told_in_the_talk(answers, questions):
    """Return what was answered to the questions that were asked in the end."""
    told = {}
    if asking.MOOD in questions:
        told["mood"] = answers["mood"]
    if asking.WANTS in questions:
        told["wants"] = _wants(answers)
        told["tags"] = [(kind, answers.get(kind, [])) for kind in KINDS]
    if asking.FEE in questions:
        told["fee_answer"] = answers[asking.FEE]
    if asking.WHY in questions:
        told["leaving_reason"] = answers.get("leaving_reason", "")
    if asking.WITH_NOTE.intersection(questions):
        told["note"] = answers.get("note", "")
    return told


def _wants(answers):
    if any(answers.get(kind) for kind in KINDS):
        return Attempt.Wants.TOLD
    return Attempt.Wants.NOTHING if answers.get("nothing") else Attempt.Wants.NOT_ASKED


def _onward(request, call):
    """After an answer: the next question, in place for htmx, on the page for others."""
    if request.htmx:
        return shown(request, call)
    return to_card(request, call)


def _told(request, attempt, now):
    """After the report: say what follows, with the way back, and go on to the next one."""
    undo_at = link(request, "welcome:calls:undo", attempt.key)
    words = consequence(attempt, now)
    return done(request, to="welcome:calls:list", message=words, undo=undo_at)


def _typed(posted):
    """Return what of the draft's fields is in the form being written."""
    fields = ("note", "promise", "leaving_reason")
    typed = {name: posted[name] for name in fields if name in posted}
    if posted.get("question") == asking.WANTS:
        for kind in KINDS:
            own = [word.strip() for word in posted.get(f"own_{kind}", "").split(",")]
            typed[kind] = list(
                dict.fromkeys(word for word in [*posted.getlist(kind), *own] if word)
            )
        typed["nothing"] = "nothing" in posted
    return typed
