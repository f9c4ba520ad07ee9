"""Whose fee has not come in."""

from datetime import date, datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from krets.register.imports.models import Import
from krets.register.members.commands import edit_person
from krets.register.models import Fee, Membership, Person
from krets.rhythm.routines.queries import settings_of_routine
from krets.rhythm.todos.models import Todo
from krets.welcome.calls import commands as calls
from krets.welcome.calls.models import Attempt, Call
from krets.welcome.calls.queries import my_list
from krets.welcome.leavers import queries
from tests.welcome.kit import changed, days, fee_file, new_member, tell

pytestmark = pytest.mark.django_db
SUMMER = datetime(2026, 8, 17, 10, tzinfo=timezone.get_default_timezone())


@pytest.fixture
def siv(client, cast):
    now = timezone.now()
    fee_file(cast.bjorkvik, now, fee_year=now.year)
    Membership.objects.of(cast.bjorkvik).update(fee_told_year=now.year)
    for viewer in (cast.alva, cast.bo, cast.arne, cast.siv):
        pay(viewer.person, now.year)
    pay(cast.cecilia, now.year - 1)
    client.force_login(cast.siv.account)
    return client


def told(unit, first_name, **fields):
    """Make a member whose fee a file has told of."""
    return new_member(unit, first_name, fee_told_year=timezone.localdate().year, **fields)


def pay(person, year):
    Fee.objects.create(unit_id=person.unit_id, person=person, year=year, learned_at=timezone.now())


def address(name, *args):
    return reverse(f"welcome:leavers:{name}", args=["bjorkvik", *args])


def test_the_list_tells_earlier_years_and_the_last_talk(siv, cast):
    page = siv.get(address("list")).content.decode()
    year = timezone.localdate().year

    assert f"1 member whose fee for {year} has not come in" in page
    assert "Cecilia Åström" in page
    assert f"Paid {year - 1}." in page
    assert "No call recorded." in page


def test_the_button_goes_below_the_words_where_there_is_little_room(siv, cast):
    told(cast.bjorkvik, "Elisabeth", joined_on=older(1))

    page = siv.get(address("list")).content.decode()

    line = page.split('<ul class="lines"')[1].split("</ul>")[0]
    assert 'class="line line--asked"' in line
    assert '<form class="line__end"' in line


def test_many_come_page_by_page_and_all_are_counted(siv, cast):
    for number in range(27):
        told(cast.bjorkvik, f"Nr{number:02}", joined_on=date(2001, 1, 1) + days(number))

    first, second = (siv.get(address("list"), {"page": page}).content.decode() for page in (1, 2))

    assert "28 members whose fee" in first
    assert ("Nr24" in first, "Nr25" in first) == (True, False)
    assert ("Nr25" in second, "Cecilia" in second) == (True, True)


def test_an_old_register_is_said_to_be_old(siv, cast):
    Import.objects.update(applied_at=timezone.now() - days(8))

    page = siv.get(address("list")).content.decode()
    assert "Import a newer one before you ask anybody." in page


def test_a_newer_file_without_fees_makes_them_no_younger(siv, cast):
    Import.objects.update(applied_at=timezone.now() - days(8))
    now = timezone.now()
    Import.objects.create(unit=cast.bjorkvik, size=1, uploaded_at=now, read_at=now, applied_at=now)

    assert "A file with fees was last imported" in siv.get(address("list")).content.decode()


def test_whose_fee_no_file_tells_of_is_not_listed(siv, cast):
    Membership.objects.filter(person=cast.cecilia).update(fee_told_year=None)

    assert "Cecilia" not in siv.get(address("list")).content.decode()


def test_who_is_missing_from_the_latest_file_is_said_to_be(siv, cast):
    Membership.objects.filter(person=cast.cecilia).update(missing_on=timezone.localdate())

    page = siv.get(address("list")).content.decode()

    assert "Missing from the member file since today. May have left already." in page


