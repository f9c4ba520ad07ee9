"""What is written down about a person, on the timeline."""

from django.urls import reverse
from django.utils.translation import gettext as _

from krets.kit.contributions import Happening, TimelineLine
from krets.register.access.scope import Fields
from krets.register.members.queries import name_of_account
from krets.register.profiles.models import Note

MOST = 200


def notes(unit, person_id, fields):
    """The notes that have not reached their end."""
    if Fields.NOTES not in fields:
        return
    mine = Note.objects.of(unit).filter(person=person_id).annotate(who=name_of_account())
    rows = mine.order_by("-at", "-pk").values_list("pk", "at", "text", "who")
    for pk, at, text, who in rows[:MOST]:
        mend = reverse("register:members:rewrite", args=[unit.slug, pk])
        yield Happening(at, _("Note"), more=text, who=who, mend=mend)


TIMELINE = [TimelineLine("notes", notes)]
