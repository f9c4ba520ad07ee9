"""Member files: what came in, what stands in them, and what was taken over."""

from krets.register.imports.models.imports import Import, ImportHabit, ImportPart
from krets.register.imports.models.staging import ImportedPerson, ImportMissing, ImportRow

__all__ = [
    "Import",
    "ImportHabit",
    "ImportMissing",
    "ImportPart",
    "ImportRow",
    "ImportedPerson",
]
