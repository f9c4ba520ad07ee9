"""Krets as people run it: programs of their own, over a data folder of their own."""

import os
import re
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).parents[2]
LINK = re.compile(r"mandate=(\w+) unit=(\w+) link=(\S+)")
SECONDS_TO_STOP = 30


class Server:
    """A web server and a worker that run, and what they said when they began."""

    def __init__(self, command, data, until):
        self.data = data
        self.address = f"http://localhost:{(port := free_port())}"
        self._errors = (data.parent / f"{data.name}.log").open("w+", encoding="utf-8")
        self._process = subprocess.Popen(
            krets(command, "--port", str(port)),
            env=environment(data),
            stdout=subprocess.PIPE,
            stderr=self._errors,
            text=True,
        )
        self.said = self._listen(until)
        self.links = {}
        for kind, _unit, link in LINK.findall("\n".join(self.said)):
            self.links.setdefault(kind, []).append(link)

    def _listen(self, until):
        said = []
        for line in self._process.stdout:
            said.append(line.strip())
            if until in line:
                return said
        raise AssertionError(f"Krets did not start.\n{self.told()}")

    def told(self):
        """Return what the programs have written to their log."""
        self._errors.seek(0)
        return self._errors.read()

    def rows(self, sql, values=()):
        """Return rows of the data folder's database, which is only read."""
        with sqlite3.connect(f"file:{self.data / 'krets.sqlite3'}?mode=ro", uri=True) as database:
            return database.execute(sql, values).fetchall()

    def run(self, *words):
        """Run a command of the product beside the server; return what it wrote."""
        done = subprocess.run(
            krets(*words), env=environment(self.data), check=True, capture_output=True, text=True
        )
        return done.stdout

    def stop(self):
        self._process.send_signal(signal.SIGTERM)
        self._process.wait(timeout=SECONDS_TO_STOP)
        self._process.stdout.close()
        self._errors.close()


def demo(data):
    """Start a demo in a folder that holds one, on a port of its own."""
    return Server("demo", data, until="mandate=auditor")


def empty(data):
    """Start Krets in an empty folder."""
    return Server("start", data, until="/-/set-up/")


def make_demo(data):
    """Make the folder of a demo that has been lived in for a year."""
    subprocess.run(
        krets("demo", "--only-data"), env=environment(data), check=True, capture_output=True
    )


def make_empty(data):
    """Make the folder of Krets on the first day, by starting it once."""
    data.mkdir(mode=0o700)
    empty(data).stop()


def krets(*words):
    return [sys.executable, "-P", "-m", "krets", *words]


def environment(data):
    return {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), "KRETS_DATA": str(data)}


def free_port():
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


def wait_for(folder, *, seconds=300):
    """Wait until another process has made the folder."""
    deadline = time.monotonic() + seconds
    while not folder.exists():
        assert time.monotonic() < deadline, f"{folder.name} was not made: see what its maker says."
        time.sleep(0.2)
