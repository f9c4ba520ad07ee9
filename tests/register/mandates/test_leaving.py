"""Whoever leaves or dies holds nothing any more, at once."""

from datetime import date, timedelta

import pytest

from krets import events
from krets.events import MembersChanged
from krets.kit.audit.models import Entry
from krets.kit.messaging.models import Letter
from krets.register.access.viewer import Viewer
from krets.register.mandates import commands as mandates
from krets.register.mandates.listeners import members_changed
from krets.register.mandates.queries import current
from krets.register.members import commands
from krets.register.models import Account, Mandate, Membership
from tests.conftest import NOON, TODAY, give, make_person

CALLS = "/bjorkvik/welcome/calls/"


def leave(viewer, by):
    commands.end_membership(viewer.person, on=TODAY, by=by, at=NOON + timedelta(hours=1))


def kinds(viewer):
    found = Viewer.of(viewer.account, viewer.unit.slug, TODAY)
    return found.kinds if found else frozenset()


def is_open(viewer):
    return Account.objects.get(pk=viewer.account.pk).is_active


def test_a_caller_who_leaves_meets_a_closed_door_at_the_next_click(client, cast):
    client.force_login(cast.bo.account)
    assert client.get(CALLS).status_code == 200

    leave(cast.bo, cast.siv)

    assert client.get(CALLS).status_code == 302
    assert client.get("/-/me/").status_code == 302
    assert (kinds(cast.bo), is_open(cast.bo)) == (frozenset(), False)
    told = Entry.objects.filter(action__in=["mandate.ended", "account.closed"])
    assert sorted(told.values_list("action", flat=True)) == ["account.closed", "mandate.ended"]


def test_death_ends_everything_also_for_the_last_of_a_kind(client, cast):
    client.force_login(cast.alva.account)

    commands.record_deceased(cast.alva.person, on=TODAY, by=cast.siv, at=NOON)

    assert client.get("/-/me/").status_code == 302
    assert (kinds(cast.alva), is_open(cast.alva)) == (frozenset(), False)


def test_no_code_goes_to_whoever_has_left(client, cast):
    leave(cast.bo, cast.siv)

    client.post("/-/sign-in/", {"email": cast.bo.account.email})

    assert Letter.objects.count() == 0


def test_an_old_session_stays_closed_when_the_leaving_is_taken_back(client, cast):
    client.force_login(cast.bo.account)
    leave(cast.bo, cast.siv)

    commands.resume_membership(cast.bo.person, by=cast.siv, at=NOON + timedelta(hours=2))

    assert is_open(cast.bo)
    assert client.get("/-/me/").status_code == 302
    assert kinds(cast.bo) == frozenset()


def test_the_last_membership_officer_who_leaves_is_out_while_a_chair_can_name_another(cast):
    leave(cast.siv, cast.siv)

    assert (kinds(cast.siv), is_open(cast.siv)) == (frozenset(), False)
    mandates.give(
        cast.bjorkvik,
        cast.cecilia,
        kind="membership_officer",
        email="c@example.org",
        by=cast.alva,
        at=NOON + timedelta(hours=2),
    )


def test_the_last_chair_who_leaves_can_hand_over_and_is_then_out(cast):
    leave(cast.alva, cast.siv)
    assert (kinds(cast.alva), is_open(cast.alva)) == ({"chair"}, True)
    assert [each.has_left for each in current(cast.bjorkvik, TODAY).filter(kind="chair")] == [True]

    mandates.give(
        cast.bjorkvik,
        cast.cecilia,
        kind="chair",
        email="c@example.org",
        by=cast.alva,
        at=NOON + timedelta(hours=2),
    )

    assert (kinds(cast.alva), is_open(cast.alva)) == (frozenset(), False)


def test_whoever_began_alone_is_not_shut_out_by_a_file_that_says_they_left(party, cast):
    alone = give(
        make_person(cast.granby, "Ensam", "Början", joined_on=date(2020, 1, 1)),
        "chair",
        "membership_officer",
        "caller",
    )
    for each in Mandate.objects.filter(person=cast.doris.person):
        each.delete()
    Membership.objects.filter(person=alone.person).update(left_on=TODAY, left_learned_at=NOON)

    members_changed(cast.granby.pk, 0, NOON)

    assert kinds(alone) == {"chair", "membership_officer"}
    assert is_open(alone)


def test_a_file_ends_the_mandates_of_those_it_says_have_left(cast):
    Membership.objects.filter(person=cast.bo.person).update(left_on=TODAY, left_learned_at=NOON)

    events.publish(MembersChanged(cast.bjorkvik.pk, 0), at=NOON)

    assert kinds(cast.bo) == frozenset()


def test_a_sign_in_that_is_somebody_elsewhere_too_stays_open(cast):
    next_door = make_person(cast.granby, "Bo", "Lind", joined_on=date(2020, 1, 1))
    next_door.account = cast.bo.account
    next_door.save()

    leave(cast.bo, cast.siv)

    assert (kinds(cast.bo), is_open(cast.bo)) == (frozenset(), True)


def test_somebody_who_left_earlier_can_be_trusted_with_something_afterwards(cast):
    commands.end_membership(cast.cecilia, on=TODAY, by=cast.siv, at=NOON)
    mandates.give(
        cast.bjorkvik,
        cast.cecilia,
        kind="auditor",
        email="c@example.org",
        by=cast.alva,
        at=NOON + timedelta(hours=1),
    )

    commands.set_calls(cast.cecilia, wanted=False, by=cast.siv, at=NOON + timedelta(hours=2))

    cast.cecilia.refresh_from_db()
    assert Viewer.of(cast.cecilia.account, "bjorkvik", TODAY).kinds == {"auditor"}


def test_a_person_without_a_sign_in_costs_one_question(cast, django_assert_max_num_queries):
    with django_assert_max_num_queries(40) as asked:
        commands.set_calls(cast.cecilia, wanted=False, by=cast.siv, at=NOON)

    about = [query["sql"] for query in asked.captured_queries if "register_mandate" in query["sql"]]
    assert not any("left_learned_at" in sql for sql in about)


@pytest.mark.parametrize("page", ["end", "death"])
def test_the_page_says_that_mandates_end(client, cast, page):
    client.force_login(cast.siv.account)

    answer = client.get(f"/bjorkvik/register/members/{cast.bo.person.pk}/{page}/")

    assert "it ends at once, and so does the sign-in." in answer.content.decode()
