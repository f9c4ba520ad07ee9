from datetime import date, timedelta

import pytest

from krets.register.access.viewer import Viewer
from krets.register.mandates import commands
from krets.register.models import Account, Mandate, Person
from tests.conftest import NOON, TODAY, give, make_person


@pytest.fixture
def board(cast):
    """One more of the board, so that two can agree."""
    return give(make_person(cast.bjorkvik, "Britt", "Sjö"), "secretary")


def test_a_chair_gives_a_caller_a_mandate_and_a_sign_in(cast):
    mandate = commands.give(
        cast.bjorkvik, cast.cecilia, kind="caller", email="C@example.org", by=cast.alva, at=NOON
    )

    account = Account.objects.get(email="c@example.org")
    viewer = Viewer.of(account, "bjorkvik", TODAY)
    assert viewer.kinds == {"caller"}
    assert mandate.ends_on == TODAY + timedelta(days=456)


def test_nobody_gives_to_themself_nor_what_is_not_theirs_to_give(cast):
    with pytest.raises(commands.ToOneselfError):
        commands.give(
            cast.bjorkvik, cast.alva.person, kind="caller", email="a@b.se", by=cast.alva, at=NOON
        )
    with pytest.raises(commands.MayNotGiveError):
        commands.give(
            cast.bjorkvik, cast.cecilia, kind="auditor", email="a@b.se", by=cast.siv, at=NOON
        )


def test_what_opens_the_register_needs_one_more_of_the_board(cast, board):
    mandate = commands.give(
        cast.bjorkvik,
        cast.cecilia,
        kind="membership_officer",
        email="c@example.org",
        by=cast.alva,
        at=NOON,
    )
    account = Account.objects.get(email="c@example.org")
    assert Viewer.of(account, "bjorkvik", TODAY) is None
    with pytest.raises(commands.AnotherMustAgreeError):
        commands.agree(mandate, by=cast.alva, at=NOON)

    commands.agree(mandate, by=board, at=NOON)

    assert Viewer.of(account, "bjorkvik", TODAY).kinds == {"membership_officer"}


def test_where_the_board_has_nobody_else_it_begins_after_a_full_day(cast):
    commands.give(
        cast.bjorkvik,
        cast.cecilia,
        kind="membership_officer",
        email="c@example.org",
        by=cast.alva,
        at=NOON,
    )
    account = Account.objects.get(email="c@example.org")

    assert Viewer.of(account, "bjorkvik", TODAY + timedelta(days=1)) is None
    assert Viewer.of(account, "bjorkvik", TODAY + timedelta(days=2)) is not None


def test_the_last_membership_officer_stays_until_there_is_another(cast):
    mandate = Mandate.objects.get(person=cast.siv.person)

    with pytest.raises(commands.LastHolderError):
        commands.end(mandate, by=cast.alva, at=NOON)

    give(cast.cecilia, "membership_officer")
    commands.end(mandate, by=cast.alva, at=NOON)
    assert Viewer.of(cast.siv.account, "bjorkvik", TODAY) is None


def test_a_mandate_ends_once(cast):
    mandate = Mandate.objects.get(person=cast.bo.person)
    commands.end(mandate, by=cast.alva, at=NOON)

    with pytest.raises(commands.HeldAlreadyError):
        commands.end(mandate, by=cast.alva, at=NOON)


def test_the_page_gives_to_somebody_in_the_register_or_writes_down_a_new_name(client, cast):
    client.force_login(cast.alva.account)
    answers = {"kind": "caller", "last_name": "Astrom", "email": "c@example.org"}

    client.post("/bjorkvik/register/mandates/give/", answers | {"first_name": "Cecilia"})
    client.post(
        "/bjorkvik/register/mandates/give/",
        {"kind": "auditor", "first_name": "Nya", "last_name": "Namnet", "email": "n@example.org"},
    )

    assert cast.cecilia.mandates.get().kind == "caller"
    assert Person.objects.get(first_name="Nya").mandates.get().kind == "auditor"


def test_the_page_shows_holders_and_no_other_members(client, cast):
    client.force_login(cast.alva.account)

    page = client.get("/bjorkvik/register/mandates/").content.decode()

    assert "Siv Öberg" in page
    assert "Cecilia" not in page


def test_a_term_that_ran_out_opens_nothing(cast):
    viewer = give(cast.cecilia, "caller", ends_on=date(2026, 3, 1))

    assert viewer is None
