"""What letters tell on a person's timeline."""

from django.utils.translation import gettext as _

from krets.kit.contributions import Happening, TimelineLine
from krets.welcome.letters.models import Letter
from krets.welcome.letters.queries import printed_letters


def letters(unit, person_id, fields):
    """Yield a happening for each letter that was printed, newest first."""
    for letter in printed_letters(unit, [person_id]).get(person_id, ()):
        yield Happening(
            at=letter.at,
            what={
                Letter.Kind.WELCOME: _("Got a welcome letter"),
                Letter.Kind.MISSED: _("Got a letter instead of a call"),
                Letter.Kind.FEE: _("Got a letter about the fee"),
            }[letter.kind],
            who=letter.who,
        )


TIMELINE = [TimelineLine("letters", letters)]
