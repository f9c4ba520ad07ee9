"""The rules of the house, held against the house. Every exemption stands here with its reason."""

import ast
from functools import cache
from pathlib import Path

import pytest

from tests.architecture import pages, rules

ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "krets"
KINDS_OF_PAGE = {".html", ".css", ".js", ".svg", ".txt"}

MAY_WRITE = {
    "register/access/tickets.py": "personal links are made and used up by every feature's commands",
}
MAY_READ_THE_CLOCK = {
    "health.py": "a view",
    "kit/jobs/worker.py": "the worker is what has a clock, and hands it on",
    "kit/jobs/schedule.py": "the same",
    "register/access/doors.py": "a door stands in front of views",
    "register/looks/doors.py": "the same",
    "register/accounts/sessions.py": "a session begins where a view answers",
    "kit/tables/values/identity.py": "only a century is taken from it, where no day was given",
    "overview/today/places.py": "called while a page is drawn, which has no other clock",
    "kit/ui/style.py": "the style page shows invented moments around the present one",
    "kit/ui/templatetags/ui.py": "a page's own clock, where its view handed on none",
}
SEE_EVERYWHERE = {
    "management/commands/import.py",
    "management/commands/routines.py",
    "register/access/doors.py",
    "register/imports/commands/ending.py",
    "register/profiles/jobs.py",
    "rhythm/routines/jobs.py",
    "welcome/calls/jobs.py",
    "welcome/leavers/jobs.py",
}
ALSO_OPEN = {
    "krets.register.members.fields": "whoever shows people needs what the viewer may see of them",
    "krets.register.members.keys": "whoever makes a person needs its sort and search keys",
    "krets.register.looks.doors": "whoever shows a person comes to the person through it",
    "krets.register.accounts.sessions": "setting up and signing in begin a session alike",
    "krets.welcome.content": "the stage's guides and letters, which are files and no feature",
}
LOOKS_LATER = {
    "welcome/calls/views/lists.py:person": "leads to the card, which writes down the look",
    "welcome/leavers/views.py:call": "the same",
    "welcome/letters/views.py:to_person": "leads to the list, which writes down whom it shows",
    "welcome/path/views.py:take_up": "says that a step is back, and no name",
}
HANDS_ON = {
    "register/imports/commands/saving.py": "prepares in small transactions, saves by one command",
}
MAY_NAME = {
    "kit/jobs/models.py": "the names are those of jobs",
}
CLOCK_NAMES = {"views", "jobs", "middleware", "adapter"}
MAY_BE_LONG = {}
LONG = 300


@cache
def tree(path):
    return ast.parse(path.read_text(encoding="utf-8"))


def sources(folder=SOURCE):
    return [path for path in sorted(folder.rglob("*.py")) if "migrations" not in path.parts]


def in_stages():
    return [path for path in sources() if path.relative_to(SOURCE).parts[0] in rules.STAGES]


def name(path):
    return str(path.relative_to(SOURCE))


def is_part(path, part):
    """Tell whether a file is a feature's `part`: the module of that name, or inside the package."""
    return path.stem == part or part in path.relative_to(SOURCE).parts


def broken(rule, paths, exempt=()):
    return [
        f"{path.relative_to(ROOT)}:{line}"
        for path in paths
        if name(path) not in exempt
        for line in rule(tree(path))
    ]


def test_only_commands_write():
    others = [path for path in in_stages() if not is_part(path, "commands")]

    assert broken(rules.writes, others, MAY_WRITE) == []


def test_views_reach_rows_only_through_find_and_queries():
    views = [path for path in in_stages() if is_part(path, "views")]

    assert broken(rules.objects, views) == []


def test_a_page_about_a_person_writes_down_the_look_before_it_shows_anything():
    views = [path for path in in_stages() if is_part(path, "views")]

    unlooked = {
        f"{name(path)}:{function}" for path in views for function in rules.unlooked(tree(path))
    }

    assert unlooked == set(LOOKS_LATER)


def test_forms_never_write():
    assert broken(rules.form_saves, sources()) == []


def test_nobody_below_views_and_jobs_looks_at_the_clock():
    below = [
        path
        for path in sources()
        if not any(is_part(path, part) for part in CLOCK_NAMES)
        and name(path).split("/")[0] != "management"
    ]

    assert broken(rules.clocks, below, MAY_READ_THE_CLOCK) == []


def test_features_meet_at_the_front_door():
    inside = [path for path in in_stages() if len(path.relative_to(SOURCE).parts) > 2]

    strays = [
        f"{path.relative_to(ROOT)}:{line}"
        for path in inside
        for line in rules.strays(tree(path), list(path.relative_to(SOURCE).parts[:2]), ALSO_OPEN)
    ]

    assert strays == []


def test_no_row_says_whose_it_is_when_it_is_logged():
    models = [path for path in sources() if is_part(path, "models")]

    assert broken(rules.personal_strings, models, MAY_NAME) == []


def test_nothing_is_written_behind_the_readers_back():
    models = [path for path in sources() if is_part(path, "models")]

    assert broken(rules.hidden_writes, models) == []


def test_lists_are_ordered_where_they_are_made():
    assert broken(rules.orderings, sources()) == []


def test_whatever_is_signed_is_a_command():
    commands = [path for path in sources() if is_part(path, "commands")]
    commands = [path for path in commands if "management" not in path.parts]

    assert broken(rules.unsigned_commands, commands, HANDS_ON) == []


def test_only_those_listed_see_all_associations_at_once():
    callers = {
        name(path)
        for path in sources()
        for call in rules.calls(tree(path))
        if rules.last_name(call) == "everywhere"
    }

    assert callers == SEE_EVERYWHERE


def test_texts_are_translated_whole():
    assert broken(rules.assembled_texts, sources()) == []


def test_counting_is_left_to_the_limits():
    assert broken(rules.cache_counts, sources()) == []


@pytest.mark.parametrize("folder", ["krets", "tests", "tools", "benchmarks"])
def test_silence_has_a_reason(folder):
    bare = [
        f"{path.relative_to(ROOT)}:{line}"
        for path in sources(ROOT / folder)
        if path.parent != Path(__file__).parent
        for line in rules.bare_suppressions(path.read_text(encoding="utf-8"))
    ]

    assert bare == []


@pytest.mark.parametrize("rule", [rules.mocks, rules.skips])
def test_tests_are_honest(rule):
    tests = [path for path in sources(ROOT / "tests") if path.parent != Path(__file__).parent]

    assert [f"{path.relative_to(ROOT)}:{line}" for path in tests for line in rule(tree(path))] == []


def test_no_file_needs_scrolling_to_be_understood():
    long = {name(path): len(path.read_text(encoding="utf-8").splitlines()) for path in sources()}

    assert {
        key: lines for key, lines in long.items() if lines > LONG and key not in MAY_BE_LONG
    } == {}


def page_files():
    return [
        path
        for path in sorted(SOURCE.rglob("*"))
        if path.suffix in KINDS_OF_PAGE and "vendor" not in path.parts and "fonts" not in path.parts
    ]


@pytest.mark.parametrize("rule", [pages.inline, pages.untrimmed, pages.elsewhere])
def test_pages_hold_nothing_the_browser_would_refuse(rule):
    if rule is pages.elsewhere:
        files = page_files()
    else:
        files = [path for path in page_files() if path.suffix in {".html", ".txt"}]

    found = {
        str(path.relative_to(ROOT)): hits
        for path in files
        if (hits := rule(path.read_text(encoding="utf-8")))
    }

    assert found == {}
