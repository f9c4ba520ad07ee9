"""What Today shows: the cards in their order, and what stands behind them."""

from dataclasses import dataclass, replace
from datetime import datetime, time
from operator import attrgetter

from django.db.models import Case, Count, Exists, F, Max, Min, OuterRef, Q, Value, When, Window
from django.db.models.functions import RowNumber
from django.utils import timezone

from krets.overview.today.cards import Card, cards_of, gathered_card, rank, with_persons
from krets.register.access.kinds import BOARD, Mandates
from krets.register.access.permissions import Permission
from krets.register.imports.models import Import
from krets.register.looks.models import ListLook
from krets.rhythm.routines.models import Watch
from krets.rhythm.routines.queries import all_routines, keys_of_kind, routine_called
from krets.rhythm.todos.models import Todo
from krets.rhythm.todos.queries import late_about_people, order, put_off_by, waiting_for
from krets.welcome.calls.queries import too_late_to_ring

MOST_CARDS = 5
FEW = 3
CALL = "call"
ONLY_CALLS = frozenset({Mandates.CALLER, Mandates.CONTACT_PERSON})


@dataclass(frozen=True)
class Waiting:
    """How much waits for one viewer. What is gathered in one card is one thing, as it is one to do.

    `late` are those whose day has passed, `due` those for today, `calls_due` the calls among these.
    """

    things: int
    late: int
    due: int
    calls_due: int
    only_calls: bool


@dataclass(frozen=True)
class Today:
    """What waits for one viewer: at most five cards, and how much there is in all."""

    cards: list
    waiting: Waiting

    @property
    def things(self):
        return self.waiting.things

    @property
    def more(self):
        """How many things wait beyond the cards and what they stand for."""
        return self.things - sum(1 + card.more for card in self.cards)


@dataclass(frozen=True)
class Place:
    """Where in the order something stands: the id of a to-do, or the card of several gathered."""

    rank: tuple
    pk: int | None = None
    card: Card | None = None


def today_for(viewer, at):
    """Return the viewer's Today. Three statements, and what the routines tell.

    Of a kind with more than a few, beside other kinds, the first stands for all; and of further
    kinds while there are more than the cards have room for.
    """
    today = timezone.localdate(at)
    kinds = _kinds(viewer, at)
    gathered = [kind for kind in kinds if _is_gathered(kind)]
    lone = [kind for kind in kinds if kind not in gathered]
    crowded = _crowded(lone, MOST_CARDS - len(gathered)) if len(kinds) > 1 else {}
    single = _todos(viewer, at).filter(routine__in=[kind["routine"] for kind in lone])
    first = _ordered(_first_of(single, crowded) if crowded else single)[:MOST_CARDS]
    cards = [
        replace(card, more=crowded.get(card.routine.key, 0))
        for card in cards_of(viewer, list(first), today)
    ]
    cards += _gathered_cards(viewer, gathered)
    return Today(
        cards=sorted(cards, key=attrgetter("rank"))[:MOST_CARDS],
        waiting=_waiting(viewer, kinds, today),
    )


def all_of_kind(viewer, at, key):
    """Return the viewer's waiting to-dos of one routine, in order."""
    return _ordered(_todos(viewer, at).filter(routine=key))


def everything(viewer, at):
    """Return (how much waits, all of it as Places in the order of Today). Two statements."""
    kinds = _kinds(viewer, at)
    gathered = [kind for kind in kinds if _is_gathered(kind)]
    single = _todos(viewer, at).exclude(routine__in=[kind["routine"] for kind in gathered])
    # What orders them only: what their lines say is asked of those on the page.
    rows = single.order_by("pk").values_list("routine", "due_on", "fact_on", "pk", "is_too_late")
    places = [
        Place(rank(routine_called(key), due_on, fact_on, pk, is_too_late=is_too_late), pk=pk)
        for key, due_on, fact_on, pk, is_too_late in rows
    ]
    places += [Place(card.rank, card=card) for card in _gathered_cards(viewer, gathered)]
    return _waiting(viewer, kinds, timezone.localdate(at)), sorted(places, key=attrgetter("rank"))


def cards_at(viewer, places, today):
    """Return the cards of these Places, in their order."""
    todos = Todo.objects.of(viewer.unit).filter(pk__in=[place.pk for place in places if place.pk])
    todos = with_persons(todos)
    cards = {card.todo.pk: card for card in cards_of(viewer, list(todos), today)}
    found = [place.card or cards.get(place.pk) for place in places]
    return [card for card in found if card]


def things_waiting(viewer, at):
    """Return how many things wait for the viewer, those of a kind gathered. One statement."""
    return _waiting(viewer, _kinds(viewer, at), timezone.localdate(at)).things


def late_here(unit, today):
    """Return (how many people wait, their late to-dos, whoever has them). A statement each."""
    known = [routine.key for routine in all_routines()]
    late = late_about_people(unit, today).filter(routine__in=known)
    people = late.order_by().values("person").distinct().count()
    return people, with_persons(late.order_by(*_by_day()), "owner")


def passed_on(viewer, today):
    """Return [(title, number, since when)] of what lies still with the officer: for the board.

    To-dos, not people; those about somebody with protected details are not counted.
    """
    if not viewer.may(Permission.FIGURE_SEE) or viewer.kinds.isdisjoint(BOARD):
        return []
    waiting = Todo.objects.of(viewer.unit).counted_for_the_board().awake(today)
    waiting = waiting.filter(person__protected_at=None).order_by("routine")
    counted = waiting.values_list("routine").annotate(number=Count("pk"), since=Min("due_on"))
    return [
        (str(routine_called(key).title), number, since)
        for key, number, since in counted
        if routine_called(key)
    ]


