import json
import re
from datetime import date, datetime
from pathlib import Path

import phonenumbers
import pytest
from hypothesis import given
from hypothesis import strategies as st

from krets.kit.tables.values import (
    BadValueError,
    as_people_write,
    cut_identity_numbers,
    is_blank,
    phone_kind,
    read_birth,
    read_date,
    read_email,
    read_emails,
    read_identity,
    read_ore,
    read_phones,
    read_postal_code,
    read_sex,
    read_year,
    read_yes_no,
    split_full_name,
    split_last_first,
    split_postal_city,
)
from krets.kit.tables.values.problems import SENTENCES

TODAY = date(2026, 11, 22)
# A spreadsheet knows no time zones.
AT_NINE = datetime(2026, 11, 17, 9, 0)  # noqa: DTZ001 -- as it comes
NUMBERS = Path(__file__).parents[4] / "shared/data/identity/personnummer"
with_numbers = pytest.mark.skipif(
    not NUMBERS.exists(), reason="shared data are not beside the checkout"
)
# Official test numbers of the tax agency, which no person has.
OFFICIAL = ["199001019802", "198507099805", "196408233234", "200002292399"]


def fault(reader, *args, **kwargs):
    with pytest.raises(BadValueError) as raised:
        reader(*args, **kwargs)
    assert str(raised.value.message)
    return raised.value


@pytest.mark.parametrize(
    "written",
    [
        *("2026-11-17", "2026/11/17", "2026.11.17", "20261117", "17/11 2026", "17/11/2026"),
        *("17.11.2026", "17-11-2026", "17 nov 2026", "den 17 november 2026", "17:e nov -26"),
        *("den 17:e november 2026", "17/11-26", "17/11 26", "261117", "26-11-17", "11/17/2026"),
        *("2026-11-17 10:30:00", "2026-11-17T10:30:00Z", "Nov 17, 2026", "46343", "17 Nov. 2026"),
        *(46343, 46343.75, 20261117, 261117, date(2026, 11, 17), AT_NINE),
    ],
)
def test_a_day_is_read_in_every_habit(written):
    assert read_date(written, today=TODAY) == date(2026, 11, 17)


@given(st.dates(min_value=date(1900, 3, 1), max_value=date(2027, 12, 31)))
def test_what_is_written_plainly_is_read_back(day):
    for form in ("%Y-%m-%d", "%Y%m%d", "%d/%m %Y", "%d.%m.%Y"):
        assert read_date(day.strftime(form).zfill(8), today=TODAY) == day
    serial = (day - date(1899, 12, 30)).days
    if not 1900 <= serial <= 2100:
        assert read_date(serial, today=TODAY) == day


@pytest.mark.parametrize("written", ["2026-02-30", "31/11 2026", "20261301", "0/0 2026"])
def test_days_that_are_not_are_told_of(written):
    assert fault(read_date, written, today=TODAY).code == "date_impossible"


@pytest.mark.parametrize("written", ["i våras", "12", "", "17/11", True, float("nan"), -3])
def test_what_is_no_date_is_told_of(written):
    assert fault(read_date, written, today=TODAY).code == "date_unreadable"


def test_years_are_read_alone_and_from_dates():
    assert read_year("2025", today=TODAY) == read_year(2025.0, today=TODAY) == 2025
    assert read_year("-25", today=TODAY) == read_year(date(2025, 1, 1), today=TODAY) == 2025
    assert fault(read_year, "snart", today=TODAY).code == "year_unreadable"


def test_births_are_days_or_years_in_the_past():
    assert read_birth("910305", today=TODAY) == date(1991, 3, 5)
    assert read_birth("05/03-91", today=TODAY) == date(1991, 3, 5)
    assert read_birth(50312, today=TODAY) == date(2005, 3, 12)
    assert read_birth("1991", today=TODAY) == read_birth("1991-00-00", today=TODAY) == 1991


def test_a_birth_year_to_come_is_guessed_a_century_back():
    error = fault(read_birth, "2091-03-05", today=TODAY)

    assert error.suggestion == 1991
    assert str(error.message) == (
        "The birth year 2091 is in the future. We think it should be 1991."
    )
    assert fault(read_birth, "1826-01-01", today=TODAY).suggestion == 1926
    assert fault(read_birth, "2026-12-24", today=TODAY).code == "birth_not_yet"


