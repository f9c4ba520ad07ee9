"""What a report does, and taking it back."""

import uuid

import pytest
from django.db import connection

from krets.kit.audit.models import Entry
from krets.register.models import Change, Note, Person, PersonTag
from krets.welcome.calls import commands, queries
from krets.welcome.calls.commands.drafts import answers_of
from krets.welcome.calls.models import Attempt, Call, Draft, WrongNumber
from tests.conftest import NOON, TODAY
from tests.welcome.kit import another_caller, at_hour, days, new_member, owe, tell

pytestmark = pytest.mark.django_db
KEY = uuid.UUID(int=7)
TALK = {
    "mood": "glad",
    "wants": "told",
    "tags": [("want", ["baka", "skriva"]), ("competence", ["svetsning"])],
    "note": "Spelar fotboll på lördagar.",
    "next_step": "call_again",
    "again_at": at_hour(17, TODAY + days(4)),
    "promise": "studiecirkeln",
}


@pytest.fixture
def amina(cast):
    return new_member(cast.bjorkvik)


@pytest.fixture
def call(cast, amina):
    owed = owe(amina)
    commands.claim(owed, by=cast.bo, at=NOON)
    return owed


def fresh(call):
    return Call.objects.get(pk=call.pk)


def test_a_talk_closes_the_call_and_keeps_all_that_was_told(cast, call, amina):
    attempt = tell(call, "talked", by=cast.bo, **TALK)

    assert (fresh(call).closing, fresh(call).closed_by) == ("talked", cast.bo.account)
    words = PersonTag.objects.filter(person=amina).values_list("tag__kind", "tag__word")
    assert set(words) == {("want", "baka"), ("want", "skriva"), ("competence", "svetsning")}
    note = Note.objects.get(person=amina)
    assert (note.text, note.ends_on) == ("Spelar fotboll på lördagar.", TODAY.replace(year=2027))
    assert attempt.note == note
    assert Entry.objects.filter(action="call.reported").count() == 1


def test_a_promise_becomes_the_next_call_of_whoever_gave_it(cast, call, amina):
    tell(call, "talked", by=cast.bo, **TALK)

    promised = Call.objects.open().get(person=amina)
    assert (promised.given_to, promised.due_on) == (cast.bo.person, TODAY + days(4))
    assert promised.not_before == TALK["again_at"]
    assert promised.reasons.get().attempt.promise == "studiecirkeln"


def test_the_same_report_sent_twice_is_one(cast, call, amina):
    first = tell(call, "talked", by=cast.bo, key=KEY, **TALK)
    second = tell(call, "talked", by=cast.bo, key=KEY, **TALK)

    assert second == first
    assert Attempt.objects.count() == 1
    assert Note.objects.count() == 1
    assert Call.objects.filter(person=amina).count() == 2


@pytest.mark.parametrize("outcome", ["no_answer", "voicemail"])
def test_no_answer_brings_the_person_back_tomorrow(cast, call, outcome):
    tell(call, outcome, by=cast.bo, at=at_hour(18))

    back = fresh(call)
    assert back.is_open
    assert back.claimed_by is None
    assert back.not_before == at_hour(0, TODAY + days(1))
    assert back.due_on == TODAY
    assert commands.claim_next(cast.bjorkvik, by=cast.bo, at=at_hour(23)) is None
    assert commands.claim_next(cast.bjorkvik, by=cast.bo, at=at_hour(8, TODAY + days(1))) == call


def test_three_tries_within_two_weeks_lay_the_call_to_rest(cast, call):
    for day in (0, 3, 13):
        commands.claim(call, by=cast.bo, at=NOON + days(day))
        tell(call, "no_answer", by=cast.bo, at=NOON + days(day))

    assert fresh(call).rested_at == NOON + days(13)
    assert commands.claim_next(cast.bjorkvik, by=cast.bo, at=NOON + days(30)) is None


def test_tries_two_weeks_apart_do_not_add_up(cast, call):
    for day in (0, 7, 14):
        commands.claim(call, by=cast.bo, at=NOON + days(day))
        tell(call, "no_answer", by=cast.bo, at=NOON + days(day))

    assert fresh(call).rested_at is None


