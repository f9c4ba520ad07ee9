"""Which Krets is this? The answer stands at the head of CHANGELOG.md and nowhere else."""

import re
from functools import cache
from pathlib import Path

CHANGELOG = Path(__file__).resolve().parent.parent / "CHANGELOG.md"


@cache
def version():
    """Return the version of the first heading, such as "0.1.0"."""
    found = re.search(r"^## (\S+)", CHANGELOG.read_text(encoding="utf-8"), re.MULTILINE)
    return found[1]
