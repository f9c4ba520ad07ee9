"""What is wrong with a cell or a row, in words for the one who mends it."""

from typing import NamedTuple

from django.utils.translation import gettext_lazy as _

from krets.kit.tables.values import cut_identity_numbers, sentence
from krets.kit.tables.values.problems import SENTENCES as VALUE_SENTENCES
from krets.register.imports.columns.targets import Target

SENTENCES = VALUE_SENTENCES | {
    "no_name": _("The name is missing. Write the name in the file and import it again."),
    "joined_not_yet": _(
        "The joining date %(value)s is more than a month from now. Look for a wrong digit."
    ),
    "joined_too_early": _(
        "The joining date %(value)s is before there were such lists. It was not imported."
    ),
    "left_not_yet": _("The leaving date %(value)s is in the future. It was not imported."),
    "left_before_joined": _("The leaving date is before the joining date. It was not imported."),
    "number_is_identity": _(
        "The register number is a personal identity number, which we never keep. It was not"
        " imported."
    ),
    "too_long": _("The text is longer than %(limit)s characters. The end was cut off."),
    "fee_unreadable": _(
        "“%(value)s” is neither an amount nor a day. Write it as 250, as %(example)s or with an X."
    ),
    "phones_too_many": _("There is room for three phone numbers. The others were not imported."),
}

_BIRTHS = frozenset({Target.BIRTH_DATE, Target.BIRTH_YEAR, Target.IDENTITY_NUMBER})
_FATAL = frozenset(
    {
        "birth_year_not_yet",
        "birth_not_yet",
        "birth_too_old",
        "birth_too_old_unguessed",
        "date_impossible",
    }
)


class Problem(NamedTuple):
    """What is wrong with one cell, as a code and its words; `message` is the sentence for people.

    `words["suggestion"]`, where there is one, is what we think was meant.
    """

    target: str
    code: str
    words: dict[str, str]
    fatal: bool = False

    @property
    def message(self):
        return sentence(self.code, self.words, SENTENCES)


def problem_of(target, error):
    """Return the Problem a bad value in a column is; only births which cannot be reject a row."""
    words = dict(error.words)
    words["value"] = _shown(target, words["value"])
    return Problem(target, error.code, words, target in _BIRTHS and error.code in _FATAL)


def _shown(target, value):
    """A cell as it may be repeated: never with an identity number, right or wrong, in it."""
    if target in _BIRTHS:
        digits = sum(map(str.isdecimal, value))
        return f"{value[:8]}…" if digits > len("20261117") else value
    return cut_identity_numbers(value)
