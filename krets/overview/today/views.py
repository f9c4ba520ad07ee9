"""Today, and what one does to a to-do besides doing it."""

from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from krets.kit.errors import CannotError
from krets.kit.ui import flash
from krets.kit.ui.days import said
from krets.kit.ui.responses import done, respond
from krets.overview.today import figures, queries, words
from krets.overview.today.cards import cards_of, heading_of
from krets.overview.today.forms import ClosingForm, HandOverForm, SnoozeForm, later_days
from krets.overview.today.numbers import numbers_of
from krets.overview.today.takers import can_be_handed_over, mandate_wanted
from krets.overview.today.week import week_of
from krets.register.access.doors import find, page
from krets.register.access.permissions import Permission
from krets.register.accounts.queries import awaits_proof
from krets.register.looks.commands import note_list
from krets.register.mandates.queries import for_second
from krets.rhythm.routines.queries import routine_called
from krets.rhythm.todos import commands
from krets.rhythm.todos.models import Todo
from krets.rhythm.todos.queries import last_acted_on, who_may_do
from krets.welcome.calls.queries import waiting_count

PER_PAGE = 25
PAGE = "overview/today/today.html"
ALL = "overview/today/all.html"
TODO = "overview/today/todo.html"


@page(Permission.TODAY_SEE)
@require_GET
def today(request):
    """What waits for me today."""
    return respond(request, PAGE, _today(request), fragment="today")


@page(Permission.TODAY_SEE)
@require_GET
def everything(request):
    """All that waits for me, in order."""
    waiting, places = queries.everything(request.viewer, timezone.now())
    request.things_waiting = waiting.things
    return _listed(request, places, {"news": words.news(waiting)}, cards_on=queries.cards_at)


@page(Permission.TODAY_SEE)
@require_GET
def kind(request, key):
    """All of one kind that waits for me."""
    routine = routine_called(key)
    if routine is None:
        raise Http404
    todos = queries.all_of_kind(request.viewer, timezone.now(), key)
    return _listed(request, todos, {"heading": heading_of(routine, todos.count())})


@page(Permission.MEMBER_SEE)
@require_GET
def late(request):
    """Who has waited longer than intended, in the whole association, and who has the to-do."""
    people, todos = queries.late_here(request.unit, timezone.localdate())
    noted = ("late", _("what has waited longer than intended"))
    template = "overview/today/late.html"
    return _listed(request, todos, {"people": people}, template=template, noted=noted)


@page(Permission.TODAY_SEE)
@require_GET
def put_off(request):
    """What I have put off, and when it comes back."""
    todos = queries.all_put_off(request.viewer, timezone.localdate())
    return _listed(request, todos, {}, template="overview/today/put_off.html")


@page(Permission.TODO_ACT)
@require_GET
def todo(request, pk):
    """One to-do, and what I can do about it."""
    return respond(request, TODO, _about(request, find(request, Todo, pk)))


@page(Permission.TODO_ACT)
@require_POST
def snooze(request, pk):
    """Put it off."""
    form = SnoozeForm(request.POST)
    if not form.is_valid():
        raise Http404
    until = form.cleaned_data["until"]
    day = timezone.localdate()
    return _act(
        request,
        pk,
        lambda todo: commands.snooze(todo, until=until, **_signed(request)),
        _("It comes back %(day)s.") % {"day": said(until, day)},
    )


@page(Permission.TODO_ACT)
@require_POST
def owner(request, pk):
    """Hand it over."""
    found = find(request, Todo, pk)
    needs = _needs(found)
    form = HandOverForm(request.POST, people=_others(request, found))
    if not form.is_valid():
        return respond(request, TODO, _about(request, found, hand_over=form), status=422)
    to_person = form.cleaned_data["to_person"]
    return _act(
        request,
        pk,
        lambda todo: commands.hand_over(todo, to_person=to_person, needs=needs, **_signed(request)),
        words.handed_over(found, to_person, today=timezone.localdate()),
    )


@page(Permission.TODO_ACT)
@require_POST
def closing(request, pk):
    """Take it off the list, with a few words."""
    found = find(request, Todo, pk)
    form = ClosingForm(request.POST)
    if not form.is_valid():
        return respond(request, TODO, _about(request, found, closing=form), status=422)
    said_why = form.cleaned_data["words"]
    if form.cleaned_data["how"] == ClosingForm.DONE:
        return _act(
            request,
            pk,
            lambda todo: commands.mark_done(todo, words=said_why, **_signed(request)),
            _("Good. It is off your list."),
        )
    return _act(
        request,
        pk,
        lambda todo: commands.not_needed(todo, because=said_why, **_signed(request)),
        _("It is off your list."),
    )


@page(Permission.TODO_ACT)
@require_POST
def undo(request, pk):
    """Take back what I just did."""
    mine = get_object_or_404(last_acted_on(request.viewer), pk=pk)
    try:
        commands.undo(mine, **_signed(request))
    except CannotError as refusal:
        flash.tell(request, str(refusal), state="watch")
        return done(request, to="overview:today:today")
    return done(request, to="overview:today:today", message=_("It is back on your list."))


