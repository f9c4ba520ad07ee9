"""The pages of an import, as the membership officer meets them, with and without htmx."""

import re
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from krets.kit.jobs.worker import run_pending
from krets.register.imports import commands
from krets.register.models import (
    Import,
    ImportMissing,
    ImportRow,
    ListLook,
    Membership,
    Person,
)
from tests.conftest import NOON
from tests.register.imports.conftest import as_csv

AMINA = ("1001", "Amina", "Yusuf", "1991-04-02", "amina@example.org", "070-174 06 58", "2026-02-24")
NEAR = ("", "Cecilie", "Åström", "", "", "070-174 06 05", "")


def upload(client, address, content, name="medlemmar.csv"):
    return client.post(address("new"), {"file": SimpleUploadedFile(name, content)})


def test_the_first_page_invites_and_tells_how(officer, address):
    page = officer.get(address("new"))

    assert page.status_code == 200
    assert "How to download it in two minutes" in page.content.decode()


def test_a_file_is_kept_sealed_and_leads_to_its_page(officer, address):
    answer = upload(officer, address, as_csv([AMINA]))

    importing = Import.objects.get()
    assert answer.headers["Location"] == address("seen", importing.pk)
    assert b"Amina" not in importing.parts.get().sealed


def test_an_empty_file_is_refused_with_what_to_do(officer, address):
    answer = upload(officer, address, b"")

    assert answer.status_code == 422
    assert "Download the list again" in answer.content.decode()


def test_the_whole_way_through_the_pages(officer, address, cast):
    upload(officer, address, as_csv([AMINA]))
    importing = Import.objects.get()

    assert "Just a moment" in officer.get(address("seen", importing.pk)).content.decode()

    commands.stage(importing, at=timezone.now())
    page = officer.get(address("seen", importing.pk)).content.decode()

    assert "Amina Yusuf" in page
    assert "1 new and 5 missing from the file" in page

    officer.post(address("right", importing.pk), {"seen": importing.round})
    officer.post(address("save", importing.pk))
    commands.apply(Import.objects.get(), at=timezone.now())
    over = officer.get(address("seen", importing.pk)).content.decode()

    assert "Saved: 1 new." in over
    assert Person.objects.filter(first_name="Amina").exists()


def test_after_saving_it_is_said_that_the_routines_are_still_at_work(officer, address, preview):
    now = timezone.now()
    importing = preview([(*AMINA[:6], timezone.localdate(now).isoformat())], at=now)
    commands.ask_to_apply(importing, sure=True, enqueued=False, by=None, at=now)
    commands.apply(importing, at=now)
    today = reverse("overview:today:today", args=["bjorkvik"])

    def words():
        return [officer.get(place).content.decode() for place in (seen, today)]

    seen = address("seen", importing.pk)
    before = words()
    run_pending(now + timedelta(minutes=1))
    after = words()

    assert all("Krets is finding out what there is to do now." in page for page in before)
    assert not any("Krets is finding out" in page for page in after)
    assert "1 welcome letter to print. 1 new member to call." in after[0]
    assert "Amina" in after[1]


def test_nobody_is_kept_waiting_for_a_worker_that_is_not_there(officer, address, preview):
    importing = preview([AMINA])
    long_ago = timezone.now() - timedelta(minutes=11)
    commands.ask_to_apply(importing, sure=True, enqueued=False, by=None, at=long_ago)
    commands.apply(importing, at=long_ago)

    assert "Krets is finding out" not in officer.get(address("seen", importing.pk)).content.decode()


def test_progress_is_silent_until_something_has_happened(officer, address):
    upload(officer, address, as_csv([AMINA]))
    importing = Import.objects.get()
    ask = {"HTTP_HX_REQUEST": "true"}

    first = officer.get(address("progress", importing.pk), **ask)
    again = officer.get(address("progress", importing.pk), {"seen": "0-waiting-0"}, **ask)

    assert (first.status_code, again.status_code) == (200, 204)

    commands.stage(importing, at=timezone.now())
    ready = officer.get(address("progress", importing.pk), **ask)

    assert ready.headers["HX-Redirect"] == address("seen", importing.pk)


