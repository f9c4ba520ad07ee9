"""Letters to print, what they say, and how they look."""

from django.conf import settings
from django.core.paginator import Paginator
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from krets.kit.errors import CannotError
from krets.kit.ui.flash import tell
from krets.kit.ui.links import link
from krets.kit.ui.responses import done, respond
from krets.kit.ui.thousands import grouped
from krets.register.access.doors import find, page
from krets.register.access.permissions import Permission
from krets.register.looks.commands import note_list
from krets.register.members.models import Person
from krets.welcome.letters import commands, queries
from krets.welcome.letters.forms import WordsForm
from krets.welcome.letters.merging import LABELS, words_of
from krets.welcome.letters.models import Letter

PER_PAGE = 25


@page(Permission.LETTER_PRINT)
def letters(request, kind=Letter.Kind.WELCOME):
    """Who is due a letter, what it says, and the way to print them all."""
    now = timezone.now()
    due = queries.due_letters(request.unit, kind, fields=request.scope.fields)
    words, sender = queries.all_words(request.unit, kind), queries.sender_of(request.viewer)
    today = timezone.localdate(now)
    listed = [each for each in due if not each.is_apart]
    apart = [each for each in due if each.is_apart]
    paged, seen = _chosen(request, listed, apart=apart)
    shown = [*paged, *(each for each in [seen] if each and each not in paged)]
    printed = queries.lately_printed(request.unit, kind, at=now)
    named = [letter for batch in printed for letter in batch.named]
    _note_shown(request, f"letters_{kind}", [*shown, *named], now)
    context = {
        "kind": kind,
        "kinds": [
            (key, label, number)
            for (key, label), number in zip(
                Letter.Kind.choices, queries.counts(request.unit).values(), strict=True
            )
            if number or key in (Letter.Kind.WELCOME, kind)
        ],
        "title": Letter.Kind(kind).label,
        "due": due,
        "apart": apart,
        "paged": paged,
        "preview": queries.sheet(seen, words, sender, today=today) if seen else None,
        "ready": sum(each.has_address for each in listed),
        "empty": [LABELS[key] for key in queries.unfilled(due, words, sender)],
        "wording": words[settings.LANGUAGE_CODE],
        "printed": printed,
        "printed_count": sum(batch.count for batch in printed),
        "today": today,
    }
    return respond(request, "welcome/letters/list.html", context)


@page(Permission.LETTER_PRINT)
def to_person(request, person_id, kind=Letter.Kind.WELCOME):
    """The letter to one person: the same page, with that letter shown."""
    person = find(request, Person, person_id)
    address = link(request, _LISTS[kind])
    return done(request, to=f"{address}?person={person.pk}#letter")


@page(Permission.LETTER_PRINT)
def printed_sheets(request, kind):
    """The letters on paper: one sheet a person, the address in the window of a C5 envelope."""
    asked = _asked(request, kind)
    due = [each for each in asked if each.can_be_printed]
    words, sender = queries.all_words(request.unit, kind), queries.sender_of(request.viewer)
    today = timezone.localdate()
    sheets = [queries.sheet(each, words, sender, today=today) for each in due]
    try:
        commands.refuse_empty(sheets)
    except CannotError as refusal:
        tell(request, str(refusal), state="watch")
        return done(request, to=_LISTS[kind])
    _note_shown(request, f"letters_{kind}", due, timezone.now())
    context = {
        "kind": kind,
        "sheets": sheets,
        "unit": request.unit,
        "sender": sender,
        "ids": ",".join(str(each.person.pk) for each in due),
        "unaddressed": len(asked) - len(due),
        "one": request.GET.get("person", ""),
        "back": link(request, _LISTS[kind]),
    }
    return respond(request, "welcome/letters/print.html", context)


@page(Permission.LETTER_PRINT)
@require_POST
def marks(request, kind):
    """Mark the letters as printed, so that their to-dos close."""
    printed = set(request.POST.get("ids", "").split(","))
    # Without an address there is nothing to put in the envelope's window.
    due = [
        each
        for each in _asked(request, kind)
        if each.can_be_printed and str(each.person.pk) in printed
    ]
    now = timezone.now()
    try:
        count = commands.mark_printed(request.unit, kind=kind, due=due, by=request.viewer, at=now)
    except CannotError as refusal:
        tell(request, str(refusal), state="watch")
        return done(request, to=_LISTS[kind])
    words = ngettext(
        "%(count)s letter is marked as printed. Good luck with the stamp.",
        "%(count)s letters are marked as printed. Good luck with the stamps.",
        count,
    )
    undo = f"{link(request, 'welcome:letters:undo', kind)}?at={now.isoformat().replace('+', '%2B')}"
    return done(request, to=_LISTS[kind], message=words % {"count": grouped(count)}, undo=undo)


