"""That what is written about the house is true of it."""

import re
from pathlib import Path

import pytest

from krets.version import version

ROOT = Path(__file__).parents[2]
PAGES = [
    path
    for path in [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]
    if path.name != "0000-template.md"
]
each_page = pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))


def asked_for(name):
    lines = (ROOT / name).read_text(encoding="utf-8").split()
    return {re.split(r"[\[<>=!~;]", line)[0].lower() for line in lines}


def test_every_package_has_a_line_of_why():
    page = (ROOT / "docs" / "dependencies.md").read_text(encoding="utf-8")
    explained = re.findall(r"^\| `([a-z0-9-]+)` \| \S", page, re.MULTILINE)

    files = ["requirements.in", "requirements-postgres.in", "requirements-dev.in"]
    assert sorted(explained) == sorted({name for file in files for name in asked_for(file)})


def test_what_is_locked_is_what_is_asked_for():
    for name in ["requirements", "requirements-postgres", "requirements-dev"]:
        locked = (ROOT / f"{name}.txt").read_text(encoding="utf-8")
        held = {found.lower() for found in re.findall(r"^([\w.-]+)==", locked, re.MULTILINE)}

        assert asked_for(f"{name}.in") - held == set()


def test_locks_hold_hashes_and_no_addresses():
    for path in ROOT.glob("requirements*.txt"):
        text = path.read_text(encoding="utf-8")
        packages = re.findall(r"^\S+==", text, re.MULTILINE)

        assert "://" not in text
        assert len(re.findall(r"==.*\\\n    --hash=sha256:", text)) == len(packages)


def test_the_version_is_that_of_the_changelog():
    assert re.fullmatch(r"\d+\.\d+\.\d+(\.dev\d+|rc\d+)?", version())


@each_page
def test_the_page_leads_only_to_what_is_there(page):
    text = re.sub(r"```.*?```", "", page.read_text(encoding="utf-8"), flags=re.DOTALL)
    links = [link.split("#")[0] for link in re.findall(r"\]\(([^)\s]+)\)", text)]
    lost = [
        link for link in links if link and ":" not in link and not (page.parent / link).exists()
    ]

    assert lost == []


@each_page
def test_the_programs_a_page_names_are_there(page):
    named = set(re.findall(r"(?<![/\w])(bin/[a-z]+)", page.read_text(encoding="utf-8")))

    assert [name for name in sorted(named) if not (ROOT / name).exists()] == []
