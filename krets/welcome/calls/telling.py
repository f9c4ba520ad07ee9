"""What is told about a call, in sentences."""

from datetime import datetime
from typing import NamedTuple

from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from krets.kit.ui import days
from krets.welcome.calls import moments
from krets.welcome.calls.models import Attempt, CallReason


class LastTry(NamedTuple):
    """The last try to reach somebody, as far as it is told of."""

    at: datetime
    outcome: str
    again_at: datetime | None = None


def why(call, viewer, today, *, fee="", is_begun=False):
    """Return in one or two sentences why the call is on the list.

    `fee` is what is told where the fee is the reason, beside others about theirs. Where a report
    `is_begun`, nobody says that there was no call.
    """
    reasons = {reason.kind: reason for reason in call.reasons.all()}
    kinds = CallReason.Kind
    if kinds.PROMISED in reasons:
        attempt = reasons[kinds.PROMISED].attempt
        return promise(attempt, call.person, today, reader_ids=viewer.person_ids)
    if call.is_member and reasons.keys() & {kinds.WELCOME, kinds.WANTS}:
        return _new(call, reasons, today, is_begun=is_begun)
    if kinds.FEE in reasons:
        return fee or _("About the membership fee: ask gently.")
    return _("Somebody thought a call would be good.")


def short(call, viewer, today, *, fee="", is_begun=False):
    """Return why the call is on the list in as few words as a list of many leaves room for."""
    kinds = {reason.kind: reason.attempt for reason in call.reasons.all()}
    agreed = kinds.get(CallReason.Kind.PROMISED)
    if agreed:
        return promised(agreed, call.person, today, reader_ids=viewer.person_ids)
    is_new = not kinds.keys().isdisjoint({CallReason.Kind.WELCOME, CallReason.Kind.WANTS})
    if is_new and call.is_member and call.joined_on and last_try_of(call) is None:
        return _("Joined %(day)s.") % {"day": days.said(call.joined_on, today)}
    return why(call, viewer, today, fee=fee, is_begun=is_begun)


def about_fee(call, years):
    """Return what tells one call about the fee from another.

    `years` are those paid before, None where they are not opened.
    """
    told = [_("About the fee.")]
    if call.joined_on:
        told.append(_("Member since %(year)s.") % {"year": call.joined_on.year})
    if years:
        told.append(_("Paid %(years)s.") % {"years": ", ".join(str(year) for year in years)})
    elif years is not None:
        told.append(_("No earlier fees on record."))
    return " ".join(told)


def last_paid(year):
    """Return for which year the fee was paid last, before this; None where none is known."""
    if year is None:
        return _("No earlier fees on record.")
    return _("The fee was last paid for %(year)s.") % {"year": year}


def _new(call, reasons, today, *, is_begun):
    told = {"day": days.said(call.joined_on, today)} if call.joined_on else {}
    if CallReason.Kind.WELCOME not in reasons:
        if told:
            return _("Joined %(day)s. Ask what would be fun to do.") % told
        # The day of joining is not known.
        return _("New to us. Ask what would be fun to do.")
    since = _("Joined %(day)s.") % told if told else _("New to us.")
    last, has_number = last_try_of(call), call.has_number
    return f"{since} {news(last, today, is_begun=is_begun, has_number=has_number)}".strip()


def last_try_of(call):
    """Return the last try to reach the person of a call on a list since they joined, or None."""
    if call.tried_at is None or (call.joined_on and localdate(call.tried_at) < call.joined_on):
        return None
    return LastTry(call.tried_at, call.tried_how, call.tried_again_at)


