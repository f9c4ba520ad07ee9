"""Whoever has a call after somebody else learns that its report is begun, and no word of it."""

from uuid import uuid4

import pytest
from django.urls import reverse

from krets.welcome.calls import commands
from tests.conftest import NOON, TODAY
from tests.welcome.kit import another_caller, days, new_member, owe

pytestmark = pytest.mark.django_db


@pytest.fixture
def call(cast, time_machine):
    time_machine.move_to(NOON)
    owed = owe(new_member(cast.bjorkvik, joined_on=TODAY - days(2)))
    commands.claim(owed, by=cast.bo, at=NOON)
    return owed


def card_of(client, call, viewer):
    client.force_login(viewer.account)
    commands.let_go(call, by=viewer, at=NOON)
    call.refresh_from_db()
    call.given_to, call.claimed_by, call.claim_until = viewer.person, None, None
    call.save()
    page = client.get(reverse("welcome:calls:card", args=["bjorkvik", call.pk]))
    return page.content.decode()


def keep(call, cast, **told):
    commands.keep_draft(call, key=uuid4(), changes=told, seen=None, by=cast.bo, at=NOON)


def test_the_card_says_who_has_begun_and_not_what(client, cast, call):
    keep(call, cast, outcome="talked", note="Ont i knät")
    lena = another_caller(cast.bjorkvik)

    page = card_of(client, call, lena)

    assert cast.bo.person.name in page
    assert "began to tell of a call today at" in page
    assert "Ont i knät" not in page


def test_a_card_that_only_stood_open_is_no_report(client, cast, call):
    keep(call, cast)

    assert "began to tell" not in card_of(client, call, another_caller(cast.bjorkvik))


def test_ones_own_report_is_no_news(client, cast, call):
    keep(call, cast, outcome="talked")

    assert "began to tell" not in card_of(client, call, cast.bo)


def test_the_page_has_the_words_for_a_call_that_is_no_longer_ones_own(client, cast, call):
    keep(call, cast, outcome="talked")

    page = card_of(client, call, cast.bo)

    assert 'data-lost="You no longer have this call.' in page
