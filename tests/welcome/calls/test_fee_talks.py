"""Talks about the fee have their own questions, and what is said has its effects."""

import uuid

import pytest
from django.urls import reverse
from django.utils import timezone

from krets.register.access.scope import Fields
from krets.register.members.commands import end_membership
from krets.register.models import Fee, Note
from krets.rhythm.todos.models import Todo
from krets.welcome.calls import commands
from krets.welcome.calls.models import Attempt, Call, CallReason
from krets.welcome.calls.timeline import attempts
from tests.conftest import NOON, TODAY
from tests.welcome.kit import at_hour, changed, days, new_member, owe, tell

pytestmark = pytest.mark.django_db
FEE = CallReason.Kind.FEE


@pytest.fixture
def torbjorn(cast):
    return new_member(cast.bjorkvik, "Torbjörn", joined_on=TODAY.replace(year=2001))


@pytest.fixture
def call(cast, torbjorn):
    now = timezone.now()
    owed = owe(torbjorn, kind=FEE, due_on=timezone.localdate(now), at=now)
    commands.claim(owed, by=cast.siv, at=now)
    return owed


@pytest.fixture
def siv(client, cast):
    client.force_login(cast.siv.account)
    return client


def address(name, *args):
    return reverse(f"welcome:calls:{name}", args=["bjorkvik", *args])


def card(client, call):
    return client.get(address("card", call.pk)).content.decode()


def answer(client, call, question, **told):
    posted = {"key": str(uuid.UUID(int=5)), "question": question, **told}
    return client.post(address("report", call.pk), posted, follow=True).content.decode()


def test_the_card_asks_about_the_fee_and_not_what_would_be_fun(siv, call):
    page = card(siv, call)

    assert "No earlier call is written down." in page
    assert "Nobody has called yet" not in page
    assert "Has the fee slipped your mind" in page
    assert "What would be fun" not in page


def paid(person, *years):
    for year in years:
        Fee.objects.create(
            unit_id=person.unit_id, person=person, year=year, learned_at=timezone.now()
        )


def test_the_card_tells_for_which_year_the_fee_was_last_paid(siv, call, torbjorn):
    before = card(siv, call)
    year = timezone.localdate().year
    paid(torbjorn, year - 4, year - 2, year)

    page = card(siv, call)

    assert "About the membership fee: ask gently. No earlier fees on record." in before
    told = f"About the membership fee: ask gently. The fee was last paid for {year - 2}."
    assert told in page


def test_the_card_of_a_call_about_something_else_tells_of_no_fee(siv, cast, torbjorn):
    paid(torbjorn, timezone.localdate().year - 1)
    by_hand = owe(torbjorn, kind="by_hand", at=timezone.now(), given_to=cast.siv.person)

    assert "last paid" not in card(siv, by_hand)


def test_a_caller_reads_on_the_card_nothing_of_fees_paid(client, cast, call, torbjorn):
    paid(torbjorn, timezone.localdate().year - 1)
    commands.let_go(call, by=cast.siv, at=timezone.now())
    Call.objects.update(given_to=cast.bo.person)
    client.force_login(cast.bo.account)

    page = card(client, call)

    assert "About the membership fee: ask gently." in page
    assert "last paid" not in page
    assert "No earlier fees" not in page


@pytest.mark.parametrize("said", ["forgot", "will_pay", "hesitates"])
def test_a_full_report_of_a_fee_talk_is_four_taps(siv, call, said):
    answer(siv, call, "outcome", outcome="talked")
    asked = card(siv, call)
    answer(siv, call, "fee_answer", fee_answer=said)
    answer(siv, call, "about", note="Rings after five.")
    answer(siv, call, "next", next="nothing")

    attempt = Attempt.objects.get()
    assert "What did Torbjörn say about the fee?" in asked
    assert (attempt.fee_answer, attempt.mood, attempt.wants) == (said, "", "")
    assert Note.objects.get().text == "Rings after five."
    assert Call.objects.get().closing == "talked"


