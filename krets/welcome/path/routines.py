"""The routines of the welcome: a letter, a call, and asking what would be fun to do."""

from datetime import timedelta

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from krets.kit.contributions import Judgement, Routine, Wanted
from krets.kit.kept import kept, whole_look
from krets.kit.ui.days import said
from krets.register.access.kinds import Mandates
from krets.register.access.permissions import Permission
from krets.register.members.models import Membership
from krets.rhythm.calendar.queries import due_on
from krets.welcome.calls.commands import owe
from krets.welcome.calls.models import CallReason
from krets.welcome.calls.queries import RING_FIRST, begun_reports, calls_of, news
from krets.welcome.path.queries import STALE_AFTER, progress_of, tries_since
from krets.welcome.path.steps import CALL, LETTER, WANTS, occasion_of

_AHEAD = timedelta(days=7)


def judge_letter(unit, ids, *, today, settings):
    """Want a letter for each new member who has had none."""
    return _judge(unit, ids, LETTER, settings, lambda _progress: True, today)


def judge_call(unit, ids, *, today, settings):
    """Want a call to each new member until somebody has talked with them."""
    return _judge(unit, ids, CALL, settings, _to_be_called, today)


def judge_wants(unit, ids, *, today, settings):
    """Want to know what each new member would like to do, when the first call did not tell."""
    whole = _judge(unit, ids, WANTS, settings, _to_be_called, today)
    wanted, next_on = [], dict(whole.next_on)
    for each in whole.wanted:
        opens_on = each.due_on - _AHEAD
        if today >= opens_on:
            wanted.append(each)
        else:
            next_on[each.subject_id] = opens_on
    return Judgement(wanted=wanted, next_on=next_on, before=whole.before)


def judge_number(unit, ids, *, today, settings):
    """Want a number that works for each new member who is still to be called."""
    return _judge(unit, ids, CALL, settings, _has_no_number, today, key="number")


def _has_no_number(progress):
    return not progress.has_number


def _to_be_called(progress):
    # What rests waits for a decision; what is to be tried again has a routine of its own.
    return progress.has_number and not progress.resting and not progress.again


def _judge(unit, ids, step, settings, is_due, today, key="membership"):
    wanted, before, next_on = [], [], {}
    for progress in progress_of(unit, ids).values():
        if progress.quiet or step.done(progress) or step.key in progress.skipped:
            continue
        if not progress.is_new or step.blocked(progress) or not is_due(progress):
            continue
        each = _wanted(progress, settings["days"], key)
        if progress.is_before_krets(step, settings["days"]):
            before.append(each)
        elif today <= (last_day := each.due_on + timedelta(days=STALE_AFTER)):
            wanted.append(each)
            # From then on the time for it has passed, and the path says so.
            next_on[each.subject_id] = last_day + timedelta(days=1)
    return Judgement(wanted=wanted, next_on=next_on, before=before if key == "membership" else [])


def _wanted(progress, days, key):
    return Wanted(
        subject_id=progress.person_id,
        occasion=occasion_of(progress.membership_id, key),
        fact_on=progress.new_on,
        learned_on=progress.learned_on,
        due_on=due_on(progress.new_on, progress.learned_on, days),
    )


def since(joined, new_to_us):
    """Return what tells since when somebody is new: by the joining, or by the file that told of it.

    Only `joined` is said where the day of joining is known. One statement at most.
    """

    def told(unit, todos, *, today):
        undated = _undated(unit, todos)
        return {
            todo.pk: {
                "since": (new_to_us if todo.person_id in undated else joined)
                % {"day": said(todo.fact_on, today)}
            }
            for todo in todos
        }

    return told


def tried(unit, todos, *, today):
    """Tell of each call to a new member since when they are new, and whether somebody has tried.

    Such a to-do is open only while a number works.
    """
    calls = calls_of(unit, [todo.person_id for todo in todos])
    begun = begun_reports(unit, todos, today=today)
    told = _new_and_to_call(unit, todos, today=today)
    return {
        todo.pk: told[todo.pk]
        | {"news": news(last, today, is_begun=todo.pk in begun, has_number=True)}
        | begun.get(todo.pk, {})
        for todo in todos
        for last in [_last(calls, todo)]
    }


def _last(calls, todo):
    tries = tries_since(calls.get(todo.person_id, ()), todo.fact_on)
    return tries[-1] if tries else None


_new_and_to_call = since(_("Joined %(day)s."), _("New to us %(day)s."))


