"""The folder of a demo: what stands there is opened, and thrown away only when one says so."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from krets.demo import folder
from krets.register.access import tickets
from krets.register.models import Person, Unit
from krets.register.organisation.commands import new_setup_link
from tests.conftest import NOON

SMALL = ("--members", "40", "--date", "2026-03-02")

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def own_folder(settings, tmp_path):
    settings.DATA = tmp_path
    settings.STATIC_ROOT = tmp_path / "static"


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

    demo("--fresh", "--date", "2026-03-02")

    made_of = json.loads(folder.mark().read_text())
    assert made_of == {"members": 40, "seed": 7, "date": "2026-03-02"}
    assert not Person.objects.filter(pk=cast.cecilia.pk, first_name="Cecilia").exists()
