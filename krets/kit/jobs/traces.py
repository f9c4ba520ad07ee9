"""Where in the code something went wrong, without a word of what people wrote."""

import traceback
from pathlib import PurePath

FRAMES = 25


def kind(error):
    """Return the class of an exception as a dotted path."""
    return f"{type(error).__module__}.{type(error).__qualname__}"


def trace(error):
    """Return the classes and places of an exception and its causes, innermost place last.

    Messages, values and lines of code are left out: a message may quote a member.
    """
    lines, seen = [], set()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        frames = list(traceback.walk_tb(error.__traceback__))[-FRAMES:]
        lines.append(kind(error))
        lines += [
            f"  {_place(frame.f_code.co_filename)}:{line} {frame.f_code.co_name}"
            for frame, line in frames
        ]
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    return "\n".join(lines)


def _place(filename):
    parts = PurePath(filename).parts
    for folder in ("site-packages", "krets", "tests"):
        if folder in parts:
            start = len(parts) - parts[::-1].index(folder)
            return "/".join(parts[start if folder == "site-packages" else start - 1 :])
    return parts[-1]
