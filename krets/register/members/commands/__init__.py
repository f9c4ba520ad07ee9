"""What can happen to a person in the register."""

from krets.register.members.commands.adding import (
    AlreadyKnownError,
    NamelessError,
    NotYetError,
    TooLongAgoError,
    add_member,
)
from krets.register.members.commands.editing import StaleError, edit_person, set_calls, set_quiet
from krets.register.members.commands.ending import (
    AlreadyMemberError,
    NotMemberError,
    end_membership,
    record_deceased,
    resume_membership,
    undo_deceased,
)

__all__ = [
    "AlreadyKnownError",
    "AlreadyMemberError",
    "NamelessError",
    "NotMemberError",
    "NotYetError",
    "StaleError",
    "TooLongAgoError",
    "add_member",
    "edit_person",
    "end_membership",
    "record_deceased",
    "resume_membership",
    "set_calls",
    "set_quiet",
    "undo_deceased",
]
