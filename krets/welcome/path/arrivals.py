"""What the welcome does for the new members of a file: letters to send and people to ring."""

from collections import Counter

from django.db.models import Count
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from krets.kit.contributions import Arrival
from krets.kit.ui.thousands import grouped
from krets.register.imports.models import ImportedPerson
from krets.rhythm.routines.queries import routines_of
from krets.rhythm.todos.models import Todo
from krets.welcome.path.newness import is_before_krets, is_new
from krets.welcome.path.steps import CALL, LETTER

NUMBER = "number_missing"
# Those who get no letter: their time for it was over, they joined long ago, nobody knows when.
BEFORE, LONG_HERE, UNDATED = "before_krets", "long_here", "undated"


def ahead(unit, newcomers, *, first):
    """Tell how many will have a letter and a call, for how many a number is missing, and of whom
    nothing more is asked, and why.
    """
    days, counted = _days(unit), Counter()
    for each in newcomers:
        if not is_new(each.known_after, first=first):
            counted[LONG_HERE if each.known_after is not None else UNDATED] += each.number
            continue
        wanted = set(_wanted(each, days, first))
        if LETTER.routine in days and LETTER.routine not in wanted:
            counted[BEFORE] += each.number
        for key in wanted:
            counted[key] += each.number
    told = [
        (LETTER.routine, _will_be_written_to),
        (CALL.routine, _will_be_rung),
        (NUMBER, _number_will_be_looked_for),
    ]
    sentences = [words(counted[key]) for key, words in told if counted[key]]
    passed = [_time_had_passed(counted[BEFORE])] if counted[BEFORE] else []
    if not sentences:
        return [_("None of them is so new that there is a letter or a call."), *passed]
    rest = ((LONG_HERE, _have_been_here_long), (UNDATED, _joined_nobody_knows_when))
    return [*sentences, *passed, *(words(counted[key]) for key, words in rest if counted[key])]


def after(unit, import_id):
    """Tell how many letters and calls wait for those whom the file brought in. One statement."""
    new = ImportedPerson.objects.filter(
        unit=unit, importing_id=import_id, how=ImportedPerson.How.NEW
    )
    todos = (
        Todo.objects.of(unit)
        .open()
        .filter(
            routine__in=(LETTER.routine, CALL.routine, NUMBER), person__in=new.values("person_id")
        )
    )
    counted = dict(todos.order_by("routine").values_list("routine").annotate(number=Count("pk")))
    told = [
        (LETTER.routine, _letters_wait),
        (CALL.routine, _calls_wait),
        (NUMBER, _numbers_are_missing),
    ]
    sentences = [words(counted[key]) for key, words in told if counted.get(key)]
    return sentences or [_("None of them is so new that there is a letter or a call.")]


def _days(unit):
    """Return {routine: its days} of the steps that the association has switched on."""
    every, _campaign = routines_of(unit)
    return {
        each.routine.key: each.ruling["days"]
        for each in every
        if each.on and each.routine.key in (LETTER.routine, CALL.routine, NUMBER)
    }


def _wanted(newcomers, days, first):
    """Yield the routines that will want something of these people."""
    for key, step in ((LETTER.routine, LETTER), (CALL.routine, CALL), (NUMBER, CALL)):
        if key not in days:
            continue
        if step is CALL and newcomers.can_be_rung is not (key == CALL.routine):
            continue
        if not is_before_krets(step, newcomers.known_after, first=first, days=days[key]):
            yield key


def _will_be_written_to(count):
    return ngettext(
        "%(count)s gets a welcome letter.", "%(count)s get a welcome letter.", count
    ) % {"count": grouped(count)}


def _will_be_rung(count):
    return ngettext("%(count)s gets a call.", "%(count)s get a call.", count) % {
        "count": grouped(count)
    }


def _number_will_be_looked_for(count):
    return ngettext(
        "For %(count)s there is no phone number.",
        "For %(count)s there are no phone numbers.",
        count,
    ) % {"count": grouped(count)}


def _time_had_passed(count):
    return ngettext(
        "For %(count)s the time for the letter had passed: no letter is sent, the step stands as"
        " “Before Krets” on the welcome path, and the steps after it go on as usual.",
        "For %(count)s the time for the letter had passed: no letters are sent, the step stands as"
        " “Before Krets” on the welcome path, and the steps after it go on as usual.",
        count,
    ) % {"count": grouped(count)}


def _have_been_here_long(count):
    return ngettext(
        "%(count)s joined more than three months ago: no letter and no call.",
        "%(count)s joined more than three months ago: no letters and no calls.",
        count,
    ) % {"count": grouped(count)}


def _joined_nobody_knows_when(count):
    return ngettext(
        "For %(count)s the file does not say when they joined: no letter and no call.",
        "For %(count)s the file does not say when they joined: no letters and no calls.",
        count,
    ) % {"count": grouped(count)}


def _letters_wait(count):
    return ngettext(
        "%(count)s welcome letter to print.", "%(count)s welcome letters to print.", count
    ) % {"count": grouped(count)}


def _calls_wait(count):
    return ngettext("%(count)s new member to call.", "%(count)s new members to call.", count) % {
        "count": grouped(count)
    }


def _numbers_are_missing(count):
    return ngettext(
        "%(count)s phone number to find.", "%(count)s phone numbers to find.", count
    ) % {"count": grouped(count)}


ARRIVALS = [Arrival(ahead=ahead, after=after)]
