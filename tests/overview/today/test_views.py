from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from krets.overview.today.words import greeting
from krets.register.models import ListLook, Mandate, Membership, Person
from krets.rhythm.models import Todo
from krets.welcome.calls.commands import open_call
from tests.conftest import NOON, TODAY, make_person
from tests.rhythm.kit import CALL, COFFEE, LETTER, changed, connected, join

DAY = timedelta(days=1)
HTMX = {"HX-Request": "true", "HX-Request-Type": "partial"}


def new(unit, first_name, last_name="", *, on=TODAY, letter=False, **fields):
    person = make_person(unit, first_name, last_name, **fields)
    join(person, on=on, learned_at=NOON, first_import=letter)
    changed(person, at=NOON)
    return person


def address(name, viewer, *args):
    return reverse(f"overview:today:{name}", args=[viewer.unit.slug, *args])


@pytest.fixture
def as_bo(client, cast):
    client.force_login(cast.bo.account)
    return client


@pytest.fixture
def as_alva_too(cast):
    other = Client()
    other.force_login(cast.alva.account)
    return other


@pytest.fixture
def as_siv(client, cast):
    client.force_login(cast.siv.account)
    return client


def words_of(response):
    return " ".join(response.content.decode().split())


def test_today_says_whom_to_ring_and_why_and_by_when(cast, as_bo):
    new(cast.bjorkvik, "Amina", "Yusuf", on=TODAY - 5 * DAY)

    page = words_of(as_bo.get(address("today", cast.bo)))

    assert "Hello, Bo" in page
    assert "One person is waiting for your call." in page
    assert "Amina Yusuf" in page
    assert "Joined on Wednesday and has had no call yet." in page
    assert "We found out today." in page
    assert "Call Amina" in page
    assert "By Wednesday" in page


def test_under_the_name_stands_what_one_is_here(cast, as_bo):
    page = words_of(as_bo.get(address("today", cast.bo)))

    assert "Bo Lind<small>caller</small>" in page


@pytest.mark.parametrize(
    ("hour", "words"),
    [(2, "Hello, Bo"), (6, "Good morning, Bo"), (12, "Hello, Bo"), (20, "Good evening, Bo")],
)
def test_the_greeting_follows_the_hour(hour, words):
    assert greeting("Bo", hour) == words


def test_on_the_first_day_no_flow_is_told(cast, as_siv):
    Membership.objects.update(learned_at=NOON)
    first = words_of(as_siv.get(address("today", cast.siv)))
    Membership.objects.update(learned_at=NOON - DAY)
    second = words_of(as_siv.get(address("today", cast.siv)))

    assert ("members." in first, "joined or left" in first) == (True, False)
    assert "Nobody has joined or left since yesterday." in second


def test_who_has_no_calls_of_their_own_is_told_of_the_shared_list(cast, as_bo, as_alva_too):
    amina = new(cast.bjorkvik, "Amina", phone="+46701740661")
    Todo.objects.update(owner=cast.siv.person)
    open_call(amina, kind="welcome", due_on=TODAY, by=cast.siv, at=NOON)

    page = words_of(as_bo.get(address("today", cast.bo)))

    assert "1 call is waiting on the shared list." in page
    assert reverse("welcome:calls:next", args=["bjorkvik"]) in page
    assert "shared list" not in words_of(as_alva_too.get(address("today", cast.alva)))


def test_nothing_waiting_is_said_warmly_with_what_comes_next(cast, as_bo):
    amina = new(cast.bjorkvik, "Amina")
    Todo.objects.filter(person=amina).update(snoozed_until=TODAY + 3 * DAY)

    page = words_of(as_bo.get(address("today", cast.bo)))

    assert "Nothing is waiting for you now." in page
    assert "The next thing comes up on Thursday." in page


def test_at_most_five_cards_and_a_way_to_the_rest(cast, as_bo):
    for number in range(8):
        new(cast.bjorkvik, f"Ny{number}")

    page = words_of(as_bo.get(address("today", cast.bo)))

    assert page.count('<article class="card"') == 5
    assert "Eight people are waiting for your call." in page
    assert "Start calling" in page
    assert address("all", cast.bo) in page
    listed = words_of(as_bo.get(address("all", cast.bo)))
    assert listed.count('<li class="line">') == 8