def test_the_text_of_a_fault_holds_nothing_of_the_person():
    error = fault(read_email, "anna.karin(at)example.se")

    assert str(error) == "email_guessed"
    assert error.suggestion == "anna.karin@example.se"


@pytest.mark.parametrize(
    "written",
    [
        *("070-174 06 05", "0701740605", "+46 (0)70 174 06 05", "+46701740605", "0046701740605"),
        *("46701740605", "701740605", 701740605, 701740605.0, 46701740605, "070/174 06 05"),
        *("070-1740605 (mobil)", "Mobil: 070 174 06 05", "070–174 06 05", "+46 70-174 06 05;"),
        *("070-1740605 ankn 12", "tel. 070.174.06.05", "(070) 174 06 05"),
    ],
)
def test_a_phone_number_is_read_in_every_habit(written):
    assert read_phones(written) == ["+46701740605"]


def test_several_numbers_in_a_cell_are_told_apart():
    assert read_phones("070-174 06 05 / 08-123 456 78") == ["+46701740605", "+46812345678"]
    assert read_phones("hem 08-123 456 78 mobil 070-1740605") == ["+46812345678", "+46701740605"]
    assert read_phones("+47 22 12 34 56, 070-1740605") == ["+4722123456", "+46701740605"]


@pytest.mark.parametrize(
    "written", ["abc", "070", "070-17", "+46 1", "00", "9" * 300, "++46701740605"]
)
def test_what_is_no_phone_number_is_told_of(written):
    assert fault(read_phones, written).code.startswith("phone_")


def test_a_number_without_area_code_is_told_of():
    assert fault(read_phones, "123 456").code == "phone_no_area_code"


@given(st.from_regex(r"0[1-9][0-9]{6,9}", fullmatch=True))
def test_the_quick_way_says_what_the_library_says(digits):
    number = phonenumbers.parse(digits, "SE")
    valid = phonenumbers.is_valid_number(number)

    try:
        found = read_phones(digits)
    except BadValueError:
        found = []

    assert found == ([f"+46{number.national_number}"] if valid else [])


def test_texts_can_be_sent_to_mobile_numbers():
    assert phone_kind("+46701740605") == "mobile"
    assert phone_kind("+46812345678") == "fixed"


@pytest.mark.parametrize(
    ("capitals", "people"),
    [
        ("ANNA-KARIN VON ESSEN", "Anna-Karin von Essen"),
        ("VON ESSEN", "von Essen"),
        ("ÅSA", "Åsa"),
        ("O'BRIEN", "O'Brien"),
        ("MCDONALD", "McDonald"),
        ("AF KLERCKER", "af Klercker"),
        ("EL-SAYED", "El-Sayed"),
        ("GUSTAF III", "Gustaf III"),
        ("VAN", "Van"),
        ("KG", "KG"),
        ("BO EK", "Bo Ek"),
        ("anna", "Anna"),
        ("Anna von essen", "Anna von essen"),
        ("MacLeod", "MacLeod"),
        ("ẞ", "ß"),
    ],
)
def test_names_in_capitals_are_written_as_people_write(capitals, people):
    assert as_people_write(capitals) == people


@given(st.text(max_size=40))
def test_any_name_keeps_its_length_and_settles(name):
    once = as_people_write(name)

    assert as_people_write(once) == as_people_write(as_people_write(once))


def test_whole_names_are_parted():
    assert split_last_first("von Essen, Anna Karin") == ("Anna Karin", "von Essen")
    assert split_last_first("von Essen Anna") == ("Anna", "von Essen")
    assert split_full_name("Anna Karin von Essen") == ("Anna Karin", "von Essen")
    assert split_full_name("Ludwig van der Berg") == ("Ludwig", "van der Berg")
    assert split_full_name("Omar al Hassan") == ("Omar", "al Hassan")
    assert split_full_name("Ek, Bo") == ("Bo", "Ek")
    assert split_full_name("Bo") == ("Bo", "")


@pytest.mark.parametrize(
    ("written", "address"),
    [
        (" anna@example.se ", "anna@example.se"),
        ("Anna.Ek@EXAMPLE.se", "Anna.Ek@example.se"),
        ("mailto:anna@example.se?subject=hej", "anna@example.se"),
        ("<anna@example.se>", "anna@example.se"),
        ("Anna Ek <anna@example.se>", "anna@example.se"),
        ("anna@example.se.;", "anna@example.se"),
        ("åsa@exempel.se", "åsa@exempel.se"),
    ],
)
def test_an_address_is_read_in_every_habit(written, address):
    assert read_email(written) == address


