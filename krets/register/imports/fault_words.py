"""The kinds of fault in words: what a group of rows has in common, and what to do about it."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from krets.kit.ui.thousands import grouped
from krets.register.imports.columns import label_of
from krets.register.imports.models import ImportFault

KINDS = {
    "date_unreadable": gettext_lazy("not a date we can read"),
    "date_impossible": gettext_lazy("a day that does not exist"),
    "year_unreadable": gettext_lazy("not a year"),
    "birth_year_not_yet": gettext_lazy("a year in the future"),
    "birth_not_yet": gettext_lazy("a day in the future"),
    "birth_too_old": gettext_lazy("more than 120 years ago"),
    "birth_too_old_unguessed": gettext_lazy("more than 120 years ago, and no year to guess"),
    "phone_unreadable": gettext_lazy("not a phone number"),
    "phone_no_area_code": gettext_lazy("no area code"),
    "postal_code_unreadable": gettext_lazy("not a postal code"),
    "email_unreadable": gettext_lazy("not an e-mail address"),
    "email_guessed": gettext_lazy("a slip in the e-mail address"),
    "sex_unreadable": gettext_lazy("a word we do not know"),
    "yes_no_unreadable": gettext_lazy("neither yes nor no"),
    "money_unreadable": gettext_lazy("not an amount"),
    "fee_unreadable": gettext_lazy("neither an amount nor a day"),
    "identity_unreadable": gettext_lazy("not a personal identity number"),
    "identity_wrong": gettext_lazy("a wrong digit in the number"),
    "identity_year_not_yet": gettext_lazy("a birth year in the number that is in the future"),
    "identity_wrong_unguessed": gettext_lazy("a wrong digit in the number, and no date to guess"),
    "identity_of_organisation": gettext_lazy("the number of an organisation"),
    "joined_not_yet": gettext_lazy("more than a month from now"),
    "joined_too_early": gettext_lazy("before there were such lists"),
    "left_not_yet": gettext_lazy("a day in the future"),
    "left_before_joined": gettext_lazy("before the joining date"),
    "number_is_identity": gettext_lazy("a personal identity number, which we never keep"),
    "too_long": gettext_lazy("too long, so the end is cut off"),
    "phones_too_many": gettext_lazy("more numbers than there is room for"),
}
# Of these the number still tells a birth date.
_DATED = frozenset({"identity_wrong", "identity_year_not_yet"})
# Of these the sentence says more than what stood in the cell.
TOLD_WHOLE = frozenset({"identity_year_not_yet", "birth_year_not_yet", "birth_too_old"})
# Of these something was taken all the same.
_CUT = frozenset({"too_long", "phones_too_many"})


def title(target, code):
    """Return what the rows of a group have in common: "Birth date: a day that does not exist"."""
    return _("%(field)s: %(kind)s") % {"field": label_of(target), "kind": KINDS[code]}


def take_words(code, count):
    """Return the words of the button that takes what is suggested for all, or "" without one.

    One row has a button of its own. An address that we guessed is looked at one by one.
    """
    if code not in _DATED or count == 1:
        return ""
    words = ngettext("Use the birth date", "Use the birth date for all %(count)s", count)
    return words % {"count": grouped(count)}


def use_words(code, count):
    """Return the words of the button that uses all the rows of a group."""
    if code in _CUT:
        words = ngettext(
            "Use the row as far as there is room",
            "Use all %(count)s as far as there is room",
            count,
        )
    else:
        words = ngettext(
            "Use the row without that value", "Use all %(count)s without that value", count
        )
    return words % {"count": grouped(count)}


def skip_words(count):
    """Return the words of the button that skips all the rows of a group."""
    return ngettext("Skip the row", "Skip all %(count)s rows", count) % {"count": grouped(count)}


def answered_words(code, count, answer):
    """Return what was answered about the rows of a group."""
    if answer == ImportFault.Answer.TAKEN and code in _DATED:
        return ngettext("The birth date is used.", "The birth dates are used.", count)
    if answer == ImportFault.Answer.TAKEN:
        return ngettext("Our suggestion is used.", "Our suggestions are used.", count)
    if answer == ImportFault.Answer.SKIP:
        return ngettext("The row is skipped.", "The rows are skipped.", count)
    if code in _CUT:
        return ngettext(
            "The row is used as far as there is room.",
            "The rows are used as far as there is room.",
            count,
        )
    return ngettext(
        "The row is used without that value.", "The rows are used without that value.", count
    )


def unanswered_words(code, count, *, grave):
    """Return what happens to the rows of a group if nobody answers."""
    if grave:
        return ngettext(
            "Without an answer the row is skipped this time.",
            "Without an answer the rows are skipped this time.",
            count,
        )
    if code in _CUT:
        return ngettext(
            "Without an answer the row is used as far as there is room.",
            "Without an answer the rows are used as far as there is room.",
            count,
        )
    return ngettext(
        "Without an answer the row is used without that value.",
        "Without an answer the rows are used without that value.",
        count,
    )
