"""The pages a caller meets: one person at a time, one question at a time."""

import re
import uuid
from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from krets.kit.audit.models import Entry
from krets.register.looks.models import ListLook, Look
from krets.register.members.commands import end_membership, set_calls
from krets.register.models import Membership, Note, Person
from krets.register.profiles.commands import add_tags, write_note
from krets.rhythm.routines.queries import keys_of_kind
from krets.rhythm.todos.models import Todo
from krets.welcome.calls import commands
from krets.welcome.calls.models import Attempt, Call, Claim, Draft
from tests.welcome.kit import another_caller, at_hour, changed, new_member, owe, tell

pytestmark = pytest.mark.django_db
PLAIN, HTMX = {}, {"headers": {"HX-Request": "true"}}


@pytest.fixture
def amina(cast, today, now):
    return new_member(
        cast.bjorkvik, joined_on=today - timedelta(days=2), learned_at=now, said_as="Amína"
    )


@pytest.fixture
def call(cast, amina, today, now):
    owed = owe(amina, due_on=today, at=now)
    commands.claim(owed, by=cast.bo, at=now)
    return owed


@pytest.fixture
def bo(client, cast):
    client.force_login(cast.bo.account)
    return client


def address(name, *args, unit="bjorkvik"):
    return reverse(f"welcome:{name}", args=[unit, *args])


def answer(client, call, question, key=None, extra=PLAIN, **told):
    key = key or uuid.UUID(int=5)
    posted = {"key": str(key), "question": question, **told}
    return client.post(address("calls:report", call.pk), posted, **extra)


def test_the_card_shows_who_the_number_and_the_guide(bo, call, amina):
    page = bo.get(address("calls:card", call.pk)).content.decode()

    assert "Amina Yusuf" in page
    assert "Amína" in page
    assert f'href="tel:{amina.phone}"' in page
    assert "Nobody has called yet." in page
    assert "Begin warmly" in page
    assert "Do I have to knock on doors?" in page


@pytest.mark.parametrize(
    ("written", "said"), [("pensionär", "Pensionär."), ("Student.", "Student."), ("", None)]
)
def test_the_card_tells_the_occupation_as_one_says_it(bo, call, amina, written, said):
    amina.occupation, amina.language = written, "finska"
    amina.save()

    answer = bo.get(address("calls:card", call.pk))

    told = [fact.words for fact in answer.context["card"].facts[1:]]
    assert told == [each for each in (said,) if each]
    assert '<p class="quiet">Speaks: Finnish.</p>' in answer.content.decode()


def test_three_facts_are_in_view_and_the_rest_is_folded(bo, cast, call, amina, now):
    amina.occupation, amina.language = "pensionär", "svenska"
    amina.save()
    for kind, word in (("want", "baka"), ("competence", "matte")):
        add_tags(amina, kind=kind, words=[word], by=cast.siv, at=now)
    for words, day in (("Ring efter 17.", 3), ("Har en hund.", 5)):
        write_note(amina, text=words, by=cast.bo, at=now - timedelta(days=day))

    answer = bo.get(address("calls:card", call.pk))

    card, page = answer.context["card"], answer.content.decode()
    in_view = [fact.words for fact in card.in_view]
    assert in_view[1:] == ["Ring efter 17.", "Wants to: baka."]
    assert [fact.words for fact in card.folded] == [
        "Is good at: matte.",
        "Pensionär.",
        "Speaks: Swedish.",
        "Har en hund.",
    ]
    assert re.search(r"Noted [^<]+:</span><br>Ring efter 17\.", page)
    assert page.index("Wants to: baka.") < page.index(">More about Amina<") < page.index("Pension")


@pytest.mark.parametrize("extra", [PLAIN, HTMX], ids=["plain", "htmx"])
def test_a_full_report_is_five_taps(bo, cast, call, amina, extra):
    taps = [
        answer(bo, call, "outcome", outcome="talked", extra=extra),
        answer(bo, call, "mood", mood="glad", extra=extra),
        # The tap on a word and the tap on Next are one request.
        answer(bo, call, "wants", want=["cook"], note="Plays football.", extra=extra),
        answer(bo, call, "next", next="week", promise="the study circle", extra=extra),
    ]

    attempt = Attempt.objects.get()
    assert len(taps) + 1 <= 6
    assert (attempt.outcome, attempt.mood, attempt.wants) == ("talked", "glad", "told")
    assert attempt.promise == "the study circle"
    assert Note.objects.get(person=amina).text == "Plays football."
    assert Call.objects.open().get(person=amina).given_to == cast.bo.person
    if extra:
        assert taps[-1]["HX-Redirect"] == address("calls:list")
        assert "How did Amina sound?" in taps[0].content.decode()
        assert "<html" not in taps[0].content.decode()
    else:
        assert taps[-1].url == address("calls:list")


def test_whom_one_writes_about_stays_in_view_after_the_first_answer(bo, cast, call, amina):
    add_tags(amina, kind="want", words=["baka"], by=cast.siv, at=timezone.now())
    first = bo.get(address("calls:card", call.pk)).content.decode()

    answer(bo, call, "outcome", extra=PLAIN, outcome="talked")
    second = bo.get(address("calls:card", call.pk)).content.decode()

    assert "call-brief" not in first
    brief = second.partition('<details class="more call-brief"')[2].partition("</details>")[0]
    summary, _open, body = brief.partition("</summary>")
    assert "Amina Yusuf" in summary
    assert re.search(r"Joined [^.]+\. Wants to: baka\.", summary)
    assert "Nobody has called yet" not in second
    assert "Wants to: baka." in body
    assert "tel:" in body


