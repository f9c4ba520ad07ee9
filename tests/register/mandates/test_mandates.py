import re
from datetime import date, timedelta

import pytest
from django.utils import timezone

from krets.kit.audit.models import Entry
from krets.kit.messaging.outbox import latest
from krets.register.access.viewer import Viewer
from krets.register.looks.models import ListLook, Look
from krets.register.mandates import commands, views
from krets.register.models import Account, Mandate, Person
from tests.conftest import NOON, TODAY, give, make_person

GIVE = "/bjorkvik/register/mandates/give/"


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


def test_nobody_gives_to_themself_by_whatever_address(cast):
    stranger = make_person(cast.bjorkvik, "Okänd", "Person")
    Person.objects.filter(pk=cast.alva.person.pk).update(email="alva.ek@example.com")
    mail = cast.alva.account.email
    name, _at, host = mail.partition("@")

    for address in (mail, mail.upper(), f"{name}+extra@{host}", "alva.ek@example.com"):
        for attempt in (
            lambda **told: commands.give(cast.bjorkvik, stranger, **told),
            lambda **told: commands.give_new(
                cast.bjorkvik, first_name="Någon", last_name="Annan", **told
            ),
        ):
            with pytest.raises(commands.ToOneselfError):
                attempt(kind="caller", email=address, by=cast.alva, at=NOON)

    assert Viewer.of(cast.alva.account, "bjorkvik", TODAY).kinds == {"chair"}
    assert not Person.objects.filter(first_name="Någon").exists()


def test_a_second_row_of_oneself_is_oneself(cast, board):
    mandate = commands.give(
        cast.bjorkvik,
        cast.cecilia,
        kind="membership_officer",
        email="c@example.org",
        by=cast.alva,
        at=NOON,
    )
    Person.objects.filter(pk=board.person.pk).update(account=None)
    Person.objects.filter(pk=cast.cecilia.pk).update(account=board.account)

    with pytest.raises(commands.AnotherMustAgreeError):
        commands.agree(Mandate.objects.get(pk=mandate.pk), by=board, at=NOON)


def test_the_address_somebody_else_here_signs_in_with_is_not_given_away(cast):
    with pytest.raises(commands.TakenAddressError, match="Siv Öberg signs in with that address"):
        commands.give(
            cast.bjorkvik,
            cast.cecilia,
            kind="caller",
            email=cast.siv.account.email.upper(),
            by=cast.alva,
            at=NOON,
        )

    cast.cecilia.refresh_from_db()
    assert cast.cecilia.account is None
    assert not cast.cecilia.mandates.exists()


def test_somebody_with_a_sign_in_next_door_is_another_person_here_by_the_same(cast):
    commands.give(
        cast.bjorkvik,
        cast.cecilia,
        kind="caller",
        email=cast.doris.account.email,
        by=cast.alva,
        at=NOON,
    )

    assert Viewer.of(cast.doris.account, "bjorkvik", TODAY).kinds == {"caller"}


@pytest.mark.parametrize(
    ("kind", "over", "told"),
    [
        ("chair", False, "Your own mandate does not let you end this one. Ask the chair."),
        ("caller", True, "The mandate has already ended."),
    ],
)
def test_what_cannot_be_ended_is_refused_before_one_is_asked(client, cast, kind, over, told):
    mandate = Mandate.objects.get(kind=kind, unit=cast.bjorkvik)
    Mandate.objects.filter(pk=mandate.pk).update(ended_at=NOON if over else None)
    client.force_login(cast.siv.account)

    page = client.get(f"/bjorkvik/register/mandates/{mandate.pk}/end/", follow=True)

    assert page.redirect_chain
    assert told in page.content.decode()


def test_a_new_mandate_ends_with_the_boards_own(cast):
    Mandate.objects.filter(person=cast.alva.person).update(ends_on=date(2027, 3, 20))

    mandate = commands.give(
        cast.bjorkvik, cast.cecilia, kind="caller", email="c@example.org", by=cast.alva, at=NOON
    )

    assert mandate.ends_on == date(2027, 3, 20)


@pytest.mark.parametrize("days", [-1, 457])
def test_a_mandate_ends_after_today_and_within_fifteen_months(cast, days):
    with pytest.raises(commands.TermError):
        commands.give(
            cast.bjorkvik,
            cast.cecilia,
            kind="caller",
            email="c@example.org",
            ends_on=TODAY + timedelta(days=days),
            by=cast.alva,
            at=NOON,
        )


