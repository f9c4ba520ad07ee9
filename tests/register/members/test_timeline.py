from datetime import date

from krets.register.access.scope import Fields
from krets.register.members.commands import record_deceased
from krets.register.members.models import Fee, Membership
from krets.register.members.timeline import memberships_and_fees
from tests.conftest import NOON

FEES = frozenset({Fields.FEES})
MEMBERSHIP = frozenset({Fields.MEMBERSHIP})


def told(lines):
    return [line.what for line in lines]


def pay(person, year, paid_on=None):
    Fee.objects.create(
        unit_id=person.unit_id, person=person, year=year, paid_on=paid_on, learned_at=NOON
    )


def test_years_paid_in_a_row_are_one_line_but_the_latest(cast):
    for year in (2015, 2016, 2019, 2020, 2021, 2026):
        pay(cast.cecilia, year, paid_on=date(year, 1, 12))

    lines = list(memberships_and_fees(cast.bjorkvik, cast.cecilia.pk, FEES))
    assert told(lines) == [
        "Paid the fee for 2026",
        "Paid the fee every year from 2019 to 2021",
        "Paid the fee for 2015 and 2016",
    ]
    assert {line.more for line in lines} == {""}


def test_a_fee_without_a_day_is_not_said_to_be_paid_that_day(cast):
    for year in (2019, 2020, 2026):
        pay(cast.cecilia, year)

    lines = list(memberships_and_fees(cast.bjorkvik, cast.cecilia.pk, FEES))

    assert told(lines) == [
        "The member file says that the fee for 2026 is paid",
        "The member file says that the fee for 2019 and 2020 is paid",
    ]
    assert {line.at for line in lines} == {NOON}
    said = "The day of payment is not known; this is the day we heard of it."
    assert {line.more for line in lines} == {said}


def test_a_membership_without_a_day_began_when_a_file_told_of_it(cast):
    Membership.objects.filter(person=cast.cecilia).update(joined_on=None)

    (line,) = memberships_and_fees(cast.bjorkvik, cast.cecilia.pk, MEMBERSHIP)

    assert line.at == NOON
    assert (line.what, line.more) == (
        "Stood in the member file for the first time",
        "It does not say when they joined.",
    )


def test_one_statement_tells_of_both_and_nothing_that_is_not_opened(
    cast, django_assert_num_queries
):
    pay(cast.cecilia, 2026, paid_on=date(2026, 1, 12))

    with django_assert_num_queries(1):
        both = list(memberships_and_fees(cast.bjorkvik, cast.cecilia.pk, frozenset(Fields)))
    with django_assert_num_queries(0):
        nothing = list(memberships_and_fees(cast.bjorkvik, cast.cecilia.pk, frozenset()))

    assert told(both) == ["Became a member", "Paid the fee for 2026"]
    assert nothing == []


def test_coming_and_going_are_told_with_the_reason(cast):
    Membership.objects.filter(person=cast.cecilia).update(
        left_on=date(2026, 3, 1),
        left_learned_at=NOON,
        left_reason="time",
        left_words="Hinner inte.",
    )

    joined, left = memberships_and_fees(cast.bjorkvik, cast.cecilia.pk, MEMBERSHIP)

    assert (joined.what, joined.at) == ("Became a member", date(2019, 3, 1))
    assert (left.what, left.more) == ("Left Björkvik", "Reason: Time. Hinner inte.")


def test_a_death_is_told_as_a_death_and_not_as_leaving(cast):
    record_deceased(cast.cecilia, on=date(2026, 3, 1), by=cast.siv, at=NOON)

    _joined, died = memberships_and_fees(cast.bjorkvik, cast.cecilia.pk, MEMBERSHIP)

    assert (died.what, died.at, died.more) == ("Died", date(2026, 3, 1), "")


def test_nothing_is_told_of_fields_that_are_not_opened(cast, django_assert_num_queries):
    with django_assert_num_queries(0):
        told = list(memberships_and_fees(cast.bjorkvik, cast.cecilia.pk, frozenset({Fields.NAME})))

    assert told == []
