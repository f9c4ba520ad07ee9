"""Every model of the stage, where Django looks for it."""

from krets.welcome.calls.models import Attempt, Call, CallReason, Claim, Draft, WrongNumber
from krets.welcome.letters.models import Letter, LetterText
from krets.welcome.path.models import SkippedStep

__all__ = [
    "Attempt",
    "Call",
    "CallReason",
    "Claim",
    "Draft",
    "Letter",
    "LetterText",
    "SkippedStep",
    "WrongNumber",
]
