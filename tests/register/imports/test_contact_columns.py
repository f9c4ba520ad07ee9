"""How people are reached: whose the details in a column are, and telling when they are left out."""

import json

import pytest
from django.core.management import call_command

from krets.register.imports.columns import lost, propose
from krets.register.imports.models import ImportRow
from tests.kit.tables import files
from tests.register.imports.conftest import as_csv

HEAD = ("Förnamn", "Efternamn", "Medlem sedan")
PERSON = ("Amina", "Yusuf", "2020-01-01")
GROUPED = (
    ["Förnamn", "Efternamn", "Tel. mobil", "Tel. hem", "E-postadress", "Medlem sedan"],
    ["Person", None, "Kontakt", None, None, "Medlemskap"],
)


def lost_codes(importing):
    return [each for each in importing.warnings if each["code"] == "column_lost"]


def test_details_under_a_merged_heading_that_says_contact_are_the_members_own(preview):
    own, groups = GROUPED
    rows = [["Medlemslista"], [], groups, own]
    rows += [
        ["Amina", "Yusuf", "070-174 06 05", "08-123 456 78", "amina@example.org", "2020-01-01"],
        ["Bo", "Ek", "070-174 06 06", "08-123 456 79", "bo@example.org", "2020-01-02"],
    ]
    merges = [("Lista", "A3:B3", "Person"), ("Lista", "C3:E3", "Kontakt")]

    importing = preview(files.xlsx({"Lista": rows}, merges=merges))

    values = ImportRow.objects.filter(importing=importing).earliest("number").values
    assert [column["heading"] for column in importing.columns][2] == "Kontakt – Tel. mobil"
    assert (values["email"], values["phone"], values["phone_home"]) == (
        "amina@example.org",
        "+46701740605",
        "+46812345678",
    )
    assert not lost_codes(importing)


@pytest.mark.parametrize(
    "headings",
    [
        ["Kontaktperson", "Kontaktperson e-post", "Anhörig telefon"],
        ["Målsman – E-post", "Målsman – Mobil"],
        ["Kontaktperson – E-post", "Kontaktperson – Mobil"],
        ["Kontakt – Mobil"],
    ],
)
def test_details_of_somebody_else_are_left_alone(headings):
    assert set(propose(headings, []).values()) == {"ignore"}


def test_where_a_contact_has_a_name_beside_the_members_it_is_somebody_else():
    contact = ["Kontakt – Namn", "Kontakt – E-post", "Kontakt – Mobil"]
    beside = propose(["Person – Förnamn", *contact], [])
    alone = propose(["Medlemsnr", *contact], [])

    assert list(beside.values()) == ["first_name", "ignore", "ignore", "ignore"]
    assert list(alone.values()) == ["register_number", "full_name", "email", "phone"]


@pytest.mark.parametrize(
    ("heading", "cell", "holds"),
    [
        ("Anhörig e-post", "mor@example.org", "email"),
        ("Anhörig telefon", "070-174 06 05", "phone"),
        ("Anhörig telefon", 701740605, "phone"),
    ],
)
def test_a_column_left_out_that_alone_tells_how_to_reach_people_is_told_of(heading, cell, holds):
    headings = ["Förnamn", heading]
    told = lost(headings, propose(headings, [["Amina", cell]]), [["Amina", cell]])

    assert told == [(heading, holds)]


@pytest.mark.parametrize(
    ("headings", "cells"),
    [
        (["E-post", "Anhörig e-post"], ["amina@example.org", "mor@example.org"]),
        (["Mobil", "Anhörig telefon"], ["070-174 06 05", "070-174 06 06"]),
        (["Namn", "Fakturanummer"], ["Amina Yusuf", "0701740605"]),
        (["Namn", "Anhörig e-post"], ["Amina Yusuf", None]),
        (["Namn", "Anhörig"], ["Amina Yusuf", "Mor"]),
    ],
)
def test_other_columns_left_out_are_not_told_of(headings, cells):
    assert lost(headings, propose(headings, [cells]), [cells]) == []


def test_what_is_left_out_is_told_before_saving_without_a_tick(
    preview, officer, address, cast, bring_in
):
    bring_in([(*PERSON, "")], (*HEAD, "Mobil"))
    importing = preview([(*PERSON, "mor@example.org")], (*HEAD, "Anhörig e-post"))
    page = officer.get(address("seen", importing.pk)).content.decode()

    assert lost_codes(importing) == [
        {"code": "column_lost", "heading": "Anhörig e-post", "holds": "email"}
    ]
    assert "The column “Anhörig e-post” seems to hold e-mail addresses" in page


def test_what_is_left_out_is_told_on_the_command_line(tmp_path, cast, capsys):
    path = tmp_path / "members.csv"
    path.write_bytes(as_csv([(*PERSON, "070-174 06 05")], (*HEAD, "Anhörig telefon")))

    call_command("import", str(path), "--unit", "bjorkvik", "--dry-run", "--json")

    warnings = json.loads(capsys.readouterr().out)["warnings"]
    told = next(each for each in warnings if each["code"] == "column_lost")
    assert "“Anhörig telefon” seems to hold phone numbers" in told["says"]
