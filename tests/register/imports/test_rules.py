"""What a file may change, and what it may not."""

from datetime import date, timedelta

import pytest

from krets.register.imports import commands, listed, queries
from krets.register.models import (
    Change,
    Correction,
    Fee,
    ImportedPerson,
    Membership,
    Note,
    Person,
    PersonTag,
    ReportedRole,
    Tag,
)
from tests.conftest import NOON, TODAY, make_person

HEAD = ("Medlemsnr", "Förnamn", "Efternamn")


@pytest.fixture
def lena(cast):
    return make_person(
        cast.bjorkvik,
        "Lena",
        "von Holm",
        joined_on=date(2015, 11, 15),
        register_number="2",
        email="lena@example.org",
        street="Kvarngatan 12 B",
    )


@pytest.fixture
def told(preview, save, lena):
    """Read a file of one row about Lena with one more column, and save it."""

    def read(heading, cell, *, first="Lena", last="von Holm"):
        importing = preview([("2", first, last, cell)], (*HEAD, heading))
        changes = [row.changes for row in importing.rows.filter(kind="changed")]
        save(importing)
        lena.refresh_from_db()
        return changes[0] if changes else {}

    return read


def test_an_empty_cell_erases_nothing(told, lena):
    assert told("E-post", "") == {}
    assert lena.email == "lena@example.org"


def test_capitals_never_undo_a_good_spelling(told, lena):
    assert told("Adress", "KVARNGATAN 12 B", first="LENA", last="VON HOLM") == {}
    assert lena.name == "Lena von Holm"


def test_another_spelling_is_a_change(told, lena):
    assert told("Ort", "", last="von Holmer") == {"last_name": ["von Holm", "von Holmer"]}


def test_a_fee_is_a_year_that_was_paid(told, lena):
    assert told("2026", "2026-01-12") == {"fee_2026": [None, ["2026-01-12", None]]}
    assert told("2026", "X") == {}
    assert told("2025", "250 kr") == {"fee_2025": [None, [None, 25000]]}
    assert told("2024", "nej") == {}

    fees = Fee.objects.filter(person=lena).order_by("year")
    assert [(fee.year, fee.paid_on, fee.amount_ore) for fee in fees] == [
        (2025, None, 25000),
        (2026, date(2026, 1, 12), None),
    ]


def test_positions_are_reported_roles_replaced_as_a_set(told, lena):
    told("Uppdrag", "Kassör, Valberedare")
    told("Uppdrag", "Ordförande")
    told("Uppdrag", "")

    assert list(lena.reported_roles.values_list("title", flat=True)) == ["Ordförande"]
    assert not lena.mandates.exists()


def test_words_are_added_and_never_taken_away(told, lena, cast):
    own = Tag.objects.create(unit=cast.bjorkvik, kind="interest", word="sång", key="sang")
    PersonTag.objects.create(unit=cast.bjorkvik, person=lena, tag=own, at=NOON)

    told("Intressen", "Klimat; SÅNG")
    told("Intressen", "Klimat")

    assert set(lena.tags.values_list("tag__word", flat=True)) == {"sång", "Klimat"}
    assert ReportedRole.objects.count() == 0


def test_a_day_they_left_ends_the_membership(told, lena):
    told("Utträdesdatum", "2026-02-20")

    membership = Membership.objects.get(person=lena)
    assert (membership.left_on, membership.left_learned_at) == (date(2026, 2, 20), NOON)
    assert told("Utträdesdatum", "2026-02-20") == {}


def test_somebody_who_died_is_noted_as_dead(told, lena):
    told("Uttradesorsak", "Avliden")

    assert lena.deceased_on == date(2026, 3, 2)
    assert Membership.objects.get(person=lena).left_reason == "deceased"


def test_protection_is_set_by_a_file_and_never_taken_away(preview, told, lena):
    told("Skyddade uppgifter", "Ja")
    assert lena.protected_at == NOON

    told("Skyddade uppgifter", "Nej")
    assert lena.protected_at == NOON


def test_protected_people_stand_in_no_ordinary_list(preview, lena):
    head = (*HEAD, "Skyddade uppgifter")
    importing = preview([("2", "Lena", "von Holm", "Ja"), ("3", "Ny", "Person", "Ja")], head)

    assert importing.protected_count == 2
    assert not listed.new(importing).exists()
    assert not listed.changed(importing).exists()
    assert queries.protected(importing).count() == 2


def test_consent_to_text_messages_follows_the_register(told, lena):
    told("SMS", "Ja")
    assert lena.sms_agreed_at == NOON

    told("SMS", "Nej")
    assert lena.sms_agreed_at is None


