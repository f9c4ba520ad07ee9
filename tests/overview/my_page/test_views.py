from datetime import timedelta
from uuid import UUID

import pytest
import time_machine
from django.urls import reverse

from krets.kit.audit.models import Entry
from krets.register.looks.commands import note_list, note_look
from krets.register.mandates.commands import end as end_mandate
from krets.register.mandates.commands import give as give_mandate
from krets.register.mandates.models import Mandate
from krets.register.members.commands import edit_person, set_calls
from krets.register.models import Account, Change, Fee, Membership, Person, ReportedRole
from krets.register.profiles.commands import add_tags, set_contact_person, write_note
from krets.welcome.calls.models import Attempt, Call
from tests.conftest import NOON, TODAY, give, make_person


@pytest.fixture
def as_cecilia(client, cast):
    """Cecilia, a member without any mandate, known in Granby too."""
    account = Account.objects.create(email="c@example.org", language="en", created_at=NOON)
    Person.objects.filter(pk=cast.cecilia.pk).update(account=account)
    make_person(cast.granby, "Cecilia", "Åström", account=account, city="Granby")
    with time_machine.travel(NOON, tick=False):
        client.force_login(account)
        yield client


def words_of(response):
    return " ".join(response.content.decode().split())


def details(person):
    return reverse("my_details", args=[person.pk])


def story(person):
    return reverse("my_story", args=[person.pk])


def sent(**changed):
    untouched = dict.fromkeys(("phone", "phone_home", "email"), "")
    kept = {f"initial-{name}": value for name, value in untouched.items()}
    return {"seen": "0"} | untouched | kept | changed


def test_my_page_tells_what_each_association_knows(as_cecilia, cast):
    signed = {"by": cast.siv, "at": NOON}
    add_tags(cast.cecilia, kind="want", words=["bygga"], **signed)
    set_contact_person(cast.cecilia, contact=cast.siv.person, **signed)
    Fee.objects.create(unit=cast.bjorkvik, person=cast.cecilia, year=2026, learned_at=NOON)

    page = words_of(as_cecilia.get(reverse("my_page")))

    assert "You have been a member since March 2019. Siv Öberg is your contact person." in page
    for told in ("070-174 06 05", "bygga", "2026", "Björkvik", "Granby", "You sign in with"):
        assert told in page


def test_a_mandate_that_has_ended_is_told_of_for_a_month(as_cecilia, cast):
    signed = {"by": cast.alva, "at": NOON}
    cecilia = Person.objects.get(pk=cast.cecilia.pk)
    ended = give_mandate(cast.bjorkvik, cecilia, kind="caller", **signed)
    told = "Your mandate as caller ended on 2 March 2026."
    assert told not in words_of(as_cecilia.get(reverse("my_page")))

    end_mandate(ended, **signed)
    assert told in words_of(as_cecilia.get(reverse("my_page")))

    Mandate.objects.filter(pk=ended.pk).update(ended_at=NOON - timedelta(days=31))
    assert "Your mandate as" not in words_of(as_cecilia.get(reverse("my_page")))


def test_a_mandate_that_is_held_anew_has_not_ended(as_cecilia, cast):
    signed = {"by": cast.alva, "at": NOON}
    cecilia = Person.objects.get(pk=cast.cecilia.pk)
    end_mandate(give_mandate(cast.bjorkvik, cecilia, kind="caller", **signed), **signed)
    give_mandate(cast.bjorkvik, cecilia, kind="caller", **signed)

    page = words_of(as_cecilia.get(reverse("my_page")))

    assert "Caller" in page
    assert "Your mandate as" not in page


def test_a_member_since_an_unknown_day_is_told_so(as_cecilia, cast):
    Membership.objects.filter(person=cast.cecilia).update(joined_on=None)

    page = words_of(as_cecilia.get(reverse("my_page")))

    assert "You are a member. We do not know since when." in page


def test_my_page_tells_who_has_looked_when_and_why(as_cecilia, cast):
    note_look(cast.cecilia, page="call", reason="todo:3", by=cast.bo, at=NOON)
    note_look(cast.cecilia, page="call", by=cast.bo, at=NOON)
    for page in ("today", "todo", "todo"):
        note_list(page=page, shown=[cast.cecilia.pk], by=cast.siv, at=NOON)

    page = words_of(as_cecilia.get(reverse("my_page")))

    assert "Bo Lind" in page
    assert ", caller" in page
    assert "Opened the call, 2 times. Because of something to do." in page
    assert "Your name has also appeared in one list in the last year." in page
    assert "One line for each person, list and day, however many times the list was opened" in page
    assert page.count("Saw the name on the page Today.") == 1


def test_what_is_written_down_about_oneself_is_there_to_read(as_cecilia, cast):
    write_note(cast.cecilia, text="Vill laga mat.", by=cast.siv, at=NOON)
    Attempt.objects.create(
        unit=cast.bjorkvik,
        key=UUID(int=3),
        person=cast.cecilia,
        call=Call.objects.create(
            unit=cast.bjorkvik, person=cast.cecilia, due_on=TODAY, made_at=NOON
        ),
        by=cast.bo.account,
        caller=cast.bo.person,
        at=NOON,
        outcome="talked",
        mood="glad",
        wants="not_asked",
        next_step="nothing",
    )
    edit_person(cast.cecilia, seen=0, changes={"city": "Ed"}, by=cast.siv, at=NOON)

    here = words_of(as_cecilia.get(reverse("my_page")))
    page = words_of(as_cecilia.get(story(cast.cecilia)))

    assert story(cast.cecilia) in here
    told = ("Vill laga mat.", "Talked with Bo Lind on the phone", "City: Ed", "Became a member")
    assert [words for words in told if words not in page] == []
    # Notes are changed by whoever has the mandate, not from here.
    assert "/register/" not in page


