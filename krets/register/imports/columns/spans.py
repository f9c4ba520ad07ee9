"""Whether a number in a cell is a whole one within a span."""


def is_within(number, span):
    """Tell whether the number is whole and stands in the range.

    A range asked for a float goes through all that it holds: with telephone numbers that is for
    ever. What is no number (NaN) or has no end is never within.
    """
    return number == number // 1 and int(number) in span
