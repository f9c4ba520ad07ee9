import pytest
from django.utils.translation import override

from krets.kit.languages import LANGUAGES, code_of, said


@pytest.mark.parametrize(
    ("typed", "swedish", "english"),
    [
        ("arabiska", "arabiska", "Arabic"),
        ("Arabic", "arabiska", "Arabic"),
        (" ARABISKA ", "arabiska", "Arabic"),
        ("so", "somaliska", "Somali"),
        ("farsi", "persiska", "Persian"),
        ("svenska, arabiska", "svenska, arabiska", "Swedish, Arabic"),
        ("finska och Swedish", "finska och svenska", "Finnish and Swedish"),
        ("svenska/klingonska", "svenska/klingonska", "Swedish/klingonska"),
        ("älvdalska", "älvdalska", "älvdalska"),
        ("lite av varje, och mer", "lite av varje, och mer", "lite av varje, och mer"),
        ("", "", ""),
    ],
)
def test_a_language_is_said_in_the_language_of_the_screen(typed, swedish, english):
    with override("sv"):
        assert said(typed) == swedish
    with override("en"):
        assert said(typed) == english


def test_no_word_stands_for_two_languages():
    every = [word.casefold() for code, names in LANGUAGES.items() for word in {code, *names}]
    folded = {(word, code_of(word)) for word in every}

    assert len(folded) == len({word for word, _code in folded})
    for code, names in LANGUAGES.items():
        assert {code_of(word) for word in (code, *names)} == {code}
