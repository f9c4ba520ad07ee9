"""What a person answers while looking a preview through."""

from django.utils.translation import gettext as _

from krets.kit.audit import trail
from krets.kit.commands import command
from krets.kit.errors import CannotError
from krets.register.imports.commands.arriving import NotReadyError
from krets.register.imports.models import Import, ImportMissing, ImportRow
from krets.register.members.models import Membership

_NOT_YET = "an answer counts when the import is saved"


class AlreadyTakenError(CannotError):
    """Another row of the file is that person already."""


@command
def answer_near(row, *, same, by, at):
    """Say whether a row and the person it is like are one; an empty answer asks again."""
    _refuse_unless_ready(row.importing_id)
    answer = {True: ImportRow.Answer.SAME, False: ImportRow.Answer.NOT_SAME, None: ""}[same]
    if answer == ImportRow.Answer.SAME and not row.twin:
        others = ImportRow.objects.filter(
            importing_id=row.importing_id, person_id=row.person_id, answer=answer
        )
        if others.exclude(pk=row.pk).exists():
            raise AlreadyTakenError(
                _(
                    "Another row of the file is already matched with that person. Only one of"
                    " them can be."
                )
            )
    ImportRow.objects.filter(pk=row.pk, kind=ImportRow.Kind.NEAR).update(answer=answer)
    trail.nothing(_NOT_YET)
    row.refresh_from_db(fields=["answer"])


@command
def answer_missing(importing, *, left, by, at, person_ids=None, reason=""):
    """Say that members who are missing from the file have left, or that they stay.

    Without `person_ids` the answer is for all of them.
    """
    _refuse_unless_ready(importing.pk)
    missing = ImportMissing.objects.filter(importing=importing)
    if person_ids is not None:
        missing = missing.filter(person_id__in=person_ids)
    reason = reason if left and reason in Membership.Reason.values else ""
    answer = ImportMissing.Answer.LEFT if left else ImportMissing.Answer.STAYS
    answered = missing.update(answer=answer, reason=reason)
    trail.nothing(_NOT_YET)
    return answered


def _refuse_unless_ready(import_id):
    ready = Import.objects.open().filter(pk=import_id, read_at__isnull=False, asked_at=None)
    if not ready.exists():
        raise NotReadyError(_("This file is already taken care of, or is being read right now."))
