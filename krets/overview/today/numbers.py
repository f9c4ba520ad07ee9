"""What Today asks beside the to-dos themselves: four statements, however many figures."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, IntegerField, Subquery
from django.db.models.functions import Coalesce

from krets.register.imports.models import Import
from krets.register.members.models import Membership
from krets.register.organisation.models import Unit
from krets.rhythm.routines.queries import all_routines, settings_of_routine
from krets.rhythm.todos.queries import people_waiting, put_off_by
from krets.welcome.calls.models import Call
from krets.welcome.leavers.queries import CALL_ROUTINE, COUNTS_FROM_MONTH, to_be_paid

LETTER, CALL = "letter", "call"


@dataclass(frozen=True)
class Numbers:
    """How many people wait for what. Nobody with protected details is counted.

    `known_at` is when Krets first knew of members here, `read_at` when the latest file was saved,
    `put_off` how much the viewer has put off and `back_on` when the first of it comes back.
    """

    known_at: datetime | None
    read_at: datetime | None
    letters: int
    calls: int
    resting: int
    late: int
    unpaid: int
    put_off: int
    back_on: date | None


def numbers_of(viewer, today):
    """Return the Numbers of the viewer's unit. Four statements."""
    unit, asleep = viewer.unit, put_off_by(viewer, today)
    chosen = settings_of_routine(unit, CALL_ROUTINE)
    from_month = chosen.get("counts_from_month", COUNTS_FROM_MONTH)
    waiting = people_waiting(unit, today, letters=_welcome(LETTER), calls=_welcome(CALL))
    owing = to_be_paid(unit, today=today, from_month=from_month).filter(person__protected_at=None)
    # Asked by itself: within the one below it takes twice as long to put together.
    waiting["unpaid"] = owing.order_by().values("person").distinct().count()
    read = Import.objects.of(unit).applied().order_by("-applied_at", "-pk")
    known = Membership.objects.of(unit).order_by("pk")
    resting = Call.objects.of(unit).open().resting().allowed().filter(person__protected_at=None)
    told = Unit.objects.filter(pk=unit.pk).values(
        known_at=Subquery(known.values("learned_at")[:1]),
        read_at=Subquery(read.values("applied_at")[:1]),
        resting=_number(resting, "person"),
        put_off=_number(asleep, "pk"),
        back_on=Subquery(asleep.values("snoozed_until")[:1]),
    )
    return Numbers(**told.get(), **waiting)


def _number(rows, of):
    counted = rows.order_by().values("unit").annotate(found=Count(of, distinct=True))
    return Coalesce(Subquery(counted.values("found")), 0, output_field=IntegerField())


def _welcome(kind):
    return [each.key for each in all_routines() if each.welcome and each.kind == kind]
