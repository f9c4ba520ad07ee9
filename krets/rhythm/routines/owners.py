"""Who gets a to-do: always one, and the work shared evenly."""

from collections import Counter, defaultdict

from django.db.models import Count

from krets.register.access.kinds import Mandates
from krets.register.access.permissions import Permission
from krets.register.access.table import TABLE
from krets.register.mandates.models import Mandate
from krets.rhythm.todos.models import Todo


class Owners:
    """The people of a unit who hold mandates, and how much each has to do.

    Read once for a batch; each choice counts at once, so that a batch is shared evenly too.
    """

    def __init__(self, unit, today):
        self._kinds = defaultdict(set)
        mandates = Mandate.objects.of(unit).current(today)
        for person_id, kind in mandates.values_list("person_id", "kind"):
            self._kinds[person_id].add(kind)
        counted = Todo.objects.of(unit).open().owned_by(list(self._kinds)).values_list("owner_id")
        self._open = Counter(dict(counted.annotate(number=Count("pk"))))

    def may(self, person_id, needs):
        """Return whether the person holds a mandate that grants the capability."""
        return not self._kinds.get(person_id, set()).isdisjoint(TABLE.get(needs, {}))

    def choose(self, routine, *, about_id=None, contact_id=None, wanted_id=None, protected=False):
        """Return who gets the next to-do; None only where nobody holds any mandate.

        Nobody gets one about themself (`about_id`) where somebody else may do it.
        """
        chosen = self._named(routine, contact_id, wanted_id, protected)
        if chosen is None:
            kinds = () if protected else routine.owner
            chosen = self._least_busy(*kinds, needs=routine.needs, about_id=about_id)
            chosen = chosen or self.officer()
        self._open[chosen] += 1
        return chosen

    def officer(self):
        """Return the least busy membership officer, else the chair, else None."""
        return self._least_busy(Mandates.MEMBERSHIP_OFFICER, Mandates.CHAIR)

    def is_officer(self, person_id):
        return Mandates.MEMBERSHIP_OFFICER in self._kinds.get(person_id, set())

    def _named(self, routine, contact_id, wanted_id, protected):
        if protected:
            # Decision 27: only the named officers meet protected persons.
            return None
        if wanted_id and self.may(wanted_id, routine.needs):
            return wanted_id
        if contact_id and routine.use_contact_person and self.may(contact_id, routine.needs):
            return contact_id
        return None

    def _least_busy(self, *kinds, needs=Permission.TODO_ACT, about_id=None):
        oneself = None
        for kind in kinds:
            holders = [
                person_id
                for person_id, held in self._kinds.items()
                if kind in held and self.may(person_id, needs)
            ]
            others = [person_id for person_id in holders if person_id != about_id]
            if others:
                return min(others, key=lambda person_id: (self._open[person_id], person_id))
            oneself = oneself or next(iter(holders), None)
        return oneself
