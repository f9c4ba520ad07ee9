"""Whatever page shows a member has written down that it did, before it was sent."""

import pytest

from krets.register.access.table import TABLE
from krets.register.looks.models import ListLook, Look
from krets.register.looks.words import page_in_words
from krets.register.members.models import Person
from tests.conftest import TODAY, make_person
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


@pytest.mark.parametrize(
    ("who", "told"),
    [
        ("siv", "Siv sees the same on My page."),
        ("cecilia", "Cecilia has no sign-in to Krets and cannot see this page."),
    ],
)
def test_who_has_looked_says_whether_the_member_sees_it_too(client, cast, who, told):
    person = {"siv": cast.siv.person, "cecilia": cast.cecilia}[who]
    client.force_login(cast.siv.account)

    page = client.get(f"/bjorkvik/register/members/{person.pk}/looks/").content.decode()

    both = ("sees the same on My page.", "has no sign-in to Krets")
    assert told in page
    assert sum(words in page for words in both) == 1


def test_of_somebody_who_has_died_it_says_neither(client, cast):
    Person.objects.filter(pk=cast.cecilia.pk).update(deceased_on=TODAY)
    client.force_login(cast.siv.account)

    page = client.get(f"/bjorkvik/register/members/{cast.cecilia.pk}/looks/").content.decode()

    assert "My page" not in page
    assert "has no sign-in" not in page


def told_of(person):
    looks = Look.objects.filter(person=person).order_by("pk")
    return {page_in_words(look.page): look.times for look in looks}


def test_a_save_is_told_as_a_save_and_opens_nothing(client, cast):
    client.force_login(cast.siv.account)
    person = f"/bjorkvik/register/members/{cast.cecilia.pk}/"
    client.get(person)
    client.get(f"{person}contact/")

    client.post(f"{person}contact/", {"contact": cast.bo.person.pk}, follow=True)
    client.post(f"{person}quiet/", {"wished": "yes"}, follow=True)
    client.post(f"{person}notes/", {"text": "Ringde."}, follow=True)

    assert told_of(cast.cecilia) == {
        "Opened the person page": 1,
        "Opened the details to change them": 1,
        "Saved a change": 2,
        "Wrote a note": 1,
    }


def test_what_is_refused_is_no_save_and_what_is_opened_again_is_a_look(client, cast):
    client.force_login(cast.siv.account)
    details = f"/bjorkvik/register/members/{cast.cecilia.pk}/end/"
    client.get(details)

    refused = client.post(details, {"on": ""})
    client.get(details)

    assert refused.status_code == 422
    assert told_of(cast.cecilia) == {"Opened the details to change them": 2}
