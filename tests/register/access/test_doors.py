"""The doors themselves."""

import re
from datetime import timedelta

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import path, reverse
from django.utils import timezone

from krets.register.access import tickets
from krets.register.access.doors import OPEN_TO_ALL, hook, open_door, own, public, ticket
from krets.register.models import Person
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


@pytest.mark.parametrize("address", ["/bjorkvik/register/members/new/", "/-/me/1/details/"])
def test_a_form_sent_after_the_session_is_kept_in_the_page(client, cast, address):
    answer = client.post(address, {"first_name": "Åsa-Karin", "note": "Ring <efter> sex"})

    page = answer.content.decode()
    assert answer.status_code == 403
    assert 'name="first_name" value="Åsa-Karin"' in page
    assert f'action="{address}"' in page
    assert 'href="/-/sign-in/?next=/" target="_blank"' in page
    assert not Person.objects.filter(first_name="Åsa-Karin").exists()


@pytest.mark.parametrize("address", ["/bjorkvik/register/members/new/", "/-/me/1/details/"])
def test_htmx_leaves_the_page_as_it_is_when_the_session_is_over(client, cast, address):
    answer = client.post(address, {"first_name": "Åsa-Karin"}, headers={"HX-Request": "true"})

    assert (answer.status_code, answer.content) == (401, b"")
    assert "HX-Redirect" not in answer


def test_a_button_pressed_after_the_session_leads_to_sign_in(client, cast):
    answer = client.post("/bjorkvik/welcome/calls/next/")

    assert answer["Location"] == "/-/sign-in/?next=/bjorkvik/welcome/calls/next/"


def test_what_was_kept_in_the_page_is_taken_once_one_is_signed_in_again(cast):
    browser = Client(enforce_csrf_checks=True, headers={"Sec-Fetch-Site": "same-origin"})
    address = "/bjorkvik/register/members/new/"
    now, lasts = timezone.now(), timedelta(hours=1)
    token = tickets.make("sign-in", at=now, lasts=lasts, account=cast.siv.account)
    link = reverse("sign_in_link", args=[token])

    def send(where, page, **typed):
        return browser.post(where, typed | {"csrfmiddlewaretoken": token_in(page)})

    typed = {"first_name": "Åsa-Karin", "last_name": "Ek", "joined_on": "2026-02-01"}
    out = send(address, browser.get("/-/sign-in/"), **typed)
    send(link, browser.get(link))
    # Signing in changes the forms' own key: the next page says so, and still has it all.
    once_more = send(address, out, **typed)
    answer = send(address, once_more, **typed)

    assert [each.status_code for each in (out, once_more, answer)] == [403, 403, 302]
    assert 'name="first_name" value="Åsa-Karin"' in once_more.content.decode()
    assert Person.objects.filter(first_name="Åsa-Karin", unit=cast.bjorkvik).exists()


def token_in(answer):
    return re.search(r'csrfmiddlewaretoken" value="(\w+)"', answer.content.decode())[1]


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


def test_a_link_that_never_was_claims_no_use_and_leads_to_sign_in(client, cast):
    where = reverse("sign_in_link", args=["guessed"])

    outside = client.get(where).content.decode()
    led = client.get("/")
    client.force_login(cast.siv.account)
    inside = client.get(where).content.decode()

    assert "<h1>The link does not work</h1>" in outside
    assert 'href="/">Sign in</a>' in outside
    assert led["Location"] == reverse("account_login")
    assert 'href="/">To the start page</a>' in inside


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
