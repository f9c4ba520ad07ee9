"""What is told about a call, in sentences."""

from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from krets.kit.ui import days
from krets.welcome.calls import moments
from krets.welcome.calls.models import Attempt, CallReason


def why(call, viewer, today, *, fee=""):
    """Return in one or two sentences why the call is on the list.

    `fee` is what is told where the fee is the reason, beside others about theirs.
    """
    reasons = {reason.kind: reason for reason in call.reasons.all()}
    kinds = CallReason.Kind
    if kinds.PROMISED in reasons:
        attempt = reasons[kinds.PROMISED].attempt
        return promise(attempt, call.person, today, reader_ids=viewer.person_ids)
    if call.is_member and reasons.keys() & {kinds.WELCOME, kinds.WANTS}:
        return _new(call, reasons, today) if call.joined_on else _undated(call, reasons, today)
    if kinds.FEE in reasons:
        return fee or _("About the membership fee: ask gently.")
    return _("Somebody thought a call would be good.")


def short(call, viewer, today, *, fee=""):
    """Return why the call is on the list in as few words as a list of many leaves room for."""
    kinds = {reason.kind: reason.attempt for reason in call.reasons.all()}
    agreed = kinds.get(CallReason.Kind.PROMISED)
    if agreed:
        return promised(agreed, call.person, today, reader_ids=viewer.person_ids)
    is_new = not kinds.keys().isdisjoint({CallReason.Kind.WELCOME, CallReason.Kind.WANTS})
    if is_new and call.is_member and call.joined_on and call.tried_at is None:
        return _("Joined %(day)s.") % {"day": days.said(call.joined_on, today)}
    return why(call, viewer, today, fee=fee)


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


def _new(call, reasons, today):
    joined = days.said(call.joined_on, today)
    if CallReason.Kind.WELCOME not in reasons:
        return _("Joined %(day)s. Ask what would be fun to do.") % {"day": joined}
    if call.tried_at is None:
        return _("Joined %(day)s and has not had a call yet.") % {"day": joined}
    tried = days.said(localdate(call.tried_at), today)
    return _("Joined %(day)s. Did not answer %(tried)s.") % {"day": joined, "tried": tried}


def _undated(call, reasons, today):
    """Tell the same of somebody whose day of joining is not known."""
    if CallReason.Kind.WELCOME not in reasons:
        return _("New to us. Ask what would be fun to do.")
    if call.tried_at is None:
        return _("New to us, and has not had a call yet.")
    tried = days.said(localdate(call.tried_at), today)
    return _("New to us. Did not answer %(tried)s.") % {"tried": tried}


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
    told = {"name": person.called, "day": days.said(localdate(attempt.at), today)}
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
