"""What is said of the fee of those who joined lately, and are not asked about it."""

from datetime import date

from django.utils.translation import gettext as _

from krets.rhythm.routines.queries import settings_of_routine
from krets.welcome.leavers.queries import CALL_ROUTINE, COUNTS_FROM_MONTH, NEW

# No association may choose an earlier one: who joined before it owes as others do.
_EARLIEST_MONTH = 7


def joined_lately(unit, joined_on, *, today):
    """Return what to say of this year's unpaid fee, as the list of the unpaid has it.

    None where it is owed as by others, "" where joining late last year paid for this one. A
    statement only for those of whom the month of joining may decide.
    """
    if joined_on < date(today.year - 1, _EARLIEST_MONTH, 1):
        return None
    is_new = joined_on > today - NEW
    if joined_on.year == today.year and not is_new:
        return None
    is_late = joined_on.month >= _EARLIEST_MONTH and joined_on.month >= _month(unit)
    if is_late and joined_on.year < today.year:
        return ""
    if not is_new:
        return None
    if is_late:
        return _("Fee not paid yet, counts for %(year)d too") % {"year": today.year + 1}
    return _("Fee %(year)d not paid yet, joined lately") % {"year": today.year}


def _month(unit):
    """Return the month from which joining pays for next year too."""
    return settings_of_routine(unit, CALL_ROUTINE).get("counts_from_month", COUNTS_FROM_MONTH)


ALLOWANCES = [joined_lately]
