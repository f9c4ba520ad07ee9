"""What is written down when a person is looked at, before the answer is sent."""

from datetime import timedelta

from django.db import IntegrityError, connection, transaction
from django.db.models import Count, F, Q, Value
from django.utils import timezone
from django.utils.translation import gettext as _

from krets.kit.audit import trail
from krets.kit.commands import command
from krets.kit.errors import CannotError
from krets.register.access.kinds import OPENS_REGISTER
from krets.register.accounts.models import Account
from krets.register.looks.models import ListLook, Look

PER_HOUR = 60
PER_DAY = 200
UNCOUNTED = "import"
ITS_OWN_RECORD = "a look is its own record"


class TooManyLooksError(CannotError):
    """The viewer has opened more people than one person's work asks for."""

    status = 429


@command
def note_look(person, *, page, by, at, reason="", goes_on=False):
    """Write down that the viewer opened a page about the person; count on when it is the same day.

    `page` is a short key ("person", "call"), `reason` what one came from ("todo:12", "search").
    `goes_on` says that this is a further step on a page that was opened: no look more.
    Refuses a new person over the quota; whoever was opened earlier the same day stays open.
    Pages whose key begins with "import" are neither counted nor refused.
    """
    looks = Look.objects.of(by.unit).filter(viewer=by.account)
    day = timezone.localdate(at)
    trail.nothing(ITS_OWN_RECORD)
    if goes_on and looks.filter(person=person, page=page, day=day).exists():
        return
    if _count_on(looks, person, page, reason, day, at):
        return
    if not page.startswith(UNCOUNTED):
        _one_at_a_time(by.account)
        _refuse_too_many(looks, person, by, day, at)
    try:
        with transaction.atomic():
            Look.objects.create(
                unit=by.unit,
                viewer=by.account,
                person=person,
                page=page,
                day=day,
                last_at=at,
                reason=reason,
            )
    except IntegrityError:
        # Another window of the same viewer came first.
        _count_on(looks, person, page, reason, day, at)


@command
def note_list(*, page, shown, by, at, told=""):
    """Write down that the viewer was shown a list with these people's names.

    `told` is the list's filter in words, `shown` their ids in the order shown.
    """
    ListLook.objects.create(
        unit=by.unit, viewer=by.account, page=page, told=told[:300], shown=list(shown), at=at
    )
    trail.nothing(ITS_OWN_RECORD)


def _count_on(looks, person, page, reason, day, at):
    counted = {"times": F("times") + 1, "last_at": at}
    if reason:
        counted["reason"] = Value(reason)
    return looks.filter(person=person, page=page, day=day).update(**counted)


def _one_at_a_time(account):
    """Let this viewer's other new looks wait until this one is counted and kept, or refused.

    A command on SQLite is the only writer already; others must be told.
    """
    if connection.features.has_select_for_update:
        Account.objects.select_for_update(no_key=True).values("pk").get(pk=account.pk)


def _refuse_too_many(looks, person, by, day, at):
    if by.kinds & OPENS_REGISTER:
        period, most = Q(day=day), PER_DAY
    else:
        hour = at - timedelta(hours=1)
        period, most = Q(day__gte=timezone.localdate(hour), last_at__gt=hour), PER_HOUR
    here = Q(person=person, day=day)
    opened = looks.exclude(page__startswith=UNCOUNTED).filter(period | here)
    seen = opened.aggregate(
        others=Count("person", distinct=True, filter=period & ~Q(person=person)),
        known=Count("pk", filter=here),
    )
    if seen["known"] or seen["others"] < most:
        return
    if by.kinds & OPENS_REGISTER:
        raise TooManyLooksError(
            _(
                "You have opened %(count)d people today, and that is the limit for a day. You"
                " can still open those you have already opened. Go on tomorrow, or let somebody"
                " else with the mandate help."
            )
            % {"count": most}
        )
    raise TooManyLooksError(
        _(
            "You have opened %(count)d people in an hour, and that is the limit. You can still"
            " open those you have already opened. Take a break and go on in an hour."
        )
        % {"count": most}
    )
