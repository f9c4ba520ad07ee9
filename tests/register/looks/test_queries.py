import ast
from datetime import date, timedelta
from pathlib import Path

import krets
from krets.register.looks.commands import note_list, note_look
from krets.register.looks.queries import appearances, looks_at, viewers_of
from krets.register.looks.words import ANOTHER_LIST, list_in_words
from tests.conftest import NOON, TODAY, give, make_person


def test_looks_are_told_by_name_role_page_and_reason(cast):
    note_look(cast.cecilia, page="person", reason="todo:12", by=cast.siv, at=NOON)
    note_look(cast.cecilia, page="person", by=cast.siv, at=NOON)

    (line,) = looks_at(cast.cecilia, today=TODAY)

    assert (line.who, line.roles) == ("Siv Öberg", ("Membership officer",))
    assert (line.what, line.why) == ("Opened the person page", "Because of something to do.")
    assert (line.times, line.day) == (2, TODAY)


def test_the_role_is_the_one_held_that_day(cast):
    helper = make_person(cast.bjorkvik, "Tove", "Falk")
    viewer = give(helper, "caller", starts_on=date(2026, 1, 1), ends_on=date(2026, 3, 5))
    note_look(cast.cecilia, page="call", by=viewer, at=NOON)
    note_look(cast.cecilia, page="call", by=viewer, at=NOON + timedelta(days=10))

    after, before = looks_at(cast.cecilia, today=TODAY + timedelta(days=11))

    assert (after.roles, before.roles) == ((), ("Caller",))


def test_a_look_more_than_a_year_old_is_not_told(cast):
    note_look(cast.cecilia, page="person", by=cast.siv, at=NOON - timedelta(days=366))

    assert looks_at(cast.cecilia, today=TODAY) == []
    assert viewers_of(cast.cecilia, today=TODAY) == 0


def test_viewers_are_counted_once_each(cast):
    for page in ("person", "edit"):
        note_look(cast.cecilia, page=page, by=cast.siv, at=NOON)
    note_look(cast.cecilia, page="call", by=cast.bo, at=NOON)

    assert viewers_of(cast.cecilia, today=TODAY) == 2


def test_lists_are_counted_by_the_names_that_stood_in_them(cast):
    siv = cast.siv.person.pk
    note_list(page="members", shown=[cast.cecilia.pk, siv], by=cast.siv, at=NOON)
    note_list(page="members", shown=[siv], by=cast.siv, at=NOON)
    note_list(page="members", shown=[cast.cecilia.pk * 10], by=cast.siv, at=NOON)

    assert appearances(cast.cecilia, today=TODAY).count == 1


def test_a_list_is_told_once_a_day_and_page(cast):
    hour = timedelta(hours=1)
    for page, by, at in [
        ("members", cast.siv, NOON),
        ("members", cast.siv, NOON + hour),
        ("members", cast.siv, NOON + timedelta(days=1)),
        ("import:new", cast.siv, NOON),
        ("import:changed", cast.siv, NOON + hour),
        ("calls", cast.bo, NOON - timedelta(days=2)),
        ("calls", cast.bo, NOON - timedelta(days=400)),
    ]:
        note_list(page=page, shown=[cast.cecilia.pk], by=by, at=at)
    note_list(page="members", shown=[cast.siv.person.pk], by=cast.bo, at=NOON)

    found = appearances(cast.cecilia, today=TODAY + timedelta(days=1))

    tomorrow, before = TODAY + timedelta(days=1), TODAY - timedelta(days=2)
    assert [(line.who, line.roles, line.what, line.day) for line in found.lines] == [
        ("Siv Öberg", ("Membership officer",), "Saw the name in the list of members", tomorrow),
        ("Siv Öberg", ("Membership officer",), "Saw the name in a file from the register", TODAY),
        ("Siv Öberg", ("Membership officer",), "Saw the name in the list of members", TODAY),
        ("Bo Lind", ("Caller",), "Saw the name in the list of calls", before),
    ]
    assert (found.count, found.is_cut) == (4, False)


def test_the_count_of_lists_is_of_all_though_the_latest_are_told(cast):
    for day in range(3):
        for page in ("today", "todo"):
            note_list(page=page, shown=[cast.cecilia.pk], by=cast.siv, at=NOON - timedelta(day))

    found = appearances(cast.cecilia, today=TODAY, most=2)

    assert (len(found.lines), found.count, found.is_cut) == (2, 3, True)


def test_appearances_cost_the_same_for_one_and_for_three(cast, django_assert_num_queries):
    note_list(page="members", shown=[cast.cecilia.pk], by=cast.siv, at=NOON)
    with django_assert_num_queries(2):
        appearances(cast.cecilia, today=TODAY)

    for viewer in (cast.bo, cast.arne):
        note_list(page="members", shown=[cast.cecilia.pk], by=viewer, at=NOON)
    with django_assert_num_queries(2):
        assert appearances(cast.cecilia, today=TODAY).count == 3


def test_every_list_that_is_noted_has_words():
    named = {
        page
        for path in Path(krets.__file__).parent.rglob("*.py")
        for page in _pages(ast.parse(path.read_text(encoding="utf-8")))
    }

    assert named > {"members", "search"}
    assert {name for name in named if list_in_words(name) == str(ANOTHER_LIST)} == set()


def _pages(tree):
    """Yield the page named in each call of note_list."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "note_list":
            for keyword in node.keywords:
                if keyword.arg == "page" and isinstance(keyword.value, ast.Constant):
                    yield keyword.value.value


def test_looks_cost_the_same_for_one_and_for_three(cast, django_assert_num_queries):
    note_look(cast.cecilia, page="person", by=cast.siv, at=NOON)
    with django_assert_num_queries(2):
        looks_at(cast.cecilia, today=TODAY)

    for viewer in (cast.bo, cast.arne):
        note_look(cast.cecilia, page="person", by=viewer, at=NOON)
    with django_assert_num_queries(2):
        assert len(looks_at(cast.cecilia, today=TODAY)) == 3
