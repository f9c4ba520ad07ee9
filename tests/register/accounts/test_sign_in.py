import re
import socket
from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from krets.kit.audit.models import Entry
from krets.kit.jobs.worker import run_pending
from krets.kit.messaging.models import Letter
from krets.management import prepare
from krets.register.access import tickets
from krets.register.models import Account

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


@pytest.mark.parametrize("email", ["siv.bjorkvik@example.org", "nobody@example.org"])
def test_without_a_mail_server_everyone_is_told_where_the_code_is_read(client, cast, outbox, email):
    english = {"Accept-Language": "en"}
    first = client.get(SIGN_IN, headers=english).content.decode()
    second = client.post(SIGN_IN, {"email": email}, headers=english, follow=True).content.decode()

    for page in (first, second):
        assert "Krets cannot send mail here yet" in page
        assert "bin/krets outbox" in page
        assert "bin/krets login-link" in page
        assert "Check your e-mail" not in page
        assert "junk mail" not in page
        assert email not in page


def test_where_mail_is_sent_nothing_is_said_of_the_outbox(client, cast):
    first = client.get(SIGN_IN, headers={"Accept-Language": "en"}).content.decode()
    second = client.post(SIGN_IN, {"email": cast.siv.account.email}, follow=True).content.decode()

    assert "bin/krets" not in first + second
    assert "Check your e-mail" in second


def test_a_wrong_code_is_refused_and_says_so(client, cast, outbox):
    client.post(SIGN_IN, {"email": cast.siv.account.email})
    wrong = "000000" if code_in(outbox.get()) != "000000" else "111111"

    answer = client.post(CODE, {"code": wrong})

    assert "_auth_user_id" not in client.session
    assert answer.status_code == 422
    assert "That is not the latest code." in answer.content.decode()


def test_known_and_unknown_addresses_get_the_same_answer(client, cast, outbox):
    def asked(email):
        client.cookies.clear()
        first = client.post(SIGN_IN, {"email": email})
        page = client.get(first["Location"]).content.decode()
        return first.status_code, first["Location"], re.sub(r'value="[^"]{60,}"', "", page)

    assert asked(cast.siv.account.email) == asked("nobody@example.org")
    assert outbox.count() == 1


def test_the_code_is_sent_by_a_job_whose_row_does_not_hold_it(client, cast, mailoutbox):
    client.post(SIGN_IN, {"email": cast.siv.account.email})
    code = code_in(Letter.objects.get())
    (job,) = DBTaskResult.objects.all()

    assert mailoutbox == []
    assert code not in str(job.args_kwargs)
    assert cast.siv.account.email not in str(job.args_kwargs)
    run_pending(timezone.now())

    (sent,) = mailoutbox
    assert (sent.to, code in sent.body) == ([cast.siv.account.email], True)
    assert Letter.objects.count() == 0


def test_a_code_that_could_not_be_sent_in_time_is_not_sent_at_all(client, cast, mailoutbox):
    client.post(SIGN_IN, {"email": cast.siv.account.email})

    run_pending(timezone.now() + timedelta(minutes=11))

    assert mailoutbox == []
    assert Letter.objects.count() == 0


def test_a_mail_server_that_is_down_is_told_to_nobody_and_the_code_is_sent_later(
    client, cast, settings, mailoutbox
):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    with socket.socket() as nobody_listens:
        nobody_listens.bind(("127.0.0.1", 0))
        settings.EMAIL_HOST, settings.EMAIL_PORT = nobody_listens.getsockname()
        statuses = {
            client.post(SIGN_IN, {"email": email}).status_code
            for email in (cast.siv.account.email, "nobody@example.org")
        }
        run_pending(timezone.now(), raising=False)
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    run_pending(timezone.now() + timedelta(minutes=1))

    assert statuses == {302}
    assert [message.to for message in mailoutbox] == [[cast.siv.account.email]]


def test_known_and_unknown_addresses_cost_the_same_work(client, cast, outbox, statements):
    def work(email):
        client.cookies.clear()
        with statements() as asked:
            client.post(SIGN_IN, {"email": email})
        return sum(sql.startswith(("INSERT", "UPDATE")) for sql in asked)

    work("warm-up@example.org")
    assert work(cast.siv.account.email) == work("nobody@example.org")


def test_a_new_code_is_sent_when_asked_for_and_the_one_before_no_longer_works(client, cast, outbox):
    client.post(SIGN_IN, {"email": cast.siv.account.email})
    first = code_in(outbox.get())

    answer = client.post(CODE, {"action": "resend"}, follow=True)

    newest = code_in(outbox.latest("pk"))
    assert outbox.count() == 2
    assert "There is a new code." in answer.content.decode()
    assert first == newest or client.post(CODE, {"code": first}).status_code == 422
    assert client.post(CODE, {"code": newest}).status_code == 302
    assert client.session["_auth_user_id"] == str(cast.siv.account.pk)


