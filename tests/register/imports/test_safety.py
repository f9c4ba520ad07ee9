"""What must hold whatever happens: nothing by halves, nothing twice, no identity numbers."""

import io
import json
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django_tasks_db.models import DBTaskResult
from hypothesis import HealthCheck, example, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from krets.kit.audit.models import Entry
from krets.register.imports import commands, exports, run
from krets.register.models import (
    Import,
    ImportedPerson,
    ImportMissing,
    ImportPart,
    ImportRow,
    Membership,
    Person,
)
from tests.conftest import NOON, make_person
from tests.register.imports.conftest import as_csv

AMINA = ("1001", "Amina", "Yusuf", "1991-04-02", "amina@example.org", "070-174 06 58", "")
TUAN = ("1002", "Tuan", "Nguyen", "1988-12-30", "tuan@example.org", "070-174 06 59", "")
OFFICIAL = Path(__file__).parents[4] / "shared/data/identity/personnummer/list.json"
# From the tax agency's series for tests.
NUMBERS = ["19811218-9876", "198112189876", "811218-9876", "8112189876", "19900118+9811"]


def everything_stored():
    """Return all that stands in the database and the data folder, as one text."""
    told = []
    with connection.cursor() as cursor:
        for model in apps.get_models(include_auto_created=True):
            cursor.execute(f'SELECT * FROM "{model._meta.db_table}"')  # noqa: S608 -- our tables
            told += [repr(row) for row in cursor.fetchall()]
    for path in Path(settings.DATA).rglob("*"):
        if path.is_file():
            told.append(path.read_bytes().decode("latin-1"))
    return "\n".join(told)


def numbers():
    if OFFICIAL.exists():
        listed = json.loads(OFFICIAL.read_text(encoding="utf-8"))
        return [row["long_format"] for row in listed if row["valid"]][:40]
    return ["198112189876", "199001182395"]


def test_no_identity_number_is_stored_anywhere(preview, save):
    official = numbers()
    head = ("Namn", "Personnummer", "Övrigt", "Anteckning", "E-post")
    rows = [
        (f"Person {at}", number, f"gammalt nr {number}", f"Har {number} hos oss", "")
        for at, number in enumerate(official)
    ]
    rows += [("", number, number, number, "") for number in NUMBERS]
    importing = preview(rows, head)
    Import.objects.filter(pk=importing.pk).update(name="")
    stored = everything_stored()
    fetched = exports.rejected_rows(importing).decode()
    save(importing)
    stored += everything_stored() + fetched

    for number in [*official, *NUMBERS]:
        digits = "".join(filter(str.isdigit, number))
        for form in {number, digits, digits[-10:], f"{digits[-10:-4]}-{digits[-4:]}"}:
            assert form not in stored


def test_the_name_of_the_file_loses_its_number_too(cast):
    file = io.BytesIO(as_csv([AMINA]))
    importing = commands.take_in(
        cast.bjorkvik, file=file, name="19811218-9876 Anna.csv", by=cast.siv, at=NOON
    )

    assert "9876" not in importing.name


def test_nothing_of_the_file_is_left_when_it_is_saved(bring_in):
    bring_in([AMINA, TUAN])

    assert not ImportPart.objects.exists()
    assert not ImportRow.objects.exists()
    assert not ImportMissing.objects.exists()
    assert "amina" not in str(Import.objects.get().columns)


def test_what_nobody_answers_is_thrown_away_after_a_day(preview):
    preview([AMINA])

    commands.throw_away(at=NOON + timedelta(hours=23))
    assert ImportPart.objects.exists()

    commands.throw_away(at=NOON + timedelta(hours=25))
    assert not ImportPart.objects.exists()
    assert not ImportRow.objects.exists()
    assert Import.objects.get().cancelled_at is not None


def test_a_saving_that_fails_leaves_nothing(preview, cast):
    importing = preview([AMINA, TUAN])
    commands.ask_to_apply(importing, sure=True, enqueued=False, by=cast.siv, at=NOON)
    make_person(cast.bjorkvik, "Amina", "Annan", register_number="1001")

    with pytest.raises(commands.StaleImportError):
        commands.apply(importing, at=NOON)

    assert not Person.objects.filter(register_number="1002").exists()
    again = Import.objects.get()
    assert (again.applied_at, again.read_again_for) == (None, "register_changed")


def test_a_saving_done_twice_saves_once(preview, save):
    saved = save(preview([AMINA]))

    commands.apply(saved, at=NOON)

    assert Person.objects.filter(register_number="1001").count() == 1
    assert ImportedPerson.objects.count() == 1