@pytest.mark.parametrize("headers", [{}, {"HTTP_HX_REQUEST": "true"}])
def test_near_matches_are_answered_side_by_side(officer, address, preview, headers):
    importing = preview([NEAR])
    row = importing.rows.get()

    page = officer.get(address("seen", importing.pk)).content.decode()
    assert "Is it the same person?" in page
    assert "Åström" in page
    assert "This is you" not in page

    officer.post(address("near", importing.pk, row.pk), {"answer": "same"}, **headers)

    assert ImportRow.objects.get().answer == "same"


def test_whom_a_row_may_mean_is_told_where_it_is_oneself(officer, address, preview):
    importing = preview([("", "Siv", "Öbergh", "", "", "070-174 06 02", "")])

    page = officer.get(address("seen", importing.pk)).content.decode()

    assert "Here already<small>This is you</small>" in page


@pytest.mark.parametrize(
    ("who", "told"),
    [
        ("alva", "Somebody has answered “The same person” since you opened the page."),
        ("siv", "You have answered “The same person” already, in another window."),
    ],
)
@pytest.mark.parametrize("headers", [{}, {"HTTP_HX_REQUEST": "true"}])
def test_an_answer_to_an_old_page_is_told_what_was_answered_meanwhile(
    officer, address, preview, cast, headers, who, told
):
    importing = preview([NEAR])
    row = importing.rows.get()
    near = address("near", importing.pk, row.pk)
    page = officer.get(address("seen", importing.pk)).content.decode()
    assert '<input type="hidden" name="seen" value="">' in page

    commands.answer_near(row, same=True, by=getattr(cast, who), at=NOON)
    late = officer.post(near, {"answer": "not_same", "seen": ""}, follow=True, **headers)

    assert ImportRow.objects.get().answer == "same"
    words = late.content.decode()
    assert told in words
    assert '<input type="hidden" name="seen" value="same">' in words

    officer.post(near, {"answer": "", "seen": "same"}, **headers)
    officer.post(near, {"answer": "", "seen": "same"}, **headers)
    officer.post(near, {"answer": "not_same", "seen": ""}, **headers)
    assert ImportRow.objects.get().answer == "not_same"


def test_what_saying_the_same_person_would_change_is_told_field_by_field(officer, address, preview):
    importing = preview([NEAR])
    row, seen = importing.rows.get(), address("seen", importing.pk)

    asked = officer.get(seen).content.decode()
    officer.post(address("near", importing.pk, row.pk), {"answer": "same"})
    same = officer.get(seen).content.decode()
    officer.post(address("near", importing.pk, row.pk), {"answer": "not_same", "seen": "same"})
    another = officer.get(seen).content.decode()

    change = '<del class="change__old">Cecilia</del> <ins class="change__new">Cecilie</ins>'
    assert "If it is the same person, this changes:" in asked
    assert "This changes for the person:" in same
    assert [change in page for page in (asked, same, another)] == [True, True, False]


def test_when_all_are_answered_nobody_is_told_to_answer_any_more(officer, address, preview):
    importing = preview([NEAR])
    row, seen = importing.rows.get(), address("seen", importing.pk)
    ask = "Those you do not answer are skipped this time"
    before = officer.get(seen).content.decode()
    officer.post(address("near", importing.pk, row.pk), {"answer": "same"})

    after = officer.get(seen).content.decode()
    part = officer.get(address("figures", importing.pk, "near_lead"), HTTP_HX_REQUEST="true")

    assert ask in before
    assert ask not in after
    assert "All are answered." in after
    assert part.content.decode().startswith('<p class="quiet measure" id="near-lead"')
    assert "All are answered." in part.content.decode()


def test_a_row_is_shown_beside_the_row_it_may_repeat(officer, address, preview):
    importing = preview(
        [
            ("7", "Karin", "Sandström", "1971-05-04", "", "", "2026-01-02"),
            ("", "Karin", "Sandstrm", "1971-05-04", "", "", "2026-01-02"),
        ]
    )

    page = officer.get(address("seen", importing.pk)).content.decode()
    row = importing.rows.get(kind="near")
    after = officer.post(address("near", importing.pk, row.pk), {"answer": "same"}, follow=True)

    pair = page[page.index('id="near-') :]
    assert pair.index("row 2") < pair.index("row 3")
    assert '<td data-who="Row 2"><span>Karin Sandström</span></td>' in pair
    assert '<td data-who="Row 3"><span>Karin Sandstrm</span></td>' in pair
    assert "The same person" in after.content.decode()


