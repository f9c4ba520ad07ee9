"""What do the values of a column look like? Shares of kinds, proof for a target or against."""

import re
from datetime import date

from krets.kit.tables.values import cut_identity_numbers
from krets.register.imports.columns.spans import is_within
from krets.register.imports.columns.targets import Target

_EMAIL = re.compile(r"\S+@\S+\.\w{2,}")
_PHONE = re.compile(r"(?=(?:\D*\d){7,})[+(\d][\d\s()+/.\-–]{6,}(?:[,;/\s].*)?")
_IDENTITY = re.compile(
    r"(?:18|19|20)?\d\d(?:0\d|1[0-2])(?:[0-2]\d|3[01]|[6-8]\d|9[01])[-+]?"
    r"(?:[\dTRSUWXJKLMN]\d{3}|[xX*]{4})"
)
_TEN_DIGITS = re.compile(r"\d{10}")
_DATE = re.compile(
    r"\d{4}[-/. ]\d{1,2}[-/. ]\d{1,2}(?:[T ].*)?|\d{1,2}[-/. ]\d{1,2}[-/. ]+(?:\d{4}|\d\d)"
    r"|(?:18|19|20)\d{6}|\d\d(?:0\d|1[0-2])[0-3]\d|(?:den )?\d{1,2} \w{3,9} \d{2,4}"
)
_POSTAL = re.compile(r"(?:SE?-?\s?)?[1-9]\d\d ?\d\d(?: \D+)?", re.IGNORECASE)
_YEAR = re.compile(r"(?:19|20)\d\d")
_MONEY = re.compile(r"\d[\d ]{0,6}(?:[.,]\d\d?)?(?: ?(?:kr|:-|SEK|kronor))?", re.IGNORECASE)
_LAST_FIRST = re.compile(r"[^\W\d][^\d,@]*, ?[^\W\d][^\d,@]*")
_STREET = re.compile(r"[^\W\d][^\d@,]{3,} \d{1,4}(?: ?[A-Za-z])?\b.*")
# Shares that decide: half of the cells, most of them, nearly all.
HALF, MOST, NEARLY = 0.5, 0.6, 0.8
_SEX = frozenset(
    ["m", "k", "f", "w", "man", "kvinna", "male", "female", "flicka", "pojke", "annat", "other"]
)
_YES_NO = frozenset(
    [
        "ja",
        "nej",
        "j",
        "n",
        "x",
        "1",
        "0",
        "true",
        "false",
        "sant",
        "falskt",
        "yes",
        "no",
        "y",
        "betald",
        "obetald",
    ]
)
_SERIALS = range(5_000, 60_000)
_PHONES = range(10**7, 10**12)


def _is_identity(text):
    """Ten digits alone may as well be a mobile number: then the check digit decides."""
    if not _IDENTITY.fullmatch(text):
        return False
    return not _TEN_DIGITS.fullmatch(text) or cut_identity_numbers(text) != text


# Whole cells are matched; several kinds may hold.
_KINDS = {
    "email": _EMAIL.search,
    "phone": _PHONE.fullmatch,
    "identity": _is_identity,
    "date": _DATE.fullmatch,
    "postal": _POSTAL.fullmatch,
    "year": _YEAR.fullmatch,
    "money": _MONEY.fullmatch,
    "last_first": _LAST_FIRST.fullmatch,
    "street": _STREET.fullmatch,
    "sex": lambda text: text.lower() in _SEX,
    "yes_no": lambda text: text.lower() in _YES_NO,
    "digits": lambda text: any(map(str.isdigit, text)),
    "letters": lambda text: any(map(str.isalpha, text)) and "@" not in text,
}

# What must stand in a column for its heading to be believed.
PROOF = {
    Target.EMAIL: ("email",),
    Target.EMAIL2: ("email",),
    Target.PHONE: ("phone",),
    Target.PHONE_HOME: ("phone",),
    Target.PHONE_WORK: ("phone",),
    Target.IDENTITY_NUMBER: ("identity", "date"),
    Target.BIRTH_DATE: ("date", "identity", "year"),
    Target.BIRTH_YEAR: ("year", "date"),
    Target.JOINED_ON: ("date", "year"),
    Target.JOINED_PARTY_ON: ("date", "year"),
    Target.LEFT_ON: ("date", "year"),
    Target.POSTAL_CODE: ("postal",),
    Target.FIRST_NAME: ("letters",),
    Target.LAST_NAME: ("letters",),
    Target.FULL_NAME: ("letters",),
    Target.CITY: ("letters",),
    Target.FEE_YEAR: ("year", "date"),
    Target.FEE_PAID_THROUGH: ("year", "date"),
    Target.FEE_PAID_ON: ("date",),
    Target.FEE_PAID: ("yes_no", "date"),
    Target.FEE_AMOUNT: ("money",),
    "fee": ("yes_no", "date", "money"),
}

# (kind, target, score, least share): what the values say by themselves.
ALONE = (
    ("email", Target.EMAIL, 62, 0.8),
    ("email", Target.EMAIL2, 45, 0.8),
    ("identity", Target.IDENTITY_NUMBER, 65, 0.8),
    ("phone", Target.PHONE, 52, 0.8),
    ("shared_postal", Target.POSTAL_CODE, 50, 0.9),
    ("sex", Target.SEX, 45, 0.95),
    ("last_first", Target.LAST_FIRST_NAME, 46, 0.9),
    ("street", Target.STREET, 44, 0.8),
)


def shares(cells):
    """Return the share of cells of each kind; nothing where there are none."""
    if not cells:
        return {}
    counts = dict.fromkeys(_KINDS, 0)
    for cell in cells:
        for kind in _kinds_of(cell):
            counts[kind] += 1
    found = {kind: count / len(cells) for kind, count in counts.items()}
    # Neighbours share a postal code; five digits of which no two are alike are member numbers.
    is_shared = len({str(cell) for cell in cells}) < len(cells)
    found["shared_postal"] = found["postal"] if is_shared else 0
    if max(found["identity"], found["date"]) >= HALF or found["postal"] >= NEARLY:
        # Digits in a row look like phone numbers too.
        found["phone"] = 0
    return found


def _kinds_of(cell):
    if isinstance(cell, date):
        return ("date",)
    if isinstance(cell, bool):
        return ("yes_no",)
    text = str(cell).strip()
    kinds = [kind for kind, holds in _KINDS.items() if holds(text)]
    if isinstance(cell, int | float):
        if is_within(cell, _SERIALS) and "date" not in kinds:
            kinds.append("date")
        if is_within(cell, _PHONES) and "phone" not in kinds:
            kinds.append("phone")
    return kinds
