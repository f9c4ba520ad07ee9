"""Whose fee has not come in."""

from datetime import date

import pytest
from django.urls import reverse
from django.utils import timezone

from krets.register.imports.models import Import
from krets.register.models import Fee, Membership, Person
from krets.welcome.calls.models import Call
from tests.welcome.kit import days, new_member

pytestmark = pytest.mark.django_db


@pytest.fixture
def siv(client, cast):
    now = timezone.now()
    Import.objects.create(
        unit=cast.bjorkvik,
        size=1,
        uploaded_at=now,
        read_at=now,
        applied_at=now,
        fee_year=now.year,
    )
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
