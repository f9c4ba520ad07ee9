import ast
from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone

import krets
from krets.kit.audit import trail
from krets.kit.ui.templatetags.ui import disc
from krets.office.trail.words import WORDS
from krets.register.models import Look
from tests.conftest import NOON

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