@pytest.mark.parametrize("headers", [{}, {"HTTP_HX_REQUEST": "true"}])
def test_somebody_missing_is_said_to_have_left_and_to_stay(
    officer, address, preview, cast, headers
):
    importing = preview([AMINA])
    missing = address("missing", importing.pk)
    cecilia = {"person": cast.cecilia.pk}

    answer = officer.post(missing, {**cecilia, "left": "1", "seen": ":"}, **headers)
    assert ImportMissing.objects.get(person=cast.cecilia).answer == "left"
    assert answer.status_code in {200, 302}

    officer.post(missing, {**cecilia, "seen": "left:"}, **headers)
    assert ImportMissing.objects.get(person=cast.cecilia).answer == "stays"

    officer.post(missing, {**cecilia, "died": "1", "seen": "stays:"}, **headers)
    died = ImportMissing.objects.get(person=cast.cecilia)
    assert (died.answer, died.reason) == ("left", "deceased")

    officer.post(missing, {**cecilia, "moved": "1", "seen": "left:deceased"}, **headers)
    moved = ImportMissing.objects.get(person=cast.cecilia)
    assert (moved.answer, moved.reason) == ("left", "moved")

    commands.declare_right(importing, by=None, at=NOON)
    officer.post(missing, {"left": "1", "seen": "5-1-0"}, **headers)
    assert ImportMissing.objects.filter(answer="left").count() == 5


OTHERS_MISSING = [
    "Somebody has answered that they are no longer a member since you opened",
    "Somebody has answered that they stay since you opened",
]
MY_MISSING = [
    "You have answered that they are no longer a member already, in another window.",
    "You have answered that they stay already, in another window.",
]


@pytest.mark.parametrize(("who", "told"), [("alva", OTHERS_MISSING), ("siv", MY_MISSING)])
@pytest.mark.parametrize("headers", [{}, {"HTTP_HX_REQUEST": "true"}])
def test_a_late_answer_about_somebody_missing_overwrites_nobodys(
    officer, address, preview, cast, headers, who, told
):
    importing = preview([AMINA])
    missing, cecilia = address("missing", importing.pk), {"person": cast.cecilia.pk}
    page = officer.get(address("seen", importing.pk)).content.decode()
    assert '<input type="hidden" name="seen" value=":">' in page
    said = {"person_ids": [cast.cecilia.pk], "by": getattr(cast, who), "at": NOON}
    commands.answer_missing(importing, left=True, reason="deceased", **said)

    late = officer.post(missing, {**cecilia, "seen": ":"}, follow=True, **headers)

    died = ImportMissing.objects.get(person=cast.cecilia)
    assert (died.answer, died.reason) == ("left", "deceased")
    assert died.answered_by == getattr(cast, who).account
    assert told[0] in late.content.decode()
    commands.answer_missing(importing, left=False, **said)
    late = officer.post(missing, {**cecilia, "left": "1", "seen": ":"}, follow=True, **headers)
    assert told[1] in late.content.decode()
    assert ImportMissing.objects.get(person=cast.cecilia).answer == "stays"


@pytest.mark.parametrize(
    ("who", "told"),
    [
        ("alva", "Somebody has answered about some of those missing"),
        ("siv", "You have answered about some of those missing already, in another window."),
    ],
)
def test_a_late_answer_about_all_missing_overwrites_nobodys(
    officer, address, preview, cast, who, told
):
    importing = preview([AMINA])
    commands.declare_right(importing, by=None, at=NOON)
    missing, seen = address("missing", importing.pk), address("seen", importing.pk)
    page = officer.get(seen).content.decode()
    assert '<input type="hidden" name="seen" value="5-0-0">' in page
    said = {"person_ids": [cast.cecilia.pk], "by": getattr(cast, who), "at": NOON}
    commands.answer_missing(importing, left=False, **said)

    late = officer.post(missing, {"left": "1", "seen": "5-0-0"}, follow=True)
    fresh = officer.get(
        address("figures", importing.pk, "missing_all"), HTTP_HX_REQUEST="true"
    ).content.decode()

    assert told in late.content.decode()
    assert not ImportMissing.objects.filter(answer="left").exists()
    assert 'name="seen" value="5-0-1"' in fresh


