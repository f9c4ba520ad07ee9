"""Telling how a call went, and taking it back."""

import uuid

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext_lazy as _

from krets.events import PeopleChanged, publish
from krets.kit.audit import trail
from krets.kit.commands import command
from krets.kit.errors import CannotError
from krets.register.access.permissions import Permission
from krets.register.access.scope import Rows
from krets.register.members.models import Change, Person
from krets.register.profiles.commands import add_tags, write_note
from krets.register.profiles.models import Note, PersonTag, Tag
from krets.rhythm.todos import commands as todos
from krets.rhythm.todos.models import Todo
from krets.welcome.calls import moments
from krets.welcome.calls.commands.drafts import answer
from krets.welcome.calls.commands.opening import open_call
from krets.welcome.calls.models import Attempt, Call, CallReason, Claim, Draft, WrongNumber

_KEPT = ("due_on", "not_before", "given_to_id", "rested_at")
_UNDO_LASTS = moments.timedelta(hours=24)


class OutOfHandError(CannotError):
    """The caller does not have the call in hand and has told of it already."""


class AlreadyReportedError(CannotError):
    """The call was made by somebody else meanwhile."""


class TooLateToUndoError(CannotError):
    """Something has been built on the report since."""


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
    next_step="",
    again_at=None,
    promise="",
    number="",
):
    """Note how a try went and let it have its effects; return the attempt.

    `key` is the report's own: the same one sent again changes nothing. `tags` are (kind, words).
    A claim that has lapsed is still good for one report, also when somebody else has closed the
    call meanwhile: then it is written down and nothing else changes.
    """
    told = {"mood": mood, "wants": wants, "next_step": next_step, "again_at": again_at}
    attempt, is_new = _written_once(call, key, outcome, told, promise, by, at)
    if not is_new:
        trail.nothing("the same report came twice")
        return attempt
    _use_up_claim(call, by, at)
    person = Person.objects.get(pk=call.person_id)
    attempt.before = _state_of(call, person)
    if note.strip():
        attempt.note = write_note(person, text=note, by=by, at=at)
    if tags := [(kind, words) for kind, words in tags if words]:
        attempt.before["tags"] = _add_tags(person, tags, by, at)
    if Call.objects.open().filter(pk=call.pk).exists():
        _EFFECTS[outcome](attempt, call, person, number, by, at)
    attempt.save(update_fields=["before", "note"])
    Draft.objects.filter(call=call, by=by.person).delete()
    trail.record("call.reported", call, by=by, at=at, outcome=outcome, mood=mood, key=str(key))
    _tell(call, by, at)
    return attempt


@command
def undo_report(attempt, *, by, at):
    """Take one's own report back, with all it did, and leave its answers in the draft again.

    Refuses after a day, and when somebody has built on it since.
    """
    later = Attempt.objects.standing().filter(person=attempt.person_id, pk__gt=attempt.pk)
    too_late = attempt.at + _UNDO_LASTS < at or later.exists() or attempt.by_id != by.account.pk
    mine = Attempt.objects.standing().filter(pk=attempt.pk)
    if too_late or not mine.update(undone_at=at, undone_by=by.account):
        raise TooLateToUndoError(
            _("This report can no longer be taken back. Write a note about what was wrong instead.")
        )
    person = Person.objects.get(pk=attempt.person_id)
    _put_back(attempt, person, by, at)
    trail.record("call.report_undone", attempt.call, by=by, at=at, key=str(attempt.key))
    _tell(attempt.call, by, at)


def _written_once(call, key, outcome, told, promise, by, at):
    attempt = Attempt(
        unit_id=call.unit_id,
        key=key,
        call=call,
        person_id=call.person_id,
        caller=by.person,
        by=by.account,
        at=at,
        outcome=outcome,
        promise=promise.strip(),
        **told,
    )
    try:
        with transaction.atomic():
            attempt.save(force_insert=True)
    except IntegrityError:
        # The key is unique: this report has arrived before. Anything else that is wrong rises.
        return Attempt.objects.of(by.unit).get(key=key, call=call), False
    return attempt, True


def _use_up_claim(call, by, at):
    unused = Claim.objects.filter(call=call, by__in=by.person_ids, reported_at=None)
    if unused.update(reported_at=at):
        return
    now = Call.objects.get(pk=call.pk)
    if now.closed_at:
        raise AlreadyReportedError(_("Somebody else has already told how this call went."))
    may_always = Rows.UNIT in by.scope(Permission.CALL_REPORT).rows
    if not may_always and now.given_to_id not in by.person_ids:
        raise OutOfHandError(_("You have already told how this call went. Choose the next one."))


def _state_of(call, person):
    now = Call.objects.get(pk=call.pk)
    state = {name: getattr(now, name) for name in _KEPT}
    state = {
        name: told.isoformat() if hasattr(told, "isoformat") else told
        for name, told in state.items()
    }
    no_calls_at = person.no_calls_at.isoformat() if person.no_calls_at else None
    return {"call": state, "no_calls_at": no_calls_at, "closed": now.closed_at is not None}


def _add_tags(person, tags, by, at):
    carried = set(PersonTag.objects.filter(person=person).values_list("tag", flat=True))
    added = [
        tag.pk
        for kind, words in tags
        for tag in add_tags(person, kind=kind, words=words, by=by, at=at)
    ]
    return [pk for pk in added if pk not in carried]


