from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from krets.kit.tables.reader import read
from krets.register.imports.columns import (
    HINTS,
    LABELS,
    SENTENCES,
    Fee,
    Target,
    fee_target,
    is_target,
    label_of,
    propose,
    read_row,
    row_reader,
)

TODAY = date(2026, 11, 22)
MEMBERS = Path(__file__).parents[4] / "shared/data/members"
with_members = pytest.mark.skipif(
    not MEMBERS.exists(), reason="shared data are not beside the checkout"
)


def meaning(headings, *rows, **kwargs):
    proposed = propose(headings, list(rows), **kwargs)
    return {heading: target for heading, target in proposed.items() if target != "ignore"}


def row(*, take_sex=False, **cells):
    """Read a row whose headings are the targets themselves, __ for a colon."""
    mapping = {name: name.replace("__", ":") for name in cells}
    return read_row(
        mapping, list(cells.values()), headings=list(cells), today=TODAY, take_sex=take_sex
    )


def codes(found):
    return [(problem.target, problem.code, problem.fatal) for problem in found.problems]


@pytest.mark.parametrize(
    ("heading", "target"),
    [
        ("Förnamn", "first_name"), ("FÖRNAMN", "first_name"), ("First Name", "first_name"),
        ("Efternamn", "last_name"), ("Namn", "full_name"),
        ("Efternamn, Förnamn", "last_first_name"),
        ("För- och efternamn", "full_name"), ("E-post", "email"), ("E-mail address", "email"),
        ("Mejl", "email"), ("Mobil", "phone"), ("Telefonnummer", "phone"),
        ("Tel hem", "phone_home"),
        ("Arbetstelefon", "phone_work"), ("Medlemsnr.", "register_number"), ("Född", "birth_date"),
        ("Födelseår", "birth_year"), ("Personnr", "identity_number"), ("Kön", "sex"),
        ("C/o-adress", "co"), ("Adress", "street"), ("Postnr", "postal_code"), ("Ort", "city"),
        ("Land", "country"), ("Medlem sedan", "joined_on"), ("Member since", "joined_on"),
        ("Partimedlem sedan", "joined_party_on"), ("Utträdesdatum", "left_on"),
        ("Orsak", "leave_reason"), ("Avgiftsår", "fee_year"), ("Betaldatum", "fee_paid_on"),
        ("Betald", "fee_paid"), ("Belopp", "fee_amount"), ("2025", "fee:2025"),
        ("Avgift 2025", "fee:2025"), ("Betalt 2026", "fee:2026"), ("Fack", "union"),
        ("Yrke", "occupation"), ("Språk", "language"), ("Förening", "branch"),
        ("Uppdrag", "position"), ("Intressen", "interests"), ("Kompetenser", "competences"),
        ("Taggar", "tags"), ("Anteckningar", "note"), ("Sekretessmarkering", "protection"),
        ("SMS-samtycke", "sms_consent"), ("Medlemstyp", "member_type"),
        ("Medlemmens mobilnummer", "phone"), ("Medlemsepostadress", "email"),
        ("Ålder", None), ("Aktiviteter år 2020", None), ("Nationalitet", None), ("Allergier", None),
        ("Kontaktperson telefon", None), ("Målsman e-post", None), ("Kontakt 1 epost", None),
        ("Kommunkod", None), ("Senast ändrad", None), ("Trampolinutbildning", None),
    ],
)  # fmt: skip
def test_a_heading_is_understood_by_itself(heading, target):
    assert meaning([heading]) == ({heading: target} if target else {})


