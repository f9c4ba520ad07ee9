"""Who has how many calls."""

from collections import Counter
from dataclasses import dataclass

from django.core.paginator import Page, Paginator
from django.db.models import Case, Q, Value, When
from django.utils import timezone

from krets.register.access.kinds import Mandates
from krets.register.access.permissions import Permission
from krets.register.models import Mandate
from krets.welcome.calls.models import Call
from krets.welcome.calls.queries.asked import put_off_by
from krets.welcome.calls.queries.begun import begun_by_others
from krets.welcome.calls.queries.fees import fees_told
from krets.welcome.calls.queries.lists import PER_PAGE, Line, told
from krets.welcome.calls.queries.order import begun_of, in_turn
from krets.welcome.calls.telling import short

CALLERS = (Mandates.CALLER, Mandates.CONTACT_PERSON, Mandates.MEMBERSHIP_OFFICER)
# Who gets a call to make when there is no contact person, in this order.
RING_FIRST = (Mandates.CALLER, Mandates.MEMBERSHIP_OFFICER)


@dataclass(frozen=True)
class Holder:
    """One who rings, with the calls given to them; `person` None is the shared list.

    `count` is how many there are on all pages, `lines` those on this one.
    """

    person: object
    count: int
    lines: list[Line]

    @property
    def key(self):
        return self.person.pk if self.person else "shared"


@dataclass(frozen=True)
class Sharing:
    """A page of the open calls, by who is to make them. `people` are all who ring."""

    paged: Page
    holders: list[Holder]
    people: list

    @property
    def count(self):
        return self.paged.paginator.count

    @property
    def without(self):
        """The names of those who ring and have no calls, when they stand on this page."""
        return [each.person.name for each in self.holders if each.person and not each.count]

    @property
    def lines(self):
        return [line for holder in self.holders for line in holder.lines]


def sharing(viewer, people, *, fields, at, number=1):
    """Return who of the people has which open calls: the shared list first, then as they stand.

    Each has theirs in the order of the list of calls.

    Those without calls stand on the last page. Constant statements.
    """
    today = timezone.localdate(at)
    calls = to_share(viewer.unit, people)
    # Numbers only, so that all are counted and ordered in one reading.
    own, put_off = begun_of(viewer), put_off_by(viewer, today)
    ordered = in_turn(calls, at, begun=own, put_off=put_off, first=["holder"])
    everyone = list(ordered.values_list("pk", "holder"))
    counts = Counter(holder for _pk, holder in everyone)
    paged = Paginator(everyone, PER_PAGE).get_page(number)
    shown = list(paged.object_list)
    found = told(Call.objects.filter(pk__in=[pk for pk, _holder in shown]), fields)
    found = {call.pk: call for call in found}
    fees, lines = fees_told(viewer.unit, found.values(), fields, today), {}
    begun = begun_by_others(viewer, found, today)
    for pk, holder in shown:
        reason = short(found[pk], viewer, today, fee=fees.get(pk, ""), is_begun=pk in begun)
        line = Line(found[pk], reason, begun=begun.get(pk, ""))
        lines.setdefault(holder, []).append(line)
    holders = [
        Holder(person, counts[place], lines.get(place, []))
        for place, person in enumerate([None, *people])
        if place in lines or (not counts[place] and not paged.has_next())
    ]
    return Sharing(paged, holders, people)


def to_share(unit, people):
    """Return the calls that can be given away, each with its holder: 0 is the shared list."""
    calls = Call.objects.of(unit).open().allowed().filter(rested_at=None)
    # Whoever's mandate has ended cannot ring: their calls are for anyone.
    whose = [When(given_to=person.pk, then=Value(1 + at)) for at, person in enumerate(people)]
    return calls.annotate(holder=Case(*whose, default=Value(0)) if whose else Value(0))


def callers_of(unit, today):
    """Return the persons with a mandate to ring, by name."""
    mandates = Mandate.objects.of(unit).current(today).filter(kind__in=CALLERS)
    people = {}
    names = ("first_name", "last_name", "register_number", "sort_key", "unit_id", "trail_key")
    wanted = mandates.select_related("person").only("kind", *(f"person__{name}" for name in names))
    for mandate in wanted.order_by("person__sort_key", "person_id", "pk"):
        people[mandate.person_id] = mandate.person
    return list(people.values())


def left_by(unit, person_id, lost, at):
    """Return the open calls that somebody may not make without these capabilities.

    Those that were given to them, and what they have in hand of the shared list.
    """
    if Permission.CALL_REPORT not in lost:
        return Call.objects.none()
    in_hand = Q(given_to=None, claimed_by=person_id, claim_until__gt=at)
    theirs = Q(given_to=person_id) | in_hand
    return Call.objects.of(unit).open().filter(theirs)
