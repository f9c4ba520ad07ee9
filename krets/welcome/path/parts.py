"""The welcome path as it stands on a new member's page."""

from krets.kit.contributions import PersonPart
from krets.register.access.permissions import Permission
from krets.welcome.path.queries import any_before_krets, steps_of


def told(unit, person_id, *, today):
    """Return the steps of a member who joined lately, else None."""
    states = steps_of(unit, [person_id], today=today).get(person_id)
    if not states:
        return None
    before = any_before_krets([states])
    return {"states": states, "person_id": person_id, "any_before_krets": before}


PERSON_PARTS = [
    PersonPart(permission=Permission.PATH_SEE, template="welcome/path/steps.html", told=told),
]
