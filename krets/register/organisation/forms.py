"""What the first officer fills in, one question a page."""

from django import forms
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from krets.kit.ui.fields import AddressField
from krets.kit.ui.forms import PlainWords
from krets.register.members.commands.details import DetailError, tidied


class AssociationForm(PlainWords, forms.Form):
    """What is set up."""

    association = forms.CharField(
        label=_("The association's name"),
        help_text=_("What members call it. An example: Björkvik"),
        max_length=200,
        error_messages={"required": _("Write the association's name.")},
    )
    organisation = forms.CharField(
        label=_("The party or federation it belongs to"),
        max_length=200,
        error_messages={"required": _("Write the name of the party or federation.")},
    )


class FirstOfficerForm(PlainWords, forms.Form):
    """Who sets it up."""

    first_name = forms.CharField(
        label=_("Your first name"),
        max_length=100,
        widget=forms.TextInput(attrs={"autocomplete": "given-name"}),
        error_messages={"required": _("Write your first name.")},
    )
    last_name = forms.CharField(
        label=_("Your last name"),
        max_length=100,
        widget=forms.TextInput(attrs={"autocomplete": "family-name"}),
        error_messages={"required": _("Write your last name.")},
    )
    phone = forms.CharField(
        label=_("Your phone number"),
        help_text=_("Stands in letters, so that new members can ring you."),
        required=False,
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "tel", "inputmode": "tel"}),
    )

    def clean_phone(self):
        """Say it here when the number cannot be rung."""
        number = self.cleaned_data["phone"]
        try:
            tidied("phone", number, today=localdate())
        except DetailError as refusal:
            raise forms.ValidationError(str(refusal)) from refusal
        return number


class FirstAddressForm(PlainWords, forms.Form):
    """How the first officer signs in from now on."""

    email = AddressField(
        help_text=_(
            "It also stands in the letters to new members. You can choose another for the letters"
            " later."
        )
    )