def test_a_file_that_looks_wrong_is_saved_once_it_is_said_to_be_right(
    officer, address, preview, cast
):
    importing = preview([AMINA])
    assert importing.warnings == [{"code": "many_missing", "missing": 5, "members": 5}]

    officer.post(address("save", importing.pk), {"sure": "on"})
    assert Import.objects.get().asked_at is None

    officer.post(address("right", importing.pk), {"seen": importing.round})
    officer.post(address("save", importing.pk))
    saved = Import.objects.get()
    assert saved.asked_at is not None
    assert saved.declared_at is not None
    assert saved.declared_by == cast.siv.account


@pytest.mark.parametrize("said", [{"left": "1"}, {}])
def test_nobody_answers_for_all_missing_before_the_file_is_said_to_be_right(
    officer, address, preview, said
):
    importing = preview([AMINA])
    missing, seen = address("missing", importing.pk), address("seen", importing.pk)
    before = officer.get(seen).content.decode()
    refused = officer.post(missing, {**said, "seen": "5-0-0"}, follow=True).content.decode()
    answered_then = ImportMissing.objects.exclude(answer="").count()

    officer.post(address("right", importing.pk), {"seen": importing.round})
    after = officer.get(seen).content.decode()
    officer.post(missing, {**said, "seen": "5-0-0"})

    assert "All 5 have left" not in before
    assert "They all stay" not in before
    assert 'id="save"' not in before
    assert "Say first that it is the right file." in refused
    assert answered_then == 0
    assert "All 5 have left" in after
    assert "1 question before saving." in after
    assert address("right", importing.pk) not in after
    assert "5 of your 5 members are not in the file." in after
    assert ImportMissing.objects.exclude(answer="").count() == 5


def test_what_was_said_of_a_file_does_not_hold_when_it_is_read_again(
    officer, address, preview, cast
):
    importing = preview([AMINA])
    commands.declare_right(importing, by=cast.siv, at=NOON)
    seen = importing.round
    commands.read_again(importing, why="register_changed", enqueued=False, by=None, at=NOON)
    commands.stage(importing, at=NOON)

    late = officer.post(address("right", importing.pk), {"seen": seen}, follow=True)

    assert "The file has been read again since you opened the page." in late.content.decode()
    again = Import.objects.get()
    assert (again.declared_at, again.declared_by) == (None, None)


@pytest.mark.parametrize("who", ["alva", "bo", "doris"])
def test_only_who_may_import_says_that_it_is_the_right_file(client, cast, address, preview, who):
    importing = preview([AMINA])
    client.force_login(getattr(cast, who).account)

    answer = client.post(address("right", importing.pk), {"seen": importing.round})

    assert answer.status_code in {403, 404}
    assert Import.objects.get().declared_at is None


def test_columns_are_put_right_and_the_file_is_read_again(officer, address, preview):
    importing = preview([("9", "Amina")], head=("Nr", "Kod"), header_row=1)
    page = officer.get(address("columns", importing.pk))
    assert page.status_code == 200

    told = {"column-0": "register_number", "column-1": "first_name", "header_row": "1"}
    answer = officer.post(address("columns", importing.pk), told)

    assert answer.headers["Location"] == address("seen", importing.pk)
    again = Import.objects.get()
    commands.stage(again, at=timezone.now())
    assert ImportRow.objects.get(kind="new").values["first_name"] == "Amina"


def test_a_file_without_headings_leads_to_what_its_columns_hold(officer, address, cast):
    rows = [f"{number};Eva{number};Palm;eva{number}@example.org" for number in range(40001, 40021)]
    upload(officer, address, "\n".join(rows).encode())
    importing = Import.objects.get()
    commands.stage(importing, at=timezone.now())

    page = officer.get(address("seen", importing.pk)).content.decode()
    columns = officer.get(address("columns", importing.pk))

    assert "We found no column with names." in page
    assert address("columns", importing.pk) in page
    assert columns.status_code == 200
    # Five digits that differ are no postal codes: it is asked about too.
    asked = [match["field"].name for match in columns.context["undecided"]]
    assert asked == ["column-0", "column-1", "column-2"]
    told = {"column-0": "register_number", "column-1": "first_name", "column-2": "last_name"}
    officer.post(address("columns", importing.pk), told | {"header_row": "0"})
    commands.stage(Import.objects.get(), at=timezone.now())
    assert "20 new" in officer.get(address("seen", importing.pk)).content.decode()


