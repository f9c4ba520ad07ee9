"""Writing in a member, and changing what is known about a person."""

from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext as _

from krets.kit.errors import CannotError
from krets.kit.ui import errors
from krets.kit.ui.links import link
from krets.kit.ui.responses import done, respond
from krets.register.access.doors import page
from krets.register.access.permissions import Permission
from krets.register.looks.doors import looked_at, note_saving
from krets.register.members import commands
from krets.register.members.forms import DetailsForm, NewMemberForm
from krets.register.members.models import Person
from krets.register.members.queries import label, written

OFFICERS = ("name", "reach", "about")


@page(Permission.MEMBER_ADD)
def add(request):
    """Write in a member by hand."""
    today = timezone.localdate()
    form = NewMemberForm(request.POST or None, today=today, initial={"joined_on": today})
    known = []
    if form.is_valid():
        try:
            person = commands.add_member(
                request.unit, **form.cleaned_data, by=request.viewer, at=timezone.now()
            )
        except CannotError as refusal:
            form.add_error(None, str(refusal))
            known = getattr(refusal, "people", [])
        else:
            return done(
                request,
                to="register:members:person",
                args=[person.pk],
                message=_("%(name)s has been added.") % {"name": person.name},
            )
    context = {"form": form, "known": known}
    return respond(request, "register/members/add.html", context, fragment="form")


@page(Permission.MEMBER_EDIT)
def details(request, person_id, section):
    """Change one part of what is known about a person."""
    if section not in OFFICERS:
        raise Http404
    person = looked_at(request, Person, person_id, page="edit")
    form = DetailsForm(
        request.POST or None, section=section, person=person, today=timezone.localdate()
    )
    if form.is_valid():
        try:
            return _saved(request, person, form)
        except commands.StaleError as stale:
            return _stale(request, person, form, stale)
        except CannotError as refusal:
            field = getattr(refusal, "field", None)
            form.add_error(field if field in form.fields else None, str(refusal))
    context = {"form": form, "person": person, "section": section}
    return respond(request, "register/members/details.html", context, fragment="form")


def _saved(request, person, form):
    commands.edit_person(
        person,
        seen=form.cleaned_data["seen"],
        changes=form.changes,
        was=form.was,
        by=request.viewer,
        at=timezone.now(),
    )
    if form.changes:
        note_saving(request, person)
    return done(
        request,
        to="register:members:person",
        args=[person.pk],
        message=_("Saved.") if form.changes else _("Nothing was changed."),
    )


def _stale(request, person, form, stale):
    return errors.stale(
        request,
        **form.over(stale),
        changes=[
            (label(field), written(field, now), written(field, mine))
            for field, (now, mine) in stale.both.items()
        ],
        is_own=stale.is_own,
        address=request.path,
        back=link(request, "register:members:person", person.pk),
    )
