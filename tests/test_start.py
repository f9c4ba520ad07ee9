"""`krets start` as people meet it: a program of its own, in a folder of its own."""

import http.client
import json
import os
import re
import signal
import socket
import stat
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]


def free_port():
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


def krets(*words, data, **environment):
    """Begin a command of the product with nothing of ours in its environment."""
    return subprocess.Popen(
        [sys.executable, "-P", "-m", "krets", *words],
        env={"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), "KRETS_DATA": str(data)}
        | environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def ask(port, path):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    connection.request("GET", path)
    answer = connection.getresponse()
    return answer.status, answer.read()


@pytest.fixture
def started(tmp_path):
    """An empty installation, just started: (process, port, what it said, its folder)."""
    data, port = tmp_path / "data", free_port()
    process = krets("start", "--port", str(port), data=data)
    said = []
    for line in process.stdout:
        said.append(line.strip())
        if "/-/set-up/" in line:
            break
    yield process, port, said, data
    process.terminate()
    process.communicate(timeout=30)


def test_one_command_on_an_empty_machine(started):
    process, port, said, data = started

    assert said[0] == f"http://localhost:{port}"
    link = said[-1].removeprefix(f"http://localhost:{port}")
    assert re.fullmatch(r"/-/set-up/[\w-]{20,}/", link)
    assert ask(port, link)[0] == 200
    assert ask(port, "/-/set-up/guessed/")[0] in {404, 410}

    assert (data / "address").read_text() == f"http://localhost:{port}"
    status, answer = ask(port, "/healthz?of=web")
    assert (status, json.loads(answer)) == (200, {"web": "ok"})

    modes = {each.name: stat.S_IMODE(each.stat().st_mode) for each in [data, *data.iterdir()]}
    assert (modes["data"], modes["key"], modes["secret"]) == (0o700, 0o600, 0o600)
    assert {mode for name, mode in modes.items() if "sqlite3" in name} == {0o600}
    assert "krets outbox" in said[1]

    taken = krets("start", "--port", str(port), data=data)
    _out, said = taken.communicate(timeout=30)
    assert taken.returncode == 1
    assert f"--port {port + 1}" in said

    process.send_signal(signal.SIGTERM)
    assert process.wait(timeout=30) == 0


def test_it_does_not_start_where_others_could_listen_in(tmp_path):
    process = krets("start", "--host", "0.0.0.0", data=tmp_path / "data")  # noqa: S104 -- is refused

    _out, said = process.communicate(timeout=30)

    assert process.returncode == 1
    assert "KRETS_BASE_URL" in said


def test_a_misspelt_setting_is_named(tmp_path):
    process = krets("start", data=tmp_path / "data", KRETS_PROT="8000")

    _out, said = process.communicate(timeout=30)

    assert process.returncode == 1
    assert "KRETS_PROT is not a setting" in said


def test_help_names_the_commands_in_plain_words(tmp_path):
    process = krets("--help", data=tmp_path / "data")

    said, _err = process.communicate(timeout=30)

    assert process.returncode == 0
    assert "krets demo" in said
    assert not (tmp_path / "data").exists()
