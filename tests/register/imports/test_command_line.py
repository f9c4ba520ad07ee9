"""krets import FILE --unit SLUG."""

import json

import pytest
from django.core.management import CommandError, call_command

from krets.register.models import Import, ImportPart, Membership, Person
from tests.register.imports.conftest import as_csv

KEYS = {
    "encoding",
    "delimiter",
    "header_row",
    "columns",
    "rows",
    "new",
    "changed",
    "unchanged",
    "missing",
    "near_matches",
    "rejected",
    "faults",
    "warnings",
}
ROWS = [
    ("1001", "Amina", "Yusuf", "1991-04-02", "amina@example.org", "", ""),
    ("", "", "", "", "nobody@example.org", "", ""),
]


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "members.csv"
    path.write_bytes(as_csv(ROWS))
    return str(path)


@pytest.fixture
def granby(cast):
    Membership.objects.filter(unit=cast.granby).delete()
    return cast.granby.slug


def test_a_dry_run_tells_all_and_keeps_nothing(file, granby, capsys):
    call_command("import", file, "--unit", granby, "--dry-run", "--json")

    told = json.loads(capsys.readouterr().out)
    assert told.keys() == KEYS
    assert (told["rows"], told["new"], told["delimiter"]) == (2, 1, ";")
    assert told["columns"]["Förnamn"] == "first_name"
    assert told["rejected"][0]["row"] == 3
    assert "name is missing" in told["rejected"][0]["reason"]
    assert not Import.objects.exists()
    assert not Person.objects.filter(first_name="Amina").exists()


def test_a_file_is_brought_in(file, granby, capsys, cast):
    call_command("import", file, "--unit", granby, "--by", cast.doris.account.email)

    assert "It is saved." in capsys.readouterr().out
    assert Person.objects.get(first_name="Amina").register_number == "1001"
    assert Import.objects.get().applied_by == cast.doris.account
    assert not ImportPart.objects.exists()


def test_a_file_that_cannot_be_read_says_what_to_do(tmp_path, granby):
    path = tmp_path / "x.pdf"
    path.write_bytes(b"%PDF-1.4 nothing")

    with pytest.raises(CommandError, match="Ask for the list as Excel"):
        call_command("import", str(path), "--unit", granby)


@pytest.mark.parametrize("more", [(), ("--dry-run",)])
def test_a_file_that_is_not_there_says_so(granby, more, tmp_path):
    with pytest.raises(CommandError, match="There is no file /nowhere/members"):
        call_command("import", "/nowhere/members.csv", "--unit", granby, *more)
    with pytest.raises(CommandError, match="cannot be opened"):
        call_command("import", str(tmp_path), "--unit", granby, *more)


@pytest.mark.parametrize("more", [(), ("--dry-run",)])
def test_a_file_whose_columns_cannot_be_told_leads_to_the_browser(granby, more, tmp_path):
    path = tmp_path / "members.csv"
    path.write_bytes(as_csv([("1", "2"), ("3", "4")], ("Ett", "Annat")))

    with pytest.raises(CommandError, match="in the browser, under Member files"):
        call_command("import", str(path), "--unit", granby, *more)


@pytest.mark.parametrize(
    ("path", "unit", "words"),
    [
        ("/nowhere/members.csv", "granby", "no file /nowhere/members.csv"),
        ("/nowhere/members.csv", "nowhere", "no association"),
    ],
)
def test_what_is_refused_is_json_where_json_is_asked_for(granby, path, unit, words, capsys):
    with pytest.raises(SystemExit) as ended:
        call_command("import", path, "--unit", unit, "--json")

    told = json.loads(capsys.readouterr().out)
    assert (ended.value.code, list(told)) == (1, ["error"])
    assert words in told["error"]


def test_what_could_not_be_read_in_a_row_is_told(tmp_path, granby, capsys):
    path = tmp_path / "members.csv"
    rows = [
        ("1001", "Amina", "Yusuf", "", "not an address", "", "2020-02-30"),
        ("1002", "Tuan", "Nguyen", "", "tuan@example.org", "", ""),
    ]
    path.write_bytes(as_csv(rows))

    call_command("import", str(path), "--unit", granby, "--dry-run", "--json")
    dry = json.loads(capsys.readouterr().out)
    call_command("import", str(path), "--unit", granby, "--json")
    saved = json.loads(capsys.readouterr().out)

    assert [(fault["row"], fault["field"]) for fault in dry["faults"]] == [
        (2, "email"),
        (2, "joined_on"),
    ]
    assert dry["faults"] == saved["faults"]
    assert [warning["code"] for warning in dry["warnings"]] == ["no_joining_days"]
    assert "2020-02-30" in dry["faults"][1]["reason"]


def test_rows_left_out_are_told_in_the_order_of_the_file(tmp_path, cast, capsys):
    path = tmp_path / "members.csv"
    twice = ("", "Amina", "Yusuf", "", "amina@example.org", "", "")
    path.write_bytes(as_csv([twice, twice, ("", "", "", "", "x@example.org", "", "")]))

    call_command("import", str(path), "--unit", "bjorkvik", "--dry-run", "--json")

    told = json.loads(capsys.readouterr().out)
    assert [each["row"] for each in told["rejected"]] == [3, 4]


def test_a_dry_run_tells_what_the_real_one_would_refuse(file, cast, capsys):
    call_command("import", file, "--unit", "bjorkvik", "--dry-run", "--json")
    told = json.loads(capsys.readouterr().out)
    call_command("import", file, "--unit", "bjorkvik", "--dry-run")
    said = capsys.readouterr().out

    assert "many_missing" in [warning["code"] for warning in told["warnings"]]
    assert "5 of your 5 members" in told["warnings"][0]["says"]
    assert "add --sure" in said


def test_an_unknown_association_is_refused(file, granby):
    with pytest.raises(CommandError, match="no association"):
        call_command("import", file, "--unit", "nowhere")


def test_somebody_without_the_mandate_is_refused(file, cast):
    with pytest.raises(CommandError, match="Nobody who may"):
        call_command("import", file, "--unit", "bjorkvik", "--by", cast.bo.account.email)


def test_a_file_that_looks_wrong_needs_a_word_more(file, cast, capsys):
    with pytest.raises(CommandError, match="5 of your 5 members"):
        call_command("import", file, "--unit", "bjorkvik")

    call_command("import", file, "--unit", "bjorkvik", "--sure")
    assert Person.objects.filter(first_name="Amina").exists()
