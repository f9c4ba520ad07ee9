"""A file with so many new people that it may be another association's."""

import pytest
from django.core.management import call_command

from krets.register.imports import commands
from krets.register.imports.commands import NotDeclaredError
from krets.register.models import Membership
from tests.conftest import NOON
from tests.register.imports.conftest import as_csv

HEAD = ("Medlemsnr", "Förnamn", "Efternamn", "Medlem sedan")


def people(count, start=0):
    return [(f"{9000 + at}", "Ny", f"Person{at}", "2020-01-01") for at in range(start, count)]


def codes(importing):
    return [warning["code"] for warning in importing.warnings]


@pytest.fixture
def ours(cast, bring_in):
    """Let the association's first file have brought in its members; return how many."""

    def made(count):
        Membership.objects.filter(unit=cast.bjorkvik).delete()
        bring_in(people(count), HEAD)

    return made


def test_a_file_with_many_more_people_than_there_were_needs_a_tick(
    ours, preview, cast, officer, address
):
    ours(30)
    importing = preview(people(60), HEAD)
    page = officer.get(address("seen", importing.pk)).content.decode()

    assert importing.warnings == [{"code": "many_new", "new": 30, "members": 30}]
    assert "30 people in the file are new, and you have 30 members." in page
    with pytest.raises(NotDeclaredError):
        commands.ask_to_apply(importing, enqueued=False, by=cast.siv, at=NOON)
    commands.ask_to_apply(importing, sure=True, enqueued=False, by=cast.siv, at=NOON)


@pytest.mark.parametrize(
    ("members", "new", "asked"),
    [(40, 21, True), (40, 20, False), (10, 19, False), (10, 20, True), (1, 20, True)],
)
def test_it_is_asked_when_the_new_are_more_than_half_and_not_a_few(
    ours, preview, members, new, asked
):
    ours(members)

    assert ("many_new" in codes(preview(people(members + new), HEAD))) is asked


def test_the_first_file_is_never_asked_about(preview, cast):
    assert "many_new" not in codes(preview(people(60), HEAD))


def test_the_command_line_refuses_it_without_the_word(ours, cast, tmp_path, capsys):
    ours(10)
    path = tmp_path / "members.csv"
    path.write_bytes(as_csv(people(40), HEAD))

    with pytest.raises(SystemExit):
        call_command("import", str(path), "--unit", "bjorkvik", "--json")
    refused = capsys.readouterr()
    call_command("import", str(path), "--unit", "bjorkvik", "--json", "--sure")

    assert "30 people in the file are new" in refused.out + refused.err
    assert Membership.objects.current().filter(unit=cast.bjorkvik).count() == 40
