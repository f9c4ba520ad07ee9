"""When somebody leaves, has died, or does not want to be asked; and taking it back."""

from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from krets.kit.errors import CannotError
from krets.kit.ui.links import link
from krets.kit.ui.responses import done, respond
from krets.register.access.doors import page
from krets.register.access.permissions import Permission
from krets.register.looks.doors import looked_at, note_saving
from krets.register.members import commands
from krets.register.members.forms import DeceasedForm, EndForm
from krets.register.members.models import Person


@page(Permission.MEMBER_EDIT)
def end(request, person_id):
    """Ask when and why a membership ended, and end it."""
    person = looked_at(request, Person, person_id, page="edit")
    form = EndForm(request.POST or None, initial={"on": timezone.localdate()})
    if form.is_valid():
        try:
            commands.end_membership(
                person, **form.cleaned_data, by=request.viewer, at=timezone.now()
            )
        except CannotError as refusal:
            form.add_error(None, str(refusal))
        else:
            told = _("%(name)s’s membership has ended.") % {"name": person.called}
            return _told(request, person, told, undo="register:members:resume")
    context = {"form": form, "person": person}
    return respond(request, "register/members/end.html", context, fragment="form")


@page(Permission.MEMBER_EDIT)
@require_POST
def resume(request, person_id):
    """Take back the end of a membership."""
    person = looked_at(request, Person, person_id, page="person")
    commands.resume_membership(person, by=request.viewer, at=timezone.now())
    told = _("%(name)s is a member, as before.") % {"name": person.called}
    return _told(request, person, told)


@page(Permission.MEMBER_EDIT)
def deceased(request, person_id):
    """Ask when somebody died, and stop everything that would reach the home."""
    person = looked_at(request, Person, person_id, page="edit")
    form = DeceasedForm(request.POST or None, initial={"on": timezone.localdate()})
    if form.is_valid():
        try:
            commands.record_deceased(
                person, on=form.cleaned_data["on"], by=request.viewer, at=timezone.now()
            )
        except CannotError as refusal:
            form.add_error(None, str(refusal))
        else:
            told = _("Recorded. Nothing more is sent to %(name)s, and nobody is asked to call.")
            told %= {"name": person.name}
            return _told(request, person, told, undo="register:members:undo-deceased")
    context = {"form": form, "person": person}
    return respond(request, "register/members/deceased.html", context, fragment="form")


@page(Permission.MEMBER_EDIT)
@require_POST
def undo_deceased(request, person_id):
    """Take back that somebody has died."""
    person = looked_at(request, Person, person_id, page="person")
    commands.undo_deceased(person, by=request.viewer, at=timezone.now())
    told = _("Undone. %(name)s is as before.") % {"name": person.name}
    return _told(request, person, told)


@page(Permission.MEMBER_EDIT)
@require_POST
def calls(request, person_id):
    """Note whether somebody wants calls."""
    person = looked_at(request, Person, person_id, page="person")
    wanted = request.POST.get("wanted") == "yes"
    commands.set_calls(person, wanted=wanted, by=request.viewer, at=timezone.now())
    if wanted:
        told = _("%(name)s may be called again.") % {"name": person.called}
    else:
        told = _("Nobody will be asked to call %(name)s.") % {"name": person.called}
    return _told(request, person, told)


@page(Permission.MEMBER_EDIT)
@require_POST
def quiet(request, person_id):
    """Note whether somebody supports by choice, without being asked for more."""
    person = looked_at(request, Person, person_id, page="person")
    wished = request.POST.get("wished") == "yes"
    commands.set_quiet(person, quiet=wished, by=request.viewer, at=timezone.now())
    if wished:
        told = _("Nobody will ask %(name)s for more.") % {"name": person.called}
    else:
        told = _("%(name)s may be asked again.") % {"name": person.called}
    return _told(request, person, told)


def _told(request, person, message, undo=None):
    note_saving(request, person)
    address = link(request, undo, person.pk) if undo else None
    return done(
        request, to="register:members:person", args=[person.pk], message=message, undo=address
    )
