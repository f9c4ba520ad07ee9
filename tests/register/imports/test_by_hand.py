"""Members written in by hand: the central register may not know of them yet."""

from datetime import date

import pytest

from krets.register.imports import commands, queries
from krets.register.members.commands import add_member
from krets.register.models import Membership
from tests.conftest import NOON
from tests.register.imports.test_pages import AMINA

JOINED = date(2026, 3, 1)
LENA = ("", "Lena", "von Holm", "", "lena@example.org", "", "2026-03-01")
FEES = ("Medlemsnr", "Förnamn", "Efternamn", "E-post", "Betald")


@pytest.fixture
def lena(cast):
    Membership.objects.filter(unit=cast.bjorkvik).delete()
    return add_member(
        cast.bjorkvik,
        first_name="Lena",
        last_name="von Holm",
        email="lena@example.org",
        joined_on=JOINED,
        by=cast.siv,
        at=NOON,
    )


def missing(importing):
    return [each.person_id for each in queries.all_missing(importing)]


def test_who_was_written_in_by_hand_is_not_called_missing_by_the_next_file(
    lena, preview, bring_in, officer, address
):
    importing = preview([AMINA])
    page = officer.get(address("seen", importing.pk)).content.decode()

    assert (importing.missing_count, missing(importing)) == (0, [])
    assert "missing from the file" not in page
    assert "von Holm" not in page

    bring_in([AMINA])
    bring_in([AMINA])
    membership = Membership.objects.get(person=lena)
    assert (membership.by_hand_on, membership.missing_on) == (NOON.date(), None)


def test_once_a_file_has_named_them_they_are_asked_about_as_others(lena, preview, bring_in):
    bring_in([AMINA, LENA])
    importing = preview([AMINA])

    assert Membership.objects.get(person=lena).by_hand_on is None
    assert (importing.missing_count, missing(importing)) == (1, [lena.pk])

    bring_in([AMINA])
    assert Membership.objects.get(person=lena).missing_on is not None


def test_a_row_that_is_said_to_mean_them_names_them(lena, preview, save, cast):
    importing = preview([AMINA, ("", "Lena", "Holm", "", "lena@example.org", "", "")])
    row = importing.rows.get(kind="near")
    commands.answer_near(row, same=True, by=cast.siv, at=NOON)
    save(importing)

    assert Membership.objects.get(person=lena).by_hand_on is None


def test_no_answer_can_be_given_about_them_and_they_stay(lena, preview, save, cast):
    importing = preview([AMINA])
    commands.answer_missing(importing, left=True, person_ids=[lena.pk], by=cast.siv, at=NOON)
    save(importing)

    assert Membership.objects.get(person=lena).left_on is None


def test_a_file_that_does_not_name_them_tells_nothing_of_their_fee(lena, bring_in):
    bring_in([("1", "Amina", "Yusuf", "amina@example.org", "ja")], FEES)

    assert Membership.objects.get(person=lena).fee_told_year is None


def test_rows_given_back_that_do_not_name_them_leave_them_by_hand(lena, bring_in):
    bring_in([("2", "", "1", "Amina", "Yusuf")], ("Rad", "Att göra", *FEES[:3]))

    assert Membership.objects.get(person=lena).by_hand_on is not None
