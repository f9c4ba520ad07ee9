"""A letter instead, to whoever could not be reached by telephone."""

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from krets.kit.contributions import Judgement, Routine, Wanted
from krets.register.access.kinds import Mandates
from krets.register.access.permissions import Permission
from krets.rhythm.calendar.queries import due_on
from krets.welcome.calls.models import Call
from krets.welcome.calls.queries import calls_of
from krets.welcome.letters.models import Letter


def judge_missed(unit, ids, *, today, settings):
    """Want a letter for each call that was given up for one."""
    given_up = [
        call.pk
        for calls in calls_of(unit, ids).values()
        for call in calls
        if call.closing == Call.Closing.LETTER
    ]
    if not given_up:
        return Judgement()
    calls = Call.objects.of(unit).filter(
        pk__in=given_up, person__deceased_on=None, person__supports_quietly_at=None
    )
    letters = Letter.objects.of(unit).filter(person__in=ids, kind=Letter.Kind.MISSED)
    written = set(letters.values_list("occasion", flat=True))
    wanted = []
    for call in calls:
        if f"call:{call.pk}" in written:
            continue
        day = timezone.localdate(call.closed_at)
        wanted.append(
            Wanted(
                subject_id=call.person_id,
                occasion=f"call:{call.pk}",
                fact_on=day,
                learned_on=day,
                due_on=due_on(day, day, settings["days"]),
            )
        )
    return Judgement(wanted=wanted)


ROUTINES = [
    Routine(
        key="missed_letter",
        title=_("Write when nobody answers"),
        why=_("Could not be reached by phone. You chose a letter instead."),
        watches=_("Calls that nobody answered, where somebody chose to write instead."),
        makes=_("Print the letter and send it."),
        closes=_("The letter is marked as printed."),
        act=_("Write to %(name)s"),
        comes=_("A letter instead of a call"),
        opens="welcome:letters:missed",
        icon="letter",
        kind="letter",
        judge=judge_missed,
        owner=(Mandates.MEMBERSHIP_OFFICER,),
        use_contact_person=False,
        needs=Permission.LETTER_PRINT,
        gather=2,
        gathered=ngettext_lazy(
            "%(shown)s letter to somebody who did not answer",
            "%(shown)s letters to those who did not answer",
            "count",
        ),
        gathered_opens="welcome:letters:missed_list",
        stale_after=60,
        settings={"days": (3, 0, 30)},
        labels={"days": _("Days until the letter")},
    ),
]
