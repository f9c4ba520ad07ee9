"""The screen one rings from, and what is told after."""

import uuid

from django.http import Http404, JsonResponse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from krets.kit.errors import CannotError
from krets.kit.ui import days
from krets.kit.ui.flash import tell
from krets.kit.ui.links import link
from krets.kit.ui.responses import done, respond, wants_fragment
from krets.register.access.doors import find, page
from krets.register.access.permissions import Permission
from krets.register.looks.commands import note_look
from krets.welcome.calls import asking, commands, queries
from krets.welcome.calls.commands.drafts import answers_of
from krets.welcome.calls.forms import (
    KINDS,
    DecisionForm,
    MoodForm,
    NextForm,
    OutcomeForm,
    WantsForm,
)
from krets.welcome.calls.models import Attempt, Call, CallReason
from krets.welcome.content import text

CARD = "welcome/calls/card.html"
_WAYS = {"mood": MoodForm, "outcome": OutcomeForm}


@page(Permission.CALL_REPORT)
def card(request, pk):
    """Whom I am ringing, what is good to know, and how it went."""
    return _shown(request, find(request, Call, pk))


@page(Permission.CALL_REPORT)
@require_POST
def report(request, pk):
    """Take the answer to one question; the last one saves the whole report."""
    call, now = find(request, Call, pk), timezone.now()
    before = _report_before(request, call)
    if before:
        return _told(request, before, now)
    question = request.POST.get("question", "")
    draft = queries.draft_of(call, request.viewer)
    form = _form(request, question, draft, now)
    if form is None or not form.is_valid():
        return _shown(request, call, refused=form, wanted=question)
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
        message=_("The report is taken back. Change what was wrong and save again."),
    )


@page(Permission.CALL_REPORT)
@require_POST
def let_go(request, pk):
    """Put a call back unmade."""
    commands.let_go(find(request, Call, pk), by=request.viewer, at=timezone.now())
    return done(request, to="welcome:calls:list")


@page(Permission.CALL_SHARE)
@require_POST
def decision(request, pk):
    """Say how to go on after three tries without an answer."""
    call = find(request, Call, pk)
    form = DecisionForm(request.POST)
    if form.is_valid():
        try:
            commands.decide_rested(
                call, closing=form.closing(), by=request.viewer, at=timezone.now()
            )
        except CannotError as refusal:
            tell(request, str(refusal), state="watch")
        else:
            tell(request, _("It is decided, and the call is off the list."))
    return done(request, to="welcome:calls:list")


def _shown(request, call, *, refused=None, wanted=""):
    """Show the card of a call that is open and in the viewer's hand."""
    now, viewer = timezone.now(), request.viewer
    if not call.is_open:
        return done(request, to="welcome:calls:list", message=_("This call is done already."))
    if not (queries.sees_all(viewer) or call.is_held_by(viewer, now)):
        raise Http404
    shown = queries.card(call, viewer, request.scope, at=now)
    if not wants_fragment(request):
        note_look(shown.person, page="call", reason=_reason(request, call), by=viewer, at=now)
    kept = queries.draft_of(call, viewer)
    answers = answers_of(kept)
    where = asking.asking(answers, shown.person.called, wanted or request.GET.get("ask", ""))
    context = {
        "card": shown,
        "call": call,
        "person": shown.person,
        "busy": call.is_busy_for(viewer, now),
        "may_put_back": call.claimed_by_id in viewer.person_ids and call.given_to_id is None,
        "asking": where,
        "answers": answers,
        "form": refused or _blank(request, where.question, answers, now),
        "key": kept.key if kept else uuid.uuid4(),
        "revision": kept.revision if kept else 0,
        "outcomes": asking.outcomes(),
        "decision": asking.ways_on() if viewer.may(Permission.CALL_SHARE) else [],
        "may_edit": viewer.may(Permission.MEMBER_EDIT),
        "moods": Attempt.Mood.choices,
        "no_more": answers.get("mood") == Attempt.Mood.NO_MORE,
        "now": now,
        **_guides(shown.call),
    }
    return respond(request, CARD, context, fragment="report")


def _guides(call):
    about_fee = CallReason.Kind.FEE in {reason.kind for reason in call.reasons.all()}
    language = get_language()
    return {
        "guide": text("fee-guide" if about_fee else "call-guide", language),
        "hard": text("hard-questions", language),
    }


def _reason(request, call):
    todo = request.GET.get("todo", "")
    return f"todo:{todo}" if todo.isdecimal() else f"call:{call.pk}"


