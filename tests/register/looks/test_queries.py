from datetime import date, timedelta

from krets.register.looks.commands import note_list, note_look
from krets.register.looks.queries import lists_with, looks_at, viewers_of
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

    assert lists_with(cast.cecilia, today=TODAY) == 1


def test_looks_cost_the_same_for_one_and_for_three(cast, django_assert_num_queries):
    note_look(cast.cecilia, page="person", by=cast.siv, at=NOON)
    with django_assert_num_queries(2):
        looks_at(cast.cecilia, today=TODAY)

    for viewer in (cast.bo, cast.arne):
        note_look(cast.cecilia, page="person", by=viewer, at=NOON)
    with django_assert_num_queries(2):
        assert len(looks_at(cast.cecilia, today=TODAY)) == 3
