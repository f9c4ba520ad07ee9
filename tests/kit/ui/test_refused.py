"""A form that was refused says so where a reader without script begins: in the title and on top."""

import re

import pytest
from django import forms
from django.utils import translation

from krets.kit.ui.forms import PlainWords
from krets.kit.ui.responses import respond

pytestmark = pytest.mark.urls("tests.kit.ui.urls")

FRAMES = ["ui/page.html", "ui/bare.html"]


class NameForm(PlainWords, forms.Form):
    name = forms.CharField(label="Name", widget=forms.TextInput(attrs={"autofocus": True}))


@pytest.fixture(autouse=True)
def _templates(settings):
    (engine,) = settings.TEMPLATES
    settings.TEMPLATES = [engine | {"DIRS": ["tests/kit/ui/templates"]}]


def shown(ask, frame, data, *, method="post", **headers):
    context = {"form": NameForm(data), "frame": frame, "navigation": {}}
    request = ask(method=method, data=data, **headers)
    return respond(request, "refused.html", context, fragment="form")


@pytest.mark.parametrize("frame", FRAMES)
@pytest.mark.parametrize(("language", "word"), [("en", "Fault: "), ("sv", "Fel: ")])
def test_the_title_begins_with_the_word_for_it(ask, frame, language, word):
    with translation.override(language):
        answer = shown(ask, frame, {"name": ""})

    assert answer.status_code == 422
    assert f"<title>{word}Trial · Krets</title>" in answer.content.decode()


@pytest.mark.parametrize("frame", FRAMES)
def test_what_is_left_to_mend_stands_once_before_everything_else(ask, frame):
    page = shown(ask, frame, {"name": ""}).content.decode()

    assert page.count('class="faults"') == 1
    assert page.index("<main") < page.index('class="faults"') < page.index("<h1>")
    assert '<a href="#id_name">' in page
    assert 'id="id_name"' in page


@pytest.mark.parametrize("frame", FRAMES)
def test_the_page_does_not_scroll_past_it(ask, frame):
    refused = shown(ask, frame, {"name": ""}).content.decode()
    fresh = shown(ask, frame, None, method="get").content.decode()

    assert "autofocus" not in refused
    assert re.search(r"<input[^>]* autofocus", fresh)


@pytest.mark.parametrize("frame", FRAMES)
def test_a_page_with_nothing_to_mend_says_nothing(ask, frame):
    for page in (
        shown(ask, frame, {"name": "Bo"}),
        shown(ask, frame, None, method="get"),
    ):
        assert b"<title>Trial" in page.content
        assert b'class="faults"' not in page.content


def test_a_fragment_has_it_over_the_form(ask):
    part = shown(ask, "ui/page.html", {"name": ""}, **{"HX-Request": "true"}).content.decode()

    assert "<title>" not in part
    assert part.index("<form") < part.index('class="faults"') < part.index('id_name"')
