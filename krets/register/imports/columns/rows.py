"""One row of a member file, normalised: what it says, and what is wrong with it.

A row is rejected (a fatal problem) when it has neither name nor register number, when the birth
date cannot be (not yet, no such day, more than 120 years ago), or when they joined more than
31 days from now. Everything else that cannot be read is left out with a warning; the row stays.
"""

from dataclasses import dataclass, field
from typing import Any

from krets.kit.tables.values import BadValueError
from krets.register.imports.columns import readers
from krets.register.imports.columns.finishing import finish
from krets.register.imports.columns.problems import Problem, problem_of
from krets.register.imports.columns.readers import Fee
from krets.register.imports.columns.targets import FEE_PREFIX, Target

_PHONES = frozenset({Target.PHONE, Target.PHONE_HOME, Target.PHONE_WORK})
_EMAILS = frozenset({Target.EMAIL, Target.EMAIL2})
# More than one column, or more than one kind of value, comes together in these.
_GATHERED = _PHONES | _EMAILS | {Target.TAGS, Target.IDENTITY_NUMBER, Target.BIRTH_DATE}


@dataclass(slots=True)
class MemberRow:
    """What a row says. `values` has only what was said: a target that is absent says nothing.

    Names: first_name, last_name. Birth: birth_date, else birth_year. Lists: position, tags,
    interests, competences. All fees are in `fees`.
    """

    values: dict[str, Any] = field(default_factory=dict)
    fees: list[Fee] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    @property
    def is_rejected(self):
        return any(problem.fatal for problem in self.problems)


def read_row(mapping, cells, *, headings, today, take_sex=False):
    """Return the MemberRow of one row. For many rows make a `row_reader` once."""
    return row_reader(headings, mapping, today=today, take_sex=take_sex)(cells)


def row_reader(headings, mapping, *, today, take_sex=False):
    """Return a function from cells to MemberRow, made once for all rows of a table.

    `take_sex` also takes the sex from identity numbers, where no column of its own tells it.
    """
    columns = [
        (
            at,
            str(target),
            readers.reader_of(target, today=today, take_sex=take_sex),
            target in _GATHERED or target.startswith(FEE_PREFIX),
        )
        for at, heading in enumerate(headings)
        if (target := mapping.get(heading, Target.IGNORE)) != Target.IGNORE
    ]
    # The birth date itself is read before what else tells it, first names before whole ones.
    columns.sort(key=lambda column: (column[1] == Target.IDENTITY_NUMBER, column[0]))

    def read(cells):
        row = MemberRow()
        values, problems, width = row.values, row.problems, len(cells)
        for at, target, reader, gathered in columns:
            cell = cells[at] if at < width else None
            if cell is None or cell == "":
                continue
            try:
                value = reader(cell)
            except BadValueError as error:
                problems.append(problem_of(target, error))
                continue
            if value is None:
                continue
            if gathered:
                _put(row, values, target, value)
            else:
                values[target] = value
        finish(row, today)
        return row

    return read


def _put(row, values, target, value):
    if target in _PHONES:
        values.setdefault("phones", []).extend((target, number) for number in value)
    elif target.startswith(FEE_PREFIX):
        row.fees.append(value)
    elif target == Target.TAGS:
        values.setdefault(target, []).extend(value)
    elif target in _EMAILS:
        values.setdefault("emails", []).extend(value)
    elif isinstance(value, readers.Identity):
        _put_identity(values, value)
    elif isinstance(value, int):
        values.setdefault("birth_year", value)
    else:
        values["birth_date"] = value


def _put_identity(values, identity):
    if identity.birth_date:
        values.setdefault("birth_date", identity.birth_date)
    elif identity.birth_year:
        values.setdefault("birth_year", identity.birth_year)
    if identity.sex:
        values.setdefault("sex", identity.sex)
