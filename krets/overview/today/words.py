"""The greeting and the one sentence of news."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext, pgettext_lazy

from krets.kit.ui.days import said
from krets.kit.ui.thousands import grouped

MORNING_BEGINS, MORNING_ENDS, EVENING_BEGINS = 5, 10, 18
_NUMBERS = (
    pgettext_lazy("begins a sentence", "Two"),
    pgettext_lazy("begins a sentence", "Three"),
    pgettext_lazy("begins a sentence", "Four"),
    pgettext_lazy("begins a sentence", "Five"),
    pgettext_lazy("begins a sentence", "Six"),
    pgettext_lazy("begins a sentence", "Seven"),
    pgettext_lazy("begins a sentence", "Eight"),
    pgettext_lazy("begins a sentence", "Nine"),
    pgettext_lazy("begins a sentence", "Ten"),
    pgettext_lazy("begins a sentence", "Eleven"),
    pgettext_lazy("begins a sentence", "Twelve"),
)


def greeting(name, hour):
    """Return the hello of the hour, with the first name where there is one."""
    if MORNING_BEGINS <= hour < MORNING_ENDS:
        return _("Good morning, %(name)s") % {"name": name} if name else _("Good morning")
    if hour >= EVENING_BEGINS:
        return _("Good evening, %(name)s") % {"name": name} if name else _("Good evening")
    return _("Hello, %(name)s") % {"name": name} if name else pgettext("greeting", "Hello")


def news(waiting):
    """Return the sentences that say how much waits, what has waited long, and what is for today."""
    if not waiting.things:
        return ""
    sentences = [_calls(waiting.things) if waiting.only_calls else _things(waiting.things)]
    if waiting.late:
        sentences.append(_late(waiting))
    if waiting.due:
        sentences.append(_due(waiting))
    return " ".join(sentences)


def put_off(number, day, *, today):
    """Return the sentence that says how much is put off and when it comes back, or nothing."""
    if not number:
        return ""
    return ngettext(
        "One thing is put off. It comes back %(day)s.",
        "%(number)s things are put off. The first comes back %(day)s.",
        number,
    ) % {"number": in_words(number), "day": said(day, today)}


def handed_over(todo, to_person, *, today):
    """Return who has it now, and whether it is no longer put off: read before it moves."""
    name = {"name": to_person.called}
    if todo.snoozes and todo.snoozed_until and todo.snoozed_until > today:
        return _("%(name)s has it now, and it is no longer put off.") % name
    return _("%(name)s has it now.") % name


def flows(members, today):
    """Return how many have joined and left since the day from which that is known, or nothing."""
    if members.since == today:
        return ""
    told = {
        "joined": grouped(members.joined),
        "left": grouped(members.left),
        "since": said(members.since, today),
    }
    words = _THIS_YEAR if members.whole_year else _SINCE
    return words[bool(members.joined), bool(members.left)] % told


# By whether anybody has joined, and whether anybody has left.
_THIS_YEAR = {
    (True, True): gettext_lazy("This year %(joined)s joined and %(left)s left."),
    (True, False): gettext_lazy("This year %(joined)s joined and nobody left."),
    (False, True): gettext_lazy("This year nobody joined and %(left)s left."),
    (False, False): gettext_lazy("Nobody has joined or left this year."),
}
_SINCE = {
    (True, True): gettext_lazy("Since %(since)s, %(joined)s joined and %(left)s left."),
    (True, False): gettext_lazy("Since %(since)s, %(joined)s joined and nobody left."),
    (False, True): gettext_lazy("Since %(since)s, nobody joined and %(left)s left."),
    (False, False): gettext_lazy("Nobody has joined or left since %(since)s."),
}


def in_words(number):
    """Return the number as it begins a sentence: in letters up to twelve, then in figures."""
    at = number - 2
    return str(_NUMBERS[at]) if 0 <= at < len(_NUMBERS) else grouped(number)


def _things(number):
    return ngettext(
        "One thing is waiting for you.", "%(number)s things are waiting for you.", number
    ) % {"number": in_words(number)}


def _calls(number):
    return ngettext(
        "One person is waiting for your call.",
        "%(number)s people are waiting for your call.",
        number,
    ) % {"number": in_words(number)}


def _late(waiting):
    if waiting.late == waiting.things:
        return (
            _("It has waited longer than intended.")
            if waiting.things == 1
            else _("All of it has waited longer than intended.")
        )
    return ngettext(
        "One of them has waited longer than intended.",
        "%(number)s of them have waited longer than intended.",
        waiting.late,
    ) % {"number": in_words(waiting.late)}


def _due(waiting):
    words = {"number": in_words(waiting.due)}
    if waiting.due == waiting.things:
        return _("It is for today.") if waiting.things == 1 else _("All of it is for today.")
    is_of_calls = waiting.calls_due == waiting.due and not waiting.only_calls
    if waiting.late:
        # Right after "eleven of them have waited" it need not be said again of whom.
        sentence = _calls_too(waiting.due) if is_of_calls else _things_too(waiting.due)
    else:
        sentence = _calls_of_them(waiting.due) if is_of_calls else _things_of_them(waiting.due)
    return sentence % words


def _things_of_them(number):
    return ngettext("One of them is for today.", "%(number)s of them are for today.", number)


def _calls_of_them(number):
    return ngettext(
        "One of them is a call for today.", "%(number)s of them are calls for today.", number
    )


def _things_too(number):
    return ngettext("One more is for today.", "%(number)s more are for today.", number)


def _calls_too(number):
    return ngettext("One call is for today.", "%(number)s calls are for today.", number)
