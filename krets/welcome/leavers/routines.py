"""From late summer: ask, one by one and gently, those whose fee has not come in."""

from datetime import date, timedelta

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from krets.kit.contributions import Judgement, Routine, Wanted
from krets.register.access.kinds import Mandates
from krets.register.access.permissions import Permission
from krets.rhythm.calendar.queries import next_working_day
from krets.welcome.calls.commands import owe
from krets.welcome.calls.models import CallReason
from krets.welcome.calls.queries import begun_reports
from krets.welcome.leavers import queries

_SETTINGS = {"from_day": (815, 201, 1130), "counts_from_month": (10, 7, 12)}
_LABELS = {
    "from_day": _("First day to ask"),
    "counts_from_month": _("Whoever joins from this month has paid for next year too"),
}
_SHAPES = {"from_day": "day", "counts_from_month": "month"}


def judge_call(unit, ids, *, today, settings):
    """Want a call to each member whose fee has not come in, while the news of it are fresh."""
    return _judge(unit, ids, today, settings, wants_call=True)


def judge_letter(unit, ids, *, today, settings):
    """Want a letter to those who are asked about the fee but not to be called."""
    return _judge(unit, ids, today, settings, wants_call=False)


def _judge(unit, ids, today, settings, *, wants_call):
    members = [
        row
        for row in queries.to_ask(unit, ids, today=today, from_month=settings["counts_from_month"])
        if row.can_be_called == wants_call
    ]
    if not members or not queries.knows_fees(unit, today.year):
        return Judgement()
    from_day = queries.first_day(today.year, settings["from_day"])
    if today < from_day:
        return Judgement(next_on={row.person_id: from_day for row in members})
    read_on = queries.last_read_on(unit, today.year)
    fresh_until = read_on + queries.FRESH if read_on else date.min
    told_on = queries.first_told_on(unit, today.year, since=from_day - queries.FRESH)
    asked = queries.asked(unit, ids, since=from_day)
    if wants_call:
        asked = asked | queries.tried_enough(unit, ids, since=from_day)
    begun = queries.begun(unit, ids) if wants_call else set()
    wanted, next_on = [], {}
    new_year = date(today.year + 1, 1, 1)
    for row in members:
        if row.person_id in asked:
            continue
        if row.person_id in begun:
            wanted.append(_wanted(row, from_day, told_on))
            next_on[row.person_id] = new_year
        elif today <= fresh_until:
            wanted.append(_wanted(row, from_day, told_on))
            next_on[row.person_id] = min(fresh_until + timedelta(days=1), new_year)
        # Else nobody is asked on old news: the next file with fees makes us look again.
    return Judgement(wanted=wanted, next_on=next_on)


def _wanted(member, from_day, told_on):
    """Return the to-do about a member, due a month after the fact was there and was told.

    The newest file has no say in it: the day stands, however often the routine looks again.
    """
    fact_on = from_day
    if member.since:
        fact_on = max(from_day, member.since + queries.NEW)
    # Who begins with Krets in November is not two months late, nor who reads no file all summer.
    learned_on = max([fact_on, *(day for day in (member.fee_unpaid_on, told_on) if day)])
    return Wanted(
        subject_id=member.person_id,
        occasion=f"fee:{from_day.year}",
        fact_on=fact_on,
        learned_on=learned_on,
        due_on=next_working_day(learned_on + timedelta(days=30)),
    )


ROUTINES = [
    Routine(
        key="fee_unpaid",
        title=_("Ask about the fee"),
        why=_("This year's fee has not come in. Ask gently how things are."),
        told=begun_reports,
        watches=_("Members whose fee has not come in, as the latest member file tells."),
        makes=_("Call and ask, one at a time. Only while the file is at most a week old."),
        closes=_("The fee has come in, or somebody has talked with them or written."),
        act=_("Call %(name)s"),
        comes=_("A call"),
        opens="welcome:calls:person",
        method="post",
        icon="phone",
        kind="call",
        judge=judge_call,
        owner=(Mandates.MEMBERSHIP_OFFICER,),
        bulk=True,
        needs=Permission.CALL_REPORT,
        gather=2,
        gathered=ngettext_lazy(
            "%(shown)s member to ask about the fee",
            "%(shown)s members to ask about the fee, one by one",
            "count",
        ),
        gathered_opens="welcome:leavers:list",
        on_open=owe(CallReason.Kind.FEE, shared=False),
        settings=_SETTINGS,
        labels=_LABELS,
        shapes=_SHAPES,
    ),
    Routine(
        key="fee_letter",
        title=_("Write about the fee"),
        why=_("This year's fee has not come in, and calls are not possible."),
        watches=_("Members whose fee has not come in and who cannot be called."),
        makes=_("Print a letter about the fee. Several letters are one thing to do."),
        closes=_("The letter is marked as printed, or the fee has come in."),
        act=_("Write to %(name)s"),
        comes=_("A letter about the fee"),
        opens="welcome:letters:fee",
        icon="letter",
        kind="letter",
        judge=judge_letter,
        owner=(Mandates.MEMBERSHIP_OFFICER,),
        use_contact_person=False,
        bulk=True,
        needs=Permission.LETTER_PRINT,
        gather=2,
        gathered=ngettext_lazy(
            "%(shown)s letter about the fee", "%(shown)s letters about the fee", "count"
        ),
        gathered_opens="welcome:letters:fee_list",
        settings=_SETTINGS,
        labels=_LABELS,
        shapes=_SHAPES,
    ),
]
