"""Every model of the stage, where Django looks for it."""

from krets.register.access.models import Ticket
from krets.register.accounts.models import Account
from krets.register.imports.models import (
    Import,
    ImportAnswer,
    ImportedPerson,
    ImportFault,
    ImportHabit,
    ImportMissing,
    ImportPart,
    ImportRow,
)
from krets.register.looks.models import ListLook, Look
from krets.register.mandates.models import Mandate
from krets.register.members.models import (
    Change,
    Correction,
    Fee,
    Membership,
    Person,
    ReportedRole,
)
from krets.register.organisation.models import Organisation, Unit, UnitSetting
from krets.register.profiles.models import Note, PersonTag, Tag

__all__ = [
    "Account",
    "Change",
    "Correction",
    "Fee",
    "Import",
    "ImportAnswer",
    "ImportFault",
    "ImportHabit",
    "ImportMissing",
    "ImportPart",
    "ImportRow",
    "ImportedPerson",
    "ListLook",
    "Look",
    "Mandate",
    "Membership",
    "Note",
    "Organisation",
    "Person",
    "PersonTag",
    "ReportedRole",
    "Tag",
    "Ticket",
    "Unit",
    "UnitSetting",
]
