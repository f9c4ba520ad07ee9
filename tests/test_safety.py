import json

import pytest
from django.core.management import CommandError, call_command

from krets import safety
from krets.management import prepare

SAFE = {
    "BASE_URL": "https://krets.example.org",
    "HTTPS": True,
    "DEBUG": False,
    "SECURE_HSTS_SECONDS": 63072000,
    "SESSION_COOKIE_SECURE": True,
    "CSRF_COOKIE_SECURE": True,
    "SECURE_PROXY_SSL_HEADER": ("HTTP_X_FORWARDED_PROTO", "https"),
    "ALLOWED_HOSTS": ["krets.example.org"],
    "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
}


@pytest.fixture
def production(settings, tmp_path):
    """Settings that are safe for others to reach, in a data folder of their own."""
    for name, value in SAFE.items():
        setattr(settings, name, value)
    settings.DATA = tmp_path
    tmp_path.chmod(0o700)
    for name in ("key", "secret"):
        (tmp_path / name).write_text("x")
        (tmp_path / name).chmod(0o600)
    return settings


def keys(host="127.0.0.1"):
    return [fault.key for fault in safety.faults(host)]


def test_a_safe_installation_has_no_faults(production):
    assert keys() == []


@pytest.mark.parametrize(
    ("name", "value", "key"),
    [
        ("DEBUG", True, "debug"),
        ("HTTPS", False, "http"),
        ("ALLOWED_HOSTS", ["*"], "hosts"),
        ("SECURE_HSTS_SECONDS", 3600, "hsts"),
        ("SESSION_COOKIE_SECURE", False, "cookies"),
        ("CSRF_COOKIE_SECURE", False, "cookies"),
        ("SECURE_PROXY_SSL_HEADER", None, "proxy"),
        ("SECRET_KEY", "short", "secret"),
        ("SECRET_KEY", "a" * 60, "secret"),
        ("SEAL_KEY", b"short", "key"),
    ],
)
def test_one_fault_is_enough_to_refuse(production, name, value, key):
    setattr(production, name, value)

    (fault,) = safety.faults()

    assert (fault.key, fault.must) == (key, True)
    assert fault.says
    assert fault.do


@pytest.mark.parametrize(
    ("name", "mode", "key"),
    [("", 0o755, "folder"), ("key", 0o640, "file-key"), ("secret", 0o604, "file-secret")],
)
def test_nobody_else_on_the_machine_may_read_it(production, name, mode, key):
    (production.DATA / name).chmod(mode)

    assert keys() == [key]


def test_a_database_that_others_could_read_is_told_and_mended_at_the_next_start(production):
    for name in ("krets.sqlite3", "krets.sqlite3-wal"):
        (production.DATA / name).write_text("x")
        (production.DATA / name).chmod(0o644)
    assert [(fault.key, fault.must) for fault in safety.faults()] == [("file-krets", False)]

    prepare.keep_to_oneself()

    assert keys() == []
    assert (production.DATA / "krets.sqlite3-wal").stat().st_mode & safety.OTHERS == 0


def test_a_demo_is_not_shown_to_the_world(production):
    (production.DATA / "demo").touch()

    assert keys() == ["demo"]


def test_without_a_mail_server_it_may_run_but_is_told(production):
    production.EMAIL_BACKEND = "krets.kit.messaging.outbox.OutboxBackend"

    assert [(fault.key, fault.must) for fault in safety.faults()] == [("mail", False)]


def test_on_ones_own_machine_http_will_do(production):
    production.BASE_URL = "http://localhost:8000"
    production.HTTPS = False
    production.DEBUG = True

    assert keys() == []
    assert keys("192.0.2.7") == ["debug", "http"]


def test_the_command_tells_people_and_refuses(production, capsys):
    production.DEBUG = True

    with pytest.raises(CommandError):
        call_command("check")

    assert "KRETS_DEBUG" in capsys.readouterr().out


def test_the_command_says_in_our_words_that_all_is_well(production, capsys):
    call_command("check")

    said, cried = capsys.readouterr()
    assert said.startswith("All is well. Looked at: ")
    assert str(production.DATA) in said
    assert "how others reach Krets at https://krets.example.org" in said
    assert "System check" not in said + cried


def test_what_is_only_unwise_is_told_before_krets_may_run(production, capsys):
    production.EMAIL_BACKEND = "krets.kit.messaging.outbox.OutboxBackend"

    call_command("check")

    first, last = capsys.readouterr().out.splitlines()
    assert first.startswith("- No mail server is named")
    assert last.startswith("Krets may run. Looked at: ")


def test_the_command_tells_machines(production, capsys):
    production.ALLOWED_HOSTS = ["*"]

    with pytest.raises(CommandError):
        call_command("check", "--json")

    told = json.loads(capsys.readouterr().out)
    assert told["ok"] is False
    assert [fault["key"] for fault in told["faults"]] == ["hosts"]
