"""Member files: what came in, what stands in them, and what was taken over."""

from krets.register.imports.models.faults import ImportAnswer, ImportFault
from krets.register.imports.models.imports import Import, ImportHabit, ImportPart
from krets.register.imports.models.staging import (
    FEE_UNREAD,
    TWIN,
    ImportedPerson,
    ImportMissing,
    ImportRow,
    twin_in,
)

__all__ = [
    "FEE_UNREAD",
    "TWIN",
    "Import",
    "ImportAnswer",
    "ImportFault",
    "ImportHabit",
    "ImportMissing",
    "ImportPart",
    "ImportRow",
    "ImportedPerson",
    "twin_in",
]
