"""How an association sets a routine."""

from django import forms
from django.utils.translation import gettext_lazy as _

from krets.kit.ui.forms import PlainWords


class RoutineForm(PlainWords, forms.Form):
    """Whether it runs, and its numbers, each within the bounds the routine declares."""

    on = forms.BooleanField(label=_("The routine runs"), required=False)

    def __init__(self, *args, routine, **kwargs):
        super().__init__(*args, **kwargs)
        for name, (default, floor, ceiling) in routine.settings.items():
            self.fields[name] = forms.IntegerField(
                label=routine.labels.get(name, name),
                help_text=_("From %(floor)d to %(ceiling)d. From the start it is %(default)d.")
                % {"floor": floor, "ceiling": ceiling, "default": default},
                min_value=floor,
                max_value=ceiling,
            )

    def numbers(self):
        """Return {name: number} of everything but the switch."""
        return {name: value for name, value in self.cleaned_data.items() if name != "on"}


class CampaignForm(forms.Form):
    on = forms.BooleanField(required=False)