def test_a_new_code_for_an_unknown_address_is_answered_alike(client, cast, outbox):
    client.post(SIGN_IN, {"email": "nobody@example.org"})

    answer = client.post(CODE, {"action": "resend"}, follow=True)

    assert "There is a new code." in answer.content.decode()
    assert outbox.count() == 0


def test_whoever_wrote_the_wrong_address_can_write_another(client, cast, outbox):
    client.post(SIGN_IN, {"email": "sivv@example.org"})
    page = client.get(CODE).content.decode()
    assert f'href="{SIGN_IN}"' in page

    assert client.get(SIGN_IN).status_code == 200
    client.post(SIGN_IN, {"email": cast.siv.account.email})

    assert client.post(CODE, {"code": code_in(outbox.get())}).status_code == 302


@pytest.mark.parametrize("minutes", [11, 90])
def test_a_code_whose_time_is_out_says_so_and_has_the_address_ready(client, cast, outbox, minutes):
    client.post(SIGN_IN, {"email": cast.siv.account.email})
    _let_time_pass(client, minutes)

    answer = client.post(CODE, {"code": code_in(outbox.get())}, follow=True)

    page = answer.content.decode()
    assert answer.redirect_chain == [(SIGN_IN, 302)]
    assert "The code lasted ten minutes." in page
    assert f'value="{cast.siv.account.email}"' in page
    assert "_auth_user_id" not in client.session


def test_a_new_code_lasts_ten_minutes_from_when_it_was_asked_for(client, cast, outbox):
    client.post(SIGN_IN, {"email": cast.siv.account.email})
    _let_time_pass(client, 9)
    client.post(CODE, {"action": "resend"})
    _let_time_pass(client, 9)

    assert client.post(CODE, {"code": code_in(outbox.latest("pk"))}).status_code == 302


def test_the_way_in_can_close_while_the_code_is_on_its_way(client, cast, outbox):
    client.post(SIGN_IN, {"email": cast.siv.account.email})
    Account.objects.filter(pk=cast.siv.account.pk).update(is_active=False)

    answer = client.post(CODE, {"code": code_in(outbox.get())})

    assert answer.status_code == 302
    assert "_auth_user_id" not in client.session


def _let_time_pass(client, minutes):
    """Set back what the session remembers of when the code was asked for."""
    session = client.session
    login = session["account_login"]
    login["initiated_at"] -= minutes * 60
    login["state"]["stages"]["login_by_code"]["data"]["at"] -= minutes * 60
    session["account_login"] = login
    session.save()


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


def test_the_link_leads_to_the_server_that_runs(cast, capsys, settings, tmp_path, monkeypatch):
    settings.DATA = tmp_path
    (tmp_path / prepare.ADDRESS).write_text(prepare.address("127.0.0.1", 8811))

    def made(*words):
        call_command("login-link", cast.siv.account.email, *words)
        return capsys.readouterr().out.strip().partition("/-/")[0]

    assert made() == "http://localhost:8811"
    assert made("--port", "9000") == "http://localhost:9000"
    assert made("--base-url", "https://krets.example.org/") == "https://krets.example.org"
    monkeypatch.setenv("KRETS_BASE_URL", settings.BASE_URL)
    assert made() == settings.BASE_URL


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


def test_signing_out_is_told_once_in_the_language_that_was_spoken(client, cast):
    client.force_login(cast.siv.account)
    client.post("/-/language/", {"language": "sv"})

    told = client.post("/-/sign-out/", follow=True).content.decode()

    assert "Du är utloggad." in told
    assert "Välkommen in" in told
    assert "Du är utloggad." not in client.get(SIGN_IN).content.decode()


def test_the_language_is_kept_with_the_account_and_leads_nowhere_else(client, cast):
    client.force_login(cast.siv.account)

    answer = client.post("/-/language/", {"language": "sv", "next": "//elsewhere.example"})

    cast.siv.account.refresh_from_db()
    assert cast.siv.account.language == "sv"
    assert answer["Location"] == "/"
    client.post("/-/language/", {"language": "tlh"})
    cast.siv.account.refresh_from_db()
    assert cast.siv.account.language == "sv"


def test_an_address_half_written_stays_when_the_language_is_changed(client, cast):
    before = client.get(SIGN_IN).content.decode()
    typed = {"email": " siv@exam", "language": "en"}

    answer = client.post("/-/language/", typed, follow=True)

    page = answer.content.decode()
    assert re.search(r'<form[^>]* id="sign-in"', before)
    assert re.search(r'form="sign-in" formaction="/-/language/" formnovalidate name="lang', before)
    assert 'value="siv@exam"' in page
    assert "Come on in" in page
    assert not any("siv" in address for address, _status in answer.redirect_chain)
    assert 'value="siv@exam"' not in client.get(SIGN_IN).content.decode()


def test_home_leads_each_to_where_their_day_begins(client, cast):
    client.force_login(cast.siv.account)
    assert client.get("/")["Location"] == "/bjorkvik/"

    client.logout()
    assert client.get("/")["Location"] == SIGN_IN