def test_the_button_that_changes_a_long_answer_stays_whole(bo, call):
    answer(bo, call, "outcome", outcome="talked")
    answer(bo, call, "mood", mood="glad")

    page = bo.get(address("calls:card", call.pk), {"ask": "next"}).content.decode()

    assert (
        re.findall(r'<p class="question__said">.*?<a class="([^"]+)"', page)
        == ["button button--quiet nowrap"] * 2
    )


def test_no_answer_is_one_tap_and_offers_the_next_person(bo, cast, call, today, now):
    other = owe(new_member(cast.bjorkvik, "Björn"), due_on=today, at=now)
    commands.give_calls(cast.bjorkvik, calls=[other], to=cast.bo.person, by=cast.siv, at=now)

    page = bo.post(
        address("calls:report", call.pk),
        {"key": str(uuid.uuid4()), "question": "outcome", "outcome": "no_answer"},
        follow=True,
    ).content.decode()

    assert Attempt.objects.get().outcome == "no_answer"
    assert "Amina is back on the list tomorrow" in page
    assert "Undo" in page
    assert "Call Björn" in page


def test_a_report_posted_twice_is_one(bo, call):
    first, second = (
        bo.get(answer(bo, call, "outcome", outcome="no_answer").url).content.decode()
        for _time in range(2)
    )

    assert Attempt.objects.count() == 1
    assert "Saved." in first
    assert "Saved." not in second
    assert "How this call went is told already. It is not saved twice." in second
    assert address("calls:undo", uuid.UUID(int=5)) in second


@pytest.mark.parametrize("extra", [PLAIN, HTMX])
def test_what_was_written_in_a_second_window_is_not_lost_with_the_report(bo, call, extra):
    answer(bo, call, "outcome", outcome="talked")
    answer(bo, call, "mood", mood="glad")
    answer(bo, call, "wants", want=["cook"], note="Sings in a choir.")
    answer(bo, call, "next", next="nothing")

    late = answer(bo, call, "wants", extra=extra, own_want="cook", note="Has a <boat>.")
    same = answer(bo, call, "wants", own_want="cook", note="Sings in a choir.")

    page = late.content.decode()
    assert late.status_code == 422
    assert "You have told how this call went in another window" in page
    assert "Has a &lt;boat&gt;." in page
    assert address("calls:undo", uuid.UUID(int=5)) in page
    assert same.url == address("calls:list")


def test_words_kept_in_a_second_window_are_said_not_to_be_saved(bo, call):
    answer(bo, call, "outcome", outcome="no_answer")

    kept = bo.post(
        address("calls:draft", call.pk),
        {"key": str(uuid.UUID(int=5)), "revision": "0", "question": "wants", "note": "Late"},
    )

    assert kept.status_code == 409
    assert "What you write here is not saved" in kept.json()["words"]
    assert not Draft.objects.exists()


def test_an_answer_to_a_report_that_was_taken_back_leads_to_where_it_is_gone_on_with(bo, call):
    answer(bo, call, "outcome", outcome="no_answer")
    bo.post(address("calls:undo", uuid.UUID(int=5)))

    late = answer(bo, call, "outcome", outcome="no_answer")

    assert late.url.startswith(address("calls:card", call.pk))
    page = bo.get(late.url).content.decode()
    assert "You have taken this report back in another window. Go on here." in page
    assert not Attempt.objects.standing().exists()


@pytest.mark.parametrize(
    ("question", "told"), [("mood", {"mood": "glad"}), ("next", {"next": "nothing"})]
)
def test_an_answer_in_another_window_begins_no_new_report(bo, cast, call, question, told):
    first, second = uuid.UUID(int=5), uuid.UUID(int=6)
    answer(bo, call, "outcome", key=first, outcome="talked")
    answer(bo, call, "outcome", key=second, outcome="no_answer")

    late = answer(bo, call, question, key=first, **told)
    page = bo.get(late.url).content.decode()

    assert late.url == address("calls:list")
    assert "You have told how this call went in another window." in page
    assert address("calls:undo", second) in page
    assert not Draft.objects.exists()
    assert Attempt.objects.get().outcome == "no_answer"


def test_a_page_come_back_to_tells_no_second_try_and_the_first_can_be_undone(bo, call):
    told = {"question": "outcome", "outcome": "no_answer"}
    report = address("calls:report", call.pk)
    first = bo.post(report, told | {"key": str(uuid.uuid4())}, follow=True).content.decode()

    again = bo.post(report, told | {"key": str(uuid.uuid4())}, follow=True).content.decode()
    undone = bo.post(re.search(r'action="([^"]*/undo/)"', first)[1], follow=True).content.decode()

    assert "You have already told how this call went." in again
    assert "The report is undone." in undone
    assert not Attempt.objects.standing().exists()


def test_answers_can_be_changed_and_none_is_lost(bo, call):
    answer(bo, call, "outcome", outcome="talked")
    answer(bo, call, "mood", mood="glad")
    answer(bo, call, "wants", want=["cook"], own_want="sing, dance", note="A note")

    changing = bo.get(address("calls:card", call.pk) + "?ask=mood").content.decode()
    answer(bo, call, "mood", mood="hesitant")
    page = bo.get(address("calls:card", call.pk)).content.decode()

    assert "How did Amina sound?" in changing
    assert "Hesitant" in page
    assert "cook, sing, dance" in page
    assert "What happens next?" in page


