"""Rows are written as they are when what is suggested for a cell is used, or used no more."""

from functools import partial

from django.db.models import F

from krets.register.imports.models import Import, ImportFault, ImportRow
from krets.register.imports.suggestions import offers_in
from krets.register.imports.taking import Said, take, take_back

Kind, TAKEN = ImportRow.Kind, ImportFault.Answer.TAKEN
_WRITTEN = ("kind", "meant", "values", "changes", "detail", "warned")
_BATCH = 500


def take_rows(importing, numbers, target, account):
    """Let the cells of rows mean what is suggested; yield the numbers of those that do, in parts.

    Rows without a suggestion are left as they are.
    """
    for some in _in_parts(importing, numbers):
        rows = [row for row in some if target in dict(offers_in(row.detail))]
        write(importing.pk, rows, target, how=take)
        taken = [row.number for row in rows]
        faults = ImportFault.objects.filter(importing=importing, number__in=taken, target=target)
        faults.update(answer=TAKEN, answered_by=account)
        yield taken


def take_rows_back(importing, numbers, target, account):
    """Let the cells of rows mean nothing again, and ask about all that is wrong in them."""
    for rows in _in_parts(importing, numbers):
        write(importing.pk, rows, target, how=take_back)
        mine = [row.number for row in rows]
        faults = ImportFault.objects.filter(importing=importing, number__in=mine, target=target)
        faults.asked().filter(answer=TAKEN).update(answer="", answered_by=account)


def write(import_id, rows, target, *, how):
    """Write what rows say when a suggestion is used or taken back, and count them anew."""
    changed = unread = 0
    for row in rows:
        was, warned, is_used = row.meant, row.warned, row.kind != Kind.REJECTED
        ours = partial(getattr, row.person) if row.person_id else None
        said = how(Said(row.values, row.changes, row.detail, row.meant), target, ours=ours)
        row.values, row.changes, row.detail, row.meant = said
        row.warned = bool(row.detail["problems"])
        if is_used:
            row.kind = row.meant
            changed += (row.meant == Kind.CHANGED) - (was == Kind.CHANGED)
            unread += row.warned - warned
    ImportRow.objects.bulk_update(rows, _WRITTEN, batch_size=_BATCH)
    Import.objects.filter(pk=import_id).update(
        changed_count=F("changed_count") + changed,
        unchanged_count=F("unchanged_count") - changed,
        warned_count=F("warned_count") + unread,
    )


def _in_parts(importing, numbers):
    for start in range(0, len(numbers), _BATCH):
        some = numbers[start : start + _BATCH]
        rows = ImportRow.objects.filter(importing=importing, number__in=some)
        yield list(rows.select_related("person").defer("note").order_by("pk"))