@with_members
def test_the_columns_of_myclub_are_the_members_own():
    lines = (MEMBERS / "myclub-export-columns.txt").read_text(encoding="utf-8-sig").splitlines()

    found = meaning([line.strip().strip("'") for line in lines])

    assert {found[h]: h for h in found if found[h] != "tags"} == {
        "first_name": "Förnamn", "last_name": "Efternamn", "identity_number": "Personnummer",
        "birth_date": "Födelsedatum (YYYY-MM-DD)", "sex": "Kön (W/M)", "co": "c/o",
        "street": "Adress", "postal_code": "Postnummer", "city": "Postort", "country": "Land",
        "phone_home": "Hemtelefon", "phone": "Mobiltelefon", "phone_work": "Arbetstelefon",
        "email": "E-post", "member_type": "Medlemstyp", "register_number": "MedlemsID",
        "joined_on": "Datum registrerad", "note": "Kommentar", "position": "Roller",
        "branch": "Föreningsnamn",
    }  # fmt: skip


@with_members
def test_the_columns_of_idrottonline_are_the_members_own():
    lines = (MEMBERS / "idrottonline-import-columns.txt").read_text(encoding="utf-8-sig")

    found = meaning([line.strip().strip("'") for line in lines.splitlines()])

    assert {target: heading for heading, target in found.items()} == {
        "first_name": "Förnamn", "last_name": "Efternamn", "sex": "Kön",
        "identity_number": "Födelsedat./Personnr.", "phone": "Telefon mobil",
        "email": "E-post kontakt", "email2": "E-post privat",
        "co": "Kontaktadress - c/o adress", "street": "Kontaktadress - Gatuadress",
        "postal_code": "Kontaktadress - Postnummer", "city": "Kontaktadress - Postort",
        "country": "Kontaktadress - Land", "phone_home": "Telefon bostad",
        "phone_work": "Telefon arbete", "register_number": "Medlemsnr.",
        "joined_on": "Medlem sedan", "left_on": "Medlem t.o.m.", "note": "Övrig medlemsinfo",
    }  # fmt: skip


def test_the_address_that_is_filled_in_is_read_and_never_mixed_with_another():
    headings = ["Namn", "Kontaktadress - Gatuadress", "Kontaktadress - Postort"]
    headings += [
        "Folkbokföring - c/o adress",
        "Folkbokföring - Gatuadress",
        "Folkbokföring - Postort",
    ]
    headings += ["Arbetsadress - Gatuadress"]
    filled = ["Bo Ek", None, None, None, "Storgatan 4", "Granby", "Fabriksgatan 1"]

    assert meaning(headings, filled) == {
        "Namn": "full_name",
        "Folkbokföring - c/o adress": "co",
        "Folkbokföring - Gatuadress": "street",
        "Folkbokföring - Postort": "city",
    }
    assert meaning(["Namn", "Arbetsadress - Gatuadress"])["Arbetsadress - Gatuadress"] == "street"


def test_values_tell_what_headings_do_not():
    rows = [
        ["ek@example.se", "070-1740605", "610 40", "19900101-9802", "K", "Ek, Bo", "Storgatan 4"],
        [
            "oberg@example.se",
            "08-123 456 78",
            "610 41",
            "850709-9805",
            "M",
            "Öberg, Åsa",
            "Ågatan 12",
        ],
    ] * 2

    assert list(meaning([f"[{letter}]" for letter in "ABCDEFG"], *rows).values()) == [
        "email", "phone", "postal_code", "identity_number", "sex", "last_first_name", "street",
    ]  # fmt: skip


def test_values_rule_over_headings_that_say_otherwise():
    rows = [["070-1740605", "a@example.se", "19900101-9802"]] * 4

    assert list(meaning(["E-post", "Telefon", "Medlemsnr"], *rows).values()) == [
        "phone", "email", "identity_number",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "heading",
    ["Namn (Efternamn, Förnamn)", "Namn (efternamn förnamn)", "Medlemmens efternamn", "Förnamn"],
)
def test_values_with_a_comma_are_whole_names_whatever_the_heading_says(heading):
    rows = [["Åkesson, Björn"], ["von Holm, Lena"], ["Ek,Eva"]]

    assert meaning([heading], *rows) == {heading: "last_first_name"}


