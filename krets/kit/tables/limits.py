"""How much one file may ask of us."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Limits:
    """The bounds of one reading. `memory` holds for the reading process alone."""

    size: int = 50 * 1024**2
    rows: int = 250_000
    cells: int = 3_000_000
    seconds: int = 60
    memory: int = 300 * 1024**2
    # What the parts of a workbook may unfold to. Three million cells are about 150 MB of XML.
    unfolded: int = 600 * 1024**2


LIMITS = Limits()


class Refusal(Exception):
    """The reading process gives up: a code of the catalogue of messages, and its figures."""

    def __init__(self, code, **detail):
        super().__init__(code)
        self.code = code
        self.detail = detail
