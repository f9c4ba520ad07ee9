from datetime import date

import pytest

from krets.register.access.permissions import Permission
from krets.register.access.scope import Fields, Scope
from krets.register.members.models import Fee, Membership, Person
from krets.register.members.queries.choices import Chosen, clauses, sentence
from krets.register.members.queries.listing import PAGE, member_list
from krets.register.members.queries.people import namesakes
from krets.register.profiles.models import PersonTag, Tag
from tests.conftest import NOON, TODAY, make_person

NAMES_IN_ORDER = [
    ("Åke", ""),
    ("Ödla", ""),
    ("Anna", "Berg"),
    ("Örjan", "Berg"),
    ("Anna", "Bergström"),
    ("Karin", "af Ekenstam"),
    ("Renée", "Élan"),
    ("Eva", "de la Gardie"),
    ("Bo", "Lind"),
    ("Bo", "Lindén"),
    ("Ursula", "Müller"),
    ("Søren", "Möller"),
    ("Wa", "Vang"),
    ("Va", "Wang"),
    ("Zoë", "Zachrisson"),
    ("Zlatan", "Zålén"),
    ("Yrsa", "Åberg"),
    ("Ali", "Ångström"),
    ("Ada", "Ärlig"),
    ("Eva", "Öberg"),
]


@pytest.fixture
def scope(cast):
    return cast.siv.scope(Permission.MEMBER_SEE)


def listed(cast, scope, **asked):
    found = member_list(cast.bjorkvik, scope, today=TODAY, **asked)
    return [person.name for person in found.rows]


def empty(unit):
    Membership.objects.of(unit).delete()


def member(cast, first_name, last_name="", joined_on=date(2020, 1, 1), **fields):
    return make_person(cast.bjorkvik, first_name, last_name, joined_on=joined_on, **fields)


def apart(cast, *namesakes_here, fields=None):
    for details in namesakes_here:
        member(cast, "Kim", "Ask", **details)
    scope = cast.siv.scope(Permission.MEMBER_SEE)
    if fields is not None:
        scope = Scope(scope.unit_id, scope.account_id, scope.rows, scope.fields - fields)
    rows = member_list(cast.bjorkvik, scope, today=TODAY).rows
    return [person.apart for person in rows if person.name == "Kim Ask"]


def test_only_those_of_the_same_name_are_told_apart(cast, scope):
    member(cast, "Kim", "Ask", born_year=1984, city="Åby")

    rows = member_list(cast.bjorkvik, scope, today=TODAY).rows

    assert {person.apart for person in rows} == {""}


@pytest.mark.parametrize(
    ("first", "other", "told"),
    [
        ({"born_year": 1984}, {"born_on": date(1990, 5, 1)}, ["Born 1984", "Born 1990"]),
        ({"born_year": 1984}, {}, ["Born 1984", ""]),
        ({"born_year": 1984, "city": "Åby"}, {"born_year": 1984, "city": "Ed"}, ["Åby", "Ed"]),
        (
            {"city": "Åby", "register_number": "7"},
            {"city": "Åby", "register_number": "8"},
            ["Number 7", "Number 8"],
        ),
        ({}, {}, ["", ""]),
    ],
)
def test_namesakes_are_told_apart_by_as_little_as_it_takes(cast, first, other, told):
    assert apart(cast, first, other) == told


def test_three_of_a_name_take_one_detail_more(cast):
    told = apart(
        cast,
        {"born_year": 1984, "city": "Åby"},
        {"born_year": 1984, "city": "Ed"},
        {"born_year": 1990, "city": "Ed"},
    )

    assert told == ["Born 1984 · Åby", "Born 1984 · Ed", "Born 1990 · Ed"]


def test_what_is_not_opened_tells_nobody_apart(cast):
    kim = {"born_year": 1984, "register_number": "7"}
    other = {"born_year": 1990, "register_number": "8"}

    assert apart(cast, kim, other, fields={Fields.BIRTH}) == ["Number 7", "Number 8"]


def test_members_stand_in_swedish_order(cast, scope):
    empty(cast.bjorkvik)
    for first_name, last_name in reversed(NAMES_IN_ORDER):
        member(cast, first_name, last_name)

    names = listed(cast, scope)

    by_last_name = [f"{first} {last}".strip() for first, last in NAMES_IN_ORDER[2:]]
    assert [name for name in names if name not in {"Åke", "Ödla"}] == by_last_name
    assert names.index("Åke") < names.index("Ödla")


def test_only_current_members_of_the_unit_are_listed(cast, scope):
    Membership.objects.filter(person=cast.cecilia).update(left_on=TODAY, left_learned_at=NOON)
    make_person(cast.bjorkvik, "Only", "Interested")

    names = listed(cast, scope)

    assert names == ["Alva Ek", "Arne Holm", "Bo Lind", "Siv Öberg"]


