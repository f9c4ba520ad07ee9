"""Which question of the report comes next, and what has been said so far."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from krets.welcome.calls.models import Attempt, Call, CallReason
from krets.welcome.calls.models.attempts import LEAVING_REASONS

AGAIN = "again"
OUTCOME, MOOD, WANTS, NEXT = "outcome", "mood", "wants", "next"
FEE, WHY, NOTE = "fee_answer", "why", "about"
AT_ONCE = frozenset(
    {
        Attempt.Outcome.NO_ANSWER,
        Attempt.Outcome.VOICEMAIL,
        Attempt.Outcome.WRONG_NUMBER,
        Attempt.Outcome.ASKED_NOT_TO,
    }
)
WITH_NOTE = frozenset({WANTS, WHY, NOTE})
# What may be left open is marked as asked in the draft.
ASKED = {WANTS: "asked", WHY: "asked_why", NOTE: "asked_note"}
_NEW = frozenset({CallReason.Kind.WELCOME, CallReason.Kind.WANTS})


@dataclass(frozen=True)
class Way:
    """One answer to tap: its value, its words, and what follows from it."""

    value: str
    words: str
    note: str = ""


@dataclass(frozen=True)
class Said:
    """One answer given: the question in short, the answer in words."""

    question: str
    words: str
    answer: str


@dataclass(frozen=True)
class Asking:
    """Where the report stands: the question to ask, those answered, and the dots above."""

    question: str
    said: list[Said]
    dots: list[str]

    @property
    def number(self):
        return self.dots.index("now") + 1

    @property
    def count(self):
        return len(self.dots)


def asking(answers, name, kinds, wanted=""):
    """Return what to ask next: the first question left open, or the one `wanted` for changing.

    `kinds` are the reasons of the call: whoever is asked about the fee is not asked how it is to be
    new.
    """
    questions = questions_of(answers, kinds)
    answered = [question for question in questions if _is_answered(question, answers)]
    open_first = next(question for question in questions if question not in answered)
    question = wanted if wanted in answered else open_first
    said = [
        Said(each, _short(each, name), _told(each, answers))
        for each in answered
        if each != question
    ]
    dots = ["now" if each == question else "done" if each in answered else "" for each in questions]
    return Asking(question, said, dots)


def questions_of(answers, kinds):
    """Return the questions of a report, as far as the answers show."""
    if answers.get("outcome") == Attempt.Outcome.CALL_BACK:
        return (OUTCOME, NEXT)
    if CallReason.Kind.FEE not in kinds:
        return (OUTCOME, MOOD, WANTS, NEXT)
    fee = answers.get(FEE)
    if fee == Attempt.FeeAnswer.LEAVES:
        return (OUTCOME, FEE, WHY, NEXT)
    if fee == Attempt.FeeAnswer.STOP:
        return (OUTCOME, FEE, NEXT)
    if _NEW.isdisjoint(kinds):
        return (OUTCOME, FEE, NOTE, NEXT)
    return (OUTCOME, FEE, MOOD, WANTS, NEXT)


def is_through(answers, kinds):
    """Return whether only the next step is left to tell."""
    *before, _next = questions_of(answers, kinds)
    return all(_is_answered(question, answers) for question in before)


def outcomes():
    """Return the ways a call can go, each with what follows."""
    follows = {
        Attempt.Outcome.NO_ANSWER: _("Comes back tomorrow"),
        Attempt.Outcome.VOICEMAIL: _("Comes back tomorrow"),
        Attempt.Outcome.CALL_BACK: _("You choose when"),
        Attempt.Outcome.WRONG_NUMBER: _("The number is not called again"),
        Attempt.Outcome.ASKED_NOT_TO: _("We never call again"),
    }
    return [Way(value, label, follows.get(value, "")) for value, label in Attempt.Outcome.choices]


def fee_answers():
    """Return what people say about the fee, each with what follows."""
    follows = {
        Attempt.FeeAnswer.LEAVES: _("Is a member until the membership officer ends it"),
        Attempt.FeeAnswer.STOP: _("We never call again"),
    }
    return [Way(value, label, follows.get(value, "")) for value, label in Attempt.FeeAnswer.choices]


def ways_on():
    """Return how to go on after three tries, each with what follows."""
    return [
        Way(Call.Closing.LETTER, _("Send a letter"), _("It is ready with the letters to print")),
        Way(
            Call.Closing.WRITTEN, _("I will write in another way"), _("A text message or an e-mail")
        ),
        Way(AGAIN, _("Try again later"), _("Two weeks after the first try")),
        Way(Call.Closing.NOT_NEEDED, _("Let it rest"), _("Nobody calls about this any more")),
    ]


def _is_answered(question, answers):
    if question == NEXT:
        return False
    return bool(answers.get(ASKED.get(question, question)))


def _short(question, name):
    told = {"name": name}
    return {
        OUTCOME: _("How did it go?"),
        MOOD: _("How did %(name)s sound?") % told,
        WANTS: _("What came up?"),
        FEE: _("What did %(name)s say about the fee?") % told,
        WHY: _("Why, if it was said?"),
        NOTE: _("What came up?"),
    }[question]


def _told(question, answers):
    if question == OUTCOME:
        return Attempt.Outcome(answers["outcome"]).label
    if question == MOOD:
        return Attempt.Mood(answers["mood"]).label
    if question == FEE:
        return Attempt.FeeAnswer(answers[FEE]).label
    return _told_of_themselves(question, answers)


def _told_of_themselves(question, answers):
    words = []
    if question == WANTS:
        words = [
            word for kind in ("want", "competence", "interest") for word in answers.get(kind, [])
        ]
    elif question == WHY and answers.get("leaving_reason"):
        words = [str(dict(LEAVING_REASONS)[answers["leaving_reason"]])]
    has_note = bool(answers.get("note"))
    if words and has_note:
        return _("%(words)s. And a note.") % {"words": ", ".join(words)}
    if words:
        return ", ".join(words)
    if question == WANTS and answers.get("nothing"):
        return (
            _("Asked, but nothing for now. And a note.")
            if has_note
            else _("Asked, but nothing for now")
        )
    return _("A note") if has_note else pgettext("answer", "Nothing in particular")