@pytest.mark.parametrize(
    ("told", "words"),
    [
        ({}, "Choose what happens next"),
        ({"next": "day"}, "Choose the day to call again"),
        ({"next": "day", "day": "2001-01-01"}, "That day has passed"),
        ({"next": "day", "day": "2001-13-41"}, "Write the day as"),
        ({"next": "day", "day": "2199-01-01"}, "Choose a day within a year"),
    ],
)
def test_a_next_step_is_asked_for_and_says_what_to_do(bo, call, told, words):
    answer(bo, call, "outcome", outcome="talked")
    answer(bo, call, "mood", mood="glad")
    answer(bo, call, "wants")

    response = answer(bo, call, "next", **told)

    assert response.status_code == 422
    assert words in response.content.decode()
    assert Attempt.objects.count() == 0


def test_call_back_asks_only_when(bo, cast, call):
    answer(bo, call, "outcome", outcome="call_back")
    page = bo.get(address("calls:card", call.pk)).content.decode()
    refused = answer(bo, call, "next", next="nothing")
    answer(bo, call, "next", next="tomorrow")

    assert "How did Amina sound?" not in page
    assert refused.status_code == 422
    assert Attempt.objects.get().outcome == "call_back"


def test_who_wants_no_more_calls_is_only_saved(bo, call, amina):
    answer(bo, call, "outcome", outcome="talked")
    answer(bo, call, "mood", mood="no_more")
    answer(bo, call, "wants")
    refused = answer(bo, call, "next", next="week")
    answer(bo, call, "next", next="nothing")

    amina.refresh_from_db()
    assert refused.status_code == 422
    assert amina.no_calls_at is not None


def test_undo_leads_back_to_the_card_with_the_answers(bo, call):
    answer(bo, call, "outcome", outcome="talked")
    answer(bo, call, "mood", mood="glad")
    answer(bo, call, "wants", note="A note")
    answer(bo, call, "next", next="nothing")
    key = Attempt.objects.get().key

    response = bo.post(address("calls:undo", key), follow=True)

    assert "The report is undone" in response.content.decode()
    assert "What came up?" in response.content.decode()
    assert Attempt.objects.standing().count() == 0


def test_what_is_typed_is_kept_and_the_claim_held(bo, call):
    Call.objects.filter(pk=call.pk).update(claim_until=timezone.now() + timedelta(minutes=1))
    key = str(uuid.uuid4())
    kept = bo.post(address("calls:draft", call.pk), {"key": key, "note": "Half a", "revision": "0"})
    late = bo.post(address("calls:draft", call.pk), {"key": key, "note": "Old", "revision": "0"})

    assert kept.json() == {"revision": 1}
    assert late.status_code == 409
    assert "another window" in late.json()["words"]
    call.refresh_from_db()
    assert call.claim_until > timezone.now() + timedelta(minutes=10)


def test_opening_a_card_is_written_down_before_the_answer(bo, call, amina):
    bo.get(address("calls:card", call.pk))

    look = Look.objects.get(person=amina)
    assert (look.page, look.reason) == ("call", f"call:{call.pk}")


def test_the_list_is_written_down_as_shown(bo, call, amina):
    bo.get(address("calls:list"))

    assert ListLook.objects.get().shown == [amina.pk]


def test_a_caller_does_not_meet_anothers_call(client, cast, call):
    lena = another_caller(cast.bjorkvik)
    client.force_login(lena.account)

    for name in ("calls:card", "calls:claim", "calls:report", "calls:draft", "calls:let_go"):
        posted = client.post(address(name, call.pk), {"key": str(uuid.uuid4())})
        assert posted.status_code == 404, name
    assert client.get(address("calls:card", call.pk)).status_code == 404
    assert "Amina" not in client.get(address("calls:list")).content.decode()


def test_a_lapsed_claim_closes_the_card(bo, call):
    Call.objects.filter(pk=call.pk).update(claim_until=timezone.now() - timedelta(minutes=1))

    assert bo.get(address("calls:card", call.pk)).status_code == 404


def test_a_lapsed_claim_still_takes_the_late_report(bo, call):
    Call.objects.filter(pk=call.pk).update(claim_until=timezone.now() - timedelta(minutes=1))

    assert answer(bo, call, "outcome", outcome="no_answer").status_code == 302
    assert Attempt.objects.count() == 1


def test_the_neighbours_meet_nothing(client, cast, call, amina):
    client.force_login(cast.doris.account)

    for unit in ("bjorkvik", "granby"):
        assert client.get(address("calls:card", call.pk, unit=unit)).status_code == 404
        assert client.post(address("calls:person", amina.pk, unit=unit)).status_code == 404
    assert "Amina" not in client.get(address("calls:list", unit="granby")).content.decode()


@pytest.mark.parametrize("who", ["alva", "arne"])
def test_calls_are_for_those_who_ring(client, cast, call, who):
    client.force_login(getattr(cast, who).account)

    assert client.get(address("calls:list")).status_code == 404
    assert client.get(address("calls:card", call.pk)).status_code == 404


def test_callers_do_not_share_calls_out(bo):
    assert bo.get(address("calls:share")).status_code == 404


def test_the_membership_officer_gives_calls_to_a_caller(client, cast, today, now):
    call, lena = owe(new_member(cast.bjorkvik), due_on=today), another_caller(cast.bjorkvik)
    client.force_login(cast.siv.account)

    response = client.post(
        address("calls:share"), {"call": [call.pk], "to": lena.person.pk}, follow=True
    )

    call.refresh_from_db()
    assert call.given_to == lena.person
    assert "1 call is moved." in response.content.decode()
    refused = client.post(address("calls:share"), {"to": "shared"})
    assert refused.status_code == 422
    assert ">Select the calls to move first.<" in refused.content.decode()


def test_ringing_from_the_persons_page_opens_a_call_and_takes_it(client, cast):
    client.force_login(cast.siv.account)

    response = client.post(address("calls:person", cast.cecilia.pk))

    call = Call.objects.get(person=cast.cecilia)
    assert response.url == address("calls:card", call.pk)
    assert call.claimed_by == cast.siv.person