def test_what_is_due_first_stands_first_then_the_newest_members_then_age(cast, as_bo):
    names = ("Due", "Other", "Older", "Joined", "Amina")
    people = [new(cast.bjorkvik, name) for name in names]
    rows = {person.first_name: Todo.objects.filter(person=person) for person in people}
    rows["Due"].update(due_on=TODAY)
    rows["Other"].update(routine="coffee")
    rows["Older"].update(routine="coffee", fact_on=TODAY - 9 * DAY)
    rows["Joined"].update(fact_on=TODAY - 9 * DAY)

    cards = as_bo.get(address("today", cast.bo)).context["found"].cards
    listed = as_bo.get(address("all", cast.bo)).context["cards"]

    assert [card.who for card in cards] == ["Due", "Amina", "Joined", "Older", "Other"]
    assert [card.who for card in listed] == [card.who for card in cards]


def test_many_of_a_kind_are_one_card_with_a_list(cast, as_siv):
    for number in range(3):
        new(cast.bjorkvik, f"Ny{number}", letter=True)

    page = words_of(as_siv.get(address("today", cast.siv)))

    assert page.count('<article class="card"') == 1
    assert "One thing is waiting for you." in page
    assert "3 welcome letters" in page
    listed = words_of(as_siv.get(address("kind", cast.siv, "letter")))
    assert "<h1>3 welcome letters</h1>" in listed
    assert listed.count('<li class="line">') == 3


def test_of_many_of_a_kind_beside_others_the_first_stands_for_all(cast, as_bo):
    for number in range(5):
        new(cast.bjorkvik, f"Ny{number}", on=TODAY - number * DAY)
    other = Todo.objects.get(person__first_name="Ny0")
    Todo.objects.filter(pk=other.pk).update(routine="coffee")

    page = as_bo.get(address("today", cast.bo))
    found, words = page.context["found"], words_of(page)

    assert [(card.who, card.more) for card in found.cards] == [("Ny1", 3), ("Ny0", 0)]
    assert "And 3 more like this" in words
    assert "Five things are waiting for you." in words
    assert found.more == 0
    assert words_of(as_bo.get(address("kind", cast.bo, "call"))).count('class="line"') == 4


def test_a_few_of_another_kind_leave_the_calls_their_room(cast, as_bo):
    for number in range(6):
        new(cast.bjorkvik, f"Ny{number}", on=TODAY - number * DAY)
    older = Todo.objects.filter(person__first_name__in=["Ny3", "Ny4", "Ny5"])
    older.update(routine="coffee", due_on=TODAY - 9 * DAY)

    found = as_bo.get(address("today", cast.bo)).context["found"]

    assert [(card.routine.key, card.more) for card in found.cards] == [
        ("coffee", 2),
        ("call", 0),
        ("call", 0),
        ("call", 0),
    ]
    assert (found.things, found.more) == (6, 0)


def test_few_of_a_kind_stand_each_by_itself_while_there_is_room(cast, as_bo):
    for number in range(5):
        new(cast.bjorkvik, f"Ny{number}", on=TODAY - number * DAY)
    older = Todo.objects.filter(person__first_name__in=["Ny3", "Ny4"])
    older.update(routine="coffee")

    found = as_bo.get(address("today", cast.bo)).context["found"]

    assert [card.more for card in found.cards] == [0] * 5


def test_no_more_calls_are_told_for_today_than_there_are_things(cast, as_siv):
    # A kind that is gathered is one thing, however many it holds.
    with connected(replace(CALL, gather=2), COFFEE, LETTER):
        for number in range(4):
            new(cast.bjorkvik, f"Ny{number}", letter=True)
        Todo.objects.update(owner=cast.siv.person, due_on=TODAY)

        found = as_siv.get(address("today", cast.siv)).context["found"]

    assert found.things == 2
    assert found.waiting.calls_due <= found.things


def test_none_of_a_kind_is_said_without_a_number(cast, as_siv):
    assert "<h1>Welcome letter</h1>" in words_of(as_siv.get(address("kind", cast.siv, "letter")))


@pytest.mark.parametrize("number", [1, 3, 14])
def test_today_costs_as_many_statements_however_much_waits(cast, as_siv, number):
    for each in range(number):
        new(cast.bjorkvik, f"Ny{each}", letter=each % 2 == 0)
    Todo.objects.update(owner=cast.siv.person)
    as_siv.get(address("today", cast.siv))

    with CaptureQueriesContext(connection) as statements:
        as_siv.get(address("today", cast.siv))

    told = [each["sql"] for each in statements if not each["sql"].startswith(FRAME)]
    # Session, account and mandates are the door's.
    assert len(told) - 3 <= 12, "\n".join(told)
    STATEMENTS.add(len(told))
    assert len(STATEMENTS) == 1


FRAME = ("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE", "SELECT set_config")
STATEMENTS = set()


