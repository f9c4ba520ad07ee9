import os
import sys
import threading

import pytest

from krets import supervise
from krets.supervise import Child

STAYS = [sys.executable, "-c", "import signal; signal.pause()"]
FALLS = [sys.executable, "-c", "raise SystemExit(3)"]
DEAF = """
import signal, sys
signal.signal(signal.SIGTERM, signal.SIG_IGN)
open(sys.argv[1], "w").close()
while True: signal.pause()
"""


@pytest.fixture
def child():
    child = Child("web", STAYS)
    child.start(0.0)
    yield child
    child.process.kill()
    child.process.wait()


def fell(child):
    child.process.kill()
    child.process.wait()


def test_told_to_stop_it_ends_its_children_and_is_content():
    children = [Child("web", STAYS), Child("worker", STAYS)]
    stopping = threading.Event()
    stopping.set()

    status = supervise.mind(children, stopping)

    assert status == 0
    assert [child.is_running for child in children] == [False, False]


def test_a_child_that_never_starts_ends_it_all_and_says_so(capsys):
    children = [Child("web", FALLS), Child("worker", STAYS)]

    status = supervise.mind(children, threading.Event())

    assert status == 1
    assert [child.is_running for child in children] == [False, False]
    assert "web does not start" in capsys.readouterr().err


def test_a_child_that_lived_is_started_again_after_a_pause(child):
    supervise.keep_alive(child, now=10.0)
    first = child.process.pid
    fell(child)

    assert supervise.keep_alive(child, now=20.0)
    assert not child.is_running
    assert supervise.keep_alive(child, now=20.5)
    assert not child.is_running
    assert supervise.keep_alive(child, now=21.1)

    assert child.is_running
    assert child.process.pid != first


def test_the_pause_doubles_until_a_minute_and_begins_anew_after_a_good_while(child):
    supervise.keep_alive(child, now=10.0)
    pauses, now = [], 10.0
    for _death in range(8):
        fell(child)
        pauses.append(child.pause)
        supervise.keep_alive(child, now)
        now = child.again_at
        supervise.keep_alive(child, now)

    supervise.keep_alive(child, now + 61)

    assert pauses == [1, 2, 4, 8, 16, 32, 60, 60]
    assert child.pause == supervise.FIRST_PAUSE


def test_a_child_that_does_not_listen_is_ended_all_the_same(monkeypatch, tmp_path):
    monkeypatch.setattr(supervise, "SECONDS_TO_STOP", 0.2)
    ready = tmp_path / "ready"
    os.mkfifo(ready)
    child = Child("worker", [sys.executable, "-c", DEAF, str(ready)])
    child.start(0.0)
    # Reading waits until the child has closed its ears.
    ready.read_text()

    supervise.stop([child])

    assert not child.is_running
