"""Changing the address one signs in with, and showing that mail reaches it."""

import re
from datetime import timedelta

import pytest

from krets.kit.audit.models import Entry
from krets.kit.errors import CannotError
from krets.kit.messaging import outbox as kit_outbox
from krets.kit.messaging.models import Letter
from krets.register.accounts import commands, sessions
from krets.register.models import Account
from tests.conftest import NOON

ADDRESS = "/-/me/address/"
CODE = "/-/me/address/code/"
NEW = "siv.oberg@example.org"


@pytest.fixture
def outbox(settings):
    settings.EMAIL_BACKEND = kit_outbox.KEEPS
    return Letter.objects


@pytest.fixture
def siv(client, cast, time_machine):
    time_machine.move_to(NOON, tick=False)
    client.force_login(cast.siv.account)
    return client


def code_in(letter):
    return re.search(r"\b\d{6}\b", letter.body).group()


def newest_code():
    return code_in(Letter.objects.latest("pk"))


def wrong(code):
    return "000000" if code != "000000" else "111111"


def address_of(person):
    return Account.objects.get(pk=person.account.pk).email


def test_a_code_sent_to_the_new_address_makes_it_the_one_to_sign_in_with(siv, cast):
    old = cast.siv.account.email
    asked = siv.post(ADDRESS, {"email": "Siv.Oberg@example.org"})
    letter = Letter.objects.get()
    unchanged = address_of(cast.siv)

    answer = siv.post(CODE, {"code": code_in(letter)}, follow=True)

    assert (asked.status_code, asked["Location"]) == (302, CODE)
    assert (letter.to, unchanged) == (NEW, old)
    assert code_in(letter) not in letter.subject
    assert answer.redirect_chain == [("/-/me/", 302)]
    assert f"From now on you sign in with {NEW}." in answer.content.decode()
    account = Account.objects.get(pk=cast.siv.account.pk)
    assert (account.email, account.confirmed_at) == (NEW, NOON)


def test_the_old_address_is_told_and_the_trail_knows_neither(siv, cast):
    old = cast.siv.account.email
    siv.post(ADDRESS, {"email": NEW})
    siv.post(CODE, {"code": newest_code()})

    notice = Letter.objects.latest("pk")
    line = Entry.objects.get(action="account.address_changed")

    assert notice.to == old
    assert notice.subject == "You sign in to Krets with another address now"
    assert NEW not in notice.subject + notice.body
    assert (line.unit_id, line.actor_key) == (cast.bjorkvik.pk, cast.siv.account.trail_key)
    assert "@" not in line.detail


def test_only_the_new_address_opens_the_door_afterwards(siv, cast, outbox):
    old = cast.siv.account.email
    siv.post(ADDRESS, {"email": NEW})
    siv.post(CODE, {"code": newest_code()})
    siv.cookies.clear()
    told = outbox.count()

    siv.post("/-/sign-in/", {"email": old})
    by_old = outbox.count() - told
    siv.cookies.clear()
    siv.post("/-/sign-in/", {"email": NEW})

    assert (by_old, outbox.count() - told) == (0, 1)
    assert siv.post("/-/sign-in/code/", {"code": newest_code()}).status_code == 302


def test_a_wrong_code_changes_nothing_and_says_so(siv, cast):
    siv.post(ADDRESS, {"email": NEW})

    answer = siv.post(CODE, {"code": wrong(newest_code())})

    assert answer.status_code == 422
    assert "That is not the latest code." in answer.content.decode()
    assert address_of(cast.siv) != NEW


def test_a_code_is_guessed_only_so_many_times(siv, cast):
    siv.post(ADDRESS, {"email": NEW})
    code = newest_code()
    for _time in range(20):
        siv.post(CODE, {"code": wrong(code)})

    answer = siv.post(CODE, {"code": code})

    assert answer.status_code == 422
    assert "Wait an hour" in answer.content.decode()
    assert address_of(cast.siv) != NEW


def test_only_so_many_codes_are_sent(siv):
    answers = [siv.post(ADDRESS, {"email": NEW}).status_code for _time in range(7)]

    assert answers == [302] * 5 + [422] * 2
    assert Letter.objects.count() == 5


