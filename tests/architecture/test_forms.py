"""Whatever is written into whichever form, nobody is answered in Django's own words."""

import re
from importlib import import_module
from pathlib import Path

import django.core.validators
import django.forms.fields
import django.forms.models
import pytest
from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict
from django.utils.translation import override

import krets
from krets.kit.ui.forms import PlainWords
from krets.register.access.kinds import Mandates
from krets.register.models import Import, Person
from krets.register.profiles.models import Tag
from krets.rhythm.routines.registry import routines
from krets.welcome.calls.models import Call
from tests.conftest import NOON, TODAY

SOURCE = Path(krets.__file__).parent
LANGUAGES = ("sv", "en")
NONSENSE = (
    "",
    "x" * 99_999,
    "a\x00b",
    "-1",
    "99999999999999999999",
    "2026-02-30",
    "25:99",
    "a@b@c",
    "☃",
)
MANY = 8_675_309
PLACE = re.compile(r"%(?:\(\w+\))?[sdr]")


def form_classes():
    """Import every module of forms, and return the forms there are."""
    for path in sorted(SOURCE.rglob("forms.py")):
        if "kit" not in path.relative_to(SOURCE).parts:
            import_module(".".join(["krets", *path.relative_to(SOURCE).with_suffix("").parts]))
    found, waiting = set(), [forms.Form]
    while waiting:
        for form in waiting.pop().__subclasses__():
            waiting.append(form)
            if form.__module__.endswith(".forms") and form.__module__.startswith("krets."):
                found.add(form)
    return sorted(found, key=lambda form: f"{form.__module__}.{form.__name__}")


FORMS = form_classes()


def name(form):
    return f"{form.__module__.removeprefix('krets.').removesuffix('.forms')}:{form.__name__}"


def needs(form, cast):
    """Return what the form asks for besides what was written."""
    columns = [{"target": "", "heading": "A", "examples": [], "reader": ""}]
    importing = Import(columns=columns, kind="text", sheets=["A", "B"])
    return {
        "accounts:CodeForm": {"code": "123456"},
        "calls:NextForm": {"at": NOON, "answers": {}},
        "calls:ShareForm": {"people": [], "calls": Call.objects.all()},
        "calls:WantsForm": {"words": {kind: ["sång"] for kind in Tag.Kind}},
        "imports:ColumnsForm": {"importing": importing},
        "mandates:EndForm": {"people": [cast.bo.person]},
        "mandates:GiveForm": {"gives": frozenset(Mandates)},
        "mandates:NewHolderForm": {"gives": frozenset(Mandates)},
        "members:DetailsForm": {"section": "reach", "today": TODAY, "person": cast.cecilia},
        "members:NewMemberForm": {"today": TODAY},
        "my_page:OwnDetailsForm": {"person": cast.cecilia},
        "profiles:ContactForm": {"people": [cast.bo.person]},
        "profiles:WordsForm": {"carried": {}, "in_use": {}},
        "routines:RoutineForm": {"routine": max(routines(), key=lambda each: len(each.shapes))},
        "trail:TrailForm": {"actors": []},
        "today:HandOverForm": {"people": Person.objects.all()},
    }.get(name(form).split(".")[-1], {})


def django_says():
    """Return a pattern for each sentence that Django's fields and validators may say."""
    sentences = []
    for module in (django.forms.fields, django.forms.models):
        for each in vars(module).values():
            sentences += getattr(each, "default_error_messages", {}).values()
    for each in vars(django.core.validators).values():
        messages = getattr(each, "messages", None)
        sentences += messages.values() if isinstance(messages, dict) else []
        sentences += [each.message] if hasattr(each, "message") else []
    return [re.compile(_pattern(words)) for words in sentences if words is not None]


class Anything(dict):
    """What a sentence with two forms asks for: a number that says which, and a blank to fill."""

    def __missing__(self, key):
        return MANY


def _pattern(words):
    # A sentence with two forms says nothing before it knows which.
    text = str(words) or (words % Anything()).replace(str(MANY), "%s")
    return ".*".join(re.escape(part) for part in PLACE.split(text)) + r"\Z"


def written(form, nonsense):
    """Return the form's data with the same nonsense in every field."""
    data = QueryDict(mutable=True)
    for field in form.fields:
        for key in (field, f"{field}_0", f"{field}_1", f"initial-{field}"):
            data.setlist(key, [nonsense])
    return data


def told(form_class, cast, nonsense):
    given = needs(form_class, cast)
    blank = form_class(**given)
    files = MultiValueDict(
        {
            field: [SimpleUploadedFile("x" * 300 if nonsense else "a.csv", b"")]
            for field, kind in blank.fields.items()
            if isinstance(kind, forms.FileField)
        }
    )
    form = form_class(written(blank, nonsense), files, **given)
    form.is_valid()
    return [words for faults in form.errors.values() for words in faults]


def test_there_are_forms_to_look_at():
    assert len(FORMS) > 25


@pytest.mark.parametrize("form", FORMS, ids=name)
def test_a_form_speaks_plainly(form):
    assert issubclass(form, PlainWords)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("form", FORMS, ids=name)
def test_no_sentence_of_djangos_reaches_anybody(form, language, cast, rf):
    with override(language):
        djangos = django_says()
        heard = {words for nonsense in NONSENSE for words in told(form, cast, nonsense)}

        alien = {words for words in heard if any(each.match(words) for each in djangos)}

    assert alien == set()
    assert not any("%(" in words for words in heard)


def test_the_pattern_knows_djangos_own():
    class Bare(forms.Form):
        day = forms.DateField()
        short = forms.CharField(max_length=3)
        number = forms.IntegerField(max_value=14)

    for language in LANGUAGES:
        with override(language):
            form = Bare({"day": "x", "short": "xxxx", "number": "15"})
            heard = [words for faults in form.errors.values() for words in faults]

            assert len(heard) == 3
            assert all(any(each.match(words) for each in django_says()) for words in heard)