def test_names_are_read_and_nothing_else_of_the_person(cast, as_bo):
    new(cast.bjorkvik, "Amina", phone="+46701740611", street="Storgatan 1")

    with CaptureQueriesContext(connection) as statements:
        as_bo.get(address("today", cast.bo))

    read = " ".join(each["sql"] for each in statements if '"first_name"' in each["sql"])
    assert '"street"' not in read
    assert '"phone"' not in read


def test_being_shown_names_is_written_down_once_a_day(cast, as_bo):
    amina = new(cast.bjorkvik, "Amina")

    as_bo.get(address("today", cast.bo))
    as_bo.get(address("today", cast.bo))

    assert ListLook.objects.get().shown == [amina.pk]
    assert ListLook.objects.get().viewer == cast.bo.account

    later = new(cast.bjorkvik, "Björn")
    as_bo.get(address("today", cast.bo))
    assert ListLook.objects.latest("pk").shown == [amina.pk, later.pk]


def test_a_name_leads_to_the_person_only_for_those_who_may_open_it(client, cast):
    amina = new(cast.bjorkvik, "Amina")
    there = f'href="/bjorkvik/register/members/{amina.pk}/"'
    Todo.objects.update(owner=cast.bo.person)
    client.force_login(cast.bo.account)
    assert there not in words_of(client.get(address("today", cast.bo)))

    Todo.objects.update(owner=cast.siv.person)
    client.force_login(cast.siv.account)
    assert there in words_of(client.get(address("today", cast.siv)))


def test_what_nobody_has_waits_for_the_membership_officer(cast, as_siv):
    new(cast.bjorkvik, "Amina")
    Todo.objects.update(owner=None)

    assert "Amina" in words_of(as_siv.get(address("today", cast.siv)))


def test_putting_off_takes_the_card_away_with_a_way_back(cast, as_bo):
    amina = new(cast.bjorkvik, "Amina")
    todo = Todo.objects.get(person=amina)
    tomorrow = TODAY + DAY

    answer = as_bo.post(
        address("snooze", cast.bo, todo.pk), {"until": tomorrow.isoformat()}, follow=True
    )

    assert answer.redirect_chain == [(address("today", cast.bo), 302)]
    assert "It comes back tomorrow." in words_of(answer)
    assert "Nothing is waiting for you now." in words_of(answer)
    undone = as_bo.post(address("undo", cast.bo, todo.pk), follow=True)
    assert "It is back on your list." in words_of(undone)
    assert "Call Amina" in words_of(undone)


def test_htmx_gets_the_new_cards_in_place(cast, as_bo):
    amina = new(cast.bjorkvik, "Amina")
    todo = Todo.objects.get(person=amina)

    answer = as_bo.post(
        address("snooze", cast.bo, todo.pk),
        {"until": (TODAY + DAY).isoformat(), "from": "today"},
        headers=HTMX,
    )

    page = words_of(answer)
    assert answer.status_code == 200
    assert page.startswith('<div class="page" id="today">')
    assert "<html" not in page
    assert "It comes back tomorrow." in page


def test_what_is_put_off_is_told_with_a_way_to_it(cast, as_bo):
    for number in range(3):
        new(cast.bjorkvik, f"Ny{number}")
    Todo.objects.filter(person__first_name__in=["Ny0", "Ny1"]).update(snoozed_until=TODAY + 3 * DAY)

    page = words_of(as_bo.get(address("today", cast.bo)))
    listed = words_of(as_bo.get(address("put_off", cast.bo)))

    assert "Two things are put off. The first comes back on Thursday." in page
    assert address("put_off", cast.bo) in page
    assert "Call Ny0" in listed
    assert "Comes back on Thursday" in listed
    assert "Ny2" not in listed


def test_nobody_sees_what_another_has_put_off(client, cast):
    new(cast.bjorkvik, "Amina")
    Todo.objects.update(snoozed_until=TODAY + DAY)
    client.force_login(cast.siv.account)

    assert "Amina" not in words_of(client.get(address("put_off", cast.siv)))


def test_handing_over_is_offered_only_where_somebody_else_can_do_it(client, cast, as_bo):
    todo = Todo.objects.get(person=new(cast.bjorkvik, "Amina"))
    before = words_of(as_bo.get(address("today", cast.bo)))
    Mandate.objects.filter(person=cast.siv.person).update(ended_at=NOON)

    after = words_of(as_bo.get(address("today", cast.bo)))
    page = words_of(as_bo.get(address("todo", cast.bo, todo.pk)))

    assert ("Hand over" in before, "Hand over" in after) == (True, False)
    assert "The chair can give somebody the mandate of caller." in page