def news(last, today, *, is_begun=False, has_number=False):
    """Return what became of the last try to reach a new member, or that there was none.

    `last` is a LastTry, an Attempt or the like. Where a report `is_begun` there may have been a
    call: then nothing is said of none. Nor of a wrong number, where one works (`has_number`).
    """
    if last is None:
        return "" if is_begun else _("No call yet.")
    if told := asked_back(last, today):
        return told
    if last.outcome == Attempt.Outcome.WRONG_NUMBER:
        return "" if has_number else _("The number that was tried is wrong.")
    if last.outcome not in (*Attempt.UNANSWERED, Attempt.Outcome.CALL_BACK):
        return ""
    ago = (today - localdate(last.at)).days
    words = _message_left(ago) if last.outcome == Attempt.Outcome.VOICEMAIL else _no_answer(ago)
    return words % {"days": ago}


def _message_left(ago):
    if ago == 0:
        return _("Left a message today.")
    return ngettext("Left a message yesterday.", "Left a message %(days)d days ago.", ago)


def _no_answer(ago):
    if ago == 0:
        return _("Tried today, no answer.")
    return ngettext("Tried yesterday, no answer.", "Tried %(days)d days ago, no answer.", ago)


def asked_back(tried, today, say=moments.said):
    """Return when somebody who answered wants to be called, if that is how the try went."""
    if tried.outcome != Attempt.Outcome.CALL_BACK or tried.again_at is None:
        return ""
    when = {"when": say(tried.again_at, today)}
    if localdate(tried.again_at) < today:
        return _("Wanted to be called %(when)s.") % when
    return _("Wants to be called %(when)s.") % when


def begun(draft, today):
    """Return who has begun the report of a call and when, for others, without a word of it."""
    return _("%(caller)s began to tell of a call %(moment)s. Ask before you call.") % {
        "caller": draft.by.name,
        "moment": moments.said(draft.saved_at, today),
    }


def promise(attempt, person, today, *, reader_ids=()):
    """Return who promised the person what and for when, as one of `reader_ids` reads it."""
    if attempt is None:
        return _("Somebody promised to call.")
    told = [promised(attempt, person, today, reader_ids=reader_ids)]
    if attempt.promise:
        told.append(_("About: %(words)s") % {"words": attempt.promise})
    return " ".join(told)


def promised(attempt, person, today, *, reader_ids=()):
    """Return the same without what it is about."""
    told = {"name": person.called, "day": days.on(localdate(attempt.at), today)}
    if attempt.again_at is None:
        return _("Somebody promised %(name)s %(day)s to call again.") % told
    told["when"] = moments.said(attempt.again_at, today)
    if attempt.outcome == Attempt.Outcome.CALL_BACK:
        return _("Wanted to be called %(when)s.") % told
    if attempt.caller_id in reader_ids:
        return _("You promised %(name)s %(day)s to call %(when)s.") % told
    told["caller"] = attempt.caller.name if attempt.caller else _("Somebody")
    return _("%(caller)s promised %(name)s %(day)s to call %(when)s.") % told


def consequence(attempt, now):
    """Return what follows from a report, as the caller reads it."""
    name = {"name": attempt.person.called}
    if attempt.again_at:
        when = moments.said(attempt.again_at, localdate(now))
        return _("Saved. You call %(name)s again %(day)s.") % (name | {"day": when})
    if attempt.outcome == Attempt.Outcome.WRONG_NUMBER:
        return _("The number of %(name)s is marked as wrong and will not be called again.") % name
    if attempt.person.no_calls_at:
        return _("Saved. %(name)s will not be called again.") % name
    if attempt.outcome in Attempt.UNANSWERED:
        return _after_no_answer(attempt) % name
    if attempt.fee_answer == Attempt.FeeAnswer.LEAVES:
        words = _("Saved. %(name)s is a member until the membership officer ends the membership.")
        return words % name
    return _("Saved. Thank you for talking with %(name)s.") % name


def _after_no_answer(attempt):
    if attempt.call.rested_at:
        return _(
            "Saved. Three tries are enough: the membership officer decides how to reach %(name)s."
        )
    return _("Saved. %(name)s is back on the list tomorrow.")
