"""What a person answers while looking a preview through."""

from django.db.models import F
from django.utils.translation import gettext as _

from krets.kit.audit import trail
from krets.kit.commands import command
from krets.kit.errors import CannotError
from krets.register.imports import queries
from krets.register.imports.commands.arriving import NotReadyError
from krets.register.imports.comparison import plain
from krets.register.imports.models import Import, ImportMissing, ImportRow
from krets.register.imports.suggestions import detail_of, offers_in
from krets.register.members.models import Membership

_NOT_YET = "an answer counts when the import is saved"


class AlreadyTakenError(CannotError):
    """Another row of the file is that person already."""


class NoSuggestionError(CannotError):
    """There is no suggestion for the cell, or it was taken already."""


class AnsweredMeanwhileError(CannotError):
    """Somebody has answered since the page was opened."""


@command
def answer_near(row, *, same, by, at, seen=""):
    """Say whether a row and the person it is like are one; an empty answer asks again.

    `seen` is the answer that stood there when this one was given.
    """
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
    asked = ImportRow.objects.filter(pk=row.pk, kind=ImportRow.Kind.NEAR)
    answered = asked.filter(answer__in=(seen, answer)).update(answer=answer)
    row.refresh_from_db(fields=["answer"])
    if not answered:
        raise AnsweredMeanwhileError(_answered_meanwhile(row))
    trail.nothing(_NOT_YET)


@command
def take_suggestion(row, *, target, by, at):
    """Let a cell that could not be read mean what Krets suggests."""
    _refuse_unless_ready(row.importing_id)
    suggestion = dict(offers_in(row.detail)).get(target)
    if suggestion is None:
        raise NoSuggestionError(_("There is no suggestion left to use here. Reload the page."))
    name = detail_of(target)
    values, changes = dict(row.values), dict(row.changes)
    if row.person_id is None or row.kind == ImportRow.Kind.NEAR:
        values[name] = suggestion
    if row.person_id:
        changes[name] = [plain(getattr(row.person, name)), suggestion]
    problems = [each for each in row.detail["problems"] if each["target"] != target]
    detail = row.detail | {"problems": problems}
    detail["taken"] = row.detail.get("taken", {}) | {name: suggestion}
    unchanged = row.kind == ImportRow.Kind.UNCHANGED
    taken = ImportRow.objects.filter(pk=row.pk, kind=row.kind, warned=True).update(
        kind=ImportRow.Kind.CHANGED if unchanged else row.kind,
        values=values,
        changes=changes,
        detail=detail,
        warned=bool(problems),
    )
    if taken:
        Import.objects.filter(pk=row.importing_id).update(
            changed_count=F("changed_count") + int(unchanged),
            unchanged_count=F("unchanged_count") - int(unchanged),
            warned_count=F("warned_count") - int(not problems),
        )
    trail.nothing(_NOT_YET)


@command
def answer_missing(importing, *, left, by, at, person_ids=None, reason=""):
    """Say that members who are missing from the file have left, or that they stay.

    Without `person_ids` the answer is for all that the page lists: not for whom a row may mean,
    nor for people with protected details.
    """
    _refuse_unless_ready(importing.pk)
    if person_ids is None:
        listed = queries.missing(importing).order_by().values("pk")
        missing = ImportMissing.objects.filter(pk__in=listed)
    else:
        missing = ImportMissing.objects.filter(importing=importing, person_id__in=person_ids)
    reason = reason if left and reason in Membership.Reason.values else ""
    answer = ImportMissing.Answer.LEFT if left else ImportMissing.Answer.STAYS
    answered = missing.update(answer=answer, reason=reason)
    trail.nothing(_NOT_YET)
    return answered


def _answered_meanwhile(row):
    """Return what was answered since the page was opened, and what to do, as a sentence."""
    return {
        ImportRow.Answer.SAME: _(
            "Somebody has answered “The same person” since you opened the page. Your answer was"
            " not saved. If theirs is wrong, press “Ask again” and answer."
        ),
        ImportRow.Answer.NOT_SAME: _(
            "Somebody has answered “Two people” since you opened the page. Your answer was not"
            " saved. If theirs is wrong, press “Ask again” and answer."
        ),
        "": _(
            "Somebody has asked again since you opened the page. Your answer was not saved."
            " Look at the two once more, and answer."
        ),
    }[row.answer]


def _refuse_unless_ready(import_id):
    ready = Import.objects.open().filter(pk=import_id, read_at__isnull=False, asked_at=None)
    if not ready.exists():
        raise NotReadyError(_("This file is already taken care of, or is being read right now."))
