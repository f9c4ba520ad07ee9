"""What a row says, in the words of the register: the form in which it is compared and kept."""

import json
import re
from datetime import date

from krets.kit.tables.swedish import fold
from krets.kit.tables.totals import is_total
from krets.kit.tables.values import cut_identity_numbers
from krets.register.imports.columns import FEE_PREFIX, Target
from krets.register.imports.known import PHONES
from krets.register.members.models import Membership

_RENAMED = {
    Target.BIRTH_DATE.value: "born_on",
    Target.BIRTH_YEAR.value: "born_year",
    Target.CO.value: "care_of",
    Target.POSITION.value: "roles",
    Target.PROTECTION.value: "protected",
    Target.SMS_CONSENT.value: "sms",
    Target.MEMBER_TYPE.value: "kind",
}
# What there is no place for: the person has one address to write to.
_DROPPED = frozenset({Target.EMAIL2.value})
_SHORTENED = {"kind": 60, "branch": 100, "left_words": 500}
_EACH_SHORTENED = {"roles": 150, "interests": 60, "competences": 60, "tags": 60}
_KNOWN_BY = ("email", *PHONES, "born_year")
_OF_SUMS = re.compile(r"\d|medlem|member|summa|total|antal", re.IGNORECASE)
DAYS = ("born_on", "joined_on", "joined_party_on", "left_on")

_REASONS = (
    (Membership.Reason.DECEASED, ("avlid", "dod", "dott", "decea", "died", "dead")),
    (Membership.Reason.MOVED, ("flytt", "moved", "moving", "overflytt", "bytt foren", "transfer")),
    (Membership.Reason.MONEY, ("ekonomi", "pengar", "kostnad", "for dyr", "money", "too expens")),
    (
        Membership.Reason.TIME,
        ("tidsbrist", "brist pa tid", "hinner inte", "no time", "lack of time"),
    ),
    (Membership.Reason.POLITICS, ("politi", "asikt", "ideolog")),
    (Membership.Reason.CONFLICT, ("konflikt", "ovan", "conflict", "osams")),
)
# Wider than the cutting of numbers in running text: in these cells whatever is so long is one.
_WHATEVER_IS_LONG = re.compile(r"(\d{6}(?:\d\d)?)\s?[-–−+]?\s?[\w*]{4}(?!\d)")
_NUMBERED = frozenset({Target.IDENTITY_NUMBER.value, Target.BIRTH_DATE.value})


def values_of(row):
    """Return what a MemberRow says as {detail: value}; what it does not say is not there."""
    values = {
        _RENAMED.get(target, target): value
        for target, value in row.values.items()
        if target not in _DROPPED
    }
    if "leave_reason" in values:
        words = values.pop("leave_reason")
        values["left_reason"], values["left_words"] = reason_of(words), words
    for name, most in _SHORTENED.items():
        if name in values:
            values[name] = values[name][:most]
    for name, most in _EACH_SHORTENED.items():
        if name in values:
            values[name] = [word[:most] for word in values[name]]
    fees = {fee.year: (fee.paid_on, fee.amount_ore) for fee in row.fees if fee.paid}
    if fees:
        values["fees"] = fees
    return values


def says_total(values):
    """Tell whether a row is a sum of others: named so, and with nothing to know a person by."""
    # Asked of every row: most are known by what stands first.
    if values.get("born_on") or any(name in values for name in _KNOWN_BY):
        return False
    number = values.get("register_number", "")
    if number and not is_total(number):
        return False
    first, last = values.get("first_name", ""), values.get("last_name", "")
    return bool(number) or _sums(first, last) or _sums(last, first)


def _sums(name, rest):
    """Tell whether one part of a name is a word for a sum, and the other is no name either."""
    return bool(name) and is_total(name) and (not rest or bool(_OF_SUMS.search(rest)))


def reason_of(words):
    """Return the reason for leaving that some words stand for; "other" when none is recognised."""
    folded = fold(words)
    for reason, beginnings in _REASONS:
        if any(folded.startswith(part) or f" {part}" in folded for part in beginnings):
            return reason.value
    return Membership.Reason.OTHER.value


def as_json(values):
    """Return values as the text of JSON, days as 2026-11-17."""
    return _encode(values)


def from_json(values):
    """Return kept values as `values_of` made them."""
    values = dict(values)
    for name in DAYS:
        if values.get(name):
            values[name] = date.fromisoformat(values[name])
    if "fees" in values:
        values["fees"] = {
            int(year): (date.fromisoformat(paid_on) if paid_on else None, amount)
            for year, (paid_on, amount) in values["fees"].items()
        }
    return values


def cells_to_show(cells, targets, *, today):
    """Return a row's cells as plain texts with no identity number, right or wrong, in them."""
    return [_shown(cell, target, today) for cell, target in zip(cells, targets, strict=False)]


def _shown(cell, target, today):
    if cell is None:
        return ""
    if isinstance(cell, date):
        return cell.isoformat()[:10]
    text = str(cut_identity_numbers(cell, today=today))
    return _WHATEVER_IS_LONG.sub(r"\1", text) if target in _NUMBERED else text


def _iso(value):
    return value.isoformat()


_encode = json.JSONEncoder(ensure_ascii=False, default=_iso, separators=(",", ":")).encode


def kind_of_target(target):
    """Return what a column's target is about: all years' fees are one."""
    if target.startswith((FEE_PREFIX, "fee_")):
        return "fees"
    return "roles" if target == Target.POSITION else target
