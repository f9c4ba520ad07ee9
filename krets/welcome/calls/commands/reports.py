"""Telling how a call went."""

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from krets.kit.audit import trail
from krets.kit.commands import command
from krets.kit.errors import CannotError
from krets.register.access.permissions import Permission
from krets.register.access.scope import Rows
from krets.register.members.models import Person
from krets.register.organisation.models import Unit
from krets.register.profiles.commands import add_tags, write_note
from krets.register.profiles.models import PersonTag
from krets.welcome.calls.commands.effects import MOVES, note_what_was_told, tell
from krets.welcome.calls.commands.opening import refuse_the_tired
from krets.welcome.calls.models import Attempt, Call, Claim, Draft
from krets.welcome.calls.queries.card import is_being_told

_KEPT = ("due_on", "not_before", "given_to_id", "rested_at", "again_on")
_TOLD_ALREADY = _(
    "You have already told how this call went. Take it in hand again to call once more."
)
_NOTHING_MORE = {"next_step": Attempt.Next.NOTHING, "again_at": None, "promise": ""}


class OutOfHandError(CannotError):
    """The caller does not have the call in hand and has told of it already."""


class AlreadyReportedError(CannotError):
    """The call was made by somebody else meanwhile."""


@command
def report(
    call,
    *,
    key,
    outcome,
    by,
    at,
    mood="",
    wants="",
    tags=(),
    note="",
    fee_answer="",
    leaving_reason="",
    next_step="",
    again_at=None,
    promise="",
    number="",
):
    """Note how a try went and let it have its effects; return the attempt.

    `key` is the report's own: the same one sent again changes nothing. `tags` are (kind, words).
    A claim that has lapsed is still good for one report, also when the call was closed meanwhile:
    then it is written down and nothing else changes. Whoever is not to be called is promised none.
    """
    # What is told of a person is told one at a time, and after who is not to be called any more.
    person = Person.objects.select_for_update(no_key=True).get(pk=call.person_id)
    Unit.objects.in_turn(call.unit_id)
    told = {
        "mood": mood,
        "wants": wants,
        "fee_answer": fee_answer,
        "leaving_reason": leaving_reason,
        "next_step": next_step,
        "again_at": again_at,
        "promise": promise.strip(),
    }
    if person.no_calls_at or person.deceased_on:
        told |= _NOTHING_MORE
    attempt, is_new = _written_once(call, key, outcome, told, by, at)
    if not is_new:
        trail.nothing("the same report came twice")
        return attempt
    now = Call.objects.get(pk=call.pk)
    _use_up_claim(now, person, key, outcome, by, at)
    attempt.before = _state_of(now, person)
    if note.strip():
        attempt.note = write_note(person, text=note, by=by, at=at)
    if tags := [(kind, words) for kind, words in tags if words]:
        attempt.before["tags"] = _add_tags(person, tags, by, at)
    note_what_was_told(attempt, person, number, by, at)
    if now.is_open:
        MOVES[outcome](attempt, call, person, by, at)
    attempt.save(update_fields=["before", "note"])
    Draft.objects.filter(call=call, by=by.person).delete()
    trail.record("call.reported", call, by=by, at=at, outcome=outcome, mood=mood, key=str(key))
    tell(call, by, at)
    return attempt


def _written_once(call, key, outcome, told, by, at):
    attempt = Attempt(
        unit_id=call.unit_id,
        key=key,
        call=call,
        person_id=call.person_id,
        caller=by.person,
        by=by.account,
        at=at,
        outcome=outcome,
        **told,
    )
    try:
        with transaction.atomic():
            attempt.save(force_insert=True)
    except IntegrityError:
        # The key is unique: this report has arrived before. Anything else that is wrong rises.
        return Attempt.objects.of(by.unit).get(key=key, call=call), False
    return attempt, True


def _use_up_claim(now, person, key, outcome, by, at):
    unused = Claim.objects.filter(call=now, by__in=by.person_ids, reported_at=None)
    if unused.update(reported_at=at):
        return
    if now.closed_at:
        # Whoever was writing when it closed may write to the end.
        if is_being_told(now, by, at=at, key=key):
            return
        raise AlreadyReportedError(_("Somebody else has already reported how this call went."))
    may_always = Rows.UNIT in by.scope(Permission.CALL_REPORT).rows
    if not may_always and now.given_to_id not in by.person_ids:
        raise OutOfHandError(_TOLD_ALREADY)
    if outcome in Attempt.UNANSWERED:
        refuse_the_tired(person, at)
        _refuse_once_more(now, by)


def _refuse_once_more(call, by):
    """Refuse a try told of on a page left open or come back to: it has been told of already.

    Whoever rings once more takes the call in hand anew. A talk is told of always.
    """
    if Claim.objects.filter(call=call, by__in=by.person_ids).exists():
        raise OutOfHandError(_TOLD_ALREADY)


def _state_of(now, person):
    state = {name: getattr(now, name) for name in _KEPT}
    state = {
        name: told.isoformat() if hasattr(told, "isoformat") else told
        for name, told in state.items()
    }
    no_calls_at = person.no_calls_at.isoformat() if person.no_calls_at else None
    return {"call": state, "no_calls_at": no_calls_at, "closed": not now.is_open}


def _add_tags(person, tags, by, at):
    carried = set(PersonTag.objects.filter(person=person).values_list("tag", flat=True))
    added = [
        tag.pk
        for kind, words in tags
        for tag in add_tags(person, kind=kind, words=words, by=by, at=at)
    ]
    return [pk for pk in added if pk not in carried]
