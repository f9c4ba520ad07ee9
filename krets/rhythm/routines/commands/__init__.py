"""What can happen to routines: they judge, pass to-dos on, and are set by the association."""

from krets.rhythm.routines.commands.passing_on import (
    PATIENCE,
    PATIENCE_FOR_NEW_MEMBERS,
    escalate,
    reassign,
)
from krets.rhythm.routines.commands.reconsidering import BATCH, reconsider
from krets.rhythm.routines.commands.setting import set_campaign, set_routine

__all__ = [
    "BATCH",
    "PATIENCE",
    "PATIENCE_FOR_NEW_MEMBERS",
    "escalate",
    "reassign",
    "reconsider",
    "set_campaign",
    "set_routine",
]
