"""What all benchmarks share: a data folder of their own, a way to measure, a way to tell.

Figures are for people to read. Each benchmark prints a table and one JSON line with the machine's
load, since machines differ: compare ratios within one run, not seconds between machines.
"""

import json
import os
import statistics
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def begin(name):
    """Set Django up on a fresh database of its own: SQLite, or BENCHMARK_DATABASE_URL."""
    folder = tempfile.mkdtemp(prefix=f"krets-{name}-")
    os.environ["KRETS_DATA"] = folder
    os.environ["DJANGO_SETTINGS_MODULE"] = "krets.settings"
    if os.environ.get("BENCHMARK_DATABASE_URL"):
        os.environ["DATABASE_URL"] = os.environ["BENCHMARK_DATABASE_URL"]
    sys.path.insert(0, str(ROOT))
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0, interactive=False)
    call_command("createcachetable", verbosity=0)
    call_command("collectstatic", verbosity=0, interactive=False)
    return Path(folder)


def percentile(values, share):
    """Return the value below which the share of the values lies, by nearest rank."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))]


def spread(milliseconds):
    """Return {median, p95, n} of the values, in milliseconds."""
    return {
        "median": round(statistics.median(milliseconds), 2),
        "p95": round(percentile(milliseconds, 0.95), 2),
        "n": len(milliseconds),
    }


def timed(function):
    """Return (milliseconds, what the function gave)."""
    start = time.perf_counter()
    given = function()
    return (time.perf_counter() - start) * 1000, given


def table(headings, rows):
    """Print rows in columns."""
    rows = [[str(cell) for cell in row] for row in rows]
    widths = [max(len(row[i]) for row in [headings, *rows]) for i in range(len(headings))]
    for row in [headings, *rows]:
        print(
            "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
        )


def tell(name, figures):
    """Print the JSON line."""
    load = [round(part, 2) for part in os.getloadavg()]
    print(json.dumps({"benchmark": name, "load": load, **figures}))