def test_whose_joining_day_is_not_known_is_listed_without_it(siv, cast):
    Membership.objects.filter(person=cast.cecilia).update(joined_on=None, first_import=True)

    page = siv.get(address("list")).content.decode()

    assert "Cecilia Åström" in page
    assert "Member since" not in page


def test_a_register_without_fees_lists_nobody(siv, cast):
    Fee.objects.all().delete()

    page = siv.get(address("list")).content.decode()

    assert "has no fees for" in page
    assert 'class="seats' in page
    assert "Cecilia" not in page


def test_before_any_fees_are_known_it_offers_to_import_them(siv, cast):
    Fee.objects.all().delete()

    page = siv.get(address("list")).content.decode()

    assert f'href="{reverse("register:imports:new", args=["bjorkvik"])}"' in page
    assert "Import the member list" in page


def test_where_all_have_paid_it_says_so_with_the_age_of_the_news(siv, cast):
    pay(cast.cecilia, timezone.localdate().year)

    fresh = siv.get(address("list")).content.decode()
    Import.objects.update(applied_at=timezone.now() - days(12))
    old = siv.get(address("list")).content.decode()

    for page in (fresh, old):
        assert "Nobody to ask about the fee" in page
        assert "Everybody has paid. Nothing to do here." in page
        assert 'class="seats' in page
    assert "Import the member list" not in fresh
    assert "So it was when a file with fees was last imported" in old
    assert "Import the member list" in old


def test_who_joined_lately_is_told_of_though_nobody_is_to_be_asked(siv, cast):
    pay(cast.cecilia, timezone.localdate().year)
    told(cast.bjorkvik, "Nora", joined_on=timezone.localdate())

    page = siv.get(address("list")).content.decode()

    assert "Everybody who has been a member for a while has paid." in page
    assert "1 more in the list of members has not paid" in page
    assert "Cecilia" not in page


def test_ringing_about_the_fee_has_its_own_guide(siv, cast):
    page = siv.post(address("call", cast.cecilia.pk), follow=True).content.decode()

    assert {reason.kind for reason in Call.objects.get().reasons.all()} == {"fee"}
    assert "Ask, do not demand" in page


def test_some_get_a_letter_instead(siv, cast):
    Person.objects.filter(pk=cast.cecilia.pk).update(no_calls_at=timezone.now())

    assert "By letter" in siv.get(address("list")).content.decode()
    refused = siv.post(address("call", cast.cecilia.pk), follow=True).content.decode()
    assert "has asked not to be called" in refused


def test_new_and_protected_people_are_not_listed(siv, cast):
    told(cast.bjorkvik, "Ny", joined_on=timezone.localdate())
    told(cast.bjorkvik, "Skyddad", joined_on=date(2019, 1, 1), protected_at=timezone.now())

    page = siv.get(address("list")).content.decode()

    assert "Ny Yusuf" not in page
    assert "Skyddad" not in page


@pytest.mark.parametrize("who", ["alva", "bo", "arne", "doris"])
def test_the_list_is_the_membership_officers(client, cast, who):
    client.force_login(getattr(cast, who).account)

    assert client.get(address("list")).status_code == 404
    assert client.post(address("call", cast.cecilia.pk)).status_code == 404


def older(number):
    return date(2001, 1, 1) + days(number)


def rung(cast, person, outcome, at=None, **told):
    at = at or timezone.now()
    call = calls.open_call(person, kind="fee", due_on=timezone.localdate(at), by=cast.siv, at=at)
    calls.claim(call, by=cast.siv, at=at)
    return tell(call, outcome, by=cast.siv, at=at, **told)


