"""krets import FILE --unit SLUG: read a member file into an association."""  # noqa: N999 -- what it is called

import json
import os
from dataclasses import asdict
from operator import itemgetter

from django.conf import settings
from django.core.management.base import CommandError
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, ngettext

from krets.kit.db import everywhere, unit_scope
from krets.kit.errors import CannotError
from krets.management.order import NOT_READY, Order, unprepared
from krets.register.access.permissions import Permission
from krets.register.access.viewer import Viewer
from krets.register.accounts.queries import by_address
from krets.register.imports import commands, run
from krets.register.imports.columns import label_of
from krets.register.imports.words import warning_in_words
from krets.register.organisation.queries import unit_called

ADD_SURE = gettext_noop("Check the file. If it is right anyway, add --sure.")
KEYS = (
    "encoding",
    "delimiter",
    "header_row",
    "columns",
    "rows",
    "new",
    "changed",
    "unchanged",
    "missing",
    "near_matches",
    "rejected",
    "faults",
)


class Command(Order):
    """Exit status 0 when the file was read, 1 when it was refused, 2 for wrong words."""

    help = "Read a member file into an association. Nothing is saved with --dry-run."

    def add_arguments(self, parser):
        parser.add_argument("file", help="the file: CSV, XLSX, XLS or ODS")
        parser.add_argument(
            "--unit", required=True, metavar="SLUG", help="the association's address"
        )
        parser.add_argument(
            "--dry-run", action="store_true", help="tell what would change, save nothing"
        )
        parser.add_argument("--json", action="store_true", help="write JSON")
        parser.add_argument("--by", metavar="EMAIL", help="who brings it in; may be left out")
        parser.add_argument(
            "--sure", action="store_true", help="save although the file looks wrong"
        )
        parser.add_argument("--sheet", help="the sheet to read, where there are several")

    def handle(self, *, dry_run, **options):
        with translation.override(_language()):
            try:
                if unprepared():
                    raise CommandError(NOT_READY % {"folder": settings.DATA})
                summary = self._bring_in(dry_run=dry_run, **options)
            except (CannotError, CommandError) as refusal:
                raise CommandError(str(refusal)) from None
            self._say(summary, saved=not dry_run, as_json=options["json"])

    def _bring_in(self, *, file, unit, dry_run, by, sure, sheet, **_options):
        at = timezone.now()
        wanted = {"sheet": sheet} if sheet else {}
        place = self._unit(unit)
        with unit_scope([place.pk]):
            viewer = self._viewer(by, place, at)
        if dry_run:
            return run.dry_run(place, file, at=at, wanted=wanted)
        return self._save(place, file, viewer, at, wanted, sure=sure)

    def _save(self, unit, file, viewer, at, wanted, *, sure):
        importing = run.look(unit, file, by=viewer, at=at, wanted=wanted)
        summary = run.summary_of(importing)
        if summary.looks_wrong and not sure:
            commands.cancel(importing, by=viewer, at=at)
            told = " ".join(str(warning_in_words(warning)) for warning in summary.warnings)
            raise CommandError(f"{told} {_(ADD_SURE)}")
        commands.ask_to_apply(importing, sure=True, enqueued=False, by=viewer, at=at)
        commands.apply(importing, by=viewer, at=at)
        return summary

    def _unit(self, slug):
        with everywhere("the command names one association by its address"):
            unit = unit_called(slug)
        if unit is None:
            raise CommandError(
                _(
                    "There is no association with the address %(slug)s. It is the word after the"
                    " host in the browser, as bjorkvik in http://localhost:8000/bjorkvik/."
                )
                % {"slug": slug}
            )
        return unit

    def _viewer(self, email, unit, at):
        if not email:
            return None
        account = by_address(email)
        viewer = account and Viewer.of(account, unit.slug, timezone.localdate(at))
        if viewer is None or not viewer.may(Permission.IMPORT_MAKE):
            raise CommandError(_("Nobody who may import files here signs in with that address."))
        return viewer

    def _say(self, summary, *, saved, as_json):
        told = asdict(summary)
        if as_json:
            answer = {key: told[key] for key in KEYS} | {"warnings": _warnings(summary)}
            self.stdout.write(json.dumps(answer, ensure_ascii=False, indent=2))
            return
        for line in _lines(summary, saved=saved):
            self.stdout.write(line)


def _lines(summary, *, saved):
    count = summary.rows
    yield ngettext("%(count)d row in the file.", "%(count)d rows in the file.", count) % {
        "count": count
    }
    for words, number in (
        (_("New"), summary.new),
        (_("Changed"), summary.changed),
        (_("Unchanged"), summary.unchanged),
        (_("Missing from the file"), summary.missing),
        (_("Maybe the same person"), summary.near_matches),
        (_("Skipped"), len(summary.rejected)),
    ):
        yield f"  {number:>7}  {words}"
    yield ""
    for heading, target in summary.columns.items():
        yield f"  {heading} → {label_of(target)}"
    if summary.rejected or summary.faults:
        yield ""
    for each in sorted([*summary.rejected, *summary.faults], key=itemgetter("row")):
        yield _("Row %(row)d: %(reason)s") % each
    yield ""
    for warning in summary.warnings:
        yield str(warning_in_words(warning))
    if summary.looks_wrong and not saved:
        yield _(ADD_SURE)
    yield _("It is saved.") if saved else _("Nothing is saved.")
    if saved and summary.near_matches:
        yield _(
            "Those who may be the same person were skipped. Import the file on the page to answer."
        )


def _warnings(summary):
    return [
        {"code": warning["code"], "says": str(warning_in_words(warning))}
        for warning in summary.warnings
    ]


def _language():
    """Return the language of the one at the keyboard, as LANG says."""
    said = os.environ.get("LC_ALL") or os.environ.get("LANG") or ""
    return "sv" if said.lower().startswith("sv") else "en"
