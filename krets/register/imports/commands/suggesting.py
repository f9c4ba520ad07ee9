"""Cells that could not be read are let mean what Krets suggests: one, or all of a kind."""

from django.utils.translation import gettext as _

from krets.kit.audit import trail
from krets.kit.commands import command
from krets.kit.errors import CannotError
from krets.register.imports.commands.answering import NOT_YET, account_of, take_in_hand
from krets.register.imports.commands.faults import answered_as, stand
from krets.register.imports.commands.taking import take_rows
from krets.register.imports.suggestions import offers_in


class NoSuggestionError(CannotError):
    """There is no suggestion for the cell, or it was taken already."""


@command
def take_suggestion(row, *, target, by, at):
    """Let a cell that could not be read mean what Krets suggests."""
    take_in_hand(row.importing)
    row.refresh_from_db()
    if target not in dict(offers_in(row.detail)):
        raise NoSuggestionError(_("There is no suggestion left to use here. Reload the page."))
    _take(row.importing, [row.number], target, account_of(by))
    row.refresh_from_db()
    trail.nothing(NOT_YET)


@command
def take_suggestions(importing, *, target, code, seen, by, at):
    """Let all rows with one kind of fault in one column mean what Krets suggests for each.

    `seen` is as for `answer_faults`. Rows about people with protected details are left as they are.
    """
    kind, account = {"target": target, "code": code}, account_of(by)
    faults = answered_as(importing, **kind, answer="", seen=seen, account=account)
    numbers = list(faults.order_by("number").values_list("number", flat=True))
    _take(importing, numbers, target, account)
    trail.nothing(NOT_YET)


def _take(importing, numbers, target, account):
    for taken in take_rows(importing, numbers, target, account):
        stand(importing, taken)
