"""The reading process: one file in, one description and its rows out, within bounds.

Started by `process.py` as `python -m krets.kit.tables.worker`. It imports no Django, opens no
database and no network, and may write no file. It speaks JSON, each message after its length.
"""

import datetime
import json
import os
import resource
import struct
import sys

from krets.kit.tables import headings, sniff
from krets.kit.tables.delimited import Delimited
from krets.kit.tables.limits import Limits, Refusal

_BATCH = 500
_SAMPLE_ROWS = 50
# Address space is reserved ahead of use: what is mapped and never touched may be this much.
_RESERVED = 90 * 1024**2


def main():
    request = json.loads(sys.stdin.buffer.readline())
    limits = Limits(**request["limits"])
    _bind(limits)
    try:
        with os.fdopen(request["fd"], "rb") as file:
            _serve(file, request, limits)
    except Refusal as refusal:
        _say(["refused", refusal.code, refusal.detail])
    except MemoryError:
        _say(["refused", "too_much_memory", {}])
    except BrokenPipeError:
        # Nobody listens any more: the page was left.
        os._exit(0)
    except BaseException as error:  # noqa: BLE001 -- calamine's panics are no Exception
        # The kind of fault only: its words may hold what stood in the file.
        _say(["refused", "damaged", {"fault": type(error).__name__}])


def _serve(file, request, limits):
    source = _open(file, request, limits)
    reading = _Reading(source, request, limits)
    _say(["table", reading.describe()])
    if sys.stdin.buffer.readline().strip() != b"go":
        return
    batch = []
    for row in reading.rows():
        batch.append(row)
        if len(batch) == _BATCH:
            _say(["rows", batch])
            batch = []
    if batch:
        _say(["rows", batch])
    _say(["end"])


def _open(file, request, limits):
    kind = sniff.kind_of(file)
    if kind == "text":
        return Delimited(
            file.read(), encoding=request["encoding"], delimiter=request["delimiter"]
        )
    from krets.kit.tables.workbooks import Workbook  # noqa: PLC0415 -- not needed for a text

    hints = frozenset(request["hints"])

    def choose(source):
        header = headings.find_header(_head(source), hints=hints, merged=source.merged())
        return header.score if header else -1

    return Workbook(file, kind, limits=limits, choose=choose, sheet=request["sheet"])


def _head(source):
    """Return the first rows with something in them."""
    head = []
    for number, cells in source.rows():
        if cells.count(None) < len(cells):
            head.append((number, cells))
            if len(head) == headings.SAMPLE:
                break
    return head


class _Reading:
    """One pass to count and describe, and one to send."""

    def __init__(self, source, request, limits):
        self._source = source
        self._limits = limits
        self._merged = source.merged()
        head = _head(source)
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
        if found is None:
            raise Refusal("no_header")
        return head[found.at : found.at + found.span]

    def _data(self):
        last = self._header_rows[-1][1] if self._header_rows else ()
        return headings.WithoutTotals(self._below_header(), last, usual=self._usual)

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


def _say(message):
    data = json.dumps(message, default=_dated).encode()
    sys.stdout.buffer.write(struct.pack(">I", len(data)) + data)
    sys.stdout.buffer.flush()


def _dated(value):
    if isinstance(value, datetime.datetime):
        return {"t": value.replace(tzinfo=None).isoformat()}
    if isinstance(value, datetime.date):
        return {"d": value.toordinal()}
    return str(value)


def _bind(limits):
    """Bound this process: memory, time, no files, no dump of what it held."""
    used = _mapped()
    space = used + limits.memory + _RESERVED
    bounds = {
        resource.RLIMIT_AS: (space, space),
        resource.RLIMIT_CPU: (limits.seconds, limits.seconds + 2),
        resource.RLIMIT_FSIZE: (0, 0),
        resource.RLIMIT_CORE: (0, 0),
    }
    for what, (soft, hard) in bounds.items():
        top = resource.getrlimit(what)[1]
        if top != resource.RLIM_INFINITY:
            soft, hard = min(soft, top), min(hard, top)  # noqa: PLW2901 -- never above our own
        resource.setrlimit(what, (soft, hard))


def _mapped():
    try:
        with open("/proc/self/statm", "rb") as file:  # noqa: PTH123 -- pathlib is slow to import
            return int(file.read().split()[0]) * resource.getpagesize()
    except OSError:
        return 100 * 1024**2


if __name__ == "__main__":
    main()
