"""My calls, the next one, and how they are shared."""

from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from krets.kit.errors import CannotError
from krets.kit.ui.flash import tell
from krets.kit.ui.responses import done, respond
from krets.register.access.doors import find, page
from krets.register.access.permissions import Permission
from krets.register.looks.commands import note_list
from krets.register.models import Person
from krets.welcome.calls import commands, queries
from krets.welcome.calls.forms import ShareForm
from krets.welcome.calls.models import Call, CallReason


@page(Permission.CALL_REPORT)
def my_calls(request):
    """The calls that are mine, and the button that begins."""
    now = timezone.now()
    calls = queries.my_list(request.viewer, fields=request.scope.fields, at=now)
    _note_shown(
        request, "calls", [*calls.now, *calls.later, *calls.unreachable, *calls.resting], now
    )
    context = {
        "calls": calls,
        "now": now,
        "may_share": request.viewer.may(Permission.CALL_SHARE),
    }
    return respond(request, "welcome/calls/list.html", context)


@page(Permission.CALL_REPORT)
@require_POST
def next_call(request):
    """Take the next call in hand."""
    call = commands.claim_next(request.unit, by=request.viewer, at=timezone.now())
    if call is None:
        return done(
            request, to="welcome:calls:list", message=_("There is nobody to call right now.")
        )
    return done(request, to="welcome:calls:card", args=[call.pk])


@page(Permission.CALL_REPORT)
@require_POST
def claim(request, pk):
    """Take this call in hand."""
    call = find(request, Call, pk)
    try:
        commands.claim(call, by=request.viewer, at=timezone.now())
    except CannotError as refusal:
        tell(request, str(refusal), state="watch")
        return done(request, to="welcome:calls:list")
    return done(request, to="welcome:calls:card", args=[call.pk])


@page(Permission.CALL_REPORT)
def person(request, person_id):
    """Ring this person: the call that is open, or for those who may, a new one."""
    call = queries.open_call_to(request.unit, request.scope, person_id)
    if request.method != "POST":
        if call is None:
            raise Http404
        return done(request, to="welcome:calls:card", args=[call.pk])
    now, viewer = timezone.now(), request.viewer
    try:
        if queries.sees_all(viewer):
            call = (
                commands.open_call(
                    find(request, Person, person_id),
                    kind=CallReason.Kind.BY_HAND,
                    due_on=timezone.localdate(now),
                    by=viewer,
                    at=now,
                )
                if call is None
                else call
            )
        if call is None:
            raise Http404
        commands.claim(call, by=viewer, at=now)
    except CannotError as refusal:
        tell(request, str(refusal), state="watch")
        return done(request, to="welcome:calls:list")
    return done(request, to="welcome:calls:card", args=[call.pk])


@page(Permission.CALL_SHARE)
def share(request):
    """Who has which calls, and moving them."""
    now = timezone.now()
    sharing = queries.sharing(request.viewer, fields=request.scope.fields, at=now)
    form = ShareForm(request.POST or None, sharing=sharing)
    if form.is_valid():
        try:
            moved = _give(request, sharing, form.cleaned_data, now)
        except CannotError as refusal:
            form.add_error(None, str(refusal))
        else:
            words = ngettext("%(count)d call is moved.", "%(count)d calls are moved.", moved)
            return done(request, to="welcome:calls:share", message=words % {"count": moved})
    lines = [line for holder in sharing.holders for line in holder.lines]
    _note_shown(request, "calls_shared", lines, now)
    return respond(
        request, "welcome/calls/share.html", {"sharing": sharing, "form": form, "now": now}
    )


def _give(request, sharing, cleaned, now):
    people = {str(person.pk): person for person in sharing.people}
    calls = {str(line.call.pk): line.call for holder in sharing.holders for line in holder.lines}
    return commands.give_calls(
        request.unit,
        calls=[calls[pk] for pk in cleaned["call"]],
        to=people.get(cleaned["to"]),
        by=request.viewer,
        at=now,
    )


def _note_shown(request, where, lines, now):
    if shown := [line.call.person_id for line in lines]:
        note_list(page=where, shown=shown, by=request.viewer, at=now)
