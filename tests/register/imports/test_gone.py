"""Who has left or died here, and still stands in the file of the register."""

from datetime import date

from krets.register.models import Membership, Person
from tests.conftest import NOON


def words_of(answer):
    return " ".join(answer.content.decode().split())


def test_who_has_left_here_but_stands_in_the_file_is_told_with_what_to_do(
    officer, address, preview, cast
):
    register = Membership.objects.filter(person=cast.cecilia)
    register.update(left_on=date(2026, 2, 1), left_learned_at=NOON)
    Person.objects.filter(pk=cast.cecilia.pk).update(register_number="17")
    importing = preview([("17", "Cecilia", "Åström", "", "", "", "")])

    pages = [
        words_of(officer.get(address("seen", importing.pk))),
        words_of(officer.get(address("kind", importing.pk, "gone"))),
    ]

    assert importing.gone_count == 1
    assert "1 in the file has left here" in pages[0]
    for page in pages:
        assert "Left 1 February" in page
        assert "A file that still has the name after 2 April brings it back as a member." in page
        assert "open the person and say so there" in page


def test_who_has_died_here_but_stands_in_the_file_is_told_too(officer, address, preview, cast):
    Person.objects.filter(pk=cast.cecilia.pk).update(
        register_number="17", deceased_on=date(2026, 2, 1)
    )
    importing = preview([("17", "Cecilia", "Åström", "", "", "", "")])

    page = words_of(officer.get(address("seen", importing.pk)))

    assert "1 in the file has left here" in page
    assert "Died 1 February" in page


def test_somebody_protected_who_has_left_here_is_in_no_list(officer, address, preview, cast):
    Membership.objects.filter(person=cast.cecilia).update(
        left_on=date(2026, 2, 1), left_learned_at=NOON
    )
    Person.objects.filter(pk=cast.cecilia.pk).update(register_number="17", protected_at=NOON)
    importing = preview([("17", "Cecilia", "Åström", "", "", "", "")])

    page = words_of(officer.get(address("seen", importing.pk)))

    assert importing.gone_count == 0
    assert "Cecilia" not in page