@pytest.mark.parametrize(
    ("written", "guess"),
    [
        ("anna@example,se", "anna@example.se"),
        ("anna(at)example.se", "anna@example.se"),
        ("anna ek@example.se", "anna.ek@example.se"),
        ("anna@gmial.con", "anna@gmail.com"),
        ("anna..ek@example.se", "anna.ek@example.se"),
        ("anna@", None),
        ("anna@example", None),
        ("anna@localhost.localhost", None),
        ("ingen adress", None),
    ],
)
def test_a_wrong_address_is_guessed_where_one_can(written, guess):
    assert fault(read_email, written).suggestion == guess


def test_several_addresses_in_a_cell_are_told_apart():
    assert read_emails("a@example.se; b@example.se") == ["a@example.se", "b@example.se"]
    assert read_emails("a@example.se") == ["a@example.se"]


@pytest.mark.parametrize("written", ["610 40", "61040", "SE-610 40", "S-61040", 61040, 61040.0])
def test_a_postal_code_is_read_in_every_habit(written):
    assert read_postal_code(written) == "610 40"


def test_codes_of_other_countries_stand():
    assert read_postal_code("0150", country="Norge") == "0150"
    assert fault(read_postal_code, "0150").code == "postal_code_unreadable"
    assert split_postal_city("610 40 Björkvik") == ("610 40", "Björkvik")
    assert split_postal_city("Björkvik") == ("", "Björkvik")


def test_small_words_are_understood():
    assert [read_sex(word) for word in ("K", "Kvinna", "flicka", "F", "W", 2)] == ["woman"] * 6
    assert [read_sex(word) for word in ("M", "man", "Pojke", "male", 1)] == ["man"] * 5
    assert read_sex("0") is None
    assert all(read_yes_no(word) for word in ("ja", "J", "x", 1, "SANT", "Betald", True, "✓"))
    assert not any(read_yes_no(word) for word in ("nej", "N", 0, "false", "ej betald", False))
    assert is_blank("uppgift saknas")
    assert not is_blank("Nilsson")
    for reader in (read_sex, read_yes_no):
        fault(reader, "kanske")


@pytest.mark.parametrize(
    ("written", "ore"),
    [
        ("250 kr", 25000), ("250,00", 25000), ("1 250:-", 125000), ("1.250,00", 125000),
        ("1,250.00", 125000), ("SEK 250", 25000), (250, 25000), (250.5, 25050), ("0", 0),
        ("250,5", 25050), ("1\xa0250 kronor", 125000), ("1.250", 125000),
    ],
)  # fmt: skip
def test_an_amount_is_read_in_every_habit(written, ore):
    assert read_ore(written) == ore


@pytest.mark.parametrize("written", ["-50", "gratis", "", True, float("inf"), 10**20])
def test_what_is_no_amount_is_told_of(written):
    assert fault(read_ore, written).code == "money_unreadable"


@pytest.mark.parametrize("number", OFFICIAL)
def test_only_birth_date_and_sex_are_taken_from_a_number(number):
    born = date(int(number[:4]), int(number[4:6]), int(number[6:8]))
    sex = "man" if int(number[10]) % 2 else "woman"
    short = f"{number[2:8]}-{number[8:]}"

    for form in (number, f"{number[:8]}-{number[8:]}", short, short.replace("-", " "), int(number)):
        assert read_identity(form, today=TODAY) == (born, None, None)
        assert read_identity(form, today=TODAY, take_sex=True).sex == sex


def test_the_sign_tells_the_century():
    assert read_identity("090527+1474", today=TODAY).birth_date == date(1909, 5, 27)
    assert read_identity("090527-1474", today=TODAY).birth_date == date(2009, 5, 27)


def test_zeros_a_spreadsheet_took_are_given_back():
    assert read_identity(2292399, today=TODAY).birth_date == date(2000, 2, 29)


def test_bare_and_hidden_numbers_give_the_birth_date():
    for written in ("19910305-XXXX", "910305-****", "1991-03-05", "910305", 19910305):
        assert read_identity(written, today=TODAY).birth_date == date(1991, 3, 5)
    assert read_identity("1991", today=TODAY).birth_year == 1991


def test_faults_never_repeat_the_number():
    for written in (
        "19900101-9801",
        "900101-9801",
        "990101-98011",
        "19901301-1234",
        "x900101-9801",
    ):
        error = fault(read_identity, written, today=TODAY)
        assert "98" not in str(error.message)
        assert "98" not in str(error.words)


