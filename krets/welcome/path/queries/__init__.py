"""How far new members have come."""

from krets.welcome.path.newness import STALE_AFTER
from krets.welcome.path.queries.overview import Overview, overview
from krets.welcome.path.queries.progress import Progress, progress_of, tries_since
from krets.welcome.path.queries.states import (
    StepState,
    any_before_krets,
    states_of,
    steps_of,
)

__all__ = [
    "STALE_AFTER",
    "Overview",
    "Progress",
    "StepState",
    "any_before_krets",
    "overview",
    "progress_of",
    "states_of",
    "steps_of",
    "tries_since",
]
