"""The reading process seen from the one who asked: start it, hear it, end it in time."""

import json
import os
import select
import signal
import struct
import subprocess
import sys
import tempfile
import time
from dataclasses import asdict
from datetime import date, datetime
from pathlib import Path

from krets.kit.tables.limits import Refusal

_ROOT = str(Path(__file__).resolve().parents[3])
_LENGTH = struct.Struct(">I")
_LONGEST_MESSAGE = 256 * 1024**2
_CHUNK = 1024**2
_GLANCE = 0.05
# Freed memory goes back at once: the bound is on what is held.
_ENVIRONMENT = {
    "PYTHONPATH": _ROOT,
    "LC_ALL": "C.UTF-8",
    "PYTHONDONTWRITEBYTECODE": "1",
    "MALLOC_TRIM_THRESHOLD_": "131072",
}


class ReadingProcess:
    """One child reading one file. It has as much time in all as we spend waiting for it."""

    def __init__(self, path_or_bytes, *, limits, **request):
        self._limits = limits
        self._left = limits.seconds
        self._buffer = bytearray()
        with _opened(path_or_bytes) as file:
            descriptor = file.fileno()
            self._child = subprocess.Popen(
                [sys.executable, "-m", "krets.kit.tables.worker"],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                pass_fds=[descriptor],
                cwd="/",
                env=_ENVIRONMENT,
            )
            self.pid = self._child.pid
            self.tell(json.dumps(request | {"fd": descriptor, "limits": asdict(limits)}))

    def tell(self, line):
        try:
            self._child.stdin.write(line.encode() + b"\n")
            self._child.stdin.flush()
        except BrokenPipeError:
            # It died already; hear() says of what.
            return

    def hear(self):
        """Return the next message, or raise the refusal it is or the end it came to."""
        (length,) = _LENGTH.unpack(self._take(_LENGTH.size))
        if length > _LONGEST_MESSAGE:
            self.close()
            raise Refusal("damaged")
        message = json.loads(self._take(length), object_hook=_dated)
        if message[0] == "refused":
            self.close()
            raise Refusal(message[1], **message[2])
        return message

    def close(self):
        """End the process if it still runs, and leave nothing of it behind."""
        child = self._child
        if child.poll() is None:
            child.kill()
        child.wait()
        for pipe in (child.stdin, child.stdout):
            try:
                pipe.close()
            except BrokenPipeError:
                continue

    def _take(self, count):
        while len(self._buffer) < count:
            chunk = self._wait()
            if not chunk:
                raise self._end()
            self._buffer += chunk
        taken = bytes(self._buffer[:count])
        del self._buffer[:count]
        return taken

    def _wait(self):
        """Wait for more, watching how long it takes and how much memory it holds."""
        out = self._child.stdout.fileno()
        began = time.monotonic()
        while not select.select([out], [], [], _GLANCE)[0]:
            if time.monotonic() - began > self._left:
                self.close()
                raise Refusal("too_slow", limit=self._limits.seconds)
            if _memory(self.pid) > self._limits.memory:
                self.close()
                raise Refusal("too_much_memory")
        self._left -= time.monotonic() - began
        return os.read(out, _CHUNK)

    def _end(self):
        self._child.wait()
        died_of = -self._child.returncode
        self.close()
        if died_of == signal.SIGXCPU:
            return Refusal("too_slow", limit=self._limits.seconds)
        if died_of in {signal.SIGABRT, signal.SIGSEGV, signal.SIGKILL, signal.SIGBUS}:
            # A failed allocation aborts; a kill from outside is the machine's memory guard.
            return Refusal("too_much_memory")
        return Refusal("damaged")


def _opened(path_or_bytes):
    """Open a path, or lay bytes in memory which has no name and no place on disk."""
    if not isinstance(path_or_bytes, bytes | bytearray | memoryview):
        return Path(path_or_bytes).open("rb")
    if hasattr(os, "memfd_create"):
        file = os.fdopen(os.memfd_create("table"), "w+b")
    else:
        file = tempfile.TemporaryFile()  # noqa: SIM115 -- the caller's with closes it
    file.write(path_or_bytes)
    file.flush()
    return file


def _memory(pid):
    """Return the resident memory of a process in bytes; 0 where the system does not tell."""
    try:
        pages = Path(f"/proc/{pid}/statm").read_text(encoding="ascii").split()
        return int(pages[1]) * os.sysconf("SC_PAGE_SIZE")
    except (OSError, IndexError):
        return 0


def _dated(found):
    if "d" in found:
        return date.fromordinal(found["d"])
    if "t" in found:
        return datetime.fromisoformat(found["t"])
    return found