def put_off(viewer, today):
    """Return (how many of the viewer's to-dos are put off, the day the first comes back)."""
    told = put_off_by(viewer, today).aggregate(number=Count("pk"), day=Min("snoozed_until"))
    return told["number"], told["day"]


def all_put_off(viewer, today):
    """Return the viewer's to-dos that are put off, as they come back."""
    known = [each.key for each in all_routines()]
    return with_persons(put_off_by(viewer, today).filter(routine__in=known))


def comes_next(viewer, today, back_on):
    """Return the day when something is looked at again, or comes back (`back_on`), or None."""
    days = [back_on]
    if viewer.may(Permission.MEMBER_SEE):
        ahead = Watch.objects.of(viewer.unit).filter(next_on__gt=today)
        days.append(ahead.aggregate(day=Min("next_on"))["day"])
    return min((day for day in days if day), default=None)


def is_following_up(viewer, at):
    """Return whether the routines are still looking at the people of a file saved just now."""
    return Import.objects.of(viewer.unit).being_followed_up(at).exists()


def is_noted(viewer, person_ids, *, page, today):
    """Return whether today's looks already tell that the viewer was shown these people."""
    noted = ListLook.objects.of(viewer.unit).filter(
        viewer=viewer.account, page=page, at__gte=_midnight(today)
    )
    seen = {person_id for shown in noted.values_list("shown", flat=True) for person_id in shown}
    return seen.issuperset(person_ids)


def _todos(viewer, at):
    """Return the viewer's waiting to-dos. Of several calls to one person the latest stands for all.

    A promise made in a call comes after the to-do that led to it: one telephone call does both.
    """
    today = timezone.localdate(at)
    known = [routine.key for routine in all_routines()]
    calls = keys_of_kind(CALL)
    later = (
        Todo.objects.of(viewer.unit)
        .open()
        .awake(today)
        .filter(
            routine__in=calls,
            person=OuterRef("person"),
            owner=OuterRef("owner"),
            pk__gt=OuterRef("pk"),
        )
    )
    waiting = waiting_for(viewer, today).filter(routine__in=known)
    too_late = Q(routine__in=calls) & too_late_to_ring(viewer, at)
    return waiting.filter(~Q(routine__in=calls) | ~Exists(later)).annotate(
        is_too_late=Case(When(too_late, then=Value(1)), default=Value(0))
    )


def _crowded(kinds, room):
    """Return {routine: how many its first to-do stands for}, so that other kinds find room.

    Calls give way last: to ring somebody is what Today is for.
    """
    crowded, cards = {}, _sum(kinds, "number")
    for kind in sorted(kinds, key=_gives_way):
        if kind["number"] > FEW or (kind["number"] > 1 and cards > room):
            crowded[kind["routine"]] = kind["number"] - 1
            cards -= kind["number"] - 1
    return crowded


def _gives_way(kind):
    is_few = kind["number"] <= FEW
    return is_few, routine_called(kind["routine"]).kind == CALL, -kind["number"]


def _first_of(todos, crowded):
    """Keep all to-dos but those of crowded routines: of each of these the first in order."""
    place = Window(RowNumber(), partition_by=[F("routine")], order_by=_order())
    placed = todos.annotate(place=place)
    return placed.filter(~Q(routine__in=list(crowded)) | Q(place=1))


def _ordered(todos):
    return with_persons(todos.order_by(*_order()))


def _order():
    # Whom it is too late to ring tonight stands after all that can be done.
    return ["is_too_late", *_by_day()]


def _by_day():
    bulk = [each.key for each in all_routines() if each.bulk]
    return order(bulk=bulk, welcome=[each.key for each in all_routines() if each.welcome])


def _kinds(viewer, at):
    today = timezone.localdate(at)
    counted = _todos(viewer, at).order_by("routine").values("routine")
    return list(
        counted.annotate(
            number=Count("pk"),
            late=Count("pk", filter=Q(due_on__lt=today)),
            due=Count("pk", filter=Q(due_on=today)),
            first_due=Min("due_on"),
            first_fact=Min("fact_on"),
            last_fact=Max("fact_on"),
        )
    )


def _waiting(viewer, kinds, today):
    gathered = [kind for kind in kinds if _is_gathered(kind)]
    lone = [kind for kind in kinds if kind not in gathered]
    calls = [kind for kind in lone if routine_called(kind["routine"]).kind == CALL]
    return Waiting(
        things=_sum(lone, "number") + len(gathered),
        late=_sum(lone, "late") + sum(kind["first_due"] < today for kind in gathered),
        due=_sum(lone, "due") + sum(kind["first_due"] == today for kind in gathered),
        calls_due=_sum(calls, "due"),
        only_calls=viewer.kinds <= ONLY_CALLS and len(calls) == len(kinds),
    )


def _sum(kinds, name):
    return sum(kind[name] for kind in kinds)


def _gathered_cards(viewer, kinds):
    return [_gathered_card(viewer, routine_called(kind["routine"]), kind) for kind in kinds]


def _gathered_card(viewer, routine, kind):
    fact_on = kind["last_fact"] if routine.welcome else kind["first_fact"]
    return gathered_card(viewer, routine, kind["number"], kind["first_due"], fact_on)


def _is_gathered(kind):
    routine = routine_called(kind["routine"])
    return bool(routine.gather) and kind["number"] >= routine.gather


def _midnight(day):
    return timezone.make_aware(datetime.combine(day, time.min))
