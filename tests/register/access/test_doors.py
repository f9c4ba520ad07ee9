"""The doors themselves."""

from datetime import timedelta

import pytest
from django.http import HttpResponse
from django.urls import path
from django.utils import timezone

from krets.register.access import tickets
from krets.register.access.doors import OPEN_TO_ALL, hook, open_door, own, public, ticket
from tests.register.access.routes import routes

DOORS = {"page", "public", "own", "ticket", "hook", "open"}


@public
def published(request):
    return HttpResponse(request.unit.name)


@own
def mine(request):
    return HttpResponse(",".join(str(person.pk) for person in request.persons))


@ticket("try")
def try_it(request):
    return HttpResponse(request.method)


def signed(request):
    return HttpResponse("heard")


signed.verify = lambda request: request.headers.get("X-Sign") == "right"

urlpatterns = [
    path("<slug:unit>/public/", published),
    path("-/me/", mine),
    path("-/t/<str:token>/try/", try_it),
    path("-/hook/", hook("bounces")(signed)),
]

with_test_routes = pytest.mark.urls(__name__)


@pytest.mark.parametrize("route", routes(), ids=lambda route: route[0])
def test_every_route_stands_behind_one_door(route):
    _name, view, arguments = route

    assert view.door in DOORS
    assert ("unit" in arguments) == (view.door in {"page", "public"})
    assert ("token" in arguments) == (
        view.door == "ticket" or getattr(view, "open_name", None) == "set-up"
    )


def test_the_pages_open_to_all_are_a_closed_list():
    used = {view.open_name for _name, view, _args in routes() if view.door == "open"}

    assert used <= OPEN_TO_ALL
    with pytest.raises(ValueError, match="everything"):
        open_door("everything")


@with_test_routes
def test_a_public_page_reads_no_session(client, cast, statements):
    client.force_login(cast.siv.account)

    with statements() as asked:
        answer = client.get("/bjorkvik/public/")

    assert answer.content.decode() == "Björkvik"
    assert not any("django_session" in sql for sql in asked)
    assert len(asked) == 1
    assert client.get("/partiet/public/").status_code == 404


@with_test_routes
def test_ones_own_page_shows_ones_own_persons_only(client, cast):
    client.force_login(cast.siv.account)

    assert client.get("/-/me/").content.decode() == str(cast.siv.person.pk)


@with_test_routes
def test_a_ticket_opens_its_own_purpose_until_its_time_is_out(client, cast):
    now = timezone.now()
    good = tickets.make("try", at=now, lasts=timedelta(hours=1))
    other = tickets.make("else", at=now, lasts=timedelta(hours=1))
    late = tickets.make("try", at=now - timedelta(hours=2), lasts=timedelta(hours=1))

    assert client.get(f"/-/t/{good}/try/").content == b"GET"
    assert client.get(f"/-/t/{other}/try/").status_code == 410
    assert client.get(f"/-/t/{late}/try/").status_code == 410
    assert client.get("/-/t/guessed/try/").status_code == 410


def test_a_ticket_is_used_up_once(cast):
    now = timezone.now()
    token = tickets.make("try", at=now, lasts=timedelta(hours=1))
    found = tickets.valid("try", token, at=now)

    assert tickets.use_up(found, at=now)
    assert not tickets.use_up(found, at=now)
    assert tickets.valid("try", token, at=now) is None


@with_test_routes
def test_a_hook_hears_only_what_is_signed(client, db):
    assert client.post("/-/hook/").status_code == 404
    assert client.post("/-/hook/", headers={"X-Sign": "right"}).content == b"heard"
