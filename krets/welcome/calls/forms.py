"""One question at a time: how it went, how it sounded, what they want, what comes next."""

from datetime import datetime, timedelta

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from krets.kit.ui.forms import PlainWords
from krets.register.profiles.models import Tag
from krets.welcome.calls import moments
from krets.welcome.calls.asking import AGAIN
from krets.welcome.calls.models import Attempt

FURTHEST = timedelta(days=365)
LONGEST_NOTE = 2000
KINDS = (Tag.Kind.WANT, Tag.Kind.COMPETENCE, Tag.Kind.INTEREST)


class OutcomeForm(PlainWords, forms.Form):
    """How did it go?"""

    outcome = forms.ChoiceField(choices=Attempt.Outcome.choices)
    number = forms.CharField(required=False, max_length=20)


class MoodForm(PlainWords, forms.Form):
    """How did the person sound?"""

    mood = forms.ChoiceField(choices=Attempt.Mood.choices)


class WantsForm(PlainWords, forms.Form):
    """What the person wants, is good at and cares about, and a note."""

    nothing = forms.BooleanField(label=_("Asked, but nothing for now"), required=False)
    note = forms.CharField(
        label=_("What is good to remember?"),
        help_text=_(
            "Leave out health, money and family. The person has the right to read all of it."
        ),
        required=False,
        max_length=LONGEST_NOTE,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"max_length": _("Make the note shorter: it can have 2,000 characters.")},
    )

    def __init__(self, *args, words, told=None, **kwargs):
        told = told or {}
        own = {f"own_{kind}": ", ".join(_own(told, kind, words)) for kind in KINDS}
        initial = told | own
        super().__init__(*args, initial=initial, **kwargs)
        for kind in KINDS:
            known = list(dict.fromkeys([*words[kind]]))
            self.fields[kind] = forms.MultipleChoiceField(
                label=_LABELS[kind],
                choices=[(word, word) for word in known],
                required=False,
                widget=forms.CheckboxSelectMultiple,
            )
            self.fields[f"own_{kind}"] = forms.CharField(
                label=_OWN_LABELS[kind],
                required=False,
                max_length=300,
                widget=forms.TextInput(
                    attrs={
                        "placeholder": _("Your own words, separated by commas"),
                        "autocomplete": "off",
                    }
                ),
            )

    @property
    def groups(self):
        """The fields to tap with the field for own words beside, one pair for each kind."""
        return [(self[kind], self[f"own_{kind}"]) for kind in KINDS]

    def told(self):
        """Return the answers as the draft keeps them: {kind: words, note, nothing}."""
        cleaned = self.cleaned_data
        told = {
            kind: list(dict.fromkeys([*cleaned[kind], *_split(cleaned[f"own_{kind}"])]))
            for kind in KINDS
        }
        return told | {"note": cleaned["note"], "nothing": cleaned["nothing"]}