def test_tries_on_an_earlier_call_count_too(cast, call, amina):
    for day in (0, 1):
        commands.claim(call, by=cast.bo, at=NOON + days(day))
        tell(call, "no_answer", by=cast.bo, at=NOON + days(day))
    commands.claim(call, by=cast.bo, at=NOON + days(2))
    tell(call, "talked", by=cast.bo, at=NOON + days(2))
    again = owe(amina, at=NOON + days(3))
    commands.claim(again, by=cast.bo, at=NOON + days(3))

    tell(again, "no_answer", by=cast.bo, at=NOON + days(3))

    assert fresh(again).rested_at is not None


@pytest.mark.parametrize(
    ("closing", "left"),
    [("letter", "letter"), ("written", "written"), ("not_needed", "not_needed"), (None, "")],
)
def test_the_membership_officer_decides_about_a_resting_call(cast, call, closing, left):
    rest(call, cast.bo)

    commands.decide_rested(call, closing=closing, by=cast.siv, at=NOON + days(3))

    decided = fresh(call)
    assert decided.closing == left
    if closing is None:
        assert decided.not_before == at_hour(0, TODAY + days(14))
        assert decided.rested_at is None
    with pytest.raises(commands.NotToBeCalledError):
        commands.decide_rested(call, closing=closing, by=cast.siv, at=NOON + days(3))


def test_who_asks_not_to_be_called_is_never_called_again(cast, call, amina):
    tell(call, "asked_not_to", by=cast.bo)

    amina.refresh_from_db()
    assert amina.no_calls_at == NOON
    assert fresh(call).closing == "asked_not_to"
    assert Change.objects.get(person=amina).fields == {"no_calls_at": [None, NOON.isoformat()]}
    with pytest.raises(commands.NotToBeCalledError):
        owe(amina)


def test_wanting_no_more_calls_after_a_talk_is_respected_too(cast, call, amina):
    tell(call, "talked", by=cast.bo, mood="no_more")

    amina.refresh_from_db()
    assert amina.no_calls_at == NOON


def test_call_back_gives_the_call_to_whoever_was_asked(cast, call):
    again_at = at_hour(19, TODAY + days(2))

    tell(call, "call_back", by=cast.bo, next_step="call_again", again_at=again_at)

    back = fresh(call)
    assert back.is_open
    assert (back.given_to, back.not_before) == (cast.bo.person, again_at)
    assert {reason.kind for reason in back.reasons.all()} == {"welcome", "promised"}


def test_a_wrong_number_is_not_rung_again(cast, call, amina):
    tell(call, "wrong_number", by=cast.bo, number=amina.phone)

    assert WrongNumber.objects.get(person=amina).number == amina.phone
    assert fresh(call).is_open
    assert commands.claim_next(cast.bjorkvik, by=cast.bo, at=NOON) is None


def test_another_number_is_rung_instead_of_the_wrong_one(cast, call, amina):
    Person.objects.filter(pk=amina.pk).update(phone_home="+46812345")
    tell(call, "wrong_number", by=cast.bo, number=amina.phone)

    taken = commands.claim_next(cast.bjorkvik, by=cast.bo, at=NOON)
    scope = cast.bo.scope("call:report")

    assert taken == call
    assert queries.card(taken, cast.bo, scope, at=NOON).numbers == ["+46812345"]


def test_a_corrected_number_brings_the_person_back(cast, call, amina):
    tell(call, "wrong_number", by=cast.bo, number=amina.phone)
    Person.objects.filter(pk=amina.pk).update(phone="+46701740688")

    assert commands.claim_next(cast.bjorkvik, by=cast.bo, at=NOON) == call


def test_a_caller_without_the_call_in_hand_cannot_report(cast, call):
    lena = another_caller(cast.bjorkvik)

    with pytest.raises(commands.OutOfHandError):
        tell(call, "no_answer", by=lena)

    assert Attempt.objects.count() == 0


def test_a_refused_report_writes_nothing(cast, call):
    with pytest.raises(Exception, match="note"):
        tell(call, "talked", by=cast.bo, note="x" * 5000)

    assert Attempt.objects.count() == 0
    assert fresh(call).is_open


