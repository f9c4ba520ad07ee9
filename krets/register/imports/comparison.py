"""What does a row say that the register does not? Field by field, old and new, ready to be kept."""

from dataclasses import dataclass, field
from datetime import date, timedelta

from krets.kit.tables.swedish import fold
from krets.kit.tables.values import as_people_write
from krets.register.imports.known import (
    AT,
    DETAILS,
    M_BRANCH,
    M_JOINED,
    M_KIND,
    M_LEFT,
    M_PARTY,
    M_REASON,
    PHONES,
)
from krets.register.members.models import Membership
from krets.register.members.queries.words import DAY_UNKNOWN
from krets.register.profiles.models import Tag

WORDS = {"interests": Tag.Kind.INTEREST, "competences": Tag.Kind.COMPETENCE, "tags": Tag.Kind.FREE}
KEY_LENGTH = 60
# The register of the party lags behind: for so long, one who has left here may still stand there.
LAGS = timedelta(days=60)
# Who left longer ago than this is not kept (access-privacy.md), so not taken in either.
LEFT_LONG_AGO = timedelta(days=183)
# The marks of a row that names as a member somebody who is none here any more.
_GONE = frozenset({"left_here", "deceased_here"})
DECEASED = Membership.Reason.DECEASED.value
_CASELESS = frozenset(DETAILS) - {"register_number", "born_on", "born_year", *PHONES}


@dataclass
class Comparison:
    """How a row differs from a person: {field: [old, new]} in plain JSON, and marks worth telling.

    `joins` says that the row makes a member of somebody who is none now. `kept` is what was
    corrected here and stands, as {field: [ours, theirs]}.
    """

    changes: dict = field(default_factory=dict)
    marks: list = field(default_factory=list)
    kept: dict = field(default_factory=dict)
    joins: bool = False

    @property
    def is_of_somebody_gone(self):
        return not _GONE.isdisjoint(self.marks)


def compare(known, pk, values, *, today):
    """Return how a row differs from what is known of the person. Empty values say nothing."""
    found = Comparison()
    person = known.people[pk]
    _compare_details(found, person, known.corrections.get(pk, {}), values)
    _compare_marks(found, person, values)
    _compare_membership(found, person, known.memberships.get(pk), values, today)
    if values.get("fees"):
        _compare_fees(found, known.fees.get(pk, {}), values["fees"])
    if values.get("roles"):
        _compare_roles(found, known.roles.get(pk, set()), values["roles"])
    if values.get("note") and values["note"] not in known.notes.get(pk, ()):
        # That there is one: the words themselves are kept sealed, apart from this.
        found.changes["note"] = [None, True]
    for target, kind in WORDS.items():
        if values.get(target):
            _compare_words(found, target, kind, known.tags.get(pk, ()), values[target])
    return found


def plain(value):
    """Return a value as JSON holds it."""
    return value.isoformat() if isinstance(value, date) else value


def fee_field(year):
    return f"fee_{year}"


def gone_already(values, *, today):
    """Return a code when the row is about somebody unknown here who is gone for good, else ""."""
    if values.get("left_reason") == DECEASED:
        return "deceased_unknown"
    left_on = values.get("left_on")
    return "left_long_ago" if left_on and left_on < today - LEFT_LONG_AGO else ""


def leaves(values, *, today):
    """Return the day on which a row says the person has left, or None. A coming day waits."""
    left_on = values.get("left_on")
    if left_on:
        return left_on if left_on <= today else None
    return today if values.get("left_reason") else None


def who_left(changes):
    """Return whether a row says that somebody has (left, moved, died): one of them at most."""
    if changes.get("left_on", (True,))[0] is not None:
        return False, False, False
    reason = changes.get("left_reason", ("", ""))[1]
    moved, died = reason == Membership.Reason.MOVED, reason == DECEASED
    return not (moved or died), moved, died


def _compare_details(found, person, corrections, values):
    for name in DETAILS:
        theirs = values.get(name)
        if theirs in (None, ""):
            continue
        ours = person[AT[name]]
        if name == "born_year" and person[AT["born_on"]]:
            continue
        if name in corrections and not _past_correction(found, name, corrections[name], theirs):
            if theirs != ours:
                found.kept[name] = [plain(ours), plain(theirs)]
            continue
        if theirs == ours or (name in _CASELESS and _says_no_more(name, ours, theirs)):
            continue
        found.changes[name] = [plain(ours), plain(theirs)]


def _past_correction(found, name, correction, theirs):
    """Return whether the file's value counts although the detail was corrected here."""
    old, new = correction
    said = str(plain(theirs)).casefold()
    if said == new.casefold():
        found.marks.append(f"carried:{name}")
        return True
    if said == old.casefold():
        return False
    found.marks.append(f"overruled:{name}")
    return True