@pytest.fixture
def corrected(cast, lena):
    Person.objects.filter(pk=lena.pk).update(email="new@example.org")
    return Correction.objects.create(
        unit=cast.bjorkvik,
        person=lena,
        field="email",
        old="lena@example.org",
        new="new@example.org",
        at=NOON,
    )


def test_a_correction_stands_while_the_register_has_the_old(told, lena, corrected):
    assert told("E-post", "lena@example.org") == {}

    corrected.refresh_from_db()
    assert (lena.email, corrected.carried_at) == ("new@example.org", None)


def test_what_was_corrected_here_and_stands_is_told(
    officer, address, preview, told, lena, corrected
):
    importing = preview([("2", "Lena", "von Holm", "lena@example.org")], (*HEAD, "E-post"))

    page = officer.get(address("seen", importing.pk)).content.decode()

    row = importing.rows.get()
    assert (row.kind, row.detail) == (
        "unchanged",
        {"kept": {"email": ["new@example.org", "lena@example.org"]}},
    )
    assert "1 value that you changed here is kept" in page
    assert "E-mail: you have new@example.org, the file says lena@example.org." in page


def test_a_correction_that_was_changed_back_is_nothing_to_tell(preview, lena, corrected):
    Person.objects.filter(pk=lena.pk).update(email="lena@example.org")

    importing = preview([("2", "Lena", "von Holm", "lena@example.org")], (*HEAD, "E-post"))

    assert (importing.kept_count, importing.rows.count()) == (0, 0)


def test_a_correction_is_ticked_off_when_the_register_carries_it(told, lena, corrected):
    assert told("E-post", "New@example.org") == {}

    corrected.refresh_from_db()
    assert corrected.carried_at == NOON


def test_the_register_wins_when_it_says_a_third_thing(told, lena, corrected):
    told("E-post", "third@example.org")

    corrected.refresh_from_db()
    assert (lena.email, corrected.carried_at) == ("third@example.org", NOON)


def test_a_note_is_added_once_and_kept_sealed(preview, save, cast):
    head = (*HEAD, "Anteckning")
    importing = preview([("3", "Ny", "Person", "Kör minibuss")], head)
    assert "minibuss" not in str(importing.rows.values_list("values").get())
    save(importing)

    assert Note.objects.get().text == "Kör minibuss"

    again = preview([("3", "Ny", "Person", "Kör minibuss")], head)
    more = preview([("3", "Ny", "Person", "Kör lastbil")], head)

    assert (again.changed_count, more.changed_count) == (0, 1)
    save(more)
    assert sorted(note.text for note in Note.objects.all()) == ["Kör lastbil", "Kör minibuss"]


def test_history_says_what_was_and_by_which_file(told, lena, cast):
    told("E-post", "l@example.org")

    change = Change.objects.get(person=lena)
    assert change.fields == {"email": ["lena@example.org", "l@example.org"]}
    assert change.import_id is not None
    assert change.by == cast.siv.account
    assert ImportedPerson.objects.get(person=lena).how == "changed"


@pytest.mark.parametrize(
    ("heading", "cell"),
    [
        ("Ort", "Åby"),
        ("Medlem sedan", ""),
        ("Medlem sedan", "2020-02-30"),
        ("Inträdd", "0202-01-01"),
    ],
)
def test_the_day_they_joined_is_unknown_when_no_file_tells(bring_in, heading, cell):
    bring_in([("3", "Ny", "Person", cell), ("4", "Känd", "Dag", "2020-02-03")], (*HEAD, heading))

    membership = Membership.objects.get(person__register_number="3")
    assert (membership.joined_on, membership.learned_at) == (None, NOON)


def test_a_day_that_a_later_file_tells_is_taken_over(bring_in):
    bring_in([("3", "Ny", "Person")], HEAD)

    bring_in([("3", "Ny", "Person", "2014-05-01")], (*HEAD, "Medlem sedan"))

    assert Membership.objects.get(person__register_number="3").joined_on == date(2014, 5, 1)


def test_who_comes_back_without_a_day_has_one_that_is_unknown(bring_in, cast, lena):
    Membership.objects.filter(person=lena).update(left_on=date(2025, 1, 1), left_learned_at=NOON)

    bring_in([("2", "Lena", "von Holm")], HEAD)

    current = Membership.objects.current().get(person=lena)
    assert (current.joined_on, current.first_import) == (None, True)
    assert ImportedPerson.objects.get(person=lena).how == "new"


def codes(importing):
    return [warning["code"] for warning in importing.warnings]


