"""The folder of a demo: what stands there is opened, and thrown away only when one says so."""

import json
import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from io import StringIO
from pathlib import Path

import pytest
from django.core import mail
from django.core.management import CommandError, call_command
from django.db import connection

from krets.demo import folder
from krets.management import prepare
from krets.register.access import tickets
from krets.register.models import Person, Unit
from krets.register.organisation.commands import new_setup_link
from tests.conftest import NOON

SMALL = ("--members", "40", "--date", "2026-03-02")

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def own_folder(settings, tmp_path):
    settings.DATA = tmp_path
    settings.BASE_URL = "http://localhost:8000"
    settings.STATIC_ROOT = tmp_path / "static"
    # Nothing is served from here: the files count as collected.
    settings.STATIC_ROOT.mkdir()
    (tmp_path / prepare.STAMP).write_text(prepare.static_sum())


@pytest.fixture
def stands(cast, own_folder):
    """A finished demo of 500 members."""
    made_of = {"members": 500, "seed": 7, "date": "2026-03-02"}
    folder.set_mark(made_of)
    return made_of


def demo(*words):
    out = StringIO()
    call_command("demo", "--only-data", *words, stdout=out, stderr=StringIO())
    return out.getvalue()


def test_a_demo_that_stands_is_opened_without_words(stands, cast):
    said = demo()

    assert "mandate=membership_officer unit=bjorkvik" in said
    assert Person.objects.filter(pk=cast.cecilia.pk).exists()


@pytest.mark.parametrize("words", [("--members", "500"), ("--seed", "7"), ("--date", "2026-03-02")])
def test_the_same_words_open_it_too(stands, cast, words):
    demo(*words)

    assert Person.objects.filter(pk=cast.cecilia.pk).exists()


@pytest.mark.parametrize("words", [("--members", "120"), ("--seed", "1"), ("--date", "2026-03-03")])
def test_other_words_are_refused_until_one_says_fresh(stands, cast, words):
    with pytest.raises(CommandError, match=r"holds a demo of 500 members .* --fresh"):
        demo(*words)

    assert Person.objects.filter(pk=cast.cecilia.pk).exists()


def test_what_start_has_made_ready_does_not_become_a_demo(db):
    token = new_setup_link(at=NOON)

    with pytest.raises(CommandError, match="made ready by `krets start`"):
        demo(*SMALL)

    assert tickets.valid("set-up", token, at=NOON)
    assert not folder.mark().exists()


def test_a_real_association_does_not_become_a_demo(cast):
    with pytest.raises(CommandError, match="holds a real association"):
        demo("--fresh")

    assert Unit.objects.filter(slug="bjorkvik").exists()


def test_what_was_broken_off_is_a_demo_all_the_same(cast, own_folder):
    folder.mark().touch()

    assert folder.told() == {}


@pytest.mark.django_db(transaction=True)
def test_fresh_throws_it_away_and_makes_another_of_as_many(stands, cast):
    folder.set_mark({"members": 40, "seed": 7, "date": "2026-03-01"})

    told = StringIO()
    call_command(
        "demo", "--only-data", "--fresh", "--date", "2026-03-02", "--port", "8123", stderr=told
    )

    months = told.getvalue().splitlines()
    assert (months[0], months[1].strip(), months[-1].strip()) == (
        "Inventing an association of 40 members …",
        "March 2025",
        "March 2026",
    )
    led = [letter.body for letter in mail.outbox if "/-/sign-in/" in letter.body]
    assert led
    assert all("http://localhost:8123/-/sign-in/" in body for body in led)
    made_of = json.loads(folder.mark().read_text())
    assert made_of == {"members": 40, "seed": 7, "date": "2026-03-02"}
    assert not Person.objects.filter(pk=cast.cecilia.pk, first_name="Cecilia").exists()


@pytest.fixture
def of_another_version(stands):
    """The demo as a version left it that did not keep one of the columns."""
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE register_importhabit DROP COLUMN set_at")


def test_a_demo_of_another_version_is_refused_in_a_sentence(cast, of_another_version):
    with pytest.raises(CommandError, match=r"made by another version of Krets: write --fresh"):
        demo()

    assert Person.objects.filter(pk=cast.cecilia.pk).exists()


def test_something_real_of_another_version_is_left_alone_by_fresh(cast, of_another_version):
    folder.mark().unlink()

    with pytest.raises(CommandError, match=r"holds data of another version of Krets\. Choose"):
        demo("--fresh", *SMALL)

    assert Person.objects.filter(pk=cast.cecilia.pk).exists()


@pytest.mark.slow
def test_fresh_makes_a_demo_of_another_version_anew(tmp_path):
    made_by_another_version(tmp_path, "DROP TABLE register_importhabit")

    refused, sentence = run("demo", "--only-data", data=tmp_path)
    made, said = run("demo", "--only-data", "--fresh", data=tmp_path)

    assert (refused, made) == (1, 0)
    assert "Traceback" not in sentence
    assert "made by another version of Krets: write --fresh" in sentence
    assert "mandate=membership_officer unit=bjorkvik" in said
    assert json.loads((tmp_path / "demo").read_text())["members"] == 20


@pytest.mark.slow
def test_steps_that_were_taken_under_other_names_are_of_another_version_too(tmp_path):
    made_by_another_version(tmp_path, "UPDATE django_migrations SET name = '0001_earlier'")

    refused, sentence = run("demo", "--only-data", data=tmp_path)

    assert refused == 1
    assert "Traceback" not in sentence
    assert "made by another version of Krets: write --fresh" in sentence


def made_by_another_version(data, change):
    """Leave a demo folder as a version did whose tables differed by the change."""
    assert run("migrate", "--verbosity=0", data=data) == (0, "")
    with closing(sqlite3.connect(data / "krets.sqlite3")) as database:
        database.execute(change)
        database.commit()
    made_of = {"members": 20, "seed": 1, "date": "2026-03-02"}
    (data / "demo").write_text(json.dumps(made_of))


def run(*words, data):
    """Run a command as people do. Return how it ended and all that it said."""
    done = subprocess.run(
        [sys.executable, "-m", "krets", *words],
        env={"PATH": os.environ["PATH"], "KRETS_DATA": str(data)},
        cwd=Path(__file__).parents[2],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    return done.returncode, done.stdout
