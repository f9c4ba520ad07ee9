import re

import pytest
from django import forms
from django.template import Context, Template
from django.utils import translation

from krets.kit.ui.forms import PlainWords, faults


class DetailsForm(PlainWords, forms.Form):
    name = forms.CharField(label="Name")
    email = forms.EmailField(label="E-mail", help_text="So that we can write.")
    born_on = forms.DateField(label="Born", required=False)
    note = forms.CharField(label="Note", required=False, widget=forms.Textarea)
    way = forms.ChoiceField(
        label="Way", choices=[("call", "Call"), ("write", "Write")], widget=forms.RadioSelect
    )
    way.notes = {"call": "Takes ten minutes"}
    skills = forms.MultipleChoiceField(
        label="Skills",
        choices=[("bake", "Bake"), ("drive", "Drive")],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    agreed = forms.BooleanField(label="Agreed", error_messages={"required": "Tick the box."})
    file = forms.FileField(label="File", required=False)


@pytest.fixture(autouse=True)
def _english():
    with translation.override("en"):
        yield


def drawn(tag, form):
    return Template(f"{{% {tag} %}}").render(Context({"form": form}))


def test_a_field_has_a_label_and_says_what_may_be_left_out():
    form = DetailsForm()

    assert '<label class="field__name" for="id_name">Name</label>' in drawn("field form.name", form)
    assert "(optional)" in drawn("field form.note", form)


def test_help_and_fault_are_heard_with_the_field():
    html = drawn("field form.email", DetailsForm({"email": "bo@"}))

    assert 'aria-describedby="id_email-help id_email-fault"' in html
    assert 'aria-invalid="true"' in html
    assert 'id="id_email-help"' in html
    assert 'id="id_email-fault"' in html
    assert 'data-state="fault"' in html


def test_a_day_is_asked_for_with_the_calendar_and_kept_when_refused():
    html = drawn("field form.born_on", DetailsForm(initial={"born_on": "1971-05-04"}))

    assert 'type="date"' in html
    assert 'value="1971-05-04"' in html


def test_choices_are_a_group_with_a_legend_and_notes():
    html = drawn("field form.way", DetailsForm({"way": "call"}))

    assert "<legend" in html
    assert html.count('type="radio"') == 2
    assert html.count(" checked") == 1
    assert '<span class="answer__note">Takes ten minutes</span>' in html


def test_many_choices_can_be_chips():
    html = drawn('field form.skills kind="tags"', DetailsForm({"skills": ["drive"]}))

    assert html.count('class="tag__input" type="checkbox"') == 2
    assert re.search(r'value="drive"[^>]* checked', html)


def test_a_box_stands_beside_its_words():
    html = drawn("field form.agreed", DetailsForm())

    assert re.search(r'<label class="answer" for="id_agreed"><input type="checkbox"', html)


def test_a_code_can_be_filled_in_by_the_telephone():
    html = drawn('field form.name kind="code"', DetailsForm())

    assert 'autocomplete="one-time-code"' in html


def test_the_summary_leads_to_each_field():
    form = DetailsForm({})
    html = drawn("form_errors form", form)

    assert "4 things to correct first" in html
    assert [fault["id"] for fault in faults(form)] == [
        "id_name",
        "id_email",
        "id_way_0",
        "id_agreed",
    ]
    assert '<a href="#id_way_0">' in html


def test_nothing_to_mend_is_nothing_said():
    assert drawn("form_errors form", DetailsForm()).strip() == ""


def test_a_refusal_without_a_field_stands_first():
    form = DetailsForm({"name": "Bo"})
    form.add_error(None, "Someone was faster.")

    assert faults(form)[0] == {"words": "Someone was faster.", "id": ""}


def test_a_field_is_named_once_in_the_summary():
    form = DetailsForm({"agreed": "on", "way": "call", "email": "bo"})

    assert [(fault["label"], fault["words"][:14]) for fault in faults(form)] == [
        ("", "Fill in “Name”"),
        ("E-mail:", "That does not "),
    ]


def test_fields_left_out_are_asked_for_by_name():
    errors = DetailsForm({"email": "bo", "born_on": "soon"}).errors

    assert errors["name"] == ["Fill in “Name”."]
    assert errors["way"] == ["Choose under “Way”."]
    assert errors["agreed"] == ["Tick the box."]
    assert errors["born_on"] == ["We cannot read that date. Write it as 2026-11-19."]
    assert errors["email"] == [
        "That does not look like an e-mail address. It should be like name@example.org."
    ]
