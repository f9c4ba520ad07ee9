"""Taking a report back, with all it did."""

import uuid
from datetime import timedelta

from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext_lazy as _

from krets.kit.audit import trail
from krets.kit.commands import command
from krets.kit.errors import CannotError
from krets.register.members.models import Person
from krets.register.profiles.models import Note, PersonTag, Tag
from krets.rhythm.routines.queries import keys_of_kind
from krets.rhythm.todos import commands as todos
from krets.welcome.calls.commands.drafts import answer
from krets.welcome.calls.commands.effects import set_no_calls, tell
from krets.welcome.calls.models import Attempt, Call, CallReason, Claim, WrongNumber

_LASTS = timedelta(hours=24)


class TooLateToUndoError(CannotError):
    """Something has been built on the report since."""


@command
def undo_report(attempt, *, by, at):
    """Take one's own report back, with all it did, and leave its answers in the draft again.

    Refuses after a day, and when somebody has built on it since.
    """
    later = Attempt.objects.standing().filter(person=attempt.person_id, pk__gt=attempt.pk)
    too_late = attempt.at + _LASTS < at or later.exists() or attempt.by_id != by.account.pk
    mine = Attempt.objects.standing().filter(pk=attempt.pk)
    if too_late or not mine.update(undone_at=at, undone_by=by.account):
        raise TooLateToUndoError(
            _("This report can no longer be undone. Write a note about what was wrong instead.")
        )
    person = Person.objects.get(pk=attempt.person_id)
    _put_back(attempt, person, by, at)
    trail.record("call.report_undone", attempt.call, by=by, at=at, key=str(attempt.key))
    tell(attempt.call, by, at)


def _put_back(attempt, person, by, at):
    before = attempt.before
    if next_call := before.get("next_call"):
        Call.objects.open().filter(pk=next_call).delete()
    if not before["closed"]:
        others = Call.objects.open().filter(person=person).exclude(pk=attempt.call_id)
        if others.exists():
            raise TooLateToUndoError(
                _("A new call has been planned since, so this report can no longer be undone.")
            )
    _leave_in_draft(attempt, by, at)
    PersonTag.objects.filter(person=person, tag__in=before.get("tags", [])).delete()
    WrongNumber.objects.filter(attempt=attempt).delete()
    CallReason.objects.filter(call=attempt.call_id, attempt=attempt).delete()
    Note.objects.filter(pk=attempt.note_id).delete()
    had = parse_datetime(before["no_calls_at"]) if before["no_calls_at"] else None
    if person.no_calls_at != had:
        set_no_calls(person, had, by, at)
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
    if attempt.call.is_open:
        calls = keys_of_kind("call")
        todos.let_rest(by.unit, person_id=person.pk, routines=calls, until=None, by=by, at=at)


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
