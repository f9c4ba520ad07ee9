"""A person in a few sentences: how long a member, what is known, what to mind."""

from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from krets.kit.ui.days import comes, plain
from krets.kit.ui.days import written as written_day
from krets.register.access.scope import Fields
from krets.register.members.models import Membership
from krets.register.profiles import contributed
from krets.register.profiles.models import Tag

NEW_DAYS = 60
OF_AGE = 18
FEW = 4


def since(person, *, fields, today):
    """Return how long the person has been a member, and who keeps in touch."""
    told = []
    if Fields.MEMBERSHIP in fields:
        told.append(_membership(person, today))
    if Fields.PROFILE in fields and person.contact_person_id and person.deceased_on is None:
        contact = person.contact_person.name
        told.append(_("%(name)s is the contact person.") % {"name": contact})
    return " ".join(told)


def lead(person, words, upcoming, *, fields, today):
    """Return the one or two sentences that a caller needs first: what is known, what is next."""
    if person.deceased_on:
        return _("Nobody is asked to call, and nothing more is sent.")
    told = [_known(person, words, fields)] if Fields.PROFILE in fields else []
    if upcoming:
        first = upcoming[0]
        day = day_of(first)
        when = comes(day, first.due_on or day, today)
        next_words = {"what": _within(first.what), "when": _within(when)}
        told.append(_("Next: %(what)s, %(when)s.") % next_words)
    return " ".join(sentence for sentence in told if sentence)


def _within(words):
    """Return the words as they stand within a sentence."""
    return words[:1].lower() + words[1:]


def marks(unit, person, *, fields, today):
    """Return what to mind about the person, each as (words, state)."""
    told = []
    if person.protected_at:
        told.append((_("Protected details"), "watch"))
    if Fields.MEMBERSHIP in fields and (missing := _missing(person, today)):
        told.append((missing, "watch"))
    if Fields.FEES in fields and (fee := _unpaid_fee(unit, person, fields, today)):
        told.append((fee, ""))
    if Fields.PHONE in fields and person.no_calls_at:
        told.append((_("Does not want calls"), "watch"))
    if Fields.PROFILE in fields and person.supports_quietly_at:
        told.append((_("Supports quietly, does not want to be asked"), "watch"))
    if Fields.BIRTH in fields and is_minor(person, today):
        told.append((_("Under 18"), "watch"))
    return told


def _missing(person, today):
    """Say since when no file has named a member, as far as nobody has told what has become."""
    if person.missing_on is None or person.left_on or person.deceased_on:
        return ""
    day = {"day": plain(person.missing_on, today)}
    return _("Missing from the member file since %(day)s") % day


def day_of(happening):
    """Return the local day of something that happened at a moment or on a day."""
    at = happening.at
    return timezone.localdate(at) if isinstance(at, datetime) else at


def is_minor(person, today):
    """Say whether the person is under eighteen, as far as is known."""
    if person.born_on:
        years = today.year - person.born_on.year
        before = (today.month, today.day) < (person.born_on.month, person.born_on.day)
        return years - before < OF_AGE
    return bool(person.born_year) and today.year - person.born_year < OF_AGE


def _unpaid_fee(unit, person, fields, today):
    """Return what to say of this year's fee when it is not paid; empty when there is nothing."""
    if not _owes(person, today):
        return ""
    if Fields.MEMBERSHIP in fields and person.joined_on:
        allowed = contributed.allowance(unit, person.joined_on, today=today)
        if allowed is not None:
            return allowed
    return _("Fee %(year)d not paid") % {"year": today.year}


def _owes(person, today):
    """Say whether a file has told of this year's fee and it is not paid: else nobody knows."""
    return person.fee_told == today.year and (person.fee_paid or 0) < today.year


def _membership(person, today):
    if person.deceased_on:
        return _died(person)
    if person.learned_at is None:
        return _("Not a member.")
    if person.left_on:
        why = _why_left(person.left_reason)
        return f"{_was(person)} {why}" if why else _was(person)
    if person.joined_on is None:
        return _("A member. We do not know since when.")
    return _current(person.joined_on, today)


def _died(person):
    """Tell when somebody died, or when we heard of it where the day is not known."""
    day = written_day(person.deceased_on, "j F Y")
    if person.deceased_day_known:
        return _("Died on %(day)s.") % {"day": day}
    return _("Has died. The day is not known; we heard of it on %(day)s.") % {"day": day}


def _was(person):
    """Tell of a membership that has ended: its last day, and the first where a file has said it."""
    last = written_day(person.left_on, "j F Y")
    if person.joined_on is None:
        return _("Was a member until %(day)s.") % {"day": last}
    return _("Was a member from %(first)s to %(last)s.") % {
        "first": written_day(person.joined_on, "F Y"),
        "last": last,
    }


def _why_left(reason):
    """Return the reason as a sentence; empty where none is known: "other" tells nothing."""
    told = {
        Membership.Reason.POLITICS: _("Left for political reasons."),
        Membership.Reason.MONEY: _("Left for financial reasons."),
        Membership.Reason.MOVED: _("Has moved."),
        Membership.Reason.TIME: _("Left for lack of time."),
        Membership.Reason.NOT_WELCOMED: _("Left without having felt welcome."),
        Membership.Reason.CONFLICT: _("Left after a conflict."),
        Membership.Reason.HEARD_NOTHING: _("Left without ever having heard from us."),
    }
    return told.get(reason, "")


def _current(joined_on, today):
    """Return how long a membership has lasted: in days, then in whole years."""
    days = (today - joined_on).days
    if days == 0:
        return _("Member since today.")
    if 0 < days <= NEW_DAYS:
        return ngettext(
            "Member since %(day)s (%(count)d day).", "Member since %(day)s (%(count)d days).", days
        ) % {"day": written_day(joined_on, "j F"), "count": days}
    anniversary = (joined_on.month, joined_on.day)
    years = today.year - joined_on.year - ((today.month, today.day) < anniversary)
    month = written_day(joined_on, "F Y")
    if years < 1:
        return _("Member since %(month)s.") % {"month": month}
    return ngettext(
        "Member since %(month)s (%(count)d year).",
        "Member since %(month)s (%(count)d years).",
        years,
    ) % {"month": month, "count": years}


def _known(person, words, fields):
    wants = [tag.word for tag in words.get(Tag.Kind.WANT, [])][:FEW]
    good_at = [tag.word for tag in words.get(Tag.Kind.COMPETENCE, [])][:FEW]
    if wants and good_at:
        return _("Wants: %(wants)s. Is good at: %(good_at)s.") % {
            "wants": _listed(wants),
            "good_at": _listed(good_at),
        }
    if wants:
        return _("Wants: %(wants)s.") % {"wants": _listed(wants)}
    if good_at:
        return _("Is good at: %(good_at)s.") % {"good_at": _listed(good_at)}
    if person.supports_quietly_at:
        return _("Is glad to be a member, and does not want to be asked for more.")
    if Fields.MEMBERSHIP in fields and person.left_on:
        return ""
    return _("We do not know yet what %(name)s wants to do here.") % {"name": person.called}


def _listed(words):
    if len(words) == 1:
        return words[0]
    return _("%(words)s and %(last)s") % {"words": ", ".join(words[:-1]), "last": words[-1]}
