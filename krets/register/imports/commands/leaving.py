"""Members whom the file does not name and who were said to have left, moved or died."""

from krets.register.imports.commands.ready import MEMBERSHIP
from krets.register.imports.commands.standing import memberships_of, people_of
from krets.register.imports.models import ImportedPerson
from krets.register.imports.said import as_json
from krets.register.members.models import Membership
from krets.register.members.queries.words import DAY_UNKNOWN

Reason = Membership.Reason
_COUNTED = {Reason.MOVED: "moved", Reason.DECEASED: "died"}


class LayingLeavers:
    """What `Preparing` lays ready of those who are missing from the file."""

    def _lay_leavers(self, missing):
        people = people_of(self.unit_id, (each.person_id for each in missing))
        memberships = memberships_of(self.unit_id, people)
        for each in missing:
            person, membership = people[each.person_id], memberships.get(each.person_id)
            if membership is None or membership["left_on"] is not None:
                continue
            ended = {
                "left_on": (each.died_on or self.today).isoformat(),
                "left_learned_at": self.moment,
                "left_reason": each.reason,
            }
            kept = (as_taken((membership | ended)[name]) for name in MEMBERSHIP)
            self._ready["ready_member_change"].append((membership["id"], *kept))
            n = self._numbered(person["id"])
            if each.reason == Reason.DECEASED:
                self._lay_death(n, person, each)
            self._touch(n, person["trail_key"], ImportedPerson.How.LEFT, reason=each.reason)
            self.counts[_COUNTED.get(each.reason, "left")] += 1

    def _lay_death(self, n, person, said):
        """Lay ready that somebody has died, as who answered said: the file says nothing of it."""
        day = said.died_on.isoformat() if said.died_on else DAY_UNKNOWN
        died = {"deceased_on": [None, day]}
        self._lay_details(person["revision"], person, died)
        self._lay_told(n, died, by=said.answered_by_id or self.account_id)

    def _lay_told(self, n, changes, *, by, file=None):
        """Lay ready what a person's history tells; who changed it, or the file that did."""
        self._ready["ready_change"].append((n, as_json(changes), by, file))


def as_taken(value):
    """Return a day as both databases take it, and everything else as it is."""
    return value.isoformat() if hasattr(value, "year") and not hasattr(value, "hour") else value
