"""Rows of a workbook: new and old Excel, and OpenDocument."""

import re
import zipfile

from python_calamine import (
    CalamineError,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from krets.kit.tables.cells import clean
from krets.kit.tables.limits import Refusal

_CHUNK = 1024**2
_SCANNED = re.compile(
    r"xl/(workbook|styles|sharedStrings)\.xml|xl/worksheets/[^/]+\.(xml|bin)|xl/[^/]+\.bin"
    r"|(content|styles|meta)\.xml|\[Content_Types\]\.xml|.*\.rels",
    re.IGNORECASE,
)


class Workbook:
    """One sheet of a workbook. `rows()` can be called again."""

    encoding = None
    delimiter = None

    def __init__(self, file, kind, *, limits, choose, sheet=None):
        if kind != "xls":
            refuse_bombs(file, limits)
        self.kind = kind
        file.seek(0)
        try:
            self._book = CalamineWorkbook.from_filelike(file)
            self.sheets = _readable(self._book)
            if not self.sheets:
                raise Refusal("empty")
            if sheet is not None and sheet not in self.sheets:
                raise Refusal("no_such_sheet")
            names = [sheet] if sheet is not None else self.sheets
            self.sheet, self._rows = self._pick(names, choose)
        except PasswordError as error:
            raise Refusal("encrypted") from error
        except (CalamineError, OSError, ValueError) as error:
            raise Refusal("damaged") from error

    def rows(self):
        """Yield (row number as the person sees it, cells)."""
        start = self._rows.start
        if start is None:
            return
        lead = [None] * start[1]
        for number, raw in enumerate(self._rows.iter_rows(), 1):
            # Letters and digits alone need no cleaning; asking is cheaper than calling.
            cells = [
                (None if not cell else cell if cell.isalnum() else clean(cell))
                if cell.__class__ is str
                else clean(cell)
                for cell in raw
            ]
            yield number, lead + cells if lead else cells

    def merged(self):
        """Return ((first row, column), (last row, column)): rows from 1, columns from 0."""
        ranges = self._rows.merged_cell_ranges or ()
        return [((top + 1, left), (bottom + 1, right)) for (top, left), (bottom, right) in ranges]

    def _pick(self, names, choose):
        """Return the sheet that reads best as a table; the first of equals."""
        best, best_score = names[0], None
        rows = None
        for name in names:
            # The former sheet is let go before the next is unfolded: they may be large.
            self._rows = rows = None
            self._rows = rows = self._book.get_sheet_by_name(name)
            if len(names) == 1:
                return name, rows
            score = choose(self)
            if best_score is None or score > best_score:
                best, best_score = name, score
        if best != name:
            self._rows = rows = None
            rows = self._book.get_sheet_by_name(best)
        return best, rows


def _readable(book):
    sheets = [meta for meta in book.sheets_metadata if meta.typ == SheetTypeEnum.WorkSheet]
    shown = [meta for meta in sheets if meta.visible == SheetVisibleEnum.Visible]
    return [meta.name for meta in shown or sheets]


def refuse_bombs(file, limits):
    """Unfold the parts of a workbook once, keeping nothing, and refuse what no program wrote."""
    unfolded = cells = 0
    try:
        with zipfile.ZipFile(file) as package:
            parts = [part for part in package.infolist() if _SCANNED.fullmatch(part.filename)]
            if sum(part.file_size for part in parts) > limits.unfolded:
                raise Refusal("bomb")
            for part in parts:
                cells = 0
                for chunk in _chunks(package, part):
                    unfolded += len(chunk)
                    cells += chunk.count(b"<v>") + chunk.count(b"<is>")
                    if unfolded > limits.unfolded:
                        raise Refusal("bomb")
                    if cells > limits.cells:
                        raise Refusal("too_many_cells", limit=limits.cells)
    except (zipfile.BadZipFile, zipfile.zlib.error, EOFError, NotImplementedError) as error:
        raise Refusal("damaged") from error


def _chunks(package, part):
    with package.open(part) as opened:
        first = True
        while chunk := opened.read(_CHUNK):
            # No spreadsheet program writes definitions of entities; those who attack do.
            if first and b"<!DOCTYPE" in chunk[:65_536].replace(b"\x00", b""):
                raise Refusal("unsafe")
            first = False
            yield chunk
