"""Who a row means: surely, nearly, or nobody."""

from datetime import date

import pytest
from django.utils.translation import override

from krets.register.imports import commands
from krets.register.imports.exports import rejected_rows
from krets.register.imports.figures import figures
from krets.register.imports.run import look
from krets.register.imports.words import headings_given_back
from krets.register.models import ImportRow, Membership, Person
from tests.conftest import NOON, make_association, make_person
from tests.register.imports.conftest import as_csv

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

    # Row 3 bears the number, so it is Karin; row 2 says all the rest of her, so it is asked about.
    assert (importing.new_count, importing.near_count, importing.unchanged_count) == (0, 1, 1)
    assert importing.rows.get(kind="near").twin == 3


MISSPELT = [
    ("Karin", "Sandstrm", "1971-05-04", "", ""),
    ("Carin", "Sandström", "", "karin@example.org", ""),
    ("Karin", "Sandström-Ek", "", "", "0701740661"),
]


@pytest.mark.parametrize("misspelt", MISSPELT)
def test_a_misspelt_row_beside_the_right_one_is_asked_about(preview, karin, misspelt):
    right = ("7", "Karin", "Sandström", "1971-05-04", "karin@example.org", "070-174 06 61", "")

    importing = preview([right, ("", *misspelt, "")], HEAD)

    assert (importing.new_count, importing.near_count) == (0, 1)
    row = importing.rows.get(kind="near")
    assert (row.person_id, row.twin) == (karin.pk, 2)


@pytest.mark.parametrize("misspelt", MISSPELT)
@pytest.mark.parametrize("empty", [False, True])
def test_a_new_person_twice_and_misspelt_is_asked_about(cast, party, misspelt, empty):
    unit = make_association(party, "Tomvik", "tomvik") if empty else cast.bjorkvik
    right = ("7", "Karin", "Sandström", "1971-05-04", "karin@example.org", "070-174 06 61", "")
    file = as_csv([right, ("", *misspelt, "")], HEAD)

    importing = look(unit, file, by=None, at=NOON, name="medlemmar.csv")

    assert (importing.new_count, importing.near_count) == (1, 1)
    row = importing.rows.get(kind="near")
    assert (row.person_id, row.twin) == (None, 2)


@pytest.mark.parametrize(
    "other",
    [
        ("", "Hanna", "Ek", "2001-02-03", "", "", ""),
        ("9", "Anna", "Ek", "1999-02-03", "", "", ""),
        ("9", "Ana", "Ek", "1999-02-03", "other@example.org", "", ""),
        ("", "Bo", "Ek", "", "ek@example.org", "", ""),
    ],
    ids=["sister", "namesake with a number", "two numbers", "the household's address"],
)
def test_two_people_of_one_file_are_two(preview, other):
    importing = preview([("8", "Anna", "Ek", "1999-02-03", "ek@example.org", "", ""), other], HEAD)

    assert importing.near_count == (1 if other[:3] == ("9", "Anna", "Ek") else 0)
    assert importing.new_count == 2 - importing.near_count


@pytest.mark.parametrize(("same", "people"), [(True, 1), (False, 2), (None, 1)])
def test_the_answer_decides_whether_a_misspelt_row_is_somebody(preview, save, cast, same, people):
    rows = [
        ("7", "Karin", "Sandström", "1971-05-04", "", "", ""),
        ("", "Karin", "Sandstrm", "1971-05-04", "", "", ""),
    ]
    importing = preview(rows, HEAD)
    commands.answer_near(importing.rows.get(kind="near"), same=same, by=cast.siv, at=NOON)

    saved = save(importing)

    found = Person.objects.of(cast.bjorkvik).filter(born_on=date(1971, 5, 4))
    assert found.count() == people
    assert saved.near_count == (same is None)


def test_a_second_row_said_to_be_the_same_changes_nothing(preview, save, karin, cast):
    right = ("7", "Karin", "Sandström", "1971-05-04", "karin@example.org", "", "111 11")
    wrong = ("", "Karin", "Sandstrm", "1971-05-04", "", "", "222 22")
    importing = preview([right, wrong], HEAD)
    commands.answer_near(importing.rows.get(kind="near"), same=True, by=cast.siv, at=NOON)

    save(importing)

    karin.refresh_from_db()
    assert (karin.last_name, karin.postal_code) == ("Sandström", "111 11")
    assert Person.objects.of(cast.bjorkvik).filter(born_on=karin.born_on).count() == 1


def test_all_have_left_means_those_who_are_listed(preview, save, cast, karin):
    """Neither somebody a row may mean, nor somebody with protected details, is ended unseen."""
    hidden = make_person(
        cast.bjorkvik, "Hemlig", "Person", joined_on=date(2015, 1, 1), protected_at=NOON
    )
    importing = preview([("", "Karin", "Sandstrm", "1971-05-04", "", "", "")], HEAD)

    commands.declare_right(importing, by=cast.siv, at=NOON)
    commands.answer_missing(importing, left=True, by=cast.siv, at=NOON)
    save(importing)

    ended = Membership.objects.of(cast.bjorkvik).exclude(left_on=None)
    names = set(ended.values_list("person__first_name", flat=True))
    assert names == {"Alva", "Siv", "Bo", "Arne", "Cecilia"}
    assert not ended.filter(person__in=[karin, hidden]).exists()


def test_said_to_have_left_gives_way_to_a_row_that_means_the_person(preview, save, cast, karin):
    importing = preview([("", "Karin", "Sandstrm", "1971-05-04", "", "", "")], HEAD)
    commands.answer_missing(importing, left=True, person_ids=[karin.pk], by=cast.siv, at=NOON)
    commands.answer_near(importing.rows.get(kind="near"), same=True, by=cast.siv, at=NOON)

    save(importing)

    assert Membership.objects.get(person=karin).left_on is None


