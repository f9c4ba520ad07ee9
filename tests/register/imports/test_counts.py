"""What a preview counts as new and changed: one number in heading, button, lists and receipt."""

import re

import pytest

from krets.register.imports import commands, preview
from krets.register.imports.figures import figures
from krets.register.imports.models import ImportedPerson
from krets.register.members.models import Person
from tests.conftest import NOON, make_person
from tests.register.imports.test_missing import texts
from tests.register.imports.test_pages import AMINA

HERE_BY_HAND = ("", "Kerstina", "Ek", "", "", "070-174 06 33", "2026-02-20")


@pytest.fixture
def by_hand(cast):
    """Somebody who came by the join form, and whom a row of the file may mean."""
    return make_person(cast.bjorkvik, "Kerstin", "Ek", phone="+46701740633")


@pytest.fixture
def counted(officer, address):
    """Return how many are new and changed by heading, button and lists of the page."""

    def count(importing):
        page = officer.get(address("seen", importing.pk))
        found = [re.findall(r"(\d+) (new|changed)", each) for each in texts(page)]
        page = page.content.decode()
        lists = re.findall(r'-count"[^>]*>(\d+) (new|changed)', page)
        assert found[0] == found[1] == lists
        assert [(str(len(lines(importing, kind))), kind) for _number, kind in lists] == lists
        return {kind: int(number) for number, kind in lists}

    return count


def lines(importing, kind):
    return preview.page_of(importing, kind, 1, today=NOON.date()).lines


@pytest.mark.parametrize(
    ("same", "counts"), [(True, {"new": 1, "changed": 1}), (False, {"new": 2})]
)
def test_who_is_here_by_hand_and_said_to_be_the_same_is_not_new(
    officer, address, preview, save, by_hand, counted, same, counts
):
    importing = preview([AMINA, HERE_BY_HAND])
    commands.declare_right(importing, by=None, at=NOON)
    row = importing.rows.get(kind="near")
    before = counted(importing)
    commands.answer_near(row, same=same, by=None, at=NOON)
    after = counted(importing)

    saved = save(importing)
    receipt = officer.get(address("seen", importing.pk)).content.decode()
    assert (before, after) == ({"new": 1}, counts)
    assert (saved.new_count, saved.changed_count) == (counts["new"], counts.get("changed", 0))
    assert f"Saved: {counts['new']} new" in receipt
    # The file makes them a member all the same: what is done for new members is done for them.
    how = ImportedPerson.objects.filter(importing=importing, person=by_hand).values_list("how")
    assert [each for (each,) in how] == (["new"] if same else [])


def test_the_lists_tell_of_those_who_were_asked_about(preview, by_hand):
    importing = preview([AMINA, HERE_BY_HAND])
    row = importing.rows.get(kind="near")
    commands.answer_near(row, same=True, by=None, at=NOON)
    (known,) = lines(importing, "changed")
    commands.answer_near(row, same=False, seen="same", by=None, at=NOON)
    _amina, stranger = lines(importing, "new")

    assert (known.name, known.person) == ("Kerstin Ek", by_hand.pk)
    assert "Becomes a member here." in known.reasons
    assert (stranger.name, stranger.person, stranger.note) == (
        "Kerstina Ek",
        None,
        "Member since 20\xa0February",
    )


def test_a_row_that_repeats_an_earlier_one_is_in_neither_list(preview, counted):
    again = ("", "Aminah", *AMINA[2:4], "", "", "")
    importing = preview([AMINA, again])
    commands.declare_right(importing, by=None, at=NOON)
    commands.answer_near(importing.rows.get(kind="near"), same=True, by=None, at=NOON)

    assert counted(importing) == {"new": 1}
    assert figures(importing).changed == 0


def test_a_file_that_changes_nothing_has_no_part_without_words(officer, address, preview, cast):
    everybody = [
        ("", person.first_name, person.last_name, *[""] * 4)
        for person in Person.objects.of(cast.bjorkvik).members().order_by("pk")
    ]
    importing = preview(everybody)
    page = officer.get(address("seen", importing.pk)).content.decode()
    news = preview([*everybody, AMINA])
    other = officer.get(address("seen", news.pk)).content.decode()

    assert "Nothing has changed" in page
    assert "Confirm the file" in page
    assert "Then it is noted that the register is up to date." in page
    assert "Discard the file" in page
    assert not [each for each in ("What the file says", "saved at once") if each in page]
    assert "What the file says" in other
    assert "Everything is saved at once." in other


@pytest.mark.parametrize("kind", ["new", "changed"])
def test_the_numbers_of_the_lists_follow_an_answer(officer, address, preview, by_hand, kind):
    importing = preview([AMINA, HERE_BY_HAND])
    ask = {"HTTP_HX_REQUEST": "true"}
    row = importing.rows.get(kind="near")
    officer.post(address("near", importing.pk, row.pk), {"answer": "same", "seen": ""}, **ask)

    told = officer.get(address("figures", importing.pk, f"{kind}_count"), **ask).content.decode()
    assert f'id="{kind}-count"' in told
    assert f"1 {kind}" in told
