"""What the auditor narrows the trail to."""

from django import forms
from django.utils.translation import gettext_lazy as _

from krets.kit.ui.forms import PlainWords
from krets.office.trail.queries import KRETS, Asked
from krets.office.trail.words import KINDS


class TrailForm(PlainWords, forms.Form):
    """Who did it, what kind of act it was, and up to which day; what cannot be read is left out."""

    who = forms.ChoiceField(label=_("Who did it"), required=False)
    kind = forms.ChoiceField(
        label=_("What was done"),
        choices=[("", _("Everything")), *((kind, words) for kind, (words, _b) in KINDS.items())],
        required=False,
    )
    until = forms.DateField(label=_("Up to and including"), required=False)

    def __init__(self, *args, actors, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["who"].choices = [
            ("", _("Everyone")),
            *((str(actor.person_id), actor.name) for actor in actors),
            (KRETS, _("Krets itself")),
        ]

    def asked(self):
        """Return what is asked for."""
        self.is_valid()
        read = self.cleaned_data
        return Asked(
            who=read.get("who", ""), kind=read.get("kind", ""), until=read.get("until") or None
        )