def test_ringing_who_does_not_want_it_says_what_to_do(client, cast):
    Person.objects.filter(pk=cast.cecilia.pk).update(no_calls_at=timezone.now())
    client.force_login(cast.siv.account)

    page = client.post(address("calls:person", cast.cecilia.pk), follow=True).content.decode()

    assert "Cecilia has asked not to be called. Write instead." in page


def test_three_tries_are_decided_on_the_card(client, cast, call):
    Call.objects.filter(pk=call.pk).update(rested_at=timezone.now(), claimed_by=None)
    client.force_login(cast.siv.account)

    page = client.get(address("calls:card", call.pk)).content.decode()
    client.post(address("calls:decision", call.pk), {"way": "letter"})

    call.refresh_from_db()
    assert "How do we go on?" in page
    assert call.closing == "letter"


def test_nobody_to_call_says_what_the_page_is_for(bo):
    page = bo.get(address("calls:list")).content.decode()

    assert "Nobody to call right now" in page


def test_a_person_without_number_is_the_membership_officers(client, bo, cast, call, amina):
    Person.objects.filter(pk=amina.pk).update(phone="")

    page = bo.get(address("calls:card", call.pk)).content.decode()
    client.force_login(cast.siv.account)

    assert "There is no number that works for Amina." in page
    assert "No number that works" in client.get(address("calls:list")).content.decode()


def test_lists_take_as_many_statements_for_three_as_for_one(
    client, cast, today, now, django_assert_max_num_queries
):
    client.force_login(cast.siv.account)
    counts = []
    for number in range(3):
        owed = owe(new_member(cast.bjorkvik, f"P{number}"), due_on=today)
        commands.give_calls(cast.bjorkvik, calls=[owed], to=cast.siv.person, by=cast.siv, at=now)
        with django_assert_max_num_queries(40) as asked:
            client.get(address("calls:list"))
            client.get(address("calls:share"))
        counts.append(len(asked))

    assert counts[0] == counts[2]


def test_the_card_asks_the_database_little(client, cast, call, bo, django_assert_max_num_queries):
    bo.get(address("calls:card", call.pk))

    # Twelve, with session, user, mandates, the look's two and its savepoints on top.
    with django_assert_max_num_queries(19):
        bo.get(address("calls:card", call.pk))


def test_a_caller_reads_no_more_than_names_and_numbers(bo, call, amina):
    Person.objects.filter(pk=amina.pk).update(
        email="amina@example.org", street="Ekvägen 7", born_on="1980-01-01"
    )

    page = bo.get(address("calls:card", call.pk)).content.decode()

    assert "amina@example.org" not in page
    assert "Ekvägen" not in page
    assert "1980" not in page


def test_an_expired_session_asks_for_sign_in_and_keeps_what_was_told(client, cast, call):
    plain = answer(client, call, "outcome", outcome="talked")
    smooth = answer(client, call, "outcome", extra=HTMX, outcome="talked")
    client.force_login(cast.bo.account)
    back = client.get(address("calls:report", call.pk))

    assert plain.status_code == 403
    assert '<input type="hidden" name="outcome" value="talked">' in plain.content.decode()
    assert smooth.status_code == 401
    assert "HX-Redirect" not in smooth
    assert back.url == address("calls:card", call.pk)


def test_signing_out_takes_the_drafts_in_the_phone_along(bo):
    assert bo.post(reverse("sign_out"))["Clear-Site-Data"] == '"storage"'


def test_who_joined_on_an_unknown_day_is_new_to_us(bo, call, amina):
    Membership.objects.filter(person=amina).update(joined_on=None)

    listed = bo.get(address("calls:list")).content.decode()
    card = bo.get(address("calls:card", call.pk)).content.decode()

    assert "New to us. No call yet." in listed
    assert "We do not know when they joined. Nobody has called yet." in card


def many_calls(cast, number, today, *, to=None):
    for turn in range(number):
        owed = owe(new_member(cast.bjorkvik, f"Nr{turn:02}"), due_on=today - timedelta(days=turn))
        if to:
            Call.objects.filter(pk=owed.pk).update(given_to=to)


def test_my_calls_come_page_by_page_and_only_those_shown_are_written_down(bo, cast, today):
    many_calls(cast, 28, today, to=cast.bo.person)

    first, second = (bo.get(address("calls:list"), {"page": page}) for page in (1, 2))

    assert "28 people to call" in first.content.decode()
    assert [first.content.decode().count("line__name") for first in (first, second)] == [25, 3]
    assert [len(look.shown) for look in ListLook.objects.order_by("pk")] == [25, 3]


def test_the_first_page_tells_of_those_beside_the_ones_to_call(client, cast, today, now):
    many_calls(cast, 26, today, to=cast.siv.person)
    calls = [call.pk for call in Call.objects.order_by("pk")[:4]]
    Person.objects.filter(calls__in=calls[:2]).update(phone="")
    Call.objects.filter(pk=calls[2]).update(rested_at=now)
    Call.objects.filter(pk=calls[3]).update(not_before=now + timedelta(days=2))
    client.force_login(cast.siv.account)

    page = client.get(address("calls:list")).content.decode()

    assert "22 people to call" in page
    parts = re.findall(r'<a href="([?]page=[^"]+)">([^<]+)</a>', page)
    assert parts == [
        ("?page=1#resting", "1 rests after three tries."),
        ("?page=1#unreachable", "2 have no number that works."),
        ("?page=2#later", "1 is for another day."),
    ]
    assert "of 26" in page


