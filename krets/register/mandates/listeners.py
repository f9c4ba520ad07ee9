"""What happens to mandates when people leave, die or come back: at once, with the change itself."""

from krets.events import now
from krets.register.mandates.commands import end_of_those_gone
from krets.register.mandates.queries import any_signs_in
from krets.register.organisation.models import Unit


@now
def people_changed(unit_id, person_ids, by_id, at):
    """End what those of them who are gone held."""
    if any_signs_in(unit_id, person_ids):
        _look(unit_id, at)


@now
def members_changed(unit_id, import_id, at):
    """End what those held whom a file says have left or died."""
    _look(unit_id, at)


@now
def mandates_changed(unit_id, at):
    """End what somebody who has left kept only until another held it."""
    _look(unit_id, at)


def _look(unit_id, at):
    end_of_those_gone(Unit.objects.get(pk=unit_id), by=None, at=at)
