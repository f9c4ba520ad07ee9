from datetime import date, timedelta

import pytest
from django.db import connection
from django.template.loader import get_template
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from krets.kit.audit.models import Entry
from krets.kit.contributions import Happening
from krets.register.access.permissions import Permission
from krets.register.access.scope import Fields
from krets.register.members.commands import edit_person, end_membership, record_deceased
from krets.register.models import (
    Change,
    Fee,
    Look,
    Membership,
    Note,
    Person,
    PersonTag,
    ReportedRole,
)
from krets.register.profiles.commands import (
    NoteGoneError,
    add_tags,
    rewrite_note,
    set_contact_person,
    write_note,
)
from krets.register.profiles.queries import person_page, since
from krets.welcome.calls.models import Attempt, Call, CallReason
from tests.conftest import NOON, TODAY


def address(name, *args, slug="bjorkvik"):
    return reverse(f"register:members:{name}", args=[slug, *args])


def words_of(response):
    return " ".join(response.content.decode().split())


def page_of(client, person, **query):
    return words_of(client.get(address("person", person.pk), query))


@pytest.fixture
def signed(cast):
    return {"by": cast.siv, "at": NOON}


def test_a_person_is_understood_in_five_seconds(as_siv, cast, signed):
    set_contact_person(cast.cecilia, contact=cast.siv.person, **signed)
    add_tags(cast.cecilia, kind="want", words=["bygga", "bära", "laga mat"], **signed)

    page = page_of(as_siv, cast.cecilia)

    assert "Member since March 2019 (7 years). Siv Öberg is the contact person." in page
    assert "Wants: bygga, bära and laga mat." in page
    assert "Call Cecilia" in page
    assert "070-174 06 05" in page


def test_a_member_since_an_unknown_day_is_a_member(as_siv, cast):
    Membership.objects.filter(person=cast.cecilia).update(joined_on=None)

    page = page_of(as_siv, cast.cecilia)

    assert "A member. We do not know since when." in page
    assert "Stood in the member file for the first time" in page
    assert "Cecilia is leaving" in page


def test_a_membership_of_unknown_beginning_ends_on_a_day(as_siv, cast):
    Membership.objects.filter(person=cast.cecilia).update(
        joined_on=None, left_on=date(2026, 2, 1), left_learned_at=NOON
    )

    assert "Was a member until 1 February 2026." in page_of(as_siv, cast.cecilia)


def test_whoever_no_file_names_any_more_is_marked_until_it_is_told_what_became(
    as_siv, cast, signed
):
    Membership.objects.filter(person=cast.cecilia).update(missing_on=date(2026, 2, 3))

    before = page_of(as_siv, cast.cecilia)
    end_membership(cast.cecilia, on=date(2026, 3, 1), **signed)
    after = page_of(as_siv, cast.cecilia)

    assert "Missing from the member file since 3 February" in before
    assert "Missing from the member file" not in after


def test_nothing_known_is_said_as_what_to_ask(as_siv, cast):
    assert "We do not know yet what Cecilia wants to do here." in page_of(as_siv, cast.cecilia)


def test_who_has_died_is_asked_nothing_and_misses_nothing(as_siv, cast, signed):
    record_deceased(cast.cecilia, on=TODAY, **signed)

    page = page_of(as_siv, cast.cecilia)

    assert "Died on 2 March 2026." in page
    assert "It was a mistake: Cecilia is alive" in page
    for words in ("Call Cecilia", "Nothing noted yet", "Nobody in particular", "Reason"):
        assert words not in page


def test_whoever_has_left_is_not_the_first_to_ring(as_siv, cast, signed):
    before = page_of(as_siv, cast.cecilia)
    end_membership(cast.cecilia, on=TODAY, **signed)

    after = page_of(as_siv, cast.cecilia)

    assert ("button--main" in before, "button--main" in after) == (True, False)
    assert "We do not know yet" not in after


