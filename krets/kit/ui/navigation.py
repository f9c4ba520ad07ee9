"""The places one can go, filled in by the stages; who sees which is asked of the viewer."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.urls import NoReverseMatch, reverse

# "/bjorkvik/" has two.
_UNIT_ITSELF = 2


@dataclass(frozen=True, kw_only=True)
class Place:
    """One entry of the navigation.

    `permission` None means everyone with a mandate. `count` takes the request and returns a
    number or None; it is called for every whole page, so it must be one cheap statement.
    `stage` gives the ring as sign; `group` is "main", "circle", "office" or "account";
    `bar` puts it in the phone's bottom bar (four at most, More is the fifth).
    """

    name: str
    label: Any
    icon: str = ""
    route: str
    permission: Any = None
    count: Callable | None = None
    stage: str = ""
    group: str = "main"
    bar: bool = False


places: list[Place] = []
"""Filled by `loop.py`, in the order shown."""

search: list[Place] = []
"""The place that answers searches, if there is one; its address takes GET and POST."""


def connect(entries, *, searched=None):
    """Take the places in the order they are shown, and the one that answers searches."""
    places[:] = entries
    search[:] = [searched] if searched else []


def shown(request):
    """Return the navigation for the request: the places the viewer may see, with addresses."""
    viewer = getattr(request, "viewer", None)
    entries = [_entry(request, place) for place in places if _may(viewer, place)]
    entries = [entry for entry in entries if entry]
    _mark_current(request.path, entries)
    found = next((link_to(request, place) for place in search if _may(viewer, place)), None)
    return {
        "places": [entry for entry in entries if entry["group"] == "main"],
        "circle": [entry for entry in entries if entry["group"] == "circle"],
        "office": [entry for entry in entries if entry["group"] == "office"],
        "account": [entry for entry in entries if entry["group"] == "account"],
        "bar": [entry for entry in entries if entry["bar"]][:5],
        "search": found,
        "home": entries[0]["address"] if entries else "/",
        "unit": getattr(request, "unit", None),
        **_viewer(viewer, entries),
    }


def _viewer(viewer, entries):
    # A viewer may bring `title`: what they are here, in their own language.
    if viewer is None:
        return {"me": None}
    person = viewer.person
    return {
        "me": viewer,
        "my_name": f"{person.first_name} {person.last_name}".strip(),
        "my_key": person.pk,
        "my_title": getattr(viewer, "title", ""),
        "mine": next((entry["address"] for entry in entries if entry["name"] == "me"), "#main"),
    }


def link_to(request, place):
    """Return the place's address in the request's unit or outside all units, else None."""
    in_unit = "unit" in getattr(request.resolver_match, "kwargs", {})
    for args in ((request.resolver_match.kwargs["unit"],), ()) if in_unit else ((),):
        try:
            return reverse(place.route, args=args)
        except NoReverseMatch:
            continue
    return None


def _may(viewer, place):
    if viewer is None:
        return False
    return place.permission is None or viewer.may(place.permission)


def _entry(request, place):
    address = link_to(request, place)
    if address is None:
        return None
    return {
        "name": place.name,
        "label": place.label,
        "icon": place.icon,
        "stage": place.stage,
        "group": place.group,
        "bar": place.bar,
        "address": address,
        "count": place.count(request) if place.count else None,
        "current": "",
    }


def _mark_current(path, entries):
    # The unit's own address begins all others: the start page is current only by itself.
    inside = [
        entry
        for entry in entries
        if path == entry["address"]
        or (entry["address"].count("/") > _UNIT_ITSELF and path.startswith(entry["address"]))
    ]
    if inside:
        nearest = max(inside, key=lambda entry: len(entry["address"]))
        nearest["current"] = "page" if path == nearest["address"] else "true"
