"""What calls put on the person page."""

from django.utils.translation import gettext as _

from krets.kit.contributions import PersonAction
from krets.register.access.permissions import Permission


def ring(person):
    """Return the button's words."""
    return _("Ring %(name)s") % {"name": person.called}


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
