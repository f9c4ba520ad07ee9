"""Cells that could not be read are let mean what Krets suggests: one, or all of a kind."""

from django.db.models import F
from django.utils.translation import gettext as _

from krets.kit.audit import trail
from krets.kit.commands import command
from krets.kit.errors import CannotError
from krets.register.imports.commands.answering import NOT_YET, take_in_hand
from krets.register.imports.commands.faults import answered_as, stand
from krets.register.imports.comparison import plain
from krets.register.imports.models import Import, ImportFault, ImportRow
from krets.register.imports.suggestions import detail_of, offers_in

Kind, TAKEN = ImportRow.Kind, ImportFault.Answer.TAKEN
_WRITTEN = ("kind", "meant", "values", "changes", "detail", "warned")
_BATCH = 500


class NoSuggestionError(CannotError):
    """There is no suggestion for the cell, or it was taken already."""


@command
def take_suggestion(row, *, target, by, at):
    """Let a cell that could not be read mean what Krets suggests."""
    take_in_hand(row.importing)
    row.refresh_from_db()
    if target not in dict(offers_in(row.detail)):
        raise NoSuggestionError(_("There is no suggestion left to use here. Reload the page."))
    _take(row.importing_id, [row], target)
    mine = ImportFault.objects.filter(importing=row.importing_id, number=row.number, target=target)
    mine.update(answer=TAKEN)
    stand(row.importing, [row.number])
    trail.nothing(NOT_YET)


@command
def take_suggestions(importing, *, target, code, seen, by, at):
    """Let all rows with one kind of fault in one column mean what Krets suggests for each.

    `seen` is as for `answer_faults`. Rows about people with protected details are left as they are.
    """
    faults = answered_as(importing, target=target, code=code, answer="", seen=seen)
    numbers = list(faults.order_by("number").values_list("number", flat=True))
    for start in range(0, len(numbers), _BATCH):
        some = numbers[start : start + _BATCH]
        rows = ImportRow.objects.filter(importing=importing, number__in=some)
        rows = rows.select_related("person").defer("note").order_by("pk")
        offered = [row for row in rows if target in dict(offers_in(row.detail))]
        _take(importing.pk, offered, target)
        taken = [row.number for row in offered]
        mine = ImportFault.objects.filter(importing=importing, number__in=taken, target=target)
        mine.update(answer=TAKEN)
        stand(importing, taken)
    trail.nothing(NOT_YET)


def _take(import_id, rows, target):
    """Write into rows what is suggested for their cell, and count anew what they are."""
    changed = read = 0
    for row in rows:
        was, warned, is_used = row.meant, row.warned, row.kind != Kind.REJECTED
        _let_mean(row, target)
        changed += is_used and row.meant != was
        read += is_used and warned and not row.warned
    ImportRow.objects.bulk_update(rows, _WRITTEN, batch_size=_BATCH)
    Import.objects.filter(pk=import_id).update(
        changed_count=F("changed_count") + changed,
        unchanged_count=F("unchanged_count") - changed,
        warned_count=F("warned_count") - read,
    )


def _let_mean(row, target):
    name, value = detail_of(target, dict(offers_in(row.detail))[target])
    told = plain(value)
    if row.person_id is None or row.meant == Kind.NEAR:
        row.values = row.values | {name: told}
    if row.person_id and getattr(row.person, name) != value:
        row.changes = row.changes | {name: [plain(getattr(row.person, name)), told]}
    problems = [each for each in row.detail["problems"] if each["target"] != target]
    taken = row.detail.get("taken", {}) | {name: told}
    row.detail = row.detail | {"problems": problems, "taken": taken}
    row.warned = bool(problems)
    if row.changes and row.meant == Kind.UNCHANGED:
        row.meant = Kind.CHANGED
    if row.kind != Kind.REJECTED:
        row.kind = row.meant
