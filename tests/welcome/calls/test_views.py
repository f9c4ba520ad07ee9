"""The pages a caller meets: one person at a time, one question at a time."""

import uuid
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from krets.register.looks.models import ListLook, Look
from krets.register.models import Membership, Note, Person
from krets.welcome.calls import commands
from krets.welcome.calls.models import Attempt, Call
from tests.welcome.kit import another_caller, new_member, owe

pytestmark = pytest.mark.django_db
PLAIN, HTMX = {}, {"headers": {"HX-Request": "true"}}


@pytest.fixture
def now():
    return timezone.now()


@pytest.fixture
def today(now):
    return timezone.localdate(now)


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
    for _time in range(2):
        response = answer(bo, call, "outcome", outcome="no_answer")
        assert response.status_code == 302

    assert Attempt.objects.count() == 1


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
    assert client.post(address("calls:share"), {"to": "shared"}).status_code == 422


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
        with django_assert_max_num_queries(30) as asked:
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


def test_an_expired_session_asks_for_sign_in_and_leads_back_to_the_card(client, cast, call):
    plain = answer(client, call, "outcome", outcome="talked")
    card = f"http://testserver{address('calls:card', call.pk)}"
    smooth = client.post(
        address("calls:report", call.pk),
        headers={"HX-Request": "true", "HX-Current-URL": card},
    )
    client.force_login(cast.bo.account)
    back = client.get(plain.url.split("next=")[1])

    assert plain.url.endswith(f"?next={address('calls:report', call.pk)}")
    assert smooth.status_code == 204
    assert smooth["HX-Redirect"].endswith(f"?next={address('calls:card', call.pk)}")
    assert back.url == address("calls:card", call.pk)


def test_signing_out_takes_the_drafts_in_the_phone_along(bo):
    assert bo.post(reverse("sign_out"))["Clear-Site-Data"] == '"storage"'


def test_who_joined_on_an_unknown_day_is_new_to_us(bo, call, amina):
    Membership.objects.filter(person=amina).update(joined_on=None)

    listed = bo.get(address("calls:list")).content.decode()
    card = bo.get(address("calls:card", call.pk)).content.decode()

    assert "New to us, and has not had a call yet." in listed
    assert "We do not know when they joined. Nobody has called yet." in card
