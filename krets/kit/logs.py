"""Log lines as JSON, with allowed keys only: nothing personal can slip in by a message."""

import json
import logging
import traceback
from datetime import UTC, datetime

ALLOWED = ("route", "unit", "status", "ms", "request_id", "job", "worker", "count")


class JsonFormatter(logging.Formatter):
    """Write time, level, event and the allowed keys.

    The event of our own loggers is a constant string. From other loggers only the logger's name is
    kept, since their messages may quote what people typed. Of an exception the type and the places
    in the code are kept, never its text or values.
    """

    def format(self, record):
        ours = record.name.split(".")[0] == "krets"
        line = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "event": str(record.msg) if ours else record.name,
        }
        line.update(
            {key: record.__dict__[key] for key in ALLOWED if record.__dict__.get(key) is not None}
        )
        if record.exc_info and record.exc_info[0]:
            kind, _error, frames = record.exc_info
            line["error"] = kind.__name__
            line["at"] = [
                f"{frame.filename.rsplit('/krets/', 1)[-1]}:{frame.lineno}"
                for frame in traceback.extract_tb(frames)
            ]
        return json.dumps(line, ensure_ascii=False)
