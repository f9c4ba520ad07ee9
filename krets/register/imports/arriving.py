"""The new members of a file, counted by what their welcome depends on."""

from collections import Counter
from datetime import date

from krets.kit.contributions import Newcomers
from krets.register.imports.known import AT, PHONES

# Who joined longer ago is nobody's newcomer: counted together.
_LONG_AGO = 400


class Arriving:
    """Counts new members as the rows of a file come."""

    def __init__(self, rows=()):
        self._counted = Counter({tuple(alike): number for *alike, number in rows})

    def add(self, values, changes, person, *, today, times=1):
        """Count the new member of a row: `person` is what is known of somebody who comes back."""
        if values.get("left_on") or (person and person[AT["supports_quietly_at"]] is not None):
            return
        joined_on = values.get("joined_on") or changes.get("joined_on", (None, None))[1]
        can_be_rung = bool(values.get("phone")) or any(
            values.get(name) or name in changes for name in PHONES
        )
        if person:
            can_be_rung = can_be_rung or any(person[AT[name]] for name in PHONES)
            can_be_rung = None if person[AT["no_calls_at"]] is not None else can_be_rung
        self._counted[_known_after(joined_on, today), can_be_rung] += times

    def as_rows(self):
        """Return what was counted as it is kept."""
        return [[*alike, number] for alike, number in self._counted.items() if number]


def newcomers(rows):
    """Return kept rows as Newcomers."""
    return [Newcomers(*row) for row in rows]


def _known_after(joined_on, today):
    """Return the days from the joining to today, None where the day is not known."""
    if joined_on is None:
        return None
    day = joined_on if isinstance(joined_on, date) else date.fromisoformat(joined_on)
    return min((today - day).days, _LONG_AGO)
