"""What is good to know of somebody who is called, in the order of what it is worth."""

from dataclasses import dataclass
from datetime import datetime, time

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from krets.kit import languages
from krets.kit.ui import days
from krets.register.profiles.models import Tag
from krets.welcome.calls.models import Attempt, CallReason
from krets.welcome.calls.telling import begun as told_begun
from krets.welcome.calls.telling import why


@dataclass(frozen=True)
class Fact:
    """One thing that is good to know; of a note also when it was written."""

    words: str
    noted_at: datetime | None = None


def facts_of(
    call,
    kinds,
    attempts,
    notes,
    carried,
    *,
    with_work,
    viewer,
    today,
    paid="",
    begun=None,
    is_begun=False,
):
    """Put what is known in order: what this call is about, what was noted last, then the rest.

    `paid` tells of earlier fees, where the call is about the fee. `begun` is the report that
    somebody else has begun, `is_begun` tells that the viewer has: then the person may have been
    rung.
    """
    may_be_rung = is_begun or begun is not None
    first = _why_first(call, kinds, viewer, today, is_begun=may_be_rung)
    of_call = [
        f"{first} {paid}".strip(),
        _joined(call, kinds, attempts, today, is_begun=may_be_rung),
    ]
    if begun:
        of_call.insert(0, told_begun(begun, today))
    of_person = _about(call.person, carried, with_work=with_work)
    noted = [Fact(note.text, note.at) for note in notes]
    first, rest = ([Fact(words) for words in told if words] for told in (of_call, of_person))
    return [*first, *noted[:1], *rest, *noted[1:]]


def speaks(person):
    """Return which other language than Swedish to be ready for, or nothing."""
    return "" if languages.code_of(person.language) == "sv" else _speaks(person)


def _about(person, carried, *, with_work):
    facts = _words(carried)
    if with_work and person.occupation:
        facts.append(_occupation(person.occupation))
    if with_work and not speaks(person):
        facts.append(_speaks(person))
    return [words for words in facts if words]


def _speaks(person):
    if not person.language:
        return ""
    return _("Speaks: %(language)s.") % {"language": languages.said(person.language)}


def brief_of(call, kinds, attempts, carried, today):
    """Return what to have in view while one writes: the last call, and what they want to do."""
    wants = {Tag.Kind.WANT: carried[Tag.Kind.WANT]} if Tag.Kind.WANT in carried else {}
    # Who writes has rung: it is not said that nobody has.
    return " ".join([_joined(call, kinds, attempts, today, is_begun=True), *_words(wants)]).strip()


def _occupation(words):
    # As the register has it: whoever is retired or studies does not "work as" that.
    return f"{words[:1].upper()}{words[1:].rstrip('.')}."


def _why_first(call, kinds, viewer, today, *, is_begun):
    only_new = kinds <= {CallReason.Kind.WELCOME, CallReason.Kind.BY_HAND}
    return "" if only_new else why(call, viewer, today, is_begun=is_begun)


def _joined(call, kinds, attempts, today, *, is_begun):
    """Tell when the person joined and what became of earlier calls."""
    talks = [each for each in attempts if each.outcome == Attempt.Outcome.TALKED]
    told = {"day": days.said(call.joined_on, today)} if call.joined_on else {}
    if talks:
        last = talks[0]
        told |= {
            "talked": days.said(timezone.localdate(last.at), today),
            "caller": last.caller.name if last.caller else _("Somebody"),
            "mood": _MOODS.get(last.mood, ""),
        }
        if call.joined_on:
            return _("Joined %(day)s. Talked with %(caller)s %(talked)s. %(mood)s") % told
        return _("Talked with %(caller)s %(talked)s. %(mood)s") % told
    if not call.joined_on:
        return _undated(call, attempts, is_begun=is_begun)
    if not attempts:
        return _not_tried(kinds, is_begun=is_begun) % told
    told |= {
        "count": len(attempts),
        "tried": days.since(attempts[0].at, timezone.make_aware(_end_of(today))),
    }
    words = (
        ngettext(
            "Joined %(day)s. Tried once, %(tried)s.",
            "Joined %(day)s. Tried %(count)d times, last %(tried)s.",
            len(attempts),
        )
        % told
    )
    left_message = attempts[0].outcome == Attempt.Outcome.VOICEMAIL
    return " ".join([words, _("Left a message.")]) if left_message else words


def _not_tried(kinds, *, is_begun):
    if is_begun:
        return _("Joined %(day)s.")
    if CallReason.Kind.WELCOME in kinds:
        return _("Joined %(day)s. Nobody has called yet.")
    # Whoever joined before Krets may have had many calls.
    return _("Joined %(day)s. No earlier call is written down.")


def _undated(call, attempts, *, is_begun):
    """Tell of a member whose day of joining is not known, as long as nobody has rung."""
    if not call.is_member or attempts:
        return ""
    if is_begun:
        return _("We do not know when they joined.")
    return _("We do not know when they joined. Nobody has called yet.")


def _words(carried):
    sentences = (
        (Tag.Kind.WANT, _("Wants to: %(words)s.")),
        (Tag.Kind.COMPETENCE, _("Is good at: %(words)s.")),
        (Tag.Kind.INTEREST, _("Cares about: %(words)s.")),
    )
    return [
        sentence % {"words": ", ".join(carried[kind])}
        for kind, sentence in sentences
        if kind in carried
    ]


def _end_of(day):
    return datetime.combine(day, time(23, 59))


_MOODS = {
    Attempt.Mood.GLAD: gettext_lazy("The mood was glad."),
    Attempt.Mood.NEUTRAL: "",
    Attempt.Mood.HESITANT: gettext_lazy("Sounded hesitant."),
    Attempt.Mood.NO_MORE: "",
}
