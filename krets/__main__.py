"""`python -m krets <command>`: every command of the product."""

import os
import sys

from krets.version import version

HELP = """\
Krets {version}: membership care for local associations.

  bin/krets demo          an invented association to try everything on
  bin/krets start         the real thing: web server and worker, data in ./data

  bin/krets import        read a member file into an association
  bin/krets login-link    a link that signs somebody in, when mail is out of reach
  bin/krets routines      let the routines run for a day
  bin/krets check         is this installation complete and safe?
  bin/krets web           a web server alone, to run as many as needed
  bin/krets worker        a worker alone, likewise
  bin/krets migrate       bring the database up to this version

  bin/krets <command> --help says more of each.
"""


def main():
    """Run the command the words after the program's name ask for."""
    words = sys.argv[1:]
    if words in ([], ["help"], ["-h"], ["--help"]):
        sys.stdout.write(HELP.format(version=version()))
        return
    if words in (["version"], ["--version"]):
        sys.stdout.write(f"{version()}\n")
        return
    if words[0] == "demo":
        # A folder of its own, so that trying things out never meets the real thing.
        os.environ.setdefault("KRETS_DATA", "data/demo")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "krets.settings")
    from django.core.management import (  # noqa: PLC0415 -- reads the settings named just above
        execute_from_command_line,
    )

    execute_from_command_line(["krets", *words])


if __name__ == "__main__":
    main()