def test_protected_and_dead_people_are_never_listed_nor_counted(cast, scope):
    Person.objects.filter(pk=cast.cecilia.pk).update(protected_at=NOON)
    Person.objects.filter(pk=cast.arne.person.pk).update(deceased_on=TODAY)

    found = member_list(cast.bjorkvik, scope, today=TODAY)

    assert [person.name for person in found.rows] == ["Alva Ek", "Bo Lind", "Siv Öberg"]
    assert found.total == 3


def test_somebody_who_came_back_is_listed_once_with_the_new_day(cast, scope):
    person = member(cast, "Ola", "Falk", joined_on=date(2026, 2, 1))
    Membership.objects.create(
        unit=cast.bjorkvik,
        person=person,
        joined_on=date(2010, 1, 1),
        learned_at=NOON,
        left_on=date(2012, 1, 1),
        left_learned_at=NOON,
    )

    found = member_list(cast.bjorkvik, scope, today=TODAY, chosen=Chosen(new="90"))

    assert [(row.name, row.joined_on) for row in found.rows] == [("Ola Falk", date(2026, 2, 1))]


def test_pages_go_on_where_the_last_one_ended_and_back_again(cast, scope):
    empty(cast.bjorkvik)
    for number in range(60):
        member(cast, f"Namn{number // 2:02d}", "Lika")
    first = member_list(cast.bjorkvik, scope, today=TODAY)
    second = member_list(cast.bjorkvik, scope, today=TODAY, page=2, after=first.after)
    third = member_list(cast.bjorkvik, scope, today=TODAY, page=3, after=second.after)
    back = member_list(cast.bjorkvik, scope, today=TODAY, page=2, before=third.before)
    counted = member_list(cast.bjorkvik, scope, today=TODAY, page=2)

    shown = [row.pk for page in (first, second, third) for row in page.rows]
    assert len(shown) == len(set(shown)) == 60
    assert [row.pk for row in back.rows] == [row.pk for row in second.rows]
    assert [row.pk for row in counted.rows] == [row.pk for row in second.rows]
    assert (second.first, second.last, second.total) == (26, 50, 60)
    assert (third.after, first.before) == (None, None)


def test_a_page_that_is_not_there_is_the_first(cast, scope):
    assert listed(cast, scope, page=9)[0] == "Alva Ek"
    assert listed(cast, scope, page=2, after=cast.gun.pk)[0] == "Alva Ek"


@pytest.mark.parametrize(
    ("chosen", "names"),
    [
        (Chosen(fee="paid"), ["Alva Ek"]),
        (Chosen(fee="unpaid"), ["Arne Holm", "Bo Lind", "Cecilia Åström", "Siv Öberg"]),
        (Chosen(new="90"), ["Bo Lind"]),
        (Chosen(sex="woman"), ["Alva Ek"]),
        (Chosen(age_from=18, age_to=30), ["Alva Ek", "Arne Holm"]),
        (Chosen(age_from=31), ["Bo Lind"]),
        (Chosen(age_to=17), ["Siv Öberg"]),
        (Chosen(place="Björkvik"), ["Arne Holm"]),
        (Chosen(without="email"), ["Arne Holm", "Bo Lind", "Cecilia Åström", "Siv Öberg"]),
        (Chosen(without="phone"), ["Cecilia Åström"]),
        (Chosen(union="Kommunal"), ["Siv Öberg"]),
        (Chosen(fee="unpaid", age_from=18, age_to=30), ["Arne Holm"]),
    ],
)
def test_the_list_is_narrowed(cast, scope, chosen, names):
    people = {
        name: Person.objects.filter(first_name=name) for name in ("Alva", "Arne", "Bo", "Siv")
    }
    Fee.objects.create(
        unit=cast.bjorkvik, person=cast.alva.person, year=TODAY.year, learned_at=NOON
    )
    Fee.objects.create(unit=cast.bjorkvik, person=cast.cecilia, year=2025, learned_at=NOON)
    Membership.objects.update(fee_told_year=TODAY.year)
    Membership.objects.filter(person__first_name="Bo").update(joined_on=date(2026, 1, 1))
    people["Alva"].update(sex="woman", born_on=date(2008, 3, 2), email="alva@example.org")
    people["Arne"].update(born_year=1996, city="Björkvik")
    people["Bo"].update(born_on=date(1995, 3, 2))
    people["Siv"].update(born_on=date(2008, 3, 3), union="Kommunal")
    Person.objects.filter(pk=cast.cecilia.pk).update(phone="")

    assert listed(cast, scope, chosen=chosen) == names


