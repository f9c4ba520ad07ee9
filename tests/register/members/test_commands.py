from datetime import date, timedelta

import pytest

from krets.kit.audit.models import Entry
from krets.register.members.commands import (
    AlreadyKnownError,
    AlreadyMemberError,
    NamelessError,
    NotMemberError,
    NotYetError,
    StaleError,
    TooLongAgoError,
    add_member,
    edit_person,
    end_membership,
    record_deceased,
    resume_membership,
    set_calls,
    undo_deceased,
)
from krets.register.members.commands.details import DetailError
from krets.register.members.commands.ending import BeforeItBeganError, NotDeceasedError
from krets.register.members.models import Change, Correction, Membership, Person
from tests.conftest import NOON, TODAY

YESTERDAY = TODAY - timedelta(days=1)


@pytest.fixture
def signed(cast):
    return {"by": cast.siv, "at": NOON}


@pytest.fixture
def registered(cast):
    """Cecilia, whom the central register knows by a number."""
    Person.objects.filter(pk=cast.cecilia.pk).update(register_number="4711")
    cast.cecilia.refresh_from_db()
    return cast.cecilia


def edit(person, signed, *, seen=0, was=None, **changes):
    return edit_person(person, seen=seen, changes=changes, was=was, **signed)


def open_corrections():
    return list(Correction.objects.filter(carried_at=None).values_list("field", "old", "new"))


def test_a_member_is_written_in_by_hand(cast, signed):
    person = add_member(
        cast.bjorkvik,
        joined_on=YESTERDAY,
        first_name=" Amina ",
        last_name="Yusuf",
        phone="070 174 06 30",
        email="Amina@EXAMPLE.se",
        postal_code="61040",
        born_on=date(1991, 3, 5),
        **signed,
    )

    stored = Person.objects.get(pk=person.pk)
    assert (stored.name, stored.phone, stored.email) == (
        "Amina Yusuf",
        "+46701740630",
        "Amina@example.se",
    )
    assert (stored.postal_code, stored.born_year) == ("610 40", 1991)
    assert "701740630" in stored.search
    membership = Membership.objects.get(person=person)
    assert (membership.joined_on, membership.learned_at) == (YESTERDAY, NOON)
    assert "Amina" not in Entry.objects.get(action="member.added").detail


@pytest.mark.parametrize(
    ("details", "refusal"),
    [
        ({"first_name": "  "}, NamelessError),
        ({"first_name": "A", "joined_on": TODAY + timedelta(days=1)}, NotYetError),
        ({"first_name": "A", "joined_on": date(1066, 1, 1)}, TooLongAgoError),
        ({"first_name": "A", "phone": "ring mig"}, DetailError),
        ({"first_name": "A", "email": "amina@"}, DetailError),
        ({"first_name": "A", "postal_code": "1"}, DetailError),
        ({"first_name": "A", "born_on": "2091-01-01"}, DetailError),
        ({"first_name": "A" * 101}, DetailError),
        ({"first_name": "A", "sex": "både"}, DetailError),
    ],
)
def test_what_cannot_be_stored_is_refused(cast, signed, details, refusal):
    with pytest.raises(refusal):
        add_member(cast.bjorkvik, **{"joined_on": TODAY} | details, **signed)

    assert not Person.objects.filter(first_name="A").exists()


@pytest.mark.parametrize(
    "known",
    [{"phone": "0701740605", "joined_on": TODAY}, {"joined_on": date(2019, 3, 1)}],
)
def test_somebody_who_is_here_already_is_asked_about(cast, signed, known):
    same = {"first_name": "Cecilia", "last_name": "Åström"} | known

    with pytest.raises(AlreadyKnownError) as refused:
        add_member(cast.bjorkvik, **same, **signed)
    another = add_member(cast.bjorkvik, is_another=True, **same, **signed)

    assert refused.value.people == [cast.cecilia]
    assert another.pk != cast.cecilia.pk


