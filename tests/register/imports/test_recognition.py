"""Who a row means: surely, nearly, or nobody."""

from datetime import date

import pytest

from krets.register.imports import commands
from krets.register.models import ImportRow, Membership, Person
from tests.conftest import NOON, make_person

HEAD = ("Medlemsnr", "Förnamn", "Efternamn", "Född", "E-post", "Mobil", "Postnr")
KNOWN = {
    "register_number": "7",
    "born_on": date(1971, 5, 4),
    "email": "karin@example.org",
    "phone": "+46701740661",
    "postal_code": "610 40",
}


@pytest.fixture
def karin(cast):
    return make_person(cast.bjorkvik, "Karin", "Sandström", joined_on=date(2014, 1, 9), **KNOWN)


@pytest.fixture
def row_of(preview, karin):
    """Read a file of one row; returns that row as staged, or None when nothing is new in it."""

    def read(*cells):
        return preview([cells], HEAD).rows.exclude(kind="unchanged").first()

    return read


@pytest.mark.parametrize(
    "cells",
    [
        ("7", "Carin", "Annat", "", "", "", ""),
        ("", "Karin", "Sandström", "", "KARIN@example.org", "", ""),
        ("", "karin", "SANDSTRÖM", "", "", "0701740661", ""),
        ("", "Karin", "Sandström", "1971-05-04", "", "", ""),
        ("", "Karin", "Sandström", "", "", "", "61040"),
    ],
    ids=["number", "e-mail and name", "phone and name", "birth date and name", "word for word"],
)
def test_a_person_is_recognised(preview, karin, cells):
    importing = preview([cells], HEAD)

    assert importing.new_count == 0
    assert importing.near_count == 0
    assert importing.unchanged_count + importing.changed_count == 1


@pytest.mark.parametrize(
    "cells",
    [
        ("", "Carin", "Sandström", "1971-05-04", "", "", ""),
        ("", "Karin Maria", "Sandström", "", "karin@example.org", "", ""),
        ("", "Karin", "Sandstrom-Ek", "", "", "0701740661", ""),
        ("8", "Karin", "Sandström", "1971-05-04", "", "", ""),
        ("", "Karinn", "Sandström", "", "", "", "61040"),
    ],
    ids=["like name", "longer name", "double name", "another number", "same place"],
)
def test_somebody_who_may_be_the_same_is_asked_about(row_of, karin, cells):
    row = row_of(*cells)

    assert row.kind == "near"
    assert row.person_id == karin.pk


@pytest.mark.parametrize(
    "cells",
    [
        ("", "Karin", "Sandström", "1999-05-04", "karin@example.org", "", ""),
        ("", "Arne", "Sandström", "", "karin@example.org", "", ""),
        ("8", "Karin", "Sandström", "", "other@example.org", "0701740699", ""),
        ("", "Knut", "Ek", "1971-05-04", "", "", ""),
    ],
    ids=["another birth date", "the household's address", "only the name", "only the day"],
)
def test_somebody_else_is_new(row_of, cells):
    assert row_of(*cells).kind == "new"


def test_father_and_son_with_one_address_and_name_stay_two(preview, bring_in):
    both = [
        ("", "Sven", "Ek", "1950-01-01", "ek@example.org", "", ""),
        ("", "Sven", "Ek", "1980-01-01", "ek@example.org", "", ""),
    ]
    bring_in(both, HEAD)

    again = preview(both, HEAD)

    assert Person.objects.filter(last_name="Ek", first_name="Sven").count() == 2
    assert (again.new_count, again.changed_count, again.near_count) == (0, 0, 0)


def test_a_row_that_names_somebody_better_keeps_others_from_being_taken_for_them(preview, karin):
    importing = preview(
        [
            ("8", "Karin", "Sandström", "1971-05-04", "karin@example.org", "", ""),
            ("7", "Karin", "Sandström", "1971-05-04", "karin@example.org", "", ""),
        ],
        HEAD,
    )

    assert (importing.new_count, importing.near_count, importing.unchanged_count) == (1, 0, 1)


def test_the_same_person_twice_in_a_file_counts_once(preview):
    row = ("9", "Ny", "Medlem", "", "ny@example.org", "", "")
    importing = preview([row, row, ("", *row[1:])], HEAD)

    assert (importing.new_count, importing.rejected_count) == (1, 2)
    reasons = importing.rows.filter(kind="rejected").values_list("reason", "detail")
    assert list(reasons) == [("double", {"row": 2}), ("double", {"row": 2})]


def test_somebody_who_applied_becomes_a_member(preview, save, cast):
    applied = make_person(cast.bjorkvik, "Amina", "Yusuf", email="amina@example.org")

    save(preview([("9", "Amina", "Yusuf", "", "amina@example.org", "", "")], HEAD))

    assert Membership.objects.get(person=applied).learned_at == NOON
    assert Person.objects.get(pk=applied.pk).register_number == "9"


def test_somebody_who_comes_back_is_the_same_person(preview, save, karin):
    Membership.objects.filter(person=karin).update(left_on=date(2024, 1, 1), left_learned_at=NOON)
    head = (*HEAD, "Medlem sedan")

    importing = preview([("7", "Karin", "Sandström", "", "", "", "", "2026-02-01")], head)
    assert importing.rows.get().marks == ["rejoins"]
    save(importing)

    mine = Membership.objects.filter(person=karin).order_by("joined_on")
    assert [each.left_on for each in mine] == [date(2024, 1, 1), None]


def test_somebody_who_left_here_is_not_brought_back_by_a_register_that_lags(preview, karin):
    Membership.objects.filter(person=karin).update(left_on=date(2026, 2, 1), left_learned_at=NOON)

    importing = preview([("7", "Karin", "Sandström", "", "", "", "")], HEAD)

    assert (importing.new_count, importing.changed_count, importing.unchanged_count) == (0, 0, 1)


def test_answers_decide_what_near_rows_become(preview, save, karin, cast):
    importing = preview(
        [
            ("", "Carin", "Sandström", "1971-05-04", "", "", ""),
            ("", "Cecilie", "Åström", "", "", "070-174 06 05", ""),
        ],
        HEAD,
    )
    rows = {row.person_id: row for row in ImportRow.objects.filter(kind="near")}
    commands.answer_near(rows[karin.pk], same=True, by=cast.siv, at=NOON)
    commands.answer_near(rows[cast.cecilia.pk], same=False, by=cast.siv, at=NOON)
    save(importing)

    assert Person.objects.get(pk=karin.pk).first_name == "Carin"
    assert Person.objects.filter(last_name="Åström").count() == 2


def test_only_one_row_can_be_the_same_person(preview, karin, cast):
    preview(
        [
            ("", "Carin", "Sandström", "1971-05-04", "a@example.org", "", ""),
            ("", "Karina", "Sandström", "1971-05-04", "b@example.org", "", ""),
        ],
        HEAD,
    )
    first, second = ImportRow.objects.filter(kind="near").order_by("number")
    commands.answer_near(first, same=True, by=cast.siv, at=NOON)

    with pytest.raises(commands.AlreadyTakenError):
        commands.answer_near(second, same=True, by=cast.siv, at=NOON)


def test_what_is_unanswered_is_left_out(preview, save, karin):
    saved = save(preview([("", "Carin", "Sandström", "1971-05-04", "", "", "")], HEAD))

    assert (saved.new_count, saved.changed_count, saved.near_count) == (0, 0, 1)
    assert Person.objects.get(pk=karin.pk).first_name == "Karin"
