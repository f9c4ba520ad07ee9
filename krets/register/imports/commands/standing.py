"""What the register holds of the people whom a batch of rows is about."""

from krets.register.imports.commands.ready import MEMBERSHIP, UPDATED
from krets.register.imports.known import ended_later
from krets.register.members.models import Membership, Person


def people_of(unit_id, pks):
    """Return the people's present details by id."""
    columns = ("id", "trail_key", "revision", *UPDATED)
    found = Person.objects.filter(unit_id=unit_id, pk__in={pk for pk in pks if pk})
    return {row["id"]: row for row in found.values(*columns)}


def memberships_of(unit_id, people):
    """Return the memberships that the rows are compared with: the current, else the latest."""
    rows = Membership.objects.filter(unit_id=unit_id, person_id__in=people)
    found = {}
    for row in rows.order_by("person_id", "pk").values("id", "person_id", *MEMBERSHIP):
        before = found.get(row["person_id"])
        if before is None or ended_later(row["left_on"], before["left_on"]):
            found[row["person_id"]] = row
    return found
