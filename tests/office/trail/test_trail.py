import ast
import re
from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone

import krets
from krets.kit.audit import trail
from krets.kit.ui.templatetags.ui import disc
from krets.office.trail import queries
from krets.office.trail.queries import KRETS, LINES, Asked
from krets.office.trail.words import KINDS, WORDS, acts_of
from krets.register.looks.commands import note_list, note_look
from krets.register.mandates.commands import end, give
from krets.register.models import Look
from krets.register.organisation.commands import set_setting
from krets.register.profiles.commands import write_note
from krets.rhythm.routines.commands import set_campaign, set_routine
from krets.rhythm.routines.queries import routine_called
from tests.conftest import NOON, TODAY, make_person

DAY = timedelta(days=1)
URL = "/bjorkvik/office/trail/"
SOURCE = Path(krets.__file__).parent
# Session, account, mandates; names, how far back, the lines, who opened and who was shown whom;
# how much waits on Today.
STATEMENTS = 9


@pytest.mark.parametrize("lines", [1, 3])
def test_the_trail_costs_the_same_however_long_it_is(client, cast, lines, statements):
    for number in range(lines):
        at = NOON - timedelta(days=number)
        trail.record("mandate.given", cast.cecilia, by=cast.alva, at=at)
        trail.record("setting.set", cast.cecilia, by=cast.siv, at=at)
    client.force_login(cast.arne.account)

    with statements() as asked:
        page = client.get(URL).content.decode()

    assert page.count("Gave a mandate") == lines
    assert len(asked) == STATEMENTS
    assert "Alva Ek" in page
    assert "Cecilia" not in page


def test_the_auditor_sees_how_many_each_has_looked_at_but_not_whom(client, cast):
    today = timezone.localdate()
    for days in (0, 1, 40):
        Look.objects.create(
            unit=cast.bjorkvik,
            viewer=cast.siv.account,
            person=cast.cecilia,
            page="person",
            day=today - timedelta(days=days),
            last_at=NOON,
        )
    client.force_login(cast.arne.account)

    page = client.get(URL).content.decode()

    assert "Has opened the details of 1 person. On 2 days." in page
    # The same face as on every other page.
    assert str(disc(cast.siv.person.name, cast.siv.person.pk)) in page
    assert "Cecilia" not in page


def show(page, *shown, by, times=1, at=None):
    for _time in range(times):
        note_list(page=page, shown=shown, by=by, at=at or timezone.now())


def test_the_auditor_sees_who_paged_lists_and_searched_but_not_for_whom(client, cast):
    cecilia, alva = cast.cecilia.pk, cast.alva.person.pk
    show("members", cecilia, alva, by=cast.siv, times=2)
    show("members", by=cast.siv)
    show("search", cecilia, by=cast.siv)
    show("members", cast.bo.person.pk, by=cast.siv, at=timezone.now() - timedelta(days=31))
    note_look(cast.cecilia, page="person", by=cast.siv, at=timezone.now())
    client.force_login(cast.arne.account)

    page = words_of(client.get(URL))

    assert "Has opened the details of 1 person. On one day.</span>" in page
    assert (
        "Has been shown 2 pages of names. Has found people in 1 search."
        " The names of 2 people stood there.</span>"
    ) in page
    assert "Cecilia" not in page


def test_who_has_only_searched_is_among_the_readers(client, cast):
    client.force_login(cast.alva.account)
    for words in ("Cecilia", "nobody at all", "Cecilia Åström"):
        client.post("/bjorkvik/register/mandates/give/", {"words": words})
    client.force_login(cast.arne.account)

    page = words_of(client.get(URL))

    assert "Has found people in 2 searches. The name of 1 person stood there.</span>" in page
    assert "pages of names" not in page
    assert "Has opened the details" not in page
    assert "Nobody has opened" not in page


def test_many_names_are_counted_once_each_with_their_thousands_apart(client, cast):
    show("members", *range(1, 2024), by=cast.siv, times=3)
    show("search", 1, by=cast.siv, times=2)
    client.force_login(cast.arne.account)

    page = words_of(client.get(URL))

    assert (
        "Has been shown 3 pages of names. Has found people in 2 searches."
        " The names of 2,023 people stood there."
    ) in page