def test_who_wants_to_leave_is_asked_why_and_stays_until_the_officer_ends_it(siv, call, torbjorn):
    answer(siv, call, "outcome", outcome="talked")
    answer(siv, call, "fee_answer", fee_answer="leaves")
    asked = card(siv, call)
    answer(siv, call, "why", leaving_reason="time", note="Glad for the years.")
    told = answer(siv, call, "next", next="nothing")

    attempt = Attempt.objects.get()
    todo = Todo.objects.open().get(person=torbjorn, routine="fee_leaving")
    assert "Why does Torbjörn want to leave?" in asked
    assert "Deceased" not in asked
    assert (attempt.fee_answer, attempt.leaving_reason) == ("leaves", "time")
    assert "Torbjörn is a member until the membership officer ends the membership." in told
    assert torbjorn.memberships.get().left_on is None
    assert todo.person == torbjorn


def test_today_tells_of_who_wants_to_leave_and_why_and_leads_to_ending_it(
    siv, cast, call, torbjorn
):
    tell(call, "talked", by=cast.siv, fee_answer="leaves", leaving_reason="time", at=timezone.now())

    page = siv.get("/bjorkvik/").content.decode()

    assert "Wanted to leave when we called today. Reason: time." in page
    assert reverse("register:members:end", args=["bjorkvik", torbjorn.pk]) in page


def test_please_stop_is_respected(siv, call, torbjorn):
    answer(siv, call, "outcome", outcome="talked")
    answer(siv, call, "fee_answer", fee_answer="stop")
    asked = card(siv, call)
    answer(siv, call, "next", next="nothing")

    torbjorn.refresh_from_db()
    assert "Torbjörn wants no more calls" in asked
    assert torbjorn.no_calls_at is not None


def test_a_new_member_who_has_not_paid_is_asked_both(siv, cast, call, torbjorn):
    owe(torbjorn, at=timezone.now())
    answer(siv, call, "outcome", outcome="talked")
    answer(siv, call, "fee_answer", fee_answer="will_pay")
    answer(siv, call, "mood", mood="glad")
    answer(siv, call, "wants", want=["cook"])
    answer(siv, call, "next", next="nothing")

    attempt = Attempt.objects.get()
    assert (attempt.fee_answer, attempt.mood, attempt.wants) == ("will_pay", "glad", "told")


def test_a_changed_mind_leaves_no_reason_behind(siv, call):
    answer(siv, call, "outcome", outcome="talked")
    answer(siv, call, "fee_answer", fee_answer="leaves")
    answer(siv, call, "why", leaving_reason="time")
    answer(siv, call, "fee_answer", fee_answer="will_pay")
    answer(siv, call, "about")
    answer(siv, call, "next", next="nothing")

    attempt = Attempt.objects.get()
    assert (attempt.fee_answer, attempt.leaving_reason) == ("will_pay", "")


def test_the_promised_call_goes_on_about_the_fee(cast, torbjorn):
    call = owe(torbjorn, kind=FEE)
    commands.claim(call, by=cast.siv, at=NOON)

    tell(
        call,
        "talked",
        by=cast.siv,
        fee_answer="hesitates",
        next_step="call_again",
        again_at=at_hour(17, TODAY + days(4)),
    )

    again = Call.objects.open().get(person=torbjorn)
    assert {reason.kind for reason in again.reasons.all()} == {"promised", "fee"}


def leave(cast, torbjorn, at=NOON):
    call = owe(torbjorn, kind=FEE, at=at)
    commands.claim(call, by=cast.siv, at=at)
    return tell(call, "talked", by=cast.siv, at=at, fee_answer="leaves", leaving_reason="moved")


def leaving(person):
    return Todo.objects.open().filter(person=person, routine="fee_leaving")


def test_ending_the_membership_ends_the_to_do(cast, torbjorn):
    leave(cast, torbjorn)
    before = leaving(torbjorn).count()

    end_membership(torbjorn, on=TODAY, by=cast.siv, at=NOON)

    assert (before, leaving(torbjorn).count()) == (1, 0)


def test_saying_later_that_one_stays_ends_the_to_do(cast, torbjorn):
    leave(cast, torbjorn)
    call = owe(torbjorn, kind=FEE, at=NOON + days(1))
    commands.claim(call, by=cast.siv, at=NOON + days(1))

    tell(call, "talked", by=cast.siv, at=NOON + days(1), fee_answer="will_pay")

    assert not leaving(torbjorn).exists()


def pay(person, year=TODAY.year, *, paid_on=None, at=NOON):
    Fee.objects.create(
        unit_id=person.unit_id, person=person, year=year, paid_on=paid_on, learned_at=at
    )
    changed(person, at=at)


