"""A row that says again what an earlier row of the same file says."""

import pytest

from krets.register.imports import commands
from krets.register.imports.figures import figures
from krets.register.models import ImportRow, Person
from tests.conftest import NOON
from tests.register.imports.test_pages import AMINA

AGAIN = ("1021", *AMINA[1:])
MISSPELT = ("", "Amina", "Yusuff", "1991-04-02", "", "", "")


@pytest.fixture
def same(cast):
    def answer(importing):
        row = ImportRow.objects.get(importing=importing, kind="near")
        commands.answer_near(row, same=True, by=cast.siv, at=NOON)
        return row

    return answer


def test_of_a_row_whose_person_stands_in_another_row_nothing_is_promised(
    officer, address, bring_in, preview, save, same
):
    bring_in([AMINA])
    importing = preview([AMINA, AGAIN])
    seen = address("seen", importing.pk)
    asked = officer.get(seen).content.decode()
    same(importing)
    answered = officer.get(seen).content.decode()
    found = figures(importing)
    save(importing)

    for page in (asked, answered):
        assert "nothing more is taken from this row: the earlier one counts." in page
        assert "this changes" not in page.lower()
    assert (found.new, found.changed) == (0, 0)
    assert Person.objects.get(first_name="Amina", last_name="Yusuf").register_number == "1001"


@pytest.mark.parametrize("again", [AGAIN, MISSPELT], ids=["another number", "misspelt"])
@pytest.mark.parametrize("known", [True, False])
def test_that_two_rows_are_one_person_is_asked_once(bring_in, preview, save, same, known, again):
    if known:
        bring_in([AMINA])
    importing = preview([AMINA, again])
    same(importing)
    save(importing)

    following = preview([AMINA, again])

    assert (following.near_count, following.changed_count, following.new_count) == (0, 0, 0)
    skipped = following.rows.get()
    assert (skipped.reason, skipped.detail) == ("double", {"row": 2})


def test_a_row_that_says_something_else_is_asked_about_anew(bring_in, preview, save, same):
    bring_in([AMINA])
    importing = preview([AMINA, AGAIN])
    same(importing)
    save(importing)

    another = preview([AMINA, ("1022", *AGAIN[1:])])
    alone = preview([AGAIN])

    assert (another.near_count, alone.near_count) == (1, 1)
