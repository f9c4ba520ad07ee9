"""Who is trusted with what, and trusting somebody."""

from datetime import timedelta

from django.contrib import messages
from django.utils import timezone
from django.utils.translation import gettext as _

from krets.kit.errors import CannotError
from krets.kit.limits import limits
from krets.kit.messaging import outbox
from krets.kit.ui.responses import done, respond
from krets.register.access.doors import page
from krets.register.access.kinds import Mandates
from krets.register.access.permissions import Permission
from krets.register.access.table import BY_TWO
from krets.register.looks.commands import note_list
from krets.register.looks.doors import looked_at
from krets.register.mandates import commands, handing_over, queries
from krets.register.mandates.forms import EndForm, FindForm, GiveForm, NewHolderForm
from krets.register.mandates.models import Mandate
from krets.register.members.models import Person

HELD = "register:mandates:held"
SEARCHES = 60
AN_HOUR = timedelta(hours=1)


@page(Permission.MANDATE_SEE)
def held(request):
    """Who holds which mandate here, until when, and what waits for a second to agree."""
    viewer, now = request.viewer, timezone.now()
    mandates = queries.current(request.unit, timezone.localdate(now))
    waiting = queries.waiting(request.unit)
    _note(request, [*mandates, *waiting], now)
    context = {
        "mandates": mandates,
        "waiting": waiting,
        "may_give": viewer.may(Permission.MANDATE_GIVE),
        "gives": viewer.gives(),
        "mine": viewer.person_ids,
        "decides": list(queries.for_second(viewer).values_list("pk", flat=True)),
    }
    return respond(request, "register/mandates/held.html", context, fragment="list")


@page(Permission.MANDATE_GIVE)
def give(request):
    """Find the one who is to have a mandate. What one writes is in no address and in no log."""
    form = FindForm(request.POST or None)
    people, asked = [], form.is_valid()
    if asked and _may_search(request):
        people = queries.found(request.unit, form.cleaned_data["words"])
        if people:
            shown = [person.pk for person in people]
            note_list(page="mandates:search", shown=shown, by=request.viewer, at=timezone.now())
    elif asked:
        form.add_error(
            None, _("That was a lot of searches in an hour. Take a break, and try again later.")
        )
    context = {"form": form, "asked": asked, "people": people, "most": queries.SHOWN}
    return respond(request, "register/mandates/give.html", context, fragment="form")


@page(Permission.MANDATE_GIVE)
def give_to(request, person_id):
    """Give somebody in the register a mandate."""
    person = looked_at(request, Person, person_id, page="mandate")
    form = GiveForm(
        request.POST or None,
        gives=request.viewer.gives(),
        signs_in=person.account_id is not None,
        initial={"email": person.email, **_term(request)},
    )
    if form.is_valid():
        try:
            mandate = _give(request, person, form.cleaned_data)
        except CannotError as refusal:
            form.add_error(None, str(refusal))
        else:
            return done(request, to=HELD, message=_told(mandate))
    context = {"form": form, "person": person}
    return respond(request, "register/mandates/give_to.html", context, fragment="form")


@page(Permission.MANDATE_GIVE)
def give_new(request):
    """Write down somebody who is not in the register, and give them a mandate."""
    form = NewHolderForm(request.POST or None, gives=request.viewer.gives(), initial=_term(request))
    known = []
    if form.is_valid():
        known = _known(request, form.cleaned_data)
        if known:
            form.add_error(None, _("Somebody here has that name or address. Is it the same?"))
        else:
            try:
                mandate = commands.give_new(
                    request.unit, **_answers(form), by=request.viewer, at=timezone.now()
                )
            except CannotError as refusal:
                form.add_error(None, str(refusal))
            else:
                return done(request, to=HELD, message=_told(mandate))
    context = {"form": form, "known": known}
    return respond(request, "register/mandates/give_new.html", context, fragment="form")


