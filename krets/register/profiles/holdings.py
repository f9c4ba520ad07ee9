"""What a mandate's holder has of the members: those whose contact person they are."""

from django.utils.translation import ngettext

from krets.kit.contributions import Held, Holding
from krets.kit.ui.thousands import grouped
from krets.register.access.permissions import Permission
from krets.register.members.models import Person
from krets.register.profiles.commands import leaves_contacts, take_over_contacts


def held(unit, person_id, *, lost, at):
    """Return how many members have the person for a contact, when that cannot go on."""
    if not leaves_contacts(lost):
        return None
    number = Person.objects.of(unit).filter(contact_person=person_id).count()
    if not number:
        return None
    words = ngettext(
        "Contact person of %(number)s member", "Contact person of %(number)s members", number
    )
    return Held(words % {"number": grouped(number)}, lost & {Permission.CALL_REPORT})


HOLDINGS = [Holding(held=held, take_over=take_over_contacts)]
