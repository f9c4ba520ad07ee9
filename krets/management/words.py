"""How the words behind a command are read."""

import argparse
from datetime import date

from django.utils import timezone


def several(text):
    """Return how many, one at least, or say how to write it."""
    if not text.isdecimal() or not int(text):
        raise argparse.ArgumentTypeError(f"{text} is no number. Write how many, as 5.")
    return int(text)


def day(text):
    """Return the day a word means, or say how to write one."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(
            f"{text} is no day. Write it as 2026-03-02: year, month, day."
        ) from None


def day_come(text):
    """Return the day a word means, unless it is still to come."""
    meant = day(text)
    if meant > timezone.localdate():
        raise argparse.ArgumentTypeError(f"{text} has not come yet. Write today or an earlier day.")
    return meant
