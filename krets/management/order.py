"""What every command of the product has in common: a short help, and faults in plain words."""

import argparse
import json
import sys

from django.conf import settings
from django.core.management.base import (
    BaseCommand,
    CommandError,
    CommandParser,
    SystemCheckError,
)
from django.db import connection
from django.db.migrations.executor import MigrationExecutor


class Parser(CommandParser):
    """Says what is wrong with the words, and where the right ones stand."""

    wants_json = False

    def parse_args(self, args=None, namespace=None):
        """Read the words; whether JSON is among them is known also when they are wrong."""
        self.wants_json = "--json" in (args or ()) and "--json" in self._option_string_actions
        return super().parse_args(args, namespace)

    def error(self, message):
        """Write two lines instead of the whole usage, or JSON, and end with status 2."""
        if self.called_from_command_line:
            if self.wants_json:
                sys.stdout.write(as_json(plain(message)) + "\n")
                raise SystemExit(2)
            sys.stderr.write(f"{self.prog}: {plain(message)}\n{self.prog} --help says more.\n")
            raise SystemExit(2)
        super().error(message)


class Order(BaseCommand):
    """A command whose help tells of nothing but what it is for.

    `needs_data` refuses a folder in which Krets has never been started, or not in this version.
    With --json a refusal is JSON too, {"error": why and what to do}, with the same exit status;
    not where the answer has been given by then (`answers_first`).
    """

    needs_data = False
    answers_first = False
    suppressed_base_arguments = frozenset(
        {
            "--version",
            "--verbosity",
            "--settings",
            "--pythonpath",
            "--traceback",
            "--no-color",
            "--force-color",
            "--skip-checks",
        }
    )

    def create_parser(self, prog_name, subcommand, **kwargs):
        """Return a parser that calls the command what people type."""
        parser = super().create_parser(prog_name, subcommand, **kwargs)
        parser.__class__ = Parser
        parser.prog = f"bin/krets {subcommand}"
        # Django has no other way to leave this one out.
        hide(parser, {"--skip-checks"})
        return parser

    def execute(self, *args, **options):
        """Refuse where there is nothing to work on; then run. At the keyboard a refusal is said
        without the name of its class.
        """
        try:
            if self.needs_data and unprepared():
                raise CommandError(NOT_READY % {"folder": settings.DATA})
            return super().execute(*args, **options)
        except CommandError as refusal:
            if options.get("json") and not self.answers_first:
                self.stdout.write(as_json(str(refusal)))
                raise SystemExit(refusal.returncode) from None
            if isinstance(refusal, SystemCheckError) or not self._called_from_command_line:
                raise
            self.stderr.write(str(refusal))
            sys.exit(refusal.returncode)


def as_json(refusal):
    """Return a refusal as those read it who asked for JSON."""
    return json.dumps({"error": refusal}, ensure_ascii=False)


def hide(parser, options=None):
    """Leave options out of the help: those named, or all that are there so far."""
    for action in parser._actions:  # noqa: SLF001 -- argparse shows them in no other way
        if "--help" not in action.option_strings and (
            options is None or not options.isdisjoint(action.option_strings)
        ):
            action.help = argparse.SUPPRESS


def unprepared():
    """Tell whether the database lacks something that this version needs."""
    executor = MigrationExecutor(connection)
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def plain(message):
    """Return a complaint about the words behind a command as one says it."""
    told = message
    for before, after in PLAIN:
        told = told.replace(before, after)
    return told[:1].upper() + told[1:] + ("" if told.endswith(".") else ".")


NOT_READY = (
    "In the data folder %(folder)s nothing is ready for this version of Krets. Start Krets there"
    " once (bin/krets start), or name the right folder: KRETS_DATA=/where/it/is bin/krets …"
)
PLAIN = (
    ("unrecognized arguments:", "there is nothing called"),
    ("the following arguments are required:", "still needed:"),
    ("argument ", ""),
    ("invalid int value:", "a whole number is needed, not"),
    ("expected one argument", "something must stand behind it"),
)
