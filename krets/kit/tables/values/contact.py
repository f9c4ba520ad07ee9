"""E-mail addresses and postal codes."""

import re

from krets.kit.tables.values.problems import BadValueError

_PLAIN = re.compile(
    r"[A-Za-z0-9_+-]+(?:\.[A-Za-z0-9_+-]+)*"
    r"@((?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z]{2,24})"
)
_LONGEST_LOCAL = 64
_LONGEST_PLAIN = 200
# The checker refuses these endings, which reach nobody; so must the quick way.
_NOWHERE = (".test", ".local", ".localhost", ".invalid", ".onion", ".arpa")
# Endings which only a slip of the fingers makes.
_SLIPS = (".con", ".cmo", ".vom", ".comm", ".see", ".ser")
_SPLIT = re.compile(r"[;,|\n]|\s/\s|/|\s+")
_FRAMED = re.compile(r".*<([^<>@\s]+@[^<>\s]+)>", re.DOTALL)
_AT = re.compile(r"\s*[\[({]\s*(?:at|snabel-?a)\s*[\])}]\s*|\s+at\s+", re.IGNORECASE)
_ENDINGS = (
    (re.compile(r"@gm(?:ial|ali|al|aill)\.", re.IGNORECASE), "@gmail."),
    (re.compile(r"@hot(?:mial|mal|mai)\.", re.IGNORECASE), "@hotmail."),
    (re.compile(r"\.(?:con|cmo|vom|comm)$", re.IGNORECASE), ".com"),
    (re.compile(r"\.(?:see|ser)$", re.IGNORECASE), ".se"),
)
_SWEDEN = frozenset({"", "se", "sverige", "sweden"})
_CODE = re.compile(r"(?:SE?\s?[-–]?\s?)?(\d{3})\s?(\d{2})", re.IGNORECASE)
_CODE_CITY = re.compile(r"(?:SE?\s?[-–]?\s?)?(\d{3})\s?(\d{2})[\s,]+(\D.*)", re.IGNORECASE)


def read_email(value):
    """Return the address as it is delivered to (domain in lower case), or raise BadValueError."""
    text = str(value).strip()
    if _PLAIN.fullmatch(text):
        return _checked(text) or _refuse(text)
    return _checked(_bared(text)) or _refuse(text)


def read_emails(value):
    """Return every address in a cell; raise BadValueError if the first cannot be read."""
    text = str(value).strip()
    if _PLAIN.fullmatch(text):
        return [read_email(text)]
    parts = [part for part in _SPLIT.split(text) if "@" in part]
    if len(parts) < 2:  # noqa: PLR2004 -- several
        return [read_email(text)]
    found = [address for part in parts if (address := _checked(_bared(part)))]
    return list(dict.fromkeys(found)) or _refuse(text)


def _bared(text):
    framed = _FRAMED.fullmatch(text)
    if framed:
        text = framed[1]
    text = text.strip(" \t\n<>\"'“”")
    if text[:7].lower() == "mailto:":
        text = text[7:].partition("?")[0]
    return text.strip(" .;,:<>")


def _checked(text):
    """Return the address, or None. Plain addresses take a short way; the checker is slow."""
    found = _PLAIN.fullmatch(text)
    if found and len(text) < _LONGEST_PLAIN:
        domain = found[1].lower()
        local = text[: -len(domain) - 1]
        if domain.endswith(_SLIPS):
            return None
        if len(local) <= _LONGEST_LOCAL and not domain.endswith(_NOWHERE) and "xn--" not in domain:
            return f"{local}@{domain}"
    if "@" not in text:
        return None
    return _checked_slowly(text)


def _checked_slowly(text):
    from email_validator import EmailNotValidError, validate_email  # noqa: PLC0415 -- slow import

    try:
        return validate_email(text, check_deliverability=False).normalized
    except EmailNotValidError:
        return None


def _refuse(text):
    guess = _guess(text)
    if guess:
        raise BadValueError("email_guessed", value=text, suggestion=guess)
    raise BadValueError("email_unreadable", value=text)


def _guess(text):
    text = _AT.sub("@", _bared(text))
    if text.count("@") != 1:
        return None
    local, _, domain = text.partition("@")
    domain = domain.replace(",", ".").replace(" ", "").replace("..", ".")
    text = f"{local.strip().replace(' ', '.').replace('..', '.')}@{domain}"
    for wrong, right in _ENDINGS:
        text = wrong.sub(right, text)
    return _checked(text) if _PLAIN.fullmatch(text) else None


def read_postal_code(value, *, country=""):
    """Return a Swedish code as "610 40"; codes of other countries stand as they are."""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    text = " ".join(str(value).split())
    if len(text) == 5 and text.isdecimal() and text.isascii():  # noqa: PLR2004 -- digits of a code
        return f"{text[:3]} {text[3:]}"
    found = _CODE.fullmatch(text)
    if found:
        return f"{found[1]} {found[2]}"
    if country.strip().lower() not in _SWEDEN:
        return text[:12]
    raise BadValueError("postal_code_unreadable", value=text)


def split_postal_city(text):
    """Return (postal code, city) of "610 40 Björkvik"; the code is "" where there is none."""
    found = _CODE_CITY.fullmatch(" ".join(str(text).split()))
    return (f"{found[1]} {found[2]}", found[3]) if found else ("", str(text))
