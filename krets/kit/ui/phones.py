"""Telephone numbers as people here read them."""

import phonenumbers

_SWEDEN = 46


def spaced(number):
    """Return the number as it is written in Sweden (070-174 06 05), or internationally."""
    parsed = _parsed(number)
    if parsed is None:
        return str(number or "")
    if parsed.country_code != _SWEDEN:
        return phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.INTERNATIONAL)
    return phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.NATIONAL)


def dialled(number):
    """Return the address that rings the number, or an empty string when it cannot be rung."""
    parsed = _parsed(number)
    if parsed is None:
        return ""
    number = phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164)
    return f"tel:{number}"


def _parsed(number):
    try:
        parsed = phonenumbers.parse(str(number or ""), "SE")
    except phonenumbers.NumberParseException:
        return None
    return parsed if phonenumbers.is_possible_number(parsed) else None
