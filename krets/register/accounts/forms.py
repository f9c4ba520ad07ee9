"""What people fill in to sign in."""

from allauth.account.forms import ConfirmLoginCodeForm, RequestLoginCodeForm
from django import forms
from django.utils.translation import gettext_lazy as _

from krets.kit.ui.fields import AddressField
from krets.kit.ui.forms import PlainWords


class AddressForm(PlainWords, RequestLoginCodeForm):
    """The address the code is sent to. Known and unknown addresses get the same answer."""

    email = AddressField(
        autofocus=True,
        error_messages={
            "required": _("Write your e-mail address, so that we can send you a code."),
        },
    )


class NewAddressForm(PlainWords, forms.Form):
    """The address to sign in with from now on."""

    email = AddressField(label=_("The address you want to sign in with"))


class AddressCodeForm(PlainWords, forms.Form):
    """The code from the message that went to it."""

    code = forms.CharField(
        label=_("The code"),
        max_length=20,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric"}),
        error_messages={"required": _("Write the six digits from the message.")},
    )


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
