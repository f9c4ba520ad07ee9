"""Deaths that come with a file: answered about who is missing from it, or told by a row."""

from datetime import date

import pytest
from django.urls import reverse

from krets.register.access.scope import Fields
from krets.register.imports import commands
from krets.register.imports.commands.answering import NotYetError
from krets.register.imports.models import Import, ImportMissing
from krets.register.imports.preview import page_of
from krets.register.members.commands import record_deceased, undo_deceased
from krets.register.members.models import Change, Membership
from krets.register.members.timeline import memberships_and_fees
from krets.register.profiles.timeline import written
from tests.conftest import NOON, make_person
from tests.register.imports.test_missing import texts
from tests.register.imports.test_pages import AMINA

TODAY = date(2026, 3, 2)
ALL = frozenset(Fields)


@pytest.fixture
def answered(officer, address, preview, cast):
    """Say on the page that Cecilia, who is missing from the file, has died; return the import."""

    def answer(**told):
        importing = preview([AMINA])
        commands.declare_right(importing, by=cast.siv, at=NOON)
        said = {"person": cast.cecilia.pk, "seen": ":", "died": "1"}
        officer.post(address("missing", importing.pk), said)
        if told:
            said["seen"] = "left:deceased"
            officer.post(address("missing", importing.pk), said | told)
        return importing

    return answer


def told(lines):
    return [(line.what, line.at, line.more) for line in lines]


def test_a_death_without_a_day_gets_none_of_its_own(officer, answered, save, cast):
    save(answered())
    cast.cecilia.refresh_from_db()
    page = officer.get(reverse("register:members:person", args=["bjorkvik", cast.cecilia.pk]))
    _joined, died = memberships_and_fees(cast.bjorkvik, cast.cecilia.pk, ALL)
    (history,) = written(cast.bjorkvik, cast.cecilia.pk, ALL)

    assert (cast.cecilia.deceased_on, cast.cecilia.deceased_day_known) == (TODAY, False)
    said = "Has died. The day is not known; we heard of it on 2\xa0March\xa02026."
    assert said.replace("\xa0", " ") in page.content.decode().replace("\xa0", " ")
    assert told([died]) == [("We heard of the death", TODAY, "The day is not known.")]
    assert told([history])[0][::2] == ("Details changed", "Deceased: the day is not known")
    assert history.who == cast.siv.person.name


def test_the_day_may_be_told_beside_the_answer(officer, address, answered, save, cast):
    importing = answered(on="2026-02-27")
    page = officer.get(address("seen", importing.pk)).content.decode()
    save(importing)
    cast.cecilia.refresh_from_db()
    _joined, died = memberships_and_fees(cast.bjorkvik, cast.cecilia.pk, ALL)
    (history,) = written(cast.bjorkvik, cast.cecilia.pk, ALL)

    assert 'value="2026-02-27"' in page
    assert (cast.cecilia.deceased_on, cast.cecilia.deceased_day_known) == (date(2026, 2, 27), True)
    assert Membership.objects.get(person=cast.cecilia).left_on == date(2026, 2, 27)
    assert told([died]) == [("Died", date(2026, 2, 27), "")]
    assert history.more.replace("\xa0", " ") == "Deceased: 27 February 2026"


@pytest.mark.parametrize(
    ("day", "words"),
    [("2026-13-40", "Write the date as"), ("2027-01-01", "That day has not come yet.")],
)
def test_a_day_that_cannot_be_is_refused_in_words(officer, address, answered, cast, day, words):
    importing = answered(on=day)
    page = officer.get(address("seen", importing.pk)).content.decode()

    assert words in page
    assert ImportMissing.objects.get(importing=importing, person=cast.cecilia).died_on is None


def test_the_day_of_a_death_that_is_taken_back_is_forgotten(answered, cast):
    importing = answered(on="2026-02-27")
    one = {"person_ids": [cast.cecilia.pk], "by": cast.siv, "at": NOON}
    commands.answer_missing(importing, left=False, **one)

    missing = ImportMissing.objects.get(importing=importing, person=cast.cecilia)
    assert (missing.answer, missing.reason, missing.died_on) == ("stays", "", None)
    with pytest.raises(NotYetError):
        commands.answer_missing(
            importing, left=True, reason="deceased", died_on=date(2027, 1, 1), **one
        )


