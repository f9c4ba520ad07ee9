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
