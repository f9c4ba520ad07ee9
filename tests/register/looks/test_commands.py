from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Thread

import pytest
from django.db import connection, connections

from krets.register.looks.commands import TooManyLooksError, note_list, note_look
from krets.register.looks.models import ListLook, Look
from tests.conftest import NOON, make_person


def look(person, by, *, page="person", at=NOON, **told):
    note_look(person, page=page, by=by, at=at, **told)


def test_a_look_is_one_row_a_day_with_count_and_last_time(cast):
    look(cast.cecilia, cast.siv, reason="todo:12")
    look(cast.cecilia, cast.siv, at=NOON + timedelta(hours=1))

    row = Look.objects.get()
    assert (row.times, row.last_at, row.reason) == (2, NOON + timedelta(hours=1), "todo:12")
    assert (row.unit, row.viewer, row.person) == (cast.bjorkvik, cast.siv.account, cast.cecilia)


def test_a_further_step_on_an_opened_page_is_no_look_more(cast):
    look(cast.cecilia, cast.bo, page="call", goes_on=True)
    look(cast.cecilia, cast.bo, page="call", goes_on=True)
    look(cast.cecilia, cast.bo, page="call")

    assert Look.objects.get().times == 2


def test_another_day_page_or_viewer_is_another_row(cast):
    look(cast.cecilia, cast.siv)
    look(cast.cecilia, cast.siv, page="call")
    look(cast.cecilia, cast.siv, at=NOON + timedelta(days=1))
    look(cast.cecilia, cast.bo)

    assert Look.objects.count() == 4


def test_the_day_is_the_local_one(cast):
    look(cast.cecilia, cast.siv, at=NOON.replace(hour=23, minute=30))

    assert Look.objects.get().day == (NOON + timedelta(days=1)).date()


def test_a_look_again_is_one_statement(cast, django_assert_num_queries):
    look(cast.cecilia, cast.siv)

    with django_assert_num_queries(3):  # SAVEPOINT, UPDATE, RELEASE
        look(cast.cecilia, cast.siv)


@pytest.mark.django_db(transaction=True)
def test_eight_windows_at_once_make_one_row(cast):
    if connection.vendor == "sqlite":
        pytest.skip("The SQLite of the tests lives in memory, where threads share one connection.")
    failures = []

    def open_page():
        try:
            look(cast.cecilia, cast.siv)
        except Exception as error:  # noqa: BLE001 -- told below
            failures.append(error)
        finally:
            connections.close_all()

    threads = [Thread(target=open_page) for _number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert failures == []
    assert Look.objects.get().times == 8


def test_a_caller_opens_sixty_people_an_hour(cast):
    people = [make_person(cast.bjorkvik, f"Medlem {number}") for number in range(61)]
    for person in people[:60]:
        look(person, cast.bo)

    with pytest.raises(TooManyLooksError, match="60 people in an hour"):
        look(people[60], cast.bo)
    look(people[0], cast.bo, page="call")
    look(people[60], cast.bo, at=NOON + timedelta(hours=1, minutes=1))

    assert Look.objects.count() == 62


@pytest.mark.django_db(transaction=True)
def test_eight_windows_at_once_open_no_more_than_one_may(cast):
    if connection.vendor == "sqlite":
        pytest.skip("The SQLite of the tests lives in memory, where threads share one connection.")
    people = [make_person(cast.bjorkvik, f"Medlem {number}") for number in range(80)]
    for person in people[:56]:
        look(person, cast.bo)

    def open_page(person):
        try:
            look(person, cast.bo)
        except TooManyLooksError:
            return 0
        finally:
            connections.close_all()
        return 1

    with ThreadPoolExecutor(8) as pool:
        opened = sum(pool.map(open_page, people[56:]))

    assert opened == 4
    assert Look.objects.values("person").distinct().count() == 60


def test_a_membership_officer_opens_two_hundred_people_a_day(cast):
    people = [make_person(cast.bjorkvik, f"Medlem {number}") for number in range(201)]
    for person in people[:200]:
        look(person, cast.siv)

    with pytest.raises(TooManyLooksError, match="200 people today"):
        look(people[200], cast.siv, at=NOON + timedelta(hours=2))
    look(people[200], cast.siv, page="import")
    look(people[200], cast.siv, at=NOON + timedelta(days=1))

    assert Look.objects.filter(person=people[200]).count() == 2


def test_a_list_keeps_its_filter_in_words_and_the_ids_in_order(cast):
    note_list(
        page="members",
        told="Members who have not paid for 2026",
        shown=[cast.siv.person.pk, cast.cecilia.pk],
        by=cast.siv,
        at=NOON,
    )

    row = ListLook.objects.get()
    assert row.shown == [cast.siv.person.pk, cast.cecilia.pk]
    assert row.told == "Members who have not paid for 2026"
    assert row.unit == cast.bjorkvik
