"""How the table stands in a file, and what its columns are taken for."""

from krets.kit.tables.values import cut_identity_numbers
from krets.register.imports.columns import Target, lost, says_register_number, tells_fees_of
from krets.register.imports.said import cells_to_show

EXAMPLES = 3


def describe(found, table, mapping, *, sample, today):
    """Note it all in what was found: the columns with a few examples, fit to be kept for a day."""
    for word in ("kind", "encoding", "delimiter", "sheet", "header_row"):
        setattr(found, word, getattr(table, word) or getattr(found, word))
    found.sheets = table.sheets
    found.columns = [
        {
            "heading": str(cut_identity_numbers(heading, today=today)),
            "target": mapping[heading],
            "examples": _examples(sample, at, mapping[heading], today),
        }
        for at, heading in enumerate(table.headings)
    ]
    found.identity_headings = [
        column["heading"]
        for column in found.columns
        if column["target"] == Target.IDENTITY_NUMBER and says_register_number(column["heading"])
    ]
    found.lost = [
        {"heading": str(cut_identity_numbers(heading, today=today)), "holds": str(holds)}
        for heading, holds in lost(table.headings, mapping, sample)
    ]
    if tells_fees_of(mapping.values(), today.year):
        found.fee_year = today.year


def _examples(sample, at, target, today):
    """Return the first few different values of a column."""
    cells = (row[at] for row in sample if at < len(row) and row[at] is not None)
    shown = dict.fromkeys(cells_to_show([cell], [target], today=today)[0][:60] for cell in cells)
    return list(shown)[:EXAMPLES]