def test_a_day_that_was_told_stands_when_the_file_is_read_again(answered, cast):
    importing = answered(on="2026-02-27")
    commands.read_again(importing, why="register_changed", by=None, at=NOON)
    commands.stage(Import.objects.get(pk=importing.pk), at=NOON)

    missing = ImportMissing.objects.get(importing=importing, person=cast.cecilia)
    assert (missing.reason, missing.died_on) == ("deceased", date(2026, 2, 27))


def test_who_has_died_is_not_counted_as_one_who_left(officer, address, answered, save, cast):
    importing = answered()
    top, button = texts(officer.get(address("seen", importing.pk)))
    saved = save(importing)
    receipt = officer.get(address("seen", importing.pk)).content.decode()
    listed = officer.get(address("list")).content.decode()

    assert "1 who died and" in top
    assert button.endswith("and 1 who died")
    assert "and 1 who died." in receipt
    assert ", 1 has died" in listed
    assert not any("who left" in each or "has left" in each for each in (top, receipt, listed))
    assert (saved.left_count, saved.moved_count, saved.died_count) == (0, 0, 1)


@pytest.mark.parametrize(
    ("left_on", "day", "known"), [("2026-02-01", date(2026, 2, 1), True), ("", TODAY, False)]
)
def test_a_file_that_tells_no_day_of_death_gives_none(preview, save, cast, left_on, day, known):
    head = ("Medlemsnr", "Förnamn", "Efternamn", "Utträde", "Orsak", "Födelsedatum")
    number = {"register_number": "77", "joined_on": date(2015, 1, 1)}
    lena = make_person(cast.bjorkvik, "Lena", "von Holm", **number)
    row = ("77", "Lena", "von Holm", left_on, "Avliden", "1984-02-30")
    importing = preview([row], head)
    kind = {"target": "birth_date", "code": "date_impossible", "seen": importing.seen_as("")}
    commands.answer_faults(importing, **kind, answer="without", by=cast.siv, at=NOON)
    importing.refresh_from_db()
    before = importing.left_count, importing.died_count
    (line,) = page_of(importing, "changed", 1, today=TODAY).lines
    said = {each["label"]: each["new"] for each in line.fields}["Deceased"]

    saved = save(importing)
    lena.refresh_from_db()
    assert (lena.deceased_on, lena.deceased_day_known) == (day, known)
    assert (said == "the day is not known") is not known
    assert before == (saved.left_count, saved.died_count) == (0, 1)
    assert Change.objects.get(person=lena).import_id == importing.pk


def test_a_death_of_unknown_day_is_told_so_of_who_still_stands_in_a_file(
    answered, save, preview, cast
):
    save(answered())
    later = preview([("", "Cecilia", cast.cecilia.last_name, "", cast.cecilia.email, "", "")])

    page = preview_lines(later)
    assert [line.note for line in page] == ["Has died; the day is not known"]


def preview_lines(importing):
    return page_of(importing, "gone", 1, today=TODAY).lines


def test_the_day_is_written_by_hand_once_it_is_known(answered, save, officer, cast):
    save(answered())
    person = reverse("register:members:person", args=["bjorkvik", cast.cecilia.pk])
    asked = "Write the day of death" in officer.get(person).content.decode()
    record_deceased(cast.cecilia, on=date(2026, 2, 20), by=cast.siv, at=NOON)
    cast.cecilia.refresh_from_db()

    assert asked
    assert "Write the day of death" not in officer.get(person).content.decode()
    assert (cast.cecilia.deceased_on, cast.cecilia.deceased_day_known) == (date(2026, 2, 20), True)
    assert Membership.objects.get(person=cast.cecilia).left_on == date(2026, 2, 20)


def test_a_death_of_unknown_day_is_taken_back(answered, save, cast):
    save(answered())
    undo_deceased(cast.cecilia, by=cast.siv, at=NOON)
    cast.cecilia.refresh_from_db()

    assert (cast.cecilia.deceased_on, cast.cecilia.deceased_day_known) == (None, True)
    assert Membership.objects.current().filter(person=cast.cecilia).exists()
