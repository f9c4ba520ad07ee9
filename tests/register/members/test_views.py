import re
from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from krets.register.members.sections import names_of
from krets.register.models import ListLook, Look, Membership, Person
from tests.conftest import NOON, TODAY, make_person

HTMX = {"HX-Request": "true", "HX-Request-Type": "partial"}


def address(name, *args, slug="bjorkvik"):
    return reverse(f"register:members:{name}", args=[slug, *args])


def words_of(response):
    return " ".join(response.content.decode().split())


def details(section, **fields):
    """The form of a section as a browser sends it when only these fields were changed."""
    sent = {"seen": "0"}
    for name in names_of(section):
        sent[name] = sent[f"initial-{name}"] = ""
    return sent | fields


def test_the_list_says_how_many_and_who(as_siv, cast):
    page = words_of(as_siv.get(address("list")))

    assert "5 members" in page
    page = page[page.index('id="rows"') :]
    assert page.index("Alva Ek") < page.index("Cecilia Åström") < page.index("Siv Öberg")
    assert "Showing 1–5 of 5" in page


def test_the_list_and_the_search_agree_on_the_protected(as_siv, cast):
    Person.objects.filter(pk=cast.cecilia.pk).update(protected_at=NOON)
    Person.objects.filter(pk=cast.arne.person.pk).update(deceased_on=TODAY)

    page = words_of(as_siv.get(address("list")))
    search = reverse("overview:search:search", args=["bjorkvik"])
    found = [
        words_of(as_siv.post(search, {"words": words}, headers=HTMX)) for words in ("ceci", "arne")
    ]

    assert "3 members" in page
    assert "Showing 1–3 of 3" in page
    assert page.count('class="members__row"') == 3
    assert "Members with protected details are not counted, and stand in no list" in page
    assert [words for words in found if "Nobody found" not in words] == []


def test_of_a_part_of_the_list_no_number_of_protected_is_told(as_siv, cast):
    Person.objects.filter(pk=cast.cecilia.pk).update(protected_at=NOON)

    page = words_of(as_siv.get(address("list"), {"without": "email"}))

    assert "protected details" not in page


def test_two_of_the_same_name_differ_under_it(as_siv, cast):
    for year in (1984, 1990):
        make_person(cast.bjorkvik, "Kim", "Ask", joined_on=date(2020, 1, 1), born_year=year)

    page = words_of(as_siv.get(address("list")))

    assert '<span class="members__apart">Born 1984</span>' in page
    assert page.count("members__apart") == 2


def test_a_list_that_was_shown_is_written_down_with_its_filter_in_words(as_siv, cast):
    as_siv.get(address("list"), {"without": "email", "new": "90"})

    row = ListLook.objects.get()
    assert row.told == "Members who joined in the last 90 days and without an e-mail address."
    assert row.shown == []
    assert row.viewer == cast.siv.account


def test_what_is_chosen_can_be_taken_away_one_by_one(as_siv, cast):
    page = words_of(as_siv.get(address("list"), {"place": "Åby", "age_from": "18"}))

    assert "Members who are 18 or older and who live in Åby." in page
    assert 'href="/bjorkvik/register/members/?place=%C3%85by"' in page
    assert 'href="/bjorkvik/register/members/?age_from=18"' in page


def test_an_order_that_was_chosen_is_told_where_there_is_no_room_for_selects(as_siv, cast):
    page = words_of(as_siv.get(address("list"), {"place": "Åby", "sort": "age"}))
    plain = words_of(as_siv.get(address("list"), {"place": "Åby"}))

    chip = (
        '<li class="on-phone"><a class="chip chip--away" href="/bjorkvik/register/members/?place='
    )
    assert f'{chip}%C3%85by">Youngest first' in page
    assert chip not in plain


