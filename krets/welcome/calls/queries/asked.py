"""Whether anybody is still to make a call: what the to-dos that ask for it have come to."""

from django.db.models import Case, Exists, OuterRef, Q, Subquery, When

from krets.rhythm.routines.queries import all_routines, keys_of_kind
from krets.rhythm.todos.models import Todo
from krets.welcome.calls.models import Call, CallReason
from krets.welcome.calls.models.calls import is_reachable


def asking():
    """Return the to-dos, open or closed, that ask for a call of the statement around."""
    return about_them(keys_of_kind("call"))


def about_them(routines):
    """Return the to-dos of these routines about the person of the statement around."""
    return Todo.objects.filter(
        unit=OuterRef("unit"), person=OuterRef("person"), routine__in=routines
    )


def no_longer_asked():
    """Return the condition that every to-do asking for a call was closed, and none has come since.

    A step skipped, a to-do done in another way, a routine switched off, the time passed. What was
    promised or chosen by hand asks for itself; what rests, waits for its day, or for a number that
    a to-do asks for, too. Who cannot be rung about the fee is written to instead.
    """
    reasons = CallReason.objects.filter(call=OuterRef("pk"))
    lasting = reasons.filter(kind__in=CallReason.LASTING)
    only_fee = ~Q(Exists(reasons.exclude(kind=CallReason.Kind.FEE)))
    numbers = about_them(keys_of_kind("number")).open()
    by_itself = Q(rested_at=None, again_on=None) & ~Q(Exists(lasting)) & ~Q(Exists(numbers))
    over = Q(Exists(asking().filter(closed_at__gte=OuterRef("made_at"))))
    return asked_by_none() & by_itself & (over | (only_fee & ~is_reachable()))


def asked_by_none():
    """Return the condition that no to-do asks for a call now."""
    return ~Q(Exists(asking().open()))


def asked_of(viewer):
    """Return the condition that a call on the shared list is asked for by a to-do of the viewer's.

    It stands on the viewer's Today, and so among their calls; others may take it all the same.
    """
    return Q(given_to=None) & Exists(asking().open().filter(owner__in=viewer.person_ids))


def put_off_until(viewer, today):
    """Return the day to which the viewer has put off a call, None where a to-do of theirs is awake.

    Whoever puts off the to-do that asks for a call puts off the call.
    """
    mine = asking().open().filter(owner__in=viewer.person_ids)
    back = mine.asleep(today).order_by("snoozed_until", "pk").values("snoozed_until")
    return Case(When(Exists(mine.awake(today)), then=None), default=Subquery(back[:1]))


def put_off_by(viewer, today):
    """Return {person: the day to which the viewer has put off the call to them}. One statement.

    Not those of whom a to-do of theirs is awake (`put_off_until`).
    """
    asks = Todo.objects.of(viewer.unit).open().filter(routine__in=keys_of_kind("call"))
    asks = asks.filter(person__isnull=False)
    mine = asks.owned_by(viewer.person_ids)
    asleep = mine.asleep(today).exclude(person__in=mine.awake(today).values("person"))
    # Of several the first to come back stands last in what is read, and so is the one that is kept.
    return dict(asleep.order_by("-snoozed_until", "-pk").values_list("person", "snoozed_until"))


def to_owe_again(unit, ids):
    """Return the open to-dos of these people that ask for a call which was closed as not needed.

    Their to-do was opened again: what closed it was taken back.
    """
    not_needed = Call.objects.of(unit).filter(person__in=ids, closing=Call.Closing.NOT_NEEDED)
    ids = list(not_needed.values_list("person", flat=True).distinct())
    if not ids:
        return []
    calls = Call.objects.filter(person=OuterRef("person")).order_by("-closed_at", "-pk")
    last = Subquery(calls.values("closing")[:1])
    owing = [each.key for each in all_routines() if each.kind == "call" and each.on_open]
    todos = Todo.objects.of(unit).open().filter(person__in=ids, routine__in=owing)
    return (
        todos.filter(~Exists(calls.open()))
        .alias(last_closing=last)
        .filter(last_closing=Call.Closing.NOT_NEEDED)
        .order_by("pk")
    )