def test_a_number_of_a_year_to_come_is_guessed_where_its_last_digit_is_right():
    error = fault(read_identity, "20900101-9802", today=TODAY)

    assert (error.code, error.suggestion) == ("identity_year_not_yet", "1990-01-01")
    assert error.words["value"] == "2090"
    for number in ("20900101-9803", "20900101-0009"):
        error = fault(read_identity, number, today=TODAY)
        assert (error.code, error.suggestion) == ("identity_wrong_unguessed", None)


@pytest.mark.parametrize("number", ["556016-0680", "857209-0606", "16556016-0680"])
def test_an_organisation_is_no_person(number):
    assert fault(read_identity, number, today=TODAY).code == "identity_of_organisation"
    assert cut_identity_numbers(number, today=TODAY) == number


@pytest.mark.parametrize("number", OFFICIAL)
def test_numbers_are_cut_out_of_texts(number):
    iso = f"{number[:4]}-{number[4:6]}-{number[6:8]}"
    short = number[2:]
    forms = [number, f"{number[:8]}-{number[8:]}", f"{number[:8]} {number[8:]}", short]
    forms += [f"{short[:6]}-{short[6:]}", f"{short[:6]} {short[6:]}", f"{iso}-{number[8:]}"]

    for form in forms:
        assert cut_identity_numbers(f"Född {form}, ring.", today=TODAY) == f"Född {iso}, ring."
    assert cut_identity_numbers(int(number), today=TODAY) == iso


@pytest.mark.parametrize(
    "text",
    [
        *("0701740605", "+46701740605", "2026-11-17 1031", "2024-11-17 - 2025", "bg 123-4567"),
        *("1234567890123456", "OCR 99001019802123", "070-174 06 05", "", "abc"),
    ],
)
def test_other_digits_stand(text):
    assert cut_identity_numbers(text, today=TODAY) == text


def test_cells_without_text_stand():
    assert cut_identity_numbers(None) is None
    assert cut_identity_numbers(date(1991, 3, 5)) == date(1991, 3, 5)
    assert cut_identity_numbers(12345) == 12345


@with_numbers
@pytest.mark.parametrize("name", ["list.json", "interim.json", "orgnumber.json"])
def test_every_test_number_is_judged_as_the_agency_says(name):
    for entry in json.loads((NUMBERS / name).read_text()):
        for form in (
            "integer",
            "long_format",
            "short_format",
            "separated_format",
            "separated_long",
        ):
            written = entry.get(form)
            # Parted by a blank is no official form, but people write so.
            if not written or " " in str(written):
                continue
            if not entry["valid"]:
                fault(read_identity, written, today=TODAY)
                continue
            found = read_identity(written, today=TODAY, take_sex=True)
            assert found.sex == ("man" if entry["isMale"] else "woman")
            # Without sign or century, who is over a hundred cannot be told.
            if form != "short_format":
                digits = entry["long_format"]
                day = int(digits[6:8]) % 60 if int(digits[6:8]) > 60 else int(digits[6:8])
                assert found.birth_date == date(int(digits[:4]), int(digits[4:6]), day)


@with_numbers
def test_no_test_number_survives_in_a_text():
    numbers = json.loads((NUMBERS / "allPins.json").read_text())[::7]
    numbers = [number for number in numbers if number[:8] <= "20261122"]
    forms = [[n, f"{n[:8]}-{n[8:]}", n[2:], f"{n[2:8]}-{n[8:]}"] for n in numbers]

    cut = cut_identity_numbers("\n".join(" och ".join(four) for four in forms), today=TODAY)

    assert not re.search(r"\d{6}[-+]?\d{4}", cut)


def test_every_sentence_can_be_said():
    for code, message in SENTENCES.items():
        assert message % {"value": "x", "suggestion": "y", "example": "z"}, code


def test_an_example_of_a_birth_date_is_one_that_somebody_may_have_been_born_on():
    unread, impossible = (
        fault(read_birth, said, today=TODAY) for said in ("i våras", "1991-02-30")
    )

    assert unread.message == "“i våras” is not a date we can read. Write it as 1984-03-17."
    assert impossible.message == (
        "There is no day 1991-02-30. Find the right day, and write it the same way as 1984-03-17."
    )
    assert fault(read_date, "i våras", today=TODAY).message.endswith("Write it as 2026-11-17.")
