"""What a list of calls tells of each that is about the fee."""

from krets.register.access.scope import Fields
from krets.register.members.queries import years_paid
from krets.welcome.calls.models import CallReason
from krets.welcome.calls.telling import about_fee


def fees_told(unit, calls, fields, today):
    """Return {call's key: words} of the calls about the fee. At most one statement."""
    about = [
        call for call in calls if any(r.kind == CallReason.Kind.FEE for r in call.reasons.all())
    ]
    opened = Fields.FEES in fields
    ids = [call.person_id for call in about]
    years = years_paid(unit, ids, before=today.year) if ids and opened else {}
    return {
        call.pk: about_fee(call, years.get(call.person_id, []) if opened else None)
        for call in about
    }
