"""What saving a preview would do, with the answers that have been given so far."""

from dataclasses import dataclass, field

from django.utils import timezone

from krets.register.imports import queries
from krets.register.imports.arriving import Arriving, newcomers
from krets.register.imports.comparison import who_left
from krets.register.imports.known import PHONES
from krets.register.imports.missing import MissingFigures
from krets.register.imports.models import ImportRow

Answer = ImportRow.Answer
# So many rows of a kind of fault say enough of it; the others stand on a page of their own.
FIRST = 3
FIRST_AGAIN = 25


@dataclass
class Figures:
    """How many are new, changed or leave, and how many are left to answer.

    `missing` are those whom the file does not name (`MissingFigures`), `left` counts those of them
    said to have left, but for those who `moved` or `died`; `faults` are the first of each kind
    (`queries.first_faults`). `near` counts the rows that may mean somebody; those about people
    with protected details stand apart.
    """

    new: int
    changed: int
    left: int
    moved: int
    died: int
    missing: MissingFigures
    faults: list
    near: int
    unanswered: int
    near_protected: int = 0
    near_protected_unanswered: int = 0
    newcomers: list = field(default_factory=list)

    @property
    def saves(self):
        """Whether anything is saved but that the register is up to date."""
        return bool(self.new or self.changed or self.left or self.moved or self.died)

    @property
    def questions(self):
        """How many questions nobody has answered: all of a kind of fault are one.

        All who are missing are one too, and those of them with protected details another.
        """
        faults = len({_kind(fault) for fault in self.faults if not (fault.answer or fault.again)})
        missing = bool(self.missing.unanswered) + bool(self.missing.protected_unanswered)
        return self.unanswered + self.near_protected_unanswered + faults + missing


def figures(importing):
    """Return the Figures of a preview as it was answered. At most three statements."""
    missing = queries.missing_figures(importing)
    found = Figures(
        new=importing.new_count,
        changed=importing.changed_count,
        left=importing.left_count + missing.leaving_in_all - missing.moved - missing.died,
        moved=importing.moved_count + missing.moved,
        died=importing.died_count + missing.died,
        missing=missing,
        faults=list(queries.first_faults(importing, FIRST, FIRST_AGAIN)),
        near=importing.near_count,
        unanswered=importing.near_count,
        newcomers=newcomers(importing.newcomers),
    )
    if importing.near_count:
        read_on = timezone.localdate(importing.read_at)
        _add_answers(found, queries.answered(importing), today=read_on)
    return found


def _kind(fault):
    return fault.target, fault.code


def _add_answers(found, rows, *, today):
    """Count the rows that somebody was asked about by what was answered."""
    arriving = Arriving()
    for row in rows:
        if row.protected:
            found.near -= 1
            found.near_protected += 1
            found.near_protected_unanswered += not row.answer
        found.unanswered -= 1
        if not row.answer:
            continue
        if row.answer == Answer.SAME and row.twin:
            continue  # An earlier row says it already, and nothing comes of this one.
        if row.answer == Answer.NOT_SAME:
            found.new += 1
            arriving.add(row.values, {}, None, today=today)
        elif row.person_id and "joins" in row.marks:
            # Somebody here by hand, whom the file makes a member: no new one here.
            found.changed += 1
            # Whether they can be rung is known of them, not of the row alone.
            reached = row.values.get("phone") or any(getattr(row.person, at) for at in PHONES)
            arriving.add({**row.values, "phone": reached}, row.changes, None, today=today)
        elif row.person_id and row.changes:
            found.changed += 1
            left, moved, died = who_left(row.changes)
            found.left += left
            found.moved += moved
            found.died += died
    found.newcomers += newcomers(arriving.as_rows())