def test_a_first_file_that_tells_no_days_of_joining_needs_a_tick(preview, bring_in):
    importing = preview([("3", "Ny", "Person")], HEAD)
    assert codes(importing) == ["many_missing", "no_joining_days"]

    assert codes(preview([("3", "Ny", "Person", "2020-01-01")], (*HEAD, "Inträdd"))) == [
        "many_missing"
    ]
    bring_in([("3", "Ny", "Person")], HEAD)
    assert "no_joining_days" not in codes(preview([("4", "Nyare", "Person")], HEAD))


def test_a_column_of_numbers_that_are_identity_numbers_is_told_of_without_a_tick(preview, cast):
    Membership.objects.all().delete()
    head = ("Medlemsnummer", "Förnamn", "Efternamn", "Medlem sedan")
    importing = preview([("19900101-9802", "Ny", "Person", "2020-01-01")], head)

    assert importing.warnings == [{"code": "number_is_identity", "heading": "Medlemsnummer"}]
    commands.ask_to_apply(importing, sure=False, enqueued=False, by=cast.siv, at=NOON)


def told_of_fees(**names):
    """Return whose fee for the year a file has told of."""
    members = Membership.objects.told_of_fee(2026).filter(person__register_number__in="23456789")
    return sorted(members.values_list("person__register_number", flat=True))


def test_a_file_tells_of_the_fees_of_those_it_names(bring_in, preview, save, lena, cast):
    importing = preview(
        [("2", "Lena", "von Holm", ""), ("3", "Ny", "Person", "X"), ("4", "Vag", "Person", "??")],
        (*HEAD, "2026"),
    )
    assert importing.fee_year == 2026

    save(importing)

    assert told_of_fees() == ["2", "3"]
    assert Membership.objects.get(person=cast.cecilia).fee_told_year is None
    bring_in([("2", "Lena", "von Holm")], HEAD)
    assert told_of_fees() == ["2", "3"]


def unpaid_on():
    """Return {member number: day of the file that first told the fee unpaid}."""
    members = Membership.objects.filter(person__register_number__in="23456789")
    return dict(members.values_list("person__register_number", "fee_unpaid_on"))


def test_the_day_when_a_fee_was_first_told_unpaid_stands_until_it_is_paid(bring_in, lena):
    def on(day, sevens, eights):
        rows = [("7", "Ny", "Person", sevens), ("8", "Vag", "Person", eights)]
        bring_in(rows, (*HEAD, str(day.year)), at=day)
        told = unpaid_on()
        return told["7"], told["8"]

    first, later = NOON, NOON + timedelta(days=20)
    assert on(first, "", "X") == (first.date(), None)
    assert on(later, "", "X") == (first.date(), None)
    assert on(later + timedelta(days=1), "X", "??") == (None, None)

    next_year = NOON.replace(year=NOON.year + 1)
    assert on(next_year, "", "") == (next_year.date(), next_year.date())


def test_a_file_that_says_nothing_of_a_fee_moves_no_day(bring_in, lena):
    bring_in([("7", "Ny", "Person", ""), ("8", "En", "Till", "")], (*HEAD, "2026"))
    later = NOON + timedelta(days=9)

    bring_in([("7", "Ny", "Person", "??")], (*HEAD, "2026"), at=later)
    bring_in([("7", "Ny", "Person"), ("8", "En", "Till")], HEAD, at=later + timedelta(days=1))

    assert unpaid_on() == {"2": None, "7": NOON.date(), "8": NOON.date()}


def test_a_cell_that_cannot_be_read_tells_nothing_of_a_fee(bring_in, lena):
    bring_in([("2", "Lena", "von Holm", "??"), ("3", "Ny", "Person", "X")], (*HEAD, "2026"))

    assert told_of_fees() == ["3"]


@pytest.mark.parametrize(
    ("headings", "year"),
    [
        (("2025",), None),
        (("2025", "2026"), 2026),
        (("Betald",), 2026),
        (("Avgift 2025", "Betald"), None),
        (("Betalt år",), 2026),
        (("Ort",), None),
    ],
)
def test_which_files_tell_of_this_years_fees(preview, headings, year):
    cells = {"Betalt år": "2025", "Ort": "Åby"}
    row = ("3", "Ny", "Person", *(cells.get(heading, "X") for heading in headings))

    assert preview([row], (*HEAD, *headings)).fee_year == year