def test_of_whom_no_file_has_told_is_neither_paid_nor_unpaid(cast, scope):
    Fee.objects.create(
        unit=cast.bjorkvik, person=cast.alva.person, year=TODAY.year, learned_at=NOON
    )
    Membership.objects.filter(person=cast.cecilia).update(fee_told_year=TODAY.year)

    page = member_list(cast.bjorkvik, scope, today=TODAY)

    marks = {row.first_name: (row.is_paid, row.is_unpaid) for row in page.rows}
    assert marks["Alva"] == (True, False)
    assert marks["Cecilia"] == (False, True)
    assert marks["Bo"] == (False, False)
    assert listed(cast, scope, chosen=Chosen(fee="unpaid")) == ["Cecilia Åström"]


def test_whose_joining_day_is_not_known_comes_last_of_the_newest(cast, scope):
    Membership.objects.filter(person=cast.siv.person).update(joined_on=None)

    assert listed(cast, scope, sort="joined")[-1] == "Siv Öberg"
    assert "Siv Öberg" not in listed(cast, scope, chosen=Chosen(new="90"))


def test_the_latest_membership_is_the_current_one_though_its_day_is_not_known(cast):
    Membership.objects.filter(person=cast.cecilia).update(
        left_on=date(2020, 1, 1), left_learned_at=NOON
    )
    Membership.objects.create(
        unit=cast.bjorkvik, person=cast.cecilia, joined_on=None, learned_at=NOON
    )

    cecilia = Person.objects.filter(pk=cast.cecilia.pk).opened(frozenset(Fields)).get()

    assert (cecilia.joined_on, cecilia.left_on, cecilia.learned_at) == (None, None, NOON)


def test_the_list_is_narrowed_to_a_word_carried(cast, scope):
    tag = Tag.objects.create(unit=cast.bjorkvik, kind="want", word="Cook", key="cook")
    PersonTag.objects.create(unit=cast.bjorkvik, person=cast.cecilia, tag=tag, at=NOON)

    assert listed(cast, scope, chosen=Chosen(tag=tag.pk)) == ["Cecilia Åström"]


def test_the_choices_are_one_sentence():
    told = clauses(Chosen(fee="unpaid", age_from=18, age_to=30, place="100 % Åby"), today=TODAY)

    assert sentence(told) == (
        "Members who are 18 to 30 years old, who have not paid for 2026 and who live in 100 % Åby."
    )
    assert [clause.chip for clause in told] == ["18–30 years", "Not paid 2026", "100 % Åby"]
    assert sentence([]) == ""


@pytest.mark.parametrize(
    ("sort", "first"),
    [("name", "Alva Ek"), ("joined", "Bo Lind"), ("place", "Alva Ek"), ("age", "Siv Öberg")],
)
def test_the_list_is_sorted(cast, scope, sort, first):
    Membership.objects.filter(person__first_name="Bo").update(joined_on=date(2026, 1, 1))
    Person.objects.exclude(first_name="Alva").update(city="Öby")
    Person.objects.filter(first_name="Alva").update(city="Aby")
    Person.objects.filter(first_name="Siv").update(born_on=date(2000, 1, 1))

    assert listed(cast, scope, sort=sort)[0] == first


def test_the_list_costs_the_same_for_one_and_for_a_full_page(
    cast, scope, django_assert_max_num_queries
):
    with django_assert_max_num_queries(5) as few:
        listed(cast, scope)
    for number in range(PAGE):
        member(cast, f"Namn {number}")
    with django_assert_max_num_queries(5) as many:
        assert len(listed(cast, scope)) == PAGE
    assert len(few) == len(many)


def test_fields_that_are_not_opened_are_not_read(cast, django_assert_max_num_queries):
    whole = cast.siv.scope(Permission.MEMBER_SEE)
    names = Scope(whole.unit_id, whole.account_id, whole.rows, frozenset({Fields.NAME}))

    with django_assert_max_num_queries(5) as asked:
        found = member_list(
            cast.bjorkvik,
            names,
            today=TODAY,
            chosen=Chosen(place="Åby", without="email"),
            sort="age",
        )

    read = " ".join(query["sql"] for query in asked.captured_queries)
    for column in ("phone", "email", "city", "born_on", "street", "register_number", "joined_on"):
        assert f'"{column}"' not in read.replace('"memberships"."joined_on"', "")
    assert len(found.rows) == 5


def test_someone_with_the_same_name_and_one_more_detail_may_be_the_same(cast):
    asked = {"first_name": "cecilia", "last_name": "Åström"}

    def found(**more):
        return [person.pk for person in namesakes(cast.bjorkvik, **asked, **more)]

    assert found() == []
    assert found(phone="+46701740605") == [cast.cecilia.pk]
    assert found(phone="+46701740601") == []
    assert [*namesakes(cast.granby, **asked, phone="+46701740605")] == []
