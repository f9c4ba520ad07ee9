"""What the association writes down about a person: words to carry, notes, who keeps in touch."""

from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from krets import events
from krets.events import PeopleChanged
from krets.kit.audit import trail
from krets.kit.commands import command
from krets.kit.errors import CannotError
from krets.kit.tables.swedish import fold
from krets.kit.tables.values import cut_identity_numbers
from krets.kit.ui.thousands import grouped
from krets.register.access.permissions import Permission
from krets.register.mandates.models import Mandate
from krets.register.members.models import Person
from krets.register.profiles.models import Note, PersonTag, Tag

LONGEST_NOTE = 2000
# What is asked of whoever writes one, wherever it is written.
NOTE_HINT = gettext_lazy(
    "What helps the next talk. Nothing about health, money, faith or family. The person may read"
    " it, and it is deleted after a year."
)
LONGEST_WORD = Tag._meta.get_field("word").max_length
MOST_WORDS = 40
NOTE_MONTHS = 12


class EmptyNoteError(CannotError):
    """There is nothing in the note."""


class LongNoteError(CannotError):
    """The note is longer than a note may be."""


class NoteGoneError(CannotError):
    """The note is not there any more."""


class TagWordError(CannotError):
    """The word cannot be a tag."""


class NotToBeContactError(CannotError):
    """The chosen person holds no mandate here, so cannot keep in touch for the association."""


@command
def add_tags(person, *, kind, words, by, at):
    """Let a person carry words of a kind; those already carried stay. Return the tags.

    Refuses no words, words longer than sixty signs, and more than forty at once.
    """
    words = _cleaned(words)
    if not words:
        raise TagWordError(_("Write a word first, for example “cooking”."))
    tags = _carry(person, kind, words, by, at)
    trail.record("tag.added", person, by=by, at=at, kind=kind, tags=[tag.pk for tag in tags])
    events.publish(PeopleChanged(person.unit_id, (person.pk,), by_id=by and by.account.pk), at=at)
    return tags


@command
def change_tags(person, *, added, removed, by, at):
    """Add words {kind: [word, …]} and take away tags (ids) in one go; what is not named stays."""
    gone, _rows = PersonTag.objects.filter(
        unit_id=person.unit_id, person=person, tag__in=removed
    ).delete()
    carried = [
        tag
        for kind, words in added.items()
        if (cleaned := _cleaned(words))
        for tag in _carry(person, kind, cleaned, by, at)
    ]
    if not gone and not carried:
        trail.nothing("no word was changed")
        return
    tags = {"added": [tag.pk for tag in carried], "removed": sorted(removed)}
    trail.record("tags.changed", person, by=by, at=at, **tags)
    events.publish(PeopleChanged(person.unit_id, (person.pk,), by_id=by and by.account.pk), at=at)


@command
def remove_tag(person, *, tag, by, at):
    """Take a word away from a person. Taken away twice is taken away."""
    carried = PersonTag.objects.filter(unit_id=person.unit_id, person=person, tag=tag)
    gone, _rows = carried.delete()
    if not gone:
        trail.nothing("the word was not carried any more")
        return
    trail.record("tag.removed", person, by=by, at=at, kind=tag.kind, tags=[tag.pk])
    events.publish(PeopleChanged(person.unit_id, (person.pk,), by_id=by and by.account.pk), at=at)


@command
def write_note(person, *, text, by, at):
    """Write a note about a person, kept sealed for twelve months; return it.

    Identity numbers are cut to the day of birth. Refuses an empty note and one that is too long.
    """
    text = _note_text(text)
    note = Note.objects.create(
        unit_id=person.unit_id,
        person=person,
        text=text,
        at=at,
        by=by.account if by else None,
        ends_on=months_later(timezone.localdate(at), NOTE_MONTHS),
    )
    trail.record("note.written", person, by=by, at=at, note=note.pk)
    events.publish(PeopleChanged(person.unit_id, (person.pk,), by_id=by and by.account.pk), at=at)
    return note


@command
def rewrite_note(note, *, text, by, at):
    """Put another text in a note's place; when it was written and when it ends stay as they are.

    Refuses what `write_note` does, and a note that somebody has deleted.
    """
    text = _note_text(text)
    if not Note.objects.filter(pk=note.pk).update(text=text, by=by.account):
        raise NoteGoneError(_("Somebody has deleted this note. Write a new one instead."))
    trail.record("note.rewritten", note.person, by=by, at=at, note=note.pk)
    events.publish(PeopleChanged(note.unit_id, (note.person_id,), by_id=by.account.pk), at=at)


@command
def remove_note(note, *, by, at):
    """Delete a note for good, before its day."""
    trail.record("note.removed", note.person, by=by, at=at, note=note.pk)
    note.delete()


@command
def throw_away_notes(unit, *, by, at):
    """Delete the unit's notes whose day has come; return how many. Done each night."""
    gone, _rows = Note.objects.of(unit).filter(ends_on__lte=timezone.localdate(at)).delete()
    if gone:
        trail.record("note.ended", unit, by=by, at=at, notes=gone)
    else:
        trail.nothing("no note had reached its day")
    return gone


