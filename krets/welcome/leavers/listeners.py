"""What follows for the fee when a member file has come in."""

from django.utils import timezone

from krets.kit.jobs.queue import job
from krets.kit.jobs.steps import step
from krets.register.organisation.models import Unit
from krets.rhythm.routines.commands import BATCH, reconsider
from krets.rhythm.routines.queries import routine_called, settings_of_routine
from krets.welcome.leavers import commands, queries


@job("welcome.leavers.file_came_in", atomic=False)
def file_came_in(unit_id, at, **_fact):
    """Look again at everybody unpaid or being asked: the file says nothing new of most of them.

    Only from some days before asking begins: what is read in earlier is old news by then.
    """
    today, unit = timezone.localdate(at), Unit.objects.get(pk=unit_id)
    keys = [key for key in queries.ROUTINES if routine_called(key)]
    settings = [settings_of_routine(unit, key) for key in keys]
    begins = [queries.first_day(today.year, each["from_day"]) - queries.FRESH for each in settings]
    if not begins or today < min(begins):
        return
    from_month = max(each["counts_from_month"] for each in settings)
    with step():
        ids = queries.to_look_at(unit, today=today, from_month=from_month)
    for first in range(0, len(ids), BATCH):
        with step():
            reconsider(
                unit_id,
                subject="person",
                ids=ids[first : first + BATCH],
                only=keys,
                by=None,
                at=at,
            )
    with step():
        commands.let_go(unit, by=None, at=at)
