"""Signing in, and what comes right after."""

from http import HTTPStatus

from allauth.account.views import ConfirmLoginCodeView, RequestLoginCodeView
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from krets.register.access import tickets
from krets.register.access.doors import open_door, ticket
from krets.register.accounts import commands, queries, sessions
from krets.register.accounts.forms import AddressForm, CodeForm
from krets.register.organisation.queries import is_set_up


class AskAddress(RequestLoginCodeView):
    """allauth's page, with our words; a refused form answers 422."""

    form_class = AddressForm
    template_name = "register/accounts/sign_in.html"

    def form_invalid(self, form):
        answer = super().form_invalid(form)
        answer.status_code = 422
        return answer


class AskCode(ConfirmLoginCodeView):
    """allauth's page, with our words; a wrong code answers 422, the last wrong one starts over."""

    form_class = CodeForm
    template_name = "register/accounts/code.html"

    def form_invalid(self, form):
        answer = super().form_invalid(form)
        if answer.status_code == HTTPStatus.OK:
            answer.status_code = 422
        else:
            messages.error(self.request, _("Too many wrong codes. Ask for a new one."))
        return answer


sign_in = open_door("sign-in")(AskAddress.as_view())
code = open_door("sign-in")(AskCode.as_view())


@open_door("sign-out")
@require_POST
def sign_out(request):
    """End the session on this device."""
    logout(request)
    answer = redirect("account_login")
    # Drafts of calls that the network kept in the phone go with the session (decision 40).
    answer["Clear-Site-Data"] = '"storage"'
    return answer


@open_door("home")
@never_cache
def home(request):
    """Lead to where the day begins: the only association, a choice of several, or My page."""
    if not request.user.is_authenticated:
        if not is_set_up():
            return render(request, "register/accounts/not_set_up.html")
        return redirect("account_login")
    units = queries.units_of(request.user, timezone.localdate())
    if len(units) == 1:
        return redirect("overview:today:today", unit=units[0].slug)
    if not units:
        return redirect("my_page")
    return render(request, "register/accounts/choose_unit.html", {"units": units})


@ticket("sign-in")
def link(request):
    """Sign in by a personal link. Opening it shows whose it is; the button uses it up."""
    if request.ticket.reusable and not sessions.demo_links_stand(request):
        return render(request, "ui/errors/link_used.html", status=410)
    if request.method != "POST":
        context = {"by_itself": request.ticket.reusable}
        return render(request, "register/accounts/link.html", context)
    now = timezone.now()
    if not tickets.use_up(request.ticket, at=now):
        return render(request, "ui/errors/link_used.html", status=410)
    sessions.begin(request, request.ticket.account, how="link", at=now)
    return redirect("home")


@open_door("language")
@require_POST
def language(request):
    """Read Krets in another language from now on, on every device when one is signed in."""
    chosen = request.POST.get("language")
    answer = redirect(request.POST.get("next") if _inside(request) else "home")
    if chosen in dict(settings.LANGUAGES):
        request.session["language"] = chosen
        if request.user.is_authenticated:
            commands.choose_language(
                request.user, language=chosen, by=sessions.viewer(request.user), at=timezone.now()
            )
    return answer


def _inside(request):
    """Tell an address of ours from one that leads away."""
    address = request.POST.get("next", "")
    return address.startswith("/") and url_has_allowed_host_and_scheme(address, allowed_hosts=None)
