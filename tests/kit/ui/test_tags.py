import re
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from django.contrib.staticfiles.finders import find
from django.core.paginator import Paginator
from django.template import Context, Template
from django.utils import translation

from krets.kit.ui import flash

pytestmark = pytest.mark.urls("tests.kit.ui.urls")

ROOT = Path(__file__).parents[3] / "krets"
TODAY = date(2026, 11, 19)


@pytest.fixture(autouse=True)
def _english():
    with translation.override("en"):
        yield


def drawn(source, **context):
    return Template(source).render(Context({"today": TODAY, **context}))


def test_a_link_is_written_in_the_unit(ask):
    assert drawn("{% link 'person' 7 %}", request=ask()) == "/bjorkvik/members/7/"


def test_an_icon_is_silent_beside_words_and_heard_alone():
    assert 'aria-hidden="true"' in drawn("{% icon 'phone' %}")
    assert 'role="img" aria-label="Search"' in drawn("{% icon 'search' 'Search' %}")


def test_every_icon_that_is_asked_for_is_in_the_sprite():
    sprite = set(re.findall(r'<symbol id="([a-z]+)"', Path(find("ui/icons.svg")).read_text()))
    asked = {
        name
        for file in ROOT.rglob("*.html")
        for name in re.findall(r"""\{% icon ["']([a-z]+)["']""", file.read_text())
    }

    assert asked <= sprite


def test_a_disc_escapes_and_is_silent():
    html = drawn("{% disc name 7 %}", name="<b> Ek")

    assert "<b>" not in html
    assert 'aria-hidden="true"' in html
    assert re.search(r'data-tone="[1-8]"', html)


def test_the_ring_lights_its_stage():
    assert 'data-stage="welcome"' in drawn("{% ring 'welcome' 'sign' %}")


def test_the_circle_of_chairs_has_one_of_ones_own():
    assert drawn("{% seats %}").count("seats__yours") == 1
    assert drawn("{% seats free=True %}").count("seats__free") == 12


def test_a_number_that_cannot_be_rung_is_only_written():
    assert drawn("{% phone n %}", n="+46701740605") == (
        '<a class="phone nowrap" href="tel:+46701740605">070-174 06 05</a>'
    )
    assert drawn("{% phone n %}", n="<ask>") == "&lt;ask&gt;"


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (date(2026, 11, 20), "tomorrow"),
        (datetime(2026, 11, 19, 23, 30, tzinfo=UTC), "tomorrow"),
        (None, ""),
    ],
)
def test_a_day_may_be_a_moment_or_missing(value, words):
    assert drawn("{% day value %}", value=value) == words


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("{{ on|date }}", "19\xa0November\xa02026"),
        ('{{ on|date:"j F" }}', "19\xa0November"),
        ('{{ on|date:"l j F Y" }}', "Thursday 19\xa0November\xa02026"),
        ('{{ on|date:"F Y" }}', "November\xa02026"),
        ('{{ on|date:"Y-m-d" }}', "2026-11-19"),
    ],
)
def test_a_date_never_turns_the_line_in_its_middle(source, words):
    assert drawn(source, on=TODAY) == words


def test_what_is_due_now_is_marked():
    assert 'data-state="now"' in drawn("{% relative_due d %}", d=TODAY)
    assert "data-state" not in drawn("{% relative_due d %}", d=date(2026, 11, 20))
    assert drawn("{% relative_due d %}", d=None) == ""


def test_a_leaf_shows_weekday_and_number():
    assert ">thu</span>" in drawn("{% leaf d %}", d=TODAY)
    assert ">19</span>" in drawn("{% leaf d %}", d=TODAY)


def test_pages_keep_what_the_list_is_filtered_by(ask):
    request = ask("/bjorkvik/members/?state=new&page=2")
    html = drawn(
        "{% pagination page '#rows' %}", request=request, page=Paginator(range(340), 25).page(2)
    )

    assert "Showing 26–50 of 340" in html
    assert 'href="?state=new&amp;page=1"' in html
    assert 'href="?state=new&amp;page=3"' in html
    assert 'hx-target="#rows"' in html


def test_a_single_page_has_nothing_to_turn(ask):
    html = drawn("{% pagination page %}", request=ask(), page=Paginator(range(3), 25).page(1))

    assert "Showing 1–3 of 3" in html
    assert "<a" not in html


def test_what_happened_is_said_once_with_the_way_back(ask):
    request = ask()
    flash.tell(request, "Bo is <saved>.", undo="/bjorkvik/undo/")

    html = drawn("{% flashes %}", request=request, csrf_token="t")

    assert "Bo is &lt;saved&gt;." in html
    assert 'action="/bjorkvik/undo/"' in html
    assert 'role="status"' in html