def test_a_language_is_told_in_that_of_the_screen_and_stays_as_it_came(as_siv, cast, signed):
    edit_person(cast.cecilia, seen=0, changes={"language": "arabiska"}, **signed)

    page = page_of(as_siv, cast.cecilia)
    form = words_of(as_siv.get(address("details", cast.cecilia.pk, "about")))

    assert "<dd>Arabic</dd>" in page
    assert "Language: Arabic" in page
    assert 'value="arabiska"' in form
    assert "Arabic" not in form


@pytest.mark.parametrize("joined_on", [date(2019, 3, 1), None])
@pytest.mark.parametrize("owed", [(), ("fee",), ("promised",), ("by_hand", "promised")])
@pytest.mark.parametrize("by_hand", [True, False])
def test_no_way_of_leaving_puts_ringing_first(as_siv, cast, signed, joined_on, owed, by_hand):
    Membership.objects.filter(person=cast.cecilia).update(joined_on=joined_on)
    call = Call.objects.create(unit=cast.bjorkvik, person=cast.cecilia, due_on=TODAY, made_at=NOON)
    for kind in owed:
        CallReason.objects.create(unit=cast.bjorkvik, call=call, kind=kind)
    before = page_of(as_siv, cast.cecilia)
    if by_hand:
        end_membership(cast.cecilia, on=TODAY, **signed)
    else:
        ended = {"left_on": date(2026, 2, 1), "left_learned_at": NOON}
        Membership.objects.filter(person=cast.cecilia).update(**ended)

    after = page_of(as_siv, cast.cecilia)

    assert ("button--main" in before, "button--main" in after) == (True, False)
    assert "Call Cecilia" in after


@pytest.mark.parametrize(
    ("reason", "told"),
    [
        ("moved", "Was a member from March 2019 to 1 February 2026. Has moved."),
        ("money", "to 1 February 2026. Left for financial reasons."),
        ("other", "Was a member from March 2019 to 1 February 2026.</p>"),
        ("", "Was a member from March 2019 to 1 February 2026.</p>"),
    ],
)
def test_the_page_of_who_has_left_says_when_and_as_far_as_known_why(as_siv, cast, reason, told):
    Membership.objects.filter(person=cast.cecilia).update(
        left_on=date(2026, 2, 1), left_learned_at=NOON, left_reason=reason
    )

    page = page_of(as_siv, cast.cecilia)

    assert told in page
    assert "Reason: Other" not in page


def test_every_reason_but_other_has_its_sentence(cast):
    person = Person.objects.opened(frozenset(Fields)).get(pk=cast.cecilia.pk)
    person.left_on = TODAY
    every = set(Membership.Reason) - {Membership.Reason.OTHER, Membership.Reason.DECEASED}

    for reason in every:
        person.left_reason = reason.value
        told = since(person, fields=frozenset(Fields), today=TODAY)
        assert not told.endswith("2 March 2026."), reason


def test_a_death_is_noted_from_the_person_page(as_siv, cast):
    assert address("deceased", cast.cecilia.pk) in page_of(as_siv, cast.cecilia)


def test_a_name_that_the_line_tells_already_is_not_told_again(as_siv, cast):
    template = get_template("register/profiles/timeline.html")
    talked = Happening(TODAY, "Talked with Siv Öberg on the phone", who="Siv Öberg")
    changed = Happening(TODAY, "Details changed", who="Siv Öberg")

    told = template.render({"happenings": [talked, changed], "today": TODAY})

    assert told.count("Siv Öberg") == 2


def test_the_story_is_told_newest_first_with_who(as_siv, cast, signed):
    Fee.objects.create(
        unit=cast.bjorkvik,
        person=cast.cecilia,
        year=2026,
        paid_on=date(2026, 1, 14),
        learned_at=NOON,
    )
    write_note(cast.cecilia, text="Vill laga mat.", by=cast.siv, at=NOON - timedelta(days=3))
    edit_person(cast.cecilia, seen=0, changes={"city": "Björkvik"}, **signed)

    page = page_of(as_siv, cast.cecilia)

    told = ["City: Björkvik", "Vill laga mat.", "Paid the fee for 2026", "Became a member"]
    assert [page.index(words) for words in told] == sorted(page.index(words) for words in told)
    assert "Today, <bdi>Siv Öberg</bdi>" in page


