"""What calls put on the person page."""

from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from krets.kit.contributions import PersonAction
from krets.kit.ui import days
from krets.register.access.permissions import Permission
from krets.welcome.calls.queries import wrong_numbers
from krets.welcome.calls.queries.numbers import good_numbers


def ring(person):
    """Return the button's words for a member who may be rung, and has a number that works."""
    return _words(person) if _is_member(person) and _has_number(person) else ""


def ring_former(person):
    """Return the words for who is no member: may be rung, but that is not the page's errand."""
    return _words(person) if not _is_member(person) and _has_number(person) else ""


def find_number(person):
    """Return the words for a member who is to be rung but has no number that works."""
    if not _is_member(person) or not _wants_calls(person) or _has_number(person):
        return ""
    return _("Find a number for %(name)s") % {"name": person.called}


def _words(person):
    return _("Call %(name)s") % {"name": person.called}


def _wants_calls(person):
    return not (person.no_calls_at or person.supports_quietly_at)


def _has_number(person):
    if not _wants_calls(person):
        return False
    wrong = wrong_numbers(person.unit, (person.pk,)).get(person.pk, {})
    return bool(good_numbers(person, wrong))


def _is_member(person):
    # Without the membership opened it is not known, and then the page says nothing of it either.
    # A member is also who joined on a day that no file has told.
    return getattr(person, "learned_at", True) is not None and not getattr(person, "left_on", None)


def found_wrong(unit, person_id, *, today):
    """Return {number: words} of the numbers at which the person was not to be found."""
    wrong = wrong_numbers(unit, (person_id,)).get(person_id, {})
    return {
        number: _("Wrong number, found %(day)s") % {"day": days.said(localdate(at), today)}
        for number, at in wrong.items()
    }


PERSON_ACTIONS = [
    PersonAction(
        permission=Permission.CALL_SHARE,
        label=ring,
        route="welcome:calls:person",
        method="post",
        main=True,
        icon="phone",
    ),
    PersonAction(
        permission=Permission.CALL_SHARE,
        label=ring_former,
        route="welcome:calls:person",
        method="post",
        icon="phone",
    ),
    PersonAction(
        permission=Permission.MEMBER_EDIT,
        label=find_number,
        route="register:members:details",
        arguments=("reach",),
        icon="search",
    ),
]

DOUBTS = [found_wrong]
