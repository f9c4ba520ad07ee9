"""`python -m krets <command>`: every command of the product."""

import difflib
import os
import pkgutil
import sys
from pathlib import Path

from krets.version import version

HELP = """\
Krets {version}: membership care for local associations.

  bin/krets demo          an invented association to try everything on
  bin/krets start         the real thing: web server and worker, data in ./data

  bin/krets outbox        read sign-in codes and messages, while no mail server is set up
  bin/krets login-link    a link that signs somebody in, when mail is out of reach
  bin/krets import        read a member file into an association
  bin/krets routines      let the routines run for a day
  bin/krets check         is this installation complete and safe?
  bin/krets web           a web server alone, to run as many as needed
  bin/krets worker        a worker alone, likewise
  bin/krets migrate       bring the database up to this version
  bin/krets version       which version this is
  bin/krets help          this page

  bin/krets <command> --help says more of each.
  KRETS_DATA=<folder> in front of a command: another data folder than ./data.
"""
WRONG_WORDS = 2


def main():
    """Run the command the words after the program's name ask for."""
    words = sys.argv[1:]
    if words in ([], ["help"], ["-h"], ["--help"]):
        sys.stdout.write(HELP.format(version=version()))
        return
    if words in (["version"], ["--version"]):
        sys.stdout.write(f"{version()}\n")
        return
    if words[0] == "help":
        words = [words[1], "--help"]
    if words[0] not in known():
        sys.stderr.write(unknown(words[0]))
        sys.exit(WRONG_WORDS)
    if words[0] == "demo":
        # A folder of its own, so that trying things out never meets the real thing.
        os.environ.setdefault("KRETS_DATA", "data/demo")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "krets.settings")
    from django.core.management import (  # noqa: PLC0415 -- reads the settings named just above
        execute_from_command_line,
    )

    execute_from_command_line(["krets", *words])


def ours():
    """Return the names of the product's commands, asked of the folder they lie in."""
    return _in_folder(Path(__file__).parent / "management")


def known():
    """Return what may be asked for: also Django's own, for whoever works on Krets.

    Asked without settings, since those would make a data folder for a slip of the fingers.
    """
    from django import core  # noqa: PLC0415 -- slow import, not needed for help
    from django.contrib import staticfiles  # noqa: PLC0415 -- slow import

    folders = (Path(each.__file__).parent / "management" for each in (core, staticfiles))
    return ours().union(*map(_in_folder, folders))


def unknown(word):
    """Return what to say to somebody who asks for what there is not."""
    near = difflib.get_close_matches(word, [*ours(), "help", "version"], n=1)
    said = [f"There is no command called {word}."]
    said += [f"Did you mean: bin/krets {near[0]}"] if near else []
    return "\n".join([*said, "bin/krets help names them all.", ""])


def _in_folder(folder):
    modules = pkgutil.iter_modules([str(folder / "commands")])
    return {each.name for each in modules if not each.ispkg and not each.name.startswith("_")}


if __name__ == "__main__":
    main()
