"""What was answered about a file still holds when it is read again, row by row."""

import pytest

from krets.register.imports import commands
from krets.register.imports.figures import figures
from krets.register.models import Import, ImportFault, ImportMissing, ImportRow, Person
from tests.conftest import NOON

HEAD = ("Medlemsnr", "Förnamn", "Efternamn", "Född", "E-post", "Mobil", "Medlem sedan", "Kod")
ROWS = [
    ("", "Cecilie", "Åström", "", "", "070-174 06 05", "", "klimat"),
    ("7", "Karin", "Sandström", "1971-05-04", "", "", "2026-01-02", "skola"),
    ("", "Karin", "Sandstrm", "1971-05-04", "", "", "2026-01-02", "skola"),
    ("8", "Vag", "Ek", "1984-02-30", "", "174 06", "hösten 2010", "vård"),
    ("9", "Slip", "Ek", "1985-02-03", "slip(at)example.org", "", "2020-01-02", ""),
    *[
        (
            str(20 + at),
            f"Sund{name}",
            "Ek",
            "1980-01-02",
            f"{name}@example.org",
            "",
            "2020-01-02",
            "",
        )
        for at, name in enumerate("abcdefgh")
    ],
]


@pytest.fixture
def answered(preview, cast):
    """A file about which everything has been answered, but for the phone number."""
    importing = preview(ROWS, HEAD)
    for row in importing.rows.filter(kind="near").order_by("number"):
        commands.answer_near(row, same=row.person_id is None, by=cast.siv, at=NOON)
    for target, code, answer in (
        ("joined_on", "date_unreadable", "without"),
        ("birth_date", "date_impossible", "without"),
    ):
        seen = importing.seen_as("")
        told = {"target": target, "code": code, "answer": answer, "seen": seen}
        commands.answer_faults(importing, **told, by=cast.siv, at=NOON)
    commands.take_suggestion(
        ImportRow.objects.get(detail__problems__0__target="email"),
        target="email",
        by=cast.siv,
        at=NOON,
    )
    commands.answer_missing(
        importing, left=True, reason="moved", person_ids=[cast.bo.person.pk], by=cast.siv, at=NOON
    )
    return Import.objects.get(pk=importing.pk)


@pytest.fixture
def again(cast):
    """Say what some columns are, and read the file again."""

    def read(importing, **targets):
        columns = {"Kod": "tags", **targets}
        commands.choose_columns(importing, columns=columns, enqueued=False, by=cast.siv, at=NOON)
        commands.stage(Import.objects.get(pk=importing.pk), at=NOON)
        return Import.objects.get(pk=importing.pk)

    return read


def answers(importing):
    rows = ImportRow.objects.filter(importing=importing, kind="near")
    faults = ImportFault.objects.filter(importing=importing)
    missing = ImportMissing.objects.filter(importing=importing).exclude(answer="")
    return (
        sorted(rows.values_list("number", "answer")),
        sorted(faults.values_list("number", "target", "answer", "again")),
        sorted(missing.values_list("person_id", "answer", "reason")),
    )


def test_what_was_answered_holds_when_another_column_is_read(answered, again, save):
    before, told = answers(answered), figures(answered)

    importing = again(answered)
    after = figures(importing)

    assert before[0] == [(2, "not_same"), (4, "same")]
    assert answers(importing) == before
    assert (after.questions, after.new, after.left) == (told.questions, told.new, told.left)
    assert importing.rows.get(number=6).values["email"] == "slip@example.org"
    assert importing.rows.get(number=6).warned is False
    save(importing)
    assert Person.objects.get(register_number="8").born_on is None
    assert Person.objects.filter(first_name="Karin").count() == 1


def test_how_many_answers_were_kept_is_told(officer, address, answered, again):
    importing = again(answered)

    page = officer.get(address("seen", importing.pk)).content.decode()

    assert "What you have answered about 5 people is kept." in page
    assert "no longer fits" not in page
    assert "answered" not in importing.wanted


def test_an_answer_about_a_row_that_reads_otherwise_is_asked_for_again(
    officer, address, answered, again
):
    importing = again(answered, **{"Medlem sedan": "left_on", "Mobil": "ignore"})

    page = officer.get(address("seen", importing.pk)).content.decode()

    near, faults, _missing = answers(importing)
    assert (2, "not_same") not in near
    assert (5, "birth_date", "without", False) in faults
    assert not [fault for fault in faults if fault[1] == "joined_on"]
    assert "no longer fits the file." in page


def test_answers_wait_until_the_reading_is_done(answered, again, cast):
    commands.read_again(answered, why="asked", enqueued=False, by=cast.siv, at=NOON)
    ImportRow.objects.all().delete()
    ImportFault.objects.all().delete()
    ImportMissing.objects.all().delete()

    importing = again(Import.objects.get())

    assert answers(importing)[0] == [(2, "not_same"), (4, "same")]
    assert importing.warnings[-1] == {"code": "answers_kept", "kept": 5, "answered": 5}


def test_nobody_can_be_read_from_what_waits(answered, cast):
    commands.read_again(answered, why="asked", enqueued=False, by=cast.siv, at=NOON)
    waiting = str(Import.objects.get().wanted)

    commands.cancel(answered, by=cast.siv, at=NOON)

    assert not [word for word in ("Karin", "1971", "slip", "hösten") if word in waiting]
    assert "answered" not in Import.objects.get().wanted
