"""What calls do when to-dos change hands."""

from krets.events import now
from krets.register.organisation.models import Unit
from krets.welcome.calls import commands


@now
def todos_moved(unit_id, person_ids, at):
    """Let the calls go along, so that whoever has the to-do has the call."""
    unit = Unit.objects.get(pk=unit_id)
    commands.follow_todos(unit, person_ids=person_ids, by=None, at=at)