def test_those_to_ring_come_first_and_those_without_a_working_number_are_written_to(siv, cast):
    wrong, quiet, unwilling = (
        told(cast.bjorkvik, name, joined_on=older(number))
        for number, name in enumerate(["Felnummer", "Tyst", "Ovillig"])
    )
    rung(cast, wrong, "wrong_number")
    Person.objects.filter(pk=quiet.pk).update(supports_quietly_at=timezone.now())
    Person.objects.filter(pk=unwilling.pk).update(no_calls_at=timezone.now())

    page = siv.get(address("list")).content.decode()

    places = [
        page.index(words)
        for words in (
            "1 to ask on the phone",
            "Call Cecilia",
            "2 to ask by letter",
            "Felnummer",
            "wrong number.",
            "Find a number",
            "Ovillig",
            "1 supports quietly",
            "Tyst",
        )
    ]
    assert places == sorted(places)
    assert "Call Felnummer" not in page
    assert page.count("Find a number") == 1
    assert "without a number that works" not in page


@pytest.mark.parametrize("is_last", [True, False])
def test_whose_number_was_wrong_is_written_to_and_a_number_may_be_found(siv, cast, is_last):
    wrong = told(cast.bjorkvik, "Felnummer", joined_on=older(0))
    attempt = rung(cast, wrong, "wrong_number")
    if not is_last:
        Attempt.objects.filter(pk=attempt.pk).update(undone_at=timezone.now())

    page = siv.get(address("list")).content.decode()

    reach = reverse("register:members:details", args=["bjorkvik", wrong.pk, "reach"])
    # Within the line's end: what stands before it is covered by the link to the person.
    end = page.split('<span class="line__end quiet small">By letter')[1].split("</li>")[0]
    assert f'<a href="{reach}">Find a number' in end
    assert ("The number was wrong." in page, ": wrong number." in page) == (not is_last, is_last)


@pytest.fixture
def asked_in_summer(cast):
    """Seven who have not paid in August: one was talked with, one has another's number."""
    fee_file(cast.bjorkvik, SUMMER)
    Membership.objects.of(cast.bjorkvik).update(fee_told_year=2026)
    pay(cast.siv.person, 2026)
    for viewer in (cast.alva, cast.bo, cast.arne):
        pay(viewer.person, 2026)
    people = [told(cast.bjorkvik, f"Nr{n}", joined_on=older(n)) for n in range(6)]
    rung(cast, people[0], "talked", at=SUMMER, fee_answer="forgot")
    rung(cast, people[1], "wrong_number", at=SUMMER)
    changed(*people, cast.cecilia, at=SUMMER)
    return people


def in_summer(cast, settings):
    return queries.leavers(
        cast.bjorkvik,
        fields=cast.siv.scope("leaver:see").fields,
        at=SUMMER + days(1),
        settings=settings,
    )


def test_who_cannot_be_rung_is_written_to_and_no_call_waits_for_a_number(cast, asked_in_summer):
    by_hand, asked = asked_in_summer[1:3]
    call = Call.objects.open().get(person=asked)
    calls.claim(call, by=cast.siv, at=SUMMER)
    tell(call, "wrong_number", by=cast.siv, at=SUMMER)

    todos = Todo.objects.open().filter(person__in=[by_hand, asked])
    assert set(todos.values_list("person", "routine")) == {
        (by_hand.pk, "fee_letter"),
        (asked.pk, "fee_letter"),
    }
    assert not Call.objects.open().filter(person__in=[by_hand, asked]).exists()


def test_a_number_that_is_found_brings_the_call_about_the_fee_back(cast, asked_in_summer):
    person = asked_in_summer[2]
    call = Call.objects.open().get(person=person)
    calls.claim(call, by=cast.siv, at=SUMMER)
    tell(call, "wrong_number", by=cast.siv, at=SUMMER)
    person.refresh_from_db()
    found = {"phone": "+46701740677"}
    edit_person(person, seen=person.revision, changes=found, by=cast.siv, at=SUMMER)

    assert Todo.objects.open().get(person=person).routine == "fee_unpaid"
    assert Call.objects.open().filter(person=person).exists()


def test_the_to_dos_are_as_many_as_the_list_says(cast, asked_in_summer):
    found = in_summer(cast, settings_of_routine(cast.bjorkvik, "fee_unpaid"))

    counts = {heap.key: heap.count for heap in found.heaps}
    todos = Todo.objects.open()
    assert counts == {"call": 5, "write": 1, "asked": 1}
    assert todos.filter(routine="fee_unpaid").count() == 5
    assert todos.filter(routine="fee_letter").count() == 1


