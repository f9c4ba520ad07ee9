"""What calls put on the person page."""

from django.utils.translation import gettext as _

from krets.kit.contributions import PersonAction
from krets.register.access.permissions import Permission


def ring(person):
    """Return the button's words; none for somebody who wants no calls or has no number."""
    if person.no_calls_at or not (person.phone or person.phone_home or person.phone_work):
        return ""
    return _("Call %(name)s") % {"name": person.called}


PERSON_ACTIONS = [
    PersonAction(
        permission=Permission.CALL_SHARE,
        label=ring,
        route="welcome:calls:person",
        method="post",
        main=True,
        icon="phone",
    ),
]
