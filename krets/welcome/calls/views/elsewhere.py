"""What is said to whoever tells of a call in one window, when it is told of in another."""

from http import HTTPStatus

from django.utils.translation import gettext as _

from krets.kit.ui.flash import tell
from krets.kit.ui.links import link
from krets.kit.ui.responses import done, respond
from krets.welcome.calls import queries
from krets.welcome.calls.forms import KINDS
from krets.welcome.calls.views.card import to_card

TOLD = "welcome/calls/told.html"
WORDS = ("note", "promise", *(f"own_{kind}" for kind in KINDS))


def sent_before(request, attempt):
    """Answer a report whose key has come before, from this window or another."""
    if attempt.undone_at:
        tell(request, _("You have taken this report back in another window. Go on here."))
        return to_card(request, attempt.call)
    return _told(request, attempt, _("How this call went is told already. It is not saved twice."))


def told_elsewhere(request, attempt):
    """Answer whoever goes on with a report that was begun and told in another window."""
    return _told(request, attempt, _("You have told how this call went in another window."))


def _told(request, attempt, message):
    """Say that it is told; what was typed here and is not in the report stays in view."""
    undo_at = link(request, "welcome:calls:undo", attempt.key)
    typed = [request.POST.get(name, "").strip() for name in WORDS]
    left_out = queries.left_out_of(attempt, [words for words in typed if words])
    if not left_out:
        return done(request, to="welcome:calls:list", message=message, undo=undo_at)
    context = {"words": left_out, "undo": undo_at}
    status = HTTPStatus.UNPROCESSABLE_ENTITY
    return respond(request, TOLD, context, fragment="told", status=status)
