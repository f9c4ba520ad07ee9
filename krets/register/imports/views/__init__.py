"""Bringing in the member file, page by page."""

from krets.register.imports.views.answers import missing, near, save, stop
from krets.register.imports.views.columns import columns
from krets.register.imports.views.looking import (
    all_of_a_kind,
    listed,
    progress,
    rejected_file,
    seen,
)
from krets.register.imports.views.uploading import again, new

__all__ = [
    "again",
    "all_of_a_kind",
    "columns",
    "listed",
    "missing",
    "near",
    "new",
    "progress",
    "rejected_file",
    "save",
    "seen",
    "stop",
]
