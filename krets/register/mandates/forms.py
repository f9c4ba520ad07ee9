"""What one fills in to give a mandate."""

from django import forms
from django.utils.translation import gettext_lazy as _

from krets.register.access.kinds import Mandates


class GiveForm(forms.Form):
    """Who gets which mandate. The name is looked up in the register; a new name is written down."""

    kind = forms.ChoiceField(label=_("Mandate"))
    first_name = forms.CharField(
        label=_("First name"),
        max_length=100,
        error_messages={"required": _("Write the first name.")},
    )
    last_name = forms.CharField(
        label=_("Last name"),
        max_length=100,
        error_messages={"required": _("Write the last name.")},
    )
    email = forms.EmailField(
        label=_("E-mail address to sign in with"),
        error_messages={
            "required": _("Write the e-mail address: it is used for signing in."),
            "invalid": _("That does not look like an e-mail address. An example: name@example.org"),
        },
    )

    def __init__(self, *args, gives, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [
            (kind.value, kind.label) for kind in Mandates if kind in gives
        ]
