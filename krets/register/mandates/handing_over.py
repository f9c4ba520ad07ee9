"""What goes over to somebody else when a mandate ends. `loop` hands over what there may be."""

from collections import defaultdict
from dataclasses import dataclass

from django.utils.timezone import localdate

from krets.kit.contributions import Held
from krets.register.access.kinds import NEVER_EMPTY, Mandates
from krets.register.access.table import TABLE
from krets.register.mandates import queries
from krets.register.members.models import Person

_holdings = []


def connect(holdings):
    """Set what people may have by their mandates, in the order in which it is handed over."""
    _holdings[:] = holdings


@dataclass(frozen=True)
class Ending:
    """What a mandate's holder has by it, and who may take all of that over.

    `lost` are the capabilities that end; `people` begins with those of the same mandate, and
    `officers` are the ids of those of them who may have to do with protected people. What
    `is_needed` cannot end: nobody else holds the mandate, and somebody must.
    """

    lost: frozenset[str]
    held: list[Held]
    people: list[Person]
    officers: frozenset[int]
    is_needed: bool

    @property
    def all_are_officers(self):
        return all(person.pk in self.officers for person in self.people)


def ending_of(mandate, unit, *, at):
    """Return what ends with the mandate. One statement, and one for each sort of thing."""
    kinds, people = defaultdict(set), {}
    for row in queries.current(unit, localdate(at)):
        kinds[row.person_id].add(row.kind)
        if not row.has_left:
            people[row.person_id] = row.person
    own = kinds.pop(mandate.person_id, set())
    people.pop(mandate.person_id, None)
    lost = _opened(own) - _opened(own - {mandate.kind})
    held = [each.held(unit, mandate.person_id, lost=lost, at=at) for each in _holdings if lost]
    held = [each for each in held if each]
    needs = frozenset().union(*(each.needs for each in held))
    able = [person for pk, person in people.items() if needs <= _opened(kinds[pk])]
    able.sort(key=lambda person: (mandate.kind not in kinds[person.pk], person.sort_key))
    officers = frozenset(pk for pk in people if Mandates.MEMBERSHIP_OFFICER in kinds[pk])
    is_last = not any(mandate.kind in others for others in kinds.values())
    return Ending(
        lost,
        held,
        able if held else [],
        officers,
        is_needed=mandate.kind in NEVER_EMPTY and is_last and mandate.agreed_at is not None,
    )


def hand_over(mandate, unit, *, to, ending, by, at):
    """Give all that the holder has by the mandate to another."""
    for each in _holdings:
        each.take_over(
            unit,
            holder_id=mandate.person_id,
            to=to,
            lost=ending.lost,
            sees_protected=to.pk in ending.officers,
            by=by,
            at=at,
        )


def _opened(kinds):
    """Return the capabilities that mandates of these kinds give."""
    return frozenset(key for key, grants in TABLE.items() if not kinds.isdisjoint(grants))
