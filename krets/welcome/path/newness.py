"""Who is new, and which steps of the path were over before Krets learned of somebody.

`known_after` is how many days after the joining Krets learned of it, None where nobody has told
when they joined; `first` says that it was the first member file that told of them.
"""

STALE_AFTER = 90


def is_new(known_after, *, first):
    """Tell whether there is anybody to welcome.

    Not where the first file does not tell when they joined: they may have been here for years. Not
    where they had, when Krets learned of them.
    """
    if known_after is None:
        return not first
    return known_after <= STALE_AFTER


def is_before_krets(step, known_after, *, first, days=None):
    """Tell whether a step was over when the first file came in.

    Whoever joined lately enters at the step for their day: the last one whose time had come. Those
    before it are not caught up. (`days` are the step's own, where the association set them.)
    """
    if not first or step.until is None or known_after is None:
        return False
    own = step.days if days is None else days
    return known_after > own and known_after >= step.until