def test_readers_stand_by_how_many_they_opened_and_then_saw(cast):
    today = timezone.localdate()
    note_look(cast.cecilia, page="call", by=cast.bo, at=timezone.now())
    show("mandates", cast.cecilia.pk, by=cast.alva)
    show("members", cast.cecilia.pk, cast.gun.pk, by=cast.siv)
    show("members", cast.gun.pk, by=cast.doris)
    known = queries.actors(cast.bjorkvik)

    found = queries.readers(cast.bjorkvik, known, today=today)

    assert [(reader.actor.name, reader.people, reader.names) for reader in found] == [
        ("Bo Lind", 1, 0),
        ("Siv Öberg", 0, 2),
        ("Alva Ek", 0, 1),
    ]


@pytest.mark.parametrize("viewers", [1, 3])
def test_readers_cost_the_same_for_one_and_for_three(client, cast, viewers, statements):
    for viewer in (cast.siv, cast.alva, cast.bo)[:viewers]:
        note_look(cast.cecilia, page="call", by=viewer, at=timezone.now())
        show("members", cast.cecilia.pk, by=viewer, times=viewers)
    client.force_login(cast.arne.account)

    with statements() as asked:
        client.get(URL)

    # Where nothing was done there are no further lines to ask for.
    assert len(asked) == STATEMENTS


def words_of(answer):
    return " ".join(answer.content.decode().split())


def days_of(cast, **asked):
    known = queries.actors(cast.bjorkvik)
    return queries.days_of(cast.bjorkvik, known, Asked(**asked))


def acts_in(days):
    return [act.what for day in days for doer in day.doers.values() for act in doer.acts.values()]


def times_in(days):
    return [act.times for day in days for doer in day.doers.values() for act in doer.acts.values()]


def lines_seen(client, cast):
    client.force_login(cast.arne.account)
    page = words_of(client.get(URL))
    return re.findall(r'<li><span class="quiet small">[^<]+</span> ([^<]+)</li>', page)


def test_the_newest_stands_first_whenever_it_was_written_down(cast):
    for action, at in (
        ("letter.printed", NOON),
        ("note.written", NOON - timedelta(days=9)),
        ("mandate.given", NOON + timedelta(days=1)),
        ("setting.set", NOON),
    ):
        trail.record(action, cast.cecilia, by=cast.siv, at=at)

    days, older = days_of(cast)

    assert older is None
    assert [day.on - TODAY for day in days] == [DAY, 0 * DAY, -9 * DAY]
    assert acts_in(days) == [
        "Gave a mandate",
        "Changed a setting",
        "Printed letters",
        "Wrote a note",
    ]


def test_what_one_did_many_times_in_a_day_is_one_line(client, cast):
    for minutes in (0, 5, 65):
        at = NOON - timedelta(minutes=minutes)
        trail.record_many(
            "person.imported", [(cast.cecilia, {}), (cast.bo.person, {})], by=cast.siv, at=at
        )
    trail.record("person.imported", cast.cecilia, by=cast.alva, at=NOON)
    client.force_login(cast.arne.account)

    page = words_of(client.get(URL))

    assert "Added or changed a person with a member file, 6 times</li>" in page
    assert "Added or changed a person with a member file</li>" in page
    assert "11:55–13:00" in page


def test_a_page_is_whole_days_and_the_next_goes_on_where_it_ended(client, cast):
    for number in range(LINES + 20):
        at = NOON - timedelta(hours=number)
        trail.record("note.written", cast.cecilia, by=cast.siv, at=at)

    days, older = days_of(cast)
    rest, nothing = days_of(cast, until=older)

    assert days[-1].on - rest[0].on == DAY
    assert (rest[0].on, nothing) == (older, None)
    assert sum(times_in(days + rest)) == LINES + 20
    client.force_login(cast.arne.account)
    assert f'rel="next" href="?until={older}"' in client.get(URL).content.decode()
    assert 'rel="prev" href="?"' in client.get(f"{URL}?until={older}").content.decode()


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ({"who": "siv"}, ["Wrote a note", "Printed letters"]),
        ({"who": KRETS}, ["Ran the routines"]),
        ({"who": "cecilia"}, []),
        ({"kind": "welcome"}, ["Printed letters"]),
        ({"kind": "todos", "who": "siv"}, []),
        ({"until": TODAY - DAY}, ["Printed letters"]),
    ],
)
def test_the_trail_is_narrowed_to_a_person_a_kind_and_a_day(cast, asked, expected):
    trail.record("note.written", cast.cecilia, by=cast.siv, at=NOON)
    trail.record("routines.judged", cast.bjorkvik, by=None, at=NOON - timedelta(hours=1))
    trail.record("letter.printed", cast.cecilia, by=cast.siv, at=NOON - DAY)
    people = {"siv": str(cast.siv.person.pk), "cecilia": str(cast.cecilia.pk)}
    asked = asked | {"who": people.get(asked.get("who"), asked.get("who", ""))}

    days, _older = days_of(cast, **asked)

    assert acts_in(days) == expected


