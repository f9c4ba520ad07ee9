"""The register's own routines: that the member file comes in again and again."""

from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from krets.kit.contributions import Judgement, Routine, Wanted
from krets.register.access.permissions import Permission
from krets.register.imports.models import Import
from krets.register.organisation.models import Unit
from krets.rhythm.calendar.queries import next_working_day

FIRST = "first"


def judge(unit, _ids, *, today, settings):
    """Want a member file when none was ever read in, or the last one has grown old."""
    if unit.kind != Unit.Kind.ASSOCIATION:
        return Judgement()
    last = Import.objects.of(unit).applied().order_by("-applied_at").first()
    if last is None:
        made_on = timezone.localdate(unit.created_at)
        return Judgement(wanted=[Wanted(unit.pk, FIRST, made_on, made_on, due_on=made_on)])
    read_on = timezone.localdate(last.applied_at)
    old_on = read_on + timedelta(days=settings["days"])
    if today < old_on:
        return Judgement(next_on={unit.pk: old_on})
    due = next_working_day(old_on)
    return Judgement(wanted=[Wanted(unit.pk, f"after-{last.pk}", read_on, read_on, due_on=due)])


def told(_unit, todos, *, today):
    """Say whether it is the first file, or how old the register has grown."""
    return {todo.pk: {"news": _news(todo, (today - todo.fact_on).days)} for todo in todos}


def _news(todo, days):
    if todo.occasion == FIRST:
        return _("With the member file imported, Krets can see who is new and who to call.")
    return ngettext(
        "The member file here is %(days)d day old. New members may be waiting in a newer one.",
        "The member file here is %(days)d days old. New members may be waiting in a newer one.",
        days,
    ) % {"days": days}


ROUTINES = [
    Routine(
        key="register_not_imported",
        title=gettext_lazy("Import the member file"),
        why="%(news)s",
        told=told,
        watches=gettext_lazy("How old the latest member file is."),
        makes=gettext_lazy("Import a new file."),
        closes=gettext_lazy("A newer file has been saved."),
        act=gettext_lazy("Import the file"),
        opens="register:imports:new",
        icon="import",
        kind="import",
        subject="unit",
        judge=judge,
        needs=Permission.IMPORT_MAKE,
        settings={"days": (7, 1, 60)},
        labels={"days": gettext_lazy("Days between files")},
        campaign={"days": 2},
    ),
]
