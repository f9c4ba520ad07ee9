"""The reading process: one file in, one description and its rows out, within bounds.

Started by `process.py` as `python -m krets.kit.tables.worker`. It imports no Django, opens no
database and no network, and may write no file. It speaks JSON, each message after its length.
"""

import datetime as dt
import json
import os
import resource
import struct
import sys
from functools import partial

from krets.kit.tables import sniff
from krets.kit.tables.delimited import Delimited
from krets.kit.tables.limits import Limits, Refusal
from krets.kit.tables.reading import Reading, score

_BATCH = 500
# Address space is reserved ahead of use: what is mapped and never touched may be this much.
_RESERVED = 90 * 1024**2


def main():
    request = json.loads(sys.stdin.buffer.readline())
    limits = Limits(**request["limits"])
    _bind(limits)
    try:
        with os.fdopen(request["fd"], "rb") as file:
            _serve(file, request, limits)
    except Refusal as refusal:
        _say(["refused", refusal.code, refusal.detail])
    except MemoryError:
        _say(["refused", "too_much_memory", {}])
    except BrokenPipeError:
        # Nobody listens any more: the page was left.
        os._exit(0)
    except BaseException as error:  # noqa: BLE001 -- calamine's panics are no Exception
        # The kind of fault only: its words may hold what stood in the file.
        _say(["refused", "damaged", {"fault": type(error).__name__}])


def _serve(file, request, limits):
    source = _open(file, request, limits)
    reading = Reading(source, request, limits)
    _say(["table", reading.describe()])
    if sys.stdin.buffer.readline().strip() != b"go":
        return
    batch = []
    for row in reading.rows():
        batch.append(row)
        if len(batch) == _BATCH:
            _say(["rows", batch])
            batch = []
    if batch:
        _say(["rows", batch])
    _say(["end"])


def _open(file, request, limits):
    kind = sniff.kind_of(file)
    if kind == "text":
        return Delimited(file.read(), encoding=request["encoding"], delimiter=request["delimiter"])
    from krets.kit.tables.workbooks import Workbook  # noqa: PLC0415 -- not needed for a text

    choose = partial(score, hints=frozenset(request["hints"]))
    return Workbook(file, kind, limits=limits, choose=choose, sheet=request["sheet"])


def _say(message):
    data = json.dumps(message, default=_dated).encode()
    sys.stdout.buffer.write(struct.pack(">I", len(data)) + data)
    sys.stdout.buffer.flush()


def _dated(value):
    if isinstance(value, dt.datetime):
        return {"t": value.replace(tzinfo=None).isoformat()}
    if isinstance(value, dt.date):
        return {"d": value.toordinal()}
    return str(value)


def _bind(limits):
    """Bound this process: memory, time, no files, no dump of what it held."""
    used = _mapped()
    space = used + limits.memory + _RESERVED
    bounds = {
        resource.RLIMIT_AS: (space, space),
        resource.RLIMIT_CPU: (limits.seconds, limits.seconds + 2),
        resource.RLIMIT_FSIZE: (0, 0),
        resource.RLIMIT_CORE: (0, 0),
    }
    for what, (soft, hard) in bounds.items():
        top = resource.getrlimit(what)[1]
        if top != resource.RLIM_INFINITY:
            soft, hard = min(soft, top), min(hard, top)  # noqa: PLW2901 -- never above our own
        resource.setrlimit(what, (soft, hard))


def _mapped():
    try:
        with open("/proc/self/statm", "rb") as file:  # noqa: PTH123 -- pathlib is slow to import
            return int(file.read().split()[0]) * resource.getpagesize()
    except OSError:
        return 100 * 1024**2


if __name__ == "__main__":
    main()
