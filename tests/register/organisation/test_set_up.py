import re

import pytest
from django.test import Client

from krets.register.models import Account, Mandate, Person, Unit
from krets.register.organisation import commands, steps
from krets.register.organisation.commands import slug_of
from tests.conftest import NOON

ANSWERS = {
    "association": {"association": "Björkvik", "organisation": "Partiet"},
    "you": {"first_name": "Siv", "last_name": "Öberg", "phone": ""},
    "address": {"email": "Siv@example.org"},
}
ENGLISH = {"Accept-Language": "en"}


@pytest.fixture
def link(db, time_machine):
    time_machine.move_to(NOON)
    return f"/-/set-up/{commands.new_setup_link(at=NOON)}/"


def answer(client, link, **changed):
    """Answer the questions one after the other; return what the last one was answered with."""
    for step, answers in ANSWERS.items():
        given = answers | {key: value for key, value in changed.items() if key in answers}
        last = client.post(f"{link}{step}/", given)
    return last


def test_three_questions_and_a_look_make_an_association_and_its_first_officer(client, link):
    assert client.get(link).status_code == 200
    checked = answer(client, link)

    begun = client.post(f"{link}check/")

    assert checked["Location"] == f"{link}check/"
    assert begun["Location"] == "/bjorkvik/"
    unit = Unit.objects.get(slug="bjorkvik")
    assert (unit.parent.name, unit.parent.kind) == ("Partiet", "party")
    account = Account.objects.get()
    assert (account.email, account.language) == ("siv@example.org", "en")
    held = Mandate.objects.filter(person__account=account).current(NOON.date())
    assert {mandate.kind for mandate in held} == {"chair", "membership_officer"}
    assert client.session["_auth_user_id"] == str(account.pk)
    assert steps.KEPT not in client.session


def test_nothing_is_made_before_the_answers_have_been_looked_at(client, link):
    answer(client, link)
    page = client.get(f"{link}check/", headers=ENGLISH).content.decode()

    assert not Unit.objects.exists()
    assert '<p class="address"><bdi>siv<wbr>@example<wbr>.org</bdi></p>' in page
    assert "Read it letter by letter." in page
    assert f'href="{link}address/"' in page


def test_a_mistyped_address_is_corrected_before_it_stands(client, link):
    answer(client, link, email="siv@exmaple.org")
    written = client.get(f"{link}address/").content.decode()
    client.post(f"{link}address/", {"email": "siv@example.org"})
    client.post(f"{link}check/")

    assert 'value="siv@exmaple.org"' in written
    assert Account.objects.get().email == "siv@example.org"


def test_whoever_skips_a_question_is_led_back_to_it(client, link):
    client.post(f"{link}association/", ANSWERS["association"])

    assert client.get(f"{link}check/")["Location"] == f"{link}you/"
    assert client.post(f"{link}check/")["Location"] == f"{link}you/"
    assert client.post(f"{link}address/", ANSWERS["address"])["Location"] == f"{link}you/"
    assert not Unit.objects.exists()


def test_each_language_has_its_own_name_and_what_stands_half_written_goes_along(client, link):
    first = client.get(f"{link}you/", headers=ENGLISH).content.decode()
    half = {"first_name": "Siv", "phone": "070", "language": "sv"}
    changed = client.post(f"{link}you/", half, headers=ENGLISH)
    page = client.get(f"{link}you/", headers=ENGLISH).content.decode()
    client.post(f"{link}you/", {"language": "tlh"})

    assert re.search(r'value="sv" lang="sv"[^>]*>Svenska<', first)
    assert changed["Location"] == f"{link}you/"
    assert '<html lang="sv"' in page
    assert re.search(r'value="en" lang="en"[^>]*>English<', page)
    assert 'value="Siv"' in page
    assert 'value="070"' in page
    assert client.session["language"] == "sv"


def test_the_account_speaks_the_language_it_was_set_up_in(client, link):
    client.post(link, {"language": "sv"}, headers=ENGLISH)
    answer(client, link)
    client.post(f"{link}check/", headers=ENGLISH)

    assert Account.objects.get().language == "sv"