class NextForm(PlainWords, forms.Form):
    """What happens next: another call, with what was promised, or nothing for now."""

    LATER, TOMORROW, WEEK, DAY, NOTHING = "later", "tomorrow", "week", "day", "nothing"

    promise = forms.CharField(
        label=_("What do you call about then?"),
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    next = forms.ChoiceField(
        choices=[
            (LATER, pgettext_lazy("next step", "Later today")),
            (TOMORROW, pgettext_lazy("next step", "Tomorrow")),
            (WEEK, pgettext_lazy("next step", "In a week")),
            (DAY, pgettext_lazy("next step", "Another day")),
            (NOTHING, pgettext_lazy("next step", "Nothing for now")),
        ],
        error_messages={"required": _("Choose what happens next. Nothing for now is fine too.")},
    )
    day = forms.DateField(
        label=_("Day"),
        required=False,
        widget=forms.DateInput,
        error_messages={"invalid": _("Write the day as 2026-11-30.")},
    )
    clock = forms.TimeField(
        label=_("Time"),
        required=False,
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        error_messages={"invalid": _("Write the time as 17:30.")},
    )

    def __init__(self, *args, at, answers, **kwargs):
        super().__init__(*args, **kwargs)
        self._at = at
        if answers.get("outcome") == Attempt.Outcome.CALL_BACK:
            self._keep(lambda way: way != self.NOTHING)
        elif answers.get("mood") == Attempt.Mood.NO_MORE:
            self._keep(lambda way: way == self.NOTHING)

    @property
    def quick(self):
        """The moments one tap chooses; later today only while there is a day left."""
        kept = {self.LATER, self.TOMORROW, self.WEEK}
        if timezone.localdate(moments.later_today(self._at)) != timezone.localdate(self._at):
            kept.remove(self.LATER)
        words = dict(self._ways())
        return [(way, words[way]) for way, _label in self.fields["next"].choices if way in kept]

    @property
    def may_rest(self):
        return self.NOTHING in dict(self.fields["next"].choices)

    def _ways(self):
        return [
            (self.LATER, _("Call again later today")),
            (self.TOMORROW, _("Call again tomorrow")),
            (self.WEEK, _("Call again in a week")),
        ]

    def _keep(self, is_kept):
        choices = self.fields["next"].choices
        self.fields["next"].choices = [choice for choice in choices if is_kept(choice[0])]

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("next") == self.DAY:
            self._check_day(cleaned.get("day"))
        return cleaned

    def moment(self):
        """Return the moment to call again from, None for nothing."""
        chosen = self.cleaned_data["next"]
        if chosen == self.NOTHING:
            return None
        if chosen == self.DAY:
            day, clock = self.cleaned_data["day"], self.cleaned_data["clock"]
            if clock is None:
                return moments.morning_of(day)
            return timezone.make_aware(datetime.combine(day, clock))
        ways = {
            self.LATER: moments.later_today,
            self.TOMORROW: lambda at: moments.morning_of(
                timezone.localdate(at) + timedelta(days=1)
            ),
            self.WEEK: moments.next_week,
        }
        return ways[chosen](self._at)

    def _check_day(self, day):
        today = timezone.localdate(self._at)
        if day is None:
            if "day" not in self.errors:
                self.add_error("day", _("Choose the day to call again."))
        elif day < today:
            self.add_error("day", _("That day has passed. Choose today or a later day."))
        elif day > today + FURTHEST:
            self.add_error("day", _("Choose a day within a year."))


class DecisionForm(PlainWords, forms.Form):
    """How to go on after three tries."""

    way = forms.ChoiceField(
        choices=[(way, way) for way in ("letter", "written", AGAIN, "not_needed")]
    )

    def closing(self):
        """Return the Call.Closing, None to try again."""
        way = self.cleaned_data["way"]
        return None if way == AGAIN else way


class ShareForm(PlainWords, forms.Form):
    """Which calls go to whom."""

    to = forms.ChoiceField()
    call = forms.MultipleChoiceField(
        error_messages={"required": _("Select the calls to move first.")}
    )

    def __init__(self, *args, sharing, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["to"].choices = [("shared", "")] + [
            (str(person.pk), person.name) for person in sharing.people
        ]
        self.fields["call"].choices = [
            (str(line.call.pk), "") for holder in sharing.holders for line in holder.lines
        ]


def _own(told, kind, words):
    return [word for word in told.get(kind, []) if word not in words[kind]]


def _split(text):
    return [word for part in text.split(",") if (word := " ".join(part.split()))]


_LABELS = {
    Tag.Kind.WANT: _("Wants to"),
    Tag.Kind.COMPETENCE: _("Is good at"),
    Tag.Kind.INTEREST: _("Cares about"),
}
_OWN_LABELS = {
    Tag.Kind.WANT: _("Something else they want to do"),
    Tag.Kind.COMPETENCE: _("Something else they are good at"),
    Tag.Kind.INTEREST: _("Something else they care about"),
}
