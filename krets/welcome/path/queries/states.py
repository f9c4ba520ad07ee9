"""The state of each step, as a reader meets it."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from krets.kit.ui.days import next_day
from krets.rhythm.calendar.queries import due_on
from krets.welcome.calls.models import Attempt
from krets.welcome.calls.queries import asked_back, dated_moment, said_moment
from krets.welcome.path.newness import STALE_AFTER
from krets.welcome.path.queries.progress import progress_of
from krets.welcome.path.steps import CALL, STEPS, WANTS, Step

DONE, NOW, NEXT, BEFORE, LEFT_OUT = "done", "now", "next", "before", "left_out"
LASTS = 120
_TRIED = {
    Attempt.Outcome.VOICEMAIL: gettext_lazy("Left a message, no answer yet"),
    Attempt.Outcome.WRONG_NUMBER: gettext_lazy("The number was wrong"),
}


@dataclass(frozen=True)
class StepState:
    """One step of one member: done, now, next, before Krets, or left out on purpose."""

    step: Step
    state: str
    on: datetime | date | None = None
    who: str = ""
    words: str = ""
    late: bool = False
    by_hand: bool = False

    @property
    def look(self):
        """The state as the stylesheet knows it."""
        if self.state == NOW and self.late:
            return "missing"
        return {BEFORE: "passed", LEFT_OUT: "passed", NEXT: ""}.get(self.state, self.state)

    @property
    def can_be_skipped(self):
        return self.state == NOW


def states_of(progress, today, *, on_paper=False):
    """Return the states of a path's steps: the first one left is *now*, and all that are due.

    What is read `on_paper` on other days too tells every day by its date.
    """
    say = dated_moment if on_paper else said_moment
    states, is_first = [], True
    for step in STEPS:
        state = _state(step, progress, today, is_first, say)
        is_first = is_first and state.state != NOW
        states.append(state)
    return states


def steps_of(unit, person_ids, *, today):
    """Return {person id: [StepState]} for those on the path: new in the last 120 days."""
    found = progress_of(unit, person_ids, new_from=today - timedelta(days=LASTS))
    return {person_id: states_of(progress, today) for person_id, progress in found.items()}


def any_before_krets(paths):
    """Tell whether a step of any of these paths was over before Krets heard of the member."""
    return any(each.state == BEFORE for states in paths for each in states)


def _state(step, progress, today, is_first, say):
    if done := step.done(progress):
        return StepState(step, DONE, done.at, done.who, done.words, by_hand=done.by_hand)
    if left_out := progress.skipped.get(step.key) or progress.not_needed.get(step.routine):
        return StepState(step, LEFT_OUT, left_out.at, left_out.who, left_out.words)
    due = due_on(progress.new_on, progress.learned_on, step.days)
    if progress.is_before_krets(step) or not progress.is_new:
        return StepState(step, BEFORE, words=_("Before Krets"))
    if over := _over(step, progress, (today - due).days):
        return StepState(step, LEFT_OUT, words=str(over))
    state = NOW if is_first or due <= today else NEXT
    day = _day(step, progress, due, today)
    return StepState(step, state, day, words=_tried(step, progress, today, say), late=day < today)


def _day(step, progress, due, today):
    """Return the day of a step: of one that the call takes, the day this is to be made next."""
    # A call owed before the wants are due is for something else.
    takes = step == CALL or (step == WANTS and due <= today)
    if not (takes and progress.owed):
        return due
    asked_by = progress.owed.asked_by if step == CALL else due
    return next_day(progress.owed.comes_on, asked_by, today)


def _over(step, progress, days_late):
    if progress.quiet:
        return _("Supports quietly")
    return step.blocked(progress) or (_("The time has passed") if days_late > STALE_AFTER else "")


def _tried(step, progress, today, say):
    if step.key != "call" or not progress.tries:
        return ""
    if progress.resting:
        return _("Resting after three tries")
    if progress.last.outcome == Attempt.Outcome.WRONG_NUMBER and progress.has_number:
        return ""
    return asked_back(progress.last, today, say) or str(
        _TRIED.get(progress.last.outcome, _("Tried, no answer yet"))
    )
