"""Columns that are not read though they hold what no other column tells: how to reach people."""

from krets.kit.tables.values import BadValueError, read_phones
from krets.register.imports.columns import evidence
from krets.register.imports.columns.synonyms import EXACT, words_of
from krets.register.imports.columns.targets import Target

_EMAILS = frozenset({Target.EMAIL, Target.EMAIL2})
_PHONES = frozenset({Target.PHONE, Target.PHONE_HOME, Target.PHONE_WORK})


def lost(headings, mapping, sample_rows):
    """Return [(heading, what its values are)] of ignored columns with all e-mails or phones."""
    targets = set(mapping.values())
    found = []
    for at, heading in enumerate(headings):
        if mapping[heading] != Target.IGNORE:
            continue
        cells = [row[at] for row in sample_rows if at < len(row) and row[at] not in {None, ""}]
        shares = evidence.shares(cells)
        if not shares:
            continue
        if shares["email"] >= evidence.NEARLY and _EMAILS.isdisjoint(targets):
            found.append((heading, Target.EMAIL))
        elif _PHONES.isdisjoint(targets) and _are_phones(heading, cells, shares):
            found.append((heading, Target.PHONE))
    return found


def _are_phones(heading, cells, shares):
    """Tell phone numbers from other digits: accounts and invoices have headings of their own."""
    if shares["phone"] < evidence.NEARLY or Target.IGNORE in dict(EXACT.get(words_of(heading), ())):
        return False
    return sum(map(_is_phone, cells)) >= evidence.NEARLY * len(cells)


def _is_phone(cell):
    try:
        return bool(read_phones(cell))
    except BadValueError:
        return False
