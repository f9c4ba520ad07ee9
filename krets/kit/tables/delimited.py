"""Rows of a text whose cells are kept apart by a sign."""

import csv
import io
import itertools
from collections import Counter

from krets.kit.tables import charset
from krets.kit.tables.cells import clean_text
from krets.kit.tables.limits import Refusal

DELIMITERS = ("\t", ";", "|", ",")
_SAMPLE_LINES = 200
_LONGEST_CELL = 1024**2
# A cell with more line breaks than this is no cell: a quotation mark was left open.
_MOST_BREAKS = 200
_ODD_SHARE = 0.02

csv.field_size_limit(_LONGEST_CELL)


class Delimited:
    """A text file of rows. `rows()` can be called again; each call reads from the start."""

    kind = "text"
    sheet = None
    sheets = ()

    def __init__(self, data, *, encoding=None, delimiter=None):
        if encoding and not charset.is_known(encoding):
            raise Refusal("unknown_encoding")
        self._data = data
        self.encoding = encoding or charset.detect(data)
        sample = list(itertools.islice(self._lines(), _SAMPLE_LINES))
        _refuse_no_text(sample)
        self._skip = 0
        self.delimiter = delimiter or self._stated(sample) or _likeliest(sample[self._skip :])
        self._quote = _quote(sample[self._skip :], self.delimiter)
        self._quoting = csv.QUOTE_MINIMAL
        if not self._quotes_are_closed():
            self._quoting = csv.QUOTE_NONE

    def rows(self):
        """Yield (row number as a spreadsheet would count, cells)."""
        strip = '"' if self._quoting == csv.QUOTE_NONE else None
        try:
            for number, raw in enumerate(self._records(), 1):
                if number <= self._skip:
                    continue
                if strip:
                    raw = [cell.strip(strip) for cell in raw]  # noqa: PLW2901 -- same row, bared
                # Letters and digits alone need no cleaning; asking is cheaper than calling.
                yield (
                    number,
                    [
                        cell if cell.isalnum() else clean_text(cell) if cell else None
                        for cell in raw
                    ],
                )
        except csv.Error as error:
            raise Refusal("damaged") from error

    def merged(self):
        return ()

    def _lines(self):
        return charset.open_text(self._data, self.encoding)

    def _records(self):
        return csv.reader(
            self._lines(),
            delimiter=self.delimiter,
            quotechar=self._quote,
            quoting=self._quoting,
            skipinitialspace=True,
        )

    def _stated(self, sample):
        """Read Excel's own first line: sep=;."""
        first = sample[0].strip().strip('"').lower() if sample else ""
        if first.startswith("sep=") and len(first) <= len("sep=;"):
            self._skip = 1
            return first[4:] or ("\t" if "\t" in sample[0] else ",")
        return None

    def _quotes_are_closed(self):
        if self._quote.encode() not in self._data:
            return True
        try:
            return (
                all(
                    cell.count("\n") + cell.count("\r") <= _MOST_BREAKS
                    for record in self._records()
                    for cell in record
                    if len(cell) > _MOST_BREAKS
                )
                and not self._ends_open()
            )
        except csv.Error:
            return False

    def _ends_open(self):
        """Tell whether the last record swallowed many lines because a quotation stayed open."""
        marks = self._data.count(self._quote.encode())
        if marks % 2 == 0 or "16" in self.encoding or "32" in self.encoding:
            return False
        last = None
        for last in self._records():  # noqa: B007 -- the last one is what we look for
            pass
        return bool(last) and any(cell.count("\n") > 1 for cell in last)


def _refuse_no_text(sample):
    text = "".join(sample)[:100_000]
    if not text.strip():
        raise Refusal("empty")
    odd = sum(1 for sign in text if sign < " " and sign not in "\t\r\n\f\v\x1a")
    if odd > len(text) * _ODD_SHARE + 2:
        raise Refusal("unknown_format")


def _likeliest(sample):
    """Return the sign which cuts most lines into the same number of cells."""
    text = "".join(sample)
    return max(DELIMITERS, key=lambda sign: (_evenness(text, sign), text.count(sign)))


def _evenness(text, sign):
    try:
        records = csv.reader(io.StringIO(text, newline=""), delimiter=sign)
        widths = Counter(len(record) for record in records if any(record))
    except csv.Error:
        return 0
    total = sum(widths.values())
    best = 0.0
    for width, times in widths.items():
        if width > 1:
            # Rows cut short still speak for the sign; rows cut to one cell do not.
            near = sum(n for w, n in widths.items() if 1 < w <= width) * 0.5 + times * 0.5
            best = max(best, near / total * min(width, 12) ** 0.5)
    if sign != "\t" and text.count(sign):
        # In a sentence a space follows; between cells it seldom does.
        best *= 1 - 0.5 * text.count(sign + " ") / text.count(sign)
    return best


def _quote(sample, delimiter):
    """Return the apostrophe where every heading stands between apostrophes."""
    cells = [cell.strip() for cell in sample[0].split(delimiter)] if sample else []
    single = [cell for cell in cells if len(cell) > 1 and cell[0] == cell[-1] == "'"]
    return "'" if len(cells) > 1 and len(single) == len(cells) else '"'