def test_a_reading_cut_short_begins_anew(preview):
    importing = preview([AMINA, TUAN])
    Import.objects.filter(pk=importing.pk).update(read_at=None)

    commands.stage(Import.objects.get(), at=NOON)

    assert ImportRow.objects.filter(kind="new").count() == 2


def test_a_reading_that_is_no_longer_wanted_ends_quietly(preview, cast):
    importing = preview([AMINA])
    stale = Import.objects.get()
    commands.choose_columns(importing, columns={}, enqueued=False, by=cast.siv, at=NOON)

    commands.stage(stale, at=NOON)

    assert Import.objects.get().read_at is None


def test_the_second_of_two_files_is_read_again_when_the_first_is_saved(preview, save):
    first, second = preview([AMINA]), preview([AMINA, TUAN])

    save(first)

    second.refresh_from_db()
    assert (second.read_at, second.read_again_for) == (None, "other_applied")
    commands.stage(second, at=NOON)
    second.refresh_from_db()
    assert (second.new_count, second.unchanged_count) == (1, 1)


def test_somebody_edited_meanwhile_makes_the_file_be_read_again(bring_in, preview, cast):
    bring_in([AMINA])
    importing = preview([("1001", "Amina", "Berg", "", "", "", "")])
    Person.objects.filter(register_number="1001").update(phone="+46701740600", revision=7)
    commands.ask_to_apply(importing, sure=True, enqueued=False, by=cast.siv, at=NOON)

    with pytest.raises(commands.StaleImportError):
        commands.apply(importing, at=NOON)

    assert Person.objects.get(register_number="1001").last_name == "Yusuf"


def test_the_facts_are_told_once(preview, save, cast):
    before = DBTaskResult.objects.count()

    save(preview([AMINA, TUAN]))

    told = [task.args_kwargs["kwargs"]["name"] for task in DBTaskResult.objects.order_by("pk")][
        before:
    ]
    assert told.count("rhythm.routines.members_changed") == 1


def test_the_trail_tells_of_the_file_and_of_each_person(preview, save, cast):
    save(preview([AMINA, TUAN]))

    lines = Entry.objects.filter(unit_id=cast.bjorkvik.pk)
    assert lines.filter(action="person.imported").count() == 2
    applied = lines.get(action="import.applied")
    assert applied.actor_key == cast.siv.account.trail_key
    assert json.loads(applied.detail)["new"] == 2


def test_saving_takes_as_many_statements_for_three_as_for_one(preview, cast):
    taken = []
    for count in (2, 1, 3):
        rows = [(f"{count}{at}", "Ny", f"Person{count}{at}", "", "", "", "") for at in range(count)]
        importing = preview(rows)
        commands.ask_to_apply(importing, sure=True, enqueued=False, by=cast.siv, at=NOON)
        with CaptureQueriesContext(connection) as asked:
            commands.apply(importing, at=NOON)
        taken.append(len(asked))

    assert taken[1] == taken[2]


CELLS = st.tuples(
    st.sampled_from(["", "1", "2", "3", "X-4"]),
    st.sampled_from(["Anna", "ANNA", "Åsa", "Åke", "Null", ""]),
    st.sampled_from(["Ek", "von Ek", "EK", "Öberg", ""]),
    st.sampled_from(["", "1950-01-01", "1980-01-01", "1990"]),
    st.sampled_from(["", "a@example.org", "b@example.org", "fel"]),
    st.sampled_from(["", "070-174 06 01", "08-123 456 78"]),
    st.sampled_from(["", "2020-02-02", "2026-02-02"]),
)


@hypothesis_settings(
    max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(rows=st.lists(CELLS, min_size=1, max_size=40))
@example(
    rows=[
        ("", "Anna", "Ek", "", "", "", ""),
        ("1", "Anna", "Ek", "", "", "", ""),
        ("1", "Anna", "von Ek", "", "", "", ""),
    ]
)
def test_any_file_twice_changes_nothing(rows, cast):
    Person.objects.of(cast.granby).filter(account=None).delete()
    file = as_csv([*rows, ("99", "Siste", "Man", "", "", "", "")])
    unit = cast.granby

    run.bring_in(unit, file, by=None, at=NOON)
    again = run.look(unit, file, by=None, at=NOON + timedelta(minutes=1))
    commands.cancel(again, by=None, at=NOON)

    assert (again.new_count, again.changed_count) == (0, 0)


def test_a_moved_clock_is_kept_to(cast):
    past = NOON - timedelta(days=400)
    run.bring_in(cast.bjorkvik, as_csv([AMINA]), by=None, at=past)

    assert Membership.objects.get(person__register_number="1001").learned_at == past
    assert Person.objects.get(register_number="1001").created_at.date() == date(2025, 1, 26)
