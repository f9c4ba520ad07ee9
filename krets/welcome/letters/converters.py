"""How a kind of letter and its language look in an address."""

from django.conf import settings

from krets.welcome.letters.models import Letter


class Kind:
    """One of the kinds of letter."""

    regex = "|".join(Letter.Kind.values)

    def to_python(self, value):
        return Letter.Kind(value)

    def to_url(self, value):
        return str(value)


class Language:
    """One of the languages Krets speaks."""

    regex = "|".join(code for code, _name in settings.LANGUAGES)

    def to_python(self, value):
        return value

    def to_url(self, value):
        return value
