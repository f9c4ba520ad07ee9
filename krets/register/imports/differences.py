"""What a row changes, and what is worth telling of it, in words."""

from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from krets.kit.ui.days import plain as plain_day
from krets.kit.ui.days import written as written_day
from krets.kit.ui.phones import spaced as spaced_phone
from krets.register.imports.known import DETAILS, PHONES
from krets.register.members.queries import label, written
from krets.register.members.queries.words import DAY_UNKNOWN

_MARKS = frozenset({"sms_agreed_at", "protected_at"})
_LISTS = frozenset({"roles", "interests", "competences", "tags"})


def field_in_words(name, old, new, today):
    """Return one change as {label, old, new} in words."""
    if name.startswith("fee_"):
        told = [_fee(old, today), _fee(new, today)]
        return {"label": _("Fee %(year)s") % {"year": name[4:]}, "old": told[0], "new": told[1]}
    if name == "note":
        return {"label": _("Note"), "old": "", "new": _("a new note")}
    if name in _MARKS:
        yes, no = _("yes"), _("no")
        told = [yes if each else no for each in (old, new)]
        return {"label": label_of(name), "old": told[0] if old else "", "new": told[1]}
    if name in _LISTS:
        return {"label": label_of(name), "old": ", ".join(old), "new": ", ".join(new)}
    return {"label": label_of(name), "old": in_words(name, old), "new": in_words(name, new)}


def told_changes(changes):
    order = {name: at for at, name in enumerate(DETAILS)}
    told = [(name, pair) for name, pair in changes.items() if name != "born_year"]
    return sorted(told, key=lambda each: (order.get(each[0], len(order)), each[0]))


def marks_of(row):
    told = []
    for mark in row.marks:
        code, _colon, name = mark.partition(":")
        if code in _MARK_WORDS:
            told.append(_(_MARK_WORDS[code]) % {"field": label_of(name) if name else ""})
    return told


_MARK_WORDS = {
    "carried": gettext_noop("%(field)s: the register now has what you corrected."),
    "overruled": gettext_noop(
        "%(field)s: the register says something new, so your correction no longer holds."
    ),
    "deceased_here": gettext_noop("Recorded as deceased here, but still in the register."),
    "left_here": gettext_noop("Has left here, but is still in the register."),
    "joins": gettext_noop("Becomes a member here."),
    "rejoins": gettext_noop("Was here before: welcome back"),
}


def label_of(name):
    own = {
        "name": _("Name"),
        "place": _("Address"),
        "roles": _("Positions"),
        "interests": _("Interests"),
        "competences": _("Competences"),
        "tags": _("Tags"),
        "kind": _("Kind of membership"),
        "branch": _("Association"),
        "joined_party_on": _("Joined the party"),
        "left_reason": _("Why they left"),
    }
    return own.get(name) or label(name)


def in_words(name, value):
    if value in (None, ""):
        return ""
    if name in PHONES:
        return spaced_phone(value)
    if isinstance(value, str) and name.endswith("_on") and value != DAY_UNKNOWN:
        value = date.fromisoformat(value)
    if isinstance(value, date):
        return written_day(value, "j F Y")
    return written(name, value)


def _fee(fee, today):
    if not fee:
        return ""
    paid_on, ore = fee
    told = [_("paid %(day)s") % {"day": day(paid_on, today)} if paid_on else _("paid")]
    if ore:
        told.append(_("%(kronor)s kr") % {"kronor": f"{ore / 100:g}"})
    return ", ".join(told)


def day(text, today):
    return plain_day(date.fromisoformat(text), today)