def to_ask(unit, todos, *, today):
    """Tell of each new member to ask since when they are new, and whether a report is begun."""
    told = _new_and_to_ask(unit, todos, today=today)
    begun = begun_reports(unit, todos, today=today)
    return {pk: words | begun.get(pk, {}) for pk, words in told.items()}


_new_and_to_ask = since(
    _("Joined %(day)s. Ask what would be fun to do."),
    _("New to us %(day)s. Ask what would be fun to do."),
)


def _undated(unit, todos):
    """Return the ids of those whose day of joining is not known."""
    # Where it is, the file that told of it came later, but for those who joined that very day.
    ids = {todo.person_id for todo in whole_look(todos) if todo.fact_on == todo.learned_on}
    return _undated_of(unit, sorted(ids - {None})) if ids else set()


@kept
def _undated_of(unit, ids):
    members = Membership.objects.of(unit).current().filter(person__in=ids, joined_on=None)
    return set(members.values_list("person", flat=True))


ROUTINES = [
    Routine(
        key=LETTER.routine,
        title=_("Welcome letter to new members"),
        why="%(since)s",
        told=since(
            _("Joined %(day)s and has not had a welcome letter."),
            _("New to us %(day)s and has not had a welcome letter."),
        ),
        watches=_("New members who have had no welcome letter."),
        makes=_("Print the letter and send it. Several letters are one thing to do."),
        closes=_("The letter is marked as printed, or the step is skipped."),
        act=_("Write to %(name)s"),
        comes=_("A welcome letter"),
        opens="welcome:letters:person",
        icon="letter",
        kind="letter",
        judge=judge_letter,
        owner=(Mandates.MEMBERSHIP_OFFICER,),
        use_contact_person=False,
        needs=Permission.LETTER_PRINT,
        gather=2,
        gathered=ngettext_lazy(
            "%(shown)s welcome letter: review and print",
            "%(shown)s welcome letters: review and print",
            "count",
        ),
        gathered_opens="welcome:letters:list",
        welcome=True,
        stale_after=STALE_AFTER,
        settings={"days": (1, 0, 14)},
        labels={"days": _("Days until the letter")},
    ),
    Routine(
        key="number_missing",
        title=_("Find a number for a new member"),
        why="%(since)s",
        told=since(
            _("Joined %(day)s. There is no number that works."),
            _("New to us %(day)s. There is no number that works."),
        ),
        watches=_("New members who are to be called but have no number that works."),
        makes=_("Find a number."),
        closes=_("There is a number that works, or the call is no longer needed."),
        act=_("Find a number for %(name)s"),
        comes=_("Find a number"),
        opens="register:members:person",
        icon="search",
        kind="number",
        judge=judge_number,
        owner=(Mandates.MEMBERSHIP_OFFICER,),
        use_contact_person=False,
        needs=Permission.MEMBER_EDIT,
        welcome=True,
        stale_after=STALE_AFTER,
        settings={"days": (2, 1, 14)},
        labels={"days": _("Days until the number should be found")},
    ),
    Routine(
        key=CALL.routine,
        title=_("Call new members"),
        why="%(since)s %(news)s",
        told=tried,
        watches=_("New members whom nobody has talked with yet."),
        makes=_("Call them. A try without an answer does not count."),
        closes=_(
            "Somebody has talked with them, or they want no calls. After three tries it rests."
        ),
        act=_("Call %(name)s"),
        comes=_("A call"),
        opens="welcome:calls:person",
        method="post",
        icon="phone",
        kind="call",
        judge=judge_call,
        owner=RING_FIRST,
        needs=Permission.CALL_REPORT,
        welcome=True,
        stale_after=STALE_AFTER,
        on_open=owe(CallReason.Kind.WELCOME),
        settings={"days": (2, 1, 14)},
        labels={"days": _("Days until the call")},
        campaign={"days": 1},
    ),
    Routine(
        key=WANTS.routine,
        title=_("Ask new members what they want to do"),
        why="%(since)s",
        told=to_ask,
        watches=_("New members who have not told us what they would like to do."),
        makes=_("Call and ask. It appears a week before its day."),
        closes=_("Somebody has noted what they want, or that they want nothing for now."),
        act=_("Call %(name)s"),
        comes=_("A call"),
        opens="welcome:calls:person",
        method="post",
        icon="phone",
        kind="call",
        judge=judge_wants,
        owner=RING_FIRST,
        needs=Permission.CALL_REPORT,
        welcome=True,
        waits_for=(CALL.routine,),
        apart=5,
        stale_after=STALE_AFTER,
        on_open=owe(CallReason.Kind.WANTS),
        settings={"days": (21, 7, 60)},
        labels={"days": _("Days until we should know")},
    ),
]
