"""What is filled in to bring a file in."""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from krets.kit.tables.limits import LIMITS
from krets.kit.ui.forms import PlainWords
from krets.register.imports.columns import (
    FEE_PREFIX,
    LABELS,
    Target,
    are_unnamed,
    fee_target,
    label_of,
    spoken,
)
from krets.register.imports.models import ImportFault
from krets.register.members.models import Membership

MEGABYTE = 2**20
ENCODINGS = ("utf-8", "cp1252", "utf-16", "mac_roman", "cp850")
DELIMITERS = {
    ";": gettext_lazy("semicolon ;"),
    ",": gettext_lazy("comma ,"),
    "\t": gettext_lazy("tab"),
    "|": gettext_lazy("bar |"),
}
_GROUPS = (
    (
        gettext_lazy("Who it is"),
        (
            Target.REGISTER_NUMBER,
            Target.FIRST_NAME,
            Target.LAST_NAME,
            Target.FULL_NAME,
            Target.LAST_FIRST_NAME,
            Target.BIRTH_DATE,
            Target.BIRTH_YEAR,
            Target.IDENTITY_NUMBER,
            Target.SEX,
        ),
    ),
    (
        gettext_lazy("How to reach them"),
        (
            Target.EMAIL,
            Target.PHONE,
            Target.PHONE_HOME,
            Target.PHONE_WORK,
            Target.CO,
            Target.STREET,
            Target.POSTAL_CODE,
            Target.CITY,
            Target.COUNTRY,
            Target.SMS_CONSENT,
            Target.PROTECTION,
        ),
    ),
    (
        gettext_lazy("The membership"),
        (
            Target.JOINED_ON,
            Target.JOINED_PARTY_ON,
            Target.LEFT_ON,
            Target.LEAVE_REASON,
            Target.MEMBER_TYPE,
            Target.BRANCH,
            Target.FEE_YEAR,
            Target.FEE_PAID_THROUGH,
            Target.FEE_PAID,
            Target.FEE_PAID_ON,
            Target.FEE_AMOUNT,
        ),
    ),
    (
        gettext_lazy("More about them"),
        (
            Target.OCCUPATION,
            Target.UNION,
            Target.LANGUAGE,
            Target.POSITION,
            Target.INTERESTS,
            Target.COMPETENCES,
            Target.TAGS,
            Target.NOTE,
        ),
    ),
)


