"""What a form field needs to be drawn and heard: its parts, ids and faults."""

from django import forms as django_forms

from krets.kit.ui.plain_words import say_plainly, speak_plainly

_LONG = (django_forms.Textarea,)
_MANY = (django_forms.CheckboxSelectMultiple, django_forms.RadioSelect)


class PlainWords:
    """For every form: says what to do about what was written, never in Django's own words.

    class DetailsForm(PlainWords, forms.Form): ...
    """

    def full_clean(self):
        """Give the fields their words, also those that were added late, and look at the answers."""
        for field in self.fields.values():
            speak_plainly(field, field.label)
        super().full_clean()
        for name, faults in self._errors.as_data().items():
            if name in self.fields:
                say_plainly(self.fields[name], faults)


def described(bound, *, label="", help_text="", kind="", hide_label=False):
    """Return the context of `ui/field.html` for a bound field.

    `kind` may ask for "tags" (chips to tap), "answers" (one big choice per line), "code" (one-time
    code) or "short"; left out, the widget decides.
    """
    widget = bound.field.widget
    kind = kind or _kind_of(widget)
    help_text = help_text or bound.help_text
    described_by = [
        f"{bound.id_for_label or bound.auto_id}-{part}" for part in _parts(bound, help_text)
    ]
    return {
        "field": bound,
        "kind": kind,
        "label": label or bound.label,
        "help": help_text,
        "hide_label": hide_label,
        "id": bound.id_for_label or bound.auto_id,
        "input": bound.as_widget(attrs=_attributes(bound, kind, described_by))
        if kind not in {"answers", "tags"}
        else "",
        "described_by": " ".join(described_by),
        "options": _options(bound) if kind in {"answers", "tags"} else [],
        "optional": not bound.field.required
        and kind not in {"check", "tags", "file"}
        # A form of which nothing is required says so once, not at each field.
        and getattr(bound.form, "says_optional", True),
    }


def refused(context):
    """Return the forms in a template's context that were sent with this request and do not hold."""
    request = context.get("request")
    if request is None or request.method != "POST":
        return []
    # By the type: to ask a lazy value what it is would fetch it.
    found = {
        id(value): value
        for value in context.flatten().values()
        if issubclass(type(value), django_forms.BaseForm)
    }
    return [form for form in found.values() if form.is_bound and form.errors]


def faults(form):
    """Return the faults of a refused form: words and, where there is one, the field's id."""
    if form is None or not form.is_bound:
        return []
    own = [{"words": words, "id": ""} for words in form.non_field_errors()]
    return own + [
        {
            "words": words,
            "id": _first_id(form[name]),
            "label": _introducing(str(form[name].label), words),
        }
        for name, errors in form.errors.items()
        if name in form.fields
        for words in errors
    ]


def _introducing(label, words):
    """Return what stands before the fault: nothing where its words already name the field."""
    if label in words:
        return ""
    return label if label.endswith("?") else f"{label}:"


def _kind_of(widget):
    if isinstance(widget, _MANY):
        return "answers"
    if isinstance(widget, django_forms.CheckboxInput):
        return "check"
    if isinstance(widget, django_forms.FileInput):
        return "file"
    return "group" if widget.use_fieldset else "input"


def _options(bound):
    # A field may say more about a choice: `field.notes = {value: sentence}`.
    notes = getattr(bound.field, "notes", {})
    return [
        {
            **option.data,
            "id": option.id_for_label,
            "words": option.choice_label,
            "note": notes.get(option.data["value"], ""),
        }
        for option in bound.subwidgets
    ]


def _parts(bound, help_text):
    return [part for part, there in (("help", help_text), ("fault", bound.errors)) if there]


def _attributes(bound, kind, described_by):
    classes = {"check": "answer__input", "file": "upload__input", "code": "field__input code"}
    # A browser that knows the limit cuts what is pasted and says nothing: here it is refused in
    # words.
    attributes = {"class": classes.get(kind, "field__input"), "maxlength": False}
    if kind in {"short", "group"} or "size" in bound.field.widget.attrs:
        attributes["class"] = "field__input field__input--short"
    if kind == "code":
        attributes |= {"autocomplete": "one-time-code", "autocapitalize": "characters"}
        attributes |= {"spellcheck": "false"}
    if isinstance(bound.field.widget, django_forms.DateInput):
        bound.field.widget.input_type = "date"
        bound.field.widget.format = "%Y-%m-%d"
    if isinstance(bound.field.widget, _LONG):
        # Django's own ten rows would fill a telephone.
        attributes["rows"] = min(int(bound.field.widget.attrs.get("rows", 4)), 4)
    if described_by:
        attributes["aria-describedby"] = " ".join(described_by)
    if bound.errors:
        attributes["aria-invalid"] = "true"
    if bound.form.is_bound and bound.form.errors:
        # What there is to mend stands at the top: the page must not scroll past it to a field.
        attributes["autofocus"] = False
    return attributes


def _first_id(bound):
    widget = bound.field.widget
    if isinstance(widget, _MANY):
        return f"{bound.auto_id}_0"
    return bound.id_for_label or bound.auto_id
