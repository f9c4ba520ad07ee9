"""Files without headings: what their columns are called, and when the last answer still holds."""

import pytest
from django.utils import timezone
from django.utils.translation import override

from krets.register.imports import commands
from krets.register.imports.exports import rejected_rows
from krets.register.models import Import, ImportHabit, Person
from tests.conftest import NOON

LAYOUT = {"[A]": "register_number", "[B]": "first_name", "[C]": "last_name", "[D]": "email"}
NAMES = ("Anna", "Bo", "Cilla", "Dan", "Eva", "Frida", "Gun", "Hans")


def headless(*columns, first=40_001):
    """Return a file of which each column is made of a name and the row's number."""
    rows = [
        ";".join(column(name, first + at) for column in columns) for at, name in enumerate(NAMES)
    ]
    return "\n".join(rows).encode()


def number(_name, at):
    return str(at)


def first(name, _at):
    return name


def last(_name, at):
    return "Ek" if at % 2 else "Palm"


def email(name, at):
    return f"{name.lower()}{at}@example.org"


def phone(_name, at):
    return f"070-174 {at % 100:02} 12"


@pytest.fixture
def chosen(preview, cast):
    """A file without headings whose columns were said, and which is read."""
    importing = preview(headless(number, first, last, email))
    commands.choose_columns(
        importing, columns=LAYOUT, table={"header_row": 0}, enqueued=False, by=cast.siv, at=NOON
    )
    commands.stage(importing, at=NOON)
    importing.refresh_from_db()
    return importing


def targets(importing):
    return [column["target"] for column in importing.columns]


@pytest.mark.parametrize(
    ("language", "words"),
    [("en", ("Column A", "40001, 40002, 40003")), ("sv", ("Kolumn A", "40001, 40002, 40003"))],
)
def test_a_column_without_heading_is_called_as_in_a_spreadsheet_and_shows_values(
    officer, address, preview, language, words
):
    importing = preview(headless(number, first, last, email))

    page = officer.get(address("columns", importing.pk), headers={"Accept-Language": language})

    text = page.content.decode()
    assert all(word in text for word in words)
    assert "[A]" not in text
    assert 'name="header_row" value="0"' in text


def test_the_next_file_like_it_is_read_as_last_time_and_that_is_told(
    officer, address, chosen, preview
):
    following = preview(headless(number, first, last, email, first=50_001))

    page = officer.get(address("seen", following.pk)).content.decode()

    assert targets(following) == list(LAYOUT.values())
    assert "Read as last time" in page
    part = page[page.index('id="last-time"') : page.index("Change the columns")]
    assert '<dt class="fact__name">E-mail</dt><dd>anna50001@example.org</dd>' in part
    assert f'href="{address("columns", following.pk)}"' in part
    own = officer.get(address("seen", chosen.pk)).content.decode()
    assert "Read as last time" not in own


@pytest.mark.parametrize(
    "columns",
    [
        (number, first, last, phone),
        (first, number, last, email),
        (number, first, last, email, phone),
        (number, first, last),
    ],
    ids=["no e-mail", "turned round", "one more", "one less"],
)
def test_another_file_without_headings_is_asked_about_again(
    officer, address, chosen, preview, columns
):
    following = preview(headless(*columns, first=50_001))

    page = officer.get(address("seen", following.pk)).content.decode()

    asked = officer.get(address("columns", following.pk)).context["undecided"]
    assert following.fault == "other_columns"
    assert "column-1" in [match["field"].name for match in asked]
    assert "Show us which column holds what" in page
    assert address("columns", following.pk) in page


def test_what_was_said_of_a_file_without_headings_is_forgotten_with_the_next(chosen, preview, cast):
    other = preview(headless(first, last, phone))
    told = {"[A]": "first_name", "[B]": "last_name", "[C]": "phone"}
    commands.choose_columns(other, columns=told, enqueued=False, by=cast.siv, at=NOON)

    assert ImportHabit.objects.get().columns == told
    commands.stage(other, at=NOON)
    other.refresh_from_db()
    assert (other.fault, other.new_count, other.warnings[-1]["code"]) == (
        "",
        len(NAMES),
        "no_joining_days",
    )


def test_rows_taken_for_headings_are_not_remembered_as_such(preview, officer, address):
    file = b"Anna;Ek;anna@example.org\nBo;Palm;bo@example.org\nCilla;Ek;c@example.org"
    importing = preview(file, header_row=1)
    told = {"column-0": "first_name", "column-1": "last_name", "column-2": "email"}

    officer.post(address("columns", importing.pk), told | {"header_row": "0"})
    commands.stage(Import.objects.get(), at=timezone.now())

    assert ImportHabit.objects.get().columns == {
        "[A]": "first_name",
        "[B]": "last_name",
        "[C]": "email",
    }
    again = Import.objects.get()
    assert (again.new_count, again.wanted["columns"]) == (3, ImportHabit.objects.get().columns)


def test_rows_of_such_a_file_come_back_corrected(chosen, preview, save, cast):
    broken = headless(number, first, last, email).replace(b"40002;Bo", b"40001;Bo")
    importing = preview(broken)
    save(importing)
    with override("sv"):
        given = rejected_rows(importing)

    headings = given.decode("utf-8-sig").splitlines()[0]
    assert headings.endswith("Kolumn A;Kolumn B;Kolumn C;Kolumn D")
    mended = preview(given.replace(b"40001;Bo", b"40002;Bo"))
    save(mended)
    assert Person.objects.get(register_number="40002").first_name == "Bo"
