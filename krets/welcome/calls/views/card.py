"""The screen one rings from, and what is told after."""

import uuid

from django.http import Http404
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from krets.kit.errors import CannotError
from krets.kit.ui.flash import tell
from krets.kit.ui.responses import done, respond, wants_fragment
from krets.register.access.doors import find, page
from krets.register.access.permissions import Permission
from krets.register.looks.commands import note_look
from krets.welcome.calls import asking, commands, queries
from krets.welcome.calls.commands.drafts import answers_of
from krets.welcome.calls.forms import (
    KINDS,
    DecisionForm,
    NextForm,
    WantsForm,
)
from krets.welcome.calls.models import Attempt, Call, CallReason
from krets.welcome.content import text

CARD = "welcome/calls/card.html"


@page(Permission.CALL_REPORT)
def card(request, pk):
    """Whom I am ringing, what is good to know, and how it went."""
    return shown(request, find(request, Call, pk))


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
            tell(request, _("Decided. The call is off the list."))
    return done(request, to="welcome:calls:list")


def shown(request, call, *, refused=None, wanted=""):
    """Show the card of a call that is open and in the viewer's hand."""
    now, viewer = timezone.now(), request.viewer
    if not call.is_open:
        return done(request, to="welcome:calls:list", message=_("This call is done already."))
    if not (queries.sees_all(viewer) or call.is_held_by(viewer, now)):
        raise Http404
    shown = queries.card(call, viewer, request.scope, at=now)
    note_look(
        shown.person,
        page="call",
        reason=_reason(request, call),
        goes_on=wants_fragment(request),
        by=viewer,
        at=now,
    )
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
        return WantsForm(words=words_for(request, answers), told=answers)
    if question == asking.NEXT:
        return NextForm(initial={"promise": answers.get("promise", "")}, at=now, answers=answers)
    return None


def words_for(request, answers):
    """Return the words to tap: the association's, and those tapped in this draft."""
    words = queries.words_to_tap(request.unit, language=get_language())
    posted = {kind: request.POST.getlist(kind) for kind in KINDS}
    return {
        kind: list(dict.fromkeys([*words[kind], *posted[kind]])) if posted[kind] else words[kind]
        for kind in KINDS
    }
