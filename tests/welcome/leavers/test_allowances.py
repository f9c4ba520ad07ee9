"""What the person page says of the fee of those who joined lately."""

from datetime import date

import pytest

from krets.register.access.scope import Fields
from krets.register.members.models import Person
from krets.register.models import Membership
from krets.register.profiles.queries import marks
from krets.rhythm.routines.commands import set_routine
from krets.rhythm.routines.queries import routine_called
from krets.welcome.leavers.queries import settled, unpaid
from tests.conftest import NOON
from tests.welcome.kit import new_member

pytestmark = pytest.mark.django_db
NOT_PAID = "Fee 2026 not paid"
LATELY = "Fee 2026 not paid yet, joined lately"
COUNTS = "Fee not paid yet, counts for 2027 too"


def marked(cast, joined_on, today):
    """Return (what the page of who joined then says of the fee, whether they are asked)."""
    amina = new_member(cast.bjorkvik, joined_on=joined_on, fee_told_year=today.year)
    person = Person.objects.opened(frozenset(Fields)).get(pk=amina.pk)
    opened = frozenset(Fields)
    told = marks(cast.bjorkvik, person, fields=opened, today=today)
    asked = settled(unpaid(cast.bjorkvik, year=today.year), today).filter(person=amina)
    return " ".join(words for words, _state in told), asked.exists()


@pytest.mark.parametrize(
    ("joined_on", "today", "words", "asked"),
    [
        (date(2026, 11, 5), date(2026, 11, 27), COUNTS, False),
        (date(2026, 10, 1), date(2026, 11, 27), COUNTS, False),
        (date(2026, 9, 30), date(2026, 11, 27), LATELY, False),
        (date(2026, 8, 29), date(2026, 11, 27), NOT_PAID, True),
        (date(2026, 1, 10), date(2026, 2, 1), LATELY, False),
        (date(2026, 1, 10), date(2026, 11, 27), NOT_PAID, True),
        (date(2025, 10, 1), date(2026, 2, 1), "", False),
        (date(2025, 9, 30), date(2026, 2, 1), NOT_PAID, True),
        (date(2019, 11, 5), date(2026, 2, 1), NOT_PAID, True),
        (None, date(2026, 2, 1), NOT_PAID, False),
    ],
)
def test_the_page_of_a_person_says_of_the_fee_what_the_list_does(
    cast, joined_on, today, words, asked
):
    Membership.objects.update(fee_told_year=None)

    assert marked(cast, joined_on, today) == (words, asked)


@pytest.mark.parametrize(
    ("joined_on", "today", "words"),
    [
        (date(2026, 11, 5), date(2026, 11, 27), LATELY),
        (date(2026, 12, 5), date(2026, 12, 27), COUNTS),
        (date(2025, 11, 5), date(2026, 1, 15), LATELY),
        (date(2025, 11, 5), date(2026, 3, 15), NOT_PAID),
        (date(2025, 12, 5), date(2026, 3, 15), ""),
    ],
)
def test_the_association_chooses_from_which_month_joining_pays_for_next_year(
    cast, joined_on, today, words
):
    set_routine(
        cast.bjorkvik,
        routine=routine_called("fee_unpaid"),
        on=True,
        numbers={"from_day": 815, "counts_from_month": 12},
        by=cast.siv,
        at=NOON,
    )

    assert marked(cast, joined_on, today)[0] == words


def test_only_of_those_whom_it_may_concern_the_month_is_asked_for(cast, django_assert_num_queries):
    long_ago = new_member(cast.bjorkvik, joined_on=date(2019, 11, 5), fee_told_year=2026)
    person = Person.objects.opened(frozenset(Fields)).get(pk=long_ago.pk)

    with django_assert_num_queries(0):
        marks(cast.bjorkvik, person, fields=frozenset(Fields), today=date(2026, 11, 27))
