"""Which question of the report comes next, and what has been said so far."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from krets.welcome.calls.models import Attempt, Call

AGAIN = "again"
OUTCOME, MOOD, WANTS, NEXT = "outcome", "mood", "wants", "next"
AT_ONCE = frozenset(
    {
        Attempt.Outcome.NO_ANSWER,
        Attempt.Outcome.VOICEMAIL,
        Attempt.Outcome.WRONG_NUMBER,
        Attempt.Outcome.ASKED_NOT_TO,
    }
)
_OF = {
    Attempt.Outcome.TALKED: (OUTCOME, MOOD, WANTS, NEXT),
    Attempt.Outcome.CALL_BACK: (OUTCOME, NEXT),
}


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


def asking(answers, name, wanted=""):
    """Return what to ask next: the first question left open, or the one `wanted` for changing."""
    questions = _OF.get(answers.get("outcome"), (OUTCOME, MOOD, WANTS, NEXT))
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


def outcomes():
    """Return the ways a call can go, each with what follows."""
    follows = {
        Attempt.Outcome.NO_ANSWER: _("Comes back tomorrow"),
        Attempt.Outcome.VOICEMAIL: _("Comes back tomorrow"),
        Attempt.Outcome.CALL_BACK: _("You choose when"),
        Attempt.Outcome.WRONG_NUMBER: _("The number is not called again"),
        Attempt.Outcome.ASKED_NOT_TO: _("Nobody calls again, ever"),
    }
    return [Way(value, label, follows.get(value, "")) for value, label in Attempt.Outcome.choices]


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
    return bool(answers.get("asked" if question == WANTS else question))


def _short(question, name):
    if question == OUTCOME:
        return _("How did it go?")
    if question == MOOD:
        return _("How did %(name)s sound?") % {"name": name}
    return _("What came up?")


def _told(question, answers):
    if question == OUTCOME:
        return Attempt.Outcome(answers["outcome"]).label
    if question == MOOD:
        return Attempt.Mood(answers["mood"]).label
    words = [word for kind in ("want", "competence", "interest") for word in answers.get(kind, [])]
    if words:
        return ", ".join(words)
    if answers.get("nothing"):
        return _("Asked, but nothing for now")
    if answers.get("note"):
        return _("A note")
    return pgettext("answer", "Nothing in particular")