def test_who_is_missing_from_the_latest_file_is_marked_until_one_names_them(bring_in, lena, cast):
    bring_in([("3", "Ny", "Person")], HEAD)
    first = Membership.objects.get(person=lena).missing_on
    bring_in([("3", "Ny", "Person")], HEAD, at=NOON + timedelta(days=7))
    second = Membership.objects.get(person=lena).missing_on

    bring_in([("2", "Lena", "von Holm")], HEAD, at=NOON + timedelta(days=8))

    assert (first, second) == (TODAY, TODAY)
    assert Membership.objects.get(person=lena).missing_on is None
    assert Membership.objects.get(person=cast.cecilia).missing_on == TODAY


def test_who_may_be_meant_by_a_row_is_not_marked_as_missing(preview, save, cast):
    importing = preview([("", "Cecilie", "Åström", "070-174 06 05")], (*HEAD, "Mobil"))

    save(importing)

    assert Membership.objects.get(person=cast.cecilia).missing_on is None


@pytest.mark.parametrize(
    "cells",
    [
        ("", "Summa", "4 medlemmar", "3 kr"),
        ("Summa", "", "4 medlemmar", "3 kr"),
        ("", "Totalt", "", "2"),
        ("", "", "Antal medlemmar", "2 av 3"),
    ],
)
def test_a_sum_of_rows_is_no_member(bring_in, preview, cells):
    rows = [("3", "Ny", "Person", "X"), cells, ("4", "Nyare", "Person", "X")]
    importing = preview(rows, (*HEAD, "2026"))

    assert importing.new_count == 2
    assert [row.reason for row in importing.rows.filter(kind="rejected")] == ["total"]


def test_somebody_whose_name_is_a_word_for_sums_is_a_member(preview):
    importing = preview([("", "Eva", "Page", ""), ("7", "Summa", "", "")], (*HEAD, "Ort"))

    assert (importing.new_count, importing.rejected_count) == (2, 0)


def test_an_identity_number_leaves_nothing_in_a_name(bring_in):
    number = "19640823-3234"
    bring_in([("3", f"Eva ({number})", f"{number} Ek")], HEAD)

    assert Person.objects.get(register_number="3").name == "Eva Ek"


def test_silence_ends_no_membership(bring_in, cast):
    bring_in([("3", "Ny", "Person")], HEAD)

    assert Membership.objects.of(cast.bjorkvik).current().count() == 6


def test_who_is_said_to_have_left_has_left(preview, save, cast):
    importing = preview([("3", "Ny", "Person")], HEAD)
    commands.answer_missing(
        importing,
        left=True,
        person_ids=[cast.cecilia.pk],
        reason="moved",
        by=cast.siv,
        at=NOON,
    )
    save(importing)

    ended = Membership.objects.get(person=cast.cecilia)
    assert (ended.left_on, ended.left_reason) == (date(2026, 3, 2), "moved")
    assert ImportedPerson.objects.get(person=cast.cecilia).how == "left"


def test_who_is_said_to_have_died_is_noted_as_dead(preview, save, cast):
    importing = preview([("3", "Ny", "Person")], HEAD)
    commands.answer_missing(
        importing,
        left=True,
        person_ids=[cast.cecilia.pk],
        reason="deceased",
        by=cast.siv,
        at=NOON,
    )

    save(importing)

    cecilia = Person.objects.get(pk=cast.cecilia.pk)
    ended = Membership.objects.get(person=cecilia)
    assert (cecilia.deceased_on, cecilia.revision) == (TODAY, cast.cecilia.revision + 1)
    assert (ended.left_on, ended.left_reason) == (TODAY, "deceased")
    assert Change.objects.get(person=cecilia).fields == {"deceased_on": [None, "unknown"]}


def test_who_left_long_ago_is_not_taken_in(preview):
    head = (*HEAD, "Utträdesdatum")
    importing = preview([("3", "Gammal", "Medlem", "2024-01-01")], head)

    assert importing.rows.get().reason == "left_long_ago"


def test_what_a_heading_was_said_to_mean_is_remembered(preview, cast):
    head = ("Nr", "Förnamn", "Efternamn", "Kod X")
    first = preview([("3", "Ny", "Person", "klimat")], head)
    commands.choose_columns(
        first, columns={"Kod X": "interests"}, enqueued=False, by=cast.siv, at=NOON
    )

    second = preview([("3", "Ny", "Person", "klimat")], head)

    assert {"Kod X": "interests"}.items() <= {
        column["heading"]: column["target"] for column in second.columns
    }.items()


def test_another_associations_file_is_warned_of(preview):
    head = (*HEAD, "Förening")
    importing = preview([(str(n), "Ny", f"Person{n}", "Granby") for n in range(6)], head)

    assert "other_branch" in [warning["code"] for warning in importing.warnings]
