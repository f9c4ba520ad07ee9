"""Signing in, and what comes right after."""

import time
from http import HTTPStatus

from allauth.account.adapter import get_adapter
from allauth.account.internal.stagekit import LOGIN_SESSION_KEY
from allauth.account.views import ConfirmLoginCodeView, RequestLoginCodeView
from allauth.core import ratelimit
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from krets.kit.messaging import outbox
from krets.register.access import tickets
from krets.register.access.doors import open_door, ticket
from krets.register.accounts import commands, queries, sessions
from krets.register.accounts.forms import AddressForm, CodeForm
from krets.register.organisation.queries import is_set_up

ADDRESS_WRITTEN = "sign_in_address"
_LONGEST = 254


class AskAddress(RequestLoginCodeView):
    """allauth's page, with our words; a refused form answers 422.

    It is there also while a code is on its way, for whoever wrote the wrong address.
    """

    form_class = AddressForm
    template_name = "register/accounts/sign_in.html"
    extra_context = {"is_kept": outbox.is_kept}

    def get_initial(self):
        """Have the address ready when the code could not be used."""
        return {"email": self.request.session.pop(ADDRESS_WRITTEN, "")}

    def form_valid(self, form):
        """Send a code, or do as much for an address that nobody signs in with."""
        answer = super().form_valid(form)
        if form._user is None:  # noqa: SLF001 -- allauth's own page reads it too
            get_adapter().pretend_to_send_code(form.cleaned_data["email"])
        return answer

    def form_invalid(self, form):
        answer = super().form_invalid(form)
        answer.status_code = 422
        return answer

    def get(self, request, *args, **kwargs):
        """Lead to the one thing there is to do where nobody can sign in yet."""
        if not is_set_up():
            return redirect("home")
        return super().get(request, *args, **kwargs)

    def _redirect_to_pending_stage(self, request, stage):
        return None


class AskCode(ConfirmLoginCodeView):
    """allauth's page, with our words; a wrong code answers 422, the last wrong one starts over."""

    form_class = CodeForm
    template_name = "register/accounts/code.html"
    extra_context = {"is_kept": outbox.is_kept}

    def dispatch(self, request, *args, **kwargs):
        """Say so when the code's time is out, and lead to where a new one is asked for."""
        begun = request.session.get(LOGIN_SESSION_KEY)
        answer = super().dispatch(request, *args, **kwargs)
        is_over = begun and getattr(self, "_process", None) is None
        if is_over and not request.user.is_authenticated:
            request.session[ADDRESS_WRITTEN] = begun["email"]
            messages.error(
                request,
                _("The code lasted ten minutes. Ask for a new one, and use it when it comes."),
            )
        return answer

    def post(self, request, *args, **kwargs):
        if request.POST.get("action") == "resend":
            return self._send_again()
        return super().post(request, *args, **kwargs)

    def form_invalid(self, form):
        answer = super().form_invalid(form)
        if answer.status_code == HTTPStatus.OK:
            answer.status_code = 422
        else:
            self.request.session[ADDRESS_WRITTEN] = self._process.state["email"]
            messages.error(self.request, _("Too many wrong codes. Ask for a new one."))
        return answer

    def _send_again(self):
        """Send a new code that lasts as long as the first did; the one before no longer works."""
        process, adapter = self._process, get_adapter()
        address = process.state["email"]
        if process.can_resend and ratelimit.consume(
            self.request, action="request_login_code", key=address.lower()
        ):
            process.state["at"] = time.time()
            process.send(skip_enumeration_mails=True)
            if process.user is None:
                adapter.pretend_to_send_code(address)
            process.record_resend()
            process.persist()
            messages.success(
                self.request, _("There is a new code. Only the latest one can be used.")
            )
        else:
            messages.error(self.request, adapter.error_messages["rate_limited"])
        return redirect(self.passthrough_next_url(reverse("account_confirm_login_code")))


sign_in = open_door("sign-in")(AskAddress.as_view())
code = open_door("sign-in")(AskCode.as_view())


@open_door("sign-out")
@require_POST
def sign_out(request):
    """End the session on this device."""
    # The word stays in the language that was spoken here.
    spoken = request.session.get("language")
    logout(request)
    if spoken:
        request.session["language"] = spoken
    messages.success(request, _("You are signed out."))
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
        return render(request, "ui/errors/link_over.html", status=410)
    if request.method != "POST":
        context = {"by_itself": request.ticket.reusable}
        return render(request, "register/accounts/link.html", context)
    now = timezone.now()
    if not request.ticket.account.is_active or not tickets.use_up(request.ticket, at=now):
        return render(request, "ui/errors/link_over.html", status=410)
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
        if written := request.POST.get("email", "").strip()[:_LONGEST]:
            # Chosen in the middle of signing in: the address stands there again.
            request.session[ADDRESS_WRITTEN] = written
        if request.user.is_authenticated:
            commands.choose_language(
                request.user, language=chosen, by=sessions.viewer(request.user), at=timezone.now()
            )
    return answer


def _inside(request):
    """Tell an address of ours from one that leads away."""
    address = request.POST.get("next", "")
    return address.startswith("/") and url_has_allowed_host_and_scheme(address, allowed_hosts=None)
