"""What stands beside a cell that could not be read, and how groups of them are told apart."""

import re
from datetime import date

import pytest
from django.utils.translation import override

from krets.register.imports import commands, fault_words
from krets.register.imports.preview import page_of_faults
from krets.register.members.models import Person
from tests.conftest import NOON
from tests.register.imports.conftest import as_csv
from tests.register.imports.test_faults import IDENTITY, WITH_NUMBERS

COMING = ("7001", "Pelle", "Frisk", "20900101-9802", "")
WRONG = ("7002", "Pia", "Frisk", "19900101-9803", "")
BOTH = ("7003", "Per", "Frisk", "20900101-9803", "")
NO_DAY = ("7004", "Pim", "Frisk", "19901301-9803", "")


@pytest.fixture
def faulty(preview):
    return preview(as_csv([COMING, WRONG, BOTH, NO_DAY], WITH_NUMBERS))


def test_a_birth_year_that_is_not_yet_is_shown_with_what_we_guess(officer, address, faulty):
    page = officer.get(address("seen", faulty.pk)).content.decode()

    said = "The birth year 2090 is in the future. We think the birth date is 1990-01-01."
    assert said in page
    assert "Use 1990-01-01" in page
    assert not re.search(r"980[23]|900101\D", page)


def test_a_guess_is_made_only_where_the_year_is_the_fault(faulty):
    groups = page_of_faults(faulty, "faults", 1).groups
    told = {group.code: [(line.told, line.offers) for line in group.lines] for group in groups}

    assert told["identity_wrong"] == [("", [("identity_number", "1990-01-01")])]
    assert told["identity_wrong_unguessed"] == [("“2090”", []), ("", [])]
    assert [offers for _told, offers in told["identity_year_not_yet"]] == [
        [("identity_number", "1990-01-01")]
    ]


def test_the_guess_is_taken_as_the_birth_date(faulty, save, cast):
    seen = faulty.seen_as("")
    kind = IDENTITY | {"code": "identity_year_not_yet"}
    commands.take_suggestions(faulty, **kind, seen=seen, by=cast.siv, at=NOON)
    save(faulty)

    assert Person.objects.get(first_name="Pelle").born_on == date(1990, 1, 1)


@pytest.mark.parametrize("language", ["en", "sv"])
def test_no_two_kinds_of_fault_in_a_column_are_called_the_same(language):
    births = [code for code in fault_words.KINDS if code.startswith(("birth_", "identity_"))]
    with override(language):
        titles = [fault_words.title("identity_number", code) for code in births]

    assert len(set(titles)) == len(births)
