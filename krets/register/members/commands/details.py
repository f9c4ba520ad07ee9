"""Which details of a person can be changed by hand, and how what is written is stored."""

from datetime import date

from django.utils.translation import gettext as _

from krets.kit.errors import CannotError
from krets.kit.tables import values
from krets.kit.ui.thousands import grouped
from krets.register.members.models import Person

PHONES = ("phone", "phone_home", "phone_work")
OURS = ("said_as",)
REGISTERED = (
    "first_name",
    "last_name",
    "born_on",
    "born_year",
    "sex",
    "email",
    *PHONES,
    "care_of",
    "street",
    "postal_code",
    "city",
    "country",
    "language",
    "union",
    "occupation",
)
"""Details that the central register has too: a change here is a correction to tell it of."""

EDITABLE = (*REGISTERED, *OURS)
# The end of a text for C programs, and signs that turn the writing round for all that follows.
_UNSEEN = dict.fromkeys([0, *range(0x202A, 0x202F), *range(0x2066, 0x206A)])
LONGEST = {field: Person._meta.get_field(field).max_length for field in EDITABLE}


class DetailError(CannotError):
    """A detail that cannot be stored as written; `field` says which."""

    def __init__(self, field, message):
        super().__init__(message)
        self.field = field


def tidied(field, value, *, today, country=""):
    """Return a detail as it is stored, or raise DetailError with what to write instead."""
    if field not in EDITABLE:
        raise KeyError(field)
    if field in {"born_on", "born_year"}:
        return _born(field, value, today)
    text = " ".join(str(value or "").translate(_UNSEEN).split())
    text = values.cut_identity_numbers(text, today=today)
    if not text:
        return ""
    try:
        text = _read(field, text, country)
    except values.BadValueError as error:
        raise DetailError(field, error.message) from error
    if len(text) > LONGEST[field]:
        raise DetailError(
            field,
            _(
                "There is room for %(most)s characters here, and this has %(length)s. Make it"
                " shorter."
            )
            % {"most": grouped(LONGEST[field]), "length": grouped(len(text))},
        )
    return text


def tidied_all(written, *, today, country=""):
    """Return {field: stored value} of what is written; a whole birth date says the year."""
    stored = {
        field: tidied(field, value, country=country, today=today)
        for field, value in written.items()
    }
    if stored.get("born_on"):
        stored["born_year"] = stored["born_on"].year
    return stored


def _read(field, text, country):
    if field in PHONES:
        return values.read_phone(text)
    if field == "email":
        return values.read_email(text)
    if field == "postal_code":
        return values.read_postal_code(text, country=country)
    if field == "sex" and text not in Person.Sex.values:
        raise DetailError(field, _("Choose one of the answers, or none."))
    return text


def _born(field, value, today):
    if value in (None, ""):
        return None
    try:
        born = values.read_birth(value, today=today)
    except values.BadValueError as error:
        raise DetailError(field, error.message) from error
    if field == "born_year":
        return born.year if isinstance(born, date) else born
    if not isinstance(born, date):
        raise DetailError(field, _("Write the whole date, as 1991-03-05, or only the year below."))
    return born
