"""The auditor's view of the trail."""

from urllib.parse import urlencode

from django.utils import timezone

from krets.kit.ui.responses import respond
from krets.office.trail import queries
from krets.office.trail.forms import TrailForm
from krets.register.access.doors import page
from krets.register.access.permissions import Permission


@page(Permission.TRAIL_SEE)
def trail(request):
    """Who did what here, day by day; names of officers, never what it was about."""
    known = queries.actors(request.unit)
    form = TrailForm(request.GET, actors=known.values())
    asked = form.asked()
    days, older = queries.days_of(request.unit, known, asked)
    context = {
        "days": days,
        "form_of_trail": form,
        "asked": asked,
        "is_narrowed": asked != queries.Asked(),
        "older": _address(asked, until=older) if older else "",
        "newest": _address(asked, until=None) if asked.until else "",
        "readers": queries.readers(request.unit, known, today=timezone.localdate()),
    }
    return respond(request, "office/trail/trail.html", context, fragment="days")


def _address(asked, *, until):
    """Return the query of an address: what is asked for, by keys and never by a name."""
    pairs = [("who", asked.who), ("kind", asked.kind), ("until", until)]
    return "?" + urlencode([(name, value) for name, value in pairs if value])
