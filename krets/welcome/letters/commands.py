"""Printing letters, taking that back, and choosing the words."""

from django.db.models import F
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from krets.events import PeopleChanged, publish
from krets.kit.audit import trail
from krets.kit.commands import command
from krets.kit.errors import CannotError
from krets.register.members.models import Membership
from krets.register.organisation.models import Unit
from krets.rhythm.todos import commands as todos
from krets.welcome.content import text as base_text
from krets.welcome.letters.merging import LABELS, unknown_in, words_of
from krets.welcome.letters.models import Letter, LetterText


class NothingToPrintError(CannotError):
    """None of the letters is due any more."""


class UnknownFieldError(CannotError):
    """The text has braces around something that is no field."""


class ChangedMeanwhileError(CannotError):
    """The text was changed since it was read."""


class EmptyFieldError(CannotError):
    """A field of the letter has nothing to fill it."""


@command
def mark_printed(unit, *, kind, due, by, at):
    """Note that the letters to these are printed, so that their to-dos close; return how many.

    `due` are Due rows of this kind. What was marked already stays as it was.
    """
    memberships = _memberships([each.person.pk for each in due])
    letters = [
        Letter(
            unit=unit,
            person=each.person,
            membership_id=memberships[each.person.pk],
            kind=kind,
            occasion=each.todo.occasion,
            made_at=at,
            printed_at=at,
            printed_by=by.account,
        )
        for each in due
        if each.person.pk in memberships
    ]
    Letter.objects.bulk_create(letters, batch_size=500, ignore_conflicts=True)
    mine = list(Letter.objects.of(unit).filter(kind=kind, printed_at=at, printed_by=by.account))
    if not mine:
        raise NothingToPrintError(_("These letters are marked as printed already."))
    trail.record_many(
        "letter.printed", [(letter, {"kind": kind}) for letter in mine], by=by, at=at, unit=unit
    )
    _tell(unit, mine, by, at)
    return len(mine)


@command
def undo_printed(unit, *, kind, printed_at, by, at, only=None):
    """Take back that the letters of a moment were printed, by whomever; return how many.

    `only` is the key of the one of them that is taken back, where the others are.
    """
    Unit.objects.in_turn(unit.pk)
    printed = Letter.objects.of(unit).filter(kind=kind, printed_at=printed_at)
    if only is not None:
        printed = printed.filter(pk=only)
    letters = list(printed.select_related("person"))
    if not letters:
        trail.nothing("it was taken back already")
        return 0
    trail.record_many(
        "letter.print_undone",
        [(letter, {"kind": kind}) for letter in letters],
        by=by,
        at=at,
        unit=unit,
    )
    printed.delete()
    for letter in letters:
        todos.reopen(letter.person, closed_at=printed_at, by=by, at=at)
    _tell(unit, letters, by, at)
    return len(letters)


@command
def write_words(unit, *, kind, language, text, seen, by, at):
    """Keep the association's own words for a letter. `seen` is the revision read, 0 for none."""
    if unknown := unknown_in(text):
        raise UnknownFieldError(
            _("There is no field called {%(field)s}. These can be used: %(fields)s")
            % {"field": unknown[0], "fields": ", ".join(words_of(language))}
        )
    base = base_text(f"letter-{kind}", language)
    own, is_new = LetterText.objects.get_or_create(
        unit=unit,
        kind=kind,
        language=language,
        defaults={
            "text": text,
            "base_version": base.version,
            "revision": 1,
            "saved_at": at,
            "saved_by": by.account,
        },
    )
    if not is_new:
        same = LetterText.objects.filter(pk=own.pk, revision=seen)
        changed = {
            "text": text,
            "base_version": base.version,
            "saved_at": at,
            "saved_by": by.account,
        }
        if not same.update(revision=F("revision") + 1, **changed):
            _refuse_another(own, text, by)
            return
    trail.record("letter.worded", own, by=by, at=at, kind=kind, language=language)


def _refuse_another(own, text, by):
    """Refuse other words than those that stand since the writer read the letter."""
    if own.text == text:
        trail.nothing("the same words stand already")
        return
    raise ChangedMeanwhileError(
        _(
            "You have changed the letter in another window. Copy your text, load the page again,"
            " and put the two together."
        )
        if own.saved_by_id == by.account.pk
        else _(
            "Somebody else changed the letter while you wrote. Copy your text, load the page"
            " again, and put the two together."
        )
    )


@command
def use_base_words(unit, *, kind, language, by, at):
    """Go back to the words that come with Krets."""
    own = LetterText.objects.of(unit).filter(kind=kind, language=language)
    for row in own:
        trail.record("letter.unworded", row, by=by, at=at, kind=kind, language=language)
    own.delete()
    trail.nothing("each copy that was thrown away has left its own line")


def refuse_empty(sheets):
    """Refuse to print when a field would be empty; say which, and for how many."""
    empty = [key for sheet in sheets for key in sheet.empty]
    if not empty:
        return
    key = empty[0]
    raise EmptyFieldError(
        ngettext(
            "%(count)d letter would be printed without %(field)s. Fill it in first, or take the"
            " field out of the letter.",
            "%(count)d letters would be printed without %(field)s. Fill it in first, or take the"
            " field out of the letter.",
            empty.count(key),
        )
        % {"count": empty.count(key), "field": LABELS[key]}
    )


def _memberships(person_ids):
    rows = Membership.objects.filter(person__in=person_ids).order_by("left_on", "pk")
    found = {}
    for person_id, pk, left_on in rows.values_list("person", "pk", "left_on"):
        if left_on is None or person_id not in found:
            found[person_id] = pk
    return found


def _tell(unit, letters, by, at):
    ids = [letter.person_id for letter in letters]
    for start in range(0, len(ids), 500):
        publish(PeopleChanged(unit.pk, tuple(ids[start : start + 500]), by_id=by.account.pk), at=at)
