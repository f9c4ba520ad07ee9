"""The words of a letter."""

from django import forms
from django.utils.translation import gettext_lazy as _

from krets.kit.ui.forms import PlainWords


class WordsForm(PlainWords, forms.Form):
    """The association's own text."""

    text = forms.CharField(
        label=_("The letter"),
        max_length=6000,
        widget=forms.Textarea(attrs={"rows": 18}),
        error_messages={
            "required": _("Write something, or go back to the standard text."),
            "max_length": _("Make the letter shorter, so that it fits on one page."),
        },
    )
    seen = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