def _act(request, pk, act, message):
    try:
        act(find(request, Todo, pk))
    except CannotError as refusal:
        flash.tell(request, str(refusal), state="watch")
        message = None
    smooth = request.htmx and request.POST.get("from") == "today"
    return done(
        request,
        to="overview:today:today",
        fragment=f"{PAGE}#today" if smooth else None,
        context=_today(request) if smooth else None,
        message=message,
        undo=reverse("overview:today:undo", args=[request.unit.slug, pk]),
    )


def _today(request):
    viewer, day, now = request.viewer, timezone.localdate(), timezone.localtime()
    found = queries.today_for(viewer, now)
    request.things_waiting = found.things
    shown = _note(request, found.cards, "today", _("what waits today"))
    numbers = numbers_of(viewer, day) if viewer.may(Permission.FIGURE_SEE) else None
    members = figures.members_of(viewer.unit, numbers.known_at, day) if numbers else None
    asleep = (numbers.put_off, numbers.back_on) if numbers else queries.put_off(viewer, day)
    decisions = for_second(viewer).count()
    is_idle = not (found.things or decisions)
    shared_calls = 0 if found.things else _shared_calls(viewer, now)
    following_up = not found.things and queries.is_following_up(viewer, now)
    week = week_of(viewer, numbers, day) if numbers else None
    passed_on = queries.passed_on(viewer, day)
    return {
        "today": day,
        "found": found,
        "shown": shown,
        "greeting": words.greeting(viewer.person.first_name, now.hour),
        "news": words.news(found.waiting),
        "starts_calling": found.waiting.only_calls and found.things > 1,
        "decisions": decisions,
        "next_on": queries.comes_next(viewer, day, asleep[1]) if is_idle else None,
        "shared_calls": shared_calls,
        "following_up": following_up,
        "week": week,
        # Where nothing else stands, the week is the page.
        "week_leads": numbers and not (found.things or shared_calls or following_up),
        "may_import": viewer.may(Permission.IMPORT_MAKE),
        "may_see_mandates": viewer.may(Permission.MANDATE_SEE),
        "later": later_days(day),
        "handed": can_be_handed_over(viewer.unit, found.cards, day),
        "put_off": words.put_off(*asleep, today=day),
        "passed_on": passed_on,
        "sees_who": viewer.may(Permission.MEMBER_SEE),
        "officers": _to_ask(viewer, day) if passed_on or (week and week.is_of_people) else [],
        "may_audit": viewer.may(Permission.TRAIL_SEE),
        "unproven": viewer.account.email if awaits_proof(viewer.account) else "",
        "members": members,
        "flows": words.flows(members, day) if members else "",
        "line": figures.drawn(members.months) if members else None,
    }


def _to_ask(viewer, day):
    """Return the names of those who see what stands behind the figures, for who does not."""
    if viewer.may(Permission.MEMBER_SEE) or not viewer.may(Permission.MANDATE_SEE):
        return []
    return [person.name for person in who_may_do(viewer.unit, Permission.MEMBER_SEE, day)]


def _shared_calls(viewer, now):
    """Return how many calls on the shared list the viewer could make, who has none of their own."""
    return waiting_count(viewer, at=now) if viewer.may(Permission.CALL_REPORT) else 0


def _listed(request, todos, context, *, template=ALL, cards_on=cards_of, noted=None):
    day = timezone.localdate()
    paged = Paginator(todos, PER_PAGE).get_page(request.GET.get("page"))
    cards = cards_on(request.viewer, list(paged.object_list), day)
    _note(request, cards, *(noted or ("todos", _("all that waits"))))
    context |= {"today": day, "paged": paged, "cards": cards}
    return respond(request, template, context, fragment="rows")


def _about(request, found, *, hand_over=None, closing=None):
    day = timezone.localdate()
    if routine_called(found.routine) is None:
        raise Http404
    (card,) = cards_of(request.viewer, [found], day)
    _note(request, [card], "todo", _("one thing to do"))
    wanted, may_give = mandate_wanted(_needs(found), request.viewer.gives())
    return {
        "today": day,
        "card": card,
        "later": later_days(day),
        "hand_over": hand_over or HandOverForm(people=_others(request, found)),
        "closing": closing or ClosingForm(),
        "wanted": wanted.label.lower(),
        "may_give": may_give,
    }


def _others(request, found):
    people = who_may_do(request.unit, _needs(found), timezone.localdate())
    return people.exclude(pk=found.owner_id)


def _needs(found):
    routine = routine_called(found.routine)
    return routine.needs if routine else Permission.TODO_ACT


def _note(request, cards, name, told):
    """Write down whose names are about to be shown, once a day for the same people."""
    shown = [card.person_id for card in cards if card.person_id]
    day = timezone.localdate()
    if shown and not queries.is_noted(request.viewer, shown, page=name, today=day):
        note_list(page=name, told=told, shown=shown, **_signed(request))
    return shown


def _signed(request):
    return {"by": request.viewer, "at": timezone.now()}
