"""The address one signs in with: changing it, and showing that messages reach it."""

from datetime import timedelta

from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from krets.kit.errors import CannotError
from krets.kit.limits import limits
from krets.kit.messaging import outbox
from krets.kit.ui import flash
from krets.kit.ui.responses import respond
from krets.register.access.doors import own
from krets.register.accounts import commands, messages, proof, queries, sessions
from krets.register.accounts.forms import AddressCodeForm, NewAddressForm

CODES, TRIES, WHILE = 5, 20, timedelta(hours=1)


@own
def address(request):
    """Write the address to sign in with from now on; a code goes there first."""
    form = NewAddressForm(request.POST or None)
    if form.is_valid():
        now = timezone.now()
        if limits.take(f"address-codes:{request.user.pk}", limit=CODES, per=WHILE, at=now):
            _send_code(request, form.cleaned_data["email"], now)
            return redirect("my_address_code")
        form.add_error(None, _("Too many codes were asked for. Wait an hour, then try again."))
    context = {"form": form, "present": request.user.email, "is_kept": outbox.is_kept()}
    return respond(request, "register/accounts/address.html", context)


@own
def address_code(request):
    """Write the code that came to the address; then it is the one to sign in with."""
    now = timezone.now()
    waiting = proof.waiting(request, at=now)
    if waiting is None:
        flash.tell(request, _("The code lasts ten minutes. Ask for a new one here."), state="watch")
        return redirect("my_address")
    form = AddressCodeForm(request.POST or None)
    if form.is_valid():
        if not limits.take(f"address-tries:{request.user.pk}", limit=TRIES, per=WHILE, at=now):
            form.add_error(None, _("Too many wrong codes. Wait an hour, then try again."))
        elif not proof.holds(waiting, form.cleaned_data["code"]):
            form.add_error(
                "code", _("That is not the latest code. Look again, and write all six digits.")
            )
        else:
            return _take(request, waiting["email"], now)
    context = {"form": form, "email": waiting["email"], "is_kept": outbox.is_kept()}
    return respond(request, "register/accounts/address_code.html", context)


def _send_code(request, email, now):
    """Send the code; for an address that somebody else signs in with do as much, and send none."""
    code = proof.begin(request, email, at=now)
    taken = queries.by_address(email)
    is_free = taken is None or taken.pk == request.user.pk
    messages.send_proof(email, code, at=now, post=outbox.post if is_free else outbox.pretend)


def _take(request, email, now):
    account, before = request.user, request.user.email
    signed = {"by": sessions.viewer(account), "at": now}
    try:
        if email == before:
            commands.confirm_address(account, **signed)
            said = _("Thank you. We know now that messages reach you.")
        else:
            commands.change_address(account, email=email, **signed)
            said = _("From now on you sign in with %(address)s.") % {"address": email}
    except CannotError as refusal:
        flash.tell(request, str(refusal), state="fault")
        return redirect("my_address")
    proof.end(request)
    flash.tell(request, said)
    if any(person.email.lower() == before for person in request.persons) and email != before:
        told = _("The register still has your old address. Correct it under “Your details”.")
        flash.tell(request, told, state="watch")
    return redirect("my_page")
