"""Persons, and their belonging to the association."""

from krets.register.members.models.changes import Change, Correction
from krets.register.members.models.memberships import Fee, Membership, ReportedRole
from krets.register.members.models.persons import Person

__all__ = ["Change", "Correction", "Fee", "Membership", "Person", "ReportedRole"]