@pytest.mark.parametrize(
    "query",
    [
        {"age_from": "x", "sex": "both", "fee": "maybe", "sort": "shoe", "page": "-1", "tag": "a"},
        {"page": "99", "after": "9" * 30, "tag": "9" * 18, "before": "1"},
        {"age_from": "120", "age_to": "0", "place": "\x00", "union": "😀" * 99},
        {"page": "2", "after": "123456789012345678"},
    ],
)
def test_parameters_that_cannot_be_read_do_no_harm(as_siv, cast, query):
    assert as_siv.get(address("list"), query).status_code == 200


def test_ages_written_the_other_way_round_are_taken_the_right_way(as_siv, cast):
    born(cast.cecilia, 40)

    page = words_of(as_siv.get(address("list"), {"age_from": "60", "age_to": "30"}))

    assert "Members who are 30 to 60 years old." in page
    assert "Cecilia Åström" in page


@pytest.mark.parametrize(
    ("sort", "line"), [("place", "Björkvik · Member"), ("age", "40 years · Member")]
)
def test_a_line_shows_what_the_list_is_sorted_by(as_siv, cast, sort, line):
    born(cast.cecilia, 40)
    Person.objects.filter(pk=cast.cecilia.pk).update(city="Björkvik")

    pages = {each: lines_of(as_siv.get(address("list"), {"sort": each})) for each in ("name", sort)}

    assert {each: line in page for each, page in pages.items()} == {"name": False, sort: True}


def born(person, years):
    """Let the person be so old today."""
    born_on = timezone.localdate() - timedelta(days=366 * years)
    Person.objects.filter(pk=person.pk).update(born_on=born_on)


def lines_of(response):
    """What stands in the lines of a list, in words alone."""
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())


def test_an_empty_register_says_what_it_is_for_and_how_to_begin(as_siv, cast):
    Membership.objects.all().delete()

    page = words_of(as_siv.get(address("list")))

    assert "This is where Björkvik’s members gather" in page
    assert "Add a member by hand" in page


def test_a_choice_that_fits_nobody_says_what_to_do(as_siv, cast):
    page = words_of(as_siv.get(address("list"), {"place": "Åby"}))

    assert "Nobody matches that right now" in page
    assert "Show all members" in page


@pytest.mark.parametrize("headers", [{}, HTMX])
def test_the_list_costs_few_statements_and_the_same_for_many(
    as_siv, cast, headers, django_assert_max_num_queries
):
    as_siv.get(address("list"))
    with django_assert_max_num_queries(20) as few:
        as_siv.get(address("list"), headers=headers)
    for number in range(30):
        make_person(cast.bjorkvik, f"Namn {number}", joined_on=date(2020, 1, 1))
    with django_assert_max_num_queries(20) as many:
        as_siv.get(address("list"), headers=headers)

    assert len(few) == len(many)
    assert len(pages_own(few)) <= 12


def pages_own(captured):
    """The statements that count: not those of the session, the user, the mandates and the looks."""
    apart = (
        "django_session",
        'register_account" WHERE',
        "SAVEPOINT",
        "BEGIN",
        "look",
        "COMMIT",
        "set_config",
    )
    return [
        query["sql"]
        for query in captured.captured_queries
        if not any(word in query["sql"] for word in apart)
    ]


def test_all_choices_stand_on_one_page(as_siv, cast):
    Person.objects.filter(pk=cast.cecilia.pk).update(city="Björkvik", union="Kommunal")

    page = words_of(as_siv.get(address("choose"), {"place": "Björkvik"}))

    assert "Björkvik (1)" in page
    assert "Kommunal (1)" in page


@pytest.mark.parametrize("who", ["alva", "bo", "arne"])
def test_the_register_is_not_there_for_other_mandates(client, cast, noon, who):
    client.force_login(getattr(cast, who).account)

    for name in ("list", "choose", "add"):
        assert client.get(address(name)).status_code == 404
    for name in ("person", "end", "looks", "history", "words"):
        assert client.get(address(name, cast.cecilia.pk)).status_code == 404


@pytest.mark.parametrize(
    "name", ["person", "history", "looks", "end", "deceased", "words", "contact"]
)
def test_nobody_reaches_a_person_through_the_neighbours_address(client, cast, noon, name):
    client.force_login(cast.doris.account)

    assert client.get(address(name, cast.cecilia.pk)).status_code == 404
    assert client.get(address(name, cast.cecilia.pk, slug="granby")).status_code == 404


