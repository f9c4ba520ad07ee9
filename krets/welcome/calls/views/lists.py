"""My calls, the next one, and how they are shared."""

from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from krets.kit.errors import CannotError
from krets.kit.ui.flash import tell
from krets.kit.ui.responses import done, respond
from krets.kit.ui.thousands import grouped
from krets.register.access.doors import find, page
from krets.register.access.permissions import Permission
from krets.register.looks.commands import note_list
from krets.register.models import Person
from krets.welcome.calls import commands, queries
from krets.welcome.calls.forms import ShareForm
from krets.welcome.calls.models import Call, CallReason
from krets.welcome.calls.views.card import to_card


@page(Permission.CALL_REPORT)
def my_calls(request):
    """The calls that are mine, and the button that begins."""
    now = timezone.now()
    calls = queries.my_list(
        request.viewer, fields=request.scope.fields, at=now, number=request.GET.get("page")
    )
    _note_shown(request, "calls", calls.lines, now)
    context = {"calls": calls, "may_share": request.viewer.may(Permission.CALL_SHARE)}
    return respond(request, "welcome/calls/list.html", context, fragment="rows")


@page(Permission.CALL_REPORT)
@require_POST
def next_call(request):
    """Take the next call in hand."""
    call = commands.claim_next(request.unit, by=request.viewer, at=timezone.now())
    if call is None:
        return done(
            request, to="welcome:calls:list", message=_("There is nobody to call right now.")
        )
    return to_card(request, call)


@page(Permission.CALL_REPORT)
@require_POST
def claim(request, pk):
    """Take this call in hand."""
    return taken(request, find(request, Call, pk), back="welcome:calls:list")


@page(Permission.CALL_REPORT)
def person(request, person_id):
    """Ring this person: the call that is open, or for those who may, a new one."""
    call = queries.open_call_to(request.unit, request.scope, person_id)
    if call is None and (request.method != "POST" or not queries.sees_all(request.viewer)):
        raise Http404
    if request.method != "POST":
        return to_card(request, call)
    if call is not None and call.given_to_id not in {None, *request.viewer.person_ids}:
        # Nobody takes another's call over without being told whose it is.
        return to_card(request, call)
    if call is not None:
        return taken(request, call, back="welcome:calls:list")
    found = find(request, Person, person_id)
    return opened(request, found, CallReason.Kind.BY_HAND, back="welcome:calls:list")


def opened(request, person, kind, *, back):
    """Owe somebody a call, take it in hand and show its card; or say on `back` why not."""
    now = timezone.now()
    today = timezone.localdate(now)
    try:
        call = commands.open_call(person, kind=kind, due_on=today, by=request.viewer, at=now)
    except CannotError as refusal:
        tell(request, str(refusal), state="watch")
        return done(request, to=back)
    return taken(request, call, back=back)


def taken(request, call, *, back):
    """Take a call in hand and show its card; or say on the page `back` why it cannot be."""
    if call.rested_at and request.viewer.may(Permission.CALL_SHARE):
        # What is to be decided is decided on the card, without ringing.
        return to_card(request, call)
    try:
        commands.claim(call, by=request.viewer, at=timezone.now())
    except CannotError as refusal:
        tell(request, str(refusal), state="watch")
        return done(request, to=back)
    return to_card(request, call)


@page(Permission.CALL_SHARE)
def share(request):
    """Who has which calls, and moving them."""
    now, number = timezone.now(), request.GET.get("page")
    people = queries.callers_of(request.unit, timezone.localdate(now))
    form = ShareForm(
        request.POST or None,
        people=people,
        calls=queries.calls_within(request.unit, request.scope),
    )
    if form.is_valid():
        try:
            moved = _give(request, people, form.cleaned_data, now)
        except CannotError as refusal:
            form.add_error(None, str(refusal))
        else:
            words = ngettext("%(count)s call is moved.", "%(count)s calls are moved.", moved)
            # Back to the same page of the list.
            to = request.get_full_path()
            return done(request, to=to, message=words % {"count": grouped(moved)})
    sharing = queries.sharing(
        request.viewer, people, fields=request.scope.fields, at=now, number=number
    )
    _note_shown(request, "calls_shared", sharing.lines, now)
    may_import = request.viewer.may(Permission.IMPORT_MAKE)
    context = {"sharing": sharing, "form": form, "may_import": may_import}
    return respond(request, "welcome/calls/share.html", context, fragment="rows")


def _give(request, people, cleaned, now):
    by_key = {str(person.pk): person for person in people}
    return commands.give_calls(
        request.unit,
        calls=cleaned["call"],
        to=by_key.get(cleaned["to"]),
        by=request.viewer,
        at=now,
    )


def _note_shown(request, where, lines, now):
    if shown := [line.call.person_id for line in lines]:
        note_list(page=where, shown=shown, by=request.viewer, at=now)
