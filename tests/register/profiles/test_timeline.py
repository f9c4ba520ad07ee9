from krets.register.access.scope import Fields
from krets.register.members.models import Change
from krets.register.profiles.commands import write_note
from krets.register.profiles.timeline import written
from tests.conftest import NOON

EVERYTHING = frozenset(Fields)


def test_changes_are_told_in_words_a_line_each(cast):
    Change.objects.create(
        unit=cast.bjorkvik,
        person=cast.cecilia,
        at=NOON,
        by=cast.siv.account,
        fields={
            "phone": ["", "+46701740605"],
            "city": ["Åby", ""],
            "born_on": ["1991-03-05", "1991-03-06"],
            "no_calls_at": ["", "2026-03-02"],
            "sex": ["", "woman"],
        },
    )

    (line,) = written(cast.bjorkvik, cast.cecilia.pk, EVERYTHING)

    assert line.who == "Siv Öberg"
    assert line.more.splitlines() == [
        "Born: 5\xa0March\xa01991 → 6\xa0March\xa01991",
        "Sex: Woman",
        "Mobile phone: 070\N{NON-BREAKING HYPHEN}174\N{NO-BREAK SPACE}06\N{NO-BREAK SPACE}05",
        "City: Åby was removed",
        "Does not want calls: yes",
    ]


def test_what_the_file_changed_is_told_as_the_files(cast):
    Change.objects.create(
        unit=cast.bjorkvik,
        person=cast.cecilia,
        at=NOON,
        import_id=1,
        fields={"city": ["", "Åby"]},
    )

    (line,) = written(cast.bjorkvik, cast.cecilia.pk, EVERYTHING)

    assert (line.what, line.who) == ("Changed by the file from the register", "")


def test_changes_and_notes_are_read_together(cast, django_assert_num_queries):
    Change.objects.create(
        unit=cast.bjorkvik, person=cast.cecilia, at=NOON, import_id=1, fields={"city": ["", "Åby"]}
    )
    write_note(cast.cecilia, text="Vill laga mat.", by=cast.siv, at=NOON)

    with django_assert_num_queries(1):
        told = list(written(cast.bjorkvik, cast.cecilia.pk, EVERYTHING))
    noted = list(written(cast.bjorkvik, cast.cecilia.pk, frozenset({Fields.NOTES})))
    changed = list(written(cast.bjorkvik, cast.cecilia.pk, EVERYTHING - {Fields.NOTES}))

    assert {each.what for each in told} == {"Note", "Changed by the file from the register"}
    assert [(each.what, each.more) for each in noted] == [("Note", "Vill laga mat.")]
    assert [each.what for each in changed] == ["Changed by the file from the register"]


def test_nothing_is_told_of_fields_that_are_not_opened(cast, django_assert_num_queries):
    with django_assert_num_queries(0):
        told = list(written(cast.bjorkvik, cast.cecilia.pk, frozenset({Fields.NAME})))

    assert told == []
