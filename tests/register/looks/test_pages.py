"""Whatever page shows a member has written down that it did, before it was sent."""

import pytest

from krets.register.access.table import TABLE
from krets.register.looks.models import ListLook, Look
from tests.conftest import make_person
from tests.register.access.routes import behind
from tests.register.access.rows import World
from tests.register.access.test_matrix import address


def is_told(page, person):
    return any(word in page for word in (person.first_name, person.phone))


def is_noted(person):
    looks = Look.objects.filter(person=person)
    return looks.exists() or ListLook.objects.showing(person).exists()


@pytest.mark.parametrize("headers", [{}, {"HX-Request": "true"}], ids=["whole", "piece"])
@pytest.mark.parametrize("route", behind("page"), ids=lambda route: route[0])
def test_no_page_shows_a_member_without_a_look(client, cast, route, headers):
    where = address(route, World(cast.bjorkvik, cast.siv, cast.cecilia))

    for viewer in (cast.siv, cast.alva, cast.bo, cast.arne):
        if viewer.kinds.isdisjoint(TABLE[route[1].permission]):
            continue
        Look.objects.all().delete()
        ListLook.objects.all().delete()
        client.force_login(viewer.account)

        answer = client.get(where, headers=headers)

        if answer.status_code == 200 and is_told(answer.content.decode(), cast.cecilia):
            assert is_noted(cast.cecilia), viewer.kinds


@pytest.mark.parametrize(
    "page", ["words/", "contact/", "end/", "death/", "details/reach/", "looks/", "history/"]
)
def test_a_crawl_over_any_page_of_members_is_stopped_by_the_quota(client, cast, page, monkeypatch):
    monkeypatch.setattr("krets.register.looks.commands.PER_DAY", 3)
    people = [make_person(cast.bjorkvik, f"Medlem {number}") for number in range(4)]
    client.force_login(cast.siv.account)

    statuses = [
        client.get(f"/bjorkvik/register/members/{person.pk}/{page}").status_code
        for person in people
    ]

    assert statuses == [200, 200, 200, 429]


@pytest.mark.parametrize("act", ["calls/", "quiet/", "notes/"])
def test_what_answers_with_a_name_counts_too(client, cast, act, monkeypatch):
    monkeypatch.setattr("krets.register.looks.commands.PER_DAY", 1)
    other = make_person(cast.bjorkvik, "Annan", "Medlem")
    client.force_login(cast.siv.account)
    where = "/bjorkvik/register/members/{}/" + act

    answers = [
        client.post(where.format(person.pk), {"text": "Ringde."}).status_code
        for person in (cast.cecilia, other)
    ]

    assert answers == [302, 429]
    other.refresh_from_db()
    assert (other.no_calls_at, other.supports_quietly_at, other.notes.count()) == (None, None, 0)
