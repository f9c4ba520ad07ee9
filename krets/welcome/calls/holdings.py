"""What a mandate's holder has to ring: the calls that are handed over when it ends."""

from django.db.models import Count, Exists, OuterRef
from django.utils.translation import ngettext

from krets.kit.contributions import Held, Holding
from krets.kit.ui.thousands import grouped
from krets.register.access.permissions import Permission
from krets.welcome.calls.commands import take_over
from krets.welcome.calls.models import CallReason
from krets.welcome.calls.queries import left_by


def held(unit, person_id, *, lost, at):
    """Return how many calls the person has and may no longer make, and how many are promised."""
    promises = CallReason.objects.filter(call=OuterRef("pk"), kind=CallReason.Kind.PROMISED)
    calls = left_by(unit, person_id, lost, at).annotate(is_promised=Exists(promises))
    found = dict(calls.order_by("is_promised").values_list("is_promised").annotate(Count("pk")))
    number, promised = sum(found.values()), found.get(True, 0)
    if not number:
        return None
    words = ngettext(
        "%(number)s call on the call list", "%(number)s calls on the call list", number
    )
    more = ngettext("Including %(number)s promised", "Including %(number)s promised", promised)
    return Held(
        words % {"number": grouped(number)},
        frozenset({Permission.CALL_REPORT}),
        more % {"number": grouped(promised)} if promised else "",
    )


HOLDINGS = [Holding(held=held, take_over=take_over)]
