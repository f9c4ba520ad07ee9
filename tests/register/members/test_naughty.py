import json
from pathlib import Path

import pytest

from krets import events, loop
from krets.kit.errors import CannotError
from krets.register.members.commands import add_member, edit_person
from krets.register.members.models import Person
from krets.register.profiles.commands import add_tags, write_note
from tests.conftest import NOON, TODAY

NAUGHTY = Path(__file__).parents[4] / "shared" / "data" / "text" / "blns.json"


@pytest.fixture(autouse=True)
def unheard():
    """Let nobody listen: what routines make of a change is tried elsewhere, and slow 500 times."""
    events.connect({})
    yield
    loop.connect()


@pytest.fixture(scope="module")
def strings():
    if not NAUGHTY.exists():
        pytest.skip("the list of naughty strings lies beside the checkout, and is not there")
    return json.loads(NAUGHTY.read_text(encoding="utf-8"))


def refusal_of(act, *args, **kwargs):
    """Return the words of a refusal; None when it was done."""
    try:
        act(*args, **kwargs)
    except CannotError as refusal:
        return str(refusal)
    return None


def test_whatever_is_written_is_stored_or_refused_in_words(cast, strings):
    signed = {"by": cast.siv, "at": NOON}

    refused = [
        words
        for text in strings
        for words in (
            refusal_of(add_member, cast.bjorkvik, joined_on=TODAY, first_name=text, **signed),
            refusal_of(write_note, cast.cecilia, text=text, **signed),
            refusal_of(add_tags, cast.cecilia, kind="free", words=[text], **signed),
        )
    ]

    names = set(Person.objects.values_list("first_name", flat=True))
    assert "Ω≈ç√∫˜µ≤≥÷" in names
    assert not any(sign in name for name in names for sign in "\x00\u202e")
    assert "" not in refused


@pytest.mark.parametrize("field", ["phone", "email", "postal_code", "born_on", "city", "sex"])
def test_no_detail_breaks_an_edit(cast, strings, field):
    signed = {"by": cast.siv, "at": NOON}

    for text in strings:
        person = Person.objects.get(pk=cast.cecilia.pk)
        changes = {field: text}
        told = refusal_of(edit_person, person, seen=person.revision, changes=changes, **signed)
        assert told != ""
