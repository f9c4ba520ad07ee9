"""What a person answers while looking a preview through."""

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from krets.kit.audit import trail
from krets.kit.commands import command
from krets.kit.errors import CannotError
from krets.register.imports import meanwhile, queries
from krets.register.imports.commands.arriving import NotReadyError
from krets.register.imports.models import Import, ImportMissing, ImportRow
from krets.register.imports.warnings import is_doubted
from krets.register.members.commands import NotYetError
from krets.register.members.models import Membership

NOT_YET = "an answer counts when the import is saved"


class AlreadyTakenError(CannotError):
    """Another row of the file is that person already."""


class AnsweredMeanwhileError(CannotError):
    """Somebody has answered since the page was opened."""


class NotDeclaredError(CannotError):
    """The file looks wrong as a whole, and nobody has said that it is right."""


@command
def declare_right(importing, *, by, at, seen=None):
    """Say that a file that looks wrong is the right one all the same.

    `seen` is the round in which it was looked at: read again, it may hold something else.
    """
    now = take_in_hand(importing)
    if seen not in (None, now.round):
        raise AnsweredMeanwhileError(
            _("The file has been read again since you opened the page. Look at it once more.")
        )
    if is_doubted(now):
        Import.objects.filter(pk=now.pk).update(declared_at=at, declared_by=account_of(by))
        codes = [warning["code"] for warning in now.warnings]
        trail.record("import.declared", importing, by=by, at=at, warnings=codes)
    else:
        trail.nothing("somebody has said it already, or nothing speaks against the file")
    importing.refresh_from_db()


@command
def answer_near(row, *, same, by, at, seen=""):
    """Say whether a row and the person it is like are one; an empty answer asks again.

    `seen` is the answer that stood there when this one was given.
    """
    take_in_hand(row.importing)
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
    account = account_of(by)
    answered = asked.filter(answer__in=(seen, answer)).update(answer=answer, answered_by=account)
    row.refresh_from_db(fields=["answer", "answered_by"])
    if not answered:
        raise AnsweredMeanwhileError(meanwhile.of_a_pair(row, mine=is_by(account, [row])))
    trail.nothing(NOT_YET)


@command
def answer_missing(importing, *, left, by, at, person_ids=None, reason="", died_on=None, seen=None):
    """Say that members who are missing from the file have left, or that they stay.

    Without `person_ids` the answer is for all that the page lists: not for whom a row may mean,
    nor for people with protected details; and only once a file that looks wrong has been said to be
    right. `seen` is what stood there when the answer was given:
    the `said` of the one, or of all (`queries.missing_figures`); None for who has seen no page.
    `died_on` is the day of a death, where it is known.
    """
    now, account = take_in_hand(importing), account_of(by)
    reason = reason if left and reason in Membership.Reason.values else ""
    answer = ImportMissing.Answer.LEFT if left else ImportMissing.Answer.STAYS
    died_on = died_on if reason == Membership.Reason.DECEASED else None
    if died_on and died_on > timezone.localdate(at):
        raise NotYetError(_("That day has not come yet. Write the day the person died."))
    if person_ids is None:
        if is_doubted(now):
            raise NotDeclaredError(
                _(
                    "Say first that it is the right file. Then you can answer for all who are"
                    " missing at once."
                )
            )
        if seen not in (None, queries.missing_figures(importing).said):
            answered = queries.all_missing(importing).exclude(answer="")
            mine = is_by(account, answered)
            raise AnsweredMeanwhileError(meanwhile.of_all_missing(mine=mine))
        missing = queries.all_missing(importing)
    else:
        mine = ImportMissing.objects.filter(
            importing=importing, by_hand=False, person_id__in=person_ids
        )
        missing = mine if seen is None else mine.filter(_said(seen) | _said(f"{answer}:{reason}"))
        if not missing.exists() and mine.exists():
            one = mine.order_by("pk")[0]
            raise AnsweredMeanwhileError(meanwhile.of_one_missing(one, mine=is_by(account, [one])))
    listed = missing.order_by().values("pk")
    answered = ImportMissing.objects.filter(pk__in=listed).update(
        answer=answer, answered_by=account, reason=reason, died_on=died_on
    )
    trail.nothing(NOT_YET)
    return answered


def take_in_hand(importing):
    """Return the import as it is now, so that nobody else answers until this is written.

    Refuses one that does not wait for answers.
    """
    waiting = Import.objects.open().filter(read_at__isnull=False, asked_at=None)
    now = waiting.select_for_update(of=("self",)).filter(pk=importing.pk).first()
    if now is None:
        raise NotReadyError(_("This file is already taken care of, or is being read right now."))
    return now


def account_of(by):
    """Return the account that signs an answer, None where nobody is named."""
    return by.account if by else None


def is_by(account, answered):
    """Return whether all that was answered meanwhile was answered by the same account."""
    signed = {each.answered_by_id for each in answered}
    return account is not None and signed == {account.pk}


def _said(seen):
    answer, _colon, reason = seen.partition(":")
    return Q(answer=answer, reason=reason)