def test_whoever_may_give_the_mandate_is_shown_where(client, cast):
    todo = Todo.objects.get(person=new(cast.bjorkvik, "Amina"))
    Todo.objects.update(owner=cast.siv.person)
    Mandate.objects.filter(person=cast.bo.person).update(ended_at=NOON)
    client.force_login(cast.siv.account)

    page = words_of(client.get(address("todo", cast.siv, todo.pk)))

    assert "You can give somebody the mandate of caller." in page
    assert "/bjorkvik/register/mandates/give/" in page


def test_putting_off_a_third_time_is_refused_in_words(cast, as_bo):
    todo = Todo.objects.get(person=new(cast.bjorkvik, "Amina"))
    Todo.objects.update(snoozes=2)

    answer = as_bo.post(
        address("snooze", cast.bo, todo.pk), {"until": (TODAY + DAY).isoformat()}, follow=True
    )

    assert "put off twice" in words_of(answer)


def test_handing_over_to_somebody_who_may(cast, as_bo):
    todo = Todo.objects.get(person=new(cast.bjorkvik, "Amina"))
    page = words_of(as_bo.get(address("todo", cast.bo, todo.pk)))
    assert "Siv Öberg" in page
    assert "Alva Ek" not in page

    answer = as_bo.post(
        address("owner", cast.bo, todo.pk), {"to_person": cast.siv.person.pk}, follow=True
    )

    assert "Siv has it now." in words_of(answer)
    todo.refresh_from_db()
    assert todo.owner == cast.siv.person
    as_bo.post(address("undo", cast.bo, todo.pk))
    todo.refresh_from_db()
    assert todo.owner == cast.bo.person


HINT = "It is put off. Whoever takes it has it at once, and can put it off anew."
ANEW = "Whoever takes it can put it off anew."


@pytest.mark.parametrize(
    ("snoozes", "until", "hint", "confirmed"),
    [
        (0, None, "", "Siv has it now."),
        # It rests until an agreed day: nobody has put it off.
        (0, TODAY + 3 * DAY, "", "Siv has it now."),
        (1, TODAY + 3 * DAY, HINT, "Siv has it now, and it is no longer put off."),
        (2, TODAY - DAY, ANEW, "Siv has it now."),
    ],
)
def test_whoever_hands_over_is_told_that_putting_off_begins_anew(
    cast, as_bo, snoozes, until, hint, confirmed
):
    todo = Todo.objects.get(person=new(cast.bjorkvik, "Amina"))
    Todo.objects.update(snoozes=snoozes, snoozed_until=until)

    page = words_of(as_bo.get(address("todo", cast.bo, todo.pk)))
    answer = as_bo.post(
        address("owner", cast.bo, todo.pk), {"to_person": cast.siv.person.pk}, follow=True
    )

    assert [words for words in (HINT, ANEW) if words in page] == ([hint] if hint else [])
    assert confirmed in words_of(answer)
    todo.refresh_from_db()
    assert todo.snoozes == 0


def test_a_person_outside_the_choice_is_refused(cast, as_bo):
    todo = Todo.objects.get(person=new(cast.bjorkvik, "Amina"))

    for person in (cast.alva.person, cast.doris.person, cast.cecilia):
        answer = as_bo.post(address("owner", cast.bo, todo.pk), {"to_person": person.pk})
        assert answer.status_code == 422


@pytest.mark.parametrize(("how", "closing"), [("done", "done"), ("not_needed", "not_needed")])
def test_it_goes_off_the_list_with_a_few_words(cast, as_bo, how, closing):
    todo = Todo.objects.get(person=new(cast.bjorkvik, "Amina"))

    assert as_bo.post(address("closing", cast.bo, todo.pk), {"how": how}).status_code == 422
    as_bo.post(address("closing", cast.bo, todo.pk), {"how": how, "words": "We met"})

    todo.refresh_from_db()
    assert (todo.closing, todo.words) == (closing, "We met")


@pytest.mark.parametrize("name", ["todo", "snooze", "owner", "closing", "undo"])
def test_nobody_reaches_anothers_to_do(client, cast, name):
    todo = Todo.objects.get(person=new(cast.bjorkvik, "Amina"))
    ways = {"todo": client.get}
    for viewer, at in ((cast.doris, cast.bjorkvik), (cast.doris, cast.granby), (cast.alva, None)):
        client.force_login(viewer.account)
        slug = at.slug if at else viewer.unit.slug
        where = reverse(f"overview:today:{name}", args=[slug, todo.pk])
        assert ways.get(name, client.post)(where).status_code == 404

    todo.refresh_from_db()
    assert todo.is_open


