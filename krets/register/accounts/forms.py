"""What people fill in to sign in."""

from allauth.account.forms import ConfirmLoginCodeForm, RequestLoginCodeForm
from django import forms
from django.utils.translation import gettext_lazy as _

from krets.kit.ui.forms import PlainWords


class AddressForm(PlainWords, RequestLoginCodeForm):
    """The address the code is sent to. Known and unknown addresses get the same answer."""

    email = forms.EmailField(
        label=_("Your e-mail address"),
        widget=forms.EmailInput(attrs={"autocomplete": "email", "autofocus": True}),
        error_messages={
            "required": _("Write your e-mail address, so that we can send you a code."),
            "invalid": _("That does not look like an e-mail address. An example: name@example.org"),
        },
    )

    def clean_email(self):
        """Write the address as accounts keep it, before allauth looks for it."""
        self.cleaned_data["email"] = self.cleaned_data["email"].lower()
        return super().clean_email()


class CodeForm(PlainWords, ConfirmLoginCodeForm):
    """The code from the message."""

    code = forms.CharField(
        label=_("The code"),
        widget=forms.TextInput(
            attrs={
                "autocomplete": "one-time-code",
                "inputmode": "numeric",
                "autofocus": True,
                "autocapitalize": "off",
            }
        ),
        error_messages={"required": _("Write the six digits from the message.")},
    )
