"""Who is due a letter, and what it says."""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby

from django.conf import settings
from django.db.models import Exists, OuterRef
from django.utils import translation
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from krets.kit.kept import kept
from krets.kit.languages import code_of
from krets.kit.ui import phones
from krets.kit.ui.days import written as written_day
from krets.register.members.fields import columns
from krets.register.members.models import Membership, Person
from krets.register.members.queries import name_of_account
from krets.rhythm.todos.models import Todo
from krets.welcome.content import render, text
from krets.welcome.letters.merging import empty_in, fields_in, merge
from krets.welcome.letters.models import Letter, LetterText

ROUTINES = {
    Letter.Kind.WELCOME: "welcome_letter",
    Letter.Kind.MISSED: "missed_letter",
    Letter.Kind.FEE: "fee_letter",
}
CALL = "welcome_call"
LATELY = timedelta(days=7)
_NAME = ("first_name", "last_name", "register_number")
_SWEDISH = re.compile(r"\d{5}")


@dataclass(frozen=True)
class Due:
    """A person who is due a letter, and the to-do that says so."""

    todo: Todo
    person: Person
    language: str

    @property
    def is_apart(self):
        """Whether it is nothing for a list: the details are protected (decision 27).

        The register's address is then not told either. The envelope is addressed by hand, to the
        forwarding address.
        """
        return self.person.protected_at is not None

    @property
    def has_address(self):
        return bool(self.person.street or self.person.care_of) and bool(self.person.city)

    @property
    def can_be_printed(self):
        return self.is_apart or self.has_address

    @property
    def postal_code(self):
        """The postal code as it is written on a letter: 123 45."""
        code = self.person.postal_code.replace(" ", "")
        return f"{code[:3]} {code[3:]}" if _SWEDISH.fullmatch(code) else self.person.postal_code


@dataclass(frozen=True)
class Printed:
    """A letter that went out: which, for which membership, when and by whom."""

    kind: str
    membership_id: int
    at: datetime
    who: str


@dataclass(frozen=True)
class Batch:
    """Letters marked as printed at once: when, by whom, how many, and those that may be named."""

    at: datetime
    who: str
    count: int
    named: list[Letter]


@dataclass(frozen=True)
class Words:
    """The text of a kind of letter in a language: the association's own, or Krets's."""

    kind: str
    language: str
    text: str
    base_version: int
    own: LetterText | None = None

    @property
    def is_older(self):
        """Whether Krets's own text has become newer than the one this copy was made from."""
        return self.own is not None and self.own.base_version < self.base_version


@dataclass(frozen=True)
class Sheet:
    """One letter, ready to print; `empty` are the fields that have nothing to fill them."""

    due: Due
    body: SafeString
    empty: list[str]
    dated: str

    @property
    def within(self):
        """The letter as part of a page that has a heading of its own."""
        return stepped_down(self.body)


@kept
def printed_letters(unit, ids):
    """Return {person id: [Printed, …]} of letters that went out, newest first. One statement."""
    rows = Letter.objects.of(unit).filter(person__in=ids, printed_at__isnull=False)
    rows = rows.annotate(who=name_of_account("printed_by")).order_by("-printed_at", "-pk")
    found = {}
    for person_id, *told in rows.values_list("person", "kind", "membership", "printed_at", "who"):
        found.setdefault(person_id, []).append(Printed(*told))
    return found


def due_letters(unit, kind, *, fields, person_id=None):
    """Return who is due a letter of the kind, longest wait first. One statement."""
    todos = Todo.objects.of(unit).open().filter(routine=ROUTINES[kind], person__isnull=False)
    if person_id is not None:
        todos = todos.filter(person=person_id)
    undated = Membership.objects.current().filter(person=OuterRef("person"), joined_on=None)
    calls = Todo.objects.open().filter(unit=unit, person=OuterRef("person"), routine=CALL)
    todos = todos.annotate(is_undated=Exists(undated), is_to_be_called=Exists(calls))
    wanted = todos.select_related("person").only(
        "unit_id",
        "occasion",
        "fact_on",
        "due_on",
        "person_id",
        *(f"person__{name}" for name in columns(fields)),
    )
    return [
        Due(todo, todo.person, _language(todo.person))
        for todo in wanted.order_by("due_on", "fact_on", "pk")
    ]


