"""Merge fields: what stands in braces in a letter is filled in for each person."""

import re

from django.utils.translation import gettext_lazy as _

FIELDS = {
    "first_name": {"sv": "förnamn", "en": "first name"},
    "association": {"sv": "förening", "en": "association"},
    "sender": {"sv": "avsändare", "en": "sender"},
    "telephone": {"sv": "telefon", "en": "telephone"},
    "e_mail": {"sv": "e-post", "en": "e-mail"},
    "call": {"sv": "samtal", "en": "call"},
}
LABELS = {
    "first_name": _("first name"),
    "association": _("the association's name"),
    "sender": _("your name"),
    "telephone": _("your phone number"),
    "e_mail": _("your e-mail address"),
    "call": _("the lines about a call"),
}
_FIELD = re.compile(r"\{([^{}\n]{0,40})\}")
_KEYS = {word: key for key, words in FIELDS.items() for word in words.values()}


def words_of(language):
    """Return the fields as they are written in the language, in braces."""
    return [f"{{{words[language]}}}" for words in FIELDS.values()]


def fields_in(text):
    """Return the keys of the fields in the text, each once, in order."""
    found = (_KEYS.get(_plain(word)) for word in _FIELD.findall(text))
    return list(dict.fromkeys(key for key in found if key))


def unknown_in(text):
    """Return what stands in braces but is no field."""
    return [word for word in _FIELD.findall(text) if _plain(word) not in _KEYS]


def merge(text, values):
    """Return the text with its fields filled in, as markdown that stays what it was.

    What stands in braces and is no field is left as it is.
    """

    def filled(found):
        key = _KEYS.get(_plain(found[1]))
        return _escaped(values[key]) if key else found[0]

    return _FIELD.sub(filled, text)


def empty_in(text, values):
    """Return the keys of the fields that would be empty."""
    return [key for key in fields_in(text) if not values.get(key, "").strip()]


def _plain(word):
    return " ".join(word.split()).casefold()


def _escaped(value):
    # A name is a name: signs that markdown would take for its own are kept as they are.
    return re.sub(r"([\\`*_{}\[\]<>#+\-.!|])", r"\\\1", value)