def test_the_keyboard_begins_at_what_was_saved(bo, call):
    response = answer(bo, call, "outcome", outcome="no_answer")

    saved, again = (bo.get(response.url).content.decode() for _turn in range(2))

    assert '<div class="flashes" id="flashes" role="status" aria-live="polite" tabindex' in saved
    assert "autofocus" in saved.split('id="flashes"')[1].split(">")[0]
    assert "autofocus" not in again


def test_the_list_comes_in_the_order_of_today(bo, cast, today, now):
    joined = [(name, today - timedelta(days=ago)) for name, ago in (("Nya", 1), ("Äldst", 3))]
    people = [
        new_member(cast.bjorkvik, name, joined_on=day, learned_at=now) for name, day in joined
    ]
    changed(*people, at=now)
    by_hand = owe(new_member(cast.bjorkvik, "Handplockad"), kind="by_hand", due_on=today, at=now)
    commands.give_calls(
        cast.bjorkvik, calls=Call.objects.open(), to=cast.bo.person, by=cast.siv, at=now
    )
    Todo.objects.update(due_on=by_hand.due_on)

    listed = bo.get(address("calls:list")).content.decode()
    waiting = bo.get(reverse("overview:today:today", args=["bjorkvik"])).content.decode()
    first = commands.claim_next(cast.bjorkvik, by=cast.bo, at=now)

    order = re.compile("Äldst|Nya|Handplockad")
    assert list(dict.fromkeys(order.findall(listed))) == ["Nya", "Äldst", "Handplockad"]
    assert list(dict.fromkeys(order.findall(waiting))) == ["Nya", "Äldst"]
    assert first.person.first_name == "Nya"


def test_what_is_asked_of_many_stands_after_a_new_member(bo, cast, today, now):
    late, new = (
        new_member(cast.bjorkvik, name, joined_on=today - timedelta(days=ago), learned_at=now)
        for name, ago in (("Gunnar", 900), ("Nya", 1))
    )
    changed(new, at=now)
    owe(late, kind="fee", due_on=today - timedelta(days=20), at=now)
    commands.give_calls(
        cast.bjorkvik, calls=Call.objects.open(), to=cast.bo.person, by=cast.siv, at=now
    )
    asks = Todo.objects.get(person=new, routine="welcome_call")
    asks.pk, asks.routine, asks.person, asks.subject_id = None, "fee_unpaid", late, late.pk
    asks.due_on = today - timedelta(days=20)
    asks.save()

    listed = bo.get(address("calls:list")).content.decode()
    today_page = bo.get(reverse("overview:today:today", args=["bjorkvik"])).content.decode()
    everything = bo.get(reverse("overview:today:all", args=["bjorkvik"])).content.decode()
    first = commands.claim_next(cast.bjorkvik, by=cast.bo, at=now)

    order = re.compile("Gunnar|Nya")
    for page in (listed, today_page, everything):
        assert list(dict.fromkeys(order.findall(page))) == ["Nya", "Gunnar"]
    assert first.person == new


def test_who_has_not_taken_the_call_in_hand_takes_it_before_ringing(
    client, cast, amina, today, now
):
    given = owe(amina, due_on=today, at=now, given_to=cast.bo.person)
    pages = {}
    for viewer in (cast.bo, cast.siv):
        client.force_login(viewer.account)
        pages[viewer] = client.get(address("calls:card", given.pk)).content.decode()

    for page in pages.values():
        assert f'action="{address("calls:claim", given.pk)}"' in page
        assert "tel:" not in page
        assert 'id="report"' not in page
    assert "Bo Lind has this call." in pages[cast.siv]
    assert "has this call" not in pages[cast.bo]


def test_who_opens_a_call_in_another_ones_hand_cannot_ring(client, cast, amina, today, now):
    given = owe(amina, due_on=today, at=now, given_to=cast.bo.person)
    client.force_login(cast.bo.account)
    client.post(address("calls:claim", given.pk))

    client.force_login(cast.siv.account)
    page = client.get(address("calls:card", given.pk)).content.decode()

    assert "Bo Lind is calling Amina right now. If nothing has been told by" in page
    assert "tel:" not in page


def test_a_call_given_to_another_is_taken_over_only_when_one_says_so(
    client, cast, amina, today, now
):
    changed(amina, at=now)
    given = Call.objects.get(person=amina)
    commands.give_calls(cast.bjorkvik, calls=[given], to=cast.bo.person, by=cast.siv, at=now)
    client.force_login(cast.siv.account)

    asked = client.post(address("calls:person", amina.pk), follow=True).content.decode()
    before = Call.objects.get(pk=given.pk)
    client.post(address("calls:claim", given.pk))
    after = Call.objects.get(pk=given.pk)

    assert "Bo Lind has this call. Take it over only if you have agreed on it." in asked
    assert (before.claimed_by, before.given_to) == (None, cast.bo.person)
    assert (after.claimed_by, after.given_to) == (cast.siv.person, cast.siv.person)
    owners = Todo.objects.open().filter(person=amina, routine__in=keys_of_kind("call"))
    assert set(owners.values_list("owner", flat=True)) == {cast.siv.person.pk}
    assert Entry.objects.filter(action="call.given").count() == 2


def test_whose_call_it_is_now_is_told_to_whoever_had_it(client, cast, amina, today, now):
    given = owe(amina, due_on=today, at=now, given_to=cast.bo.person)
    client.force_login(cast.bo.account)
    client.post(address("calls:claim", given.pk))
    commands.let_go(given, by=cast.bo, at=now)
    Call.objects.update(given_to=cast.siv.person)

    told = client.post(address("calls:claim", given.pk), follow=True).content.decode()

    assert "Siv Öberg has the call to Amina now." in told


