"""The questions of set-up, in order, and what has been answered so far in this browser."""

from django.utils.translation import gettext_lazy as _

from krets.register.organisation.forms import AssociationForm, FirstAddressForm, FirstOfficerForm

STEPS = {
    "association": (AssociationForm, _("Which association is it?")),
    "you": (FirstOfficerForm, _("Who are you?")),
    "address": (FirstAddressForm, _("Which e-mail address do you sign in with?")),
}
CHECK = "check"
ORDER = [*STEPS, CHECK]
FIRST = ORDER[0]
KEPT = "set_up"


def kept(request):
    """Return what has been answered so far: {field: text}."""
    return request.session.get(KEPT, {})


def keep(request, answers):
    """Remember answers until Krets is set up, a fault in them or not."""
    request.session[KEPT] = kept(request) | dict(answers)


def first_open(request):
    """Return the first step whose answers do not hold yet; the last one when all do."""
    answers = kept(request)
    for step, (form, _question) in STEPS.items():
        if not form(answers).is_valid():
            return step
    return CHECK


def answers_of(request):
    """Return all answers, read by the forms again: {field: value}."""
    answers = kept(request)
    cleaned = {}
    for form, _question in STEPS.values():
        bound = form(answers)
        bound.full_clean()
        cleaned |= bound.cleaned_data
    return cleaned


def dots(step):
    """Return the state of each step, as the progress over the question draws them."""
    here = ORDER.index(step)
    return ["done"] * here + ["now"] + [""] * (len(ORDER) - here - 1)