@command
def set_contact_person(person, *, contact, by, at):
    """Name who keeps in touch with a person, or nobody with None.

    Refuses someone who holds no mandate in the unit.
    """
    if contact is not None:
        holders = Mandate.objects.filter(unit_id=person.unit_id, person=contact)
        if contact.pk == person.pk or not holders.current(timezone.localdate(at)).exists():
            raise NotToBeContactError(
                _("A contact person must be somebody else with a mandate here. Choose another.")
            )
    changed = Person.objects.filter(pk=person.pk).exclude(contact_person=contact)
    if not changed.update(contact_person=contact, revision=F("revision") + 1):
        trail.nothing("that person was the contact already")
        return
    trail.record(
        "contact_person.set",
        person,
        by=by,
        at=at,
        contact=_key_or_none(contact),
    )
    events.publish(PeopleChanged(person.unit_id, (person.pk,), by_id=by and by.account.pk), at=at)


@command
def take_over_contacts(unit, *, holder_id, to, lost, sees_protected, by, at):
    """Make `to` the contact person of those whose own has no mandate for it any more.

    Who is `to` themself, or has protected details and `to` may not see them, has nobody instead.
    """
    theirs = Person.objects.of(unit).filter(contact_person=holder_id)
    people = list(theirs.order_by("pk")) if leaves_contacts(lost) else []
    if not people:
        trail.nothing("nobody has the holder for a contact")
        return
    gets = {
        person.pk: to
        for person in people
        if person != to and (sees_protected or person.protected_at is None)
    }
    news = {"revision": F("revision") + 1}
    theirs.filter(pk__in=gets).update(contact_person=to, **news)
    if others := [person.pk for person in people if person.pk not in gets]:
        theirs.filter(pk__in=others).update(contact_person=None, **news)
    told = [(person, {"contact": _key_or_none(gets.get(person.pk))}) for person in people]
    trail.record_many("contact_person.set", told, by=by, at=at)
    changed = tuple(person.pk for person in people)
    events.publish(PeopleChanged(unit.pk, changed, by_id=by and by.account.pk), at=at)


def leaves_contacts(lost):
    """Return whether somebody who loses these capabilities can be no contact person any more."""
    return not lost.isdisjoint({Permission.CALL_REPORT, Permission.TODO_ACT})


def months_later(day, months):
    """Return the same day that many months on, or the month's last where there is no such day."""
    years, month = divmod(day.month - 1 + months, 12)
    for last in (day.day, 30, 29, 28):
        try:
            return day.replace(year=day.year + years, month=month + 1, day=last)
        except ValueError:
            continue
    raise AssertionError(day)


def _key_or_none(contact):
    return trail.key_of(contact) if contact else None


def _note_text(text):
    text = cut_identity_numbers(text.replace("\r\n", "\n").replace("\x00", "")).strip()
    if not text:
        raise EmptyNoteError(_("Write something first: a line about what was said is enough."))
    if len(text) > LONGEST_NOTE:
        raise LongNoteError(
            _("The note has %(length)s characters and can have %(most)s. Make it a little shorter.")
            % {"length": grouped(len(text)), "most": grouped(LONGEST_NOTE)}
        )
    return text


def _cleaned(words):
    cleaned = {}
    for word in words:
        tidy = " ".join(cut_identity_numbers(word).replace("\x00", "").split()).strip(",.;")
        if not tidy:
            continue
        if len(tidy) > LONGEST_WORD:
            raise TagWordError(
                _("A tag has at most %(most)s characters. Make it shorter, or write a note.")
                % {"most": LONGEST_WORD}
            )
        cleaned.setdefault(_key(tidy), tidy)
    if len(cleaned) > MOST_WORDS:
        raise TagWordError(
            _("That is more than %(most)d tags at once. Choose the most important.")
            % {"most": MOST_WORDS}
        )
    return cleaned


def _key(word):
    return (fold(word) or word.lower())[:LONGEST_WORD]


def _carry(person, kind, cleaned, by, at):
    tags = _tags(person.unit_id, kind, cleaned)
    account = by.account if by else None
    PersonTag.objects.bulk_create(
        [
            PersonTag(unit_id=person.unit_id, person=person, tag=tag, at=at, by=account)
            for tag in tags
        ],
        ignore_conflicts=True,
    )
    return tags


def _tags(unit_id, kind, cleaned):
    mine = Tag.objects.filter(unit_id=unit_id, kind=kind, key__in=cleaned)
    known = {tag.key: tag for tag in mine}
    if missing := [key for key in cleaned if key not in known]:
        Tag.objects.bulk_create(
            [Tag(unit_id=unit_id, kind=kind, key=key, word=cleaned[key]) for key in missing],
            ignore_conflicts=True,
        )
        known = {tag.key: tag for tag in mine.all()}
    return [known[key] for key in cleaned]
