"""My page: what each association knows about me, and who has looked."""

from django.http import Http404
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from krets.kit.errors import CannotError
from krets.kit.ui import errors, flash
from krets.kit.ui.responses import respond
from krets.overview.my_page.forms import OwnDetailsForm
from krets.register.access.doors import own
from krets.register.access.viewer import Viewer
from krets.register.accounts.queries import awaits_proof, units_of
from krets.register.data_rights.queries import own_page, own_story
from krets.register.members import commands
from krets.register.members.queries import label, written


@own
def my_page(request):
    """My details as each association has them, my mandates, and who has looked."""
    today = timezone.localdate()
    context = {
        "pages": [own_page(person, today=today) for person in request.persons],
        "address": request.user.email,
        "unproven": request.user.email if awaits_proof(request.user) else "",
        "units": units_of(request.user, today),
        "today": today,
    }
    return respond(request, "overview/my_page/my_page.html", context)


@own
def story(request, person_id):
    """Everything that one association has written down about me: notes, calls, letters, changes."""
    person = _mine(request, person_id)
    upcoming, happenings = own_story(person)
    context = {
        "person": person,
        "upcoming": upcoming,
        "happenings": happenings,
        "today": timezone.localdate(),
    }
    return respond(request, "overview/my_page/story.html", context)


@own
def details(request, person_id):
    """Correct how one association reaches me."""
    person = _mine(request, person_id)
    form = OwnDetailsForm(request.POST or None, person=person)
    if form.is_valid():
        try:
            _correct(request, person, form)
        except commands.StaleError as stale:
            return _stale(request, form, stale)
        except CannotError as refusal:
            field = getattr(refusal, "field", None)
            form.add_error(field if field in form.fields else None, str(refusal))
        else:
            flash.tell(request, _("Thank you, it is saved. The association sees it at once."))
            return redirect("my_page")
    own_address = person.email.casefold() == request.user.email.casefold()
    context = {"form": form, "person": person, "own_address": own_address}
    return respond(request, "overview/my_page/details.html", context)


def _mine(request, person_id):
    person = next((each for each in request.persons if each.pk == person_id), None)
    if person is None:
        raise Http404
    return person


def _correct(request, person, form):
    commands.edit_person(
        person,
        seen=form.cleaned_data["seen"],
        changes=form.changes,
        was=form.was,
        by=Viewer.member(request.user, person, timezone.localdate()),
        at=timezone.now(),
        how="by the member",
    )


def _stale(request, form, stale):
    return errors.stale(
        request,
        **form.over(stale),
        changes=[
            (label(field), written(field, now), written(field, mine))
            for field, (now, mine) in stale.both.items()
        ],
        is_own=stale.is_own,
        address=request.path,
        back=reverse("my_page"),
    )