def _blank(request, question, answers, now):
    if question == asking.WANTS:
        return WantsForm(words=_words(request, answers), told=answers)
    if question == asking.NEXT:
        return NextForm(initial={"promise": answers.get("promise", "")}, at=now, answers=answers)
    return None


def _form(request, question, draft, now):
    if question == asking.WANTS:
        return WantsForm(request.POST, words=_words(request, answers_of(draft)))
    if question == asking.NEXT:
        return NextForm(request.POST, at=now, answers=answers_of(draft))
    way = _WAYS.get(question)
    return way(request.POST) if way else None


def _words(request, answers):
    """Return the words to tap: the association's, and those tapped in this draft."""
    words = queries.words_to_tap(request.unit, language=get_language())
    posted = {kind: request.POST.getlist(kind) for kind in KINDS}
    return {
        kind: list(dict.fromkeys([*words[kind], *posted[kind]])) if posted[kind] else words[kind]
        for kind in KINDS
    }


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
    if question == asking.NEXT and answers.get("outcome"):
        return _told(request, _saved(request, call, form, answers, signed), now)
    told = (
        form.told() | {"asked": True} if question == asking.WANTS else {question: cleaned[question]}
    )
    commands.answer(call, key=_key(request), **told, **signed)
    return _onward(request, call)


def _saved(request, call, form, answers, signed):
    again_at = form.moment()
    talked = answers["outcome"] == Attempt.Outcome.TALKED
    told = {}
    if talked:
        tags = [(kind, answers.get(kind, [])) for kind in KINDS]
        told = {
            "mood": answers["mood"],
            "wants": _wants(answers),
            "tags": tags,
            "note": answers.get("note", ""),
        }
    return commands.report(
        call,
        key=_key(request),
        outcome=answers["outcome"],
        next_step=Attempt.Next.CALL_AGAIN if again_at else Attempt.Next.NOTHING,
        again_at=again_at,
        promise=form.cleaned_data["promise"],
        **told,
        **signed,
    )


def _wants(answers):
    if any(answers.get(kind) for kind in KINDS):
        return Attempt.Wants.TOLD
    return Attempt.Wants.NOTHING if answers.get("nothing") else Attempt.Wants.NOT_ASKED


def _onward(request, call):
    """After an answer: the next question, in place for htmx, on the page for others."""
    if request.htmx:
        return _shown(request, call)
    return done(request, to="welcome:calls:card", args=[call.pk])


def _told(request, attempt, now):
    """After the report: say what follows, with the way back, and go on to the next one."""
    undo_at = link(request, "welcome:calls:undo", attempt.key)
    words = _consequence(attempt, now)
    return done(request, to="welcome:calls:list", message=words, undo=undo_at)


def _consequence(attempt, now):
    name = {"name": attempt.person.called}
    today = timezone.localdate(now)
    outcome = Attempt.Outcome(attempt.outcome)
    if attempt.again_at:
        day = days.said(timezone.localdate(attempt.again_at), today)
        return _("Saved. You call %(name)s again %(day)s.") % (name | {"day": day})
    if outcome == Attempt.Outcome.WRONG_NUMBER:
        return _("The number of %(name)s is marked as wrong and will not be called again.") % name
    if outcome == Attempt.Outcome.ASKED_NOT_TO or attempt.mood == Attempt.Mood.NO_MORE:
        return _("Saved. %(name)s will not be called again.") % name
    if outcome in Attempt.UNANSWERED:
        if attempt.call.rested_at:
            return (
                _(
                    "Saved. Three tries are enough: the membership officer decides how to"
                    " reach %(name)s."
                )
                % name
            )
        return _("Saved. %(name)s comes back on the list tomorrow.") % name
    return _("Saved. Thank you for talking with %(name)s.") % name


def _report_before(request, call):
    """Return the report that came with the same key before, or None."""
    attempt = queries.last_attempt(request.viewer, _key(request))
    return attempt if attempt and attempt.call_id == call.pk else None


def _key(request):
    try:
        return uuid.UUID(request.POST.get("key", ""))
    except ValueError as broken:
        raise Http404 from broken


def _typed(posted):
    """Return what of the draft's fields is in the form being written."""
    typed = {name: posted[name] for name in ("note", "promise") if name in posted}
    if "note" in posted:
        for kind in KINDS:
            own = [word.strip() for word in posted.get(f"own_{kind}", "").split(",")]
            typed[kind] = list(
                dict.fromkeys(word for word in [*posted.getlist(kind), *own] if word)
            )
        typed["nothing"] = "nothing" in posted
    return typed
