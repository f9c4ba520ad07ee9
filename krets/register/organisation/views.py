"""The first quarter of an hour."""

from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache

from krets.kit.errors import CannotError
from krets.register.access import tickets
from krets.register.access.doors import open_door
from krets.register.accounts import sessions
from krets.register.accounts.views import not_set_up
from krets.register.organisation import commands
from krets.register.organisation.forms import SetUpForm
from krets.register.organisation.queries import is_set_up


@open_door("set-up")
@never_cache
def set_up(request, token):
    """Make the association and its first officer, and lead them to Today."""
    now = timezone.now()
    ticket = tickets.valid("set-up", token, at=now)
    if ticket is None or is_set_up():
        return _over(request)
    form = SetUpForm(request.POST or None, initial={"language": get_language()})
    if form.is_valid():
        try:
            unit, account = commands.set_up(ticket, **form.cleaned_data, by=None, at=now)
        except CannotError as refusal:
            form.add_error(None, str(refusal))
        else:
            sessions.begin(request, account, how="set-up", at=now)
            return redirect("overview:today:today", unit=unit.slug)
    status = 422 if form.is_bound else 200
    return render(request, "register/organisation/set_up.html", {"form": form}, status=status)


@open_door("home")
@never_cache
def lost(request, **_rest):
    """Say where the link is to somebody who opened only a part of it."""
    return _over(request)


def _over(request):
    """Say what to do where the link does not work, in the same words for every such link."""
    if not is_set_up():
        return not_set_up(request, status=404)
    context = {"is_in": request.user.is_authenticated}
    return render(request, "register/organisation/link_over.html", context, status=410)
