"""Merge fields: filled in, or refused; never markdown by accident."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from krets.welcome.content import render, text
from krets.welcome.letters.merging import empty_in, fields_in, merge, unknown_in
from krets.welcome.letters.models import Letter

VALUES = {
    "first_name": "Amina",
    "association": "Björkvik",
    "sender": "Siv Öberg",
    "telephone": "070-174 06 02",
    "e_mail": "siv@example.org",
}


def test_fields_are_filled_in_both_languages():
    assert merge("Hej {förnamn}!", VALUES) == "Hej Amina!"
    assert merge("Hello {First  name}!", VALUES) == "Hello Amina!"


def test_an_empty_field_is_told():
    assert empty_in("{telefon} {e-post} {förnamn}", VALUES | {"telephone": " "}) == ["telephone"]


def test_what_is_no_field_is_told():
    assert unknown_in("{förnamn} {skostorlek}") == ["skostorlek"]


@pytest.mark.parametrize("kind", Letter.Kind.values)
@pytest.mark.parametrize("language", ["sv", "en"])
def test_our_own_letters_have_only_fields_that_exist(kind, language):
    body = text(f"letter-{kind}", language).body

    assert unknown_in(body) == []
    assert "first_name" in fields_in(body)


def test_html_in_a_letter_stays_text():
    assert "<script>" not in render("Hej <script>alert(1)</script> {x}")


@given(st.text(max_size=60))
def test_a_name_is_shown_as_it_is_whatever_signs_it_has(name):
    values = VALUES | {"first_name": name}

    html = render(merge("Hej {förnamn}!", values))

    assert "<em>" not in html
    assert "<a " not in html
    assert "<img" not in html
    assert "<script" not in html


@given(st.text(max_size=200))
def test_no_text_breaks_the_merging(body):
    if not unknown_in(body):
        render(merge(body, VALUES))
