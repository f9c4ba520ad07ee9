"""How many members a file does not name, and what was said of them."""

from typing import NamedTuple

from django.db.models import Count, Q

from krets.register.imports.models import ImportMissing
from krets.register.members.models import Membership


class MissingFigures(NamedTuple):
    """How many members the file does not name, and what was said of them.

    Those with protected details are counted apart: they stand in no list, and no answer for all
    is about them. `moved` are those of all leaving who leave for another association, `died`
    those who have died.
    """

    total: int = 0
    leaving: int = 0
    staying: int = 0
    protected_total: int = 0
    protected_leaving: int = 0
    protected_staying: int = 0
    moved: int = 0
    died: int = 0

    @property
    def unanswered(self):
        return self.total - self.leaving - self.staying

    @property
    def protected_unanswered(self):
        return self.protected_total - self.protected_leaving - self.protected_staying

    @property
    def in_all(self):
        return self.total + self.protected_total

    @property
    def leaving_in_all(self):
        return self.leaving + self.protected_leaving

    @property
    def said(self):
        """What stands for all that is listed: another answer to any of them makes it another."""
        return f"{self.total}-{self.leaving}-{self.staying}"


def figures_of(missing):
    """Return the MissingFigures of some who are missing, with one statement."""
    answers = ImportMissing.Answer
    kinds = {
        "leaving": Q(answer=answers.LEFT),
        "staying": Q(answer=answers.STAYS),
    }
    counted = {"total": Q(protected=False), "protected_total": Q(protected=True)}
    for name, said in kinds.items():
        counted[name] = said & Q(protected=False)
        counted[f"protected_{name}"] = said & Q(protected=True)
    counted["moved"] = kinds["leaving"] & Q(reason=Membership.Reason.MOVED)
    counted["died"] = kinds["leaving"] & Q(reason=Membership.Reason.DECEASED)
    wanted = {name: Count("pk", filter=condition) for name, condition in counted.items()}
    return MissingFigures(**missing.aggregate(**wanted))