def test_a_mandate_whose_term_is_over_can_be_given_anew(cast):
    give(cast.cecilia, "caller", ends_on=date(2026, 3, 1))

    commands.give(cast.bjorkvik, cast.cecilia, kind="caller", by=cast.alva, at=NOON)

    assert Viewer.of(cast.cecilia.account, "bjorkvik", TODAY).kinds == {"caller"}
    assert cast.cecilia.mandates.filter(ended_at=None).count() == 1
    assert Entry.objects.filter(action="mandate.ended").count() == 1


def test_the_new_holder_is_told_by_mail_how_to_sign_in(cast):
    commands.give(
        cast.bjorkvik, cast.cecilia, kind="caller", email="c@example.org", by=cast.alva, at=NOON
    )

    (letter,) = latest()
    assert letter.to == "c@example.org"
    assert letter.subject == "You have a mandate in Krets"
    assert "Björkvik: Caller" in letter.body
    assert "http://localhost:8000/-/sign-in/" in letter.body
    assert "to 1\xa0June\xa02027" in letter.body


def test_whoever_held_a_mandate_is_told_by_mail_that_it_has_ended(cast):
    mandate = Mandate.objects.get(person=cast.bo.person)

    commands.end(mandate, by=cast.alva, at=NOON)

    (letter,) = latest()
    assert letter.to == cast.bo.account.email
    assert letter.subject == "A mandate of yours in Krets has ended"
    assert "your mandate in Björkvik has ended: Caller." in letter.body
    assert "http://localhost:8000/-/me/" in letter.body


def test_nobody_is_told_of_a_mandate_that_never_began_to_be_theirs(cast):
    mandate = Mandate.objects.get(person=cast.bo.person)
    Mandate.objects.filter(pk=mandate.pk).update(agreed_at=None)
    mandate.refresh_from_db()

    commands.end(mandate, by=cast.alva, at=NOON)

    assert latest() == []


def test_who_must_be_agreed_to_is_told_only_then(cast, board):
    mandate = commands.give(
        cast.bjorkvik,
        cast.cecilia,
        kind="membership_officer",
        email="c@example.org",
        by=cast.alva,
        at=NOON,
    )
    assert latest() == []

    commands.agree(mandate, by=board, at=NOON)

    assert [letter.to for letter in latest()] == ["c@example.org"]


def find_on_page(client, words):
    answer = client.post(GIVE, {"words": words})
    return re.findall(r"give/(\d+)/", answer.content.decode())


def test_the_page_finds_somebody_in_the_register_also_misspelt(client, cast):
    client.force_login(cast.alva.account)
    Person.objects.filter(pk=cast.cecilia.pk).update(email="cissi@example.org")

    for words in ("Cecilia", "åström ceci", "Ceclia Åström", "CISSI@example.org"):
        assert find_on_page(client, words) == [str(cast.cecilia.pk)]
    assert find_on_page(client, "Doris") == []
    assert find_on_page(client, "+46701740605") == []
    assert ListLook.objects.filter(page="mandates:search").showing(cast.cecilia).count() == 4


def test_a_name_that_many_have_is_to_be_written_whole(client, cast):
    people = [make_person(cast.bjorkvik, "Karin", f"Medlem{number:02}") for number in range(12)]
    client.force_login(cast.alva.account)

    answer = client.post(GIVE, {"words": "karin"})

    assert find_on_page(client, "karin") == find_on_page(client, "karin med") == []
    assert "Write the whole name, first and last." in answer.content.decode()
    assert find_on_page(client, "Karin Medlem03") == [str(people[3].pk)]
    assert not ListLook.objects.filter(page="mandates:search").showing(people[0]).exists()


def test_of_many_who_share_the_whole_name_the_first_are_shown(client, cast):
    people = [make_person(cast.bjorkvik, "Karin", "Ek") for _number in range(12)]
    client.force_login(cast.alva.account)

    answer = client.post(GIVE, {"words": "ek karin"})

    assert find_on_page(client, "Karin Ek") == [str(person.pk) for person in people[:10]]
    assert "The first 10 of that name are shown." in answer.content.decode()
    assert ListLook.objects.filter(page="mandates:search").showing(people[0]).exists()
    assert not ListLook.objects.filter(page="mandates:search").showing(people[10]).exists()


def test_addresses_tell_people_apart_and_are_not_given_away(client, cast):
    Person.objects.filter(pk=cast.cecilia.pk).update(email="cissi@example.org")
    client.force_login(cast.alva.account)

    page = client.post(GIVE, {"words": "Cecilia"}).content.decode().replace("<wbr>", "")

    assert "c…@example.org" in page
    assert "cissi" not in page


