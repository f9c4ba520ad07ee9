"""Columns without headings: what they are called, and whether they are still as last time."""

import re

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import override

from krets.kit.tables.cells import letter
from krets.register.imports.columns import evidence
from krets.register.imports.columns.targets import FEE_PREFIX, Target

# What the reader of tables calls a column over which nothing stands.
_UNNAMED = re.compile(r"\[([A-Z]+)\]")
_FEWEST = 0.3
# What must stand in a column for it to be what it was, where a heading needs no such proof.
_PROOF = evidence.PROOF | {
    Target.REGISTER_NUMBER: ("digits",),
    Target.LAST_FIRST_NAME: ("letters",),
    Target.STREET: ("letters",),
    Target.SEX: ("sex",),
}


def unnamed(at):
    """Return the name of a column without a heading, by its place in the table."""
    return f"[{letter(at)}]"


def is_unnamed(heading):
    return bool(_UNNAMED.fullmatch(heading))


def are_unnamed(headings):
    """Tell whether a table has no headings at all."""
    return bool(headings) and all(map(is_unnamed, headings))


def spoken(heading):
    """Return what a column is called to people: its heading, or "Column A"."""
    unnamed = _UNNAMED.fullmatch(heading)
    return _("Column %(letter)s") % {"letter": unnamed[1]} if unnamed else heading


def as_spoken(layout):
    """Return {heading: target} of unnamed columns by what they are called, in all our languages."""
    found = {}
    for language, _name in settings.LANGUAGES:
        with override(language):
            found |= {spoken(head): target for head, target in layout.items() if is_unnamed(head)}
    return found


def layout_of(habit):
    """Return the columns without headings of an association's last such file."""
    return {head: target for head, target in habit.items() if is_unnamed(head)}


def still_fits(layout, headings, sample_rows):
    """Tell whether a table without headings looks like the last one: its columns and values do."""
    if set(layout) != set(headings):
        return False
    return all(
        _may_hold(layout[heading], [row[at] for row in sample_rows if at < len(row)])
        for at, heading in enumerate(headings)
    )


def _may_hold(target, cells):
    """Tell whether nothing in the cells speaks against their being what the target is for."""
    proof = _PROOF.get("fee" if target.startswith(FEE_PREFIX) else target)
    filled = [cell for cell in cells if cell not in {None, ""}]
    if target == Target.IGNORE or proof is None or not filled:
        return True
    shares = evidence.shares(filled)
    return max(shares[kind] for kind in proof) >= _FEWEST
