import pytest
from django.utils.translation import override

from krets.kit.ui.thousands import grouped
from krets.register.imports.words import warning_in_words


@pytest.mark.parametrize(
    ("language", "number", "words"),
    [("sv", 2044, "2\xa0044"), ("sv", 999, "999"), ("en", 1_234_567, "1,234,567"), ("en", 7, "7")],
)
def test_thousands_stand_apart_as_the_reader_writes_them(language, number, words):
    with override(language):
        assert grouped(number) == words


def test_a_warning_about_a_file_writes_its_numbers_so():
    with override("sv"):
        words = warning_in_words({"code": "many_missing", "missing": 2044, "members": 2045})

    assert words.startswith("2\xa0044 av era 2\xa0045 medlemmar")