def test_the_columns_that_need_a_decision_stand_first_and_the_clear_ones_are_folded(
    officer, address, preview
):
    head = ("Medlemsnr", "Förnamn", "Efternamn", "Skostorlek")
    importing = preview([("9", "Amina", "Yusuf", "38"), ("10", "Tuan", "Nguyen", "41")], head)
    columns = address("columns", importing.pk)
    page = officer.get(columns).content.decode()
    officer.post(columns, {"column-3": "ignore"})
    commands.stage(Import.objects.get(), at=timezone.now())

    decided = officer.get(columns).content.decode()

    assert page.index("What do these contain?") < page.index("Skostorlek")
    assert page.index("Skostorlek") < page.index("These are clear") < page.index("Medlemsnr")
    assert "What do these contain?" not in decided
    assert "4 columns" in decided


def test_a_file_that_cannot_be_read_offers_another_once(officer, address, preview):
    importing = preview(b"\x00\x01\x02 nothing")

    page = officer.get(address("seen", importing.pk)).content.decode()

    assert page.count("Choose another file") == 1


def test_an_older_file_that_could_not_be_read_is_not_told_of_after_a_later_one(
    officer, address, preview
):
    preview(b"\x00\x01\x02 nothing")
    later = preview([AMINA], at=NOON + timedelta(minutes=5))

    officer.post(address("stop", later.pk))

    assert "could not be read" not in officer.get(address("new")).content.decode()


def test_of_a_row_that_is_skipped_already_nobody_is_told_to_skip_it(officer, address, preview):
    importing = preview([AMINA, ("", "", "", "", "x@example.org", "", "")])

    page = officer.get(address("seen", importing.pk)).content.decode()

    assert "The name is missing. Write the name in the file and import it again." in page
    assert "or skip the row" not in page


def test_the_rows_left_out_are_a_file_that_no_spreadsheet_computes(officer, address, preview):
    rotten = ("", "", "", "", "=cmd()@example.org", "", "")
    importing = preview([AMINA, rotten])

    answer = officer.get(address("left_out", importing.pk))

    text = answer.content.decode("utf-8-sig")
    assert "The name is missing" in text
    assert "'=cmd()@example.org" in text


@pytest.mark.parametrize(
    ("language", "name"),
    [
        ("en", 'filename="Rows to correct.csv"'),
        ("sv", "filename*=utf-8''Rader%20att%20r%C3%A4tta.csv"),
    ],
)
def test_the_file_of_rows_left_out_has_a_name_in_the_readers_language(
    officer, address, preview, language, name
):
    importing = preview([AMINA, ("", "", "", "", "a@example.org", "", "")])

    answer = officer.get(address("left_out", importing.pk), headers={"Accept-Language": language})

    assert answer.headers["Content-Disposition"] == f"attachment; {name}"


def test_whose_names_are_shown_is_written_down(officer, address, preview, cast):
    importing = preview([NEAR])

    officer.get(address("seen", importing.pk))

    assert cast.cecilia.pk in ListLook.objects.get().shown


def test_a_file_is_put_away_with_all_of_it(officer, address, preview):
    importing = preview([AMINA])

    officer.post(address("stop", importing.pk))

    stopped = Import.objects.get()
    assert stopped.cancelled_at is not None
    assert not stopped.parts.exists()


def test_nothing_is_thrown_away_before_one_has_said_so(officer, address, preview):
    importing = preview([AMINA])
    stop = address("stop", importing.pk)

    asked = officer.get(stop).content.decode()

    assert "Discard this file?" in asked
    assert f'href="{address("seen", importing.pk)}">Keep the file</a>' in asked
    assert Import.objects.get().cancelled_at is None
    assert '<button class="button button--danger">Discard the file</button>' in asked


