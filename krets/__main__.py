"""`python -m krets <command>`: every command of the product."""

import os
import sys


def main():
    """Run the command the words after the program's name ask for."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "krets.settings")
    from django.core.management import (  # noqa: PLC0415 -- reads the settings named just above
        execute_from_command_line,
    )

    execute_from_command_line(["krets", *sys.argv[1:]])


if __name__ == "__main__":
    main()