def test_a_call_moved_to_the_shared_list_opens_for_whose_to_do_asks_for_it(
    client, cast, amina, today, now
):
    changed(amina, at=now)
    Todo.objects.open().filter(person=amina, routine="welcome_call").update(owner=cast.bo.person)
    Call.objects.update(given_to=None)
    call = Call.objects.get(person=amina)
    another_caller(cast.bjorkvik)
    client.force_login(cast.bo.account)

    card = client.get(address("calls:card", call.pk))
    client.post(address("calls:person", amina.pk))
    taken = Call.objects.get(pk=call.pk).claimed_by
    Call.objects.update(claimed_by=None, claim_until=None)
    Claim.objects.all().delete()
    Todo.objects.update(owner=cast.siv.person)

    assert card.status_code == 200
    assert taken == cast.bo.person
    assert client.get(address("calls:card", call.pk)).status_code == 404


def test_whoever_has_a_call_in_hand_is_led_on_with_it(client, cast, amina, today, now):
    owe(amina, due_on=today, at=now)
    owe(new_member(cast.bjorkvik, "Björn"), due_on=today, at=now)
    client.force_login(cast.bo.account)
    client.post(address("calls:next"))
    name = Call.objects.get(claimed_by=cast.bo.person).person.called

    page = client.get(address("calls:list")).content.decode()

    assert f"Go on with {name}" in page
    assert "Take the next one" not in page
    assert client.post(address("calls:next")).url.startswith(
        address("calls:card", Call.objects.get(claimed_by=cast.bo.person).pk)
    )


def test_a_card_that_only_stood_open_is_no_report_begun(client, cast, amina, today, now):
    given = owe(amina, due_on=today, at=now, given_to=cast.siv.person)
    commands.keep_draft(given, key=uuid.uuid4(), changes={}, seen=None, by=cast.siv, at=now)
    client.force_login(cast.siv.account)

    page = client.get(address("calls:list")).content.decode()

    assert "Amina" in page
    assert "The report is begun." not in page


def test_a_report_begun_by_mistake_is_thrown_away(client, cast, amina, today, now):
    given = owe(amina, due_on=today, at=now, given_to=cast.siv.person)
    client.force_login(cast.siv.account)
    client.post(address("calls:claim", given.pk))
    answer(client, given, "outcome", outcome="talked")

    card = client.get(address("calls:card", given.pk)).content.decode()
    told = client.post(address("calls:let_go", given.pk), {"discard": "yes"}, follow=True)

    assert "Throw away the report" in card
    assert "What was written is gone." in told.content.decode()
    assert "Throw away the report" not in told.content.decode()
    assert not Draft.objects.exists()
    assert Call.objects.get(pk=given.pk).claimed_by == cast.siv.person


def test_a_report_begun_stands_on_the_list_whatever_another_told(client, cast, amina, today, now):
    given = owe(amina, due_on=today, at=now, given_to=cast.bo.person)
    commands.claim(given, by=cast.bo, at=now - timedelta(hours=1))
    commands.claim(given, by=cast.siv, at=now)
    client.force_login(cast.siv.account)
    answer(client, given, "outcome", outcome="talked")
    tell(given, "no_answer", by=cast.bo, at=now)

    page = client.get(address("calls:list")).content.decode()

    assert "Write the rest about Amina" in page
    assert "The report is begun." in page


def test_what_stands_on_ones_today_stands_among_ones_calls(client, cast, amina, today, now):
    owe(new_member(cast.bjorkvik, "Gunnar"), kind="fee", due_on=today + timedelta(days=30), at=now)
    Call.objects.update(given_to=cast.siv.person)
    changed(amina, at=now)
    Todo.objects.filter(routine="welcome_call").update(owner=cast.siv.person)
    Call.objects.filter(person=amina).update(given_to=None)
    client.force_login(cast.siv.account)

    page = client.get(address("calls:list")).content.decode()
    first = commands.claim_next(cast.bjorkvik, by=cast.siv, at=now)

    assert "Call Amina" in page
    assert "2 people to call" in page
    assert "shared list" not in page
    assert first.person == amina


def test_what_is_agreed_for_later_today_is_told_of(bo, call, cast, today):
    noon = at_hour(12, today)
    with time_machine.travel(noon, tick=False):
        Call.objects.filter(pk=call.pk).update(
            not_before=noon + timedelta(hours=4), given_to=cast.bo.person
        )

        page = bo.get(address("calls:list")).content.decode()

    assert "Nothing right now" in page
    assert "1 call is agreed for later today." in page


def test_the_persons_page_says_the_day_the_call_is_on_the_list_again(
    client, cast, amina, call, now
):
    tell(call, "no_answer", by=cast.bo, at=now)
    client.force_login(cast.siv.account)

    page = client.get(reverse("register:members:person", args=["bjorkvik", amina.pk]))

    (coming,) = [each for each in page.context["told"].upcoming if each.sort == "call"]
    assert coming.at == timezone.localdate(now) + timedelta(days=1)


def test_another_day_begins_with_tomorrow(bo, call, today):
    answer(bo, call, "outcome", outcome="call_back")

    page = bo.get(address("calls:card", call.pk)).content.decode()

    assert f'value="{today + timedelta(days=1):%Y-%m-%d}"' in page


def test_who_calls_whom_comes_page_by_page_with_how_many_each_has(client, cast, today):
    many_calls(cast, 27, today)
    client.force_login(cast.siv.account)

    first, second = (
        client.get(address("calls:share"), {"page": page}).content.decode() for page in (1, 2)
    )

    assert [page.count('name="call"') for page in (first, second)] == [25, 2]
    assert "27 calls" in first
    assert "27 calls" in second
    assert "Without calls:" not in first
    assert "Without calls: Bo Lind, Siv Öberg" in second
    assert [len(look.shown) for look in ListLook.objects.order_by("pk")] == [25, 2]


