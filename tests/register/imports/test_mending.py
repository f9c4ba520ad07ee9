"""Which skipped rows are offered as a file to correct: those in which something is to be done."""

import pytest

from krets.register.imports import commands, mending
from krets.register.models import ImportRow, Person
from tests.conftest import NOON
from tests.register.imports.test_faults import BORN, JOINED, MONTH, SOUND, member

NAMELESS = ("", "", "", "", "namnlos@example.org", "", "")
TWICE = SOUND[0]


@pytest.fixture
def skipped_before(preview, save, cast):
    """A file of last month in which a row of somebody known was said to be skipped."""

    def answered(rows, kind, *, at=NOON):
        importing = preview([*rows, *SOUND], at=at)
        seen = importing.seen_as("")
        commands.answer_faults(importing, **kind, answer="skip", seen=seen, by=cast.siv, at=at)
        return save(importing, at=at)

    save(preview([member(0), *SOUND]))
    return answered


def numbers(importing):
    return list(mending.to_mend(importing).values_list("number", flat=True))


def test_what_settles_itself_is_no_row_to_correct(officer, address, preview, save):
    importing = preview([NAMELESS, *SOUND, TWICE])
    assert importing.rejected_count == 2

    page = officer.get(address("seen", importing.pk)).content.decode()
    fetched = officer.get(address("left_out", importing.pk)).content.decode()
    saved = save(importing)
    after = officer.get(address("seen", saved.pk)).content.decode()

    assert numbers(importing) == [2]
    assert "2 rows were skipped" in page
    assert "Download the 1 that is to be corrected" in page
    assert len(fetched.splitlines()) == 2
    assert "namnlos@example.org" in fetched
    assert "1 row to correct" in after
    assert list(ImportRow.objects.values_list("number", flat=True)) == [2]


def test_a_file_in_which_nothing_is_to_be_corrected_offers_none(officer, address, preview, save):
    importing = preview([*SOUND, TWICE])

    page = officer.get(address("seen", importing.pk)).content.decode()

    assert "1 row was skipped" in page
    assert "There is nothing to correct in it." in page
    assert address("left_out", importing.pk) not in page
    assert officer.get(address("left_out", importing.pk)).status_code == 404
    saved = save(importing)
    assert "to correct" not in officer.get(address("seen", saved.pk)).content.decode()
    assert not ImportRow.objects.exists()


def test_a_row_that_was_answered_last_month_is_not_offered_each_month(
    officer, address, preview, skipped_before, save
):
    wrong = member(0, joined="nyss")
    first = skipped_before([wrong], JOINED)
    assert numbers(first) == [2]

    again = preview([wrong, NAMELESS, *SOUND], at=NOON + MONTH)
    page = officer.get(address("seen", again.pk)).content.decode()

    assert (again.rejected_count, again.again_count) == (2, 1)
    assert numbers(again) == [3]
    assert "Download the 1 that is to be corrected" in page
    save(again, at=NOON + MONTH)
    assert numbers(again) == [3]
    commands.throw_away(at=NOON + MONTH)
    assert numbers(again) == [3]


def test_a_row_that_is_asked_about_again_is_offered_again(preview, skipped_before, cast):
    wrong = member(0, born="1984-02-30")
    skipped_before([wrong], BORN)
    again = preview([wrong, *SOUND], at=NOON + MONTH)
    assert numbers(again) == []

    commands.ask_again(again, by=cast.siv, at=NOON + MONTH)

    assert numbers(again) == [2]


def test_a_row_with_one_fault_answered_before_and_a_new_one_is_offered(preview, skipped_before):
    skipped_before([member(0, joined="nyss")], JOINED)

    both = preview([member(0, joined="nyss", born="1984-02-30"), *SOUND], at=NOON + MONTH)

    assert numbers(both) == [2]


def test_what_the_next_file_has_mended_is_skipped_no_more(preview, skipped_before, save):
    skipped_before([member(0, joined="nyss")], JOINED)

    mended = preview([member(0, email="ny@example.org"), *SOUND], at=NOON + MONTH)

    assert (mended.rejected_count, mended.again_count, numbers(mended)) == (0, 0, [])
    save(mended, at=NOON + MONTH)
    assert Person.objects.get(register_number="5000").email == "ny@example.org"