def test_the_search_does_not_leaf_through_the_register(client, cast, monkeypatch):
    for number in range(6):
        make_person(cast.bjorkvik, "Karin", f"Medlem{number}")
    client.force_login(cast.alva.account)

    assert find_on_page(client, "Ka") == find_on_page(client, "Karin") == []
    assert find_on_page(client, "Bo") == [str(cast.bo.person.pk)]
    assert find_on_page(client, "Karin Medlem3") != []
    monkeypatch.setattr(views, "SEARCHES", 3)
    answer = client.post(GIVE, {"words": "Cecilia"})
    assert answer.status_code == 422
    assert "Åström" not in answer.content.decode()


def test_the_page_gives_to_the_one_that_was_found(client, cast):
    Mandate.objects.filter(person=cast.alva.person).update(ends_on=date(2099, 1, 1))
    client.force_login(cast.alva.account)
    where = f"{GIVE}{cast.cecilia.pk}/"
    until = (timezone.localdate() + timedelta(days=300)).isoformat()

    page = client.get(where).content.decode()
    answers = {"kind": "caller", "email": "c@example.org", "ends_on": until}
    told = client.post(where, answers, follow=True).content.decode()

    assert "Cecilia Åström" in page
    assert "Cecilia Åström is caller from now on." in told
    mandate = cast.cecilia.mandates.get()
    assert (mandate.kind, mandate.ends_on.isoformat()) == ("caller", until)


def test_whoever_signs_in_already_is_not_asked_for_an_address(client, cast):
    client.force_login(cast.alva.account)
    where = f"{GIVE}{cast.bo.person.pk}/"

    page = client.get(where).content.decode()
    until = timezone.localdate() + timedelta(days=30)
    client.post(where, {"kind": "auditor", "email": "else@example.org", "ends_on": until})

    assert f"Bo signs in with {cast.bo.account.email}." in page
    assert 'name="email"' not in page
    assert Viewer.of(cast.bo.account, "bjorkvik", TODAY) is not None
    assert not Account.objects.filter(email="else@example.org").exists()


NEW = {
    "kind": "caller",
    "first_name": "Nya",
    "last_name": "Namnet",
    "email": "n@example.org",
}


def test_a_new_name_is_written_down(client, cast):
    client.force_login(cast.alva.account)
    until = timezone.localdate() + timedelta(days=30)

    client.post(f"{GIVE}new/", NEW | {"ends_on": until})

    assert Person.objects.get(first_name="Nya").mandates.get().kind == "caller"


@pytest.mark.parametrize(
    "answers",
    [
        {"first_name": "Ceclia", "last_name": "Åström"},
        {"email": "CISSI@example.org"},
    ],
)
def test_who_is_here_already_is_asked_about_and_never_made_twice(client, cast, answers):
    Person.objects.filter(pk=cast.cecilia.pk).update(email="cissi@example.org")
    client.force_login(cast.alva.account)
    before = Person.objects.count()
    told = NEW | {"ends_on": timezone.localdate() + timedelta(days=30)} | answers

    answer = client.post(f"{GIVE}new/", told)

    assert answer.status_code == 422
    assert f"give/{cast.cecilia.pk}/" in answer.content.decode()
    assert Person.objects.count() == before
    client.post(f"{GIVE}new/", told | {"is_another": "on"})
    assert Person.objects.count() == before + 1


def test_the_second_sees_the_address_and_whose_it_is_in_the_register(client, cast, board):
    Person.objects.filter(pk=cast.cecilia.pk).update(email="cissi@example.org")
    mandate = commands.give_new(
        cast.bjorkvik,
        first_name="Okänd",
        last_name="Person",
        kind="membership_officer",
        email="Cissi@example.org",
        by=cast.alva,
        at=timezone.now(),
    )
    client.force_login(board.account)
    where = f"/bjorkvik/register/mandates/{mandate.pk}/agreement/"

    page = client.get(where).content.decode().replace("<wbr>", "")

    assert "cissi@example.org" in page
    assert "Alva Ek" in page
    assert "In the register this is Cecilia Åström’s address." in page
    assert Look.objects.filter(person=mandate.person, viewer=board.account).exists()
    client.post(where)
    mandate.refresh_from_db()
    assert mandate.agreed_by == board.account


def test_the_page_shows_holders_and_no_other_members(client, cast):
    client.force_login(cast.alva.account)

    page = client.get("/bjorkvik/register/mandates/").content.decode()

    assert "Siv Öberg" in page
    assert "Cecilia" not in page


def test_a_term_that_ran_out_opens_nothing(cast):
    viewer = give(cast.cecilia, "caller", ends_on=date(2026, 3, 1))

    assert viewer is None
