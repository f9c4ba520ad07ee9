"""What a routine does, in plain words: from what it declares and from how to-dos are passed on."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from krets.register.access.kinds import Mandates
from krets.rhythm.routines import registry
from krets.rhythm.routines.commands import PATIENCE, PATIENCE_FOR_NEW_MEMBERS

_OFFICER_ONLY = (Mandates.MEMBERSHIP_OFFICER,)


def told(routine):
    """Return [(heading, sentences)] of what the routine watches, makes, for whom, until when."""
    parts = [
        (_("Watches"), [routine.watches, *_waits(routine)]),
        (pgettext("routine", "To do"), [routine.makes]),
        (_("For whom"), _owners(routine)),
        (_("Goes away"), [routine.closes]),
        (_("If it waits"), _passed_on(routine)),
    ]
    return [(heading, " ".join(map(str, words))) for heading, words in parts]


def _waits(routine):
    before = [registry.get(key) for key in routine.waits_for]
    words = [
        _("It waits while “%(routine)s” has something to do for the same person.")
        % {"routine": each.title}
        for each in before
    ]
    if before and routine.apart:
        words.append(
            ngettext(
                "It comes %(days)d day after that at the earliest.",
                "It comes %(days)d days after that at the earliest.",
                routine.apart,
            )
            % {"days": routine.apart}
        )
    return words


def _owners(routine):
    first, *others = [str(Mandates(kind).label).lower() for kind in routine.owner]
    if _may_be_the_contact(routine):
        words = [
            pgettext("routine", "The member’s contact person, where there is one."),
            _("Otherwise, of those with the mandate of %(mandate)s, the one with the least to do.")
            % {"mandate": first},
        ]
    else:
        words = [
            _("Of those with the mandate of %(mandate)s, the one with the least to do.")
            % {"mandate": first}
        ]
    words += [
        _("Where there is none, the mandate of %(mandate)s.") % {"mandate": other}
        for other in others
    ]
    if routine.subject == "person" and not _is_the_officers(routine):
        words.append(
            _("What is about somebody with protected details is for the membership officer.")
        )
    return words


def _passed_on(routine):
    patience = (PATIENCE_FOR_NEW_MEMBERS if routine.welcome else PATIENCE).days
    if _is_the_officers(routine):
        # It has the officer already: what is left is that the board sees it.
        days = patience + PATIENCE.days
        return [
            ngettext(
                "If nobody has begun %(days)d day after its day, the board sees that it is waiting,"
                " as a number without names.",
                "If nobody has begun %(days)d days after its day, the board sees that it is"
                " waiting, as a number without names.",
                days,
            )
            % {"days": days}
        ]
    return [
        ngettext(
            "If nobody has begun, it goes on to the membership officer %(days)d day after its day.",
            "If nobody has begun, it goes on to the membership officer %(days)d days after its"
            " day.",
            patience,
        )
        % {"days": patience},
        ngettext(
            "After %(days)d more day the board sees that it is waiting, as a number without names.",
            "After %(days)d more days the board sees that it is waiting, as a number without"
            " names.",
            PATIENCE.days,
        )
        % {"days": PATIENCE.days},
    ]


def _may_be_the_contact(routine):
    return routine.subject == "person" and routine.use_contact_person


def _is_the_officers(routine):
    return tuple(routine.owner) == _OFFICER_ONLY and not _may_be_the_contact(routine)
