"""What the columns of a member file mean, and what a row of it says."""

from krets.register.imports.columns.lost import lost
from krets.register.imports.columns.problems import SENTENCES, Problem
from krets.register.imports.columns.proposal import propose, says_register_number
from krets.register.imports.columns.readers import Fee
from krets.register.imports.columns.rows import MemberRow, read_row, row_reader
from krets.register.imports.columns.synonyms import HINTS, renewed
from krets.register.imports.columns.targets import (
    FEE_PREFIX,
    LABELS,
    REPEATABLE,
    Target,
    fee_target,
    is_target,
    label_of,
    tells_fees_of,
)
from krets.register.imports.columns.unnamed import (
    are_unnamed,
    as_spoken,
    is_unnamed,
    layout_of,
    spoken,
    still_fits,
    unnamed,
)

__all__ = [
    "FEE_PREFIX",
    "HINTS",
    "LABELS",
    "REPEATABLE",
    "SENTENCES",
    "Fee",
    "MemberRow",
    "Problem",
    "Target",
    "are_unnamed",
    "as_spoken",
    "fee_target",
    "is_target",
    "is_unnamed",
    "label_of",
    "layout_of",
    "lost",
    "propose",
    "read_row",
    "renewed",
    "row_reader",
    "says_register_number",
    "spoken",
    "still_fits",
    "tells_fees_of",
    "unnamed",
]
