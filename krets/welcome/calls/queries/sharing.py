"""Who has how many calls."""

from dataclasses import dataclass

from django.utils import timezone

from krets.register.access.kinds import Mandates
from krets.register.models import Mandate
from krets.welcome.calls.models import Call
from krets.welcome.calls.queries.lists import Line, told
from krets.welcome.calls.telling import why

CALLERS = (Mandates.CALLER, Mandates.CONTACT_PERSON, Mandates.MEMBERSHIP_OFFICER)
# Who gets a call to make when there is no contact person, in this order.
RING_FIRST = (Mandates.CALLER, Mandates.MEMBERSHIP_OFFICER)


@dataclass(frozen=True)
class Holder:
    """One who rings, with the calls given to them; `person` None is the shared list."""

    person: object
    lines: list[Line]

    @property
    def key(self):
        return self.person.pk if self.person else "shared"


@dataclass(frozen=True)
class Sharing:
    """The open calls, by who is to make them."""

    holders: list[Holder]

    @property
    def count(self):
        return sum(len(holder.lines) for holder in self.holders)

    @property
    def people(self):
        return [holder.person for holder in self.holders if holder.person]


def sharing(viewer, *, fields, at):
    """Return who has which open calls: the shared list first, then all who ring, by name."""
    unit = viewer.unit
    today = timezone.localdate(at)
    callers = callers_of(unit, today)
    given = {None: []} | {person.pk: [] for person in callers}
    calls = Call.objects.of(unit).open().allowed().filter(rested_at=None)
    for call in told(calls, fields, at).order_by("due_on", "pk"):
        # Whoever's mandate has ended cannot ring: their calls are for anyone.
        heap = call.given_to_id if call.given_to_id in given else None
        given[heap].append(Line(call, why(call, viewer, today)))
    return Sharing(
        [Holder(None, given[None]), *(Holder(person, given[person.pk]) for person in callers)]
    )


def callers_of(unit, today):
    """Return the persons with a mandate to ring, by name."""
    mandates = Mandate.objects.of(unit).current(today).filter(kind__in=CALLERS)
    people = {}
    names = ("first_name", "last_name", "register_number", "sort_key", "unit_id", "trail_key")
    wanted = mandates.select_related("person").only("kind", *(f"person__{name}" for name in names))
    for mandate in wanted.order_by("person__sort_key", "person_id", "pk"):
        people[mandate.person_id] = mandate.person
    return list(people.values())
