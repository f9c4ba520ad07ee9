"""What may be set, and that nothing else is taken for a setting."""

import re
from pathlib import Path

import pytest

from krets import env

ROOT = Path(__file__).parents[2]
DJANGO_OWN = {"DATABASE_URL"}


def test_a_misspelt_setting_stops_the_start(monkeypatch):
    monkeypatch.setenv("KRETS_BASE_ULR", "https://krets.example.org")

    with pytest.raises(env.UnknownSettingError, match="KRETS_BASE_ULR"):
        env.refuse_unknown()


@pytest.mark.parametrize("name", sorted(env.KNOWN))
def test_every_setting_is_let_in_also_as_a_file(monkeypatch, name):
    monkeypatch.setenv(name, "")
    monkeypatch.setenv(f"{name}_FILE", "")

    env.refuse_unknown()


def test_the_settings_that_are_read_are_the_settings_that_are_known():
    source = [path.read_text(encoding="utf-8") for path in (ROOT / "krets").rglob("*.py")]
    read = {name for text in source for name in re.findall(r"\"(KRETS_[A-Z_]+)\"", text)}

    assert read == set(env.KNOWN)


def test_the_operators_page_lists_every_setting():
    page = (ROOT / "docs" / "operating.md").read_text(encoding="utf-8")
    listed = set(re.findall(r"^\| `([A-Z_]+)` \|", page, re.MULTILINE))

    assert listed == set(env.KNOWN) | DJANGO_OWN
