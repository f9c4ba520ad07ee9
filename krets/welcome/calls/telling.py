"""What is told about a call, in sentences."""

from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from krets.kit.ui import days
from krets.welcome.calls import moments
from krets.welcome.calls.models import Attempt, CallReason


def why(call, viewer, today):
    """Return in one or two sentences why the call is on the list."""
    reasons = {reason.kind: reason for reason in call.reasons.all()}
    kinds = CallReason.Kind
    if kinds.PROMISED in reasons:
        return promise(reasons[kinds.PROMISED].attempt, viewer, today)
    if call.is_member and reasons.keys() & {kinds.WELCOME, kinds.WANTS}:
        return _new(call, reasons, today) if call.joined_on else _undated(call, reasons, today)
    if kinds.FEE in reasons:
        return _("About the membership fee: ask gently.")
    return _("Somebody thought a call would be good.")


def short(call, viewer, today):
    """Return why the call is on the list in as few words as a list of many leaves room for."""
    kinds = {reason.kind: reason.attempt for reason in call.reasons.all()}
    promised = kinds.get(CallReason.Kind.PROMISED)
    if promised:
        return _("Call promised %(day)s.") % {"day": days.said(localdate(promised.at), today)}
    is_new = not kinds.keys().isdisjoint({CallReason.Kind.WELCOME, CallReason.Kind.WANTS})
    if is_new and call.is_member and call.joined_on and call.tried_at is None:
        return _("Joined %(day)s.") % {"day": days.said(call.joined_on, today)}
    return why(call, viewer, today)


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


def promise(attempt, viewer, today):
    """Return what was promised, to whom and when, as the one who keeps it reads it."""
    if attempt is None:
        return _("A call was promised.")
    said = {"day": days.said(localdate(attempt.at), today), "words": attempt.promise}
    if attempt.outcome == Attempt.Outcome.CALL_BACK and attempt.again_at:
        words = _asked_back(attempt)
        said["when"] = moments.said(attempt.again_at, today)
    elif attempt.caller_id in viewer.person_ids:
        words = _promised_by_you(attempt)
    else:
        words = _promised(attempt)
    return words % said


def _asked_back(attempt):
    if attempt.promise:
        return _("Wanted to be called %(when)s about this: %(words)s")
    return _("Wanted to be called %(when)s.")


def _promised_by_you(attempt):
    if attempt.promise:
        return _("You promised %(day)s to call about this: %(words)s")
    return _("You promised %(day)s to call again.")


def _promised(attempt):
    if attempt.promise:
        return _("Call promised %(day)s about this: %(words)s")
    return _("Call promised %(day)s.")


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