def test_a_long_story_is_cut_with_a_way_to_all_of_it(as_siv, cast):
    Change.objects.bulk_create(
        Change(
            unit=cast.bjorkvik,
            person=cast.cecilia,
            at=NOON - timedelta(days=number),
            fields={"city": ["", f"Ort {number}"]},
        )
        for number in range(30)
    )

    page = page_of(as_siv, cast.cecilia)

    assert "Ort 19" in page
    assert "Ort 20" not in page
    assert "Ort 29" in words_of(as_siv.get(address("history", cast.cecilia.pk)))


def test_the_page_costs_twelve_statements_at_most_whatever_the_history(as_siv, cast, signed):
    def statements():
        with CaptureQueriesContext(connection) as asked:
            assert as_siv.get(address("person", cast.cecilia.pk)).status_code == 200
        apart = ("django_session", "SAVEPOINT", "BEGIN", "COMMIT", "set_config", "register_look")
        return [
            query["sql"]
            for query in asked.captured_queries
            if not any(word in query["sql"] for word in apart)
        ]

    Person.objects.filter(pk=cast.cecilia.pk).update(register_number="4711")
    statements()
    few = statements()
    for number in range(5):
        write_note(cast.cecilia, text=f"Rad {number}", **signed)
        add_tags(cast.cecilia, kind="want", words=[f"ord {number}"], **signed)
        Fee.objects.create(
            unit=cast.bjorkvik, person=cast.cecilia, year=2020 + number, learned_at=NOON
        )
        edit_person(cast.cecilia, seen=number, changes={"city": f"Ort {number}"}, **signed)
    many = statements()

    # The account and the mandates that open the door come first.
    assert len(many) == len(few)
    assert len(few) - 3 <= 12, "\n".join(few)


def test_looking_is_written_down_with_why_before_the_answer(as_siv, cast):
    page_of(as_siv, cast.cecilia, **{"from": "todo:12"})
    page_of(as_siv, cast.cecilia, **{"from": "<script>"})

    row = Look.objects.get()
    assert (row.page, row.reason, row.times) == ("person", "todo:12", 2)


def test_who_has_looked_is_told_in_words(as_siv, cast):
    page = page_of(as_siv, cast.cecilia, **{"from": "search"})
    assert "One person has looked at this in the last year." in page

    told = words_of(as_siv.get(address("looks", cast.cecilia.pk)))

    assert "Siv Öberg" in told
    assert "membership officer" in told
    assert "Opened the person page. Came from a search." in told


def test_fields_that_are_not_opened_are_neither_read_nor_told(cast, django_assert_max_num_queries):
    Person.objects.filter(pk=cast.cecilia.pk).update(
        born_on=date(1990, 1, 1), email="c@example.org", street="Ekvägen 7"
    )
    fields = frozenset({Fields.NAME, Fields.MEMBERSHIP})
    with django_assert_max_num_queries(12) as asked:
        person = Person.objects.of(cast.bjorkvik).opened(fields).get(pk=cast.cecilia.pk)
        told = person_page(cast.bjorkvik, person, fields=fields, today=TODAY)

    read = " ".join(query["sql"] for query in asked.captured_queries)
    for column in ("phone", "email", "street", "born_on", "contact_person_id"):
        assert f'"{column}"' not in read
    for table in ("register_note", "register_fee", "register_change", "register_persontag"):
        assert table not in read
    assert (told.words, told.roles, told.corrections, told.age) == ([], [], [], None)


def test_a_protected_person_has_no_address_on_the_page(as_siv, cast):
    Person.objects.filter(pk=cast.cecilia.pk).update(
        protected_at=NOON, email="c@example.org", street="Ekvägen 7"
    )

    page = page_of(as_siv, cast.cecilia)

    assert "Protected details" in page
    assert "is not shown here" in page
    for hidden in ("070-174 06 05", "c@example.org", "Ekvägen", "Call Cecilia"):
        assert hidden not in page


