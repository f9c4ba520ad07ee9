"""Which rows below the headings are no rows at all?"""

import re
from collections import deque

from krets.kit.tables.swedish import fold

_HELD = 8
_TOTAL = re.compile(
    r"(del|slut)?(summa|totalt?|sum|antal|count|grand total|utskriv\w+|utdrag\w*|exporter\w+"
    r"|printed|generated|hamtad|sida|page|kalla|source)\b.*",
    re.DOTALL,
)


def is_total(text):
    """Tell whether a text stands where a sum of rows is told, or where a list is from."""
    return bool(_TOTAL.fullmatch(fold(text)))


def _is_number(cell):
    return not isinstance(cell, str) or not any(map(str.isalpha, cell.removesuffix("kr")))


class WithoutTotals:
    """Rows without the blank ones, headings said again, and the totals at the end.

    Iterate once; afterwards `left_out` tells which rows were no rows, and `width` how wide the
    widest is.
    """

    def __init__(self, rows, headings, *, usual):
        self._rows = rows
        self._headings = [str(cell) for cell in headings if cell is not None]
        self._usual = usual
        self.left_out = []
        self.width = 0

    def __iter__(self):
        held, last = deque(), None
        for number, cells in self._rows:
            if cells.count(None) == len(cells):
                continue
            if self._says_headings_again(cells):
                self.left_out.append((number, ""))
                continue
            held.append((number, cells, last is not None and number > last + 1))
            last = number
            if len(held) > _HELD:
                yield self._measured(held.popleft())
        while held and self._is_total(held[-1]):
            number, cells, _ = held.pop()
            words = " ".join(str(cell) for cell in cells if cell is not None)
            self.left_out.append((number, words[:80]))
        yield from map(self._measured, held)
        self.left_out.sort()

    def _measured(self, row):
        number, cells, _ = row
        if len(cells) > self.width:
            filled = len(cells)
            while cells[filled - 1] is None:
                filled -= 1
            self.width = max(self.width, filled)
        return number, cells

    def _says_headings_again(self, cells):
        if len(self._headings) < 2 or self._headings[0] not in cells:  # noqa: PLR2004 -- a pair
            return False
        return [str(cell) for cell in cells if cell is not None] == self._headings

    def _is_total(self, row):
        _, cells, after_blank = row
        filled = [cell for cell in cells if cell is not None]
        few = len(filled) <= max(1, min(3, self._usual * 0.5))
        if is_total(str(filled[0])) and (few or all(map(_is_number, filled[1:]))):
            return True
        if not few:
            return False
        first_is_number = isinstance(filled[0], int | float)
        return after_blank and len(filled) == 1 and self._usual > 2 and not first_is_number  # noqa: PLR2004 -- a narrow table has such rows