def test_an_edit_keeps_old_and_new_and_moves_the_keys(cast, signed):
    edited = edit(cast.cecilia, signed, last_name="Öman", phone="08-123 456 78")

    assert (edited.name, edited.revision) == ("Cecilia Öman", 1)
    stored = Person.objects.get(pk=cast.cecilia.pk)
    assert stored.sort_key.startswith("z3man")
    assert "oman" in stored.search
    change = Change.objects.get()
    assert change.fields == {
        "last_name": ["Åström", "Öman"],
        "phone": ["+46701740605", "+46812345678"],
    }
    assert change.by == cast.siv.account
    assert "Öman" not in Entry.objects.get(action="person.edited").detail


def test_an_edit_that_changes_nothing_writes_nothing(cast, signed):
    edited = edit(cast.cecilia, signed, phone="070-174 06 05")

    assert edited.revision == 0
    assert not Change.objects.exists()


def test_the_second_writer_sees_both_texts_and_loses_nothing(cast, signed):
    edit(cast.cecilia, signed, city="Björkvik", street="Ekvägen 7")

    with pytest.raises(StaleError) as refused:
        edit(cast.cecilia, signed, city="Katrineholm", street="Ekvägen 7")

    assert refused.value.both == {"city": ("Björkvik", "Katrineholm")}
    assert refused.value.revision == 1
    assert Person.objects.get(pk=cast.cecilia.pk).city == "Björkvik"
    assert edit(cast.cecilia, signed, seen=1, city="Katrineholm").city == "Katrineholm"


def test_two_who_change_different_details_are_both_right(cast, signed):
    edit(cast.cecilia, signed, city="Björkvik", phone_home="08-123 456 78")

    was = {"street": "", "phone": "070-174 06 05"}
    edit(cast.cecilia, signed, was=was, street="Ekvägen 7", phone="070-174 06 06")

    stored = Person.objects.get(pk=cast.cecilia.pk)
    assert (stored.city, stored.street) == ("Björkvik", "Ekvägen 7")
    assert (stored.phone, stored.phone_home) == ("+46701740606", "+46812345678")
    assert stored.revision == 2
    assert [change.fields for change in Change.objects.order_by("pk")][1] == {
        "street": ["", "Ekvägen 7"],
        "phone": ["+46701740605", "+46701740606"],
    }


def test_only_what_both_have_changed_is_asked_about(cast, signed):
    edit(cast.cecilia, signed, city="Björkvik")

    with pytest.raises(StaleError) as refused:
        edit(cast.cecilia, signed, was={"city": "", "street": ""}, city="Ed", street="Ekvägen 7")

    assert refused.value.both == {"city": ("Björkvik", "Ed")}
    assert Person.objects.get(pk=cast.cecilia.pk).street == ""


@pytest.mark.parametrize(("first", "is_own"), [("siv", True), ("alva", False)])
def test_it_is_told_whether_one_has_changed_it_oneself(cast, signed, first, is_own):
    edit(cast.cecilia, signed | {"by": getattr(cast, first)}, city="Björkvik")
    edit(cast.cecilia, signed | {"by": cast.alva}, seen=1, street="Ekvägen 7")

    with pytest.raises(StaleError) as refused:
        edit(cast.cecilia, signed, was={"city": ""}, city="Ed")

    assert refused.value.is_own is is_own


def test_a_file_that_changed_the_same_is_not_oneself(cast, signed):
    Person.objects.filter(pk=cast.cecilia.pk).update(city="Björkvik", revision=1)

    with pytest.raises(StaleError) as refused:
        edit(cast.cecilia, signed, was={"city": ""}, city="Ed")

    assert not refused.value.is_own


def test_a_register_detail_becomes_one_open_correction(registered, signed):
    edit(registered, signed, city="Åby")
    edit(registered, signed, seen=1, city="Björkvik", said_as="Sissi")

    assert open_corrections() == [("city", "", "Björkvik")]


