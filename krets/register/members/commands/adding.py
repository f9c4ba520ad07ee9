"""Writing in a member by hand."""

from django.utils import timezone
from django.utils.translation import gettext as _

from krets import events
from krets.events import PeopleChanged
from krets.kit.audit import trail
from krets.kit.commands import command
from krets.kit.errors import CannotError
from krets.register.members.commands.details import tidied_all
from krets.register.members.keys import keys_of
from krets.register.members.models import Membership, Person
from krets.register.members.queries import namesakes

_OLDEST = 100


class NamelessError(CannotError):
    """A person must be known by some name; `field` is where it is written."""

    field = "first_name"


class NotYetError(CannotError):
    """The day has not come."""


class TooLongAgoError(CannotError):
    """Nobody has been a member for so long."""


class AlreadyKnownError(CannotError):
    """Somebody of that name with one more detail alike is here already; `people` holds them."""

    def __init__(self, message, people):
        super().__init__(message)
        self.people = people


@command
def add_member(unit, *, joined_on, by, at, is_another=False, **details):
    """Write in a member by hand, a member since the day given; return the person.

    Refuses a person without a name, a day to come or too long ago, and somebody who seems to be
    here already unless `is_another` says that it is somebody else.
    """
    today = timezone.localdate(at)
    details = tidied_all(details, country=details.get("country", ""), today=today)
    _check(details, joined_on, today)
    if not is_another:
        _refuse_known(unit, details, joined_on)
    person = Person(unit=unit, created_at=at, **details)
    person.sort_key, person.search = keys_of(person)
    person.save()
    Membership.objects.create(
        unit=unit, person=person, joined_on=joined_on, learned_at=at, by_hand_on=today
    )
    trail.record("member.added", person, by=by, at=at, joined_on=joined_on, how="by hand")
    events.publish(PeopleChanged(unit.pk, (person.pk,), by_id=by and by.account.pk), at=at)
    return person


def _check(details, joined_on, today):
    if not (details.get("first_name") or details.get("last_name")):
        raise NamelessError(_("Write at least a first name."))
    if joined_on > today:
        raise NotYetError(
            _("That day has not come yet. Write the day the membership began, today at the latest.")
        )

    if today.year - joined_on.year > _OLDEST:
        raise TooLongAgoError(
            _("Nobody has been a member for so long. Check the year the membership began.")
        )


def _refuse_known(unit, details, joined_on):
    known = list(
        namesakes(
            unit,
            first_name=details.get("first_name", ""),
            last_name=details.get("last_name", ""),
            email=details.get("email", ""),
            phone=details.get("phone", ""),
            born_on=details.get("born_on"),
            joined_on=joined_on,
        )
    )
    if known:
        raise AlreadyKnownError(
            _(
                "Somebody with the same name and another matching detail is already here. Open"
                " that person, or say that this is somebody else."
            ),
            known,
        )
