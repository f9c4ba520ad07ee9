"""The person looking at the page, and what they are trusted with."""

from dataclasses import dataclass
from datetime import date

from django.apps import apps

from krets.register.access.kinds import Mandates
from krets.register.access.scope import Scope
from krets.register.access.table import GIVES, TABLE


@dataclass(frozen=True)
class Held:
    """A mandate the viewer holds today."""

    pk: int
    kind: str
    person_id: int


@dataclass(frozen=True)
class Viewer:
    """An account in one unit, with the mandates it holds there today.

    Commands take a viewer as `by`: `by.account` signs, `by.person` is the human in this unit.
    """

    account: object
    unit: object
    person: object
    held: tuple[Held, ...]
    today: date

    @classmethod
    def of(cls, account, slug, today):
        """Return the account's viewer in the unit, None where it holds nothing. One statement."""
        mandates = (
            apps.get_model("register", "Mandate")
            .objects.filter(person__account=account, unit__slug=slug)
            .current(today)
            .select_related("unit", "person")
            .only(
                "kind",
                "unit__slug",
                "unit__name",
                "unit__kind",
                "unit__trail_key",
                "unit__organisation_id",
                "unit__parent_id",
                "person__unit_id",
                "person__first_name",
                "person__last_name",
                "person__register_number",
                "person__trail_key",
            )
            .order_by("pk")
        )
        rows = list(mandates)
        if not rows:
            return None
        held = tuple(Held(row.pk, row.kind, row.person_id) for row in rows)
        return cls(account, rows[0].unit, rows[0].person, held, today)

    @classmethod
    def member(cls, account, person, today):
        """Return somebody acting as a member only, about the own person; holds nothing."""
        return cls(account, person.unit, person, (), today)

    @property
    def kinds(self):
        """The kinds of mandate held, each once."""
        return frozenset(held.kind for held in self.held)

    @property
    def title(self):
        """What the viewer is here, as it stands under the name: "caller, contact person"."""
        return ", ".join(kind.label.lower() for kind in Mandates if kind in self.kinds)

    @property
    def person_ids(self):
        return frozenset(held.person_id for held in self.held)

    def may(self, permission):
        """Return whether any mandate held here grants the capability."""
        return not self.kinds.isdisjoint(TABLE.get(permission, {}))

    def gives(self):
        """Return the kinds of mandate this viewer may give."""
        return frozenset().union(*(GIVES.get(kind, frozenset()) for kind in self.kinds))

    def scope(self, permission):
        """Return the union of the rows and fields the viewer's mandates grant for it."""
        grants = [grant for kind, grant in TABLE.get(permission, {}).items() if kind in self.kinds]
        return Scope(
            unit_id=self.unit.pk,
            account_id=self.account.pk,
            rows=frozenset().union(*(grant.rows for grant in grants)),
            fields=frozenset().union(*(grant.fields for grant in grants)),
            person_ids=self.person_ids,
            today=self.today,
        )
