import re

import pytest

from krets.register.models import Account, Mandate, Person, Unit
from krets.register.organisation import commands
from krets.register.organisation.commands import slug_of
from tests.conftest import NOON

ANSWERS = {
    "association": "Björkvik",
    "organisation": "Partiet",
    "first_name": "Siv",
    "last_name": "Öberg",
    "email": "Siv@example.org",
    "language": "sv",
}


@pytest.fixture
def link(db, time_machine):
    time_machine.move_to(NOON)
    return f"/-/set-up/{commands.new_setup_link(at=NOON)}/"


def test_four_answers_make_an_association_and_its_first_officer(client, link):
    assert client.get(link).status_code == 200

    answer = client.post(link, ANSWERS)

    assert answer["Location"] == "/bjorkvik/"
    unit = Unit.objects.get(slug="bjorkvik")
    assert (unit.parent.name, unit.parent.kind) == ("Partiet", "party")
    account = Account.objects.get()
    assert (account.email, account.language) == ("siv@example.org", "sv")
    held = Mandate.objects.filter(person__account=account).current(NOON.date())
    assert {mandate.kind for mandate in held} == {"chair", "membership_officer"}
    assert client.session["_auth_user_id"] == str(account.pk)


def test_the_phone_number_is_asked_for_with_why_and_may_be_left_out(client, link):
    page = client.get(link, headers={"Accept-Language": "en"}).content.decode()
    client.post(link, ANSWERS | {"phone": "070-174 06 05"})

    assert "Stands in letters, so that new members can ring you." in page
    siv = Person.objects.get()
    assert siv.phone == "+46701740605"
    assert "701740605" in siv.search


def test_a_phone_number_that_cannot_be_rung_is_refused_where_it_stands(client, link):
    answer = client.post(link, ANSWERS | {"phone": "070"})

    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == ["phone"]
    assert not Unit.objects.exists()


def test_the_link_works_once_and_says_so_afterwards(client, link):
    client.post(link, ANSWERS)
    inside = client.get(link, headers={"Accept-Language": "en"})
    client.cookies.clear()

    again = client.get(link, headers={"Accept-Language": "en"})
    posted = client.post(link, ANSWERS)

    assert (inside.status_code, again.status_code, posted.status_code) == (410, 410, 410)
    page = again.content.decode()
    assert "The link has been used" in page
    assert "sign in with the e-mail address you wrote" in page
    assert 'href="/-/sign-in/"' in page
    assert Unit.objects.associations().count() == 1


WRONG = ["", "guessed/", "guessed", "guessed/sign-in/", "a/b/c/d", ").-"]


@pytest.mark.parametrize("rest", WRONG)
def test_a_link_that_is_not_whole_says_where_the_whole_one_is(client, db, rest):
    answer = client.get(f"/-/set-up/{rest}", headers={"Accept-Language": "en"}, follow=True)

    assert answer.status_code == 404
    page = answer.content.decode()
    assert "as it was printed where Krets was started" in page
    assert "bin/krets start" in page


def test_every_link_that_does_not_work_gets_the_same_answer(client, link, time_machine):
    token = link.split("/")[3]
    time_machine.move_to(NOON + commands.SETUP_LINK_LASTS)
    links = [link, *(f"/-/set-up/{rest}" for rest in WRONG), f"/-/set-up/{token[:-1]}/"]

    answers = [client.get(each, follow=True) for each in links]
    posted = client.post(link, ANSWERS)

    assert {answer.status_code for answer in [*answers, posted]} == {404}
    pages = {answer.content.partition(b"<main")[2] for answer in answers}
    assert len({re.sub(rb'value="[^"]{60,}"', b"", page) for page in pages}) == 1
    assert all(token[:-1] not in page.decode() for page in pages)


def test_home_and_sign_in_lead_to_the_same_words_until_somebody_has_set_up(client, db):
    home = client.get("/", headers={"Accept-Language": "en"})
    sign_in = client.get("/-/sign-in/")

    assert home.status_code == 200
    assert "as it was printed where Krets was started" in home.content.decode()
    assert (sign_in.status_code, sign_in["Location"]) == (302, "/")


def test_what_is_missing_is_said(client, link):
    answer = client.post(link, ANSWERS | {"email": "siv", "association": ""})

    assert answer.status_code == 422
    assert Unit.objects.count() == 0


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("Björkvik", "bjorkvik"),
        ("Södra Åby & Östra", "sodra-aby-ostra"),
        ("7:e distriktet", "f-7-e-distriktet"),
        ("Style", "style-forening"),
        ("日本", "forening"),
    ],
)
def test_an_address_is_made_of_the_name(name, slug):
    assert slug_of(name) == slug
