"""What every model owes the house: its unit, direction, word, and why it holds what it holds."""

import re
from pathlib import Path

import pytest
from django.apps import apps
from django.db import models

from krets import loop

ROOT = Path(__file__).parents[2]
# From the ground up: a foreign key points to the same storey or further down.
STOREYS = [
    {"audit", "jobs", "limits", "messaging", "secrets", "ui", "files"},
    {"register"},
    {"rhythm"},
    {"analyse"},
    {"care"},
    {"welcome"},
    {"recruit"},
    {"evaluate"},
    {"overview", "office"},
]
OF_NO_UNIT = {
    "register.Organisation": "the whole that units are parts of",
    "register.Unit": "is the unit; its `of` is itself",
    "register.Account": "a sign-in may belong to persons of several units",
    "register.Ticket": "a link may be for signing in or setting up, before any unit is known",
    "jobs.WorkerBeat": "a worker works for all",
    "jobs.DeadLetter": "a job may be the installation's own",
    "jobs.ScheduleMark": "the calendar is the installation's",
    "limits.Window": "counts by key, before anybody is known",
    "messaging.Letter": "sign-in codes go out before any unit is known",
}
HELD_WITHOUT_A_KEY = {
    "messaging.Letter": "the outbox holds addresses and words",
    "audit.Entry": "the trail names persons by their random key",
}
SAYS_WHEN = {
    models.DateTimeField: re.compile(r"(.+_)?at|.+_until|not_before|last_login"),
    models.DateField: re.compile(r".+_(on|until)|day"),
}
NEEDS_NO_WORDS = {"id", "unit"}


def name(model):
    return f"{model._meta.app_label}.{model.__name__}"


def ours():
    return [model for model in apps.get_models() if model.__module__.startswith("krets.")]


def storey(model):
    labels = [number for number, storey in enumerate(STOREYS) if model._meta.app_label in storey]
    return labels[0] if labels else -1


each_model = pytest.mark.parametrize("model", ours(), ids=name)


@each_model
def test_the_model_belongs_to_a_storey(model):
    assert storey(model) >= 0


@each_model
def test_foreign_keys_point_back_never_ahead(model):
    ahead = [
        field.name
        for field in model._meta.get_fields()
        if field.is_relation and field.concrete and storey(field.related_model) > storey(model)
    ]

    assert ahead == []


@pytest.mark.parametrize(
    "model", [model for model in ours() if name(model) not in OF_NO_UNIT], ids=name
)
def test_the_rows_belong_to_a_unit(model):
    columns = {field.column: field for field in model._meta.concrete_fields}

    assert "unit_id" in columns
    assert columns["unit_id"].null is False
    assert callable(getattr(model.objects.all(), "of", None))


def test_the_exemptions_are_of_models_that_exist():
    names = {name(model) for model in ours()}

    assert set(HELD_WITHOUT_A_KEY) - names == set()
    assert set(OF_NO_UNIT) - names == set()


@each_model
def test_the_constraints_have_sentences_for_names(model):
    short = [each.name for each in model._meta.constraints if each.name.count("_") < 2]

    assert short == []


@each_model
def test_moments_end_in_at_and_days_in_on(model):
    moments = [each for each in model._meta.concrete_fields if isinstance(each, models.DateField)]

    odd = [each.name for each in moments if not SAYS_WHEN[type(each)].fullmatch(each.name)]

    assert odd == []


def swedish_terms():
    for model in ours():
        if model._meta.app_label not in STOREYS[0]:
            yield pytest.param(model, id=name(model))


@pytest.mark.parametrize("model", list(swedish_terms()))
def test_the_models_swedish_word_stands_in_the_glossary(model):
    found = re.search(r"\(([^)]+)\)", model.__doc__ or "")
    glossary = (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8")
    rows = [row.split("|") for row in glossary.splitlines() if row.startswith("|")]
    words = {row[1].strip(" `"): row[2].strip() for row in rows}

    assert found, "the docstring names no Swedish term in parentheses"
    assert words.get(model.__name__) == found[1]


def persons_data():
    """Return the models that lead to a person or a sign-in, by however many foreign keys."""
    person, account = apps.get_model("register.Person"), apps.get_model("register.Account")
    found = {person, account, *(apps.get_model(each) for each in HELD_WITHOUT_A_KEY)}
    while True:
        more = {
            model
            for model in ours()
            if model not in found
            for field in model._meta.concrete_fields
            if field.is_relation and field.related_model in found
        }
        if not more:
            return found
        found |= more


@pytest.mark.parametrize("model", sorted(persons_data(), key=name), ids=name)
def test_every_stored_field_about_people_is_declared(model):
    declared = {
        field
        for declaration in loop.PRIVACY
        if declaration.model == name(model)
        for field in declaration.fields
    }
    stored = {field.name for field in model._meta.concrete_fields} - NEEDS_NO_WORDS

    assert stored - declared == set()
    assert declared - stored - NEEDS_NO_WORDS == set()


def test_every_declaration_is_of_a_model_and_says_everything():
    for each in loop.PRIVACY:
        apps.get_model(each.model)
        assert all([each.purpose, each.ground, each.seen_by, each.retention])
        assert each.erase in {"row", "blank", "keep"}
        assert each.erase != "keep" or each.why_kept
