"""What a person's details are called, and how their values are written for people."""

from datetime import date

from django.utils.translation import gettext, pgettext
from django.utils.translation import gettext_lazy as _

from krets.kit import languages
from krets.kit.ui.days import written as written_day
from krets.kit.ui.phones import spaced
from krets.register.access.scope import Fields
from krets.register.members.fields import COLUMNS
from krets.register.members.models import Membership, Person

LABELS = {
    "register_number": _("Register number"),
    "first_name": _("First name"),
    "last_name": _("Last name"),
    "said_as": _("Pronounced"),
    "born_on": _("Born"),
    "born_year": _("Year of birth"),
    "sex": _("Sex"),
    "email": _("E-mail"),
    "phone": _("Mobile phone"),
    "phone_home": _("Home phone"),
    "phone_work": _("Work phone"),
    "care_of": _("Care of"),
    "street": _("Street"),
    "postal_code": _("Postal code"),
    "city": _("City"),
    "country": _("Country"),
    "language": _("Language"),
    "union": _("Trade union"),
    "occupation": _("Occupation"),
    "sms_agreed_at": _("Agreed to text messages"),
    "no_calls_at": _("Does not want calls"),
    "supports_quietly_at": _("Supports quietly"),
    "protected_at": _("Protected details"),
    "deceased_on": _("Deceased"),
    "joined_on": _("Member since"),
    "left_on": _("Left"),
    "contact_person": _("Contact person"),
}

PHONES = ("phone", "phone_home", "phone_work")
# What stands for the day of a death where nobody knows it.
DAY_UNKNOWN = "unknown"
DAYS = ("born_on", "deceased_on", "joined_on", "left_on")


_GROUPS = {column: group for group, names in COLUMNS.items() for column in names}
_GROUPS |= {"contact_person": Fields.PROFILE, "deceased_on": Fields.MEMBERSHIP}
_GROUPS |= {"protected_at": Fields.REGISTER}


def group_of(field):
    """Return the group of fields that must be opened for a detail to be told."""
    return _GROUPS.get(field, Fields.REGISTER)


def in_order(fields):
    """Return the names of fields as people expect them; a database keeps no order of its own."""
    places = {field: place for place, field in enumerate(LABELS)}
    return sorted(fields, key=lambda field: (places.get(field, len(places)), field))


def label(field):
    """Return what the field is called on screen."""
    return str(LABELS.get(field, field.replace("_", " ")))


def written(field, value):
    """Return a detail's value as people write it; an empty text where there is none."""
    if value in (None, ""):
        return ""
    if field.endswith("_at"):
        return pgettext("detail", "yes")
    write = _WAYS.get(field, str)
    return str(write(value))


def _sex(value):
    return dict(Person.Sex.choices).get(value, value)


def _reason(value):
    return dict(Membership.Reason.choices).get(value, value)


def _day(value):
    if value == DAY_UNKNOWN:
        return _("the day is not known")
    return written_day(date.fromisoformat(str(value)), "j F Y")


_WAYS = {
    "sex": _sex,
    "left_reason": _reason,
    "language": languages.said,
    **dict.fromkeys(PHONES, spaced),
    **dict.fromkeys(DAYS, _day),
}


def changed_in_words(changed, fields):
    """Return what was changed, a line for each detail as far as the fields are opened.

    `changed` is {field: (old, new)}.
    """
    opened = [field for field in in_order(changed) if group_of(field) in fields]
    return "\n".join(_changed(field, *changed[field]) for field in opened)


def _changed(field, old, new):
    words = {"field": label(field), "old": _whole(field, old), "new": _whole(field, new)}
    if not words["old"]:
        return gettext("%(field)s: %(new)s") % words
    if not words["new"]:
        return gettext("%(field)s: %(old)s was removed") % words
    return gettext("%(field)s: %(old)s → %(new)s") % words


def _whole(field, value):
    """Return the value as written; a phone number never turns the line in its middle."""
    text = written(field, value)
    if field in PHONES:
        return text.replace(" ", "\N{NO-BREAK SPACE}").replace("-", "\N{NON-BREAKING HYPHEN}")
    return text
