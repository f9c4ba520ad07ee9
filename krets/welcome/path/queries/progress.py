"""What has been done for new members, as the data show it."""

from dataclasses import dataclass, field
from datetime import date
from operator import attrgetter

from django.db.models import Exists, FilteredRelation, OuterRef, Q, Subquery
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from krets.kit.kept import kept
from krets.register.members.models import Membership
from krets.register.members.queries import name_of_account
from krets.register.profiles.models import PersonTag, Tag
from krets.rhythm.todos.models import Todo
from krets.welcome.calls.models import Attempt, Call, WrongNumber
from krets.welcome.calls.models.calls import NUMBERS
from krets.welcome.calls.queries import Owed, Tried, calls_of, wrong_numbers
from krets.welcome.letters.models import Letter
from krets.welcome.letters.queries import printed_letters
from krets.welcome.path import newness
from krets.welcome.path.steps import STEPS, Done, occasion_of

_TOLD = (Tag.Kind.WANT, Tag.Kind.COMPETENCE)
_ASKED = (Attempt.Wants.TOLD, Attempt.Wants.NOTHING)
_GIVEN_UP = (Call.Closing.LETTER, Call.Closing.WRITTEN, Call.Closing.NOT_NEEDED)
_NUMBERS = tuple(f"person__{column}" for column in NUMBERS)
_SKIPPED, _CLOSED = "person__skipped_steps", "closed_step"
_BY_HAND = {
    Todo.Closing.DONE: gettext_lazy("Done in another way"),
    Todo.Closing.NOT_NEEDED: gettext_lazy("Not needed"),
}
_MEMBER = (
    *("pk", "person", "joined_on", "learned_at", "first_import"),
    *("person__no_calls_at", "person__supports_quietly_at", *_NUMBERS),
    *(f"{_SKIPPED}__{column}" for column in ("membership", "step", "at", "words")),
    *(
        f"{_CLOSED}__{column}"
        for column in ("routine", "occasion", "closing", "closed_at", "words")
    ),
)


@dataclass
class Progress:
    """One member's way so far. `talk` is the first two-way contact: tries do not count.

    `last` is the latest try, `owed` the call that can be made, `resting` means three tries without
    an answer, `again` that somebody chose to try once more. `otherwise` and `not_needed` are what
    somebody said by hand of the steps' to-dos, by routine.
    """

    person_id: int
    membership_id: int
    joined_on: date | None
    learned_on: date
    first_import: bool
    no_calls: bool = False
    quiet: bool = False
    has_number: bool = False
    letter: Done | None = None
    talk: Done | None = None
    wants: Done | None = None
    tries: int = 0
    last: Tried | None = None
    owed: Owed | None = None
    resting: bool = False
    again: bool = False
    given_up: bool = False
    skipped: dict = field(default_factory=dict)
    otherwise: dict = field(default_factory=dict)
    not_needed: dict = field(default_factory=dict)

    @property
    def new_on(self):
        """The day the welcome counts from: of joining, else the day Krets learned of them."""
        return self.joined_on or self.learned_on

    @property
    def known_after(self):
        """How many days after the joining Krets learned of it, None where nobody told the day."""
        return (self.learned_on - self.joined_on).days if self.joined_on else None

    @property
    def is_new(self):
        """Whether there is anybody to welcome."""
        return newness.is_new(self.known_after, first=self.first_import)

    def is_before_krets(self, step, days=None):
        """Return whether a step was over when the first file came in."""
        known_after, first = self.known_after, self.first_import
        return newness.is_before_krets(step, known_after, first=first, days=days)


@kept
def progress_of(unit, ids=None, *, new_from=None):
    """Return {person id: Progress} of current members: these, or all who are new from the day on.

    Three statements however many there are, and a fourth where a number was found wrong. Who has
    died is not there.
    """
    found, doubtful = _members(unit, ids, new_from)
    if not found:
        return found
    people = list(found) if ids is None else ids
    wrong = wrong_numbers(unit, doubtful) if doubtful else {}
    calls, letters = calls_of(unit, people), printed_letters(unit, people)
    for person_id, (progress, numbers) in found.items():
        progress.has_number = any(number not in wrong.get(person_id, ()) for number in numbers)
        _add_letter(progress, letters.get(person_id, ()))
        _add_calls(progress, calls.get(person_id, ()))
    return {person_id: progress for person_id, (progress, _numbers) in found.items()}


