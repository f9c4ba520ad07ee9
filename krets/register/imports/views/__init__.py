"""Bringing in the member file, page by page."""

from krets.register.imports.views.answers import (
    ask_again,
    faults,
    missing,
    near,
    right,
    save,
    stop,
    suggestion,
)
from krets.register.imports.views.columns import columns
from krets.register.imports.views.looking import (
    all_of_a_kind,
    figures,
    listed,
    progress,
    rejected_file,
    seen,
)
from krets.register.imports.views.uploading import again, new

__all__ = [
    "again",
    "all_of_a_kind",
    "ask_again",
    "columns",
    "faults",
    "figures",
    "listed",
    "missing",
    "near",
    "new",
    "progress",
    "rejected_file",
    "right",
    "save",
    "seen",
    "stop",
    "suggestion",
]
