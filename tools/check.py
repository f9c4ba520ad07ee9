"""Everything that must hold before a change is good, as named steps with their times.

    check.py                 all of it
    check.py lint types      only these
    check.py --list          what there is

Each step stands for itself: one that fails does not stop the others. The last lines say which
failed, and which could not be run here and why; those are no failures, but in CI a missing browser
is.
"""

import os
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from tools.environment import NEWEST

ROOT = Path(__file__).resolve().parent.parent
PYTEST = [sys.executable, "-m", "pytest", "-n", "auto", "--maxprocesses=8"]
LOCKED = ("requirements.txt", "requirements-postgres.txt", "requirements-dev.txt")
NEARBY = "postgres://postgres@127.0.0.1:5432/postgres"
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


class NotHere(Exception):
    """A step cannot be run on this machine. The message says why and what to do."""


@dataclass
class Result:
    """How a step went."""

    name: str
    state: str
    seconds: float
    why: str = ""


def main(words):
    """Run the steps named, or all. Return the exit status."""
    if "--list" in words:
        for name, step in STEPS.items():
            print(f"{name:12} {step.__doc__}")
        return 0
    if unknown := [word for word in words if word not in STEPS]:
        print(f"No such step: {', '.join(unknown)}. There are: {', '.join(STEPS)}.")
        return 2
    with tempfile.TemporaryDirectory(prefix="krets-check-") as data:
        clean_environment(data)
        results = [run(name) for name in STEPS if not words or name in words]
    return summary(results)


def clean_environment(data):
    """Let nothing that the person at the keyboard has set decide how a check ends."""
    kept = {"KRETS_TEST_DATABASE_URL"}
    for name in list(os.environ):
        if name.startswith("KRETS_") and name not in kept:
            del os.environ[name]
    os.environ.pop("DATABASE_URL", None)
    os.environ["KRETS_DATA"] = data


def run(name):
    """Run one step and say how it went."""
    print(f"\n── {name}: {STEPS[name].__doc__}", flush=True)
    started = time.monotonic()
    try:
        state, why = ("ok", "") if STEPS[name]() else ("FAILED", "")
    except NotHere as reason:
        state, why = "not run", str(reason)
        print(reason)
    return Result(name, state, time.monotonic() - started, why)


def summary(results):
    print("\n── summary")
    for result in results:
        print(f"{result.state:8} {result.seconds:6.1f} s  {result.name}  {result.why}".rstrip())
    failed = [result.name for result in results if result.state == "FAILED"]
    print(f"{len(failed)} failed: {', '.join(failed)}" if failed else "All is well.")
    return 1 if failed else 0


def told(*order, **environment):
    """Run a program in the checkout. Return whether it was content."""
    order = [str(word) for word in order]
    settings = {**os.environ, **environment}
    return subprocess.run(order, check=False, cwd=ROOT, env=settings).returncode == 0


def python(*words, **environment):
    return told(sys.executable, *words, **environment)


def program(name):
    """Return the path of a program that came with the development packages."""
    return Path(sys.executable).with_name(name)


def lint():
    """Ruff finds nothing to say about the code."""
    return python("-m", "ruff", "check", ".")


def layout():
    """The code is laid out as `bin/fmt` would."""
    return python("-m", "ruff", "format", "--check", ".")


def templates():
    """Djlint finds nothing to say about the templates."""
    return python("-m", "djlint", "krets", "--lint", "--quiet")


def imports():
    """The layers hold: who may import whom."""
    return told(program("lint-imports"), "--no-cache")


def dependencies():
    """Every package asked for is used, and every package used is asked for."""
    return python("-m", "deptry", ".")


def types():
    """Mypy believes what the types say."""
    return python("-m", "mypy")


def migrations():
    """The migrations tell all that the models say."""
    return python("-m", "krets", "makemigrations", "--check", "--dry-run")


def messages():
    """Everything on screen has its Swedish, and nothing has it in vain."""
    return python("-m", "tools.messages", "--check")


def safety():
    """`krets check` is content with a fresh installation."""
    return python("-m", "krets", "check")


def test():
    """The tests, on SQLite."""
    return told(*PYTEST)


def postgres():
    """The same tests on PostgreSQL, with the real migrations."""
    url = os.environ.get("KRETS_TEST_DATABASE_URL") or (NEARBY if answers(NEARBY) else "")
    if not url:
        raise NotHere("No PostgreSQL: set KRETS_TEST_DATABASE_URL or start one at 127.0.0.1:5432.")
    return told(*PYTEST, "--migrations", KRETS_TEST_DATABASE_URL=url)


def answers(url):
    import psycopg  # noqa: PLC0415 -- only this step needs it

    try:
        psycopg.connect(url, connect_timeout=2).close()
    except psycopg.OperationalError:
        return False
    return True


def newest():
    """The same tests on the newest Python found."""
    version, path = max(interpreters(), default=((0, 0), None))
    if version <= sys.version_info[:2]:
        raise NotHere("No Python newer than {}.{} was found.".format(*sys.version_info[:2]))
    venv = ROOT / ".venv-{}.{}".format(*version)
    if not told(path, "-I", "tools/environment.py", "make", venv, *LOCKED):
        return False
    return told(venv / "bin" / "python", *PYTEST[1:], "-m", "not browser and not slow")


def interpreters():
    """Yield (version, path) of every Python found that Krets says it runs on."""
    names = [f"python3.{minor}" for minor in range(11, NEWEST[1] + 1)] + ["python3"]
    paths = [shutil.which(name) for name in names]
    pyenv = Path(os.environ.get("PYENV_ROOT", Path.home() / ".pyenv"))
    paths += [str(path) for path in pyenv.glob("versions/3.*/bin/python3")]
    for path in filter(None, paths):
        asked = [path, "-I", "-c", "import sys; print(*sys.version_info[:2])"]
        answer = subprocess.run(asked, check=False, capture_output=True, text=True)
        if answer.returncode == 0:
            version = tuple(map(int, answer.stdout.split()))
            if version <= NEWEST:
                yield version, path


def journeys():
    """People's errands in a real browser, and axe on every page."""
    if not any(map(shutil.which, BROWSERS)) and not installed_browser():
        raise NotHere("No Chromium was found: install one to run the journeys.")
    return told(*PYTEST, "-m", "browser")


def installed_browser():
    """In CI, install what is missing. Return whether a browser is there now."""
    if not os.environ.get("CI"):
        return False
    if os.geteuid() == 0 and shutil.which("apt-get"):
        told("apt-get", "update", "-q")
        told("apt-get", "install", "-y", "-q", "--no-install-recommends", "chromium")
    # Missing all the same, the journeys are run to fail: CI must not be green without them.
    return True


STEPS = {
    "lint": lint,
    "layout": layout,
    "templates": templates,
    "imports": imports,
    "dependencies": dependencies,
    "types": types,
    "migrations": migrations,
    "messages": messages,
    "safety": safety,
    "test": test,
    "postgres": postgres,
    "newest": newest,
    "journeys": journeys,
}

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