def test_only_those_with_a_mandate_can_be_chosen_and_nonsense_is_left_out(client, cast):
    trail.record("note.written", cast.cecilia, by=cast.siv, at=NOON)
    client.force_login(cast.arne.account)

    page = words_of(client.get(f"{URL}?who=9999999&kind=x&until=yesterday"))

    assert f'<option value="{cast.siv.person.pk}">Siv Öberg</option>' in page
    assert "Cecilia" not in page
    assert "Wrote a note" in page


def test_every_act_is_of_a_kind():
    assert sorted(act for kind in KINDS for act in acts_of(kind)) == sorted(WORDS)


def test_the_auditor_sees_to_whom_a_mandate_went_and_came_from(client, cast):
    mandate = give(
        cast.bjorkvik, cast.cecilia, kind="caller", email="c@example.org", by=cast.alva, at=NOON
    )
    end(mandate, by=cast.alva, at=NOON)

    assert lines_seen(client, cast) == [
        "Ended a mandate: Caller, held by Cecilia Åström",
        "Gave a mandate: Caller, to Cecilia Åström",
        "Gave Cecilia Åström a sign-in",
    ]


def test_the_auditor_sees_which_setting(client, cast):
    routine = routine_called("welcome_call")
    days = {name: default for name, (default, _floor, _ceiling) in routine.settings.items()}
    set_routine(cast.bjorkvik, routine=routine, on=False, numbers=days, by=cast.siv, at=NOON)
    set_routine(cast.bjorkvik, routine=routine, on=True, numbers={"days": 9}, by=cast.siv, at=NOON)
    set_campaign(cast.bjorkvik, on=True, by=cast.alva, at=NOON)
    set_setting(cast.bjorkvik, key="gone.since", value=1, by=cast.alva, at=NOON)

    assert [line.replace("&amp;", "&") for line in lines_seen(client, cast)] == [
        "Changed a setting",
        "Switched campaign mode on",
        f"Switched the routine “{routine.title}” on",
        f"Changed the routine “{routine.title}”: {routine.labels['days']}",
        f"Switched the routine “{routine.title}” off",
    ]


def test_what_was_done_about_a_member_is_told_without_the_name(client, cast):
    write_note(cast.cecilia, text="Hemligt", by=cast.siv, at=NOON)

    client.force_login(cast.arne.account)
    page = client.get(URL).content.decode()

    assert "Wrote a note" in page
    assert "Cecilia" not in page
    assert "Hemligt" not in page


@pytest.mark.parametrize("count", [1, 3])
def test_names_cost_the_same_for_one_and_for_three(client, cast, count, statements):
    for number in range(count):
        person = make_person(cast.bjorkvik, f"Ny{number}")
        mail = f"n{number}@example.org"
        give(cast.bjorkvik, person, kind="caller", email=mail, by=cast.alva, at=NOON)
    client.force_login(cast.arne.account)

    with statements() as asked:
        client.get(URL)

    # And the mandates with their holders.
    assert len(asked) == STATEMENTS + 1


def test_the_neighbours_lines_are_not_here(client, cast):
    trail.record("mandate.given", cast.gun, by=cast.doris, at=NOON)
    client.force_login(cast.arne.account)

    assert "Gave a mandate" not in client.get(URL).content.decode()


def recorded():
    """Yield every act that the code records, with its place."""
    for path in SOURCE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Attribute)
                and node.func.attr in {"record", "record_many", "lines"}
                and getattr(node.func.value, "id", "") == "trail"
            ):
                yield path.name, node.args[0]


def test_every_act_that_is_recorded_has_words():
    acts = list(recorded())

    assert {act.value for _path, act in acts if isinstance(act, ast.Constant)} == set(WORDS)
