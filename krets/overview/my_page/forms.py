"""What one corrects about oneself."""

from django import forms
from django.utils.translation import gettext_lazy as _

from krets.kit.ui.forms import PlainWords
from krets.kit.ui.kept import StartKept
from krets.register.members.queries import written


class OwnDetailsForm(StartKept, PlainWords, forms.Form):
    """The ways to reach oneself. Remembers what stood here from the start."""

    says_optional = False
    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    phone = forms.CharField(
        label=_("Mobile phone"),
        required=False,
        show_hidden_initial=True,
        widget=forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "tel"}),
    )
    phone_home = forms.CharField(
        label=_("Home phone"),
        required=False,
        show_hidden_initial=True,
        widget=forms.TextInput(attrs={"inputmode": "tel"}),
    )
    email = forms.CharField(
        label=_("E-mail"),
        required=False,
        show_hidden_initial=True,
        widget=forms.TextInput(
            attrs={"inputmode": "email", "autocomplete": "email", "autocapitalize": "none"}
        ),
    )

    OWN = ("phone", "phone_home", "email")

    def __init__(self, *args, person, **kwargs):
        kwargs["initial"] = {"seen": person.revision} | {
            name: written(name, getattr(person, name)) for name in self.OWN
        }
        super().__init__(*args, **kwargs)

    def over(self, stale):
        """Return what `errors.stale` sends again on top of what was written meanwhile."""
        now = {name: written(name, value) for name, (value, _mine) in stale.both.items()}
        stands = {"revision": stale.revision, "now": now}
        sent = {"typed": self.renewed(**stands), "rest": self.rest(**stands)}
        return sent | {"also": self.others(now)}
