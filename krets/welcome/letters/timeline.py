"""What letters tell on a person's timeline."""

from django.utils.translation import gettext as _

from krets.kit.contributions import Happening, TimelineLine
from krets.register.members.queries import name_of_account
from krets.welcome.letters.models import Letter


def letters(unit, person_id, fields):
    """Yield a happening for each letter that was printed, newest first."""
    rows = Letter.objects.of(unit).filter(person=person_id, printed_at__isnull=False)
    for letter in rows.annotate(who=name_of_account("printed_by")).order_by("-printed_at", "-pk"):
        yield Happening(
            at=letter.printed_at,
            what={
                Letter.Kind.WELCOME: _("Got a welcome letter"),
                Letter.Kind.MISSED: _("Got a letter instead of a call"),
                Letter.Kind.FEE: _("Got a letter about the fee"),
            }[letter.kind],
            who=letter.who,
        )


TIMELINE = [TimelineLine("letters", letters)]
