"""Phone numbers in any habit, as E.164."""

import re

import phonenumbers
from phonenumbers.phonemetadata import PhoneMetadata

from krets.kit.tables.values.problems import BadValueError

_SPLIT = re.compile(r"\s*(?:[,;|\n]|\s/\s|\beller\b|\boch\b|\bor\b|\band\b|/)\s*", re.IGNORECASE)
_EXTENSION = re.compile(
    r"(?:\b(?:ankn|anknytning|ext|extension|vx|växel)\b|[#x]\s?\d).*", re.IGNORECASE | re.DOTALL
)
_TRUNK = re.compile(r"\(\s*0\s*\)")
_BRACKETED_WORDS = re.compile(r"\([^)\d]*\)")
_NO_SIGN = re.compile(r"[^\d+]+")
_WORDS = re.compile(r"[^\d+()\s.\-–]+")
_LOST_ZERO = 9
_FEWEST_DIGITS = 5
_MOST_LETTERS = 200


def _swedish():
    """Return the library's own pattern of Swedish numbers: one match decides nearly all of them."""
    data = PhoneMetadata.metadata_for_region("SE")
    kinds = (
        data.mobile,
        data.fixed_line,
        data.voip,
        data.toll_free,
        data.premium_rate,
        data.shared_cost,
        data.personal_number,
        data.uan,
        data.pager,
        data.voicemail,
    )
    patterns = [k.national_number_pattern for k in kinds if k and k.national_number_pattern]
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns))


_VALID = _swedish()
_MOBILE = re.compile(PhoneMetadata.metadata_for_region("SE").mobile.national_number_pattern)


def read_phones(value):
    """Return the numbers in a cell as E.164; raise BadValueError if there is none."""
    if isinstance(value, float):
        value = int(value) if value.is_integer() else str(value)
    found, fault = _read_phones(str(value), isinstance(value, int))
    if fault:
        raise BadValueError(fault, value=value)
    return list(found)


def read_phone(value):
    """Return the first number in a cell as E.164."""
    return read_phones(value)[0]


def phone_kind(number):
    """Return "mobile" for a number texts can be sent to, else "fixed" (foreign: "mobile")."""
    if number.startswith("+46"):
        return "mobile" if _MOBILE.fullmatch(number[3:]) else "fixed"
    return "mobile"


def _read_phones(text, numeric):
    text = text[:_MOST_LETTERS]
    whole = _one(text, numeric=numeric)
    if whole:
        return (whole,), None
    numbers = [number for part in _SPLIT.split(text) if (number := _one(part, numeric=False))]
    if not numbers:
        # Words between them: "hem 08-… arb 070-…".
        parts = _WORDS.split(text)
        numbers = [number for part in parts if (number := _one(part, numeric=False))]
    if numbers:
        return tuple(dict.fromkeys(numbers)), None
    digits = sum(map(str.isdecimal, text))
    if _FEWEST_DIGITS <= digits < _LOST_ZERO and not text.lstrip().startswith(("0", "+")):
        return (), "phone_no_area_code"
    return (), "phone_unreadable"


def _one(text, *, numeric):
    if not text.isdecimal():
        text = _BRACKETED_WORDS.sub(" ", _TRUNK.sub("", _EXTENSION.sub("", text)))
        text = _NO_SIGN.sub("", text)
        if "+" in text[1:]:
            return None
    if not text.isascii() or len(text) < _FEWEST_DIGITS:
        return None
    national = _national(text, numeric=numeric)
    if national is not None:
        return f"+46{national}" if _VALID.fullmatch(national) else None
    return _foreign(text)


def _national(digits, *, numeric):
    """Return the digits after Sweden's code, or None for another country's number."""
    for code in ("+46", "0046", "+0046"):
        if digits.startswith(code):
            return digits[len(code) :].removeprefix("0")
    if digits.startswith(("+", "00")):
        return None
    if digits.startswith("0"):
        return digits[1:]
    if digits.startswith("46") and len(digits) > _LOST_ZERO and _VALID.fullmatch(digits[2:]):
        return digits[2:]
    # The zero is lost where a spreadsheet took the number for an amount.
    if numeric or len(digits) == _LOST_ZERO:
        return digits
    return ""


def _foreign(digits):
    international = "+" + digits.lstrip("+").removeprefix("00")
    try:
        number = phonenumbers.parse(international, None)
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_valid_number(number):
        return None
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
