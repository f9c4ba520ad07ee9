"""What the association knows about a person."""

from krets.register.profiles.queries.page import PersonPage, person_page, story
from krets.register.profiles.queries.told import is_minor, lead, marks, since
from krets.register.profiles.queries.words import (
    Carried,
    carried,
    contact_choices,
    tags_in_use,
    units_with_ended_notes,
)

__all__ = [
    "Carried",
    "PersonPage",
    "carried",
    "contact_choices",
    "is_minor",
    "lead",
    "marks",
    "person_page",
    "since",
    "story",
    "tags_in_use",
    "units_with_ended_notes",
]
