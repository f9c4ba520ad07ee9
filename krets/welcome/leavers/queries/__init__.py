"""Whose fee has not come in this year, and how to ask about it gently."""

from krets.welcome.leavers.queries.listing import Leavers, leavers
from krets.welcome.leavers.queries.unpaid import (
    CALL_ROUTINE,
    COUNTS_FROM_MONTH,
    FRESH,
    ROUTINES,
    asked,
    begun,
    first_day,
    knows_fees,
    last_read_on,
    settled,
    to_ask,
    to_be_paid,
    to_look_at,
    tried_enough,
    unasked,
    unpaid,
)

__all__ = [
    "CALL_ROUTINE",
    "COUNTS_FROM_MONTH",
    "FRESH",
    "ROUTINES",
    "Leavers",
    "asked",
    "begun",
    "first_day",
    "knows_fees",
    "last_read_on",
    "leavers",
    "settled",
    "to_ask",
    "to_be_paid",
    "to_look_at",
    "tried_enough",
    "unasked",
    "unpaid",
]