def test_of_a_file_that_is_over_nobody_is_asked_whether_to_throw_it_away(
    officer, address, preview, save
):
    importing = save(preview([AMINA]))
    stop, seen = address("stop", importing.pk), address("seen", importing.pk)

    assert officer.get(stop).url == seen
    late = officer.post(stop, follow=True)

    assert "This file is already taken care of, so there is nothing to stop." in late.text
    assert Import.objects.get().cancelled_at is None


def texts(page):
    """Return the text of the heading and of the button that saves."""
    text = page.content.decode()
    heading = re.search(r"<h1>(.*?)</h1>", text)
    button = re.search(r'<button class="button button--main button--wide">(.*?)</button>', text)
    return heading[1], button[1]


def test_the_figures_follow_the_answers(officer, address, preview, cast):
    importing = preview([AMINA, NEAR])
    commands.declare_right(importing, by=None, at=NOON)
    row, seen = importing.rows.get(kind="near"), address("seen", importing.pk)
    before = texts(officer.get(seen))

    officer.post(address("near", importing.pk, row.pk), {"answer": "same"})
    same = texts(officer.get(seen))
    officer.post(address("near", importing.pk, row.pk), {"answer": "not_same", "seen": "same"})
    another = texts(officer.get(seen))
    officer.post(
        address("missing", importing.pk), {"person": cast.cecilia.pk, "left": "1", "seen": ":"}
    )
    left = texts(officer.get(seen))

    assert before == ("1 new and 4 missing from the file", "Save 1 new")
    assert same == ("1 new, 1 changed and 4 missing from the file", "Save 1 new and 1 changed")
    assert another == ("2 new and 5 missing from the file", "Save 2 new")
    assert left == ("2 new, 1 who left and 4 missing from the file", "Save 2 new and 1 who left")


def test_after_an_answer_the_top_and_the_end_are_fetched_anew(officer, address, preview):
    importing = preview([AMINA, NEAR])
    commands.declare_right(importing, by=None, at=NOON)
    row, ask = importing.rows.get(kind="near"), {"HTTP_HX_REQUEST": "true"}

    answer = officer.post(address("near", importing.pk, row.pk), {"answer": "same"}, **ask)
    head = officer.get(address("figures", importing.pk, "head"), **ask)
    finish = officer.get(address("figures", importing.pk, "finish"), **ask)
    plain = officer.get(address("figures", importing.pk, "head"))

    assert answer.headers["HX-Trigger"] == "answered"
    assert "1 new, 1 changed and 4 missing from the file" in head.content.decode()
    assert "Save 1 new and 1 changed" in finish.content.decode()
    assert b"<html" not in head.content + finish.content
    assert plain.headers["Location"] == address("seen", importing.pk)


NAMES = {0: "Amina", 3: "Tuan", 20: "Ylva", 40: "Bengt", 200: "Folke", 9000: "Kerstin"}


def joined(days_ago, *, phone=True):
    """Return a row about somebody who joined so many days ago."""
    day, name = timezone.localdate() - timedelta(days=days_ago), NAMES[days_ago]
    number = f"070-174 06 {10 + len(name)}" if phone else ""
    return ("", name, f"{name}sson", "", "", number, day.isoformat())


def saved(officer, importing, address):
    """Save, let the routines look, and return what is said then."""
    now = timezone.now()
    commands.ask_to_apply(importing, sure=True, enqueued=False, by=None, at=now)
    commands.apply(importing, at=now)
    run_pending(now + timedelta(minutes=1))
    return officer.get(address("seen", importing.pk)).content.decode()


@pytest.mark.parametrize(
    ("is_first", "ahead", "after"),
    [
        (
            True,
            (
                "1 gets a welcome letter. 3 get a call. For 3 the time for the letter had passed:"
                " no letters are sent, the step stands as “Before Krets” on the welcome path, and"
                " the steps after it go on as usual. 1 joined more than three months ago: no letter"
                " and no call.</p>"
            ),
            "1 welcome letter to print. 3 new members to call.",
        ),
        (
            False,
            (
                "4 get a welcome letter. 4 get a call. 1 joined more than three months ago: no"
                " letter and no call.</p>"
            ),
            "4 welcome letters to print. 4 new members to call.",
        ),
    ],
)
def test_what_is_promised_to_the_new_ones_is_what_they_get(
    officer, address, preview, bring_in, is_first, ahead, after
):
    now = timezone.now()
    if not is_first:
        bring_in([AMINA], at=now - timedelta(days=1))
    importing = preview([joined(days) for days in (0, 3, 20, 40, 9000)], at=now)

    page = officer.get(address("seen", importing.pk)).content.decode()

    assert ahead in page
    assert after in saved(officer, importing, address)


