"""What can be said of a to-do besides doing it."""

from datetime import timedelta

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from krets.kit.ui.forms import PlainWords

MONDAY = 7


def later_days(today):
    """Return the days one can put off to: tomorrow, in three days, on Monday next week."""
    next_week = today + timedelta(days=MONDAY - today.weekday())
    choices = [
        (today + timedelta(days=1), pgettext_lazy("put off", "Tomorrow")),
        (today + timedelta(days=3), pgettext_lazy("put off", "In three days")),
        (next_week, pgettext_lazy("put off", "Next week")),
    ]
    seen = set()
    return [(day, words) for day, words in choices if not (day in seen or seen.add(day))]


class SnoozeForm(PlainWords, forms.Form):
    until = forms.DateField()


class HandOverForm(PlainWords, forms.Form):
    to_person = forms.ModelChoiceField(
        queryset=None, label=_("Who takes it?"), widget=forms.RadioSelect, empty_label=None
    )

    def __init__(self, *args, people, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["to_person"].queryset = people
        self.fields["to_person"].label_from_instance = lambda person: person.name


class ClosingForm(PlainWords, forms.Form):
    """Why a to-do goes off the list without its button."""

    DONE, NOT_NEEDED = "done", "not_needed"

    how = forms.ChoiceField(
        label=_("How is it?"),
        choices=[(DONE, _("It is done, in another way")), (NOT_NEEDED, _("It is not needed"))],
        widget=forms.RadioSelect,
    )
    words = forms.CharField(
        label=_("Why, in a few words"),
        max_length=300,
        help_text=_("Leave out what is private."),
        widget=forms.TextInput,
    )
