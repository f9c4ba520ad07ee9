"""Keeping the web server and the worker alive side by side: what `krets start` becomes.

Holds no Django, so that minding the others costs next to no memory. A child that dies is started
again after a pause that doubles; told to stop, it lets both finish what they have in hand.
"""

import argparse
import http.client
import os
import signal
import subprocess
import sys
import threading
import time
from dataclasses import dataclass, field

FIRST_PAUSE, LONGEST_PAUSE = 1.0, 60.0
# A child that lived this long was well: the next death is a new story.
WELL_AFTER = 60.0
# One that never came this far has a fault that starting again does not mend.
MUST_LIVE = 5.0
SECONDS_TO_STOP = 30.0
GLANCE = 0.2


@dataclass
class Child:
    """A program that shall run, and how it has fared."""

    name: str
    order: list[str]
    process: subprocess.Popen | None = None
    started: float = 0.0
    pause: float = FIRST_PAUSE
    again_at: float = 0.0
    lived: bool = False
    told: list[str] = field(default_factory=list)

    def start(self, now):
        # In a session of its own: Ctrl-C in the terminal reaches only the one that minds.
        self.process = subprocess.Popen(self.order, start_new_session=True)
        self.started = now
        self.again_at = 0.0

    @property
    def is_running(self):
        return self.process is not None and self.process.poll() is None


def main(arguments=None):
    """Run web and worker until told to stop. Return the exit status."""
    options = parse(arguments)
    me = str(os.getpid())
    web = [sys.executable, "-P", "-m", "krets.serve", "--host", options.host]
    children = [
        Child("web", [*web, "--port", str(options.port), "--followed", me]),
        Child("worker", [sys.executable, "-P", "-m", "krets", "worker", "--followed", me]),
    ]
    stopping = threading.Event()
    for each in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(each, lambda *_: stopping.set())
    words = read_all(options.words) if options.words >= 0 else ""
    announce(options.host, options.port, words, stopping)
    return mind(children, stopping)


def parse(arguments):
    parser = argparse.ArgumentParser(prog="krets start")
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=8000)
    parser.add_argument("--words", type=int, default=-1, help="a pipe with what to say when ready")
    return parser.parse_args(arguments)


def mind(children, stopping):
    """Start the children and start again the ones that die. Return 0 when told to stop, else 1."""
    for child in children:
        child.start(time.monotonic())
    status = 0
    while not stopping.wait(GLANCE):
        doomed = [child for child in children if not keep_alive(child, time.monotonic())]
        if doomed:
            say(f"Krets: {doomed[0].name} does not start; the lines above say why. Stopping.")
            status = 1
            break
    stop(children)
    return status


def keep_alive(child, now):
    """Start the child again when it is time. Return False if it never came to its feet."""
    if child.is_running:
        if now - child.started > MUST_LIVE:
            child.lived = True
        if now - child.started > WELL_AFTER:
            child.pause = FIRST_PAUSE
        return True
    if not child.lived:
        return False
    if not child.again_at:
        say(f"Krets: {child.name} ended by itself; starting it again in {child.pause:.0f} s.")
        child.again_at = now + child.pause
        child.pause = min(child.pause * 2, LONGEST_PAUSE)
    elif now >= child.again_at:
        child.start(now)
    return True


def stop(children):
    """Ask all to finish, wait, and end those that do not."""
    for child in children:
        if child.is_running:
            child.process.terminate()
    deadline = time.monotonic() + SECONDS_TO_STOP
    for child in children:
        try:
            child.process.wait(max(0.1, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            child.process.kill()
            child.process.wait()


def announce(host, port, words, stopping):
    """Say where Krets is as soon as it answers there, and not before."""
    threading.Thread(target=_announce, args=(host, port, words, stopping), daemon=True).start()


def _announce(host, port, words, stopping):
    while not answers(host, port):
        if stopping.wait(GLANCE / 2):
            return
    sys.stdout.write(words)
    sys.stdout.flush()


def answers(host, port):
    """Tell whether the web server answers that it is well."""
    # A server that listens everywhere is asked at home; `localhost` is always a name it answers to.
    near = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104 -- compared, not bound
    connection = http.client.HTTPConnection(near, port, timeout=2)
    try:
        connection.request("GET", "/healthz?of=web", headers={"Host": "localhost"})
        return connection.getresponse().status == http.client.OK
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def read_all(pipe):
    with os.fdopen(pipe, encoding="utf-8") as file:
        return file.read()


def say(line):
    sys.stderr.write(line + "\n")
    sys.stderr.flush()


if __name__ == "__main__":
    sys.exit(main())
