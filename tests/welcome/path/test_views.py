"""The overview of new members, and leaving a step out."""

import re

import pytest
from django.urls import reverse
from django.utils import timezone

from krets.kit.ui.days import plain
from krets.register.models import ListLook
from krets.welcome.calls import commands
from krets.welcome.path.models import SkippedStep
from krets.welcome.path.queries import overview
from tests.welcome.kit import changed, days, new_member, owe, tell

pytestmark = pytest.mark.django_db


@pytest.fixture
def siv(client, cast):
    client.force_login(cast.siv.account)
    return client


def address(name, *args):
    return reverse(f"welcome:path:{name}", args=["bjorkvik", *args])


def lately(cast, first_name, ago):
    now = timezone.now()
    return new_member(
        cast.bjorkvik,
        first_name,
        joined_on=timezone.localdate(now) - days(ago),
        learned_at=now - days(ago),
    )


def test_the_longest_wait_stands_first(siv, cast):
    for name, ago in (("Ny", 1), ("Äldst", 40), ("Mellan", 10), ("Förlänge", 121)):
        lately(cast, name, ago)

    page = siv.get(address("overview")).content.decode()

    assert page.index("Äldst") < page.index("Mellan") < page.index("Ny Yusuf")
    assert "Förlänge" not in page


def test_many_new_members_come_page_by_page_and_all_in_print(siv, cast):
    for number in range(27):
        lately(cast, f"Nr{number:02}", 60 - number)

    first, second = (
        siv.get(address("overview"), {"page": page}).content.decode() for page in (1, 2)
    )
    part = siv.get(address("overview"), {"page": 2}, headers={"HX-Request": "true"})
    paper = siv.get(address("print")).content.decode()

    assert "27 new members in the last 120 days" in first
    assert ("Nr24" in first, "Nr25" in first) == (True, False)
    assert ("Nr24" in second, "Nr25" in second) == (False, True)
    assert "<html" not in part.content.decode()
    assert all(f"Nr{number:02}" in paper for number in range(27))
    assert [len(look.shown) for look in ListLook.objects.order_by("pk")] == [25, 2, 2, 27]


@pytest.mark.parametrize(
    ("known_after", "is_explained"), [(0, False), (10, True), (40, True), (95, True)]
)
def test_what_before_krets_means_is_said_where_a_step_says_so(siv, cast, known_after, is_explained):
    now = timezone.now()
    joined_on = timezone.localdate(now) - days(known_after)
    person = new_member(cast.bjorkvik, joined_on=joined_on, learned_at=now, first_import=True)
    story = reverse("register:members:person", args=["bjorkvik", person.pk])

    pages = [
        siv.get(where).content.decode() for where in (address("overview"), address("print"), story)
    ]

    means = "“Before Krets” means that the time for the step had passed"
    assert [means in page for page in pages] == [is_explained] * 3


def test_reached_in_time_counts_talks_and_not_tries(cast):
    now = timezone.now()
    talked, tried, late, fresh = (
        lately(cast, name, ago) for name, ago in (("A", 10), ("B", 10), ("C", 10), ("D", 1))
    )
    for person, outcome, ago in (
        (talked, "talked", 9),
        (tried, "no_answer", 9),
        (late, "talked", 5),
    ):
        tell(owe(person, at=now), outcome, by=cast.siv, at=now - days(ago))

    found = overview(cast.bjorkvik, cast.siv.scope("path:see"), at=now)

    assert (found.in_48_hours.number, found.in_48_hours.of) == (1, 3)
    assert (found.in_7_days.number, found.in_7_days.of) == (2, 3)
    assert fresh.pk in {row.person.pk for row in found.rows}


@pytest.mark.parametrize(("ago", "said"), [(4, False), (9, True)])
def test_nothing_is_said_of_a_week_that_is_over_for_nobody(siv, cast, ago, said):
    lately(cast, "Amina", ago)

    page = siv.get(address("overview")).content.decode()

    assert "of 1 were reached within 48 hours." in page
    assert ("Within a week: 0 of 1." in page) == said
    assert "0 of 0" not in page


