"""What a mandate's holder has to do by it: the to-dos that are handed over when it ends."""

from django.db.models import Count
from django.utils.translation import ngettext

from krets.kit.contributions import Held, Holding
from krets.kit.ui.thousands import grouped
from krets.rhythm.routines import registry
from krets.rhythm.routines.commands.passing_on import left_by, take_over


def held(unit, person_id, *, lost, at):
    """Return how many open to-dos the person may no longer do."""
    theirs = left_by(unit, person_id, lost).order_by("routine").values_list("routine")
    found = dict(theirs.annotate(Count("pk")))
    number = sum(found.values())
    if not number:
        return None
    words = ngettext("%(number)s to-do", "%(number)s to-dos", number)
    needs = frozenset(registry.needed_for(key) for key in found)
    return Held(words % {"number": grouped(number)}, needs)


HOLDINGS = [Holding(held=held, take_over=take_over)]
