"""What is told about a call, in sentences."""

from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from krets.kit.ui import days
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
    day = days.said(localdate(attempt.at), today)
    said = {"day": day, "words": attempt.promise}
    if attempt.caller_id in viewer.person_ids:
        if attempt.promise:
            return _("You promised %(day)s to call about this: %(words)s") % said
        return _("You promised %(day)s to call again.") % said
    if attempt.promise:
        return _("Call promised %(day)s about this: %(words)s") % said
    return _("Call promised %(day)s.") % said


def consequence(attempt, now):
    """Return what follows from a report, as the caller reads it."""
    name = {"name": attempt.person.called}
    today = localdate(now)
    outcome = Attempt.Outcome(attempt.outcome)
    if attempt.again_at:
        day = days.said(localdate(attempt.again_at), today)
        return _("Saved. You call %(name)s again %(day)s.") % (name | {"day": day})
    if outcome == Attempt.Outcome.WRONG_NUMBER:
        return _("The number of %(name)s is marked as wrong and will not be called again.") % name
    if outcome == Attempt.Outcome.ASKED_NOT_TO or attempt.mood == Attempt.Mood.NO_MORE:
        return _("Saved. %(name)s will not be called again.") % name
    if outcome in Attempt.UNANSWERED:
        if attempt.call.rested_at:
            return (
                _(
                    "Saved. Three tries are enough: the membership officer decides how to"
                    " reach %(name)s."
                )
                % name
            )
        return _("Saved. %(name)s is back on the list tomorrow.") % name
    return _("Saved. Thank you for talking with %(name)s.") % name
