"""What could not be read in a row, and what was answered when the same stood there before."""

from typing import NamedTuple

from django.utils.crypto import salted_hmac

from krets.register.imports.columns import FEE_PREFIX, Target
from krets.register.imports.comparison import plain
from krets.register.imports.models import ImportFault
from krets.register.imports.said import cells_to_show
from krets.register.imports.suggestions import detail_of, offers_in

Answer = ImportFault.Answer
_TOGETHER = (
    {Target.PHONE, Target.PHONE_HOME, Target.PHONE_WORK},
    {Target.EMAIL, Target.EMAIL2},
    {Target.BIRTH_DATE, Target.BIRTH_YEAR, Target.IDENTITY_NUMBER},
    {Target.FIRST_NAME, Target.LAST_NAME, Target.FULL_NAME, Target.LAST_FIRST_NAME},
)


class Fault(NamedTuple):
    """One fault of a row. Fields as `ImportFault`'s."""

    target: str
    code: str
    grave: bool
    digest: str
    answer: str = ""
    again: bool = False

    @property
    def skips(self):
        """Whether the row is skipped for it."""
        return self.answer == Answer.SKIP or (self.grave and not self.answer)

    @property
    def is_over(self):
        """Whether nobody needs to hear of it once more: it was answered in an earlier file.

        Nor of what our suggestion was taken for, now or then.
        """
        return self.answer == Answer.TAKEN or (self.again and self.answer != Answer.SKIP)


class Faults:
    """Makes the faults of rows whose columns have the targets.

    `earlier` is what was answered before, as {(person, target, code): (digest, answer)}.
    """

    def __init__(self, unit_id, targets, earlier, answered, *, today):
        self._unit_id = unit_id
        self._targets = targets
        self._earlier = earlier
        self._answered = answered
        self._today = today

    def of(self, row, person=None):
        """Return the faults of a row, each once, with what was answered about the person's.

        What was answered of this very file, before it was read again, stands above earlier files.
        """
        found = {}
        for problem in row.problems:
            key = problem["target"], problem["code"]
            if key not in found:
                digest = self._digest(problem["target"], row.cells)
                found[key] = Fault(*key, problem.get("grave", False), digest)
        offered = dict(offers_in({"problems": row.problems}))
        return [
            self._as_before(row.number, fault, person, offered=fault.target in offered)
            for fault in found.values()
        ]

    def _as_before(self, number, fault, person, *, offered):
        answer = self._answered.fault(number, fault)
        if answer and (offered or answer != Answer.TAKEN):
            return fault._replace(answer=answer)
        digest, answer = self._earlier.get((person, fault.target, fault.code), ("", ""))
        return fault._replace(answer=answer, again=True) if digest == fault.digest else fault

    def _digest(self, target, cells):
        """Return what stands for the cells that a fault is about; they cannot be read from it."""
        kin = next((kin for kin in _TOGETHER if target in kin), {target})
        if target.startswith(FEE_PREFIX):
            kin = {target, Target.FEE_PAID, Target.FEE_PAID_ON, Target.FEE_AMOUNT}
        mine = [(cell, of) for cell, of in zip(cells, self._targets, strict=False) if of in kin]
        words = cells_to_show(*zip(*mine, strict=True), today=self._today) if mine else []
        text = "\x1f".join([str(self._unit_id), *words])
        return salted_hmac("krets.register.imports", text, algorithm="sha256").hexdigest()


def taken_here(faults):
    """Return the targets of the cells that mean what is suggested, as was said of this file."""
    taken = (each.target for each in faults if each.answer == Answer.TAKEN and not each.again)
    return dict.fromkeys(taken)


def use_suggestions(row, faults):
    """Return the row with what was suggested and taken in an earlier file, and detail to keep."""
    again = {fault.target for fault in faults if fault.again and fault.answer == Answer.TAKEN}
    offers = offers_in({"problems": row.problems}) if again else ()
    taken = dict(detail_of(*offer) for offer in offers if offer[0] in again)
    if not taken:
        return row, {}
    left = [problem for problem in row.problems if problem["target"] not in again]
    told = {"taken": {name: plain(value) for name, value in taken.items()}}
    return row._replace(values=row.values | taken, problems=left), told