@pytest.mark.parametrize("last", ["Efternamn", "Surname", "Släkten"])
def test_first_names_with_a_comma_are_first_names_beside_a_column_of_last_names(last):
    rows = [["Anna, Maria", "Ek"], ["Björn, Olof", "von Holm"], ["Eva, Li", "Åkesson"]]

    found = meaning(["Förnamn", last], *rows, remembered={"Släkten": "last_name"})

    assert found == {"Förnamn": "first_name", last: "last_name"}


@pytest.mark.parametrize(
    "last", [("", "", ""), ("Ek", "von Holm", "Åkesson")], ids=["empty", "the same"]
)
def test_values_with_a_comma_are_whole_names_beside_last_names_that_say_nothing_else(last):
    whole = ["Ek, Anna", "von Holm, Björn", "Åkesson, Eva"]

    found = meaning(["Förnamn", "Efternamn"], *map(list, zip(whole, last, strict=True)))

    assert found == {"Förnamn": "last_first_name", "Efternamn": "last_name"}
    assert row(last_first_name="Ek, Anna", last_name="Ek").values == {
        "first_name": "Anna",
        "last_name": "Ek",
    }


def test_a_heading_with_both_names_is_a_whole_name_without_a_comma_too():
    heading = "Namn (efternamn förnamn)"

    assert meaning([heading], ["Åkesson Björn"], ["Ek Eva"]) == {heading: "last_first_name"}


def test_what_a_column_of_fees_holds_is_told_by_its_values():
    assert meaning(["Betald"], ["2026-02-03"], ["2026-02-04"]) == {"Betald": "fee_paid_on"}
    assert meaning(["Avgift"], ["Ja"], ["Nej"]) == {"Avgift": "fee_paid"}
    assert meaning(["Betalt"], ["2025"], ["2026"]) == {"Betalt": "fee_year"}
    assert meaning(["Betalt"], ["250 kr"], ["125 kr"]) == {"Betalt": "fee_amount"}


@pytest.mark.parametrize("heading", ["Betalt t.o.m.", "Avgift betald till och med", "Paid through"])
@pytest.mark.parametrize("cell", ["2027-12-31", "2027"])
def test_a_day_through_which_a_fee_is_paid_is_not_the_day_of_the_payment(heading, cell):
    assert meaning([heading], [cell], [cell]) == {heading: "fee_paid_through"}
    assert meaning(["Betaldatum"], ["2026-02-03"], ["2026-02-04"]) == {"Betaldatum": "fee_paid_on"}


def test_a_fee_that_is_paid_for_good_reaches_no_further_than_the_year_after_next():
    assert row(first_name="Bo", fee_paid_through="9999-12-31").values["fee_paid_through"] == 2028


def test_a_plain_no_about_the_fee_stands_above_a_coming_day():
    unpaid = row(first_name="Bo", fee_paid_through="2026-12-31", fee_paid="nej")

    assert "fee_paid_through" not in unpaid.values
    assert not any(fee.paid for fee in unpaid.fees)


@pytest.mark.parametrize(
    "heading",
    [
        "Inträdd", "Inträdd den", "Inträdesdatum", "Inträde", "Medlem fr.o.m.", "Medlem fom",
        "Medlem från", "Medlemskap fr.o.m.", "Ansluten", "Gick med", "Joined association",
        "Medlem i föreningen sedan",
    ],
)  # fmt: skip
def test_a_column_with_the_day_of_joining_is_known_by_many_names(heading):
    assert meaning(["Namn", heading], ["Eva Ek", "2001-02-03"]) == {
        "Namn": "full_name",
        heading: "joined_on",
    }


@pytest.mark.parametrize("first", ["Medlem sedan", "Inträdd"])
def test_of_two_columns_of_joining_the_later_days_are_ours(first):
    second = {"Medlem sedan": "Inträdd", "Inträdd": "Medlem sedan"}[first]
    rows = [["2001-02-03", "2010-01-01"], ["2015-01-01", "2015-01-01"], ["", "2020-01-01"]]

    assert meaning([first, second], *rows, today=TODAY) == {
        first: "joined_party_on",
        second: "joined_on",
    }