def _not_reached(attempt, call, person, _number, by, at):
    since = at - moments.WITHIN
    tries = Attempt.objects.standing().unanswered().filter(person=person, at__gt=since).count()
    rested_at = at if tries >= moments.TRIES else None
    _lay_back(call, not_before=moments.tomorrow(at), rested_at=rested_at)
    _touch_todos(call, by, at)


def _call_back(attempt, call, person, _number, by, at):
    day = timezone.localdate(attempt.again_at)
    _lay_back(call, not_before=attempt.again_at, due_on=day, given_to=by.person)
    _promise(call, attempt)
    _touch_todos(call, by, at)


def _wrong_number(attempt, call, person, number, by, at):
    WrongNumber.objects.get_or_create(
        person=person,
        number=number,
        defaults={"unit_id": call.unit_id, "attempt": attempt, "at": at},
    )
    _lay_back(call)


def _asked_not_to(attempt, call, person, _number, by, at):
    _set_no_calls(person, at, by, at)
    _close(call, Call.Closing.ASKED_NOT_TO, by, at)


def _talked(attempt, call, person, _number, by, at):
    _close(call, Call.Closing.TALKED, by, at)
    if attempt.mood == Attempt.Mood.NO_MORE:
        _set_no_calls(person, at, by, at)
    elif attempt.next_step == Attempt.Next.CALL_AGAIN:
        again = open_call(
            person,
            kind=CallReason.Kind.PROMISED,
            due_on=timezone.localdate(attempt.again_at),
            not_before=attempt.again_at,
            given_to=by.person,
            attempt=attempt,
            by=by,
            at=at,
        )
        attempt.before["next_call"] = again.pk


_EFFECTS = {
    Attempt.Outcome.TALKED: _talked,
    Attempt.Outcome.NO_ANSWER: _not_reached,
    Attempt.Outcome.VOICEMAIL: _not_reached,
    Attempt.Outcome.CALL_BACK: _call_back,
    Attempt.Outcome.WRONG_NUMBER: _wrong_number,
    Attempt.Outcome.ASKED_NOT_TO: _asked_not_to,
}


def _lay_back(call, **changes):
    changes |= {"claimed_by": None, "claim_until": None}
    Call.objects.open().filter(pk=call.pk).update(**changes)


def _close(call, closing, by, at):
    Call.objects.open().filter(pk=call.pk).update(
        closed_at=at, closed_by=by.account, closing=closing, claimed_by=None, claim_until=None
    )


def _promise(call, attempt):
    CallReason.objects.update_or_create(
        call=call,
        kind=CallReason.Kind.PROMISED,
        defaults={"unit_id": call.unit_id, "attempt": attempt},
    )


def _set_no_calls(person, moment, by, at):
    Person.objects.filter(pk=person.pk).update(no_calls_at=moment, revision=F("revision") + 1)
    old, new = (stamp.isoformat() if stamp else None for stamp in (person.no_calls_at, moment))
    Change.objects.create(
        unit_id=person.unit_id,
        person=person,
        at=at,
        by=by.account,
        fields={"no_calls_at": [old, new]},
    )


def _touch_todos(call, by, at):
    waiting = Todo.objects.of(by.unit).open().filter(person=call.person_id)
    if ids := list(waiting.values_list("pk", flat=True)):
        todos.touch(ids, by=by, at=at)


def _tell(call, by, at):
    publish(PeopleChanged(call.unit_id, (call.person_id,), by_id=by.account.pk), at=at)


def _put_back(attempt, person, by, at):
    before = attempt.before
    if next_call := before.get("next_call"):
        Call.objects.open().filter(pk=next_call).delete()
    if not before["closed"]:
        others = Call.objects.open().filter(person=person).exclude(pk=attempt.call_id)
        if others.exists():
            raise TooLateToUndoError(
                _("A new call has been planned since, so this report can no longer be taken back.")
            )
    _leave_in_draft(attempt, by, at)
    PersonTag.objects.filter(person=person, tag__in=before.get("tags", [])).delete()
    WrongNumber.objects.filter(attempt=attempt).delete()
    CallReason.objects.filter(call=attempt.call_id, attempt=attempt).delete()
    Note.objects.filter(pk=attempt.note_id).delete()
    had = parse_datetime(before["no_calls_at"]) if before["no_calls_at"] else None
    if person.no_calls_at != had:
        _set_no_calls(person, had, by, at)
    if not before["closed"]:
        Call.objects.filter(pk=attempt.call_id).update(
            closed_at=None,
            closed_by=None,
            closing="",
            claimed_by=by.person,
            claim_until=at + Call.LASTS,
            **before["call"],
        )
    Claim.objects.update_or_create(
        call=attempt.call,
        by=by.person,
        defaults={"unit_id": attempt.unit_id, "reported_at": None, "at": at},
    )
    todos.reopen(person, closed_at=attempt.at, by=by, at=at)


def _leave_in_draft(attempt, by, at):
    if attempt.outcome != Attempt.Outcome.TALKED:
        return
    told = {"outcome": attempt.outcome, "mood": attempt.mood, "promise": attempt.promise}
    told["asked"] = True
    if attempt.wants == Attempt.Wants.NOTHING:
        told["nothing"] = True
    if attempt.note_id:
        told["note"] = attempt.note.text
    for tag in Tag.objects.filter(pk__in=attempt.before.get("tags", [])).order_by("pk"):
        told.setdefault(tag.kind, []).append(tag.word)
    answer(attempt.call, key=uuid.uuid4(), by=by, at=at, **told)
