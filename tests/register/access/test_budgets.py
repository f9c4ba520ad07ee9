"""Every page within its budget of statements, in an association where a year has been lived."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from krets.demo.cast import OFFICERS, cast
from krets.demo.people import invent
from krets.demo.story import Story
from krets.register.access.viewer import Viewer
from krets.register.models import Account, Person, Unit
from tests.conftest import FRAME
from tests.journeys.pages import POSTED
from tests.register.access.routes import behind
from tests.register.access.rows import World, value

SHOWN = 200
# Statements a page may ask (quality.md).
MOST = 12
# Who asks, what mandates they hold, and how many they have been shown, is asked for every page.
EVERY_PAGE = (
    'SELECT "django_session"',
    'SELECT "register_account"',
    'SELECT "register_mandate"',
    'INSERT INTO "register_look"',
    'INSERT INTO "register_listlook"',
    'UPDATE "register_look"',
)
# How many one has been shown lately: the count of looks, that holds the quota.
QUOTA = re.compile(r'"register_look"\."viewer_id" = ')
SENT_ON = {
    "register:imports:figures": "a part of a page, measured with the whole",
    "register:imports:progress": "a part of a page, measured with the whole",
    "register:mandates:agree": "the mandate in the row has been agreed to",
    "welcome:calls:person": "leads to the card",
    "welcome:letters:person": "leads to the list",
    "welcome:letters:missed": "leads to the list",
    "welcome:letters:fee": "leads to the list",
}


@pytest.mark.django_db
def test_every_page_asks_no_more_than_its_budget(client):
    unit, officers, member = lived_year()
    world = World(unit, officers[0], member)
    seen, over = set(), {}
    for name, _view, words in behind("page"):
        values = [unit.slug if word == "unit" else value(name, word, world) for word in words]
        for officer in officers:
            client.force_login(officer.account)
            status, statements = asked(client, reverse(name, args=values))
            if status == SHOWN:
                seen.add(name)
                if len(statements) > MOST:
                    over[name, officer.person.name] = statements

    assert over == {}
    assert {name for name, _view, _words in behind("page")} - seen - POSTED == set(SENT_ON)


def lived_year():
    """Return the association of the demo after its year, its officers as viewers, and Amina."""
    today = timezone.localdate()
    people = cast(invent(60, seed=5, today=today), today=today)
    Story(people, seed=5, today=today, now=timezone.now()).play()
    unit = Unit.objects.get(slug="bjorkvik")
    officers = [
        Viewer.of(Account.objects.get(email=officer.email), unit.slug, today)
        for officer in OFFICERS
    ]
    return unit, officers, Person.objects.get(first_name="Amina", last_name="Yusuf")


def asked(client, where):
    """Return (status, the statements that count) of a page, asked for once before."""
    client.get(where)
    with CaptureQueriesContext(connection) as caught:
        answer = client.get(where)
    statements = [query["sql"].lstrip() for query in caught.captured_queries]
    return answer.status_code, [
        sql
        for sql in statements
        if not sql.startswith((*FRAME, *EVERY_PAGE)) and not QUOTA.search(sql)
    ]