def test_a_day_of_registering_says_nothing_of_the_joining():
    rows = [["2001-02-03", "2020-01-01"]] * 3

    assert meaning(["Inträdd", "Registreringsdatum"], *rows, today=TODAY) == {
        "Inträdd": "joined_on"
    }


def test_each_field_is_read_from_one_column_only():
    headings = [
        "Förnamn",
        "Tilltalsnamn",
        "Efternamn",
        "Namn",
        "Tagg",
        "Taggar",
        "Mobil",
        "Telefon",
    ]

    assert meaning(headings) == {
        "Förnamn": "first_name", "Efternamn": "last_name", "Tagg": "tags", "Taggar": "tags",
        "Mobil": "phone", "Telefon": "phone",
    }  # fmt: skip


def test_what_was_answered_last_time_wins():
    remembered = {"namn": "last_name", "KOD": "register_number", "Borta": "email", "x": "nonsense"}

    assert meaning(["Namn", "Kod", "x"], remembered=remembered) == {
        "Namn": "last_name",
        "Kod": "register_number",
    }
    assert meaning(["Namn"], remembered={"Namn": "ignore"}) == {}


@given(st.lists(st.text(max_size=30), max_size=8, unique=True), st.data())
def test_any_headings_get_an_answer(headings, data):
    cell = st.none() | st.text(max_size=20) | st.integers() | st.dates() | st.booleans()
    rows = data.draw(st.lists(st.lists(cell, max_size=9), max_size=4))

    proposed = propose(headings, rows)

    assert list(proposed) == headings
    assert all(is_target(target) for target in proposed.values())


def test_a_row_is_normalised_whole():
    found = row(
        register_number=10017, first_name="ANNA-KARIN", last_name="VON ESSEN",
        birth_date="5/3 1991", sex="K", email=" Anna@EXAMPLE.se;",
        phone="070-174 06 05 / 08-123 456 78",
        co="c/o Ek", street="STORGATAN 4", postal_code=61040, city="BJÖRKVIK", country="SE",
        joined_on="2019-05-02", union="Kommunal", position="Kassör; Revisor", tags="A, B",
        sms_consent="x", fee__2025="X", fee__2026="2026-02-03", fee__2024="250 kr", fee__2023="nej",
    )  # fmt: skip

    assert found.values == {
        "register_number": "10017", "first_name": "Anna-Karin", "last_name": "von Essen",
        "birth_date": date(1991, 3, 5), "sex": "woman", "email": "Anna@example.se",
        "phone": "+46701740605", "phone_home": "+46812345678", "co": "Ek", "street": "Storgatan 4",
        "postal_code": "610 40", "city": "Björkvik", "country": "Sverige",
        "joined_on": date(2019, 5, 2), "union": "Kommunal", "position": ["Kassör", "Revisor"],
        "tags": ["A", "B"], "sms_consent": True,
    }  # fmt: skip
    assert found.fees == [
        Fee(2025, True),
        Fee(2026, True, date(2026, 2, 3)),
        Fee(2024, True, None, 25000),
        Fee(2023, False),
    ]
    assert not found.problems


def test_whole_names_are_parted_and_own_columns_rule():
    assert row(full_name="Åsa von Essen").values == {"first_name": "Åsa", "last_name": "von Essen"}
    assert row(last_first_name="VON ESSEN, ÅSA").values == {
        "first_name": "Åsa",
        "last_name": "von Essen",
    }
    assert row(full_name="Åsa Maria Ek Berg", last_name="Ek Berg").values == {
        "first_name": "Åsa Maria",
        "last_name": "Ek Berg",
    }


def test_a_name_or_a_number_is_needed():
    assert codes(row(street="Storgatan 5")) == [("last_name", "no_name", True)]
    assert not row(register_number="17").problems
    assert not row(last_name="Null").problems
    assert row(last_name="Null").values == {"last_name": "Null"}


