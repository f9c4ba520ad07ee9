"""What was answered about a file before it was read again, and still holds for the same rows.

It waits with what is wanted of the import until the reading is done. No row can be read from it.
"""

from krets.register.imports.doubles import code_and_digest_of
from krets.register.imports.models import ImportFault, ImportMissing, ImportRow

# Where it lies among what is wanted.
ANSWERED = "answered"
# So much of a digest tells the rows of one file apart.
_LENGTH = 20


class Answered:
    """Gives each row its answer anew, and counts the people of whom one still holds.

    `kept` is what `answers_of` returned.
    """

    def __init__(self, kept=None):
        kept = kept or {}
        self._total = kept.get("people", 0)
        self._near = kept.get("near", {})
        self._missing = kept.get("missing", {})
        self._faults = {
            (int(number), target, code): (digest, answer)
            for target, code, answer, digests in kept.get("faults", ())
            for number, digest in digests.items()
        }
        self._rows = set()

    def of(self, missing):
        """Return of how many people something was answered, and of how many it still holds."""
        people = sum(str(person) in self._missing for person in missing)
        return self._total, len(self._rows) + people

    def near(self, unit_id, row, *, person, twin):
        """Return whether a row is one with whom it may mean, as was answered of just these two."""
        answer = self._near.get(_pair(unit_id, row.values, person, twin), "") if self._near else ""
        if answer:
            self._rows.add(row.number)
        return answer

    def fault(self, number, fault):
        """Return what was answered about a fault of a row, if the same stands in the cell."""
        digest, answer = self._faults.get((number, fault.target, fault.code), ("", ""))
        if digest != fault.digest[:_LENGTH]:
            return ""
        self._rows.add(number)
        return answer

    def missing(self, person):
        """Return (answer, reason, day of death) as said of somebody whom the file does not name."""
        return tuple(self._missing.get(str(person), ("", "", None)))


def without_answers(wanted):
    """Return what is wanted of an import when nothing waits to be answered anew."""
    return {name: told for name, told in wanted.items() if name != ANSWERED}


def answers_of(importing):
    """Return what has been answered about a file, as it is kept while it is read again.

    What was kept before and has not found its rows yet stands, but for what was answered since.
    """
    before = importing.wanted.get(ANSWERED, {})
    rows = ImportRow.objects.filter(importing=importing, kind=ImportRow.Kind.NEAR)
    rows = rows.exclude(answer="").only("number", "values", "marks", "person_id", "answer")
    near, numbers = dict(before.get("near", {})), set()
    for row in rows.iterator(chunk_size=1000):
        near[_pair(importing.unit_id, row.values, row.person_id, row.twin)] = row.answer
        numbers.add(row.number)
    missing = ImportMissing.objects.filter(importing=importing).exclude(answer="")
    told = missing.values_list("person_id", "answer", "reason", "died_on")
    people = {str(pk): [answer, why, died and died.isoformat()] for pk, answer, why, died in told}
    people = before.get("missing", {}) | people
    faults = _faults(importing, before.get("faults", ()))
    numbers.update(number for *_kind, digests in faults for number in map(int, digests))
    total = max(before.get("people", 0), len(numbers) + len(people))
    return {"near": near, "missing": people, "faults": faults, "people": total} if total else {}


def _faults(importing, before):
    """Return [target, code, answer, {row: digest}] of the faults that were answered."""
    found = {(target, code, answer): digests for target, code, answer, digests in before}
    mine = ImportFault.objects.filter(importing=importing, again=False).exclude(answer="")
    told = mine.order_by("number").values_list("number", "target", "code", "answer", "digest")
    for number, target, code, answer, digest in told.iterator(chunk_size=1000):
        found.setdefault((target, code, answer), {})[str(number)] = digest[:_LENGTH]
    return [[*kind, digests] for kind, digests in found.items()]


def _pair(unit_id, values, person, twin):
    """Return what stands for a row and whom it may mean; whoever the row names is in it."""
    _code, digest = code_and_digest_of(unit_id, values)
    return f"{digest[:_LENGTH]}:{person or ''}:{twin or ''}"
