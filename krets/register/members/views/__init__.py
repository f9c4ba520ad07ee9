"""The pages of the register: the list, and what is written in about a person."""

from krets.register.members.views.editing import add, details
from krets.register.members.views.ending import (
    calls,
    deceased,
    end,
    quiet,
    resume,
    undo_deceased,
)
from krets.register.members.views.listing import choose, members

__all__ = [
    "add",
    "calls",
    "choose",
    "deceased",
    "details",
    "end",
    "members",
    "quiet",
    "resume",
    "undo_deceased",
]
