import re
from pathlib import Path

import pytest
from django.http import Http404
from django.utils import translation

from krets.kit.ui import style

pytestmark = pytest.mark.urls("tests.kit.ui.urls")

TEMPLATES = sorted((Path(__file__).parents[3] / "krets").rglob("*.html"))


@pytest.mark.parametrize("language", ["sv", "en"])
@pytest.mark.parametrize("name", style.PAGES)
def test_the_style_page_shows_every_part(ask, settings, name, language):
    settings.DEBUG = True
    with translation.override(language):
        page = style.style_view(ask(), name).content.decode()

    assert f'<html lang="{language}"' in page
    assert '<main class="frame__main' in page
    assert page.count("<h1") >= 1
    assert len(re.findall(r' id="([^"]+)"', page)) == len(set(re.findall(r' id="([^"]+)"', page)))


@pytest.mark.parametrize(("debug", "name"), [(False, "parts"), (True, "nothing")])
def test_there_is_no_style_page_but_in_development(ask, settings, debug, name):
    settings.DEBUG = debug

    with pytest.raises(Http404):
        style.style_view(ask(), name)


def test_no_template_has_inline_styles_or_scripts():
    pattern = re.compile(r"""\sstyle=|\son[a-z]+=["']|<style|<script(?![^>]*\ssrc=)|hx-on|js:""")
    faulty = [
        file.name
        for file in TEMPLATES
        if "messages" not in file.parts and pattern.search(file.read_text())
    ]

    assert faulty == []