def test_the_phone_number_is_asked_for_with_why_and_may_be_left_out(client, link):
    page = client.get(f"{link}you/", headers=ENGLISH).content.decode()
    answer(client, link, phone="070-174 06 05")
    client.post(f"{link}check/")

    assert "Stands in letters, so that new members can ring you." in page
    siv = Person.objects.get()
    assert siv.phone == "+46701740605"
    assert "701740605" in siv.search


@pytest.mark.parametrize(
    ("step", "field", "value"),
    [
        ("association", "association", " "),
        ("you", "phone", "070"),
        ("you", "last_name", ""),
        ("address", "email", "siv@"),
        ("address", "email", "siv example.org"),
    ],
)
def test_what_does_not_hold_is_refused_where_it_stands(client, link, step, field, value):
    refused = client.post(f"{link}{step}/", ANSWERS[step] | {field: value})

    assert refused.status_code == 422
    assert list(refused.context["form"].errors) == [field]


def test_a_name_that_is_too_long_is_refused_in_words_and_cut_nowhere(client, link):
    long = {"association": "Björkvik", "organisation": "P" * 400}

    asked = client.get(link, headers=ENGLISH).content.decode()
    refused = client.post(f"{link}association/", long, headers=ENGLISH)

    assert "maxlength" not in asked
    assert refused.status_code == 422
    page = refused.content.decode()
    assert "That is 400 characters, and there is room for 200. Make it shorter." in page
    assert "P" * 400 in page


def test_the_link_works_once_and_says_so_afterwards(client, link):
    answer(client, link)
    client.post(f"{link}check/")
    inside = client.get(link, headers=ENGLISH)
    client.cookies.clear()

    again = client.get(link, headers=ENGLISH)
    posted = client.post(f"{link}check/")

    assert (inside.status_code, again.status_code, posted.status_code) == (410, 410, 410)
    page = again.content.decode()
    assert "The link does not work" in page
    assert "sign in with the e-mail address you wrote" in page
    assert 'href="/-/sign-in/"' in page
    assert Unit.objects.associations().count() == 1


def test_of_two_who_begin_at_once_the_second_is_told(client, link):
    answer(client, link)
    other = Client()
    answer(other, link, association="Granby")

    client.post(f"{link}check/")
    late = other.post(f"{link}check/")

    assert late.status_code == 410
    assert [unit.name for unit in Unit.objects.associations()] == ["Björkvik"]


WRONG = ["", "guessed/", "guessed", "guessed/sign-in/", "a/b/c/d", ").-"]


@pytest.mark.parametrize("rest", WRONG)
def test_a_link_that_is_not_whole_says_where_the_whole_one_is(client, db, rest):
    told = client.get(f"/-/set-up/{rest}", headers=ENGLISH, follow=True)

    assert told.status_code == 404
    page = told.content.decode()
    assert "as it was printed where Krets was started" in page
    assert "bin/krets start" in page


def test_every_link_that_does_not_work_gets_the_same_answer(client, link, time_machine):
    token = link.split("/")[3]
    time_machine.move_to(NOON + commands.SETUP_LINK_LASTS)
    links = [link, *(f"/-/set-up/{rest}" for rest in WRONG), f"/-/set-up/{token[:-1]}/"]

    answers = [client.get(each, follow=True) for each in links]
    posted = client.post(link, ANSWERS["association"])

    assert {each.status_code for each in [*answers, posted]} == {404}
    pages = {each.content.partition(b"<main")[2] for each in answers}
    assert len({re.sub(rb'value="[^"]{60,}"', b"", page) for page in pages}) == 1
    assert all(token[:-1] not in page.decode() for page in pages)


def test_home_and_sign_in_lead_to_the_same_words_until_somebody_has_set_up(client, db):
    home = client.get("/", headers=ENGLISH)
    sign_in = client.get("/-/sign-in/")

    assert home.status_code == 200
    assert "as it was printed where Krets was started" in home.content.decode()
    assert (sign_in.status_code, sign_in["Location"]) == (302, "/")


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
