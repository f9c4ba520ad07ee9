"""What a reading tells while it goes on, and what it has found out in the end."""

from dataclasses import dataclass, field
from typing import NamedTuple, Protocol

from krets.register.imports.arriving import Arriving
from krets.register.imports.models import ImportRow


class Staged(NamedTuple):
    """A row worth keeping until the answer comes. Fields as `ImportRow`'s."""

    number: int
    kind: str
    meant: str = ""
    person: int | None = None
    revision: int = 0
    values: dict = {}
    changes: dict = {}
    marks: list = []
    reason: str = ""
    detail: dict = {}
    protected: bool = False
    warned: bool = False
    gone: bool = False
    kept: bool = False
    faults: list = []
    answer: str = ""


@dataclass
class Found:
    """All that a reading found out, rows aside."""

    kind: str = ""
    encoding: str = ""
    delimiter: str = ""
    sheet: str = ""
    sheets: list = field(default_factory=list)
    header_row: int | None = None
    columns: list = field(default_factory=list)
    rows: int = 0
    unchanged: int = 0
    counts: dict = field(default_factory=lambda: dict.fromkeys(ImportRow.Kind.values, 0))
    protected: int = 0
    left: int = 0
    moved: int = 0
    died: int = 0
    warned: int = 0
    carried: int = 0
    gone: int = 0
    kept: int = 0
    again: int = 0
    missing: list = field(default_factory=list)
    # Those not named here nor by any file before: they were written in by hand.
    by_hand: list = field(default_factory=list)
    missing_for_sure: int = 0
    warnings: list = field(default_factory=list)
    branches: dict = field(default_factory=dict)
    renamed: int = 0
    members: int = 0
    last_person: int = 0
    first: bool = False
    as_last_time: bool = False
    fault: str = ""
    # Of how many people something was answered before the file was read again, and still holds.
    answered: tuple[int, int] = (0, 0)
    fee_year: int | None = None
    dated: int = 0
    identity_headings: list = field(default_factory=list)
    # Ignored columns with what no other tells, as [{heading, holds}].
    lost: list = field(default_factory=list)
    newcomers: Arriving = field(default_factory=Arriving)


class Sink(Protocol):
    """Who is told while a file is read."""

    def progress(self, phase: str, done: int, total: int) -> None: ...

    def rows(self, staged: list[Staged]) -> None: ...
