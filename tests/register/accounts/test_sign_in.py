import re
from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse
from django.utils import timezone

from krets.kit.audit.models import Entry
from krets.kit.messaging.models import Letter
from krets.register.access import tickets

SIGN_IN = "/-/sign-in/"
CODE = "/-/sign-in/code/"


@pytest.fixture
def outbox(settings):
    settings.EMAIL_BACKEND = "krets.kit.messaging.outbox.OutboxBackend"
    return Letter.objects


def code_in(letter):
    return re.search(r"\b\d{6}\b", letter.body).group()


def test_a_code_from_the_mail_opens_the_door(client, cast, outbox):
    client.post(SIGN_IN, {"email": cast.siv.account.email.upper()})
    letter = outbox.get()

    answer = client.post(CODE, {"code": code_in(letter)})

    assert answer.status_code == 302
    assert client.session["_auth_user_id"] == str(cast.siv.account.pk)
    assert client.session["language"] == "en"
    assert letter.to == cast.siv.account.email
    assert code_in(letter) not in letter.subject
    line = Entry.objects.get(action="account.signed_in")
    assert (line.unit_id, line.actor_key) == (cast.bjorkvik.pk, cast.siv.account.trail_key)


def test_a_wrong_code_is_refused_and_says_so(client, cast, outbox):
    client.post(SIGN_IN, {"email": cast.siv.account.email})
    wrong = "000000" if code_in(outbox.get()) != "000000" else "111111"

    answer = client.post(CODE, {"code": wrong})

    assert "_auth_user_id" not in client.session
    assert answer.status_code == 422
    assert "That is not the code in the latest message." in answer.content.decode()


def test_known_and_unknown_addresses_get_the_same_answer(client, cast, outbox):
    def asked(email):
        client.cookies.clear()
        first = client.post(SIGN_IN, {"email": email})
        page = client.get(first["Location"]).content.decode()
        return first.status_code, first["Location"], re.sub(r'value="[^"]{60,}"', "", page)

    assert asked(cast.siv.account.email) == asked("nobody@example.org")
    assert outbox.count() == 1


def test_only_so_many_codes_are_sent(client, cast, outbox):
    for _time in range(8):
        client.cookies.clear()
        client.post(SIGN_IN, {"email": cast.siv.account.email})

    assert outbox.count() <= 3


def test_nobody_comes_in_by_a_mandate_that_has_no_account(client, cast, outbox):
    client.post(SIGN_IN, {"email": "cecilia@example.org"})

    assert outbox.count() == 0


def test_a_link_signs_in_by_its_button_and_only_once(client, cast, capsys):
    call_command("login-link", cast.siv.account.email)
    link = capsys.readouterr().out.strip()
    path = "/" + link.split("/", 3)[3]

    assert client.get(path).status_code == 200
    assert "_auth_user_id" not in client.session
    assert client.post(path).status_code == 302
    assert client.session["_auth_user_id"] == str(cast.siv.account.pk)
    client.cookies.clear()
    assert client.post(path).status_code == 410


def test_no_link_is_written_for_an_unknown_address(cast):
    with pytest.raises(CommandError, match="Nobody signs in"):
        call_command("login-link", "nobody@example.org")


def test_a_link_that_works_again_and_again_stands_in_a_demo_folder_only(
    client, cast, settings, tmp_path
):
    settings.DATA = tmp_path
    token = tickets.make(
        "sign-in",
        at=timezone.now(),
        lasts=timedelta(days=1),
        account=cast.siv.account,
        reusable=True,
    )
    where = reverse("sign_in_link", args=[token])

    assert client.post(where, headers={"Host": "localhost"}).status_code == 410
    (tmp_path / "demo").touch()
    assert client.post(where, headers={"Host": "krets.example.org"}).status_code in {400, 410}
    assert client.post(where, headers={"Host": "localhost:8000"}).status_code == 302
    client.cookies.clear()
    assert client.post(where, headers={"Host": "localhost:8000"}).status_code == 302


def test_signing_out_ends_the_session(client, cast):
    client.force_login(cast.siv.account)

    client.post("/-/sign-out/")

    assert "_auth_user_id" not in client.session


def test_the_language_is_kept_with_the_account_and_leads_nowhere_else(client, cast):
    client.force_login(cast.siv.account)

    answer = client.post("/-/language/", {"language": "sv", "next": "//elsewhere.example"})

    cast.siv.account.refresh_from_db()
    assert cast.siv.account.language == "sv"
    assert answer["Location"] == "/"
    client.post("/-/language/", {"language": "tlh"})
    cast.siv.account.refresh_from_db()
    assert cast.siv.account.language == "sv"


def test_home_leads_each_to_where_their_day_begins(client, cast):
    client.force_login(cast.siv.account)
    assert client.get("/")["Location"] == "/bjorkvik/"

    client.logout()
    assert client.get("/")["Location"] == SIGN_IN


def test_home_says_how_to_begin_where_nothing_is_set_up(client, db):
    assert "set-up link" in client.get("/", headers={"Accept-Language": "en"}).content.decode()
