"""The rows that were left out, as a file to mend and bring in again."""

import csv
import io

from krets.register.imports import mending
from krets.register.imports.columns import Target, spoken
from krets.register.imports.words import headings_given_back, left_out_in_words

_DANGEROUS = ("=", "+", "-", "@", "\t", "\r")


def rejected_rows(importing):
    """Return a CSV file, as Excel opens it, of the rows to put right, each with its reason."""
    headings = [spoken(column["heading"]) for column in importing.columns]
    targets = [column["target"] for column in importing.columns]
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerow([*headings_given_back(), *map(_defused, headings)])
    for row in mending.to_mend(importing).iterator(chunk_size=1000):
        cells = row.values.get("cells") or _cells(row, targets) or [row.values.get("name", "")]
        reason = " ".join(left_out_in_words(row.reason, row.detail))
        writer.writerow([row.number, _defused(reason), *map(_defused, cells)])
    return text.getvalue().encode("utf-8-sig")


def _cells(row, targets):
    """Return the cells of a row skipped for a fault, its note among them."""
    cells = zip(row.detail.get("cells", ()), targets, strict=False)
    return [row.note if target == Target.NOTE else cell for cell, target in cells]


def _defused(cell):
    """Return a cell that no spreadsheet takes for a formula."""
    cell = str(cell)
    return f"'{cell}" if cell.startswith(_DANGEROUS) else cell
