"""An import ends, and what lay here of it goes away."""

from datetime import timedelta

from django.db.models import Q
from django.utils.translation import gettext as _

from krets.kit.audit import trail
from krets.kit.commands import command
from krets.kit.db import everywhere
from krets.register.imports.answered import without_answers
from krets.register.imports.commands.arriving import NotReadyError
from krets.register.imports.commands.stepping import step_of
from krets.register.imports.mending import is_settled
from krets.register.imports.models import (
    Import,
    ImportFault,
    ImportMissing,
    ImportPart,
    ImportRow,
)

KEPT = timedelta(hours=24)
_BATCHES = ((ImportPart, 4), (ImportRow, 2000), (ImportFault, 2000), (ImportMissing, 2000))


@command
def note_followed_up(unit_id, import_id, *, by, at):
    """Note that the routines have looked at everybody an applied file was about."""
    Import.objects.of(unit_id).applied().filter(pk=import_id).update(followed_up_at=at)
    trail.nothing("what the routines made leaves lines of its own")


@command
def cancel(importing, *, by, at):
    """Give an import up: nothing of it is saved, and the file goes away."""
    account = by.account if by else None
    # One that is being saved is let go on: it is done in a moment, wholly.
    waiting = Import.objects.filter(
        pk=importing.pk, applied_at=None, cancelled_at=None, asked_at=None
    )
    given_up = {"cancelled_at": at, "cancelled_by": account, "columns": []}
    if not waiting.update(**given_up, wanted=without_answers(importing.wanted)):
        raise NotReadyError(_("This file is already taken care of, so there is nothing to stop."))
    ImportPart.objects.filter(importing=importing).delete()
    trail.record("import.cancelled", importing, by=by, at=at)
    importing.refresh_from_db()


def tidy(importing, *, at):
    """Delete the file and the staged rows of an import that is over, in short transactions.

    Of a saved one the rows to put right, and those not wholly read, stay for as long as the file
    could have.
    """
    for model, batch in _BATCHES:
        more = True
        while more:
            with step_of(importing):
                more = forget_batch(importing, model=model, batch=batch, by=None, at=at)
    with step_of(importing):
        forget_examples(importing, by=None, at=at)


def throw_away(*, at):
    """Delete what is left of every import that is over, and give up those older than 24 hours."""
    with everywhere("files of all associations are thrown away after 24 hours"):
        old = list(Import.objects.left_lying(at - KEPT).order_by("pk"))
        over = list(Import.objects.with_leavings(at - KEPT).order_by("pk"))
    for importing in old:
        with step_of(importing):
            give_up(importing, by=None, at=at)
    for importing in {each.pk: each for each in [*old, *over]}.values():
        tidy(importing, at=at)


@command
def give_up(importing, *, by, at):
    """End an import that nobody answered within a day."""
    Import.objects.filter(pk=importing.pk, applied_at=None, cancelled_at=None).update(
        cancelled_at=at
    )
    trail.record("import.thrown_away", importing, by=by, at=at)


@command
def forget_batch(importing, *, model, batch, by, at):
    """Delete some of the rows. Return whether there may be more."""
    lying = model.objects.filter(importing=importing)
    if model is ImportRow and importing.applied_at and importing.uploaded_at > at - KEPT:
        skipped = Q(kind=ImportRow.Kind.REJECTED)
        lying = lying.filter((skipped & is_settled()) | ~(skipped | Q(warned=True)))
    pks = list(lying.order_by("pk").values_list("pk", flat=True)[:batch])
    model.objects.filter(pk__in=pks).delete()
    trail.nothing("what waited is gone as promised when the import began")
    return len(pks) == batch


@command
def forget_examples(importing, *, by, at):
    """Take away the examples of what stood in the columns, and the names of other sheets."""
    bare = [{**column, "examples": []} for column in importing.columns]
    wanted = without_answers(importing.wanted)
    mine = Import.objects.filter(pk=importing.pk)
    mine.update(columns=bare, wanted=wanted, fault_detail={}, sheets=[])
    trail.nothing("what waited is gone as promised when the import began")