def test_nobody_reads_what_is_written_about_somebody_else(as_cecilia, cast):
    write_note(cast.gun, text="Vill laga mat.", by=cast.doris, at=NOON)

    for other in (cast.siv.person, cast.gun):
        assert as_cecilia.get(story(other)).status_code == 404


def test_the_story_costs_the_same_for_many_notes(as_cecilia, cast, statements):
    write_note(cast.cecilia, text="Ett", by=cast.siv, at=NOON)
    with statements() as one:
        as_cecilia.get(story(cast.cecilia))
    for text in ("Tva", "Tre"):
        write_note(cast.cecilia, text=text, by=cast.siv, at=NOON)
    with statements() as three:
        as_cecilia.get(story(cast.cecilia))

    assert len(one) == len(three) <= 12


def test_the_own_wishes_stand_on_my_page(as_cecilia, cast):
    set_calls(cast.cecilia, wanted=False, by=cast.siv, at=NOON)
    ReportedRole.objects.create(unit=cast.bjorkvik, person=cast.cecilia, title="Ombud")

    page = words_of(as_cecilia.get(reverse("my_page")))

    for told in ("Does not want calls</dt><dd>yes", "Ombud", "Nothing noted yet"):
        assert told in page


def test_an_officer_sees_the_own_mandates(client, cast):
    client.force_login(cast.siv.account)

    assert "Membership officer" in words_of(client.get(reverse("my_page")))


def test_a_member_corrects_the_own_phone(as_cecilia, cast):
    answer = as_cecilia.post(details(cast.cecilia), sent(phone="08-123 456 78"))

    cast.cecilia.refresh_from_db()
    assert answer.url == reverse("my_page")
    assert cast.cecilia.phone == "+46812345678"
    assert Change.objects.get().by == Account.objects.get(email="c@example.org")
    assert "by the member" in Entry.objects.get(action="person.edited").detail


@pytest.mark.parametrize("number", ["", "4711"])
def test_the_form_says_who_changes_everything_else(as_cecilia, cast, number):
    Person.objects.filter(pk=cast.cecilia.pk).update(register_number=number)

    page = words_of(as_cecilia.get(details(cast.cecilia)))

    assert ("comes from the central register" in page) == bool(number)
    assert "tell the membership officer, who" in page


@pytest.mark.parametrize(
    ("email", "told"),
    [
        ("C@example.org", "You sign in with this address too."),
        ("other@example.org", "The address you sign in with is separate"),
        ("", "The address you sign in with is separate"),
    ],
)
def test_the_form_says_whether_one_signs_in_with_the_address(as_cecilia, cast, email, told):
    Person.objects.filter(pk=cast.cecilia.pk).update(email=email)

    page = words_of(as_cecilia.get(details(cast.cecilia)))

    both = ("You sign in with this address too.", "The address you sign in with is separate")
    assert [each for each in both if each in page] == [told]


def test_what_cannot_be_read_is_said_at_the_field(as_cecilia, cast):
    answer = as_cecilia.post(details(cast.cecilia), sent(email="c@"))

    assert answer.status_code == 422
    assert "“c@” is not an e-mail address." in words_of(answer)


def test_nothing_is_lost_when_somebody_was_first(as_cecilia, cast):
    Person.objects.filter(pk=cast.cecilia.pk).update(revision=1)

    answer = as_cecilia.post(details(cast.cecilia), sent(phone="08-123 456 78"))

    assert answer.status_code == 409
    assert "08-123 456 78" in words_of(answer)


def test_nobody_reaches_somebody_elses_details(as_cecilia, cast):
    for other in (cast.siv.person, cast.gun):
        assert as_cecilia.get(details(other)).status_code == 404
        assert as_cecilia.post(details(other), sent(phone="08-123 456 78")).status_code == 404


def test_my_page_asks_to_sign_in(client, db):
    answer = client.get(reverse("my_page"))

    assert answer.status_code == 302
    assert "sign-in" in answer.url


def test_my_page_costs_the_same_for_much_history(as_cecilia, cast, django_assert_max_num_queries):
    note_look(cast.cecilia, page="call", by=cast.bo, at=NOON)
    as_cecilia.get(reverse("my_page"))
    with django_assert_max_num_queries(40) as few:
        as_cecilia.get(reverse("my_page"))
    for viewer in (cast.siv, cast.arne, cast.alva):
        note_look(cast.cecilia, page="person", by=viewer, at=NOON)
        add_tags(cast.cecilia, kind="want", words=[viewer.person.called], by=viewer, at=NOON)
    with django_assert_max_num_queries(40) as many:
        as_cecilia.get(reverse("my_page"))

    assert len(few) == len(many)


def test_whoever_has_a_mandate_finds_the_way_back(client, cast):
    client.force_login(cast.siv.account)
    assert '<a class="back" href="/bjorkvik/">' in client.get("/-/me/").content.decode()

    next_door = make_person(cast.granby, "Siv", "Öberg")
    next_door.account = cast.siv.account
    next_door.save()
    give(next_door, "caller")
    assert '<a class="back" href="/">' in client.get("/-/me/").content.decode()


def test_a_member_without_a_mandate_has_nowhere_else_to_go(client, cast):
    cast.siv.person.mandates.update(ended_at=NOON)
    client.force_login(cast.siv.account)

    assert 'class="back"' not in client.get("/-/me/").content.decode()
