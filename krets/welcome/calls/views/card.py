"""The screen one rings from, and what is told after."""

import uuid

from django.http import Http404
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from krets.kit.errors import CannotError
from krets.kit.ui.flash import tell
from krets.kit.ui.links import link
from krets.kit.ui.responses import done, respond, wants_fragment
from krets.register.access.doors import find, page
from krets.register.access.permissions import Permission
from krets.register.looks.commands import note_look
from krets.register.looks.doors import goes_on
from krets.welcome.calls import asking, commands, queries
from krets.welcome.calls.commands.drafts import answers_of
from krets.welcome.calls.forms import (
    KINDS,
    DecisionForm,
    NextForm,
    NoteForm,
    WantsForm,
    WhyForm,
)
from krets.welcome.calls.models import Attempt, Call, CallReason
from krets.welcome.content import text

CARD = "welcome/calls/card.html"
WITH_WORDS = {asking.WHY: WhyForm, asking.NOTE: NoteForm}


@page(Permission.CALL_REPORT)
def card(request, pk):
    """Whom I am ringing, what is good to know, and how it went."""
    return shown(request, find(request, Call, pk))


@page(Permission.CALL_REPORT)
@require_POST
def let_go(request, pk):
    """Put a call back unmade; or stay with it, and throw away what was written of it by mistake."""
    call = find(request, Call, pk)
    if "discard" in request.POST:
        commands.discard_draft(call, by=request.viewer, at=timezone.now())
        tell(request, _("What was written is gone. The call is still to be made."))
        return to_card(request, call)
    commands.let_go(call, by=request.viewer, at=timezone.now())
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
    """Show the card of a call that is in the viewer's hand, or was while it was being told of."""
    now, viewer = timezone.now(), request.viewer
    if call.is_open and not (
        queries.sees_all(viewer) or call.is_held_by(viewer, now) or queries.is_asked(call, viewer)
    ):
        raise Http404
    kept = queries.draft_of(call, viewer)
    answers = answers_of(kept)
    shown = queries.card(call, viewer, request.scope, at=now, is_begun=bool(answers))
    if shown.is_over and not queries.is_being_told(call, viewer, at=now):
        return done(request, to="welcome:calls:list", message=_over(shown))
    note_look(
        shown.person,
        page="call",
        reason=_reason(request, call),
        goes_on=wants_fragment(request) or "ask" in request.GET or goes_on(request),
        by=viewer,
        at=now,
    )
    asked = wanted or request.GET.get("ask", "")
    # Nobody rings before others can see it: who has not begun takes the call in hand first.
    is_begun = kept is not None or refused is not None
    to_take = call.is_open and not (is_begun or call.is_in_hand_of(viewer, now))
    where = asking.asking(answers, shown.person.called, shown.kinds, asked)
    context = {
        "card": shown,
        "call": call,
        "person": shown.person,
        "busy": queries.busy(call, viewer, now),
        "to_take": to_take,
        "holder": queries.holder(call, viewer) if to_take else "",
        "may_put_back": call.claimed_by_id in viewer.person_ids and call.given_to_id is None,
        "asking": where,
        "answers": answers,
        "chosen": answers.get(where.question, ""),
        "form": refused or _blank(request, where.question, answers, shown, now),
        "key": kept.key if kept else uuid.uuid4(),
        "revision": kept.revision if kept else 0,
        "outcomes": asking.outcomes(),
        "fee_answers": asking.fee_answers(),
        "decision": asking.ways_on() if viewer.may(Permission.CALL_SHARE) else [],
        "may_edit": viewer.may(Permission.MEMBER_EDIT),
        "moods": Attempt.Mood.choices,
        "no_more": no_more(answers),
        "now": now,
        **_guides(shown.kinds),
    }
    response = respond(request, CARD, context, fragment="report")
    if wants_fragment(request) and refused is None:
        # Each question has its own address, so that Back leads to the one before.
        card_at = link(request, "welcome:calls:card", call.pk)
        response["HX-Push-Url"] = f"{card_at}?ask={where.question}"
    return response


def to_card(request, call):
    """Lead to the card; to the question where one was writing, when the report is begun."""
    address = link(request, "welcome:calls:card", call.pk)
    if answers_of(queries.draft_of(call, request.viewer)):
        address += "#report"
    return done(request, to=address)


def no_more(answers):
    """Return whether the person has asked, as far as is told, not to be called again."""
    return (
        answers.get("mood") == Attempt.Mood.NO_MORE
        or answers.get("fee_answer") == Attempt.FeeAnswer.STOP
    )


def next_form(posted, answers, card, now):
    """Return the form of the last question, with the ways on that there are."""
    return NextForm(
        posted,
        initial={"promise": answers.get("promise", "")},
        at=now,
        answers=answers,
        young=card.is_young,
        no_more=card.is_over or no_more(answers),
    )


def _over(card):
    if card.call.is_open or card.call.closing == Call.Closing.NOT_NEEDED:
        return _("%(name)s is not to be called.") % {"name": card.person.called}
    return _("This call is done already.")


def _guides(kinds):
    language = get_language()
    return {
        "guide": text("fee-guide" if CallReason.Kind.FEE in kinds else "call-guide", language),
        "hard": text("hard-questions", language),
    }


def _reason(request, call):
    todo = request.GET.get("todo", "")
    return f"todo:{todo}" if todo.isdecimal() else f"call:{call.pk}"


def _blank(request, question, answers, card, now):
    if question == asking.WANTS:
        return WantsForm(words=words_for(request, answers), told=answers)
    if question == asking.NEXT:
        return next_form(None, answers, card, now)
    form = WITH_WORDS.get(question)
    return form(told=answers) if form else None


def words_for(request, answers):
    """Return the words to tap: the association's, and those tapped in this draft."""
    words = queries.words_to_tap(request.unit, language=get_language())
    posted = {kind: request.POST.getlist(kind) for kind in KINDS}
    return {
        kind: list(dict.fromkeys([*words[kind], *posted[kind]])) if posted[kind] else words[kind]
        for kind in KINDS
    }