def test_a_code_that_is_too_old_leads_to_where_a_new_one_is(siv, cast, time_machine):
    siv.post(ADDRESS, {"email": NEW})
    code = newest_code()
    time_machine.move_to(NOON + timedelta(minutes=11))

    answer = siv.post(CODE, {"code": code}, follow=True)

    assert answer.redirect_chain == [(ADDRESS, 302)]
    assert "Ask for a new one here." in answer.content.decode()
    assert address_of(cast.siv) != NEW


def test_the_code_for_one_address_does_not_open_another(siv, cast):
    siv.post(ADDRESS, {"email": NEW})
    first = newest_code()
    siv.post(ADDRESS, {"email": "other@example.org"})

    assert first == newest_code() or siv.post(CODE, {"code": first}).status_code == 422


def test_an_address_somebody_signs_in_with_is_answered_alike_and_gets_no_code(siv, cast):
    def asked(email):
        first = siv.post(ADDRESS, {"email": email})
        page = siv.get(CODE).content.decode()
        rest = re.sub(r'value="[^"]{60,}"|<bdi>.*?</bdi>', "", page)
        return first.status_code, first["Location"], rest

    assert asked(cast.alva.account.email.upper()) == asked(NEW)
    assert Letter.objects.count() == 1


def test_of_two_who_want_the_same_address_the_second_is_refused(cast):
    signed = {"by": sessions.viewer(cast.siv.account), "at": NOON}
    with pytest.raises(CannotError, match="Write the address again"):
        commands.change_address(cast.siv.account, email=cast.alva.account.email, **signed)

    assert address_of(cast.siv) != address_of(cast.alva)
    assert not Letter.objects.exists()


def test_without_a_mail_server_the_pages_say_where_the_code_is_read(siv, cast, outbox):
    first = siv.get(ADDRESS).content.decode()
    second = siv.post(ADDRESS, {"email": NEW}, follow=True).content.decode()
    siv.post(CODE, {"code": newest_code()})

    assert "Make me a code" in first
    assert "bin/krets outbox" in second
    assert Account.objects.get(pk=cast.siv.account.pk).confirmed_at is None


def test_whoever_is_in_the_register_with_the_old_address_is_told(siv, cast):
    cast.siv.person.email = cast.siv.account.email
    cast.siv.person.save(update_fields=["email"])
    siv.post(ADDRESS, {"email": NEW})

    answer = siv.post(CODE, {"code": newest_code()}, follow=True)

    assert "The register still has your old address." in answer.content.decode()


QUESTION = "Does mail reach you at"


@pytest.fixture
def unproven(cast):
    Account.objects.filter(pk=cast.siv.account.pk).update(confirmed_at=None)


@pytest.mark.parametrize("page", ["/bjorkvik/", "/-/me/"])
def test_whether_mail_arrives_is_asked_until_a_code_has_come_back(siv, cast, unproven, page):
    before = siv.get(page).content.decode()
    siv.post(ADDRESS, {"email": cast.siv.account.email})
    answer = siv.post(CODE, {"code": newest_code()}, follow=True)

    assert QUESTION in before
    assert "We know now that messages reach you." in answer.content.decode()
    assert QUESTION not in siv.get(page).content.decode()
    assert Entry.objects.filter(action="account.address_confirmed").count() == 1
    assert Letter.objects.count() == 1


@pytest.mark.parametrize("page", ["/bjorkvik/", "/-/me/"])
def test_nobody_is_asked_while_nothing_is_sent(siv, unproven, outbox, page):
    assert QUESTION not in siv.get(page).content.decode()


def test_whoever_signs_in_by_a_code_that_was_mailed_is_not_asked(client, cast, unproven):
    client.post("/-/sign-in/", {"email": cast.siv.account.email})
    client.post("/-/sign-in/code/", {"code": newest_code()})

    assert Account.objects.get(pk=cast.siv.account.pk).confirmed_at is not None


def test_a_code_from_the_outbox_shows_nothing_about_mail(client, cast, unproven, outbox):
    client.post("/-/sign-in/", {"email": cast.siv.account.email})
    client.post("/-/sign-in/code/", {"code": newest_code()})

    assert Account.objects.get(pk=cast.siv.account.pk).confirmed_at is None


@pytest.mark.parametrize("page", [ADDRESS, CODE])
def test_nobody_changes_an_address_from_outside(client, cast, page):
    assert client.get(page)["Location"].startswith("/-/sign-in/")
