from types import SimpleNamespace

import pytest
from django.template.loader import render_to_string
from django.urls import NoReverseMatch
from django.utils.translation import override

from krets.kit.ui import navigation
from krets.kit.ui.links import link
from krets.kit.ui.navigation import Place

pytestmark = pytest.mark.urls("tests.kit.ui.urls")


@pytest.fixture
def places(monkeypatch):
    monkeypatch.setattr(navigation, "places", [])
    monkeypatch.setattr(navigation, "search", [])
    navigation.connect(
        [
            Place(name="today", label="Today", icon="today", route="today", bar=True),
            Place(
                name="members",
                label="Members",
                icon="members",
                route="members",
                permission="members:see",
                count=lambda _request: 82,
                bar=True,
            ),
            Place(
                name="imports",
                label="Imports",
                route="imports",
                permission="import",
                group="office",
            ),
            Place(name="me", label="My page", route="me", group="account"),
        ],
        searched=Place(name="search", label="Search", route="members", permission="members:see"),
    )


def viewer(*permissions):
    person = SimpleNamespace(pk=7, first_name="Alva", last_name="Ek")
    return SimpleNamespace(may=lambda permission: permission in permissions, person=person)


def seen(request, *permissions):
    request.viewer = viewer(*permissions)
    return navigation.shown(request)


def test_a_link_stays_in_the_unit_of_the_page(ask):
    assert link(ask("/bjorkvik/members/"), "person", 7) == "/bjorkvik/members/7/"


def test_a_link_to_nowhere_is_an_error(ask):
    with pytest.raises(NoReverseMatch):
        link(ask(), "nowhere")


def test_a_viewer_sees_only_the_places_that_are_open_to_them(ask, places):
    shown = seen(ask())

    assert [place["name"] for place in shown["places"]] == ["today"]
    assert shown["office"] == []
    assert shown["search"] is None


@pytest.mark.parametrize(
    ("language", "count", "words"),
    [("en", 6022, "6,022"), ("sv", 6022, "6\xa0022"), ("en", 82, "82")],
)
def test_a_count_is_written_with_its_thousands_apart(language, count, words):
    place = {"address": "/", "label": "Today", "icon": "today", "count": count}

    with override(language):
        shown = render_to_string("ui/place.html", {"place": place})

    assert f'<span class="place__count">{words}</span>' in shown


def test_places_have_addresses_in_the_unit_and_counts(ask, places):
    shown = seen(ask(), "members:see", "import")

    assert [(place["address"], place["count"]) for place in shown["places"]] == [
        ("/bjorkvik/", None),
        ("/bjorkvik/members/", 82),
    ]
    assert [place["address"] for place in shown["account"]] == ["/-/me/"]
    assert shown["search"] == "/bjorkvik/members/"
    assert (shown["my_name"], shown["mine"]) == ("Alva Ek", "/-/me/")


@pytest.mark.parametrize(
    ("address", "current"),
    [
        ("/bjorkvik/", {"today": "page"}),
        ("/bjorkvik/members/", {"members": "page"}),
        ("/bjorkvik/members/7/", {"members": "true"}),
        ("/bjorkvik/members/imports/", {"imports": "page"}),
    ],
)
def test_one_place_at_most_is_current(ask, places, address, current):
    shown = seen(ask(address), "members:see", "import")

    entries = [*shown["places"], *shown["office"], *shown["account"]]
    assert {entry["name"]: entry["current"] for entry in entries if entry["current"]} == current


def test_nobody_sees_no_places(ask, places):
    shown = navigation.shown(ask())

    assert shown["places"] == []
    assert shown["me"] is None


def test_outside_all_units_only_places_outside_are_shown(ask, places):
    shown = seen(ask("/-/me/"), "members:see")

    assert shown["places"] == []
    assert [place["name"] for place in shown["account"]] == ["me"]