@pytest.mark.parametrize("outcome", ["no_answer", "wrong_number", "asked_not_to", "call_back"])
def test_a_report_taken_back_leaves_all_as_it_was(cast, call, amina, outcome):
    before = (
        Call.objects.filter(pk=call.pk)
        .values("due_on", "not_before", "given_to", "rested_at")
        .get()
    )
    told = {"next_step": "call_again", "again_at": at_hour(9, TODAY + days(1))}
    attempt = tell(
        call,
        outcome,
        by=cast.bo,
        number=amina.phone,
        **(told if outcome == "call_back" else {}),
    )

    commands.undo_report(attempt, by=cast.bo, at=NOON)

    amina.refresh_from_db()
    after = Call.objects.filter(pk=call.pk).values(*before).get()
    assert after == before
    assert fresh(call).is_open
    assert fresh(call).is_held_by(cast.bo, NOON)
    assert amina.no_calls_at is None
    assert WrongNumber.objects.count() == 0
    assert {reason.kind for reason in call.reasons.all()} == {"welcome"}


def test_a_talk_taken_back_leaves_its_answers_in_the_draft(cast, call, amina):
    attempt = tell(call, "talked", by=cast.bo, **TALK)

    commands.undo_report(attempt, by=cast.bo, at=NOON)

    assert Call.objects.open().get(person=amina) == call
    assert Note.objects.count() == 0
    assert PersonTag.objects.count() == 0
    answers = answers_of(queries.draft_of(call, cast.bo))
    assert answers["want"] == ["baka", "skriva"]
    assert answers["note"] == "Spelar fotboll på lördagar."
    assert answers["mood"] == "glad"


def test_words_carried_before_stay_when_a_report_is_taken_back(cast, call, amina):
    first = tell(call, "talked", by=cast.bo, wants="told", tags=[("want", ["baka"])])
    again = owe(amina)
    commands.claim(again, by=cast.bo, at=NOON)
    second = tell(again, "talked", by=cast.bo, wants="told", tags=[("want", ["baka"])])

    commands.undo_report(second, by=cast.bo, at=NOON)

    assert PersonTag.objects.filter(person=amina).count() == 1
    with pytest.raises(commands.TooLateToUndoError):
        commands.undo_report(first, by=cast.bo, at=NOON)


def test_only_ones_own_report_of_the_last_day_is_taken_back(cast, call):
    attempt = tell(call, "no_answer", by=cast.bo)

    with pytest.raises(commands.TooLateToUndoError):
        commands.undo_report(attempt, by=cast.siv, at=NOON)
    with pytest.raises(commands.TooLateToUndoError):
        commands.undo_report(attempt, by=cast.bo, at=NOON + days(2))


def test_a_report_is_taken_back_once(cast, call):
    attempt = tell(call, "no_answer", by=cast.bo)
    commands.undo_report(attempt, by=cast.bo, at=NOON)

    with pytest.raises(commands.TooLateToUndoError):
        commands.undo_report(attempt, by=cast.bo, at=NOON)


def test_a_corrected_report_can_be_saved_after_taking_back(cast, call):
    attempt = tell(call, "no_answer", by=cast.bo)
    commands.undo_report(attempt, by=cast.bo, at=NOON)

    tell(call, "talked", by=cast.bo)

    assert fresh(call).closing == "talked"
    assert Attempt.objects.standing().count() == 1


def test_a_draft_is_sealed_and_gone_when_the_report_is_saved(cast, call):
    commands.answer(call, key=KEY, by=cast.bo, at=NOON, note="Hemligt")

    with connection.cursor() as cursor:
        cursor.execute("SELECT answers FROM welcome_draft")
        assert b"Hemligt" not in bytes(cursor.fetchone()[0])

    tell(call, "talked", by=cast.bo, key=KEY)

    assert Draft.objects.count() == 0


def test_two_windows_do_not_write_over_each_other(cast, call):
    draft = commands.answer(call, key=KEY, by=cast.bo, at=NOON, note="Ett")
    keep = {"key": KEY, "by": cast.bo, "at": NOON}
    commands.keep_draft(call, changes={"note": "Två"}, seen=draft.revision, **keep)

    with pytest.raises(commands.WrittenElsewhereError):
        commands.keep_draft(call, changes={"note": "Tre"}, seen=draft.revision, **keep)

    assert answers_of(queries.draft_of(call, cast.bo)) == {"note": "Två"}


def test_old_drafts_are_thrown_away(cast, call):
    commands.answer(call, key=KEY, by=cast.bo, at=NOON, note="Ett")

    assert commands.throw_away_drafts(before=NOON, by=None, at=NOON) == 0
    assert commands.throw_away_drafts(before=NOON + days(1), by=None, at=NOON) == 1


def rest(call, viewer):
    for day in range(3):
        commands.claim(call, by=viewer, at=NOON + days(day))
        tell(call, "no_answer", by=viewer, at=NOON + days(day))