@pytest.mark.parametrize(
    ("year", "paid_on", "learned_after"),
    [
        (TODAY.year, TODAY + days(45), 50),
        (TODAY.year, None, 45),
        (TODAY.year + 1, TODAY + days(1), 2),
        (TODAY.year - 1, TODAY + days(1), 2),
    ],
)
def test_paying_after_having_wanted_to_leave_ends_the_to_do(
    cast, torbjorn, year, paid_on, learned_after
):
    leave(cast, torbjorn)
    before = leaving(torbjorn).count()

    pay(torbjorn, year, paid_on=paid_on, at=NOON + days(learned_after))

    assert (before, leaving(torbjorn).count()) == (1, 0)


@pytest.mark.parametrize(
    ("year", "paid_on", "learned_after"),
    [
        (TODAY.year, TODAY - days(3), 7),
        (TODAY.year, TODAY, 7),
        (TODAY.year - 1, None, 7),
    ],
)
def test_what_was_paid_before_the_talk_does_not_end_the_to_do(
    cast, torbjorn, year, paid_on, learned_after
):
    leave(cast, torbjorn)

    pay(torbjorn, year, paid_on=paid_on, at=NOON + days(learned_after))

    assert leaving(torbjorn).count() == 1


def test_who_wants_to_leave_once_more_after_paying_is_seen_to(cast, torbjorn):
    leave(cast, torbjorn)
    pay(torbjorn, paid_on=TODAY + days(5), at=NOON + days(6))

    leave(cast, torbjorn, at=NOON + days(10))

    assert leaving(torbjorn).count() == 1


def test_taking_the_report_back_ends_the_to_do_and_keeps_the_answers(cast, torbjorn, siv):
    attempt = leave(cast, torbjorn)

    commands.undo_report(attempt, by=cast.siv, at=NOON)

    changed(torbjorn)
    draft = attempt.call.drafts.get()
    assert not leaving(torbjorn).exists()
    assert '"leaving_reason": "moved"' in draft.answers


def test_the_story_tells_of_the_fee_only_to_who_may_see_fees(cast, torbjorn):
    leave(cast, torbjorn)

    told = [
        next(iter(attempts(cast.bjorkvik, torbjorn.pk, fields))).more
        for fields in ({Fields.NOTES, Fields.FEES}, {Fields.NOTES})
    ]

    assert "Wants to leave. Reason: moved." in told[0]
    assert "Wants to leave" not in told[1]


def test_each_line_about_the_fee_tells_of_its_own_person(siv, cast, call, torbjorn):
    Fee.objects.create(
        unit=cast.bjorkvik, person=torbjorn, year=timezone.localdate().year - 1, learned_at=NOON
    )
    commands.give_calls(
        cast.bjorkvik, calls=[call], to=cast.siv.person, by=cast.siv, at=timezone.now()
    )

    pages = [siv.get(address(name)).content.decode() for name in ("list", "share")]

    told = f"About the fee. Member since 2001. Paid {timezone.localdate().year - 1}."
    assert [told in page for page in pages] == [True, True]
    assert "ask gently" not in pages[0]


def test_a_caller_reads_on_the_list_nothing_of_fees_paid(client, cast, call, torbjorn):
    Fee.objects.create(
        unit=cast.bjorkvik, person=torbjorn, year=timezone.localdate().year - 1, learned_at=NOON
    )
    Call.objects.filter(pk=call.pk).update(given_to=cast.bo.person, claimed_by=None)
    client.force_login(cast.bo.account)

    page = client.get(address("list")).content.decode()

    assert "About the fee. Member since 2001." in page
    assert "Paid" not in page
    assert "No earlier fees" not in page


def test_lines_about_the_fee_take_one_statement_together(siv, cast, django_assert_max_num_queries):
    counts, now = [], timezone.now()
    for number in range(3):
        owed = owe(new_member(cast.bjorkvik, f"P{number}"), kind=FEE, due_on=TODAY, at=now)
        commands.give_calls(cast.bjorkvik, calls=[owed], to=cast.siv.person, by=cast.siv, at=now)
        # Twelve, with session, user, mandates, the look's two and its savepoints on top.
        with django_assert_max_num_queries(19) as asked:
            siv.get(address("list"))
        counts.append(len(asked))

    assert counts[0] == counts[2]