@page(Permission.MANDATE_AGREE)
def agree(request, mandate_id):
    """See what one is asked to agree to, and be the second who does."""
    mandate = looked_at(request, Mandate, mandate_id, page="mandate")
    if request.method == "POST":
        try:
            commands.agree(mandate, by=request.viewer, at=timezone.now())
        except CannotError as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, _("Agreed. The mandate is valid from now on."))
        return done(request, to=HELD)
    if mandate.agreed_at or mandate.ended_at:
        return done(request, to=HELD)
    context = {
        "mandate": mandate,
        "known": queries.known_by_address(mandate),
        "given_by": queries.giver_of(mandate),
    }
    return respond(request, "register/mandates/agree.html", context, fragment="ask")


@page(Permission.MANDATE_GIVE)
def end(request, mandate_id):
    """Show what the holder has by a mandate, ask who takes it over, and end it."""
    mandate, now = looked_at(request, Mandate, mandate_id, page="mandate"), timezone.now()
    if request.method != "POST" and (refusal := queries.refusal_to_end(mandate, request.viewer)):
        messages.error(request, refusal)
        return done(request, to=HELD)
    ending = handing_over.ending_of(mandate, request.unit, at=now)
    asked = request.method == "POST"
    form = EndForm(request.POST if asked else None, people=ending.people)
    if not asked or (ending.people and not form.is_valid()):
        context = {"mandate": mandate, "ending": ending, "form": form}
        return respond(request, "register/mandates/end.html", context, fragment="ask")
    to = form.chosen() if ending.people else None
    try:
        commands.end(mandate, to=to, by=request.viewer, at=now)
    except CannotError as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _ended(to))
    return done(request, to=HELD)


def _note(request, mandates, now):
    shown = list(dict.fromkeys(mandate.person_id for mandate in mandates))
    note_list(page="mandates", shown=shown, by=request.viewer, at=now)


def _may_search(request):
    """Count a search, so that nobody leafs through the register by trying names."""
    key = f"mandate-search:{request.viewer.account.pk}"
    return limits.take(key, limit=SEARCHES, per=AN_HOUR, at=timezone.now())


def _known(request, answers):
    """Return who it may be already, unless it is said to be somebody else."""
    if answers["is_another"]:
        return []
    asked = {name: answers[name] for name in ("first_name", "last_name", "email")}
    known = queries.likely(request.unit, **asked)
    if known:
        shown = [person.pk for person in known]
        note_list(page="mandates:search", shown=shown, by=request.viewer, at=timezone.now())
    return known


def _give(request, person, answers):
    by, now = request.viewer, timezone.now()
    return commands.give(request.unit, person, **answers, by=by, at=now)


def _answers(form):
    return {name: value for name, value in form.cleaned_data.items() if name != "is_another"}


def _term(request):
    return {"ends_on": queries.term_end(request.unit, timezone.localdate())}


def _told(mandate):
    if mandate.kind in BY_TWO and mandate.agreed_at is None:
        return _("One more board member has to agree before it takes effect.")
    if mandate.kind in BY_TWO:
        return _(
            "It takes effect the day after tomorrow, since nobody else on the board can"
            " agree to it."
        )
    named = {"name": mandate.person.name, "kind": str(mandate.get_kind_display()).lower()}
    told = [_("%(name)s is %(kind)s from now on.") % named, _how_to_sign_in()]
    if mandate.kind == Mandates.CALLER:
        told.append(
            _(
                "They get new calls by themselves; those that wait now can be moved under Who calls"
                " whom."
            )
        )
    return " ".join(told)


def _ended(to):
    if to is None:
        return _("The mandate has ended.")
    return _("The mandate has ended. %(name)s has taken over.") % {"name": to.called}


def _how_to_sign_in():
    if outbox.is_kept():
        return _(
            "No mail is sent from here yet: they sign in with their address, and whoever runs Krets"
            " reads the code to them."
        )
    return _("A message tells them how to sign in.")
