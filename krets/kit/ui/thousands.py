"""Numbers as they are written in a sentence: 2 044 in Swedish, 2,044 in English."""

from django.utils.formats import number_format


def grouped(number):
    """Return the number with its thousands apart, in the reader's language."""
    return number_format(number, force_grouping=True)
