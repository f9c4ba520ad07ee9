"""What is said of an answer that cannot be taken: what to do, in words of ours.

Django's own say what is wrong with the value. Placeholders here are those of its validators.
"""

from django import forms
from django.utils.translation import gettext as _

from krets.kit.ui.thousands import grouped

NULL = "null_characters_not_allowed"
LENGTHS = frozenset({"max_length", "min_length"})


def speak_plainly(field, label):
    """Give a field our words for each fault it can find, save where its form has said it better."""
    usual = {}
    for base in reversed(type(field).__mro__):
        usual |= vars(base).get("default_error_messages", {})
    for key, words in _words(field, label).items():
        if field.error_messages.get(key) == usual.get(key):
            field.error_messages[key] = words
    for part in getattr(field, "fields", ()):
        speak_plainly(part, label)


def say_plainly(field, faults):
    """Give the faults our words where Django did not ask the field for any."""
    for fault in faults:
        if fault.code == NULL:
            fault.message = field.error_messages[NULL]
        if fault.code in LENGTHS and fault.params:
            sizes = fault.params.keys() & {"show_value", "limit_value"}
            fault.params |= {size: grouped(fault.params[size]) for size in sizes}


def _words(field, label):
    # Whatever else a field can find fault with is said by this.
    known = {key: _("That cannot be read. Write it in another way.") for key in _keys_of(field)}
    if field.widget.is_hidden:
        # Nobody wrote it: the page is older than what it is about, or somebody plays with it.
        return dict.fromkeys(
            known | _of_any(label) | _of_text() | _of_numbers(),
            _("This page is out of date. Open it again, and try once more."),
        )
    known |= _of_any(label) | _of_text() | _of_numbers()
    for kind, words in (
        (forms.FileField, _of_files),
        (forms.ChoiceField, _of_choices),
        (forms.ModelChoiceField, _of_choices),
        (forms.BooleanField, _of_boxes),
        (forms.DateField, _of_days),
        (forms.TimeField, _of_times),
        (forms.EmailField, _of_mail),
        (forms.IntegerField, _of_whole_numbers),
    ):
        if isinstance(field, kind):
            known |= words(label)
    return known


def _keys_of(field):
    return {
        key for base in type(field).__mro__ for key in vars(base).get("default_error_messages", ())
    }


def _of_any(label):
    if not label:
        return {"required": _("Something is missing here. Fill it in.")}
    return {"required": _("Fill in “%(label)s”.") % {"label": label}}


def _of_text():
    return {
        "max_length": _(
            "That is %(show_value)s characters, and there is room for %(limit_value)s."
            " Make it shorter."
        ),
        "min_length": _("Write at least %(limit_value)s characters."),
        NULL: _("A character in this cannot be saved. Type it instead of pasting it."),
    }


def _of_numbers():
    return {
        "max_value": _("Write a number that is %(limit_value)s at most."),
        "min_value": _("Write a number that is %(limit_value)s at least."),
    }


def _of_whole_numbers(_label):
    return {"invalid": _("Write a number, with digits only.")}


def _of_choices(label):
    others = ("invalid_choice", "invalid_list", "invalid_pk_value")
    if not label:
        return dict.fromkeys(("required", *others), _("Choose one of the answers here."))
    words = _("Choose one of the answers under “%(label)s”.") % {"label": label}
    return dict.fromkeys(others, words) | {
        "required": _("Choose under “%(label)s”.") % {"label": label}
    }


def _of_boxes(label):
    return {"required": _("Tick “%(label)s”.") % {"label": label}}


def _of_days(_label):
    return {"invalid": _("We cannot read that date. Write it as 2026-11-19.")}


def _of_times(_label):
    return {"invalid": _("We cannot read that time. Write it as 17.30.")}


def _of_mail(_label):
    return {
        "invalid": _(
            "That does not look like an e-mail address. It should be like name@example.org."
        )
    }


def _of_files(label):
    return {
        "required": _("Choose a file under “%(label)s”.") % {"label": label},
        "invalid": _("No file was sent. Choose the file once more."),
        "missing": _("No file was sent. Choose the file once more."),
        "empty": _("There is nothing in that file. Choose another."),
        "max_length": _("The file’s name is too long. Give it a shorter one."),
        "contradiction": _("Either choose a file or remove it, not both."),
    }