def test_the_figure_counts_those_whose_time_is_over_and_says_so(siv, cast):
    now = timezone.now()
    tell(owe(lately(cast, "Amina", 1), at=now), "talked", by=cast.siv, at=now)

    early = siv.get(address("overview")).content.decode()
    lately(cast, "Bea", 4)
    later = siv.get(address("overview")).content.decode()

    assert "once 48 hours have passed since somebody joined." in early
    assert "of 1 were reached within 48 hours." in later
    assert "Only those who have been members that long are counted." in later
    assert "the first member file" not in early + later


@pytest.mark.parametrize("others", [[], [4]])
def test_it_is_said_that_those_of_the_first_file_are_not_counted(siv, cast, others):
    new_member(cast.bjorkvik, joined_on=timezone.localdate() - days(20), first_import=True)
    for ago in others:
        lately(cast, "Bea", ago)

    page = siv.get(address("overview")).content.decode()

    assert ("of 1 were reached within 48 hours." in page) == bool(others)
    assert "Who came with the first member file is not counted." in page


def test_a_step_is_left_out_with_a_reason_and_taken_up_again(siv, cast):
    amina = lately(cast, "Amina", 1)
    changed(amina, at=timezone.now())
    skip = address("skip", amina.pk, "letter")

    empty = siv.post(skip, {"words": " "})
    page = siv.post(skip, {"words": "We met"}, follow=True).content.decode()
    undone = siv.post(address("take_up", amina.pk, "letter"), follow=True)

    assert empty.status_code == 422
    asked = siv.get(skip).content.decode()
    assert "Skip “Letter” for Amina?" in asked
    story = reverse("register:members:person", args=["bjorkvik", amina.pk])
    assert f'href="{story}">Cancel</a>' in asked
    assert 'class="bar"' in asked
    assert "We met" in page
    assert "The step is on the path again." in undone.content.decode()
    assert not SkippedStep.objects.exists()


def test_a_step_that_is_not_there_is_not_found(siv, cast):
    assert siv.get(address("skip", cast.cecilia.pk, "dance")).status_code == 404


def test_on_paper_every_day_is_told_by_its_date(siv, cast):
    lately(cast, "Amina", 1)
    person = lately(cast, "Tuan", 5)
    now = timezone.now()
    call = owe(person, given_to=cast.bo.person, at=now)
    commands.claim(call, by=cast.bo, at=now)
    again_at = now + days(1)
    tell(call, "call_back", by=cast.bo, at=now, next_step="call_again", again_at=again_at)

    screen = siv.get(address("overview")).content.decode()
    paper = siv.get(address("print")).content.decode()

    today = timezone.localdate(now)
    yesterday, tomorrow = (plain(today + days(away), today) for away in (-1, 1))
    assert ("yesterday" in screen, "tomorrow" in screen) == (True, True)
    assert f"Joined {yesterday}" in paper
    assert f"Wants to be called {tomorrow}" in paper
    assert not re.search(r"yesterday|today|tomorrow|on \w+day", paper, re.IGNORECASE)


def test_without_new_members_the_page_says_what_it_is_for(siv):
    assert "Here you welcome new members" in siv.get(address("overview")).content.decode()


@pytest.mark.parametrize("who", ["alva", "bo", "arne", "doris"])
def test_the_path_is_the_membership_officers(client, cast, who):
    client.force_login(getattr(cast, who).account)

    assert client.get(address("overview")).status_code == 404
    assert client.get(address("skip", cast.cecilia.pk, "letter")).status_code == 404


def test_the_overview_takes_as_many_statements_for_three_as_for_one(
    siv, cast, django_assert_max_num_queries
):
    counts = []
    for number in range(3):
        lately(cast, f"P{number}", number)
        with django_assert_max_num_queries(15) as asked:
            siv.get(address("overview"))
        counts.append(len(asked))

    assert counts[0] == counts[2]


def test_who_came_without_a_joining_day_is_said_to_be_new_to_us(siv, cast):
    new_member(cast.bjorkvik, "Okänd", joined_on=None, learned_at=timezone.now())
    new_member(
        cast.bjorkvik, "Gammal", joined_on=None, learned_at=timezone.now(), first_import=True
    )

    page = siv.get(address("overview")).content.decode()

    assert "New to us today" in page
    assert "Gammal" not in page
