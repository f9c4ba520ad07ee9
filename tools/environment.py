"""Which Python environment does this checkout run in, and is it complete?

Run by `bin/krets` and `bin/test` with whatever Python the machine has, so it uses the standard
library alone and says in plain words what to do where something is missing.

    environment.py fits                        exit 0 if this Python is of a version we run on
    environment.py usable                      exit 0 if it can make an environment as well
    environment.py current VENV FILE...        exit 0 if VENV already holds what the files lock
    environment.py make VENV FILE...           make VENV, install what the files lock
"""

import fcntl
import hashlib
import json
import os
import shutil
import subprocess
import sys
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path

OLDEST, NEWEST = (3, 11), (3, 14)
STAMP = "krets.json"

NOT_THIS_PYTHON = """\
Krets runs on Python 3.11, 3.12, 3.13 and 3.14; PYTHON points at {version}.
"""

NO_INSTALLER = """\
Krets found Python {version}, but it can neither make an environment nor install into one.
  Debian, Ubuntu:  sudo apt install python3-venv
  Fedora:          sudo dnf install python3-pip
  others:          a Python from python.org has both
Then run the same command again.
"""

NOT_INSTALLED = """
Krets could not install the packages it needs (the lines above say why).
  Without a network, or behind a proxy? Packages are fetched once, at the first run;
  set HTTPS_PROXY, or PIP_INDEX_URL to an index you can reach, and run the same command again.
"""


def main(action, venv="", *files):
    """Answer one of the questions by exit status."""
    if action == "fits":
        return 0 if in_range() else 1
    if action == "usable":
        return 0 if in_range() and has_installer() else 1
    if action == "current":
        return 0 if is_current(Path(venv), wanted(files)) else 1
    return make(Path(venv), [Path(file) for file in files])


def in_range():
    return OLDEST <= sys.version_info[:2] <= NEWEST


def has_installer():
    return find_spec("ensurepip") is not None or find_spec("pip") is not None


def wanted(files):
    """Return what a finished environment's stamp holds for these requirement files."""
    sums = {Path(file).name: hashlib.sha256(Path(file).read_bytes()).hexdigest() for file in files}
    return {"python": "{}.{}".format(*sys.version_info[:2]), **sums}


def is_current(venv, stamp):
    return stamp.items() <= read_stamp(venv).items()


def read_stamp(venv):
    try:
        return json.loads((venv / STAMP).read_text())
    except (OSError, ValueError):
        return {}


def make(venv, files):
    """Make the environment where it is missing or broken, and install what it lacks."""
    if not in_range():
        return refuse(NOT_THIS_PYTHON)
    with alone(venv) as lock:
        stamp = wanted(files)
        if is_current(venv, stamp) and works(venv):
            return 0
        if not works(venv):
            if not has_installer():
                return refuse(NO_INSTALLER)
            say(f"Krets: making its own Python environment in {venv.name} (only the first time) …")
            if not build(venv):
                return refuse(NO_INSTALLER)
        say(f"Krets: installing {' and '.join(file.name for file in files)} …")
        if not install(venv, files, lock):
            return refuse(NOT_INSTALLED)
        write_stamp(venv, {**read_stamp(venv), **stamp})
        say("Krets: ready.")
        return 0


@contextmanager
def alone(venv):
    """Let one process at a time work on an environment; the system lets go when it dies."""
    with venv.with_name(f"{venv.name}.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            say("Krets: waiting for another run that is making the environment …")
            fcntl.flock(lock, fcntl.LOCK_EX)
        yield lock


def works(venv):
    """Tell whether the environment's Python starts and is of the version now asked for."""
    asked = f"import sys; sys.exit(sys.version_info[:2] != {sys.version_info[:2]!r})"
    python = venv / "bin" / "python"
    return python.exists() and quietly([python, "-I", "-c", asked])


def build(venv):
    """Make an empty environment, with pip where this Python brings it and else without."""
    if venv.exists():
        shutil.rmtree(venv)
    if quietly([sys.executable, "-I", "-m", "venv", venv]):
        return True
    shutil.rmtree(venv, ignore_errors=True)
    without_pip = [sys.executable, "-I", "-m", "venv", "--without-pip", venv]
    return find_spec("pip") is not None and quietly(without_pip)


def install(venv, files, lock):
    """Install the locked packages, every file of them checked against its hash."""
    python = str(venv / "bin" / "python")
    if quietly([python, "-I", "-c", "import pip"]) or quietly([python, "-I", "-m", "ensurepip"]):
        pip = [python, "-m", "pip"]
    else:
        # Run by the environment's own Python, the one it was made from is the one with pip.
        base = getattr(sys, "_base_executable", sys.executable)
        pip = [base, "-m", "pip", "--python", python]
    locked = [part for file in files for part in ("-r", str(file))]
    options = ["--quiet", "--disable-pip-version-check", "--no-input", "--no-warn-script-location"]
    order = [*pip, "install", *options, "--require-hashes", "--only-binary", ":all:", *locked]
    # PIP_USER in somebody's own settings would send the packages past the environment.
    settings = {**os.environ, "PIP_USER": "0"}
    # The installer keeps the lock as well: killed by half, the next run waits for the other half.
    told = subprocess.run(
        order, check=False, env=settings, capture_output=True, text=True, pass_fds=[lock.fileno()]
    )
    if told.returncode:
        sys.stderr.write("\n".join(told.stderr.splitlines()[-20:]) + "\n")
    return told.returncode == 0


def write_stamp(venv, stamp):
    unfinished = venv / f"{STAMP}.new"
    unfinished.write_text(json.dumps(stamp, indent=1))
    unfinished.replace(venv / STAMP)


def refuse(reason):
    sys.stderr.write(reason.format(version=sys.version.split()[0]))
    return 1


def quietly(order):
    return subprocess.run(order, check=False, capture_output=True).returncode == 0


def say(line):
    sys.stderr.write(line + "\n")
    sys.stderr.flush()


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
