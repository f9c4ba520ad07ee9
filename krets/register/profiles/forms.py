"""What one fills in about what somebody wants, knows and cares about."""

import re

from django import forms
from django.utils.translation import gettext_lazy as _

from krets.kit.ui.forms import PlainWords
from krets.register.profiles.commands import LONGEST_NOTE, NOTE_HINT
from krets.register.profiles.models import Tag

_APART = re.compile(r"[,;\n]+")
OWN = "own_"
SUGGESTED = {
    Tag.Kind.WANT: (
        _("cook"),
        _("build and carry"),
        _("write"),
        _("greet new members"),
        _("call members"),
        _("stand in the town square"),
    ),
    Tag.Kind.COMPETENCE: (
        _("driving licence"),
        _("bookkeeping"),
        _("photography"),
        _("speaking"),
        _("languages"),
        _("social media"),
    ),
    Tag.Kind.INTEREST: (
        _("school"),
        _("health care"),
        _("climate"),
        _("work"),
        _("housing"),
        _("the countryside"),
    ),
}


class NoteForm(PlainWords, forms.Form):
    """A note about a person."""

    says_optional = False
    text = forms.CharField(
        label=_("Write a note"),
        help_text=NOTE_HINT,
        max_length=LONGEST_NOTE,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={
            "required": _("Write something first: a line about what was said is enough.")
        },
    )


class WordsForm(PlainWords, forms.Form):
    """The words a person carries: chips to tap, and own words."""

    says_optional = False
    was = forms.RegexField(r"[\d ]*", widget=forms.HiddenInput, required=False, max_length=4000)

    def __init__(self, *args, carried, in_use, **kwargs):
        super().__init__(*args, **kwargs)
        self.carried = carried
        self.fields["was"].initial = " ".join(
            str(word.pk) for words in carried.values() for word in words
        )
        for kind in Tag.Kind:
            mine = carried.get(kind, [])
            offered = _offered(kind, mine, in_use.get(kind, []))
            self.fields[kind] = forms.MultipleChoiceField(
                label=kind.label,
                choices=offered,
                initial=[word.word for word in mine],
                required=False,
                widget=forms.CheckboxSelectMultiple,
            )
            self.fields[f"{OWN}{kind}"] = forms.CharField(
                label=_("In other words"),
                max_length=400,
                required=False,
                widget=forms.TextInput(attrs={"autocomplete": "off"}),
            )

    @property
    def kinds(self):
        """Return (chips, own words) as bound fields for each kind."""
        return [
            (self[kind.value], self[f"{OWN}{kind}"])
            for kind in Tag.Kind
            if kind in SUGGESTED or self.fields[kind.value].choices
        ]

    def change(self):
        """Return what to add {kind: [word, …]} and which of the tags shown to take away."""
        added, removed = {}, []
        shown = set(self.cleaned_data["was"].split())
        for kind in Tag.Kind:
            ticked = set(self.cleaned_data[kind])
            mine = {word.word: word.pk for word in self.carried.get(kind, [])}
            removed += [pk for word, pk in mine.items() if word not in ticked and str(pk) in shown]
            own = _APART.split(self.cleaned_data.get(f"{OWN}{kind}", ""))
            added[kind] = [*sorted(ticked - set(mine)), *own]
        return added, removed


class ContactForm(PlainWords, forms.Form):
    """Who keeps in touch with a person."""

    contact = forms.TypedChoiceField(
        label=_("Contact person"), coerce=int, empty_value=None, required=False
    )

    def __init__(self, *args, people, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["contact"].choices = [
            ("", _("Nobody in particular")),
            *((person.pk, person.name) for person in people),
        ]
        self.says_optional = False


def _offered(kind, mine, in_use):
    words = [word.word for word in mine] + [tag.word for tag in in_use][:12]
    if len(words) < len(SUGGESTED.get(kind, ())):
        words += [str(word) for word in SUGGESTED[kind]]
    return [(word, word) for word in dict.fromkeys(words)]