def test_nothing_is_promised_to_those_who_joined_long_ago(officer, address, preview):
    importing = preview([joined(9000), joined(200)], at=timezone.now())

    page = officer.get(address("seen", importing.pk)).content.decode()

    words = "None of them is so new that there is a letter or a call."
    assert words in page
    assert words in saved(officer, importing, address)


def test_those_of_whom_a_first_file_tells_no_day_are_promised_nothing(officer, address, preview):
    undated = ("", "Ulla", "Ek", "", "", "", "")
    importing = preview([joined(0), undated], at=timezone.now())

    page = officer.get(address("seen", importing.pk)).content.decode()

    assert "For 1 the file does not say when they joined: no letter and no call." in page


def test_a_missing_number_is_promised_to_be_looked_for(officer, address, preview):
    importing = preview([joined(0, phone=False)], at=timezone.now())

    page = officer.get(address("seen", importing.pk)).content.decode()

    assert "1 gets a welcome letter. For 1 there is no phone number." in page
    assert "1 welcome letter to print. 1 phone number to find." in saved(
        officer, importing, address
    )


UNREAD = ("1002", "Åsa", "Löfgren", "", "asa.lofgren(at)example.org", "070-174 06 59", "2026-02-24")


def test_what_could_not_be_read_is_told_at_the_top(officer, address, preview):
    importing = preview([AMINA, UNREAD, ("", "", "", "", "x@example.org", "", "")])
    commands.declare_right(importing, by=None, at=NOON)

    page = officer.get(address("seen", importing.pk)).content.decode()

    question = page.index("E-mail: a slip in the e-mail address")
    assert page.index("2 questions before saving.") < page.index('href="#rejected"') < question
    assert question < page.index('id="new"') < page.index('id="rejected"')


@pytest.mark.parametrize("headers", [{}, {"HTTP_HX_REQUEST": "true"}])
def test_a_suggestion_is_taken_with_one_tap(officer, address, preview, save, headers):
    importing = preview([AMINA, UNREAD])
    row = importing.rows.get(warned=True)
    page = officer.get(address("seen", importing.pk)).content.decode()
    assert "Use asa.lofgren@example.org" in page

    answer = officer.post(
        address("suggestion", importing.pk, row.pk), {"target": "email"}, **headers
    )
    save(importing)

    assert answer.status_code == (200 if headers else 302)
    if headers:
        assert "Now: asa.lofgren@example.org" in answer.content.decode()
    assert Person.objects.get(register_number="1002").email == "asa.lofgren@example.org"


def test_a_suggestion_about_somebody_known_is_a_change(officer, address, preview, bring_in):
    bring_in([AMINA, (*UNREAD[:4], "", *UNREAD[5:])])
    importing = preview([AMINA, UNREAD])
    before = (importing.changed_count, importing.unchanged_count, importing.warned_count)

    row = importing.rows.get(warned=True)
    for _twice in range(2):
        officer.post(address("suggestion", importing.pk, row.pk), {"target": "email"})

    importing.refresh_from_db()
    after = (importing.changed_count, importing.unchanged_count, importing.warned_count)
    assert (before, after) == ((0, 2, 1), (1, 1, 0))
    assert importing.rows.get(kind="changed").changes == {"email": ["", "asa.lofgren@example.org"]}


def test_the_rows_left_out_can_be_fetched_for_a_day_after_saving(officer, address, preview, save):
    at = timezone.now()
    importing = save(preview([AMINA, ("", "", "", "", "x@example.org", "", "")], at=at), at=at)

    page = officer.get(address("seen", importing.pk)).content.decode()
    fetched = officer.get(address("left_out", importing.pk)).content.decode()

    assert "1 row to correct" in page
    assert "x@example.org" in fetched
    assert ImportRow.objects.count() == 1

    commands.throw_away(at=at + timedelta(hours=23))
    assert ImportRow.objects.count() == 1
    commands.throw_away(at=at + timedelta(hours=25))
    assert ImportRow.objects.count() == 0
    assert officer.get(address("left_out", importing.pk)).status_code == 404
    assert "to correct" not in officer.get(address("seen", importing.pk)).content.decode()


