"""Whoever has a call after somebody else learns that its report is begun, and no word of it."""

from uuid import uuid4

import pytest
from django.urls import reverse

from krets.overview.today.cards import cards_of
from krets.register.models import Membership
from krets.rhythm.models import Todo
from krets.welcome.calls import commands
from krets.welcome.calls.models import Call
from tests.conftest import NOON, TODAY
from tests.register.access.test_budgets import MOST, asked
from tests.welcome.kit import another_caller, changed, days, new_member, owe, tell

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


def test_it_is_not_said_beside_it_that_nobody_has_called(client, cast, call):
    lena = another_caller(cast.bjorkvik)
    before = card_of(client, call, lena)
    keep(call, cast, outcome="talked")

    page = card_of(client, call, lena)

    assert "Nobody has called yet." in before
    assert "Nobody has called yet." not in page
    assert page.count("Joined on Saturday.") == 1


def test_nor_where_the_day_of_joining_is_not_known(client, cast, call):
    Membership.objects.filter(person=call.person).update(joined_on=None)
    keep(call, cast, outcome="talked")

    page = card_of(client, call, another_caller(cast.bjorkvik))

    assert "We do not know when they joined." in page
    assert "Nobody has called yet." not in page


def test_nor_to_whoever_is_writing(client, cast, call):
    keep(call, cast, outcome="talked")

    assert "Nobody has called yet." not in card_of(client, call, cast.bo)


@pytest.mark.parametrize("where", ["list", "share"])
def test_the_lists_say_who_has_begun_and_not_what(client, cast, call, where):
    keep(call, cast, outcome="talked", note="Ont i knät")
    Call.objects.update(given_to=cast.siv.person, claimed_by=None, claim_until=None)

    page = listed(client, cast.siv, where)

    words = (
        "Joined on Saturday. Bo Lind began to tell of a call today at 13:00. Ask before you call."
    )
    assert words in page
    assert "No call yet" not in page
    assert "Ont i knät" not in page


def test_a_card_that_only_stood_open_is_no_news_on_the_list(client, cast, call):
    keep(call, cast)
    Call.objects.update(given_to=cast.siv.person, claimed_by=None, claim_until=None)

    page = listed(client, cast.siv)

    assert "began to tell" not in page
    assert "No call yet." in page


def test_ones_own_report_on_the_list_is_told_as_begun_and_not_as_no_call(client, cast, call):
    keep(call, cast, outcome="talked")

    page = listed(client, cast.bo)

    assert "Joined on Saturday. The report is begun." in page
    assert "began to tell" not in page


def test_today_says_who_has_begun(client, cast):
    amina = new_member(cast.bjorkvik, joined_on=TODAY - days(2), learned_at=NOON)
    changed(amina)
    call = Call.objects.get(person=amina)
    commands.claim(call, by=cast.siv, at=NOON)
    commands.keep_draft(
        call, key=uuid4(), changes={"outcome": "talked"}, seen=None, by=cast.siv, at=NOON
    )
    Todo.objects.filter(person=amina).update(owner=cast.bo.person)
    (todo,) = Todo.objects.filter(person=amina, routine="welcome_call")

    (card,) = cards_of(cast.bo, [todo], TODAY)

    assert card.why == (
        "Joined on Saturday. Siv Öberg began to tell of a call today at 13:00. Ask before you call."
    )
    assert card.button.words == "Call Amina"


def test_a_try_that_was_told_stays_beside_the_report_begun(client, cast, call):
    keep(call, cast, outcome="talked")
    Call.objects.update(given_to=cast.siv.person, claimed_by=None, claim_until=None)
    tell(Call.objects.get(), "no_answer", by=cast.siv, at=NOON)

    assert "Tried today, no answer. Bo Lind began to tell" in listed(client, cast.siv)


def test_the_hint_costs_no_more_for_three_and_keeps_the_budget(client, cast, call):
    counts = []
    for number in range(3):
        other = owe(new_member(cast.bjorkvik, f"P{number}", joined_on=TODAY - days(2)))
        commands.claim(other, by=cast.bo, at=NOON)
        keep(other, cast, outcome="talked")
        Call.objects.update(given_to=cast.siv.person, claimed_by=None, claim_until=None)
        client.force_login(cast.siv.account)
        _status, statements = asked(client, reverse("welcome:calls:list", args=["bjorkvik"]))
        counts.append(len(statements))

    assert counts[0] == counts[2] <= MOST


def listed(client, viewer, where="list"):
    client.force_login(viewer.account)
    return client.get(reverse(f"welcome:calls:{where}", args=["bjorkvik"])).content.decode()