def test_a_member_is_written_in(as_siv, cast):
    answer = as_siv.post(
        address("add"),
        {
            "first_name": "Amina",
            "last_name": "Yusuf",
            "joined_on": "2026-03-01",
            "phone": "08-1234567",
        },
    )

    person = Person.objects.get(first_name="Amina")
    assert answer.status_code == 302
    assert answer.url == address("person", person.pk)
    assert "Amina Yusuf has been added." in words_of(as_siv.get(answer.url))


def test_what_is_wrong_is_said_at_its_field_and_nothing_is_lost(as_siv, cast):
    answer = as_siv.post(
        address("add"), {"first_name": "Amina", "joined_on": "2027-01-01", "phone": "ring mig"}
    )

    page = words_of(answer)
    assert answer.status_code == 422
    assert "“ring mig” is not a phone number." in page
    assert 'value="Amina"' in page


def test_somebody_who_is_here_already_is_shown(as_siv, cast):
    sent = {
        "first_name": "Cecilia",
        "last_name": "Åström",
        "joined_on": "2026-03-01",
        "phone": "070-174 06 05",
    }

    answer = as_siv.post(address("add"), sent)

    assert answer.status_code == 422
    assert "Already here" in words_of(answer)
    assert as_siv.post(address("add"), sent | {"is_another": "on"}).status_code == 302


def test_only_what_was_changed_is_saved(as_siv, cast):
    Person.objects.filter(pk=cast.cecilia.pk).update(city="Åby")
    place = address("details", cast.cecilia.pk, "reach")
    assert "070-174 06 05" in words_of(as_siv.get(place))

    answer = as_siv.post(
        place,
        details("reach", street="Ekvägen 7")
        | {"phone": "070-174 06 05", "initial-phone": "070-174 06 05"},
        headers=HTMX,
    )

    cast.cecilia.refresh_from_db()
    assert answer.headers["HX-Redirect"] == address("person", cast.cecilia.pk)
    assert (cast.cecilia.street, cast.cecilia.city) == ("Ekvägen 7", "Åby")
    assert Look.objects.filter(page="edit").count() == 1


def test_the_second_writer_sees_both_texts_and_may_save_again(as_siv, cast):
    Person.objects.filter(pk=cast.cecilia.pk).update(city="Björkvik", revision=1)
    place = address("details", cast.cecilia.pk, "reach")

    answer = as_siv.post(place, details("reach", city="Katrineholm"))

    page = words_of(answer)
    assert answer.status_code == 409
    assert "Björkvik" in page
    assert "Katrineholm" in page
    again = details("reach", city="Katrineholm") | {"seen": "1", "initial-city": "Björkvik"}
    for name, value in again.items():
        if value:
            assert f'name="{name}" value="{value}"' in page
    assert as_siv.post(place, again).status_code == 302
    cast.cecilia.refresh_from_db()
    assert cast.cecilia.city == "Katrineholm"


def test_ones_own_second_window_is_not_somebody_else(as_siv, cast):
    place = address("details", cast.cecilia.pk, "reach")
    as_siv.post(place, details("reach", city="Björkvik"))

    merged = as_siv.post(place, details("reach", street="Ekvägen 7"))
    asked = as_siv.post(place, details("reach", city="Ed"))

    assert merged.status_code == 302
    assert asked.status_code == 409
    page = words_of(asked)
    assert "You have changed this in another window" in page
    assert "What else you wrote" not in page
    assert "Ekvägen 7" not in page
    cast.cecilia.refresh_from_db()
    assert (cast.cecilia.city, cast.cecilia.street) == ("Björkvik", "Ekvägen 7")