def test_a_change_of_a_field_not_opened_is_not_told(cast, signed):
    edit_person(cast.cecilia, seen=0, changes={"city": "Åby", "last_name": "Öman"}, **signed)
    fields = cast.siv.scope(Permission.MEMBER_SEE).fields - {Fields.ADDRESS}
    person = Person.objects.opened(fields).get(pk=cast.cecilia.pk)

    told = person_page(cast.bjorkvik, person, fields=fields, today=TODAY)

    assert told.happenings[0].more == "Last name: Åström → Öman"


def test_reported_roles_and_waiting_corrections_are_marked_as_such(as_siv, cast, signed):
    Person.objects.filter(pk=cast.cecilia.pk).update(register_number="4711")
    ReportedRole.objects.create(unit=cast.bjorkvik, person=cast.cecilia, title="Kassör")
    edit_person(cast.cecilia, seen=0, changes={"city": "Åby"}, **signed)

    page = page_of(as_siv, cast.cecilia)

    assert "Kassör" in page
    assert "As reported by the central register. They give no access in Krets." in page
    assert "To report to the central register" in page


@pytest.mark.parametrize(
    ("joined_on", "said"),
    [
        (TODAY, "Member since today."),
        (date(2026, 2, 28), "Member since 28 February (2 days)."),
        (date(2025, 10, 1), "Member since October 2025."),
        (date(2025, 3, 2), "Member since March 2025 (1 year)."),
        (date(2025, 3, 3), "Member since March 2025."),
    ],
)
def test_how_long_is_said_as_people_do(as_siv, cast, joined_on, said):
    cast.cecilia.memberships.update(joined_on=joined_on)

    assert said in page_of(as_siv, cast.cecilia)


@pytest.mark.parametrize(
    ("told", "paid", "marked"),
    [(2026, [], True), (2026, [2025], True), (2026, [2026], False), (2025, [], False)],
)
def test_a_fee_that_is_known_not_to_be_paid_is_marked(as_siv, cast, told, paid, marked):
    Membership.objects.filter(person=cast.cecilia).update(fee_told_year=told)
    for year in paid:
        Fee.objects.create(unit=cast.bjorkvik, person=cast.cecilia, year=year, learned_at=NOON)

    assert ("Fee 2026 not paid" in page_of(as_siv, cast.cecilia)) == marked


def test_whoever_has_left_is_not_marked_for_a_fee(as_siv, cast, signed):
    Membership.objects.filter(person=cast.cecilia).update(fee_told_year=2026)
    end_membership(cast.cecilia, on=TODAY, **signed)

    assert "Fee 2026 not paid" not in page_of(as_siv, cast.cecilia)


def test_the_box_for_a_note_opens_where_its_button_is(as_siv, cast):
    page = page_of(as_siv, cast.cecilia)

    button, box = page.index('href="#id_text"'), page.index('<div class="note-box">')
    assert button < box < page.index('id="id_text"') < page.index('id="happened"')


def test_a_minor_is_marked(as_siv, cast):
    Person.objects.filter(pk=cast.cecilia.pk).update(born_on=date(2008, 3, 3))

    assert "Under 18" in page_of(as_siv, cast.cecilia)


def test_a_note_is_written_and_deleted(as_siv, cast):
    as_siv.post(address("note", cast.cecilia.pk), {"text": "Vill laga mat."})
    note = Note.objects.get()
    assert "Vill laga mat." in page_of(as_siv, cast.cecilia)

    assert "Vill laga mat." in words_of(as_siv.get(address("unwrite", note.pk)))
    as_siv.post(address("unwrite", note.pk))

    assert not Note.objects.exists()


def test_the_page_leads_to_each_note_to_change_or_delete_it(as_siv, cast):
    note = write_note(cast.cecilia, text="Vill laga mat.", by=cast.bo, at=NOON)

    page = as_siv.get(address("person", cast.cecilia.pk)).content.decode()

    assert f'href="{address("rewrite", note.pk)}"' in page
    answer = as_siv.get(address("rewrite", note.pk)).content.decode()
    assert "Vill laga mat." in answer
    assert f'href="{address("unwrite", note.pk)}"' in answer


