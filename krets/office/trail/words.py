"""Each act in the trail, in words a reader understands."""

from django.utils.translation import gettext_lazy as _

WORDS = {
    "account.opened": _("Opened a sign-in"),
    "account.signed_in": _("Signed in"),
    "mandate.agreed": _("Agreed to a mandate"),
    "mandate.ended": _("Ended a mandate"),
    "mandate.given": _("Gave a mandate"),
    "person.added": _("Wrote down a person"),
    "setting.set": _("Changed a setting"),
    "unit.added": _("Added an association"),
    "unit.set_up": _("Set up the association"),
}


def said(action):
    """Return the act in words. A test checks that every act that commands record is here."""
    return WORDS[action]
