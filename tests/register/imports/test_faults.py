"""What could not be read: asked about once for all rows alike, and once for all months."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from krets.register.imports import commands, queries
from krets.register.imports.preview import lines as preview_lines
from krets.register.imports.preview import page_of_faults
from krets.register.imports.run import summary_of
from krets.register.models import (
    Correction,
    Import,
    ImportAnswer,
    ImportFault,
    ImportRow,
    Membership,
    Person,
)
from tests.conftest import NOON, make_person
from tests.register.imports.conftest import as_csv
from tests.register.imports.test_pages import asked_for

JOINED = {"target": "joined_on", "code": "date_unreadable"}
PHONE = {"target": "phone", "code": "phone_no_area_code"}
BORN = {"target": "birth_date", "code": "date_impossible"}
MONTH = timedelta(days=30)


def member(at, *, born="", email="", phone="", joined="2020-01-02"):
    return (
        str(5000 + at),
        f"Namn{'abcdefghijklmnopqrstuvw'[at]}",
        "Fel",
        born,
        email,
        phone,
        joined,
    )


TWENTY = [member(at, joined=f"hösten 20{10 + at}") for at in range(20)]
# Enough readable rows for the columns to be known for what they are.
SOUND = [
    (
        str(6000 + at),
        "Sven",
        f"Sund{'abcdefghijklmnopqrstuvwxyzåäö'[at]}",
        f"19{50 + at}-03-04",
        f"sven{at}@example.org",
        f"070-174 06 {10 + at}",
        "2015-05-05",
    )
    for at in range(29)
]


@pytest.fixture
def preview(preview):
    """Read rows with the sound ones after them."""

    def read(rows, *more, at=NOON):
        return preview(rows if more or isinstance(rows, bytes) else [*rows, *SOUND], *more, at=at)

    return read


@pytest.fixture
def bring_in(preview, save):
    return lambda rows: save(preview(rows))


@pytest.fixture
def answer(cast):
    """Answer all faults of a kind, having seen the file as it is."""

    def give(importing, kind, said, *, before=""):
        now = Import.objects.get(pk=importing.pk)
        commands.answer_faults(
            now, **kind, answer=said, seen=now.seen_as(before), by=cast.siv, at=NOON
        )
        now.refresh_from_db()
        return now

    return give


def figures(importing):
    importing.refresh_from_db()
    names = ("new", "changed", "unchanged", "near", "rejected", "warned", "left")
    return {name: getattr(importing, f"{name}_count") for name in names} | {
        "newcomers": sorted(map(str, importing.newcomers))
    }


def said_in(importing):
    """Return what rows say, without what was kept of them on the way."""
    rows = ImportRow.objects.filter(importing=importing).order_by("number")
    columns = ("number", "kind", "meant", "values", "changes", "reason", "warned")
    return [
        (*told, sorted(map(str, detail.get("problems", ()))), detail.get("taken") or {})
        for *told, detail in rows.values_list(*columns, "detail")
    ]


def groups(importing):
    return [
        (each["target"], each["answer"], each["count"]) for each in queries.fault_groups(importing)
    ]


def test_twenty_faults_alike_are_one_question(officer, address, preview):
    importing = preview(TWENTY)
    commands.declare_right(importing, by=None, at=NOON)

    page = officer.get(address("seen", importing.pk)).content.decode()

    assert "2 questions before saving." in page
    assert "Joined the association: not a date we can read" in page
    assert page.count("Use all 20 without that value") == 1
    assert page.count("Skip all 20 rows") == 1
    assert "Without an answer the rows are used without that value." in page
    assert "“hösten 2010”" in page


def test_what_the_file_says_stands_between_the_marks_of_the_language(officer, address, preview):
    importing = preview(TWENTY)

    swedish = {"Accept-Language": "sv"}
    page = officer.get(address("seen", importing.pk), headers=swedish).content.decode()

    assert "”hösten 2010”" in page
    assert "“" not in page


@pytest.mark.parametrize(("said", "members"), [("without", 20), ("skip", 0)])
def test_one_press_answers_for_all_of_them(officer, address, preview, save, said, members):
    importing = preview(TWENTY)
    commands.declare_right(importing, by=None, at=NOON)
    seen = importing.seen_as("")

    told = officer.post(
        address("faults", importing.pk), {**JOINED, "answer": said, "seen": seen}, follow=True
    )
    save(importing)

    assert "1 question before saving." in told.content.decode()
    assert Person.objects.filter(last_name="Fel").count() == members
    assert not Membership.objects.filter(person__last_name="Fel", joined_on__isnull=False).exists()


def test_rows_skipped_for_a_fault_are_in_the_file_to_correct(officer, address, preview, answer):
    importing = answer(preview(TWENTY), JOINED, "skip")

    fetched = officer.get(address("left_out", importing.pk)).content.decode()

    assert importing.rejected_count == 20
    assert "5000;Namna;Fel" in fetched
    assert "Joined the association: “hösten 2010” is not a date we can read." in fetched


@pytest.mark.parametrize(
    "cells",
    [
        ("5000", "Namna", "Fel", "1984-02-30", "", "174 06", "nyss"),
        ("", "", "", "", "", "174 06", "nyss"),
        ("6000", "Dora", "Dubbel", "1990-02-03", "", "174 06", "nyss"),
    ],
    ids=["a day that is none", "no name", "another's number"],
)
def test_of_a_row_that_is_skipped_all_that_is_wrong_is_told(officer, address, preview, cells):
    importing = preview(as_csv([*SOUND, cells]))
    row = importing.rows.get(kind="rejected")
    reasons = [
        "Mobile phone: The phone number “174 06” has no area code.",
        "Joined the association: “nyss” is not a date we can read.",
    ]

    page = officer.get(address("kind", importing.pk, "rejected")).content.decode()
    fetched = officer.get(address("left_out", importing.pk)).content.decode()
    printed = summary_of(importing).rejected

    line = page[page.index(str(row.number)) :]
    for told in (line, fetched, printed[0]["reason"]):
        assert all(reason in told for reason in reasons)
    assert len(preview_lines("rejected", [row], today=NOON.date())[0].reasons) == 3


def test_answers_can_be_taken_back_and_all_figures_with_them(preview, answer):
    today = timezone.localdate().isoformat()
    rows = [member(at, phone="174 06", joined=today) for at in range(3)]
    importing = preview([*rows, member(4, born="1984-02-30", joined=today)], at=timezone.now())
    before = figures(importing)

    answer(importing, PHONE, "skip")
    skipped = figures(importing)
    answer(importing, BORN, "without")
    used = figures(importing)
    answer(importing, PHONE, "", before="skip")
    answer(importing, BORN, "", before="without")

    assert (before["new"], before["rejected"], before["warned"]) == (32, 1, 3)
    assert (skipped["new"], skipped["rejected"], skipped["warned"]) == (29, 4, 0)
    assert skipped["newcomers"] != before["newcomers"]
    assert (used["new"], used["rejected"], used["warned"]) == (30, 3, 1)
    assert figures(importing) == before


def test_a_row_with_two_faults_is_asked_about_for_each(officer, address, preview, answer, save):
    both = member(0, phone="174 06", joined="i våras")
    importing = preview([both, member(1, phone="174 07"), member(2, joined="i höstas")])
    page = officer.get(address("seen", importing.pk)).content.decode()
    assert "Also asked about in this row: Mobile phone." in page
    assert "Also asked about in this row: Joined the association." in page

    answer(importing, PHONE, "without")
    assert ("joined_on", "", 2) in groups(importing)
    assert ("phone", "without", 2) in groups(importing)
    answer(importing, JOINED, "skip")

    page = officer.get(address("kind", importing.pk, "faults")).content.decode()
    assert "The row is skipped all the same, for another reason: Joined the association." in page
    save(importing)
    assert list(
        Person.objects.filter(last_name="Fel").values_list("register_number", flat=True)
    ) == ["5001"]


def test_only_what_a_row_is_skipped_for_is_named_as_the_reason(preview, answer):
    importing = preview([member(0, phone="174 06", born="1984-02-30", joined="i våras")])

    groups = page_of_faults(importing, "faults", 1).groups
    notes = {group.target: group.lines[0].notes for group in groups}
    assert notes["phone"] == [
        "The row is skipped all the same, for another reason: Birth date.",
        "Also asked about in this row: Joined the association.",
    ]
    assert notes["birth_date"] == [
        "Also asked about in this row: Mobile phone, Joined the association."
    ]

    answer(importing, BORN, "without")
    groups = page_of_faults(importing, "faults", 1).groups
    notes = {group.target: group.lines[0].notes for group in groups}
    assert notes["phone"] == ["Also asked about in this row: Birth date, Joined the association."]


def test_a_birth_date_that_cannot_be_skips_the_row_until_it_is_said_to_be_used(
    officer, address, preview, answer, save
):
    importing = preview([member(0, born="1984-02-30"), member(1, born="1984-02-29")])
    page = officer.get(address("seen", importing.pk)).content.decode()
    assert "Without an answer the row is skipped this time." in page
    assert (importing.new_count, importing.rejected_count) == (30, 1)

    answer(importing, BORN, "without")
    save(importing)

    assert Person.objects.get(register_number="5000").born_on is None
    assert Person.objects.get(register_number="5001").born_on == date(1984, 2, 29)


def test_a_birth_year_that_has_not_been_is_what_we_suggest(officer, address, preview, save):
    importing = preview([member(0, born="2091")])
    row = importing.rows.get(kind="rejected")
    page = officer.get(address("seen", importing.pk)).content.decode()
    assert "Use 1991" in page

    officer.post(address("suggestion", importing.pk, row.pk), {"target": "birth_date"})
    save(importing)

    assert Person.objects.get(register_number="5000").born_year == 1991


@pytest.mark.parametrize(
    ("who", "told"),
    [
        ("alva", "Somebody has answered about these rows since you opened the page"),
        ("siv", "You have answered about these rows already, in another window."),
    ],
)
@pytest.mark.parametrize("said", ["without", "skip"])
def test_a_late_answer_is_refused_with_what_to_do(officer, address, preview, cast, said, who, told):
    importing = preview(TWENTY)
    faults, seen = address("faults", importing.pk), importing.seen_as("")
    other = {"without": "skip", "skip": "without"}[said]

    by = getattr(cast, who)
    commands.answer_faults(importing, **JOINED, answer=said, seen=seen, by=by, at=NOON)
    late = officer.post(faults, {**JOINED, "answer": other, "seen": seen}, follow=True)

    assert told in late.content.decode()
    assert set(ImportFault.objects.values_list("answer", flat=True)) == {said}


def test_an_answer_to_the_file_as_it_was_read_before_is_refused(preview, cast):
    importing = preview(TWENTY)
    seen = importing.seen_as("")
    commands.read_again(importing, why="asked", by=cast.siv, at=NOON, enqueued=False)
    commands.stage(importing, at=NOON)

    with pytest.raises(commands.AnsweredMeanwhileError):
        commands.answer_faults(importing, **JOINED, answer="skip", seen=seen, by=cast.siv, at=NOON)


def test_a_file_that_is_over_takes_no_answers(preview, save, answer):
    importing = preview(TWENTY)
    save(importing)

    with pytest.raises(commands.NotReadyError):
        answer(importing, JOINED, "skip")


def test_what_was_answered_last_month_is_not_asked_again(officer, address, preview, answer, save):
    save(answer(preview(TWENTY), JOINED, "without"))

    second = preview(TWENTY, at=NOON + MONTH)
    page = officer.get(address("seen", second.pk)).content.decode()
    save(second, at=NOON + MONTH)
    fresh = [*TWENTY[:19], member(19, joined="våren 2030"), member(20, joined="nyss")]
    third = preview(fresh, at=NOON + 2 * MONTH)
    asked = officer.get(address("seen", third.pk)).content.decode()

    assert groups(second) == []
    assert "20 earlier answers used again" in page
    assert "Joined the association: used without that value, as last time." in page
    assert page.index('id="again"') > page.index('id="changes"')
    assert (second.unchanged_count, second.warned_count) == (49, 0)
    assert groups(third) == [("joined_on", "", 2)]
    assert third.again_count == 19
    assert "19 earlier answers used again" in asked
    assert "Use all 2 without that value" in asked


def test_what_nobody_answered_is_asked_again(preview, save):
    save(preview(TWENTY))

    assert groups(preview(TWENTY)) == [("joined_on", "", 20)]


def test_a_row_of_somebody_known_that_was_skipped_is_skipped_again(preview, bring_in, answer, save):
    bring_in([member(0)])
    changed = member(0, email="ny@example.org", joined="nyss")
    save(answer(preview([changed]), JOINED, "skip"))

    again = preview([changed])
    save(again)

    assert (again.rejected_count, again.again_count, groups(again)) == (1, 1, [])
    assert Person.objects.get(register_number="5000").email == ""


def test_a_suggestion_that_was_taken_is_taken_again(preview, save, cast):
    slip = member(0, email="namn(at)example.org")
    importing = preview([slip])
    commands.take_suggestion(importing.rows.get(warned=True), target="email", by=cast.siv, at=NOON)
    save(importing)

    again = preview([slip])

    assert (again.changed_count, again.unchanged_count, again.again_count) == (0, 30, 1)
    assert groups(again) == []


def test_a_person_who_was_used_without_a_birth_date_is_used_so_again(preview, answer, save):
    born = member(0, born="1984-02-30", email="a@example.org")
    save(answer(preview([born]), BORN, "without"))

    again = preview([(*born[:4], "b@example.org", *born[5:])])

    assert (again.changed_count, again.rejected_count, again.missing_count) == (1, 0, 5)


def test_one_may_be_asked_again_and_what_was_answered_is_forgotten(
    officer, address, preview, answer, save
):
    save(answer(preview(TWENTY[:2]), JOINED, "without"))
    assert ImportAnswer.objects.count() == 2
    second = preview(TWENTY[:2])

    officer.post(address("ask_again", second.pk))
    second.refresh_from_db()

    assert groups(second) == [("joined_on", "", 2)]
    assert (second.again_count, second.warned_count) == (0, 2)
    save(second)
    assert not ImportAnswer.objects.exists()


def test_nothing_of_what_stood_in_the_cell_is_kept_with_the_answer(preview, answer, save):
    save(answer(preview([member(0, joined="i våras")]), JOINED, "without"))

    kept = ImportAnswer.objects.values().get()

    assert "våras" not in str(kept)
    assert not ImportFault.objects.exists()


def test_people_with_protected_details_are_in_no_group(preview, answer):
    head = ("Medlemsnr", "Förnamn", "Efternamn", "Medlem sedan", "Skyddade uppgifter")
    rows = [("1", "Öppen", "Ek", "nyss", ""), ("2", "Skyddad", "Ek", "nyss", "Ja")]
    sound = [(*row[:3], row[6], "") for row in SOUND]
    importing = preview(as_csv([*rows, *sound], head))

    answer(importing, JOINED, "skip")

    assert groups(importing) == [("joined_on", "skip", 1)]
    assert ImportRow.objects.get(protected=True).kind == "new"


def test_the_preview_asks_as_much_for_three_kinds_of_faults_as_for_one(officer, address, preview):
    one = preview([*TWENTY[:9], ("", "", "", "", "x@example.org", "", "")])
    three = preview(
        [
            *TWENTY[:9],
            *(member(at, phone="174 06") for at in range(20, 22)),
            member(9, born="1984-02-30"),
        ]
    )

    taken = [asked_for(officer, address("seen", each.pk)) for each in (one, three)]

    assert taken[0] == taken[1] <= 18
    assert [len(groups(each)) for each in (one, three)] == [1, 3]


def test_a_neighbour_answers_nothing(client, cast, preview):
    importing = preview(TWENTY)
    client.force_login(cast.doris.account)
    theirs = reverse("register:imports:faults", args=[cast.granby.slug, importing.pk])

    told = {**JOINED, "answer": "skip", "seen": importing.seen_as("")}

    assert client.post(theirs, told).status_code == 404
    assert not ImportFault.objects.exclude(answer="").exists()


def test_a_preview_with_something_of_each_sort_stays_within_its_budget(
    officer, address, preview, answer, save, cast
):
    save(answer(preview([*TWENTY[:4], member(9)]), JOINED, "without"))
    Person.objects.filter(register_number="5009").update(email="hos.oss@example.org")
    known = Person.objects.get(register_number="5009")
    Correction.objects.create(
        unit=known.unit,
        person=known,
        field="email",
        old="da@example.org",
        new="hos.oss@example.org",
        at=NOON,
    )
    Membership.objects.filter(person__register_number="6001").update(
        left_on=NOON.date(), left_learned_at=NOON
    )
    importing = preview(
        [
            *TWENTY[:3],
            member(9, email="da@example.org"),
            member(10, phone="174 06"),
            member(11, born="1984-02-30"),
            ("", "Cecilie", "Åström", "", "c1@example.org", "070-174 06 05", ""),
            ("", "Cecilie", "Åström", "", "c2@example.org", "070-174 06 05", ""),
            ("", "", "", "", "x@example.org", "", ""),
            (*SOUND[0][:4], "ny@example.org", *SOUND[0][5:]),
        ]
    )

    taken = asked_for(officer, address("seen", importing.pk))

    counts = ("new", "changed", "near", "rejected", "warned", "kept", "again", "gone", "missing")
    assert all(getattr(importing, f"{name}_count") for name in counts)
    # Session, account, mandates, three of the frame and the look are not the page's own.
    assert taken - 7 <= 12


IDENTITY = {"target": "identity_number", "code": "identity_wrong"}
WITH_NUMBERS = ("Medlemsnr", "Förnamn", "Efternamn", "Personnummer", "Skyddad")


def with_wrong_digits(preview, *more):
    """Read three rows whose identity numbers end in a wrong digit, beside a sound one."""
    wrong = [
        (str(7000 + at), "Namn", f"Fel{'abc'[at]}", f"19900{at + 1}01-9800", "") for at in (0, 1)
    ]
    sound = ("7009", "Sven", "Sund", "19900101-9802", "")
    return preview(as_csv([*wrong, *more, sound], WITH_NUMBERS))


def test_the_birth_dates_of_all_wrong_numbers_are_taken_with_one_press(
    officer, address, preview, save
):
    importing = with_wrong_digits(preview)
    assert groups(importing) == [("identity_number", "", 2)]
    page = officer.get(address("seen", importing.pk)).content.decode()
    assert 0 < page.index("Use the birth date for all 2") < page.index("Use all 2 without")

    told = {**IDENTITY, "answer": "taken", "seen": importing.seen_as("")}
    officer.post(address("faults", importing.pk), told)
    importing.refresh_from_db()

    assert (importing.new_count, importing.warned_count) == (3, 0)
    assert groups(importing) == [("identity_number", "taken", 2)]
    save(importing)
    born = Person.objects.filter(last_name__startswith="Fel").order_by("last_name")
    assert list(born.values_list("born_on", flat=True)) == [date(1990, 1, 1), date(1990, 2, 1)]


def test_birth_dates_for_all_are_told_folded_and_can_be_taken_back(
    officer, address, preview, cast, save
):
    importing = with_wrong_digits(preview)
    before, rows = figures(importing), said_in(importing)
    faults, seen = address("faults", importing.pk), importing.seen_as("")
    commands.take_suggestions(importing, **IDENTITY, seen=seen, by=cast.siv, at=NOON)

    page = officer.get(address("seen", importing.pk)).content.decode()
    part = page[page.index('id="fault-identity_number-identity_wrong-taken"') :]
    assert "2 rows. The birth dates are used." in " ".join(part.split())
    assert "Now: 1\N{NO-BREAK SPACE}January\N{NO-BREAK SPACE}1990" in part
    assert part.index("Ask again") < part.index("</details>")
    every = officer.get(address("kind", importing.pk, "faults")).content.decode()
    assert every.index("Now: 1") < every.index("Ask again")
    assert "1 question before saving." not in page

    officer.post(faults, {**IDENTITY, "answer": "", "seen": importing.seen_as("taken")})
    assert (figures(importing), said_in(importing)) == (before, rows)
    assert groups(importing) == [("identity_number", "", 2)]
    assert "Use the birth date for all 2" in officer.get(address("seen", importing.pk)).text
    save(importing)
    assert not Person.objects.filter(last_name__startswith="Fel", born_on__isnull=False).exists()


def test_birth_dates_for_all_can_be_taken_back_after_the_file_was_read_again(preview, cast):
    importing = with_wrong_digits(preview)
    before, rows = figures(importing), said_in(importing)
    seen = importing.seen_as("")
    commands.take_suggestions(importing, **IDENTITY, seen=seen, by=cast.siv, at=NOON)
    taken, used = figures(importing), said_in(importing)

    commands.read_again(importing, why="asked", by=cast.siv, at=NOON, enqueued=False)
    commands.stage(importing, at=NOON)
    assert (figures(importing), said_in(importing)) == (taken, used)
    seen = importing.seen_as("taken")
    commands.answer_faults(importing, **IDENTITY, answer="", seen=seen, by=cast.siv, at=NOON)

    assert (figures(importing), said_in(importing)) == (before, rows)


@pytest.mark.parametrize("read_again", [False, True])
def test_a_suggestion_about_somebody_known_is_taken_back(preview, bring_in, cast, read_again):
    bring_in([member(0, email="namn@example.org")])
    importing = preview([member(0, email="annan(at)example.org")])
    before, rows = figures(importing), said_in(importing)
    commands.take_suggestion(importing.rows.get(warned=True), target="email", by=cast.siv, at=NOON)
    if read_again:
        commands.read_again(importing, why="asked", by=cast.siv, at=NOON, enqueued=False)
        commands.stage(importing, at=NOON)
    assert figures(importing)["changed"] == 1

    told = {"target": "email", "code": "email_guessed", "seen": importing.seen_as("taken")}
    commands.answer_faults(importing, **told, answer="", by=cast.siv, at=NOON)

    assert (figures(importing), said_in(importing)) == (before, rows)


@pytest.mark.parametrize("first", ["identity_number", "birth_date"])
def test_of_two_suggestions_for_one_detail_the_other_stays_when_one_is_taken_back(
    preview, cast, first
):
    head = ("Medlemsnr", "Förnamn", "Efternamn", "Personnummer", "Född")
    wrong = ("7000", "Namn", "Fel", "19900101-9800", "2991-02-03")
    sound = [(str(7100 + at), "Sven", "Sund", "19900101-9802", "1990-01-01") for at in range(5)]
    importing = preview(as_csv([*sound, wrong], head))
    row = importing.rows.get(number=7)
    rows, before = said_in(importing), figures(importing)
    targets = [each["target"] for each in row.detail["problems"]]
    if set(targets) != {"identity_number", "birth_date"}:
        pytest.fail(str(row.detail))
    for target in targets:
        commands.take_suggestion(row, target=target, by=cast.siv, at=NOON)
    codes = dict(importing.faults.values_list("target", "code"))
    for target in (first, *({*targets} - {first})):
        seen = importing.seen_as("taken")
        told = {"target": target, "code": codes[target], "seen": seen}
        commands.answer_faults(importing, **told, answer="", by=cast.siv, at=NOON)
        row.refresh_from_db()
        if target == first:
            assert row.values["born_on" if first == "birth_date" else "born_year"]

    assert (said_in(importing), figures(importing)) == (rows, before)


def test_birth_dates_for_all_leave_protected_people_as_they_are(officer, address, preview):
    hidden = ("7005", "Dold", "Person", "19900501-9800", "ja")
    importing = with_wrong_digits(preview, hidden)

    told = {**IDENTITY, "answer": "taken", "seen": importing.seen_as("")}
    officer.post(address("faults", importing.pk), told)

    assert "born_on" not in importing.rows.get(number=4).values
    assert ImportFault.objects.filter(importing=importing, answer="").count() == 1


def test_birth_dates_for_all_are_not_taken_over_what_was_answered_meanwhile(
    officer, address, preview, answer
):
    importing = with_wrong_digits(preview)
    seen = importing.seen_as("")
    answer(importing, IDENTITY, "skip")

    told = officer.post(
        address("faults", importing.pk), {**IDENTITY, "answer": "taken", "seen": seen}, follow=True
    )

    assert "You have answered about these rows already" in told.content.decode()
    assert groups(importing) == [("identity_number", "skip", 2)]


def test_birth_dates_for_all_cost_the_same_for_two_rows_as_for_four(
    preview, cast, django_assert_max_num_queries
):
    more = [
        (str(7100 + at), "Namn", f"Fler{'ab'[at]}", f"19910{at + 1}01-9800", "") for at in (0, 1)
    ]
    counts = []
    for importing in (with_wrong_digits(preview), with_wrong_digits(preview, *more)):
        with django_assert_max_num_queries(40) as asked:
            commands.take_suggestions(
                importing, **IDENTITY, seen=importing.seen_as(""), by=cast.siv, at=NOON
            )
        counts.append(len(asked))
        assert [each[1] for each in groups(importing)] == ["taken"]

    assert counts[0] == counts[1]


def test_after_saving_the_rows_that_were_not_wholly_read_lead_to_their_people(
    officer, address, preview, save, answer
):
    rows = [member(at, joined="nyss") for at in range(2)]
    skipped = member(2, born="1984-02-30")
    saved = save(preview([*rows, skipped]))

    page = officer.get(address("seen", saved.pk)).content.decode()

    for person in Person.objects.filter(last_name="Fel"):
        link = reverse("register:members:person", args=[person.unit.slug, person.pk])
        assert f'href="{link}">{person.name}</a>' in page
    assert Person.objects.filter(last_name="Fel").count() == 2
    assert saved.rows.get(kind="rejected").person is None
    assert "Download it as a file to correct" in page
    assert "It is kept here for a day" in page


def test_a_row_said_to_be_somebody_else_leads_to_the_one_it_made(
    officer, address, preview, save, cast
):
    known = make_person(
        cast.bjorkvik, "Karin", "Ek", email="karin@example.org", joined_on=date(2014, 1, 9)
    )
    near = ("", "Carin", "Ek", "", "karin@example.org", "", "nyss")
    importing = preview([near])
    row = importing.rows.get(kind="near")
    commands.answer_near(row, same=False, by=cast.siv, at=NOON)
    saved = save(importing)

    page = officer.get(address("seen", saved.pk)).content.decode()

    other = Person.objects.get(first_name="Carin")
    link = reverse("register:members:person", args=[other.unit.slug, other.pk])
    assert f'href="{link}">Carin Ek</a>' in page
    assert f"/{known.pk}/" not in page
