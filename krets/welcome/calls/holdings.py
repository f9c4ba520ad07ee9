"""What a mandate's holder has to ring: the calls that are handed over when it ends."""

from django.db.models import Count, Exists, OuterRef
from django.utils.translation import ngettext

from krets.kit.contributions import Held, Holding
from krets.kit.ui.thousands import grouped
from krets.register.access.permissions import Permission
from krets.welcome.calls.commands import take_over
from krets.welcome.calls.models import CallReason, Draft
from krets.welcome.calls.queries import left_by
from krets.welcome.calls.queries.asked import asking


def held(unit, person_id, *, lost, at):
    """Return how many calls the person has and may no longer make.

    Also how many of them are to-dos of theirs, how many are promised, and of how many the report
    is begun.
    """
    promises = CallReason.objects.filter(call=OuterRef("pk"), kind=CallReason.Kind.PROMISED)
    begun = Draft.objects.filter(call=OuterRef("pk"), by=person_id, revision__gt=0)
    found = left_by(unit, person_id, lost, at).aggregate(
        number=Count("pk"),
        asked=Count("pk", filter=Exists(asking().open().filter(owner=person_id))),
        promised=Count("pk", filter=Exists(promises)),
        begun=Count("pk", filter=Exists(begun)),
    )
    number = found["number"]
    if not number:
        return None
    words = ngettext(
        "%(number)s call on the call list", "%(number)s calls on the call list", number
    )
    asked = _asked(found["asked"], number)
    more = [asked, _promised(found["promised"]), _begun(found["begun"])]
    return Held(
        words % {"number": grouped(number)},
        frozenset({Permission.CALL_REPORT}),
        " ".join(words for words in more if words),
    )


def _asked(number, of):
    if number == of:
        return ngettext("It is one of the to-dos.", "They are among the to-dos.", number)
    words = ngettext(
        "%(number)s of them is one of the to-dos.",
        "%(number)s of them are among the to-dos.",
        number,
    )
    return words % {"number": grouped(number)} if number else ""


def _promised(number):
    words = ngettext("Including %(number)s promised.", "Including %(number)s promised.", number)
    return words % {"number": grouped(number)} if number else ""


def _begun(number):
    words = ngettext(
        "One call is going on, or its report is half written: ask first how it went.",
        "%(number)s calls are going on, or their reports are half written: ask first how they"
        " went.",
        number,
    )
    return words % {"number": grouped(number)} if number else ""


HOLDINGS = [Holding(held=held, take_over=take_over)]
