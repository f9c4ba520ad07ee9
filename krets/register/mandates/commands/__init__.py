"""What can happen to a mandate."""

from krets.register.mandates.commands.ending import (
    CannotTakeOverError,
    LastHolderError,
    end,
    end_of_those_gone,
)
from krets.register.mandates.commands.giving import (
    AnotherMustAgreeError,
    HeldAlreadyError,
    MayNotGiveError,
    NotAliveError,
    TakenAddressError,
    TermError,
    ToOneselfError,
    agree,
    give,
    give_new,
    know_person,
)

__all__ = [
    "AnotherMustAgreeError",
    "CannotTakeOverError",
    "HeldAlreadyError",
    "LastHolderError",
    "MayNotGiveError",
    "NotAliveError",
    "TakenAddressError",
    "TermError",
    "ToOneselfError",
    "agree",
    "end",
    "end_of_those_gone",
    "give",
    "give_new",
    "know_person",
]
