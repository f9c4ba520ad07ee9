"""A fee that is paid through a day: which years it is paid for."""

from datetime import date

import pytest

from krets.register.models import Fee, ImportHabit
from tests.conftest import NOON, make_person

HEAD = ("Medlemsnr", "Förnamn", "Efternamn", "Betalt t.o.m.")


@pytest.fixture
def lena(cast):
    joined_on = date(2015, 11, 15)
    return make_person(cast.bjorkvik, "Lena", "von Holm", joined_on=joined_on, register_number="2")


def paid(person):
    return sorted(Fee.objects.filter(person=person).values_list("year", flat=True))


def already_paid(cast, person, *years):
    for year in years:
        Fee.objects.create(unit=cast.bjorkvik, person=person, year=year, learned_at=NOON)


@pytest.mark.parametrize(
    ("before", "cell", "years"),
    [
        ([], "2025-12-31", [2025]),
        ([], "2026-12-31", [2026]),
        ([], "2026-06-30", [2026]),
        ([], "2027", [2026, 2027]),
        ([2025], "2027-12-31", [2025, 2026, 2027]),
        ([2023], "2026-12-31", [2023, 2024, 2025, 2026]),
        ([2023], "2025-12-31", [2023, 2024, 2025]),
        ([2027], "2027-12-31", [2026, 2027]),
    ],
)
def test_every_year_up_to_the_day_is_paid(bring_in, lena, cast, before, cell, years):
    already_paid(cast, lena, *before)

    bring_in([("2", "Lena", "von Holm", cell)], HEAD)

    assert paid(lena) == years


def test_nobody_pays_for_the_years_before_they_joined(bring_in, lena, cast):
    already_paid(cast, lena, 2019)

    bring_in([("2", "Lena", "von Holm", "2027-12-31", "2025-03-01")], (*HEAD, "Medlem sedan"))

    assert paid(lena) == [2019, 2025, 2026, 2027]


def test_the_same_file_once_more_changes_nothing(bring_in, preview, lena, cast):
    rows = [("2", "Lena", "von Holm", "2027-12-31"), ("3", "Ny", "Person", "2026-12-31")]
    bring_in(rows, HEAD)

    again = preview(rows, HEAD)

    assert (again.new_count, again.changed_count, again.unchanged_count) == (0, 0, 2)


def test_the_preview_tells_each_year_in_words(preview, lena, officer, address):
    importing = preview([("2", "Lena", "von Holm", "2027-12-31")], HEAD)

    page = officer.get(address("seen", importing.pk)).content.decode()

    assert importing.fee_year == 2026
    assert "Fee 2026" in page
    assert "Fee 2027" in page


def test_a_new_member_has_paid_for_the_years_from_this_one(bring_in, cast):
    importing = bring_in([("3", "Ny", "Person", "2027-12-31")], HEAD)

    years = Fee.objects.filter(person__register_number="3").values_list("year", flat=True)
    assert importing.new_count == 1
    assert sorted(years) == [2026, 2027]


def test_the_day_of_the_payment_is_that_of_the_last_year(bring_in, lena):
    bring_in([("2", "Lena", "von Holm", "2027-12-31", "2026-11-03")], (*HEAD, "Betaldatum"))

    days = dict(Fee.objects.filter(person=lena).values_list("year", "paid_on"))
    assert days == {2026: None, 2027: date(2026, 11, 3)}


def test_what_was_remembered_as_the_year_of_the_fee_is_read_anew(bring_in, lena, cast):
    columns = {"Betalt t.o.m.": "fee_year", "Avgiftsår": "fee_year"}
    ImportHabit.objects.create(unit=cast.bjorkvik, columns=columns, set_at=NOON)

    bring_in([("2", "Lena", "von Holm", "2027-12-31")], HEAD)

    assert paid(lena) == [2026, 2027]
