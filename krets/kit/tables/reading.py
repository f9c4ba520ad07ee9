"""What stands in one file: counted and described first, then row by row."""

from krets.kit.tables import headings
from krets.kit.tables.limits import Refusal
from krets.kit.tables.totals import WithoutTotals

_SAMPLE_ROWS = 50


class Reading:
    """One pass to count and describe, and one to send."""

    def __init__(self, source, request, limits):
        self._source = source
        self._limits = limits
        self._merged = source.merged()
        head = head_of(source)
        if not head:
            raise Refusal("empty")
        self._header_rows = self._find_header(head, request)
        self._first = self._header_rows[-1][0] + 1 if self._header_rows else 1
        below = [cells for number, cells in head if number >= self._first]
        counts = [sum(cell is not None for cell in cells) for cells in below]
        self._usual = headings.median(counts) if counts else 0

    def describe(self):
        data = self._data()
        count, sample = 0, []
        for row in data:
            count += 1
            if count <= _SAMPLE_ROWS:
                sample.append(row)
            if count > self._limits.rows:
                raise Refusal("too_many_rows", limit=self._limits.rows)
            if count * data.width > self._limits.cells:
                raise Refusal("too_many_cells", limit=self._limits.cells)
        if not count:
            raise Refusal("only_header")
        head_width = max((_filled(cells) for _, cells in self._header_rows), default=0)
        self._width = max(data.width, head_width)
        source = self._source
        return {
            "kind": source.kind,
            "encoding": source.encoding,
            "delimiter": source.delimiter,
            "sheet": source.sheet,
            "sheets": list(source.sheets),
            "header_row": self._header_rows[-1][0] if self._header_rows else 0,
            "headings": headings.name_columns(self._header_rows, self._width, self._merged),
            "row_count": count,
            "left_out": data.left_out,
            "sample": [(number, self._even(cells)) for number, cells in sample],
        }

    def rows(self):
        for number, cells in self._data():
            yield number, self._even(cells)

    def _find_header(self, head, request):
        wanted = request["header_row"]
        if wanted == 0:
            return []
        if wanted is not None:
            chosen = [row for row in head if row[0] == wanted]
            if not chosen:
                raise Refusal("no_header")
            return chosen
        found = headings.find_header(head, hints=frozenset(request["hints"]), merged=self._merged)
        if found is not None:
            return head[found.at : found.at + found.span]
        if not _is_table(head):
            raise Refusal("no_header")
        return []

    def _data(self):
        last = self._header_rows[-1][1] if self._header_rows else ()
        return WithoutTotals(self._below_header(), last, usual=self._usual)

    def _below_header(self):
        merges = self._vertical_merges()
        active = {}
        for number, cells in self._source.rows():
            if number < self._first:
                continue
            if merges or active:
                while merges and merges[-1][0] <= number:
                    top, bottom, column = merges.pop()
                    active[column] = bottom, _at(cells, column) if top == number else None
                _fill(number, cells, active)
            yield number, cells

    def _vertical_merges(self):
        """Cells merged downwards say the same for each row they cover (a shared address)."""
        down = [
            (top, bottom, left)
            for (top, left), (bottom, _) in self._merged
            if bottom > top >= self._first
        ]
        return sorted(down, reverse=True)

    def _even(self, cells):
        """Return a row as wide as the table."""
        short = self._width - len(cells)
        return cells + [None] * short if short > 0 else cells[: self._width]


def score(source, *, hints):
    """Return how well the rows of a sheet read as a table with headings."""
    header = headings.find_header(head_of(source), hints=hints, merged=source.merged())
    return header.score if header else -1


def _is_table(head):
    """Return whether rows without headings stand in columns, which can then be named."""
    wide = sum(len(cells) - cells.count(None) > 1 for _number, cells in head)
    return wide > 1 and wide == len(head)


def head_of(source):
    """Return the first rows with something in them."""
    head = []
    for number, cells in source.rows():
        if cells.count(None) < len(cells):
            head.append((number, cells))
            if len(head) == headings.SAMPLE:
                break
    return head


def _at(cells, column):
    return cells[column] if column < len(cells) else None


def _fill(number, cells, active):
    blank = cells.count(None) == len(cells)
    for column, (bottom, value) in list(active.items()):
        if number > bottom:
            del active[column]
        elif not blank and column < len(cells) and cells[column] is None:
            cells[column] = value


def _filled(cells):
    return max((at + 1 for at, cell in enumerate(cells) if cell is not None), default=0)
