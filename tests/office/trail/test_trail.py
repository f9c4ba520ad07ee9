import ast
import re
from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone

import krets
from krets.kit.audit import trail
from krets.kit.ui.templatetags.ui import disc
from krets.office.trail.queries import page_of
from krets.office.trail.words import WORDS
from krets.register.mandates.commands import end, give
from krets.register.models import Look
from krets.register.organisation.commands import set_setting
from krets.register.profiles.commands import write_note
from krets.rhythm.routines.commands import set_campaign, set_routine
from krets.rhythm.routines.queries import routine_called
from tests.conftest import NOON, make_person

URL = "/bjorkvik/office/trail/"
SOURCE = Path(krets.__file__).parent
# Session, account, mandates; readers, their names (2); the count, the lines, their names (2).
STATEMENTS = 9


@pytest.mark.parametrize("lines", [1, 3])
def test_the_trail_costs_the_same_however_long_it_is(client, cast, lines, statements):
    for _line in range(lines):
        trail.record("mandate.given", cast.cecilia, by=cast.alva, at=NOON)
        trail.record("setting.set", cast.cecilia, by=cast.siv, at=NOON)
    client.force_login(cast.arne.account)

    with statements() as asked:
        page = client.get(URL).content.decode()

    assert page.count("Gave a mandate") == lines
    assert len(asked) == STATEMENTS
    assert "Alva Ek" in page
    assert "Cecilia" not in page


def test_the_auditor_sees_how_many_each_has_looked_at_but_not_whom(client, cast):
    today = timezone.localdate()
    for days in (0, 1, 40):
        Look.objects.create(
            unit=cast.bjorkvik,
            viewer=cast.siv.account,
            person=cast.cecilia,
            page="person",
            day=today - timedelta(days=days),
            last_at=NOON,
        )
    client.force_login(cast.arne.account)

    page = client.get(URL).content.decode()

    assert "Has opened the details of 1 person. On 2 days." in page
    # The same face as on every other page.
    assert str(disc(cast.siv.person.name, cast.siv.person.pk)) in page
    assert "Cecilia" not in page


def lines_seen(client, cast):
    client.force_login(cast.arne.account)
    page = " ".join(client.get(URL).content.decode().split())
    return re.findall(r'line__name">([^<]+)</span> <span class="line__note">', page)


def test_the_newest_stands_first_whenever_it_was_written_down(cast):
    for action, at in (
        ("letter.printed", NOON),
        ("note.written", NOON - timedelta(days=9)),
        ("mandate.given", NOON + timedelta(days=1)),
        ("setting.set", NOON),
    ):
        trail.record(action, cast.cecilia, by=cast.siv, at=at)

    page, lines = page_of(cast.bjorkvik, 1)
    assert [entry.action for entry in page.object_list] == [
        "mandate.given",
        "setting.set",
        "letter.printed",
        "note.written",
    ]
    assert [line["at"] for line in lines] == sorted((line["at"] for line in lines), reverse=True)


def test_the_auditor_sees_to_whom_a_mandate_went_and_came_from(client, cast):
    mandate = give(
        cast.bjorkvik, cast.cecilia, kind="caller", email="c@example.org", by=cast.alva, at=NOON
    )
    end(mandate, by=cast.alva, at=NOON)

    assert lines_seen(client, cast) == [
        "Ended a mandate: Caller, held by Cecilia Åström",
        "Gave a mandate: Caller, to Cecilia Åström",
        "Set up a sign-in",
    ]


def test_the_auditor_sees_which_setting(client, cast):
    routine = routine_called("welcome_call")
    days = {name: default for name, (default, _floor, _ceiling) in routine.settings.items()}
    set_routine(cast.bjorkvik, routine=routine, on=False, numbers=days, by=cast.siv, at=NOON)
    set_routine(cast.bjorkvik, routine=routine, on=True, numbers={"days": 9}, by=cast.siv, at=NOON)
    set_campaign(cast.bjorkvik, on=True, by=cast.alva, at=NOON)
    set_setting(cast.bjorkvik, key="gone.since", value=1, by=cast.alva, at=NOON)

    assert [line.replace("&amp;", "&") for line in lines_seen(client, cast)] == [
        "Changed a setting",
        "Switched campaign mode on",
        f"Switched the routine “{routine.title}” on",
        f"Changed the routine “{routine.title}”: {routine.labels['days']}",
        f"Switched the routine “{routine.title}” off",
    ]


def test_what_was_done_about_a_member_is_told_without_the_name(client, cast):
    write_note(cast.cecilia, text="Hemligt", by=cast.siv, at=NOON)

    client.force_login(cast.arne.account)
    page = client.get(URL).content.decode()

    assert "Wrote a note" in page
    assert "Cecilia" not in page
    assert "Hemligt" not in page


@pytest.mark.parametrize("count", [1, 3])
def test_names_cost_the_same_for_one_and_for_three(client, cast, count, statements):
    for number in range(count):
        person = make_person(cast.bjorkvik, f"Ny{number}")
        mail = f"n{number}@example.org"
        give(cast.bjorkvik, person, kind="caller", email=mail, by=cast.alva, at=NOON)
    client.force_login(cast.arne.account)

    with statements() as asked:
        client.get(URL)

    # And the mandates with their holders.
    assert len(asked) == STATEMENTS + 1


def test_the_neighbours_lines_are_not_here(client, cast):
    trail.record("mandate.given", cast.gun, by=cast.doris, at=NOON)
    client.force_login(cast.arne.account)

    assert "Gave a mandate" not in client.get(URL).content.decode()


def recorded():
    """Yield every act that the code records, with its place."""
    for path in SOURCE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Attribute)
                and node.func.attr in {"record", "record_many", "lines"}
                and getattr(node.func.value, "id", "") == "trail"
            ):
                yield path.name, node.args[0]


def test_every_act_that_is_recorded_has_words():
    acts = list(recorded())

    assert {act.value for _path, act in acts if isinstance(act, ast.Constant)} == set(WORDS)
