"""The faults of a preview as its page shows them: those of a kind in a column as one question."""

from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from krets.register.imports import fault_words, queries
from krets.register.imports.columns import label_of
from krets.register.imports.differences import in_words
from krets.register.imports.models import ImportFault
from krets.register.imports.suggestions import offers_in
from krets.register.imports.words import reason_in_words

Answer = ImportFault.Answer


@dataclass
class FaultLine:
    """One row in a group: what stood in the cell, and what else the row has been asked about."""

    pk: int
    number: int
    name: str
    told: str
    person: int | None
    offers: list = field(default_factory=list)
    notes: list = field(default_factory=list)


@dataclass
class FaultGroup:
    """All rows with one kind of fault in one column, and how they were answered."""

    target: str
    code: str
    grave: bool
    answer: str
    count: int
    seen: str
    lines: list = field(default_factory=list)

    @property
    def key(self):
        """What it is called in addresses; no two groups of a file are called the same."""
        parts = ("fault", self.target.replace(":", "-"), self.code, self.answer or "open")
        return "-".join(parts)

    @property
    def title(self):
        return fault_words.title(self.target, self.code)

    @property
    def take(self):
        return fault_words.take_words(self.code, self.count)

    @property
    def use(self):
        return fault_words.use_words(self.code, self.count)

    @property
    def skip(self):
        return fault_words.skip_words(self.count)

    @property
    def answered(self):
        return fault_words.answered_words(self.code, self.count, self.answer)

    @property
    def unanswered(self):
        return fault_words.unanswered_words(self.code, self.count, grave=self.grave)

    @property
    def more(self):
        return self.count - len(self.lines)


def groups(importing, first):
    """Return (FaultGroups with their first rows, lines of those answered before)."""
    found, again = {}, []
    for fault, line in zip(first, _lines(importing, first), strict=True):
        if fault.again:
            again.append(line)
            continue
        group = found.setdefault(_group_of(fault), _group(importing, fault, fault.count))
        group.lines.append(line)
    return sorted(found.values(), key=_importance), again


def _importance(group):
    return not group.grave, -group.count, group.target, group.code, group.answer


def _group_of(fault):
    return fault.target, fault.code, fault.answer


def _group(importing, fault, count):
    return FaultGroup(
        *_kind_of(fault), fault.grave, fault.answer, count, importing.seen_as(fault.answer)
    )


def group_lines(importing, faults, kinds):
    """Return FaultGroups with these faults as their lines, for a page of them."""
    counts = {(kind["target"], kind["code"], kind["answer"]): kind["count"] for kind in kinds}
    found, shown = {}, list(faults)
    for fault, line in zip(shown, _lines(importing, shown), strict=True):
        key = _group_of(fault)
        group = found.setdefault(key, _group(importing, fault, counts[key]))
        group.lines.append(line)
    return list(found.values())


def again_lines(importing, faults):
    """Return lines of faults to which an earlier answer was used again."""
    return _lines(importing, list(faults))


def _lines(importing, faults):
    rows = queries.rows_with(importing, faults)
    return [_line(fault, rows[fault.number]) for fault in faults]


def _line(fault, row):
    values = row.person or row.values
    name = values.name if row.person_id else _name(values)
    problems = row.detail.get("problems", ())
    is_used = fault.answer == Answer.TAKEN
    told = [*problems, *row.detail.get("used", ())]
    mine = [each for each in told if _kind(each) == (fault.target, fault.code)]
    told = dict.fromkeys(map(_told, mine))
    line = FaultLine(
        row.pk,
        row.number,
        name or _("No name"),
        ", ".join(each for each in told if each),
        row.person_id,
        offers=[] if fault.again or is_used else offers_in({"problems": mine}),
    )
    if fault.again:
        line.notes = [_as_before(fault)]
    else:
        line.notes = [*([taken_in_words(row)] if is_used else []), *_others(fault, row, problems)]
    return line


def _told(problem):
    """Return what stood in the cell, or what is wrong with it where that says more; "" for none."""
    if problem["code"] in fault_words.TOLD_WHOLE:
        return str(reason_in_words(problem["code"], problem))
    value = problem["words"].get("value")
    return _("“%(value)s”") % {"value": value} if value else ""


def taken_in_words(row):
    """Return what was taken instead of what could not be read, or ""."""
    taken = [in_words(name, value) for name, value in row.detail.get("taken", {}).items()]
    return _("Now: %(value)s") % {"value": ", ".join(taken)} if taken else ""


def _others(fault, row, problems):
    """Return what else there is to know of a row with more than one fault."""
    others = dict.fromkeys(each["target"] for each in problems if _kind(each) != _kind_of(fault))
    notes = []
    if row.skipped_for and not _skips(fault):
        others.pop(row.skipped_for, None)
        told = _("The row is skipped all the same, for another reason: %(labels)s.")
        notes.append(told % {"labels": label_of(row.skipped_for)})
    if others:
        labels = ", ".join(str(label_of(target)) for target in others)
        notes.append(_("Also asked about in this row: %(labels)s.") % {"labels": labels})
    return notes


def _as_before(fault):
    words = {
        Answer.WITHOUT: _("%(field)s: used without that value, as last time."),
        Answer.SKIP: _("%(field)s: the row is skipped, as last time."),
        Answer.TAKEN: _("%(field)s: our suggestion is used, as last time."),
    }
    return words[fault.answer] % {"field": label_of(fault.target)}


def _skips(fault):
    return fault.answer == Answer.SKIP or (fault.grave and not fault.answer)


def _kind(problem):
    return problem["target"], problem["code"]


def _kind_of(fault):
    return fault.target, fault.code


def _name(values):
    return f"{values.get('first_name', '')} {values.get('last_name', '')}".strip()
