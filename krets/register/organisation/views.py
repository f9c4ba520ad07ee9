"""The first quarter of an hour: a question a page, and a look at the answers before they stand."""

from django.conf import settings
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache

from krets.kit.errors import CannotError
from krets.kit.messaging import outbox
from krets.kit.ui.responses import respond
from krets.register.access import tickets
from krets.register.access.doors import open_door
from krets.register.accounts import sessions
from krets.register.organisation import commands, steps
from krets.register.organisation.queries import is_set_up


@open_door("set-up")
@never_cache
def set_up(request, token, step=steps.FIRST):
    """Ask one question; then show all answers, make the association and lead to Today."""
    ticket = tickets.valid("set-up", token, at=timezone.now())
    if ticket is None or step not in steps.ORDER or is_set_up():
        return _over(request)
    if request.POST.get("language") in dict(settings.LANGUAGES):
        return _in_another_language(request, token, step)
    if step == steps.CHECK:
        return _check(request, token, ticket)
    return _ask(request, token, step)


@open_door("home")
@never_cache
def lost(request, **_rest):
    """Say where the link is to somebody who opened only a part of it."""
    return _over(request)


def _ask(request, token, step):
    make, question = steps.STEPS[step]
    form = make(request.POST or None, initial=steps.kept(request))
    if form.is_valid():
        steps.keep(request, form.cleaned_data)
        return redirect(_address(token, steps.first_open(request)))
    here = steps.ORDER.index(step)
    context = {
        "form": form,
        "step": step,
        "question": question,
        "dots": steps.dots(step),
        "number": here + 1,
        "is_kept": outbox.is_kept(),
        "back": _address(token, steps.ORDER[here - 1]) if here else "",
    }
    return respond(request, "register/organisation/set_up.html", context)


def _check(request, token, ticket):
    """Show what was answered, the address large: whoever mistypes it cannot sign in again."""
    missing = steps.first_open(request)
    if missing != steps.CHECK:
        return redirect(_address(token, missing))
    answers = steps.answers_of(request)
    if request.method == "POST":
        now = timezone.now()
        try:
            unit, account = commands.set_up(
                ticket, **answers, language=get_language(), by=None, at=now
            )
        except CannotError:
            return _over(request)
        del request.session[steps.KEPT]
        sessions.begin(request, account, how="set-up", at=now)
        return redirect("overview:today:today", unit=unit.slug)
    context = {
        "answers": answers,
        "dots": steps.dots(steps.CHECK),
        "number": len(steps.ORDER),
        "is_kept": outbox.is_kept(),
        "change": {step.replace("-", "_"): _address(token, step) for step in steps.STEPS},
    }
    return render(request, "register/organisation/check.html", context)


def _in_another_language(request, token, step):
    """Go on in another language, with what stands half written."""
    language = request.POST["language"]
    if step in steps.STEPS:
        fields = steps.STEPS[step][0].base_fields
        steps.keep(request, {name: request.POST.get(name, "") for name in fields})
    request.session["language"] = language
    translation.activate(language)
    return redirect(_address(token, step))


def _address(token, step):
    return reverse("set_up_step", args=[token, step])


def _over(request):
    """Say what to do where the link does not work, in the same words for every such link."""
    if not is_set_up():
        return render(request, "register/accounts/not_set_up.html", status=404)
    context = {"is_in": request.user.is_authenticated}
    return render(request, "register/organisation/link_over.html", context, status=410)
