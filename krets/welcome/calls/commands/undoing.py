"""Taking a report back, with all it did."""

import uuid
from datetime import timedelta

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from krets.kit.audit import trail
from krets.kit.commands import command
from krets.kit.errors import CannotError
from krets.register.members.models import Person
from krets.register.organisation.models import Unit
from krets.register.profiles.models import Note, PersonTag, Tag
from krets.rhythm.routines.queries import keys_of_kind
from krets.rhythm.todos import commands as todos
from krets.welcome.calls.asking import ASKED
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
    # As when it was told: one at a time, so that nobody builds on it meanwhile.
    person = Person.objects.select_for_update(no_key=True).get(pk=attempt.person_id)
    Unit.objects.in_turn(person.unit_id)
    later = Attempt.objects.standing().filter(person=attempt.person_id, pk__gt=attempt.pk)
    too_late = attempt.at + _LASTS < at or later.exists() or attempt.by_id != by.account.pk
    mine = Attempt.objects.standing().filter(pk=attempt.pk)
    if too_late or not mine.update(undone_at=at, undone_by=by.account):
        raise TooLateToUndoError(
            _("This report can no longer be undone. Write a note about what was wrong instead.")
        )
    _put_back(attempt, person, by, at)
    trail.record("call.report_undone", attempt.call, by=by, at=at, key=str(attempt.key))
    tell(attempt.call, by, at)


def _put_back(attempt, person, by, at):
    before = attempt.before
    if next_call := before.get("next_call"):
        Call.objects.open().filter(pk=next_call).delete()
    _leave_in_draft(attempt, by, at)
    PersonTag.objects.filter(person=person, tag__in=before.get("tags", [])).delete()
    WrongNumber.objects.filter(attempt=attempt).delete()
    CallReason.objects.filter(call=attempt.call_id, attempt=attempt).delete()
    Note.objects.filter(pk=attempt.note_id).delete()
    if before["no_calls_at"] is None and person.no_calls_at == attempt.at:
        # What somebody else noted meanwhile stays.
        set_no_calls(person, None, by, at)
    if not before["closed"]:
        _reopen(attempt.call_id, before["call"], by, at)
    Claim.objects.update_or_create(
        call=attempt.call,
        by=by.person,
        defaults={"unit_id": attempt.unit_id, "reported_at": None, "at": at},
    )
    todos.reopen(person, closed_at=attempt.at, by=by, at=at)
    if attempt.call.is_open:
        calls = keys_of_kind("call")
        todos.let_rest(by.unit, person_id=person.pk, routines=calls, until=None, by=by, at=at)


def _reopen(call_id, state, by, at):
    try:
        with transaction.atomic():
            Call.objects.filter(pk=call_id).update(
                closed_at=None,
                closed_by=None,
                closing="",
                claimed_by=by.person,
                claim_until=at + Call.LASTS,
                **state,
            )
    except IntegrityError as another:
        # The constraint lets a person have one open call.
        raise TooLateToUndoError(
            _("A new call has been planned since, so this report can no longer be undone.")
        ) from another


def _leave_in_draft(attempt, by, at):
    if attempt.outcome != Attempt.Outcome.TALKED:
        return
    told = {"outcome": attempt.outcome, "mood": attempt.mood, "promise": attempt.promise}
    told |= {"fee_answer": attempt.fee_answer, "leaving_reason": attempt.leaving_reason}
    told |= dict.fromkeys(ASKED.values(), True)
    if attempt.wants == Attempt.Wants.NOTHING:
        told["nothing"] = True
    if attempt.note_id:
        told["note"] = attempt.note.text
    for tag in Tag.objects.filter(pk__in=attempt.before.get("tags", [])).order_by("pk"):
        told.setdefault(tag.kind, []).append(tag.word)
    answer(attempt.call, key=uuid.uuid4(), by=by, at=at, **told)
