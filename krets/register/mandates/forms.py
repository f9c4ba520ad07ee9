"""What one fills in to give a mandate."""

from django import forms
from django.utils.translation import gettext_lazy as _

from krets.kit.ui.forms import PlainWords
from krets.register.access.kinds import MEANS, Mandates


class FindForm(PlainWords, forms.Form):
    """Whom one means: a name, or an e-mail address."""

    words = forms.CharField(
        label=_("Name or e-mail address"),
        max_length=100,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "words"}),
        error_messages={"required": _("Write the name of the person you want to give it to.")},
    )


class GiveForm(PlainWords, forms.Form):
    """Which mandate, until when, and the address to sign in with unless there is one already."""

    email = forms.EmailField(
        label=_("E-mail address to sign in with"),
        help_text=_("It must be the person’s own: whoever reads that mail can sign in."),
        error_messages={
            "required": _("Write the e-mail address: it is used for signing in."),
            "invalid": _("That does not look like an e-mail address. An example: name@example.org"),
        },
    )
    kind = forms.ChoiceField(
        label=_("Which mandate?"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose which mandate it is.")},
    )
    ends_on = forms.DateField(
        label=_("Last day"),
        help_text=_(
            "The suggestion is the day the board’s own mandates end. Fifteen months at most."
        ),
        widget=forms.DateInput,
    )

    def __init__(self, *args, gives, signs_in=False, **kwargs):
        super().__init__(*args, **kwargs)
        if signs_in:
            del self.fields["email"]
        kind_field = self.fields["kind"]
        kind_field.choices = [(kind.value, kind.label) for kind in Mandates if kind in gives]
        kind_field.notes = {kind.value: MEANS[kind] for kind in Mandates}


class EndForm(PlainWords, forms.Form):
    """Who takes over what the holder has by the mandate that ends."""

    to = forms.TypedChoiceField(
        label=_("Who takes over?"),
        coerce=int,
        error_messages={"required": _("Choose who takes over.")},
    )

    def __init__(self, *args, people, **kwargs):
        super().__init__(*args, **kwargs)
        self._people = {person.pk: person for person in people}
        self.fields["to"].choices = [(person.pk, person.name) for person in people]

    def chosen(self):
        """Return the person who takes over."""
        return self._people[self.cleaned_data["to"]]


class NewHolderForm(GiveForm):
    """The same for somebody who is not in the register."""

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
    is_another = forms.BooleanField(label=_("It is somebody else"), required=False)
    field_order = ("first_name", "last_name", "email", "kind", "ends_on", "is_another")
