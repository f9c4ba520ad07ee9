"""Two small routines to try the engine with, and how to connect others for a test."""

from contextlib import contextmanager
from datetime import timedelta

from django.utils import timezone
from django.utils.translation import ngettext_lazy

from krets import events
from krets.events import PeopleChanged
from krets.kit.contributions import Judgement, Routine, Wanted
from krets.register.access.permissions import Permission
from krets.register.models import Membership, Person
from krets.rhythm.calendar.queries import due_on
from krets.rhythm.routines import night, registry

STALE = 90


@contextmanager
def connected(*routines):
    """Let only these routines be the ones there are."""
    before = registry.routines()
    registry.connect(routines)
    try:
        yield
    finally:
        registry.connect(before)


def joined(unit, ids):
    """Return {person id: current membership}. What is done stands in the person's occupation."""
    rows = Membership.objects.of(unit).current().filter(person_id__in=ids).select_related("person")
    return {row.person_id: row for row in rows}


def judge_call(unit, ids, *, today, settings):
    wanted = [
        wish(row, settings["days"])
        for row in joined(unit, ids).values()
        if "called" not in row.person.occupation
    ]
    return Judgement(wanted=wanted)


def judge_coffee(unit, ids, *, today, settings):
    judgement = Judgement()
    for person_id, row in joined(unit, ids).items():
        opens_on = learned_on(row) + timedelta(days=settings["days"])
        if "coffee" in row.person.occupation:
            continue
        if today < opens_on:
            judgement.next_on[person_id] = opens_on
        else:
            judgement.wanted.append(wish(row, settings["days"] + 4))
    return judgement


def wish(row, days, occasion="joined"):
    learned = learned_on(row)
    return Wanted(
        subject_id=row.person_id,
        occasion=f"{occasion}-{row.pk}",
        fact_on=row.joined_on,
        learned_on=learned,
        due_on=due_on(row.joined_on, learned, days),
    )


def learned_on(row):
    return timezone.localdate(row.learned_at)


CALL = Routine(
    key="call",
    title="Call",
    why="Joined %(fact)s and has had no call yet.",
    act="Call %(name)s",
    opens="overview:today:todo",
    judge=judge_call,
    owner=("caller",),
    needs=Permission.CALL_REPORT,
    welcome=True,
    kind="call",
    icon="phone",
    stale_after=STALE,
    settings={"days": (2, 1, 7)},
    labels={"days": "Days until the call"},
    campaign={"days": 1},
)
COFFEE = Routine(
    key="coffee",
    title="Coffee",
    why="Joined %(fact)s. Time for a coffee?",
    act="Ask %(name)s for a coffee",
    opens="overview:today:todo",
    judge=judge_coffee,
    waits_for=("call",),
    apart=5,
    stale_after=STALE,
    settings={"days": (10, 3, 30)},
)


FEE = Routine(
    key="fee",
    title="Fee",
    why="The fee has not come in.",
    act="Call %(name)s",
    opens="overview:today:todo",
    judge=lambda *_all, **_more: Judgement(),
    settings={"from_day": (815, 315, 1130), "counts_from_month": (10, 7, 12)},
    labels={"from_day": "First day", "counts_from_month": "From month"},
    shapes={"from_day": "day", "counts_from_month": "month"},
)


def join(person, *, on, learned_at, first_import=False):
    """Make the person a member."""
    return Membership.objects.create(
        unit=person.unit,
        person=person,
        joined_on=on,
        learned_at=learned_at,
        first_import=first_import,
    )


def do(person, what, *, at, by=None):
    """Let the data show that something was done."""
    person.occupation = f"{person.occupation} {what}".strip()
    Person.objects.filter(pk=person.pk).update(occupation=person.occupation)
    events.publish(PeopleChanged(person.unit_id, (person.pk,), by_id=by), at=at)


def changed(*people, at):
    events.publish(PeopleChanged(people[0].unit_id, tuple(each.pk for each in people)), at=at)


def night_of(unit, at):
    """Run the night in the unit at the moment."""
    return night.run(unit.pk, today=timezone.localdate(at), at=at)


def judge_letter(unit, ids, *, today, settings):
    return Judgement(
        wanted=[wish(row, 1) for row in joined(unit, ids).values() if row.first_import]
    )


LETTER = Routine(
    key="letter",
    title="Welcome letter",
    why="Joined %(fact)s and has had no letter yet.",
    act="Look at the letter",
    opens="register:mandates:held",
    judge=judge_letter,
    needs=Permission.LETTER_PRINT,
    welcome=True,
    kind="letter",
    gather=3,
    gathered=ngettext_lazy("%(count)d welcome letter", "%(count)d welcome letters", "count"),
    gathered_why="They are written. Review and print them.",
)
