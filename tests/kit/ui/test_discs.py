import pytest

from krets.kit.ui import discs


@pytest.mark.parametrize(
    ("name", "letters"),
    [
        ("Amina Yusuf", "AY"),
        ("Björn Åkesson", "BÅ"),
        ("A\u030asa O\u0308berg", "ÅÖ"),
        ("Carl-Gustaf von Essen", "CE"),
        ("von Essen", "E"),
        ("Margareta Nilsson Berg", "MB"),
        ("Madonna", "M"),
        ("ßeta", "ß"),
        ("محمد علي", "م\u200cع"),
        ("李小龍", "李"),
        ("🌻", "?"),
        ("007", "?"),
        ("", "?"),
        (None, "?"),
    ],
)
def test_initials_are_letters_of_the_name(name, letters):
    assert discs.initials(name) == letters


def test_a_tone_is_the_same_every_time_and_one_of_eight():
    assert discs.tone(17) == discs.tone("17")
    assert {discs.tone(seed) for seed in range(200)} == set(range(1, 9))


def test_nobody_has_no_tone():
    assert discs.tone("") == discs.tone(None) == 0