def test_a_name_can_be_changed_and_not_taken_away(as_siv, cast):
    place = address("details", cast.cecilia.pk, "name")

    answer = as_siv.post(
        place, details("name") | {"initial-first_name": "Cecilia", "initial-last_name": "Åström"}
    )

    assert answer.status_code == 422
    refused = words_of(answer)
    assert 'id="id_first_name-fault">A person must have a name.' in refused
    assert '<a href="#id_first_name">' in refused
    cast.cecilia.refresh_from_db()
    assert cast.cecilia.first_name == "Cecilia"


def test_what_does_not_collide_is_saved_whichever_one_chooses(as_siv, cast):
    place = address("details", cast.cecilia.pk, "reach")
    as_siv.post(place, details("reach", city="Björkvik"))

    asked = as_siv.post(place, details("reach", city="Ed", street="Ekvägen 7"))
    rest = words_of(asked).partition('<form id="rest"')[2].partition("</form>")[0]
    fields = dict(re.findall(r'type="hidden" name="([^"]+)" value="([^"]*)"', rest))
    kept = as_siv.post(place, fields)

    assert asked.status_code == 409
    assert "What else you wrote is saved either way: Street." in words_of(asked)
    assert kept.status_code == 302
    cast.cecilia.refresh_from_db()
    assert (cast.cecilia.city, cast.cecilia.street) == ("Björkvik", "Ekvägen 7")


def test_a_section_that_is_not_there_is_not_there(as_siv, cast):
    assert as_siv.get(address("details", cast.cecilia.pk, "own")).status_code == 404


def test_a_membership_ends_and_the_end_is_taken_back(as_siv, cast):
    answer = as_siv.post(address("end", cast.cecilia.pk), {"on": "2026-03-01", "reason": "time"})
    page = words_of(as_siv.get(answer.url))

    assert "Cecilia’s membership has ended." in page
    assert address("resume", cast.cecilia.pk) in page
    assert "Was a member from March 2019 to 1 March 2026." in page
    as_siv.post(address("resume", cast.cecilia.pk))
    assert Membership.objects.current().filter(person=cast.cecilia).exists()


def test_a_refusal_is_said_on_a_page_and_not_as_a_fault_of_ours(as_siv, cast):
    answer = as_siv.post(address("resume", cast.cecilia.pk))

    assert answer.status_code == 409
    assert "The membership has not ended" in words_of(answer)


def test_a_death_is_noted_with_care_and_taken_back(as_siv, cast):
    answer = as_siv.post(address("deceased", cast.cecilia.pk), {"on": "2026-03-01"})
    page = words_of(as_siv.get(answer.url))

    assert "Died on 1 March 2026." in page
    assert "Call Cecilia" not in page
    as_siv.post(address("undo-deceased", cast.cecilia.pk))
    cast.cecilia.refresh_from_db()
    assert cast.cecilia.deceased_on is None


def test_calls_and_questions_are_declined_and_welcomed_again(as_siv, cast):
    as_siv.post(address("calls", cast.cecilia.pk))
    as_siv.post(address("quiet", cast.cecilia.pk), {"wished": "yes"})
    page = words_of(as_siv.get(address("person", cast.cecilia.pk)))

    assert "Does not want calls" in page
    assert "Supports quietly, does not want to be asked" in page
    as_siv.post(address("calls", cast.cecilia.pk), {"wanted": "yes"})
    as_siv.post(address("quiet", cast.cecilia.pk))
    cast.cecilia.refresh_from_db()
    assert (cast.cecilia.no_calls_at, cast.cecilia.supports_quietly_at) == (None, None)


def test_over_the_quota_nobody_more_is_opened(as_siv, cast):
    others = [make_person(cast.bjorkvik, f"Namn {number}") for number in range(200)]
    Look.objects.bulk_create(
        Look(
            unit=cast.bjorkvik,
            viewer=cast.siv.account,
            person=person,
            page="person",
            day=TODAY,
            last_at=NOON - timedelta(hours=3),
        )
        for person in others
    )

    answer = as_siv.get(address("person", cast.cecilia.pk))

    assert answer.status_code == 429
    assert "You have opened 200 people today" in words_of(answer)
    assert "070-174 06 05" not in words_of(answer)
    assert as_siv.get(address("person", others[0].pk)).status_code == 200
