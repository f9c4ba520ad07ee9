"""Does a column hold whole names, or one part of them?"""

from krets.kit.tables.swedish import fold
from krets.register.imports.columns import evidence
from krets.register.imports.columns.targets import Target

# A comma in nearly every value makes whole names of it, whatever of these the heading says.
PARTS = frozenset({Target.FIRST_NAME, Target.LAST_NAME, Target.FULL_NAME})


def are_whole(shares, scores):
    """Tell whether the values are "last, first", of a column whose heading speaks of names."""
    least = evidence.MOST if Target.FULL_NAME in scores else evidence.NEARLY
    return shares["last_first"] >= least and bool(scores.keys() & PARTS)


def is_parted(place, surnames, sample_rows):
    """Tell whether the last names stand in a column of their own beside this one.

    Then a comma parts two first names, unless what stands before it is that very last name.
    """
    others = [other for other in surnames if other != place]
    return bool(others) and not any(_repeats(place, other, sample_rows) for other in others)


def _repeats(place, surname, rows):
    """Tell whether most values begin with the last name of their row, as "Ek, Anna" does."""
    pairs = [
        (str(row[place]).partition(",")[0], str(row[surname]))
        for row in rows
        if max(place, surname) < len(row) and row[place] and row[surname]
    ]
    same = sum(fold(before) == fold(last) for before, last in pairs)
    return bool(pairs) and same >= len(pairs) * evidence.MOST


def drop_whole(mapping, remembered):
    """A whole name beside first and last name says nothing more."""
    if not {Target.FIRST_NAME, Target.LAST_NAME} <= set(mapping.values()):
        return
    kept = {fold(heading) for heading in remembered}
    for heading, target in mapping.items():
        if target in {Target.FULL_NAME, Target.LAST_FIRST_NAME} and fold(heading) not in kept:
            mapping[heading] = str(Target.IGNORE)
