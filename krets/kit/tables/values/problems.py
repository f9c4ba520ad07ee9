"""What is said when a value cannot be read: a code, so that each reads it in own language."""

from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "date_unreadable": _("“%(value)s” is not a date we can read. Write it as %(example)s."),
    "date_impossible": _(
        "There is no day %(value)s. Find the right day, and write it the same way as %(example)s."
    ),
    "year_unreadable": _("“%(value)s” is not a year. Write it with four digits, as 1991."),
    "birth_year_not_yet": _(
        "The birth year %(value)s is in the future. We think it should be %(suggestion)s."
    ),
    "birth_not_yet": _("The birth date %(value)s is in the future. Look for a wrong digit."),
    "birth_too_old": _(
        "Born %(value)s would be more than 120 years ago. We think it should be %(suggestion)s."
    ),
    "birth_too_old_unguessed": _(
        "Born %(value)s would be more than 120 years ago. Look for a wrong digit."
    ),
    "phone_unreadable": _(
        "“%(value)s” is not a phone number. Write it with the area code, as 08-123 456 78."
    ),
    "phone_no_area_code": _("The phone number “%(value)s” has no area code. Write it first."),
    "postal_code_unreadable": _(
        "“%(value)s” is not a Swedish postal code. It has five digits, as 610 40."
    ),
    "email_unreadable": _(
        "“%(value)s” is not an e-mail address. It is written as anna@example.se."
    ),
    "email_guessed": _(
        "“%(value)s” is not an e-mail address. We think it should be %(suggestion)s."
    ),
    "sex_unreadable": _("We do not know which sex “%(value)s” stands for. Write man or woman."),
    "yes_no_unreadable": _("“%(value)s” is neither yes nor no. Write yes, no or an X."),
    "money_unreadable": _("“%(value)s” is not an amount. Write it as 250 or 250,00."),
    # The number itself is never among the words.
    "identity_unreadable": _(
        "This is not a personal identity number. Write the birth date instead."
    ),
    "identity_wrong": _(
        "A digit is wrong in the personal identity number. If the birth date is %(suggestion)s, "
        "write just that."
    ),
    "identity_year_not_yet": _(
        "The birth year %(value)s is in the future. We think the birth date is %(suggestion)s."
    ),
    "identity_wrong_unguessed": _(
        "A digit is wrong in the personal identity number. Write the birth date instead."
    ),
    "identity_of_organisation": _(
        "This is the number of an organisation, not of a person. Write the birth date instead."
    ),
}
# What a date looks like; one of birth lies further back.
DATE, BIRTH = "2026-11-17", "1984-03-17"
_BLANK = frozenset(
    {
        "-",
        "--",
        "–",
        "—",
        ".",
        "?",
        "#n/a",
        "#saknas!",
        "n/a",
        "nan",
        "null",
        "none",
        "saknas",
        "okänd",
        "okänt",
        "unknown",
        "missing",
        "uppgift saknas",
        "ej angivet",
        "ej angiven",
        "finns ej",
        "finns inte",
        "har ingen",
        "ingen",
        "inget",
    }
)
_LONGEST_SHOWN = 60
_LONGEST_BLANK = max(map(len, _BLANK))


class BadValueError(ValueError):
    """A value that cannot be read. Its text is only the code: words of persons reach no log.

    `message` is the sentence for people, `suggestion` what we think was meant (or None).
    """

    def __init__(self, code, *, value="", suggestion=None):
        super().__init__(code)
        self.code = code
        self.suggestion = suggestion
        self.words = {"value": str(value)[:_LONGEST_SHOWN]}
        if suggestion is not None:
            self.words["suggestion"] = str(suggestion)

    @property
    def message(self):
        return sentence(self.code, self.words)


def sentence(code, words, sentences=SENTENCES):
    """Return the sentence of a code with its words, in the language now spoken."""
    return sentences[code] % {"example": DATE, **words}


def is_blank(value):
    """Tell whether a cell says nothing, or only that nothing is known. Not for names."""
    if value.__class__ is not str:
        return value is None
    return len(value) <= _LONGEST_BLANK and (not value or value.lower() in _BLANK)