def _members(unit, ids, new_from):
    """Return {person id: (Progress, numbers)}, and the ids of those with a wrong number."""
    members = Membership.objects.of(unit).current().filter(person__deceased_on=None)
    if ids is not None:
        members = members.filter(person__in=ids)
    if new_from is not None:
        members = members.new_from(new_from)
    tags = PersonTag.objects.filter(person=OuterRef("person"), tag__kind__in=_TOLD)
    rows = members.annotate(
        known_at=Subquery(tags.order_by("at", "pk").values("at")[:1]),
        doubtful=Exists(WrongNumber.objects.filter(person=OuterRef("person"))),
        skipped_by=name_of_account(f"{_SKIPPED}__by"),
        **{_CLOSED: _closed_by_hand()},
    ).annotate(closed_by=name_of_account(f"{_CLOSED}__closed_by"))
    found, doubtful = {}, []
    # A member stands there once for each step that was left out, and each that was closed by hand.
    for row in rows.values(*_MEMBER, "known_at", "doubtful", "skipped_by", "closed_by"):
        person_id = row["person"]
        if person_id not in found:
            found[person_id] = _progress(row), [row[name] for name in _NUMBERS if row[name]]
            if row["doubtful"]:
                doubtful.append(person_id)
        if row[f"{_SKIPPED}__membership"] == row["pk"]:
            skipped = found[person_id][0].skipped
            skipped[row[f"{_SKIPPED}__step"]] = Done(
                row[f"{_SKIPPED}__at"], row["skipped_by"], row[f"{_SKIPPED}__words"]
            )
        if row[f"{_CLOSED}__occasion"] == occasion_of(row["pk"]):
            _add_closed(found[person_id][0], row)
    return found, doubtful


def _closed_by_hand():
    """Return the to-dos of steps that somebody closed: what was done, or need not be."""
    of_steps = [step.routine for step in STEPS]
    closed = Q(person__todos__closing__in=list(_BY_HAND), person__todos__closed_by__isnull=False)
    return FilteredRelation(
        "person__todos", condition=closed & Q(person__todos__routine__in=of_steps)
    )


def _add_closed(progress, row):
    closing, words = row[f"{_CLOSED}__closing"], row[f"{_CLOSED}__words"]
    told = ": ".join([str(_BY_HAND[closing]), *([words] if words else [])])
    done = Done(row[f"{_CLOSED}__closed_at"], row["closed_by"], told, by_hand=True)
    closed = progress.otherwise if closing == Todo.Closing.DONE else progress.not_needed
    closed[row[f"{_CLOSED}__routine"]] = done


def _progress(row):
    return Progress(
        person_id=row["person"],
        membership_id=row["pk"],
        joined_on=row["joined_on"],
        learned_on=timezone.localdate(row["learned_at"]),
        first_import=row["first_import"],
        no_calls=row["person__no_calls_at"] is not None,
        quiet=row["person__supports_quietly_at"] is not None,
        wants=_done(row["known_at"], "", _("Known")),
    )


def _add_letter(progress, letters):
    for letter in letters:
        if (letter.kind, letter.membership_id) == (Letter.Kind.WELCOME, progress.membership_id):
            progress.letter = Done(letter.at, letter.who, _("Printed"))


def tries_since(calls, day):
    """Return the tries of these calls (Owed) from a day on, oldest first."""
    tries = (tried for call in calls for tried in call.tries if timezone.localdate(tried.at) >= day)
    return sorted(tries, key=attrgetter("at"))


def _add_calls(progress, calls):
    tries = tries_since(calls, progress.new_on)
    talk = next((each for each in tries if each.outcome == Attempt.Outcome.TALKED), None)
    asked = next((each for each in tries if each.wants in _ASKED), None)
    if talk:
        progress.talk = Done(talk.at, talk.caller, _("Talked"))
    if asked:
        progress.wants = Done(asked.at, asked.caller, str(Attempt.Wants(asked.wants).label))
    progress.tries, progress.last = len(tries), next(reversed(tries), None)
    to_make = (call for call in calls if call.is_open and call.allowed and not call.rested_at)
    progress.owed = next(to_make, None)
    progress.resting = any(call.is_open and call.rested_at for call in calls)
    progress.again = any(call.is_open and call.again_on for call in calls)
    progress.given_up = any(
        # Only what rested was decided on: other calls close because there is nobody to ring.
        call.rested_at
        and call.closing in _GIVEN_UP
        and timezone.localdate(call.closed_at) >= progress.new_on
        for call in calls
    )


def _done(at, who, words):
    return Done(at, who, words) if at else None
