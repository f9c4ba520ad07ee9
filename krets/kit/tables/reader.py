"""Read any table a person sends: what it is, where its headings stand, and its rows."""

import os
import weakref
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from krets.kit.tables.limits import LIMITS, Refusal
from krets.kit.tables.messages import UnreadableFileError
from krets.kit.tables.process import ReadingProcess


@dataclass
class Table:
    """A table as it was found. Use it in a `with`, so that the reading process ends with it.

    `header_row` counts from 1 as the person sees the file (the lower one where headings take two
    rows, 0 where there are none). `left_out` are (row, words) of totals and repeated headings.
    `sample` are the first 50 rows; all of them come in batches from `rows()`.
    """

    kind: str
    encoding: str | None
    delimiter: str | None
    sheet: str | None
    sheets: list[str]
    header_row: int
    headings: list[str]
    row_count: int
    left_out: list[tuple[int, str]]
    sample: list[tuple[int, list[Any]]]
    filename: str = ""
    _source: Any = field(default=None, repr=False)
    _request: dict[str, Any] = field(default_factory=dict, repr=False)
    _process: ReadingProcess | None = field(default=None, repr=False)

    def rows(self):
        """Yield batches (lists) of (row number in the file, cells).

        Cells are str, int, float, bool, date, datetime or None, as many as there are headings.
        """
        process = self._process or self._read_again()
        self._process = None
        try:
            process.tell("go")
            while (message := process.hear())[0] == "rows":
                yield [(number, cells) for number, cells in message[1]]
        except Refusal as refusal:
            raise UnreadableFileError(refusal.code, **refusal.detail) from None
        finally:
            process.close()

    def close(self):
        if self._process:
            self._process.close()
            self._process = None

    def __enter__(self):
        return self

    def __exit__(self, *exception):
        self.close()

    def _read_again(self):
        found = {
            "encoding": self.encoding,
            "delimiter": self.delimiter,
            "sheet": self.sheet,
        }
        process = ReadingProcess(self._source, **(self._request | found))
        process.hear()
        return process


def read(
    path_or_bytes,
    *,
    filename="",
    encoding=None,
    delimiter=None,
    header_row=None,
    sheet=None,
    hints=(),
    limits=LIMITS,
):
    """Return the Table found in a file, or raise UnreadableFileError saying what to do.

    What is given (encoding, delimiter, header_row, sheet) corrects what would be guessed;
    `header_row=0` says that there are no headings. `hints` are folded words which headings of
    the expected kind use. The name of the file is only for people.
    """
    _refuse_size(path_or_bytes, limits)
    request = {
        "encoding": encoding,
        "delimiter": delimiter,
        "header_row": header_row,
        "sheet": sheet,
        "hints": sorted(hints),
        "limits": limits,
    }
    process = None
    try:
        process = ReadingProcess(path_or_bytes, **request)
        _, found = process.hear()
    except Refusal as refusal:
        raise UnreadableFileError(refusal.code, **refusal.detail) from None
    except BaseException:
        if process:
            process.close()
        raise
    found["left_out"] = [(number, words) for number, words in found["left_out"]]
    found["sample"] = [(number, cells) for number, cells in found["sample"]]
    table = Table(
        **found,
        filename=filename or _name(path_or_bytes),
        _source=path_or_bytes,
        _request=request,
        _process=process,
    )
    weakref.finalize(table, process.close)
    return table


def _refuse_size(path_or_bytes, limits):
    if isinstance(path_or_bytes, str | os.PathLike):
        try:
            size = Path(path_or_bytes).stat().st_size
        except OSError:
            raise UnreadableFileError("not_there") from None
    else:
        size = len(path_or_bytes)
    if size == 0:
        raise UnreadableFileError("empty")
    if size > limits.size:
        raise UnreadableFileError("too_large", limit=limits.size // 1024**2)


def _name(path_or_bytes):
    return Path(path_or_bytes).name if isinstance(path_or_bytes, str | os.PathLike) else ""