def test_who_was_talked_with_this_season_stands_apart_with_the_answer(cast, asked_in_summer):
    found = in_summer(cast, {"from_day": 815, "counts_from_month": 10})

    asked = next(heap for heap in found.heaps if heap.key == "asked")
    (row,) = asked.rows
    assert (row.person, row.answer) == (asked_in_summer[0], "Had forgotten it")
    assert found.heaps[-1] == asked


def test_who_did_not_answer_today_stands_last_of_those_to_ring_without_a_button(siv, cast):
    tried = told(cast.bjorkvik, "Obesvarad", joined_on=older(0))
    rung(cast, tried, "no_answer")

    page = siv.get(address("list")).content.decode()

    assert page.index("Cecilia") < page.index("Obesvarad")
    assert "Tried today, no answer." in page
    assert "Call tomorrow" in page
    assert "Call Obesvarad" not in page


def test_a_message_left_is_not_told_as_no_answer(siv, cast):
    tried = told(cast.bjorkvik, "Obesvarad", joined_on=older(0))
    rung(cast, tried, "voicemail")

    page = siv.get(address("list")).content.decode()

    assert "Left a message today." in page
    assert "no answer" not in page


def test_the_list_says_how_many_more_the_register_shows_as_unpaid(siv, cast):
    told(cast.bjorkvik, "Ny", joined_on=timezone.localdate())

    page = siv.get(address("list")).content.decode()

    assert "1 more in the list of members has not paid" in page
    assert "?fee=unpaid" in page


def test_the_list_takes_as_many_statements_for_twenty_as_for_one(
    siv, cast, django_assert_max_num_queries
):
    counts = []
    for _round in range(2):
        with django_assert_max_num_queries(30) as asked:
            siv.get(address("list"))
        counts.append(len(asked))
        for number in range(20):
            told(cast.bjorkvik, f"Nr{number}", joined_on=older(number))

    assert counts[0] == counts[1]


def test_those_to_ring_stand_as_on_the_list_of_calls(cast, asked_in_summer):
    late, hurried, unasked = asked_in_summer[2], asked_in_summer[4], asked_in_summer[5]
    Todo.objects.filter(person=late).update(due_on=SUMMER.date() + days(99))
    Todo.objects.filter(person=hurried).update(due_on=SUMMER.date())
    Call.objects.update(given_to=cast.siv.person)
    found = in_summer(cast, {"from_day": 815, "counts_from_month": 10})
    listed = [row.person.first_name for row in found.heaps[0].rows]

    mine = my_list(cast.siv, fields=cast.siv.scope("call:report").fields, at=SUMMER + days(1))

    assert [line.call.person.first_name for line in mine.now] == listed
    assert (listed[0], listed[-1]) == (hurried.first_name, late.first_name)
    Todo.objects.filter(person=unasked).delete()
    found = in_summer(cast, {"from_day": 815, "counts_from_month": 10})
    assert found.heaps[0].rows[-1].person == unasked


def test_of_those_asked_on_one_day_the_oldest_members_stand_first_on_both_lists(
    cast, asked_in_summer
):
    youngest_first = asked_in_summer[2:]
    for turn, person in enumerate(youngest_first):
        Membership.objects.filter(person=person).update(joined_on=date(2010 - turn, 5, 1))
    Call.objects.update(given_to=cast.siv.person)

    found = in_summer(cast, {"from_day": 815, "counts_from_month": 10})
    mine = my_list(cast.siv, fields=cast.siv.scope("call:report").fields, at=SUMMER + days(1))

    oldest_first = [person.first_name for person in reversed(youngest_first)]
    for names in (
        [row.person.first_name for row in found.heaps[0].rows],
        [line.call.person.first_name for line in mine.now],
    ):
        assert [name for name in names if name in oldest_first] == oldest_first