def _says_no_more(name, ours, theirs):
    return _same_letters(name, ours, theirs) or _has_lost_letters(ours, theirs)


def _has_lost_letters(ours, theirs):
    """Tell whether theirs is ours but for letters that somebody's program wrote as "?".

    Petrovi? must not undo Petrović.
    """
    ours, theirs = (ours or "").casefold(), theirs.casefold()
    if "?" not in theirs or len(ours) != len(theirs):
        return False
    return all(their in {mine, "?"} for mine, their in zip(ours, theirs, strict=True))


def _same_letters(name, ours, theirs):
    """Tell whether two texts differ in case only, and theirs says no more than capitals would.

    ANDERS VON ESSEN becomes Anders von Essen in reading; it must not undo Anders Von Essen.
    """
    if not ours or ours.casefold() != theirs.casefold():
        return False
    if name == "email":
        return True
    well_spelt = not (ours.isupper() or ours.islower())
    return well_spelt and theirs == as_people_write(
        theirs.upper(), given=name in {"first_name", "street"}
    )


def _compare_marks(found, person, values):
    if values.get("protected") and person[AT["protected_at"]] is None:
        found.changes["protected_at"] = [False, True]
    agreed = values.get("sms")
    if agreed is not None and agreed is not (person[AT["sms_agreed_at"]] is not None):
        found.changes["sms_agreed_at"] = [not agreed, agreed]


def _compare_membership(found, person, membership, values, today):
    left_on = leaves(values, today=today)
    if left_on and values.get("left_reason") == DECEASED and person[AT["deceased_on"]] is None:
        # A reason without a day tells that somebody has died, not when.
        found.changes["deceased_on"] = [None, plain(values.get("left_on")) or DAY_UNKNOWN]
    if person[AT["deceased_on"]] is not None and not left_on:
        found.marks.append("deceased_here")
        return
    if membership is None:
        if not left_on:
            _join(found, values)
        return
    if membership[M_LEFT] is not None and not left_on:
        _maybe_rejoin(found, membership, values, today)
        return
    for name, place in (
        ("joined_on", M_JOINED),
        ("joined_party_on", M_PARTY),
        ("kind", M_KIND),
        ("branch", M_BRANCH),
    ):
        theirs = values.get(name)
        if theirs and theirs != membership[place]:
            found.changes[name] = [plain(membership[place]) or None, plain(theirs)]
    if left_on:
        _leave(found, membership, values, left_on)


def _join(found, values):
    found.joins = True
    # A day that no file tells stays unknown: today would make a newcomer of anybody.
    for name in ("joined_on", "joined_party_on", "kind", "branch"):
        if values.get(name):
            found.changes[name] = [None, plain(values[name])]


def _maybe_rejoin(found, membership, values, today):
    """One who has left stands in the file as a member: come back, or not yet taken out there?"""
    left_on, joined_on = membership[M_LEFT], values.get("joined_on")
    if joined_on > left_on if joined_on else today - left_on > LAGS:
        found.marks.append("rejoins")
        _join(found, values)
    else:
        found.marks.append("left_here")


def _leave(found, membership, values, left_on):
    reason = values.get("left_reason") or ""
    if membership[M_LEFT] is None:
        found.changes["left_on"] = [None, plain(left_on)]
        if reason:
            found.changes["left_reason"] = [None, reason]
        return
    if values.get("left_on") and membership[M_LEFT] != left_on:
        found.changes["left_on"] = [plain(membership[M_LEFT]), plain(left_on)]
    if reason and not membership[M_REASON]:
        found.changes["left_reason"] = [None, reason]


def _compare_fees(found, ours, theirs):
    for year, (paid_on, amount) in theirs.items():
        before = ours.get(year)
        if before is None:
            found.changes[fee_field(year)] = [None, [plain(paid_on), amount]]
            continue
        after = (paid_on or before[0], before[1] if amount is None else amount)
        if after != before:
            found.changes[fee_field(year)] = [
                [plain(before[0]), before[1]],
                [plain(after[0]), after[1]],
            ]


def _compare_roles(found, ours, theirs):
    if set(theirs) != ours:
        found.changes["roles"] = [sorted(ours), sorted(set(theirs))]


def _compare_words(found, target, kind, ours, words):
    added = {fold(word)[:KEY_LENGTH]: word for word in words}
    fresh = [word for key, word in added.items() if key and (kind, key) not in ours]
    if fresh:
        found.changes[target] = [[], fresh]
