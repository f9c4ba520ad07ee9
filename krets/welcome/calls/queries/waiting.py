"""Which calls are waiting to be taken in hand."""

from django.db.models import Case, Q, Value, When
from django.db.models.lookups import IsNull
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from krets.register.access.permissions import Permission
from krets.register.access.scope import Rows
from krets.register.models import Person
from krets.welcome.calls.models import Call
from krets.welcome.calls.queries.asked import asked_of, put_off_until
from krets.welcome.calls.queries.order import AGREED_FIRST, ORDER, agreed_at, as_on_today


def sees_all(viewer):
    """Return whether the viewer may see every call of the unit, not only the own list."""
    return Rows.UNIT in viewer.scope(Permission.CALL_REPORT).rows


def offered(unit, viewer, at):
    """Return the calls to offer the viewer, best first: own ones, then the shared list.

    Of each, what is agreed for an hour of today stands first, once the hour has come.

    Their own are also those that a to-do of theirs asks for; put off, it is offered again on its
    day. What is given to somebody else is offered to nobody, also not to those who may see it.
    """
    mine = Q(given_to__in=viewer.person_ids) | asked_of(viewer)
    is_mine = Case(When(mine, then=Value(0)), default=Value(1))
    is_contact = Case(
        When(person__contact_person__in=viewer.person_ids, then=Value(0)), default=Value(1)
    )
    calls = Call.objects.of(unit).ready(at).reachable().free(at)
    return (
        as_on_today(_open_to(calls, viewer))
        .filter(Q(given_to__in=viewer.person_ids) | Q(given_to=None))
        .filter(_awake_for(viewer, at))
        .annotate(is_mine=is_mine, is_contact=is_contact, agreed_at=agreed_at(at))
        .order_by("is_mine", AGREED_FIRST, "is_contact", *ORDER)
    )


def in_hand(unit, viewer, at):
    """Return the calls the viewer has taken in hand and can make now, the latest first."""
    mine = Call.objects.of(unit).filter(claimed_by__in=viewer.person_ids, claim_until__gt=at)
    if not mine.exists():
        # As a rule: then it need not be asked which of them can be made.
        return Call.objects.none()
    ready = mine.ready(at).reachable().filter(_awake_for(viewer, at))
    return ready.order_by("-claim_until", "pk")


def waiting_count(viewer, *, at):
    """Return how many calls on the shared list the viewer could make now, beside their own.

    One statement.
    """
    calls = Call.objects.of(viewer.unit).ready(at).reachable().free(at).filter(given_to=None)
    calls = calls.exclude(asked_of(viewer))
    return _open_to(calls, viewer).count()


def busy(call, viewer, at):
    """Return who else has the call in hand and until when, as a sentence; nothing if nobody has."""
    if not (call.is_open and call.is_busy_for(viewer, at)):
        return ""
    return _(
        "%(caller)s is calling %(name)s right now. If nothing has been told by %(clock)s, the call"
        " is free again."
    ) % {
        "caller": _name(viewer, call.claimed_by_id),
        "name": call.person.called,
        "clock": date_format(timezone.localtime(call.claim_until), "TIME_FORMAT"),
    }


def is_asked(call, viewer):
    """Return whether the call is on the shared list, and a to-do of the viewer's asks for it."""
    return Call.objects.filter(asked_of(viewer), pk=call.pk).exists()


def kept_by(call, viewer):
    """Return whose call it is, as a sentence, where it was given to somebody else."""
    if call.given_to_id in {None, *viewer.person_ids}:
        return ""
    told = {"caller": _name(viewer, call.given_to_id), "name": call.person.called}
    return _("%(caller)s has the call to %(name)s now.") % told


def _name(viewer, person_id):
    names = ("first_name", "last_name", "register_number")
    return Person.objects.of(viewer.unit).only(*names).get(pk=person_id).name


def _awake_for(viewer, at):
    return IsNull(put_off_until(viewer, timezone.localdate(at)), True)


def _open_to(calls, viewer):
    calls = calls.exclude(person__in=viewer.person_ids)
    # Protected people are rung by the membership officer only.
    return calls if sees_all(viewer) else calls.filter(person__protected_at=None)
