from datetime import date

from krets.register.models import Fee, ImportRow, Membership, Person

AMINA = ("1001", "Amina", "Yusuf", "1991-04-02", "amina@example.org", "0701740658", "2026-02-24")
TUAN = ("1002", "TUAN", "NGUYEN", "1988-12-30", "tuan@example.org", "+46 70 174 0659", "2026-02-20")


def test_new_people_become_members(preview, save, cast):
    importing = preview([AMINA, TUAN])

    assert (importing.new_count, importing.changed_count, importing.rejected_count) == (2, 0, 0)
    assert Person.objects.filter(first_name="Amina").count() == 0

    saved = save(importing)

    amina = Person.objects.get(register_number="1001")
    assert saved.applied_at is not None
    assert amina.born_on == date(1991, 4, 2)
    assert amina.phone == "+46701740658"
    assert Membership.objects.get(person=amina).joined_on == date(2026, 2, 24)
    assert Membership.objects.get(person=amina).first_import is True
    assert Person.objects.get(register_number="1002").name == "Tuan Nguyen"
    assert ImportRow.objects.count() == 0


def test_the_same_file_twice_changes_nothing(bring_in, preview):
    bring_in([AMINA, TUAN])

    again = preview([AMINA, TUAN])

    assert (again.new_count, again.changed_count, again.unchanged_count) == (0, 0, 2)
    assert again.near_count == 0


def test_what_differs_is_changed_field_by_field(bring_in, preview, save):
    bring_in([AMINA])
    moved = ("1001", "Amina", "Yusuf Berg", "", "amina@example.net", "", "2026-02-24")

    importing = preview([moved])
    row = importing.rows.get()

    assert row.changes == {
        "last_name": ["Yusuf", "Yusuf Berg"],
        "email": ["amina@example.org", "amina@example.net"],
    }

    save(importing)

    amina = Person.objects.get(register_number="1001")
    assert amina.last_name == "Yusuf Berg"
    assert amina.born_on == date(1991, 4, 2)
    assert amina.sort_key.startswith("yusuf berg")
    assert amina.revision == 1
    assert Fee.objects.count() == 0
