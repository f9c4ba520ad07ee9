"""Which rows and fields a viewer's mandates open."""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from django.apps import apps
from django.db import models


class Rows(StrEnum):
    """Which rows of the unit a grant opens."""

    UNIT = "unit"
    OWN_LIST = "own_list"
    OFFICE_HOLDERS = "office_holders"
    SELF = "self"
    FIGURES = "figures"


class Fields(StrEnum):
    """Which parts of a person a grant opens. What is not opened is not read from the database."""

    NAME = "name"
    PHONE = "phone"
    EMAIL = "email"
    ADDRESS = "address"
    BIRTH = "birth"
    MEMBERSHIP = "membership"
    FEES = "fees"
    PROFILE = "profile"
    NOTES = "notes"
    # What callers wrote of earlier calls, for whoever has the next one in hand.
    CALL_NOTES = "call_notes"
    HISTORY = "history"
    REGISTER = "register"


@dataclass(frozen=True)
class Scope:
    """The union of what a viewer's mandates in one unit grant for one capability."""

    unit_id: int
    account_id: int
    rows: frozenset[Rows] = frozenset()
    fields: frozenset[Fields] = frozenset()
    person_ids: frozenset[int] = frozenset()
    today: date | None = field(default=None)

    def office_holders(self):
        """Return the ids of persons who hold a mandate in the unit today, as a subquery."""
        mandates = apps.get_model("register", "Mandate").objects
        return mandates.filter(unit_id=self.unit_id).current(self.today).values("person_id")


class ScopedQuerySet(models.QuerySet):
    """Rows that belong to a unit, and to a person in it."""

    def of(self, unit):
        """Keep the unit's rows."""
        return self.filter(unit=unit)

    def within(self, scope):
        """Keep the rows the scope opens: the unit's, those about office holders, one's own."""
        if Rows.UNIT in scope.rows:
            return self
        keep = models.Q(pk__in=[])
        if Rows.SELF in scope.rows:
            keep |= models.Q(person_id__in=scope.person_ids)
        if Rows.OFFICE_HOLDERS in scope.rows:
            keep |= models.Q(person_id__in=scope.office_holders())
        return self.filter(keep)
