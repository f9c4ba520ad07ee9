"""Who is trusted with what, and trusting somebody."""

from django.contrib import messages
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from krets.kit.errors import CannotError
from krets.kit.ui.links import link
from krets.kit.ui.responses import respond
from krets.register.access.doors import find, page
from krets.register.access.permissions import Permission
from krets.register.access.table import BY_TWO
from krets.register.mandates import commands, queries
from krets.register.mandates.forms import GiveForm
from krets.register.mandates.models import Mandate


@page(Permission.MANDATE_SEE)
def held(request):
    """Who holds which mandate here, until when, and what waits for a second to agree."""
    viewer = request.viewer
    context = {
        "mandates": queries.current(request.unit, timezone.localdate()),
        "waiting": queries.waiting(request.unit),
        "may_give": viewer.may(Permission.MANDATE_GIVE),
        "gives": viewer.gives(),
        "mine": viewer.person_ids,
        "account": viewer.account,
        "may_agree": viewer.may(Permission.MANDATE_AGREE),
    }
    return respond(request, "register/mandates/held.html", context, fragment="list")


@page(Permission.MANDATE_GIVE)
def give(request):
    """Give somebody a mandate."""
    form = GiveForm(request.POST or None, gives=request.viewer.gives())
    if form.is_valid():
        try:
            mandate = _given(request, form.cleaned_data)
        except CannotError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _told(mandate))
            return redirect(link(request, "register:mandates:held"))
    return respond(request, "register/mandates/give.html", {"form": form}, fragment="form")


@page(Permission.MANDATE_AGREE)
@require_POST
def agree(request, mandate_id):
    """Be the second who agrees."""
    mandate = find(request, Mandate, mandate_id)
    try:
        commands.agree(mandate, by=request.viewer, at=timezone.now())
    except CannotError as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Agreed. The mandate is valid from now on."))
    return redirect(link(request, "register:mandates:held"))


@page(Permission.MANDATE_GIVE)
def end(request, mandate_id):
    """Ask whether the mandate is to end now, and end it."""
    mandate = find(request, Mandate, mandate_id)
    if request.method == "POST":
        try:
            commands.end(mandate, by=request.viewer, at=timezone.now())
        except CannotError as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, _("The mandate has ended."))
        return redirect(link(request, "register:mandates:held"))
    return respond(request, "register/mandates/end.html", {"mandate": mandate}, fragment="ask")


def _given(request, answers):
    """Find the person, or write the new name down, and give the mandate."""
    now = timezone.now()
    name = {"first_name": answers["first_name"], "last_name": answers["last_name"]}
    found = queries.named(request.unit, **name, email=answers["email"])
    if len(found) > 1:
        raise CannotError(
            _("Several people have that name. Write the e-mail address that the register knows.")
        )
    person = (
        found[0]
        if found
        else commands.know_person(
            request.unit, **name, email=answers["email"], by=request.viewer, at=now
        )
    )
    return commands.give(
        request.unit,
        person,
        kind=answers["kind"],
        email=answers["email"],
        by=request.viewer,
        at=now,
    )


def _told(mandate):
    if mandate.kind in BY_TWO and mandate.agreed_at is None:
        return _("One more board member has to agree before it takes effect.")
    if mandate.kind in BY_TWO:
        return _(
            "It takes effect the day after tomorrow, since nobody else on the board can"
            " agree to it."
        )
    return _("The mandate has been given. They sign in with the e-mail address.")
