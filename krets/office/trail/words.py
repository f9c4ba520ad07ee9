"""Each act in the trail, in words a reader understands."""

from django.utils.translation import gettext_lazy as _

WORDS = {
    "account.opened": _("Opened a sign-in"),
    "account.signed_in": _("Signed in"),
    "mandate.agreed": _("Agreed to a mandate"),
    "mandate.ended": _("Ended a mandate"),
    "import.applied": _("Saved what a member file changed"),
    "import.asked": _("Asked for a member file to be saved"),
    "import.cancelled": _("Put a member file away unsaved"),
    "import.columns_chosen": _("Said what the columns of a member file mean"),
    "import.failed": _("Could not read a member file"),
    "import.read": _("Read a member file"),
    "import.read_again": _("Read a member file again"),
    "import.thrown_away": _("Threw a member file away after a day"),
    "import.uploaded": _("Brought in a member file"),
    "person.imported": _("Brought in or changed a person with a member file"),
    "mandate.given": _("Gave a mandate"),
    "person.added": _("Wrote down a person"),
    "setting.set": _("Changed a setting"),
    "unit.added": _("Added an association"),
    "unit.set_up": _("Set up the association"),
}


def said(action):
    """Return the act in words. A test checks that every act that commands record is here."""
    return WORDS[action]