@pytest.mark.parametrize(
    ("cells", "code"),
    [
        ({"birth_date": "2091-03-05"}, "birth_year_not_yet"),
        ({"birth_date": "2026-12-24"}, "birth_not_yet"),
        ({"birth_date": "1991-02-30"}, "date_impossible"),
        ({"birth_date": "1826-01-01"}, "birth_too_old"),
        ({"birth_year": "2091"}, "birth_year_not_yet"),
        ({"joined_on": "2027-01-15"}, "joined_not_yet"),
    ],
)
def test_what_cannot_be_rejects_the_row(cells, code):
    found = row(first_name="Pär", **cells)

    assert found.is_rejected
    assert [problem.code for problem in found.problems] == [code]


@pytest.mark.parametrize(
    ("cells", "code"),
    [
        ({"birth_date": "i våras"}, "date_unreadable"),
        ({"phone": "abc"}, "phone_unreadable"),
        ({"email": "anna(at)example.se"}, "email_guessed"),
        ({"postal_code": "6104"}, "postal_code_unreadable"),
        ({"sex": "kanske"}, "sex_unreadable"),
        ({"joined_on": "förra året"}, "date_unreadable"),
        ({"left_on": "2026-12-31"}, "left_not_yet"),
        ({"identity_number": "900101-9803"}, "identity_wrong"),
        ({"identity_number": "556016-0680"}, "identity_of_organisation"),
        ({"fee__2025": "kanske"}, "fee_unreadable"),
        ({"fee__2025": "Befriad"}, "fee_unreadable"),
        ({"fee__2025": "exempt"}, "fee_unreadable"),
        ({"fee__2025": "Hedersmedlem"}, "fee_unreadable"),
        ({"fee__2025": "2026-02-30"}, "date_impossible"),
        ({"fee__2025": "20260230"}, "date_impossible"),
        ({"fee__2025": 20260230}, "date_impossible"),
        ({"fee_paid": "2026-02-30"}, "date_impossible"),
        ({"fee_paid": "kanske"}, "yes_no_unreadable"),
        ({"fee_amount": "befriad"}, "money_unreadable"),
        ({"sms_consent": "kanske"}, "yes_no_unreadable"),
        ({"register_number": "19900101-9802"}, "number_is_identity"),
    ],
)
def test_what_cannot_be_read_is_left_out_and_the_row_stays(cells, code):
    found = row(first_name="Pär", **cells)

    assert not found.is_rejected
    assert found.values == {"first_name": "Pär"}
    assert found.fees == []
    assert [problem.code for problem in found.problems] == [code]
    assert str(found.problems[0].message)


def test_words_for_not_known_say_nothing():
    found = row(first_name="Pär", phone="saknas", email="-", birth_date="okänt", sex="?", city="–")

    assert (found.values, found.problems) == ({"first_name": "Pär"}, [])


def test_a_birth_date_wins_over_year_and_identity_number():
    found = row(
        first_name="Pär",
        identity_number="900101-9802",
        birth_year="1980",
        birth_date="1991-03-05",
        take_sex=True,
    )

    assert found.values == {"first_name": "Pär", "birth_date": date(1991, 3, 5), "sex": "woman"}
    assert row(first_name="Pär", birth_date="1991").values["birth_year"] == 1991
    assert "sex" not in row(first_name="Pär", identity_number="900101-9802").values


def test_no_identity_number_comes_out_of_a_row_whatever_column_it_stood_in():
    number = "19900101-9802"
    targets = [target for target in LABELS if target != Target.IGNORE] + [fee_target(2025)]
    for written in (number, number.replace("-", ""), int(number.replace("-", "")), f"nr {number}"):
        for target in targets:
            found = read_row(
                {"h": target, "n": "last_name"}, [written, "Ek"], headings=["h", "n"], today=TODAY
            )
            told = [str(problem.message) for problem in found.problems]
            assert "9802" not in f"{found.values} {found.fees} {told}", (target, written)