def test_a_note_told_with_a_call_is_changed_from_there(as_siv, cast):
    call = Call.objects.create(
        unit=cast.bjorkvik, person=cast.cecilia, due_on=NOON.date(), made_at=NOON
    )
    note = write_note(cast.cecilia, text="Vill laga mat.", by=cast.siv, at=NOON)
    Attempt.objects.create(
        unit=cast.bjorkvik,
        call=call,
        person=cast.cecilia,
        caller=cast.siv.person,
        by=cast.siv.account,
        at=NOON,
        outcome="talked",
        mood="glad",
        next_step="nothing",
        wants="nothing",
        note=note,
    )

    page = as_siv.get(address("person", cast.cecilia.pk)).content.decode()

    assert page.count("Vill laga mat.") == 1
    assert page.count(address("rewrite", note.pk)) == 1


def test_a_note_is_written_anew_in_its_place(as_siv, cast):
    note = write_note(cast.cecilia, text="Är sjuk.", by=cast.bo, at=NOON)

    as_siv.post(address("rewrite", note.pk), {"text": "Ring efter jul. 640823-3234"})

    stored = Note.objects.get()
    assert (stored.pk, stored.at, stored.ends_on) == (note.pk, note.at, note.ends_on)
    assert (stored.text, stored.by) == ("Ring efter jul. 1964-08-23", cast.siv.account)
    assert Entry.objects.filter(action="note.rewritten").count() == 1


def test_an_emptied_or_deleted_note_is_not_rewritten(as_siv, cast):
    note = write_note(cast.cecilia, text="Vill laga mat.", by=cast.siv, at=NOON)

    assert as_siv.post(address("rewrite", note.pk), {"text": " "}).status_code == 422
    Note.objects.all().delete()
    with pytest.raises(NoteGoneError):
        rewrite_note(note, text="Nytt", by=cast.siv, at=NOON)


@pytest.mark.parametrize("text", ["", "å" * 2001])
def test_a_note_that_cannot_be_saved_is_kept_in_the_box(as_siv, cast, text):
    answer = as_siv.post(address("note", cast.cecilia.pk), {"text": text})

    assert answer.status_code == 422
    assert text in answer.content.decode()


def test_words_are_tapped_on_and_off_and_written(as_siv, cast, signed):
    add_tags(cast.cecilia, kind="want", words=["bygga", "laga mat"], **signed)
    place = address("words", cast.cecilia.pk)
    assert "bygga" in words_of(as_siv.get(place))

    was = " ".join(str(tag.tag_id) for tag in PersonTag.objects.all())
    chosen = {"want": ["laga mat"], "own_want": "sjunga, dansa", "own_competence": "snickeri"}
    as_siv.post(place, chosen | {"was": was})

    mine = PersonTag.objects.filter(person=cast.cecilia).values_list("tag__kind", "tag__word")
    assert sorted(mine) == [
        ("competence", "snickeri"),
        ("want", "dansa"),
        ("want", "laga mat"),
        ("want", "sjunga"),
    ]


def test_a_word_that_somebody_else_added_meanwhile_stays(as_siv, cast, signed):
    place = address("words", cast.cecilia.pk)
    as_siv.get(place)
    add_tags(cast.cecilia, kind="interest", words=["energi"], **signed)

    as_siv.post(place, {"own_want": "sjunga", "was": ""})

    words = PersonTag.objects.filter(person=cast.cecilia).values_list("tag__word", flat=True)
    assert sorted(words) == ["energi", "sjunga"]


def test_a_contact_person_is_chosen_among_those_who_may_call(as_siv, cast):
    place = address("contact", cast.cecilia.pk)
    page = words_of(as_siv.get(place))
    assert "Bo Lind" in page
    assert "Doris" not in page
    assert "Alva" not in page

    as_siv.post(place, {"contact": cast.bo.person.pk})
    for nobody in (cast.doris, cast.alva):
        assert as_siv.post(place, {"contact": nobody.person.pk}).status_code == 422

    cast.cecilia.refresh_from_db()
    assert cast.cecilia.contact_person == cast.bo.person