def test_the_chair_sees_how_it_goes_in_figures_without_persons(client, cast):
    new(cast.bjorkvik, "Amina")
    Todo.objects.update(escalations=2, escalated_at=NOON, owner=cast.siv.person)
    client.force_login(cast.alva.account)

    page = words_of(client.get(address("today", cast.alva)))

    assert "Waiting too long" in page
    assert "This is part of what has waited longer than intended" in page
    assert "Ask Siv Öberg, the membership officer, what would help." in page
    assert "By Wednesday" in page
    assert "Call" in page
    assert '<span class="figure__number">6</span> members.' in page
    assert "Amina" not in page


def test_the_numbers_of_the_board_have_their_thousands_apart(client, cast):
    new(cast.bjorkvik, "Amina")
    todo = Todo.objects.get()
    subjects = range(todo.subject_id + 1, todo.subject_id + 1000)
    fields = {field.attname: getattr(todo, field.attname) for field in Todo._meta.concrete_fields}
    Todo.objects.bulk_create(
        Todo(**fields | {"id": None, "subject_id": subject}) for subject in subjects
    )
    Todo.objects.update(escalations=2, escalated_at=NOON, owner=cast.siv.person)
    client.force_login(cast.alva.account)

    page = words_of(client.get(address("today", cast.alva)))

    assert '<span class="table__number">1,000</span>' in page


def test_what_was_tried_before_it_went_on_is_not_said_to_be_unbegun(client, cast):
    new(cast.bjorkvik, "Amina")
    Todo.objects.update(escalations=2, escalated_at=NOON, touched_at=NOON - 28 * DAY)
    client.force_login(cast.alva.account)

    page = words_of(client.get(address("today", cast.alva)))

    assert "it went on to the membership officer, and nobody has gone on with it since." in page
    assert "nobody has begun" not in page


@pytest.mark.parametrize("change", ["begun", "put off", "protected"])
def test_the_board_is_told_of_nothing_that_is_begun_put_off_or_protected(client, cast, change):
    amina = new(cast.bjorkvik, "Amina")
    Todo.objects.update(escalations=2, escalated_at=NOON - DAY, owner=cast.siv.person)
    client.force_login(cast.alva.account)
    assert "Waiting too long" in words_of(client.get(address("today", cast.alva)))

    if change == "protected":
        Person.objects.filter(pk=amina.pk).update(protected_at=NOON)
    elif change == "begun":
        Todo.objects.update(touched_at=NOON)
    else:
        Todo.objects.update(snoozed_until=TODAY + DAY)

    assert "Waiting too long" not in words_of(client.get(address("today", cast.alva)))


def test_a_to_do_one_cannot_do_says_to_hand_it_over(client, cast):
    todo = Todo.objects.get(person=new(cast.bjorkvik, "Amina"))
    Todo.objects.update(owner=cast.alva.person)
    client.force_login(cast.alva.account)

    page = words_of(client.get(address("todo", cast.alva, todo.pk)))

    assert "This needs a mandate that you do not hold." in page


def test_a_person_with_hardly_a_name_is_shown_as_far_as_known(cast, as_bo):
    new(cast.bjorkvik, "", "", register_number="10042")
    new(cast.bjorkvik, "👩‍🚀 <b>", "O'Neill & Söner")

    page = words_of(as_bo.get(address("today", cast.bo)))

    assert "Call 10042" in page
    assert "👩‍🚀 &lt;b&gt;" in page


def test_an_unknown_routine_is_nobodys_card(cast, as_bo):
    new(cast.bjorkvik, "Amina")
    Todo.objects.update(routine="gone")

    assert "Nothing is waiting for you now." in words_of(as_bo.get(address("today", cast.bo)))
    assert as_bo.get(address("todo", cast.bo, Todo.objects.get().pk)).status_code == 404
    assert as_bo.get(address("kind", cast.bo, "gone")).status_code == 404


def test_the_auditors_day_leads_to_the_trail_and_says_what_it_is_for(client, cast, as_bo):
    trail = reverse("office:trail:trail", args=[cast.bjorkvik.slug])
    assert "As auditor" not in words_of(as_bo.get(address("today", cast.bo)))
    client.force_login(cast.arne.account)

    page = words_of(client.get(address("today", cast.arne)))

    assert "As auditor you make sure that the trust people have been given is used well" in page
    assert f'<a class="button" href="{trail}">' in page


def test_a_member_without_a_mandate_has_no_today(client, cast):
    account = cast.bo.account
    cast.bo.person.mandates.all().delete()
    client.force_login(account)

    assert client.get(address("today", cast.bo)).status_code == 404
