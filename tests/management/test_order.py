"""What people meet at the keyboard: a help that names all, and faults that say what to do."""

import json
import re
import sys

import pytest
from django.core.management import ManagementUtility, call_command
from django.db import connections

from krets import __main__ as program
from krets.kit.messaging import outbox
from krets.management import order, prepare
from tests.conftest import NOON


@pytest.fixture
def typed(monkeypatch, capsys):
    """Return a function that types words behind bin/krets: (status, what it said, and cried).

    A command closes its connections at its end; here they are the test's.
    """
    monkeypatch.setattr(connections, "close_all", lambda: None)

    def run(*words):
        monkeypatch.setattr(sys, "argv", ["krets", *words])
        try:
            program.main()
        except SystemExit as end:
            status = end.code
        else:
            status = 0
        return status, *capsys.readouterr()

    return run


def orders():
    """Return the parser of each command, as help shows it."""
    utility = ManagementUtility(["krets"])
    return [
        pytest.param(utility.fetch_command(name).create_parser("krets", name), id=name)
        for name in sorted(program.ours())
    ]


@pytest.mark.parametrize("words", [(), ("help",), ("--help",), ("-h",)])
def test_help_names_every_command_with_a_line(typed, words):
    status, said, cried = typed(*words)

    named = re.findall(r"^  bin/krets ([a-z-]+)  +\S", said, re.MULTILINE)
    assert (status, cried) == (0, "")
    assert sorted(named) == sorted([*program.ours(), "help", "version"])


@pytest.mark.parametrize("words", [("outbux",), ("help", "outbux")])
def test_a_slip_of_the_fingers_is_told_and_the_right_word_offered(typed, words):
    status, said, cried = typed(*words)

    assert (status, said) == (2, "")
    assert cried.splitlines() == [
        "There is no command called outbux.",
        "Did you mean: bin/krets outbox",
        "bin/krets help names them all.",
    ]


def test_what_is_like_nothing_is_told_without_a_guess(typed):
    _status, _said, cried = typed("qqq")

    assert "Did you mean" not in cried
    assert "bin/krets help names them all." in cried


def test_help_of_a_command_is_also_asked_for_with_its_name_behind(typed):
    status, said, _cried = typed("help", "outbox")

    assert status == 0
    assert said.startswith("usage: bin/krets outbox")


@pytest.mark.parametrize("parser", orders())
def test_the_help_of_a_command_is_its_own_words_only(parser):
    told = parser.format_help()

    assert parser.description
    assert told.startswith("usage: bin/krets ")
    for foreign in ("--settings", "--traceback", "--skip-checks", "--verbosity", "DJANGO"):
        assert foreign not in told


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("start", "--prot", "1"), "bin/krets start: There is nothing called --prot 1."),
        (("start", "--port", "a"), "bin/krets start: --port: a whole number is needed, not 'a'."),
        (("start", "--port"), "bin/krets start: --port: something must stand behind it."),
        (("login-link",), "bin/krets login-link: Still needed: email."),
        (
            ("outbox", "--count", "0"),
            "bin/krets outbox: --count: 0 is no number. Write how many, as 5.",
        ),
    ],
)
def test_wrong_words_are_told_in_two_lines(typed, words, told):
    status, said, cried = typed(*words)

    assert (status, said) == (2, "")
    assert cried.splitlines() == [told, f"bin/krets {words[0]} --help says more."]


@pytest.mark.parametrize(
    ("words", "status", "told"),
    [
        (("login-link", "nobody@example.org"), 1, "Nobody signs in with that address."),
        (("login-link",), 2, "Still needed: email."),
        (("routines", "--date", "foo"), 2, "--date: foo is no day."),
        (("routines", "--date", "9999-12-31"), 2, "--date: 9999-12-31 has not come yet."),
        (("routines", "--unit", "nowhere"), 1, "There is no association with the address nowhere."),
        (("import", "members.csv"), 2, "Still needed: --unit."),
    ],
)
def test_whoever_asks_for_json_is_refused_in_json(db, typed, words, status, told):
    without = typed(*words)
    ended, said, cried = typed(*words, "--json")

    assert without[:2] == (status, "")
    assert (ended, cried) == (status, "")
    answer = json.loads(said)
    assert list(answer) == ["error"]
    assert answer["error"].startswith(told)


@pytest.mark.parametrize("words", [("outbox",), ("login-link", "siv@example.org"), ("routines",)])
def test_a_folder_where_nothing_is_ready_is_named_with_what_to_do(typed, monkeypatch, words):
    monkeypatch.setattr(order, "unprepared", lambda: True)

    status, said, cried = typed(*words)

    assert (status, said) == (1, "")
    assert "bin/krets start" in cried
    assert "CommandError" not in cried


def test_what_is_prepared_is_known_as_such(db):
    assert not order.unprepared()


def test_the_outbox_is_read_with_the_newest_nearest_the_prompt(db, settings, capsys):
    settings.EMAIL_BACKEND = outbox.KEEPS
    for words in ("first", "second", "third"):
        outbox.post("siv@example.org", subject="Your code", body=f"The {words}\n", at=NOON)

    call_command("outbox", count=2)

    said = capsys.readouterr().out
    assert re.findall(r"^The (\w+)$", said, re.MULTILINE) == ["second", "third"]
    assert said.startswith("To: siv@example.org\nSubject: Your code\n")


def test_an_empty_outbox_says_where_it_looked_and_why_nothing_may_come(db, settings, capsys):
    settings.EMAIL_BACKEND = outbox.KEEPS
    call_command("outbox")
    kept = capsys.readouterr().out
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    call_command("outbox")

    assert kept == f"The outbox is empty. It was looked for in {settings.DATA}.\n"
    assert "A mail server is named" in capsys.readouterr().out


def test_what_start_says_of_the_outbox_names_an_unusual_folder(settings, tmp_path, monkeypatch):
    settings.EMAIL_BACKEND = outbox.KEEPS
    settings.DATA = tmp_path / "data"
    monkeypatch.chdir(tmp_path)
    (usual,) = prepare.of_mail()
    settings.DATA = tmp_path / "other"
    (unusual,) = prepare.of_mail()

    assert usual.endswith(" with: bin/krets outbox")
    assert unusual.endswith(f" with: KRETS_DATA={tmp_path / 'other'} bin/krets outbox")
