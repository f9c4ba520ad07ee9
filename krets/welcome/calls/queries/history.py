"""The calls that were owed to people, and what came of each: for those who only count and tell."""

from dataclasses import dataclass, field
from datetime import date, datetime

from django.db.models import Case, F, Subquery, Value, When
from django.utils import timezone

from krets.kit.kept import kept
from krets.rhythm.routines.queries import keys_of_kind
from krets.welcome.calls.models import Attempt, Call, CallReason
from krets.welcome.calls.models.calls import is_reachable, may_be_rung
from krets.welcome.calls.queries.asked import about_them


@dataclass(frozen=True)
class Tried:
    """One try that stands: when, by whom, and what it came to. Its words are not read."""

    at: datetime
    outcome: str
    wants: str
    caller: str
    again_at: datetime | None = None


@dataclass
class Owed:
    """One call, open or closed, and the tries that stand, oldest first."""

    pk: int
    due_on: date
    not_before: datetime | None
    rested_at: datetime | None
    again_on: date | None
    closing: str
    closed_at: datetime | None
    given_to: str
    given_to_id: int | None
    allowed: bool
    asked_on: date | None
    put_off_to: date | None
    tries: list[Tried] = field(default_factory=list)

    @property
    def is_open(self):
        return self.closed_at is None

    @property
    def comes_on(self):
        """The day it can be made: after a try, or put off, the one on which it comes back."""
        day = timezone.localdate(self.not_before) if self.not_before else self.due_on
        return max(day, self.put_off_to or day)

    @property
    def asked_by(self):
        """The day by which the to-do asks for it, as on Today; else its own."""
        return self.asked_on or self.due_on


_CALL = ("pk", "person", "due_on", "not_before", "rested_at", "again_on", "closing", "closed_at")
_NAME = ("first_name", "last_name", "register_number")
_GIVEN_TO = tuple(f"given_to__{column}" for column in _NAME)
_TRIED = ("at", "outcome", "wants", "again_at", "undone_at")
_TRY = tuple(f"attempts__{column}" for column in _TRIED)
_CALLER = tuple(f"attempts__caller__{column}" for column in _NAME)


@kept
def calls_of(unit, ids):
    """Return {person id: [Owed, …]} of these people, oldest first. One statement."""
    calls = Call.objects.of(unit).filter(person__in=ids)
    rows = calls.order_by("made_at", "pk", "attempts__at", "attempts__pk")
    rows = rows.annotate(
        allowed=Case(When(may_be_rung(), then=Value(True)), default=Value(False)),
        asked_on=_day_of_its_todo(),
        put_off_to=_day_its_todo_comes_back(),
    )
    found, owed = {}, {}
    told = ("allowed", "asked_on", "put_off_to", "given_to")
    for row in rows.values(*_CALL, *told, *_GIVEN_TO, *_TRY, *_CALLER):
        call = owed.get(row["pk"])
        if call is None:
            call = owed[row["pk"]] = _owed(row)
            found.setdefault(row["person"], []).append(call)
        if row["attempts__at"] and row["attempts__undone_at"] is None:
            call.tries.append(_tried(row))
    return found


@kept
def promises_of(unit, ids):
    """Return the tries in which an open call to these people was promised. One statement.

    `promised_call` is the key of the call.
    """
    promised = Attempt.objects.of(unit).filter(
        promises__kind=CallReason.Kind.PROMISED,
        promises__call__person__in=ids,
        promises__call__closed_at=None,
    )
    return list(promised.annotate(promised_call=F("promises__call")))


@kept
def reachable_calls(unit, ids):
    """Return the keys of the open calls to these people to whom a number works. One statement."""
    calls = Call.objects.of(unit).open().filter(is_reachable(), person__in=ids)
    return set(calls.values_list("pk", flat=True))


def _day_of_its_todo():
    """Return the day by which the latest open to-do asks for the call, or for what it waits for."""
    return Subquery(_its_todos().order_by("-pk").values("due_on")[:1])


def _day_its_todo_comes_back():
    """Return the day to which the call is put off, None where an open to-do asks for it now."""
    first_back = F("snoozed_until").asc(nulls_first=True)
    return Subquery(_its_todos().order_by(first_back, "pk").values("snoozed_until")[:1])


def _its_todos():
    keys = [key for kind in ("call", "number", "decision") for key in keys_of_kind(kind)]
    return about_them(keys).open()


def _owed(row):
    return Owed(
        pk=row["pk"],
        due_on=row["due_on"],
        not_before=row["not_before"],
        rested_at=row["rested_at"],
        again_on=row["again_on"],
        closing=row["closing"],
        closed_at=row["closed_at"],
        given_to=_name(row, _GIVEN_TO),
        given_to_id=row["given_to"],
        allowed=row["allowed"],
        asked_on=row["asked_on"],
        put_off_to=row["put_off_to"],
    )


def _tried(row):
    return Tried(
        at=row["attempts__at"],
        outcome=row["attempts__outcome"],
        wants=row["attempts__wants"],
        caller=_name(row, _CALLER),
        again_at=row["attempts__again_at"],
    )


def _name(row, columns):
    first, last, number = (row[column] or "" for column in columns)
    return f"{first} {last}".strip() or number