def lately_printed(unit, kind, *, at):
    """Return the batches of letters of the kind from the last seven days, newest first.

    Protected people and the dead are counted, not named. One statement.
    """
    letters = Letter.objects.of(unit).filter(kind=kind, printed_at__gt=at - LATELY)
    names = (f"person__{name}" for name in ("protected_at", "deceased_on", *_NAME))
    letters = letters.select_related("person").only("printed_at", *names)
    letters = letters.annotate(who=name_of_account("printed_by"))
    ordered = letters.order_by("-printed_at", "person__sort_key", "pk")
    batches = ((key, list(rows)) for key, rows in groupby(ordered, lambda each: each.printed_at))
    return [Batch(key, rows[0].who, len(rows), _named(rows)) for key, rows in batches]


def _named(letters):
    people = ((letter, letter.person) for letter in letters)
    return [
        letter
        for letter, person in people
        if person.protected_at is None and person.deceased_on is None
    ]


def counts(unit):
    """Return {kind: how many are due}. One statement."""
    kinds = {key: kind for kind, key in ROUTINES.items()}
    todos = Todo.objects.of(unit).open().filter(routine__in=kinds)
    found = dict.fromkeys(ROUTINES, 0)
    for routine in todos.values_list("routine", flat=True):
        found[kinds[routine]] += 1
    return found


def words(unit, kind, language):
    """Return the words of a kind of letter."""
    return all_words(unit, kind)[language]


def all_words(unit, kind):
    """Return {language: Words} of a kind of letter. One statement."""
    own = {row.language: row for row in LetterText.objects.of(unit).filter(kind=kind)}
    found = {}
    for language, _name in settings.LANGUAGES:
        base = text(f"letter-{kind}", language)
        copy = own.get(language)
        found[language] = Words(
            kind, language, copy.text if copy else base.body, base.version, copy
        )
    return found


def base_words(kind, language):
    """Return the text of a kind of letter as it comes with Krets."""
    return text(f"letter-{kind}", language).body


def sender_of(viewer):
    """Return the merge fields that the sender fills. One statement."""
    person = Person.objects.of(viewer.unit).get(pk=viewer.person.pk)
    number = person.phone or person.phone_home or person.phone_work
    return {
        "sender": f"{person.first_name} {person.last_name}".strip(),
        "telephone": phones.spaced(number),
        "e_mail": person.email,
        "association": viewer.unit.name,
    }


def unfilled(dues, words_by_language, sender):
    """Return the keys of the fields that would be empty in some of the letters."""
    needed = {language: fields_in(words.text) for language, words in words_by_language.items()}
    empty = (
        key for due in dues for key in needed[due.language] if not _filled(due, sender)[key].strip()
    )
    return list(dict.fromkeys(empty))


def sheet(due, words_by_language, sender, *, today):
    """Return one person's letter, in the person's language."""
    body = words_by_language[due.language].text
    values = _filled(due, sender)
    empty = empty_in(body, values)
    with translation.override(due.language):
        dated = written_day(today, "j F Y")
    return Sheet(due, render(merge(body, values)), empty, dated)


def to_oneself(text, viewer, language):
    """Return the text as the viewer would get it in the language of the letter. One statement."""
    with translation.override(language):
        about = _about_a_call(True)
    values = sender_of(viewer) | {"first_name": viewer.person.called, "call": about}
    return stepped_down(render(merge(text, values)))


def stepped_down(body):
    """Return a letter as part of a page that has a heading of its own: its headings a step down."""
    return mark_safe(  # noqa: S308 -- only the names of our own tags are changed
        body.replace("<h2>", "<h3>")
        .replace("</h2>", "</h3>")
        .replace("<h1>", "<h2>")
        .replace("</h1>", "</h2>")
    )


def _filled(due, sender):
    with translation.override(due.language):
        about = _about_a_call(due.todo.is_to_be_called)
    return sender | {"first_name": due.person.called, "call": about}


def _about_a_call(is_to_come):
    """Return what a letter says of a call: it is promised only to those who are to have one."""
    if is_to_come:
        return _(
            "One of us will call you soon, to welcome you and to hear what matters to you. If you"
            " would rather get in touch yourself, please do so at any time."
        )
    return _("Please get in touch whenever it suits you. I would like to hear what matters to you.")


def _language(person):
    return "en" if code_of(person.language) == "en" else settings.LANGUAGE_CODE
