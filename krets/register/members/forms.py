"""What one fills in about a person, and what a list is narrowed by."""

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from krets.kit.ui.forms import PlainWords
from krets.kit.ui.kept import StartKept
from krets.register.members.commands.details import DetailError, tidied
from krets.register.members.models import Membership, Person
from krets.register.members.queries import Chosen, label, written
from krets.register.members.sections import ATTRIBUTES, HELP, NARROW, SECTIONS, names_of


class DetailsForm(StartKept, PlainWords, forms.Form):
    """One section of a person's details. Says what the writer changed, and from which revision."""

    says_optional = False
    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def __init__(self, *args, section, today, person=None, **kwargs):
        self.section = section
        self.today = today
        self.names = [name for name in names_of(section) if name not in self.base_fields]
        if person is not None:
            kwargs["initial"] = {"seen": person.revision} | {
                name: _shown(person, name) for name in self.names
            }
        super().__init__(*args, **kwargs)
        for name in self.names:
            self.fields[name] = _field(name, kept=person is not None)

    def clean(self):
        """Say at each detail what cannot be stored as it is written."""
        cleaned = super().clean()
        country = cleaned.get("country", "")
        for name in self.names:
            try:
                tidied(name, cleaned.get(name), country=country, today=self.today)
            except DetailError as refusal:
                self.add_error(name, str(refusal))
        return cleaned

    @property
    def parts(self):
        """Yield the section's parts, each with its heading, its note and its rows of fields."""
        for part in SECTIONS[self.section]:
            rows = [
                {"fields": [self[name] for name in row], "narrow": NARROW.issuperset(row)}
                for row in part.rows
            ]
            yield {"heading": part.heading, "note": part.note, "rows": rows}

    def over(self, stale):
        """Return what `errors.stale` sends again on top of what was written meanwhile."""
        now = {name: _as_text(name, value) for name, (value, _mine) in stale.both.items()}
        stands = {"revision": stale.revision, "now": now}
        sent = {"typed": self.renewed(**stands), "rest": self.rest(**stands)}
        return sent | {"also": self.others(now)}


class NewMemberForm(DetailsForm):
    """A member written in by hand."""

    seen = None
    joined_on = forms.DateField(
        label=_("Member since"),
        help_text=_("The welcome is counted from this day."),
        widget=forms.DateInput,
        error_messages={"invalid": _("Write the date as 2026-03-05.")},
    )
    is_another = forms.BooleanField(
        label=_("This is somebody else with the same name"), required=False
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, section="new", **kwargs)
        first_name = self.fields["first_name"]
        first_name.required = True
        first_name.error_messages["required"] = _("Write at least a first name.")
        self.fields["born_on"].help_text = _("Tells people with the same name apart.")


class EndForm(PlainWords, forms.Form):
    """When a membership ended and, if it is known, why."""

    on = forms.DateField(
        label=_("Last day as a member"),
        widget=forms.DateInput,
        error_messages={"invalid": _("Write the date as 2026-03-05.")},
    )
    reason = forms.ChoiceField(
        label=_("Why, if you know"), required=False, widget=forms.RadioSelect
    )
    words = forms.CharField(
        label=_("In their own words"),
        help_text=_("What helps the association do better. Nothing about health or other people."),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        dead = Membership.Reason.DECEASED
        self.fields["reason"].choices = [
            choice for choice in Membership.Reason.choices if choice[0] != dead
        ]


class DeceasedForm(PlainWords, forms.Form):
    """The day a person died."""

    on = forms.DateField(
        label=_("Day of death"),
        help_text=_("As far as you know."),
        widget=forms.DateInput,
        error_messages={"invalid": _("Write the date as 2026-03-05.")},
    )


class ListForm(PlainWords, forms.Form):
    """What the list of members is narrowed to and sorted by; what cannot be read is left out."""

    FEES = (
        ("", pgettext_lazy("filter", "All")),
        ("paid", pgettext_lazy("fee", "Paid")),
        ("unpaid", pgettext_lazy("fee", "Not paid")),
    )
    NEW = (("", pgettext_lazy("filter", "All")), ("90", _("Last 90 days")))
    WITHOUT = (
        ("", pgettext_lazy("filter", "All")),
        ("email", _("No e-mail")),
        ("phone", _("No phone")),
    )
    SORTS = (
        ("name", _("By name")),
        ("joined", _("Newest first")),
        ("place", _("By place")),
        ("age", _("Youngest first")),
    )

    fee = forms.ChoiceField(label=_("Fee"), choices=FEES, required=False)
    new = forms.ChoiceField(label=_("Joined"), choices=NEW, required=False)
    sort = forms.ChoiceField(label=_("Order"), choices=SORTS, required=False)
    sex = forms.ChoiceField(
        label=_("Sex"),
        choices=[("", pgettext_lazy("filter", "All")), *Person.Sex.choices],
        required=False,
    )
    age_from = forms.IntegerField(label=_("From age"), min_value=0, max_value=120, required=False)
    age_to = forms.IntegerField(label=_("To age"), min_value=0, max_value=120, required=False)
    place = forms.CharField(label=_("City"), max_length=100, required=False)
    without = forms.ChoiceField(label=_("Missing"), choices=WITHOUT, required=False)
    union = forms.CharField(label=_("Trade union"), max_length=100, required=False)
    tag = forms.IntegerField(min_value=1, max_value=2**62, required=False)
    page = forms.IntegerField(min_value=1, max_value=100_000, required=False)
    after = forms.IntegerField(min_value=1, max_value=2**62, required=False)
    before = forms.IntegerField(min_value=1, max_value=2**62, required=False)

    says_optional = False

    def asked(self):
        """Return (what is chosen, the other parameters), leaving out what cannot be read.

        Ages written the other way round are taken the right way: 60 to 30 means 30 to 60.
        """
        self.is_valid()
        read = self.cleaned_data
        chosen = {
            name: read[name].replace("\x00", "") if isinstance(read[name], str) else read[name]
            for name in Chosen.__dataclass_fields__
            if read.get(name) not in (None, "")
        }
        if "age_from" in chosen and "age_to" in chosen:
            chosen["age_from"], chosen["age_to"] = sorted((chosen["age_from"], chosen["age_to"]))
        paging = {name: read.get(name) for name in ("after", "before")}
        paging |= {"page": read.get("page") or 1, "sort": read.get("sort") or "name"}
        return Chosen(**chosen), paging


def _field(name, *, kept):
    shared = {
        "label": label(name),
        "required": False,
        "help_text": HELP.get(name, ""),
        "show_hidden_initial": kept,
    }
    if name == "sex":
        choices = [*Person.Sex.choices, ("", _("Not stated"))]
        return forms.ChoiceField(**shared, choices=choices, widget=forms.RadioSelect)
    attributes = {"autocomplete": "off"} | ATTRIBUTES.get(name, {})
    drawn = forms.DateInput if name == "born_on" else forms.TextInput
    return forms.CharField(**shared, widget=drawn(attrs=attributes))


def _shown(person, name):
    return _as_text(name, getattr(person, name))


# Chosen by its stored word; typed, and kept as it was typed whatever language the screen is in.
_AS_STORED = frozenset({"sex", "language"})


def _as_text(name, value):
    """Return a stored detail as it is written in a field."""
    if value is None:
        return ""
    if name == "born_on":
        return value.isoformat()
    return value if name in _AS_STORED else written(name, value)