def test_calls_are_moved_from_the_page_they_stand_on(client, cast, today):
    many_calls(cast, 27, today)
    client.force_login(cast.siv.account)
    last = Call.objects.order_by("-due_on").first()
    second = address("calls:share") + "?page=2"

    response = client.post(second, {"call": [last.pk], "to": cast.bo.person.pk})

    last.refresh_from_db()
    assert response.url == second
    assert last.given_to == cast.bo.person


@pytest.mark.parametrize("key", ["9" * 30, "-1", "x", ""])
def test_a_key_that_is_none_moves_nothing(client, cast, key):
    client.force_login(cast.siv.account)

    response = client.post(address("calls:share"), {"call": [key], "to": "shared"})

    assert response.status_code == 422
    assert "Select" in response.content.decode()


def test_a_call_that_was_closed_meanwhile_is_passed_over(client, cast, today, now):
    open_call, closed = (owe(new_member(cast.bjorkvik, name), due_on=today) for name in "AB")
    Call.objects.filter(pk=closed.pk).update(closed_at=now, closing="talked")
    client.force_login(cast.siv.account)

    page = client.post(
        address("calls:share"),
        {"call": [open_call.pk, closed.pk], "to": cast.bo.person.pk},
        follow=True,
    ).content.decode()

    assert "1 call is moved." in page


def test_lists_take_as_many_statements_for_a_page_as_for_three_pages(
    client, cast, today, django_assert_max_num_queries
):
    client.force_login(cast.siv.account)
    counts = []
    for _round in range(3):
        many_calls(cast, 25, today, to=cast.siv.person)
        with django_assert_max_num_queries(40) as asked:
            client.get(address("calls:list"))
            client.get(address("calls:share"))
        counts.append(len(asked))

    assert counts[0] == counts[2]


def test_a_half_written_report_stands_first_and_opens_at_the_question(bo, cast, call, today, now):
    older = owe(new_member(cast.bjorkvik, "Björn"), due_on=today - timedelta(days=9), at=now)
    commands.give_calls(cast.bjorkvik, calls=[older], to=cast.bo.person, by=cast.siv, at=now)
    answer(bo, call, "outcome", outcome="talked")

    page = bo.get(address("calls:list")).content.decode()
    response = bo.post(address("calls:claim", call.pk))

    assert "Write the rest about Amina" in page
    assert f'href="{address("calls:card", call.pk)}#report"' in page
    assert response.url == address("calls:card", call.pk) + "#report"


def test_today_says_to_write_the_rest(bo, cast, amina, now):
    changed(amina, at=now)
    call = Call.objects.get(person=amina)
    bo.post(address("calls:claim", call.pk))
    before = bo.get(f"/{cast.bjorkvik.slug}/").content.decode()

    answer(bo, call, "outcome", outcome="talked")

    assert "Call Amina" in before
    assert "Write the rest about Amina" in bo.get(f"/{cast.bjorkvik.slug}/").content.decode()


def test_the_card_of_who_wants_no_calls_any_more_has_no_number(bo, cast, amina, call, now):
    answer(bo, call, "outcome", outcome="talked")
    set_calls(amina, wanted=False, by=cast.siv, at=now)

    page = bo.get(address("calls:card", call.pk)).content.decode()

    assert "Amina is not to be called any more." in page
    assert "tel:" not in page


def test_a_report_begun_is_told_to_the_end_though_no_calls_are_wanted(bo, cast, amina, call, now):
    answer(bo, call, "outcome", outcome="talked")
    set_calls(amina, wanted=False, by=cast.siv, at=now)
    answer(bo, call, "mood", mood="glad")
    answer(bo, call, "wants", note="A note")

    refused = answer(bo, call, "next", next="week")
    answer(bo, call, "next", next="nothing")

    assert refused.status_code == 422
    assert Attempt.objects.get().note.text == "A note"
    assert not Call.objects.open().exists()


def test_a_call_that_is_over_is_not_opened_again(bo, cast, amina, call, now):
    set_calls(amina, wanted=False, by=cast.siv, at=now)

    page = bo.get(address("calls:card", call.pk), follow=True).content.decode()

    assert "Amina is not to be called." in page
    assert not Look.objects.filter(person=amina).exists()


def test_writing_about_an_old_call_does_not_open_its_card(bo, cast, amina, call, now):
    Call.objects.filter(pk=call.pk).update(
        closed_at=now - timedelta(days=1), closing="not_needed", claimed_by=None
    )

    bo.post(address("calls:draft", call.pk), {"key": str(uuid.uuid4()), "note": "Hm"})

    assert bo.get(address("calls:card", call.pk)).url == address("calls:list")


def test_the_card_tells_what_was_written_of_earlier_calls(client, bo, cast, amina, call, now):
    lena = another_caller(cast.bjorkvik)
    answer(bo, call, "outcome", outcome="talked")
    answer(bo, call, "mood", mood="glad")
    answer(bo, call, "wants", note="Plays football.")
    answer(bo, call, "next", next="nothing")
    write_note(amina, text="Only for the officer.", by=cast.siv, at=now)
    again = owe(amina, at=now)
    commands.claim(again, by=lena, at=now)
    client.force_login(lena.account)

    page = client.get(address("calls:card", again.pk)).content.decode()

    assert "Plays football." in page
    assert "Only for the officer." not in page
    assert Look.objects.get(viewer=lena.account).page == "call"


