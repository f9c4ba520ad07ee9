"""Calls, the tries to make them, and reports that are being written."""

from krets.welcome.calls.models.attempts import Attempt, WrongNumber
from krets.welcome.calls.models.calls import Call, CallReason, Claim
from krets.welcome.calls.models.drafts import Draft

__all__ = ["Attempt", "Call", "CallReason", "Claim", "Draft", "WrongNumber"]
