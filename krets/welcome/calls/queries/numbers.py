"""Which number to ring."""

from krets.kit.kept import kept
from krets.welcome.calls.models import WrongNumber
from krets.welcome.calls.models.calls import NUMBERS


def good_numbers(person, wrong):
    """Return the person's numbers in the order to try them, without those found wrong."""
    numbers = [getattr(person, column) for column in NUMBERS]
    return list(dict.fromkeys(number for number in numbers if number and number not in wrong))


@kept
def wrong_numbers(unit, ids):
    """Return {person id: {number: when it was found wrong}} of these people. One statement."""
    found = {}
    rows = WrongNumber.objects.of(unit).filter(person__in=ids)
    for person_id, number, at in rows.values_list("person", "number", "at"):
        found.setdefault(person_id, {})[number] = at
    return found
