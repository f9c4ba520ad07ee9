from datetime import date, timedelta

import pytest
from django.db import connection

from krets.kit.audit.models import Entry
from krets.register.profiles.commands import (
    EmptyNoteError,
    LongNoteError,
    NotToBeContactError,
    TagWordError,
    add_tags,
    change_tags,
    months_later,
    remove_note,
    remove_tag,
    set_contact_person,
    throw_away_notes,
    write_note,
)
from krets.register.profiles.models import Note, PersonTag, Tag
from tests.conftest import NOON


def carried(person):
    return sorted(PersonTag.objects.filter(person=person).values_list("tag__word", flat=True))


def test_words_are_carried_once_however_they_are_written(cast):
    signed = {"kind": "want", "by": cast.siv, "at": NOON}
    add_tags(cast.cecilia, words=["  Laga  mat ", "bygga"], **signed)
    add_tags(cast.cecilia, words=["laga mat", "BYGGA."], **signed)
    add_tags(cast.bo.person, words=["laga mat"], **signed)

    assert carried(cast.cecilia) == ["Laga mat", "bygga"]
    assert Tag.objects.count() == 2


def test_the_same_word_of_another_kind_is_another_tag(cast):
    for kind in ("want", "competence"):
        add_tags(cast.cecilia, kind=kind, words=["bygga"], by=cast.siv, at=NOON)

    assert Tag.objects.count() == 2


@pytest.mark.parametrize("words", [[], ["", " , "], ["x" * 61], [f"ord {n}" for n in range(41)]])
def test_words_that_cannot_be_carried_are_refused(cast, words):
    with pytest.raises(TagWordError):
        add_tags(cast.cecilia, kind="want", words=words, by=cast.siv, at=NOON)


def test_an_identity_number_is_cut_from_words_and_notes(cast):
    add_tags(cast.cecilia, kind="free", words=["19640823-3234"], by=cast.siv, at=NOON)
    note = write_note(cast.cecilia, text="Har nr 19640823-3234.", by=cast.siv, at=NOON)

    assert "3234" not in carried(cast.cecilia)[0]
    assert "3234" not in note.text


def test_words_change_in_one_go_and_what_is_not_named_stays(cast):
    signed = {"by": cast.siv, "at": NOON}
    build, _cook = add_tags(cast.cecilia, kind="want", words=["bygga", "laga mat"], **signed)

    change_tags(cast.cecilia, added={"competence": ["snickeri"]}, removed=[build.pk], **signed)

    assert carried(cast.cecilia) == ["laga mat", "snickeri"]


def test_a_word_is_taken_away_and_taken_away_again(cast):
    signed = {"by": cast.siv, "at": NOON}
    (tag,) = add_tags(cast.cecilia, kind="want", words=["bygga"], **signed)

    remove_tag(cast.cecilia, tag=tag, **signed)
    remove_tag(cast.cecilia, tag=tag, **signed)

    assert carried(cast.cecilia) == []
    assert Entry.objects.filter(action="tag.removed").count() == 1


def test_a_note_is_sealed_signed_and_ends_after_a_year(cast):
    note = write_note(cast.cecilia, text=" Vill gärna laga mat.\r\n", by=cast.siv, at=NOON)

    stored = Note.objects.get()
    assert (stored.text, stored.by, stored.ends_on) == (
        "Vill gärna laga mat.",
        cast.siv.account,
        date(2027, 3, 2),
    )
    with connection.cursor() as cursor:
        cursor.execute("SELECT text FROM register_note WHERE id = %s", [note.pk])
        assert b"laga mat" not in bytes(cursor.fetchone()[0])


def test_the_trail_tells_that_a_note_was_written_and_not_what(cast):
    write_note(cast.cecilia, text="Vill gärna laga mat.", by=cast.siv, at=NOON)

    entry = Entry.objects.get(action="note.written")
    assert "laga" not in entry.detail
    assert entry.actor_key == cast.siv.account.trail_key


def test_an_empty_note_and_a_long_one_are_refused(cast):
    with pytest.raises(EmptyNoteError):
        write_note(cast.cecilia, text=" \n ", by=cast.siv, at=NOON)
    with pytest.raises(LongNoteError, match="2,001"):
        write_note(cast.cecilia, text="å" * 2001, by=cast.siv, at=NOON)

    assert not Note.objects.exists()


def test_notes_are_deleted_on_their_day_and_by_hand(cast):
    write_note(cast.cecilia, text="Först.", by=cast.siv, at=NOON)
    later = write_note(cast.cecilia, text="Sedan.", by=cast.siv, at=NOON + timedelta(days=1))

    assert throw_away_notes(cast.bjorkvik, by=None, at=NOON + timedelta(days=365)) == 1
    assert [note.pk for note in Note.objects.all()] == [later.pk]
    remove_note(later, by=cast.siv, at=NOON)

    assert not Note.objects.exists()


def test_a_contact_person_holds_a_mandate_here(cast):
    set_contact_person(cast.cecilia, contact=cast.bo.person, by=cast.siv, at=NOON)
    cast.cecilia.refresh_from_db()
    assert (cast.cecilia.contact_person, cast.cecilia.revision) == (cast.bo.person, 1)

    for wrong in (cast.cecilia, cast.gun, cast.doris.person):
        with pytest.raises(NotToBeContactError):
            set_contact_person(cast.bo.person, contact=wrong, by=cast.siv, at=NOON)


def test_nobody_is_a_contact_person_of_nobody(cast):
    set_contact_person(cast.cecilia, contact=cast.bo.person, by=cast.siv, at=NOON)
    set_contact_person(cast.cecilia, contact=None, by=cast.siv, at=NOON)
    set_contact_person(cast.cecilia, contact=None, by=cast.siv, at=NOON)

    cast.cecilia.refresh_from_db()
    assert (cast.cecilia.contact_person, cast.cecilia.revision) == (None, 2)


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [
        (date(2026, 3, 2), 12, date(2027, 3, 2)),
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2026, 10, 31), 1, date(2026, 11, 30)),
        (date(2026, 12, 31), 2, date(2027, 2, 28)),
    ],
)
def test_months_later_is_the_same_day_or_the_last_of_the_month(day, months, later):
    assert months_later(day, months) == later