class UploadForm(PlainWords, forms.Form):
    file = forms.FileField(
        label=gettext_lazy("The member list"),
        widget=forms.FileInput(attrs={"accept": ".csv,.txt,.xlsx,.xls,.ods,.xlsm,.xlsb"}),
        allow_empty_file=True,
    )

    def clean_file(self):
        """Refuse what is larger than Krets reads, before anything is kept."""
        file = self.cleaned_data["file"]
        if not file.size:
            raise forms.ValidationError(
                _(
                    "The file is empty. Download the list again from the register and check"
                    " that it has rows."
                )
            )
        if file.size > LIMITS.size:
            raise forms.ValidationError(
                _(
                    "The file is %(size)d MB, and we take at most %(limit)d MB. Save only the sheet"
                    " with the members, without pictures."
                )
                % {"size": -(-file.size // MEGABYTE), "limit": LIMITS.size // MEGABYTE}
            )
        return file


class ColumnsForm(PlainWords, forms.Form):
    """A choice for each heading, named column-0 and so on, and how the table stands in the file."""

    def __init__(self, *args, importing, habit=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.importing = importing
        self._habit = habit or {}
        choices = _choices(column["target"] for column in importing.columns)
        for at, column in enumerate(importing.columns):
            self.fields[f"column-{at}"] = forms.ChoiceField(
                label=spoken(column["heading"]),
                choices=choices,
                initial=column["target"],
                required=False,
                widget=forms.Select(attrs={"class": "field__input"}),
            )
        self.fields["header_row"] = forms.IntegerField(
            label=_("The headings are in row"),
            help_text=_("Write 0 when there are no headings."),
            min_value=0,
            max_value=200,
            required=False,
            initial=0 if are_unnamed(self._headings()) else importing.header_row,
        )
        if importing.kind in {"text", ""}:
            self._add("encoding", _("Encoding"), [(each, each) for each in ENCODINGS])
            self._add("delimiter", _("The columns are parted by"), list(DELIMITERS.items()))
        if len(importing.sheets) > 1:
            self._add("sheet", _("Sheet"), [(each, each) for each in importing.sheets])

    def _headings(self):
        return [column["heading"] for column in self.importing.columns]

    def _add(self, name, label, choices):
        now = getattr(self.importing, name)
        known = now in dict(choices)
        first = [] if known else [(now, now or _("Let Krets decide"))]
        self.fields[name] = forms.ChoiceField(
            label=label, choices=[*first, *choices], initial=now, required=False
        )

    def matches(self):
        """Return each column with its field, its examples and how sure we are of it."""
        return [
            {
                "field": self[f"column-{at}"],
                "examples": column["examples"],
                "state": "" if column["target"] != Target.IGNORE else "unused",
                "is_undecided": self._is_undecided(column),
            }
            for at, column in enumerate(self.importing.columns)
        ]

    def _is_undecided(self, column):
        """Tell whether a column holds something nobody has said what it is."""
        if column["target"] != Target.IGNORE or not column["examples"]:
            return False
        return column["heading"] not in self._habit

    def columns(self):
        """Return what the headings were said to mean."""
        return {
            column["heading"]: self.cleaned_data[f"column-{at}"] or Target.IGNORE.value
            for at, column in enumerate(self.importing.columns)
        }

    def table(self):
        """Return how the table was said to stand, where that is another than was found."""
        names = ("header_row", "encoding", "delimiter", "sheet")
        given = {name: self.cleaned_data.get(name) for name in names}
        return {
            name: value
            for name, value in given.items()
            if value not in (None, "") and value != getattr(self.importing, name)
        }


class MissingForm(PlainWords, forms.Form):
    """That somebody missing has left, or stays; without a person it is for all."""

    person = forms.IntegerField(required=False)
    seen = forms.CharField(required=False)
    left = forms.BooleanField(required=False)
    moved = forms.BooleanField(required=False)
    died = forms.BooleanField(required=False)
    on = forms.DateField(
        required=False, error_messages={"invalid": gettext_lazy("Write the date as 2026-03-05.")}
    )
    reason = forms.ChoiceField(
        required=False, choices=[("", gettext_lazy("Reason not known")), *Membership.Reason.choices]
    )

    def answer(self):
        """Return whether the membership has ended, and why as far as is known.

        Only a death is told with its day.
        """
        told = self.cleaned_data
        if told["died"]:
            reason = Membership.Reason.DECEASED
            return {"left": True, "reason": reason, "died_on": told["on"]}
        if told["moved"]:
            return {"left": True, "reason": Membership.Reason.MOVED}
        return {"left": told["left"], "reason": told["reason"]}


class FaultsForm(PlainWords, forms.Form):
    """What comes of all rows with one kind of fault; no answer asks again."""

    target = forms.CharField(max_length=40)
    code = forms.CharField(max_length=40)
    seen = forms.CharField(max_length=40)
    answer = forms.ChoiceField(
        required=False,
        choices=[
            (each.value, each.label)
            for each in (
                ImportFault.Answer.TAKEN,
                ImportFault.Answer.WITHOUT,
                ImportFault.Answer.SKIP,
            )
        ],
    )


class DeclareForm(PlainWords, forms.Form):
    """`seen` is the round in which the file was looked at (`Import.round`)."""

    seen = forms.IntegerField()


def _choices(taken):
    years = sorted({target for target in taken if target.startswith(FEE_PREFIX)})
    newest = max((int(target.removeprefix(FEE_PREFIX)) for target in years), default=2026)
    fees = sorted({*years, *(fee_target(year) for year in range(newest - 2, newest + 2))})
    groups = [
        (label, [(target.value, LABELS[target]) for target in targets])
        for label, targets in _GROUPS
    ]
    return [
        (Target.IGNORE.value, LABELS[Target.IGNORE]),
        *groups,
        (_("Fees by year"), [(target, label_of(target)) for target in fees]),
    ]
