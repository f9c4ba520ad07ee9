"""How an association sets a routine."""

from django import forms
from django.utils.translation import gettext_lazy as _

from krets.kit.ui.forms import PlainWords
from krets.rhythm.routines.shapes import field_of


class RoutineForm(PlainWords, forms.Form):
    """Whether it runs, and its numbers, each within the bounds the routine declares."""

    on = forms.BooleanField(label=_("The routine is on"), required=False)

    def __init__(self, *args, routine, **kwargs):
        super().__init__(*args, **kwargs)
        for name, (default, floor, ceiling) in routine.settings.items():
            self.fields[name] = field_of(
                routine.shapes.get(name),
                label=routine.labels.get(name, name),
                default=default,
                floor=floor,
                ceiling=ceiling,
            )

    def numbers(self):
        """Return {name: number} of everything but the switch."""
        return {name: value for name, value in self.cleaned_data.items() if name != "on"}


class CampaignForm(PlainWords, forms.Form):
    on = forms.BooleanField(required=False)
