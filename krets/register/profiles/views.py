"""A person: the page, the story, the words carried, and who has looked."""

from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from krets.kit.errors import CannotError
from krets.kit.kept import one_look
from krets.kit.ui.links import link
from krets.kit.ui.responses import done, respond
from krets.register.access.doors import page
from krets.register.access.permissions import Permission
from krets.register.access.scope import Fields
from krets.register.accounts.queries import signs_in
from krets.register.looks.doors import looked_at, note_saving
from krets.register.looks.queries import appearances, looks_at, viewers_of
from krets.register.members.models import Person
from krets.register.members.queries import PHONES, label
from krets.register.profiles import commands, contributed, queries
from krets.register.profiles.forms import ContactForm, NoteForm, WordsForm
from krets.register.profiles.models import Note


@page(Permission.MEMBER_SEE)
def person(request, person_id):
    """Everything one needs to know about a person before a talk."""
    found = looked_at(request, Person, person_id, page="person", opened=True)
    # It is at hand: nobody needs to ask for it.
    found.unit = request.unit
    today, viewer = timezone.localdate(), request.viewer
    # The story and the parts ask for the same calls and letters.
    with one_look([found]):
        told = queries.person_page(request.unit, found, fields=request.scope.fields, today=today)
        parts = _parts(request, found, today)
        actions = _actions(request, found)
        phones = _phones(request, found, today)
    context = {
        "person": found,
        "told": told,
        "parts": parts,
        "actions": actions,
        "phones": phones,
        "viewers": viewers_of(found, today=today) if viewer.may(Permission.LOOK_SEE) else 0,
        "note_form": NoteForm() if viewer.may(Permission.NOTE_WRITE) else None,
        "may_edit": viewer.may(Permission.MEMBER_EDIT) and not found.protected_at,
        "today": today,
    }
    return respond(request, "register/profiles/person.html", context)


@page(Permission.MEMBER_SEE)
def history(request, person_id):
    """Everything that has happened, from the first day."""
    found = looked_at(request, Person, person_id, page="history", opened=True)
    today = timezone.localdate()
    told = queries.person_page(
        request.unit, found, fields=request.scope.fields, today=today, most=None
    )
    context = {"person": found, "told": told, "today": today}
    return respond(request, "register/profiles/history.html", context)


@page(Permission.LOOK_SEE)
def looks(request, person_id):
    """Who has looked at a person's details, when and why."""
    found = looked_at(request, Person, person_id, page="looks", opened=True)
    today = timezone.localdate()
    lines = looks_at(found, today=today)
    shown = appearances(found, today=today)
    context = {"person": found, "lines": lines, "shown": shown, "today": today}
    context["signs_in"] = signs_in(found)
    return respond(request, "register/looks/looks.html", context)


@page(Permission.NOTE_WRITE)
@require_POST
def note(request, person_id):
    """Write a note."""
    found = looked_at(request, Person, person_id, page="person", opened=True)
    form = NoteForm(request.POST)
    if form.is_valid():
        try:
            commands.write_note(
                found, text=form.cleaned_data["text"], by=request.viewer, at=timezone.now()
            )
        except CannotError as refusal:
            form.add_error("text", str(refusal))
        else:
            return _told(request, found, _("The note is saved."), act="wrote")
    context = {"form": form, "person": found}
    return respond(request, "register/profiles/note.html", context)


@page(Permission.NOTE_WRITE)
def rewrite(request, note_id):
    """Read a note as it stands, and write it anew where something in it is wrong."""
    found = looked_at(request, Note, note_id, page="note")
    form = NoteForm(request.POST or None, initial={"text": found.text})
    if form.is_valid():
        try:
            commands.rewrite_note(
                found, text=form.cleaned_data["text"], by=request.viewer, at=timezone.now()
            )
        except CannotError as refusal:
            form.add_error("text", str(refusal))
        else:
            return _told(request, found.person, _("The note is changed."), act="rewrote")
    context = {"form": form, "note": found, "person": found.person}
    return respond(request, "register/profiles/rewrite.html", context)


@page(Permission.NOTE_WRITE)
def unwrite(request, note_id):
    """Ask whether a note is to be deleted, and delete it."""
    found = looked_at(request, Note, note_id, page="note")
    if request.method == "POST":
        commands.remove_note(found, by=request.viewer, at=timezone.now())
        return _told(request, found.person, _("The note is deleted."), act="unwrote")
    return respond(request, "register/profiles/unwrite.html", {"note": found})


@page(Permission.MEMBER_EDIT)
def words(request, person_id):
    """What somebody wants, is good at and cares about."""
    found = looked_at(request, Person, person_id, page="edit", opened=True)
    form = WordsForm(
        request.POST or None,
        carried=queries.carried(found),
        in_use=queries.tags_in_use(request.unit),
    )
    if form.is_valid():
        added, removed = form.change()
        try:
            commands.change_tags(
                found, added=added, removed=removed, by=request.viewer, at=timezone.now()
            )
        except CannotError as refusal:
            form.add_error(None, str(refusal))
        else:
            return _told(request, found, _("Saved."))
    context = {"form": form, "person": found}
    return respond(request, "register/profiles/words.html", context, fragment="form")


@page(Permission.MEMBER_EDIT)
def contact(request, person_id):
    """Choose who keeps in touch."""
    found = looked_at(request, Person, person_id, page="edit", opened=True)
    people = {
        holder.pk: holder
        for holder in queries.contact_choices(request.unit, today=timezone.localdate())
        if holder.pk != found.pk
    }
    form = ContactForm(
        request.POST or None, people=people.values(), initial={"contact": found.contact_person_id}
    )
    if form.is_valid():
        chosen = people.get(form.cleaned_data["contact"])
        try:
            commands.set_contact_person(found, contact=chosen, by=request.viewer, at=timezone.now())
        except CannotError as refusal:
            form.add_error(None, str(refusal))
        else:
            return _told(request, found, _("Saved."))
    context = {"form": form, "person": found}
    return respond(request, "register/profiles/contact.html", context, fragment="form")


def _parts(request, person, today):
    """Return what other features draw on the page, each from its own template."""
    told = (
        (part.template, part.told(request.unit, person.pk, today=today))
        for part in contributed.parts(request.viewer)
    )
    return [
        render_to_string(template, {**context, "today": today}, request=request)
        for template, context in told
        if context is not None
    ]


def _phones(request, person, today):
    """Return (what kind, number, why it is no good) of each number, where they are opened."""
    if Fields.PHONE not in request.scope.fields or person.protected_at:
        return []
    doubted = contributed.doubted_numbers(request.unit, person.pk, today=today)
    return [
        (label(kind), number, doubted.get(number, ""))
        for kind in PHONES
        if (number := getattr(person, kind))
    ]


def _actions(request, person):
    """Return the buttons of other features that have something to say about this person."""
    if person.deceased_on or person.protected_at:
        return []
    left = Fields.MEMBERSHIP in request.scope.fields and person.left_on is not None
    return [
        {
            "label": words,
            "address": link(request, action.route, person.pk, *action.arguments),
            "method": action.method,
            "main": action.main and not left,
            "icon": action.icon,
        }
        for action in contributed.actions(request.viewer)
        if (words := action.label(person))
    ]


def _told(request, person, message, *, act="saved"):
    note_saving(request, person, act)
    return done(request, to="register:members:person", args=[person.pk], message=message)