def test_a_file_that_could_not_be_read_is_said_to_wait_for_nobody(officer, address, preview):
    preview(b"\x00\x01\x02 nothing")

    page = officer.get(address("new")).content.decode()

    assert "medlemmar.csv could not be read." in page
    assert "waits for you to look it through" not in page


@pytest.mark.parametrize(
    "kind", ["new", "changed", "near", "missing", "rejected", "warned", "kept", "faults", "again"]
)
def test_all_of_a_kind_stand_on_pages_of_their_own(officer, address, preview, kind):
    importing = preview([AMINA, NEAR, ("", "", "", "", "x@example.org", "", "")])

    assert officer.get(address("kind", importing.pk, kind)).status_code == 200


def test_the_neighbours_import_does_not_exist(client, cast, preview, address):
    importing = preview([AMINA])
    client.force_login(cast.doris.account)
    theirs = reverse("register:imports:seen", args=[cast.granby.slug, importing.pk])

    assert client.get(theirs).status_code == 404
    assert client.get(address("seen", importing.pk)).status_code == 404


UNCOUNTED = ("SAVEPOINT", "RELEASE", "BEGIN", "COMMIT", "SELECT set_config")


def asked_for(client, address):
    """Return how many statements a page takes, those of its frame aside."""
    with CaptureQueriesContext(connection) as asked:
        client.get(address)
    return len([each for each in asked if not each["sql"].startswith(UNCOUNTED)])


def test_the_preview_asks_as_much_for_three_as_for_one(officer, address, preview):
    taken = []
    for count in (1, 3):
        new = [(str(at), "Ny", f"Person{at}", "", "", "", "") for at in range(count)]
        near = [
            ("", "Cecilie", "Åström", "", f"c{at}@example.org", "070-174 06 05", "")
            for at in range(count)
        ]
        rotten = [("", "", "", "", "", "", "2026-01-01")] * count
        importing = preview([*new, *near, *rotten])
        taken.append(asked_for(officer, address("seen", importing.pk)))

    # Session, account, mandates, three of the frame and the look among them.
    assert taken[0] == taken[1] <= 18


@pytest.mark.parametrize(
    ("new", "changed", "said"), [(1, 1, "1 ny, 1 ändrad"), (2, 0, "2 nya, 0 ändrade")]
)
def test_the_list_of_files_counts_as_one_speaks(officer, address, preview, new, changed, said):
    preview([AMINA])
    Import.objects.update(applied_at=timezone.now(), new_count=new, changed_count=changed)

    page = officer.get(address("list"), headers={"Accept-Language": "sv"}).content.decode()

    assert said in page


def test_what_could_not_be_read_is_told_of_after_saving_too(officer, address, preview, save):
    at = timezone.now()
    importing = save(preview([(*AMINA[:6], "2015-13-45")], at=at), at=at)

    over = officer.get(address("seen", importing.pk)).content.decode()
    listed = officer.get(address("kind", importing.pk, "warned")).content.decode()

    for page in (over, listed):
        assert "2015-13-45" in page
        assert "Joined the association: " in page
        assert 'name="target"' not in page
    assert officer.get(address("kind", importing.pk, "new")).status_code == 404


ROWS_OF_OTHERS = [("1001", "Amina", "Yusuf", "2020-01-02", "Granby")]
OTHERS = ("Medlemsnr", "Förnamn", "Efternamn", "Medlem sedan", "Förening")


def test_a_file_of_others_without_questions_asks_whether_it_is_right_and_can_be_discarded(
    officer, address, preview, cast
):
    Membership.objects.all().delete()
    importing = preview(ROWS_OF_OTHERS, OTHERS)

    page = officer.get(address("seen", importing.pk)).content.decode()

    assert [warning["code"] for warning in importing.warnings] == ["other_branch"]
    assert "Say first whether it is the right file." in page
    assert "No questions before saving." not in page
    wrong = page[page.index('id="wrong"') : page.index('id="changes"')]
    discard = f'<a class="button button--danger" href="{address("stop", importing.pk)}">'
    assert f"{discard}Discard the file</a>" in wrong