def test_a_correction_taken_back_is_nothing_to_tell(registered, signed):
    edit(registered, signed, city="Åby")
    edit(registered, signed, seen=1, city="")

    assert open_corrections() == []


def test_somebody_the_register_does_not_know_gives_no_correction(cast, signed):
    edit(cast.cecilia, signed, city="Åby")

    assert open_corrections() == []


def test_a_person_keeps_some_name(cast, signed):
    with pytest.raises(NamelessError):
        edit(cast.cecilia, signed, first_name="", last_name=" ")


def test_a_birth_date_says_the_year_too(cast, signed):
    assert edit(cast.cecilia, signed, born_on="1991-03-05").born_year == 1991


def test_a_membership_ends_with_a_reason_or_without(cast, signed):
    end_membership(cast.cecilia, on=YESTERDAY, reason="time", words="Hinner inte.", **signed)
    end_membership(cast.arne.person, on=TODAY, **signed)

    ended = Membership.objects.get(person=cast.cecilia)
    assert (ended.left_on, ended.left_reason, ended.left_words) == (
        YESTERDAY,
        "time",
        "Hinner inte.",
    )
    assert ended.left_learned_at == NOON
    detail = Entry.objects.filter(action="membership.ended").order_by("pk").first().detail
    assert "Hinner" not in detail


def test_a_membership_ends_once_and_not_before_it_began(cast, signed):
    with pytest.raises(NotYetError):
        end_membership(cast.cecilia, on=TODAY + timedelta(days=1), **signed)
    with pytest.raises(BeforeItBeganError):
        end_membership(cast.cecilia, on=date(2019, 2, 28), **signed)
    end_membership(cast.cecilia, on=TODAY, **signed)

    with pytest.raises(NotMemberError):
        end_membership(cast.cecilia, on=TODAY, **signed)


def test_an_end_is_taken_back(cast, signed):
    end_membership(cast.cecilia, on=TODAY, reason="time", words="Hinner inte.", **signed)

    resume_membership(cast.cecilia, **signed)

    again = Membership.objects.get(person=cast.cecilia)
    assert (again.left_on, again.left_reason, again.left_words) == (None, "", "")
    with pytest.raises(AlreadyMemberError):
        resume_membership(cast.cecilia, **signed)


def test_a_death_ends_the_membership_and_is_told_to_the_register(registered, signed):
    record_deceased(registered, on=YESTERDAY, **signed)
    record_deceased(registered, on=TODAY, **signed)

    registered.refresh_from_db()
    membership = Membership.objects.get(person=registered)
    assert registered.deceased_on == YESTERDAY
    assert (membership.left_on, membership.left_reason) == (YESTERDAY, "deceased")
    assert open_corrections() == [("deceased_on", "", YESTERDAY.isoformat())]


def test_a_death_noted_by_mistake_is_taken_back_whole(registered, signed):
    with pytest.raises(NotDeceasedError):
        undo_deceased(registered, **signed)
    record_deceased(registered, on=YESTERDAY, **signed)

    undo_deceased(registered, **signed)

    registered.refresh_from_db()
    assert registered.deceased_on is None
    assert Membership.objects.current().filter(person=registered).exists()
    assert open_corrections() == []


def test_a_death_to_come_is_refused(cast, signed):
    with pytest.raises(NotYetError):
        record_deceased(cast.cecilia, on=TODAY + timedelta(days=1), **signed)


def test_do_not_call_is_set_and_taken_back_with_history(cast, signed):
    set_calls(cast.cecilia, wanted=False, **signed)
    set_calls(cast.cecilia, wanted=False, **signed)
    cast.cecilia.refresh_from_db()
    assert cast.cecilia.no_calls_at == NOON

    set_calls(cast.cecilia, wanted=True, **signed)

    assert [list(change.fields) for change in Change.objects.all()] == [["no_calls_at"]] * 2