def test_notes_of_earlier_calls_are_not_read_when_the_call_is_over(client, bo, cast, amina, call):
    answer(bo, call, "outcome", outcome="talked")
    answer(bo, call, "mood", mood="glad")
    answer(bo, call, "wants", note="Plays football.")
    answer(bo, call, "next", next="nothing")
    lena, now = another_caller(cast.bjorkvik), timezone.now()
    again = owe(amina, at=now)
    commands.claim(again, by=lena, at=now)
    client.force_login(lena.account)
    answer(client, again, "outcome", outcome="talked")
    set_calls(amina, wanted=False, by=cast.siv, at=timezone.now())

    page = client.get(address("calls:card", again.pk)).content.decode()

    assert "is not to be called any more" in page
    assert "Plays football." not in page


@pytest.mark.parametrize(
    ("born", "clock", "words"),
    [
        ("1980-01-01", "03:00", "between 8 and 21"),
        ("1980-01-01", "21:30", "between 8 and 21"),
        ("2012-01-01", "20:15", "between 8 and 20"),
    ],
)
def test_nobody_is_promised_a_call_at_night(bo, amina, call, today, born, clock, words):
    Person.objects.filter(pk=amina.pk).update(born_on=born)
    answer(bo, call, "outcome", outcome="call_back")
    tomorrow = (today + timedelta(days=1)).isoformat()

    refused = answer(bo, call, "next", next="day", day=tomorrow, clock=clock)

    assert refused.status_code == 422
    assert words in refused.content.decode()


def test_the_time_agreed_on_is_said_afterwards(bo, cast, call, today):
    answer(bo, call, "outcome", outcome="call_back")
    day = today + timedelta(days=1)

    told = bo.post(
        address("calls:report", call.pk),
        {
            "key": str(uuid.uuid4()),
            "question": "next",
            "next": "day",
            "day": day.isoformat(),
            "clock": "17:30",
        },
        follow=True,
    ).content.decode()

    assert "You call Amina again tomorrow at 17:30." in told
    assert "Wanted to be called tomorrow at 17:30." in told


def test_each_question_has_its_own_address(bo, call):
    response = answer(bo, call, "outcome", outcome="talked", extra=HTMX)

    back = bo.get(address("calls:card", call.pk) + "?ask=outcome").content.decode()
    assert response["HX-Push-Url"] == address("calls:card", call.pk) + "?ask=mood"
    assert 'value="talked" aria-pressed="true"' in back
    assert 'value="no_answer" aria-pressed' not in back


def test_the_summary_tells_of_a_note(bo, call):
    answer(bo, call, "outcome", outcome="talked")
    answer(bo, call, "mood", mood="glad")

    page = answer(bo, call, "wants", want=["cook"], note="A note", extra=HTMX).content.decode()

    assert "cook. And a note." in page


def test_the_last_answer_alone_saves_no_report(bo, call):
    answer(bo, call, "outcome", outcome="talked")

    response = answer(bo, call, "next", next="nothing")

    assert response.status_code == 302
    assert Attempt.objects.count() == 0


def test_a_resting_call_leads_to_the_decision_instead_of_the_phone(client, cast, amina, call):
    Call.objects.filter(pk=call.pk).update(rested_at=timezone.now(), claimed_by=None)
    client.force_login(cast.siv.account)

    page = client.post(address("calls:person", amina.pk), follow=True).content.decode()

    assert "How do we go on?" in page
    assert Call.objects.get(pk=call.pk).claimed_by is None


def test_the_third_try_says_that_it_was_enough(bo, cast, call, now):
    for turn in (1, 2):
        tell(call, "no_answer", by=cast.bo, at=now - timedelta(days=turn))
        commands.claim(call, by=cast.bo, at=now)

    page = bo.post(
        address("calls:report", call.pk),
        {"key": str(uuid.uuid4()), "question": "outcome", "outcome": "no_answer"},
        follow=True,
    ).content.decode()

    assert "Three tries are enough" in page


def test_whoever_told_something_was_not_asked_in_vain(bo, call):
    answer(bo, call, "outcome", outcome="talked")
    answer(bo, call, "mood", mood="glad")
    page = answer(bo, call, "wants", want=["cook"], nothing="on", extra=HTMX).content.decode()
    again = bo.get(address("calls:card", call.pk) + "?ask=wants").content.decode()

    assert "cook" in page
    box = re.search(r"<input[^>]*name=\"nothing\"[^>]*>", again).group()
    assert "checked" not in box


def test_the_card_names_the_language_in_that_of_the_screen(bo, call, amina):
    Person.objects.filter(pk=amina.pk).update(language="arabiska")

    page = bo.get(address("calls:card", call.pk)).content.decode()

    assert "Speaks: Arabic." in page


def test_a_member_since_an_unknown_day_is_rung_as_a_member(client, cast, amina):
    Membership.objects.filter(person=amina).update(joined_on=None)
    client.force_login(cast.siv.account)

    page = client.get(person_page(amina)).content.decode()

    assert "button--main" in page.split('id="happened"')[0]


def test_a_number_found_wrong_is_marked_on_the_persons_page(client, cast, call, amina):
    tell(call, "wrong_number", by=cast.bo, at=timezone.now())
    client.force_login(cast.siv.account)

    page = client.get(person_page(amina)).content.decode()

    assert "Wrong number, found today" in page
    assert "Call Amina" not in page
    assert f"tel:{amina.phone}" not in page
    reach = reverse("register:members:details", args=["bjorkvik", amina.pk, "reach"])
    assert f'<a class="button" href="{reach}"' in page


def test_a_former_members_page_does_not_lead_with_ringing(client, cast, now, today):
    end_membership(cast.cecilia, on=today, by=cast.siv, at=now)
    client.force_login(cast.siv.account)

    page = client.get(person_page(cast.cecilia)).content.decode()

    assert "Call Cecilia" in page
    assert "button--main" not in page.split('id="happened"')[0]


def person_page(person):
    return reverse("register:members:person", args=["bjorkvik", person.pk])
