"""Rows that may mean somebody with protected details: the officer is asked, apart."""

from datetime import date

import pytest

from krets.register.imports.figures import figures
from krets.register.models import ListLook, Membership, Person
from tests.conftest import NOON, make_person
from tests.register.imports.test_pages import AMINA, NEAR, asked_for

MISSPELT = ("", "Hemlige", "Person", "1971-05-04", "", "", "")


@pytest.fixture
def hidden(cast):
    return make_person(
        cast.bjorkvik,
        "Hemlig",
        "Person",
        joined_on=date(2015, 1, 1),
        born_on=date(1971, 5, 4),
        protected_at=NOON,
    )


@pytest.mark.parametrize("headers", [{}, {"HTTP_HX_REQUEST": "true"}])
def test_whether_a_row_is_somebody_protected_is_asked_apart(
    officer, address, preview, save, hidden, headers
):
    importing = preview([AMINA, MISSPELT])
    apart = address("kind", importing.pk, "near_protected")
    row = importing.rows.get(kind="near")

    page = officer.get(address("seen", importing.pk)).content.decode()
    asked = officer.get(apart).content.decode()
    after = officer.post(
        address("near", importing.pk, row.pk),
        {"answer": "same", "seen": ""},
        follow=True,
        **headers,
    )
    save(importing)

    assert "1 row in the file may be about a person with protected details." in page
    assert f'href="{apart}">See if it is the same person</a>' in page
    assert not [name for name in ("Hemlig", 'id="near"') if name in page]
    assert "Hemlige Person" in asked
    assert "The same person" in after.content.decode()
    assert Person.objects.get(pk=hidden.pk).first_name == "Hemlige"
    assert not Membership.objects.filter(person__first_name="Hemlig").exists()


def test_what_is_not_answered_about_somebody_protected_is_a_question_of_its_own(
    officer, address, preview, hidden
):
    importing = preview([AMINA, NEAR, MISSPELT])
    near = address("near", importing.pk, importing.rows.get(person=hidden).pk)

    before = figures(importing)
    officer.post(near, {"answer": "same", "seen": ""})
    after = figures(importing)

    assert (before.near, before.unanswered, before.near_protected_unanswered) == (1, 1, 1)
    assert before.questions - after.questions == 1
    assert (after.near, after.changed - before.changed) == (1, 1)


def test_who_the_row_may_mean_is_said_to_be_in_no_list_and_not_to_be_in_the_file(
    officer, address, preview, hidden
):
    importing = preview([AMINA, MISSPELT])

    page = officer.get(address("seen", importing.pk)).content.decode()
    pages = [
        officer.get(address("kind", importing.pk, kind)).content.decode()
        for kind in ("near", "new", "missing", "missing_protected", "protected")
    ]

    assert "in the file, but in no list here" not in page
    assert not [text for text in pages if "Hemlig" in text]


def test_whose_names_are_shown_there_is_written_down(officer, address, preview, hidden):
    importing = preview([AMINA, MISSPELT])

    officer.get(address("kind", importing.pk, "near_protected"))

    assert hidden.pk in ListLook.objects.get(page="import:near_protected").shown


def test_two_new_rows_of_somebody_protected_are_asked_about_apart(officer, address, preview):
    head = ("Förnamn", "Efternamn", "Födelsedatum", "Skyddade uppgifter")
    rows = [("Karin", "Sandström", "1971-05-04", "Ja"), ("Karin", "Sandstrm", "1971-05-04", "")]
    importing = preview(rows, head)

    page = officer.get(address("kind", importing.pk, "near_protected")).content.decode()

    assert "Karin Sandström" in page
    assert "Karin" not in officer.get(address("seen", importing.pk)).content.decode()


def test_the_page_asks_as_much_with_somebody_protected_as_without(
    officer, address, preview, hidden
):
    one = preview([NEAR])
    both = preview([NEAR, MISSPELT])

    taken = [asked_for(officer, address("seen", each.pk)) for each in (one, both)]

    assert taken[0] == taken[1]