@page(Permission.LETTER_PRINT)
@require_POST
def undo(request, kind):
    """Take back that letters were printed: all of a moment, or the one that is chosen."""
    printed_at, one = parse_datetime(request.GET.get("at", "")), request.POST.get("letter", "")
    if printed_at is None:
        return done(request, to=_LISTS[kind])
    count = commands.undo_printed(
        request.unit,
        kind=kind,
        printed_at=printed_at,
        only=int(one) if one.isdecimal() else None,
        by=request.viewer,
        at=timezone.now(),
    )
    if not count:
        tell(request, _("That was taken back already."), state="watch")
        return done(request, to=_LISTS[kind])
    words = ngettext(
        "%(count)s letter is to be printed again.",
        "%(count)s letters are to be printed again.",
        count,
    )
    return done(request, to=_LISTS[kind], message=words % {"count": grouped(count)})


@page(Permission.LETTER_PRINT)
def words(request, kind, language):
    """The words of a letter: the association's own, or those that come with Krets."""
    found = queries.words(request.unit, kind, language)
    written = request.POST.get("text", found.text)
    initial = {"text": written, "seen": found.own.revision if found.own else 0}
    looks = "look" in request.POST or "look" in request.GET
    form = WordsForm(None if looks else request.POST or None, initial=initial)
    if request.method == "POST" and "base" in request.POST:
        commands.use_base_words(
            request.unit, kind=kind, language=language, by=request.viewer, at=timezone.now()
        )
        message = _("The letter has the standard text again.")
        return done(request, to="welcome:letters:words", args=[kind, language], message=message)
    if form.is_valid():
        try:
            commands.write_words(
                request.unit,
                kind=kind,
                language=language,
                by=request.viewer,
                at=timezone.now(),
                **form.cleaned_data,
            )
        except CannotError as refusal:
            form.add_error(None, str(refusal))
        else:
            return done(request, to=_LISTS[kind], message=_("The letter is saved."))
    context = {
        "kind": kind,
        "language": language,
        "form": form,
        "wording": found,
        "fields": words_of(language),
        "base": queries.base_words(kind, language),
        "preview": queries.to_oneself(written, request.viewer, language),
        "title": Letter.Kind(kind).label,
        "languages": settings.LANGUAGES,
        "back": link(request, _LISTS[kind]),
    }
    return respond(request, "welcome/letters/words.html", context, fragment="preview")


def _chosen(request, listed, *, apart):
    """Return the page of letters asked for, and the letter to show: the one chosen, else the first.

    Without a page's number it is the page on which the chosen letter stands.
    """
    paginator, chosen = Paginator(listed, PER_PAGE), request.GET.get("person", "")
    place = next((at for at, each in enumerate(listed) if str(each.person.pk) == chosen), None)
    stands_on = 1 if place is None else place // PER_PAGE + 1
    paged = paginator.get_page(request.GET.get("page") or stands_on)
    if place is not None:
        return paged, listed[place]
    alone = next((each for each in apart if str(each.person.pk) == chosen), None)
    return paged, alone or next(iter(paged), None)


def _asked(request, kind):
    """Return who is due a letter: all who may stand in a list, or the one of the address."""
    one = request.GET.get("person", "")
    person_id = int(one) if one.isdecimal() else None
    due = queries.due_letters(request.unit, kind, fields=request.scope.fields, person_id=person_id)
    return [each for each in due if person_id or not each.is_apart]


def _note_shown(request, where, letters, now):
    if shown := list(dict.fromkeys(each.person.pk for each in letters)):
        note_list(page=where, shown=shown, by=request.viewer, at=now)


_LISTS = {
    Letter.Kind.WELCOME: "welcome:letters:list",
    Letter.Kind.MISSED: "welcome:letters:missed_list",
    Letter.Kind.FEE: "welcome:letters:fee_list",
}
