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
OPENS_REGISTER = frozenset({Mandates.MEMBERSHIP_OFFICER})
