"""How a person's details are shared out on forms: into sections, parts and rows."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Part:
    """Details that belong together: the rows they stand in, a heading, and what to know first."""

    rows: tuple
    heading: str = ""
    note: str = ""


SECTIONS = {
    "name": (Part((("first_name", "last_name"), ("said_as",))),),
    "reach": (
        Part(
            (("phone", "email"), ("phone_home", "phone_work")),
            _("Phone and e-mail"),
            _("Callers get the mobile first, then home and work."),
        ),
        Part(
            (("street",), ("postal_code", "city"), ("care_of", "country")),
            _("Postal address"),
            _("This is where letters go."),
        ),
    ),
    "about": (
        Part((("born_on", "born_year"), ("sex",)), _("Age and sex")),
        Part((("union", "occupation"), ("language",)), _("Work and language")),
    ),
    "own": (Part((("phone",), ("phone_home",), ("email",))),),
    "new": (
        Part((("first_name", "last_name"), ("joined_on", "born_on")), _("Who is it?")),
        Part(
            (("phone", "email"), ("street",), ("postal_code", "city")),
            _("How do we reach them?"),
            _("With a number somebody can call and say welcome, with an address a letter can go."),
        ),
    ),
}
HELP = {
    "said_as": _("How the name is pronounced, so that whoever calls says it right."),
    "born_year": _("If only the year is known."),
    "care_of": _("If another name is on the door."),
    "country": _("If it is not Sweden."),
    "language": _("Callers see it. Whoever speaks English gets the letters in English."),
}
ATTRIBUTES = {
    "phone": {"inputmode": "tel"},
    "phone_home": {"inputmode": "tel"},
    "phone_work": {"inputmode": "tel"},
    "email": {"inputmode": "email", "autocapitalize": "none", "spellcheck": "false"},
    "postal_code": {"inputmode": "numeric"},
    "born_year": {"inputmode": "numeric", "size": 6},
}


# Short enough to stand side by side on a telephone too.
NARROW = frozenset({"postal_code", "city"})


def names_of(section):
    """Return the details of a section, in order."""
    return [name for part in SECTIONS[section] for row in part.rows for name in row]
