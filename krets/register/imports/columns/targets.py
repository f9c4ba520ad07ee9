"""The fields a column of a member file can be read into."""

import re
from enum import StrEnum

from django.utils.translation import gettext_lazy as _

FEE_PREFIX = "fee:"
_FEE = re.compile(r"fee:(?:19|20)\d\d")


class Target(StrEnum):
    """A field of the register. A year's fee has a target of its own: "fee:2025"."""

    REGISTER_NUMBER = "register_number"
    FIRST_NAME = "first_name"
    LAST_NAME = "last_name"
    FULL_NAME = "full_name"
    LAST_FIRST_NAME = "last_first_name"
    BIRTH_DATE = "birth_date"
    BIRTH_YEAR = "birth_year"
    IDENTITY_NUMBER = "identity_number"
    SEX = "sex"
    EMAIL = "email"
    EMAIL2 = "email2"
    PHONE = "phone"
    PHONE_HOME = "phone_home"
    PHONE_WORK = "phone_work"
    CO = "co"
    STREET = "street"
    POSTAL_CODE = "postal_code"
    CITY = "city"
    COUNTRY = "country"
    JOINED_ON = "joined_on"
    JOINED_PARTY_ON = "joined_party_on"
    LEFT_ON = "left_on"
    LEAVE_REASON = "leave_reason"
    FEE_YEAR = "fee_year"
    FEE_PAID_THROUGH = "fee_paid_through"
    FEE_PAID_ON = "fee_paid_on"
    FEE_PAID = "fee_paid"
    FEE_AMOUNT = "fee_amount"
    UNION = "union"
    OCCUPATION = "occupation"
    LANGUAGE = "language"
    BRANCH = "branch"
    POSITION = "position"
    INTERESTS = "interests"
    COMPETENCES = "competences"
    TAGS = "tags"
    NOTE = "note"
    PROTECTION = "protection"
    SMS_CONSENT = "sms_consent"
    MEMBER_TYPE = "member_type"
    IGNORE = "ignore"


LABELS = {
    Target.REGISTER_NUMBER: _("Register number"),
    Target.FIRST_NAME: _("First name"),
    Target.LAST_NAME: _("Last name"),
    Target.FULL_NAME: _("First and last name in one"),
    Target.LAST_FIRST_NAME: _("Last name, first name in one"),
    Target.BIRTH_DATE: _("Birth date"),
    Target.BIRTH_YEAR: _("Birth year"),
    Target.IDENTITY_NUMBER: _("Personal identity number (only the birth date is taken)"),
    Target.SEX: _("Sex"),
    Target.EMAIL: _("E-mail"),
    Target.EMAIL2: _("Second e-mail"),
    Target.PHONE: _("Mobile phone"),
    Target.PHONE_HOME: _("Home phone"),
    Target.PHONE_WORK: _("Work phone"),
    Target.CO: _("c/o"),
    Target.STREET: _("Street address"),
    Target.POSTAL_CODE: _("Postal code"),
    Target.CITY: _("City"),
    Target.COUNTRY: _("Country"),
    Target.JOINED_ON: _("Joined the association"),
    Target.JOINED_PARTY_ON: _("Joined the party"),
    Target.LEFT_ON: _("Left"),
    Target.LEAVE_REASON: _("Why they left"),
    Target.FEE_YEAR: _("Year of the fee"),
    Target.FEE_PAID_THROUGH: _("Fee paid through"),
    Target.FEE_PAID_ON: _("Day the fee was paid"),
    Target.FEE_PAID: _("Fee paid, yes or no"),
    Target.FEE_AMOUNT: _("Amount of the fee"),
    Target.UNION: _("Trade union"),
    Target.OCCUPATION: _("Occupation"),
    Target.LANGUAGE: _("Language"),
    Target.BRANCH: _("Association"),
    Target.POSITION: _("Positions (shown, give no access)"),
    Target.INTERESTS: _("Interests"),
    Target.COMPETENCES: _("Competences"),
    Target.TAGS: _("Tags"),
    Target.NOTE: _("Note"),
    Target.PROTECTION: _("Protected details"),
    Target.SMS_CONSENT: _("Agrees to text messages"),
    Target.MEMBER_TYPE: _("Kind of membership"),
    Target.IGNORE: _("Do not import"),
}

# More than one column may be read into these; all others take one.
REPEATABLE = frozenset({Target.TAGS, Target.PHONE, Target.IGNORE})
TELLING_YEARS = frozenset({Target.FEE_YEAR, Target.FEE_PAID_THROUGH})
ADDRESS = frozenset({Target.CO, Target.STREET, Target.POSTAL_CODE, Target.CITY, Target.COUNTRY})


def fee_target(year):
    return f"{FEE_PREFIX}{year}"


def tells_fees_of(targets, year):
    """Tell whether columns of these targets say who has paid for the year.

    A column of whether or when, beside that of one year ("Avgift 2025"), is about that year; else
    it is about this one.
    """
    years = {target for target in targets if target.startswith(FEE_PREFIX)}
    if fee_target(year) in years or not TELLING_YEARS.isdisjoint(targets):
        return True
    return bool({Target.FEE_PAID, Target.FEE_PAID_ON} & set(targets)) and len(years) != 1


def is_target(name):
    return name in LABELS or bool(_FEE.fullmatch(name))


def label_of(target):
    """Return what a target is called on the screen."""
    if target.startswith(FEE_PREFIX):
        return _("Fee %(year)s") % {"year": target.removeprefix(FEE_PREFIX)}
    return LABELS[Target(target)]
