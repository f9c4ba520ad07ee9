from datetime import timedelta

import pytest
from django.db import OperationalError, connection
from django.urls import reverse
from django.utils import timezone

from krets.kit.jobs import beats


@pytest.fixture
def url(db):
    return reverse("healthz")


def test_all_is_well_while_a_worker_shows_itself(client, url):
    beats.beat("anna", at=timezone.now())

    answer = client.get(url)

    assert answer.status_code == 200
    assert answer.json() == {"web": "ok", "database": "ok", "worker": "ok"}


def test_without_a_worker_something_is_ill(client, url):
    beats.beat("anna", at=timezone.now() - timedelta(minutes=5))

    answer = client.get(url)

    assert answer.status_code == 503
    assert answer.json() == {"web": "ok", "database": "ok", "worker": "ill"}


def test_a_balancer_hears_of_the_web_server_alone(client, url, django_assert_num_queries):
    with django_assert_num_queries(0):
        answer = client.get(url, {"of": "web"})

    assert answer.status_code == 200
    assert answer.json() == {"web": "ok"}


def test_asking_costs_no_session_and_is_never_remembered(client, url, django_assert_num_queries):
    beats.beat("anna", at=timezone.now())

    with django_assert_num_queries(2):
        answer = client.get(url)

    assert answer.cookies == {}
    assert "no-store" in answer["Cache-Control"]


def test_a_database_that_is_away_is_told(client, url):
    def away(*_args):
        raise OperationalError

    with connection.execute_wrapper(away):
        answer = client.get(url)

    assert answer.status_code == 503
    assert answer.json() == {"web": "ok", "database": "ill", "worker": "ill"}


def test_nothing_can_be_posted(client, url):
    assert client.post(url).status_code == 405