def test_numbers_find_their_places():
    assert row(first_name="Bo", phone="08-123 456 78").values["phone_home"] == "+46812345678"
    assert row(first_name="Bo", phone_home="070-1740605").values == {
        "first_name": "Bo",
        "phone": "+46701740605",
    }
    many = row(first_name="Bo", phone="070-1740605, 070-1740606, 070-1740607, 070-1740608")
    assert [many.values[p] for p in ("phone", "phone_home", "phone_work")] == [
        *("+46701740605", "+46701740606", "+46701740607")
    ]
    assert codes(many) == [("phone", "phones_too_many", False)]


def test_code_and_city_in_one_cell_are_parted():
    assert row(first_name="Bo", city="610 40 BJÖRKVIK").values == {
        "first_name": "Bo",
        "postal_code": "610 40",
        "city": "Björkvik",
    }


def test_columns_about_one_fee_are_joined():
    assert row(first_name="Bo", fee_year="2025", fee_paid="ja", fee_amount="250").fees == [
        Fee(2025, True, None, 25000)
    ]
    assert row(first_name="Bo", fee_paid_on="2025-02-03").fees == [
        Fee(2025, True, date(2025, 2, 3))
    ]
    assert row(first_name="Bo", fee_paid="nej").fees == [Fee(2026, False)]
    assert row(first_name="Bo", fee_year="2025").fees == [Fee(2025, True)]
    assert row(first_name="Bo", fee__2025="250", fee_paid="nej").fees == [
        Fee(2025, False, None, 25000)
    ]


def test_a_mark_nobody_understands_still_protects():
    assert row(first_name="Bo", protection="S").values["protection"] is True
    assert row(first_name="Bo", protection="nej").values["protection"] is False
    assert "protection" not in row(first_name="Bo", protection=None).values


def test_what_is_too_long_is_cut_and_told_of():
    found = row(first_name="Bo", street="x" * 200)

    assert len(found.values["street"]) == 150
    assert codes(found) == [("street", "too_long", False)]


@given(st.lists(st.none() | st.text(max_size=40) | st.integers() | st.floats() | st.dates()
                | st.datetimes() | st.booleans(), max_size=45))  # fmt: skip
def test_no_cells_at_all_break_a_row(cells):
    targets = [*LABELS, "fee:2025"]
    mapping = {str(at): target for at, target in enumerate(targets)}

    found = row_reader(list(mapping), mapping, today=TODAY)(cells)

    assert all(problem.message for problem in found.problems)


def test_a_file_is_read_from_bytes_to_rows():
    data = "Medlemslista;;\n\nNAMN;E-POST;2026\nEK, BO;bo@example.se;X\nÖBERG, ÅSA;;\nSumma;2;\n"

    with read(data.encode("cp1252"), hints=HINTS) as table:
        mapping = propose(table.headings, [cells for _, cells in table.sample])
        reader = row_reader(table.headings, mapping, today=TODAY)
        found = [reader(cells) for batch in table.rows() for _, cells in batch]

    assert [row.values for row in found] == [
        {"first_name": "Bo", "last_name": "Ek", "email": "bo@example.se"},
        {"first_name": "Åsa", "last_name": "Öberg"},
    ]
    assert found[0].fees == [Fee(2026, True)]


def test_every_target_has_a_name_and_every_problem_a_sentence():
    assert set(LABELS) == set(Target)
    assert str(label_of("fee:2025")) == "Fee 2025"
    for code, message in SENTENCES.items():
        said = {"value": "x", "suggestion": "y", "limit": "9", "example": "1984-03-17"}
        assert message % said, code


def test_a_day_written_without_signs_is_the_day_of_a_fee_and_no_amount():
    paid = Fee(2026, True, date(2026, 2, 3))

    assert row(first_name="Bo", fee__2026=20260203).fees == [paid]
    assert row(first_name="Bo", fee__2026="20260203").fees == [paid]


def test_a_fee_that_cannot_be_read_is_told_with_what_can_be_written():
    (exempt,) = row(first_name="Bo", fee__2026="befriad").problems
    (no_day,) = row(first_name="Bo", fee__2026="2026-02-30").problems

    assert exempt.message.startswith("“befriad” is neither an amount nor a day.")
    assert no_day.message.startswith("There is no day 2026-02-30.")