def test_whose_row_was_skipped_is_not_missing(preview, karin):
    importing = preview([("7", "Karin", "Sandström", "1985-02-31", "", "", "")], HEAD)

    assert importing.rejected_count == 1
    assert karin.pk not in importing.missing.values_list("person", flat=True)


def test_nobody_is_missing_from_rows_that_were_given_back(preview, cast):
    with override("sv"):
        head = [*headings_given_back(), *HEAD]
    importing = preview([("6", "Rätta dagen", "9", "Ny", "Medlem", "1985-02-28", "", "", "")], head)

    assert (importing.new_count, importing.missing_count) == (1, 0)
    assert "many_missing" not in [warning["code"] for warning in importing.warnings]


def test_a_twin_that_is_the_same_is_counted_as_nothing(preview, karin, cast):
    right = ("7", "Karin", "Sandström", "1971-05-04", "karin@example.org", "070-174 06 61", "")
    importing = preview([right, ("", "Karin", "Sandstrm", "1971-05-04", "", "", "222 22")], HEAD)
    commands.answer_near(importing.rows.get(kind="near"), same=True, by=cast.siv, at=NOON)

    found = figures(importing)

    assert (found.new, found.changed, found.unanswered) == (0, 0, 0)


def test_a_row_without_its_name_is_left_out(preview, karin):
    importing = preview(
        [("99", "", "", "1980-01-01", "", "", ""), ("7", "", "", "", "new@example.org", "", "")],
        HEAD,
    )

    assert (importing.new_count, importing.changed_count) == (0, 0)
    assert [row.reason for row in importing.rows.filter(kind="rejected")] == ["no_name"] * 2


def test_a_file_of_numbers_only_is_about_those_known(preview, karin):
    importing = preview([("99", "a@example.org"), ("7", "b@example.org")], ("Medlemsnr", "E-post"))

    assert (importing.new_count, importing.changed_count) == (0, 1)
    assert importing.rows.get(kind="rejected").reason == "no_name"


def test_the_same_person_twice_in_a_file_counts_once(preview):
    row = ("9", "Ny", "Medlem", "", "ny@example.org", "", "")
    importing = preview([row, row, ("", *row[1:])], HEAD)

    assert (importing.new_count, importing.rejected_count) == (1, 2)
    reasons = importing.rows.filter(kind="rejected").values_list("reason", "detail")
    assert list(reasons) == [("double", {"row": 2}), ("double", {"row": 2})]


@pytest.mark.parametrize("first", ["7", "9"], ids=["known", "new"])
def test_one_number_on_two_people_is_said_to_be_wrong_and_the_row_is_kept_whole(
    preview, karin, first
):
    names = ("Karin", "Sandström", "1971-05-04") if first == "7" else ("Ny", "Medlem", "1980-01-01")
    other = (first, "Dora", "Dubbel", "1990-02-03", "dora@example.org", "", "")
    importing = preview([(first, *names, "", "", ""), other], HEAD)

    rejected = importing.rows.get(kind="rejected")
    mended = rejected_rows(importing).decode("utf-8-sig").splitlines()[1]

    assert (rejected.reason, rejected.detail) == ("double_number", {"row": 2})
    assert mended.endswith(f"{first};Dora;Dubbel;1990-02-03;dora@example.org;;")
    assert "The member number also stands on row 2" in mended


def test_a_row_like_one_that_is_asked_about_is_asked_about_each_time(preview, save):
    rows = [
        *[("", "Anna", "Ek", "", "", "", "")] * 6,
        ("", "Anna", "Ek", "1950-01-01", "", "070-174 06 01", ""),
        ("", "Anna", "von Ek", "", "", "070-174 06 01", ""),
        ("", "Anna", "von Ek", "1980-01-01", "", "070-174 06 01", ""),
    ]
    save(preview(rows, HEAD))

    again = preview(rows, HEAD)

    assert (again.new_count, again.changed_count) == (0, 0)


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


@pytest.fixture
def founder(cast):
    """Somebody who set Krets up: known by what she wrote herself, and no member in any file yet."""
    return make_person(
        cast.bjorkvik, "Frida", "Först", email="frida@example.org", phone="+46701740671"
    )


FOUNDER = ("9", "Frida", "Först", "1980-01-02", "ff@example.net", "0701740671", "61040")


def test_one_who_wrote_another_email_herself_is_asked_about(preview, save, founder):
    importing = preview([FOUNDER], HEAD)
    row = importing.rows.get()

    assert (importing.new_count, row.kind, row.person_id) == (0, "near", founder.pk)
    assert row.changes["email"] == ["frida@example.org", "ff@example.net"]
    save(importing)
    founder.refresh_from_db()
    assert (founder.email, founder.register_number) == ("frida@example.org", "")


def test_one_who_is_known_is_no_newcomer_without_a_word(preview, save, officer, address, founder):
    importing = preview([(*FOUNDER[:4], "frida@example.org", *FOUNDER[5:])], HEAD)

    page = officer.get(address("seen", importing.pk)).content.decode()

    told = page[page.index('id="new"') :]
    assert "Known here already" in told
    assert "Register number" in told
    assert "61040" not in told
    assert "610 40" in told
    save(importing)
    founder.refresh_from_db()
    assert (founder.email, founder.register_number) == ("frida@example.org", "9")


def test_a_member_without_a_number_may_have_a_new_email(preview, cast):
    joined = {"joined_on": date(2014, 1, 9), "phone": "+46701740671"}
    make_person(cast.bjorkvik, "Frida", "Först", email="frida@example.org", **joined)

    assert preview([FOUNDER], HEAD).changed_count == 1
