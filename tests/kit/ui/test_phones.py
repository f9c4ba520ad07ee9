import pytest

from krets.kit.ui import phones


@pytest.mark.parametrize(
    ("number", "spaced", "dialled"),
    [
        ("+46701740605", "070-174 06 05", "tel:+46701740605"),
        ("0701740605", "070-174 06 05", "tel:+46701740605"),
        ("+4684650041", "08-465 00 41", "tel:+4684650041"),
        ("+4721234567", "+47 21 23 45 67", "tel:+4721234567"),
        ("ask Bo", "ask Bo", ""),
        ("", "", ""),
        (None, "", ""),
    ],
)
def test_a_number_is_written_as_people_here_read_it(number, spaced, dialled):
    assert phones.spaced(number) == spaced
    assert phones.dialled(number) == dialled
