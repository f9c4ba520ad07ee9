"""Members with protected details whom a file does not name: the officer is asked, apart."""

from datetime import date

import pytest

from krets.register.imports import commands
from krets.register.imports.figures import figures
from krets.register.models import Membership
from tests.conftest import NOON, make_person
from tests.register.imports.test_pages import AMINA


@pytest.mark.parametrize("headers", [{}, {"HTTP_HX_REQUEST": "true"}])
def test_somebody_protected_who_is_missing_is_asked_about_apart(
    officer, address, preview, save, cast, headers
):
    hidden = make_person(
        cast.bjorkvik, "Hemlig", "Person", joined_on=date(2015, 1, 1), protected_at=NOON
    )
    importing = preview([AMINA])
    apart = address("kind", importing.pk, "missing_protected")

    page = officer.get(address("seen", importing.pk)).content.decode()
    names = officer.get(apart).content.decode()
    said = {"person": hidden.pk, "seen": ":", "moved": "1"}
    after = officer.post(address("missing", importing.pk), said, follow=True, **headers)

    assert f"{importing.missing_count} missing from the file" in page
    assert f"{importing.missing_count - 1} are missing from the file" in page
    assert "1 person with protected details is missing from the file." in page
    assert f'href="{apart}">See who</a>' in page
    assert "Hemlig" not in page
    assert "Hemlig Person" in names
    assert "Has moved" in after.content.decode()

    save(importing)
    membership = Membership.objects.get(person=hidden)
    assert (membership.left_on is not None, membership.left_reason) == (True, "moved")


def test_what_is_not_answered_about_somebody_protected_is_a_question(preview, cast):
    hidden = make_person(
        cast.bjorkvik, "Hemlig", "Person", joined_on=date(2015, 1, 1), protected_at=NOON
    )
    importing = preview([AMINA])
    commands.declare_right(importing, by=cast.siv, at=NOON)
    commands.answer_missing(importing, left=False, by=cast.siv, at=NOON)
    before = figures(importing).questions
    commands.answer_missing(importing, left=False, person_ids=[hidden.pk], by=cast.siv, at=NOON)

    assert (before, figures(importing).questions) == (1, 0)


def texts(page):
    """Return what the top and the button of a preview say."""
    page = page.content.decode()
    top = page[page.index("<h1>") + 4 : page.index("</h1>")]
    button = page[page.index('id="save"') :]
    return top, button[button.index("wide") + 6 : button.index("</button>")]


def test_who_has_moved_is_not_counted_as_one_who_left(officer, address, preview, save, cast):
    importing = preview([AMINA])
    commands.declare_right(importing, by=cast.siv, at=NOON)
    told = {"person": cast.cecilia.pk, "seen": ":", "moved": "1"}
    officer.post(address("missing", importing.pk), told)

    top, button = texts(officer.get(address("seen", importing.pk)))
    saved = save(importing)
    receipt = officer.get(address("seen", importing.pk)).content.decode()
    listed = officer.get(address("list")).content.decode()

    assert "1 who moved and" in top
    assert button.endswith("and 1 who moved")
    assert "and 1 who moved." in receipt
    assert ", 1 has moved" in listed
    assert not any("who left" in each or "has left" in each for each in (top, receipt, listed))
    assert (saved.left_count, saved.moved_count) == (0, 1)


@pytest.mark.parametrize(
    ("reason", "counts"), [("Flyttat", (0, 1)), ("Ekonomi", (1, 0)), ("", (1, 0))]
)
def test_who_has_moved_by_the_file_is_counted_so_before_and_after_saving(
    preview, save, cast, reason, counts
):
    def counted(importing):
        importing.refresh_from_db()
        return importing.left_count, importing.moved_count

    head = ("Medlemsnr", "Förnamn", "Efternamn", "Utträde", "Orsak", "Födelsedatum")
    number = {"register_number": "77", "joined_on": date(2015, 1, 1)}
    make_person(cast.bjorkvik, "Lena", "von Holm", **number)
    importing = preview([("77", "Lena", "von Holm", "2026-02-01", reason, "1984-02-30")], head)
    skipped = counted(importing)
    kind = {"target": "birth_date", "code": "date_impossible", "seen": importing.seen_as("")}
    commands.answer_faults(importing, **kind, answer="without", by=cast.siv, at=NOON)

    assert (skipped, counted(importing)) == ((0, 0), counts)
    assert counted(save(importing)) == counts
