"""Every address has exactly one of the six doors."""

import re
from pathlib import Path

import pytest
from django.urls import URLPattern, get_resolver

import krets
from krets.register.access import doors
from krets.register.access.permissions import Permission

SOURCE = Path(krets.__file__).parent
DOORS = {"page", "public", "own", "ticket", "hook", "open"}
ONLY_WHILE_DEVELOPING = {"style"}
BEGINS = {
    "page": re.compile(r"<unit:unit>/(?!public/)"),
    "public": re.compile(r"<unit:unit>/public/"),
    "own": re.compile(r"-/me/"),
    "ticket": re.compile(r"-/(t|set-up|link)/<str:token>/"),
    "hook": re.compile(r"-/hook/"),
    "open": re.compile(r"(?!<unit:unit>)"),
}


def routes(patterns, begins=""):
    for pattern in patterns:
        address = begins + str(pattern.pattern)
        if isinstance(pattern, URLPattern):
            yield address, pattern
        else:
            yield from routes(pattern.url_patterns, address)


ROUTES = list(routes(get_resolver().url_patterns))
each_route = pytest.mark.parametrize(
    ("address", "route"), ROUTES, ids=[f"{route.name}" for _address, route in ROUTES]
)


def doors_of(view):
    """Yield the doors among the functions the view is wrapped in; wrappers copy names, not code."""
    while view is not None:
        code = getattr(view, "__code__", None)
        if code and code.co_name == "door" and code.co_filename == doors.__file__:
            yield view
        view = getattr(view, "__wrapped__", None)


@each_route
def test_the_address_has_one_door(address, route):
    assert len(list(doors_of(route.callback))) == 1
    assert route.callback.door in DOORS
    assert BEGINS[route.callback.door].match(address)


@each_route
def test_the_door_says_what_opens_it(address, route):
    view = route.callback

    if view.door == "page":
        assert view.permission in Permission
    elif view.door == "open":
        assert view.open_name in doors.OPEN_TO_ALL
    elif view.door == "ticket":
        assert view.purpose
    elif view.door == "hook":
        assert view.hook


def test_the_open_doors_are_few_and_all_are_there():
    views = [route.callback for _address, route in ROUTES]

    opened = {view.open_name for view in views if view.door == "open"}
    assert opened | ONLY_WHILE_DEVELOPING == doors.OPEN_TO_ALL


@each_route
def test_the_address_has_a_name(address, route):
    assert route.name


def test_every_permission_opens_something():
    opened = {getattr(route.callback, "permission", None) for _address, route in ROUTES}
    source = "".join(path.read_text(encoding="utf-8") for path in SOURCE.rglob("*.py"))
    asked = {each for each in Permission if f"may(Permission.{each.name})" in source}

    assert set(Permission) - opened - asked == set()
