"""What is to be done in a unit, for whom, in which order."""

from django.db.models import Case, Count, F, Q, Value, When

from krets.register.access.table import TABLE
from krets.register.mandates.models import Mandate
from krets.register.members.models import Person
from krets.rhythm.todos.models import Todo


def waiting_for(viewer, today):
    """Return the viewer's open to-dos that are not put off, and for officers those nobody has."""
    todos = Todo.objects.of(viewer.unit).open().awake(today)
    if viewer.may("member:see"):
        return todos.taken_or_free(viewer.person_ids)
    return todos.owned_by(viewer.person_ids)


def put_off_by(viewer, today):
    """Return the viewer's open to-dos that come back on a later day, the first of them first."""
    asleep = Todo.objects.of(viewer.unit).open().owned_by(viewer.person_ids).asleep(today)
    return asleep.order_by("snoozed_until", "due_on", "pk")


def order(*, bulk=(), welcome=()):
    """Return what to-dos are ordered by: due day, new members before others, then by age.

    What is asked of many on one day (`bulk`) stands after all that is about somebody alone.
    Of new members whose day is the same the newest stands first: one file tells of a whole month,
    and a welcome in the week of joining is worth more than one that is late anyway.
    """
    # Among no routines nothing is asked: a mere number to order by would be a column's place.
    order_by = [_last(bulk)] if bulk else []
    order_by.append("due_on")
    if welcome:
        newest = Case(When(routine__in=list(welcome), then=F("fact_on")), default=None)
        order_by += [_first(welcome), newest.desc(nulls_last=True)]
    return [*order_by, "fact_on", "pk"]


def _last(routines):
    return Case(When(routine__in=list(routines), then=Value(1)), default=Value(0))


def _first(routines):
    return Case(When(routine__in=list(routines), then=Value(0)), default=Value(1))


def people_waiting(unit, today, **routines):
    """Return {name: how many people have an open to-do of these routines}. One statement.

    `late` are those for whom anything should have been done before today, and is not put off.
    Nobody with protected details is counted.
    """
    counted = {name: Q(routine__in=keys) for name, keys in routines.items()}
    counted["late"] = _is_late(today)
    return _about_people(unit).aggregate(
        **{
            name: Count("person", filter=condition, distinct=True)
            for name, condition in counted.items()
        }
    )


def late_about_people(unit, today):
    """Return the to-dos of the people that `people_waiting` counts as late, whoever has them."""
    return _about_people(unit).filter(_is_late(today))


def open_of_routines(unit, today):
    """Return {routine: (how many of its to-dos are open, how many have passed their day)}."""
    counted = Todo.objects.of(unit).open().order_by("routine").values_list("routine")
    late = Count("pk", filter=_is_late(today))
    return {key: (number, late) for key, number, late in counted.annotate(Count("pk"), late=late)}


def last_acted_on(viewer):
    """Return the unit's to-dos whose last act by hand was the viewer's own."""
    return Todo.objects.of(viewer.unit).filter(last_act__by=viewer.account.pk)


def held(unit, today):
    """Return [(person id, kind)] of the unit's current mandates."""
    return list(Mandate.objects.of(unit).current(today).values_list("person_id", "kind"))


def may_do(unit_id, person, needs, today):
    """Return whether the person holds a mandate in the unit that grants the capability."""
    held = Mandate.objects.of(unit_id).current(today)
    return held.filter(person=person, kind__in=list(TABLE.get(needs, {}))).exists()


def who_may_do(unit, needs, today):
    """Return the people who hold a mandate that grants the capability, by name."""
    held = Mandate.objects.of(unit).current(today).filter(kind__in=list(TABLE.get(needs, {})))
    people = Person.objects.of(unit).filter(pk__in=held.values("person_id"))
    names = ("first_name", "last_name", "register_number", "trail_key", "unit_id")
    return people.only(*names).order_by("sort_key", "pk")


def _about_people(unit):
    return Todo.objects.of(unit).open().filter(person__isnull=False, person__protected_at=None)


def _is_late(today):
    is_awake = Q(snoozed_until=None) | Q(snoozed_until__lte=today)
    return is_awake & Q(due_on__lt=today)
