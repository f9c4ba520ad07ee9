"""The mandates there are."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Mandates(models.TextChoices):
    CHAIR = "chair", _("Chair")
    VICE_CHAIR = "vice_chair", _("Vice chair")
    SECRETARY = "secretary", _("Secretary")
    TREASURER = "treasurer", _("Treasurer")
    BOARD_MEMBER = "board_member", _("Board member")
    MEMBERSHIP_OFFICER = "membership_officer", _("Membership officer")
    CALLER = "caller", _("Caller")
    CONTACT_PERSON = "contact_person", _("Contact person")
    AUDITOR = "auditor", _("Auditor")


BOARD = frozenset(
    {
        Mandates.CHAIR,
        Mandates.VICE_CHAIR,
        Mandates.SECRETARY,
        Mandates.TREASURER,
        Mandates.BOARD_MEMBER,
    }
)
_FOR_THE_BOARD = _("Sees how it goes, in figures without names. Can agree to mandates.")
# What each is for, to whoever gives one; the table beside this rules.
MEANS = {
    Mandates.CHAIR: _("Gives mandates and sets the routines. Sees figures, but no members."),
    Mandates.VICE_CHAIR: _FOR_THE_BOARD,
    Mandates.SECRETARY: _FOR_THE_BOARD,
    Mandates.TREASURER: _FOR_THE_BOARD,
    Mandates.BOARD_MEMBER: _FOR_THE_BOARD,
    Mandates.MEMBERSHIP_OFFICER: _(
        "Sees and changes the whole register. Two of the board decide about it together."
    ),
    Mandates.CALLER: _("Calls members, and sees only those on their own call list."),
    Mandates.CONTACT_PERSON: _("Keeps in touch with some members, and sees only those."),
    Mandates.AUDITOR: _("Reads who has done and seen what. Sees no members."),
}
OPENS_REGISTER = frozenset({Mandates.MEMBERSHIP_OFFICER})
# Somebody has to hold them: the last holder keeps theirs until another is named.
NEVER_EMPTY = frozenset({Mandates.CHAIR, Mandates.MEMBERSHIP_OFFICER})
