"""Which number to ring."""

from krets.welcome.calls.models.calls import NUMBERS


def good_numbers(person, wrong):
    """Return the person's numbers in the order to try them, without those found wrong."""
    numbers = [getattr(person, column) for column in NUMBERS]
    return list(dict.fromkeys(number for number in numbers if number and number not in wrong))
