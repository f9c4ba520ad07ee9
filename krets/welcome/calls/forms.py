"""One question at a time: how it went, how it sounded, what they want, what comes next."""

from datetime import datetime, timedelta

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from krets.kit.ui.forms import PlainWords
from krets.register.profiles.commands import LONGEST_NOTE, NOTE_HINT
from krets.register.profiles.models import Tag
from krets.welcome.calls import moments
from krets.welcome.calls.asking import AGAIN
from krets.welcome.calls.models import Attempt
from krets.welcome.calls.models.attempts import LEAVING_REASONS

FURTHEST = timedelta(days=365)
LONGEST_KEY = 18
KINDS = (Tag.Kind.WANT, Tag.Kind.COMPETENCE, Tag.Kind.INTEREST)


class OutcomeForm(PlainWords, forms.Form):
    """How did it go?"""

    outcome = forms.ChoiceField(choices=Attempt.Outcome.choices)
    number = forms.CharField(required=False, max_length=20)


class MoodForm(PlainWords, forms.Form):
    """How did the person sound?"""

    mood = forms.ChoiceField(choices=Attempt.Mood.choices)


class FeeForm(PlainWords, forms.Form):
    """What did the person say about the fee?"""

    fee_answer = forms.ChoiceField(choices=Attempt.FeeAnswer.choices)


class NoteForm(PlainWords, forms.Form):
    """A note, and nothing else to fill in."""

    note = forms.CharField(
        label=_("What is good to remember?"),
        help_text=NOTE_HINT,
        required=False,
        max_length=LONGEST_NOTE,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"max_length": _("Make the note shorter: it can have 2,000 characters.")},
    )

    def __init__(self, *args, told=None, **kwargs):
        super().__init__(*args, initial=told or {}, **kwargs)

    def told(self):
        """Return the answers as the draft keeps them."""
        return dict(self.cleaned_data)


class WhyForm(NoteForm):
    """Why the person wants to leave, if it was said."""

    leaving_reason = forms.ChoiceField(
        label=_("What is the reason?"),
        required=False,
        choices=LEAVING_REASONS,
        widget=forms.RadioSelect,
    )


class WantsForm(NoteForm):
    """What the person wants, is good at and cares about, and a note."""

    nothing = forms.BooleanField(label=_("Asked, but nothing for now"), required=False)

    def __init__(self, *args, words, told=None, **kwargs):
        told = told or {}
        own = {f"own_{kind}": ", ".join(_own(told, kind, words)) for kind in KINDS}
        super().__init__(*args, told=told | own, **kwargs)
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
        # Whoever told something was not asked in vain, whatever else was tapped before.
        nothing = cleaned["nothing"] and not any(told.values())
        return told | {"note": cleaned["note"], "nothing": nothing}


class NextForm(PlainWords, forms.Form):
    """What happens next: another call, with what was promised, or nothing for now."""

    LATER, TOMORROW, WEEK, DAY, NOTHING = "later", "tomorrow", "week", "day", "nothing"
    # A field that only one of the buttons needs must not hold the others back.
    use_required_attribute = False

    promise = forms.CharField(
        label=_("What is the call about?"),
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"max_length": _("Make it shorter: it can have 200 characters.")},
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
        widget=forms.DateInput,
        error_messages={
            "invalid": _("Write the day as 2026-11-30."),
            "required": _("Choose the day to call again."),
        },
    )
    clock = forms.TimeField(
        label=_("Time"),
        required=False,
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        error_messages={"invalid": _("Write the time as 17:30.")},
    )

    def __init__(self, *args, at, answers, young=False, no_more=False, **kwargs):
        # Most often it is tomorrow, at an hour that was agreed.
        tomorrow = timezone.localdate(at) + timedelta(days=1)
        initial = {"day": tomorrow} | kwargs.pop("initial", {})
        super().__init__(*args, initial=initial, **kwargs)
        self._at = at
        self._until = moments.YOUNG_UNTIL if young else moments.QUIET_FROM
        self.fields["day"].required = not self.is_bound or self.data.get("next") == self.DAY
        if no_more:
            self._keep(lambda way: way == self.NOTHING)
        elif answers.get("outcome") == Attempt.Outcome.CALL_BACK:
            self._keep(lambda way: way != self.NOTHING)

    @property
    def quick(self):
        """The moments one tap chooses; later today only while there is a day left."""
        kept = {self.LATER, self.TOMORROW, self.WEEK}
        later = moments.later_today(self._at, self._until)
        if timezone.localdate(later) != timezone.localdate(self._at):
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
        if cleaned.get("next") == self.DAY and cleaned.get("day"):
            self._check_day(cleaned["day"])
            if not self.errors:
                self._check_clock(cleaned["day"], cleaned.get("clock"))
        return cleaned

    def moment(self):
        """Return the moment to call again from, None for nothing."""
        chosen = self.cleaned_data["next"]
        if chosen == self.NOTHING:
            return None
        if chosen == self.DAY:
            return _moment_of(self.cleaned_data["day"], self.cleaned_data["clock"])
        if chosen == self.LATER:
            return moments.later_today(self._at, self._until)
        if chosen == self.TOMORROW:
            return moments.morning_of(timezone.localdate(self._at) + timedelta(days=1))
        return moments.next_week(self._at)

    def _check_day(self, day):
        today = timezone.localdate(self._at)
        if day < today:
            self.add_error("day", _("That day has passed. Choose today or a later day."))
        elif day > today + FURTHEST:
            self.add_error("day", _("Choose a day within a year."))

    def _check_clock(self, day, clock):
        moment = _moment_of(day, clock)
        if moment <= self._at:
            self.add_error("clock", _("Choose a time later than now, or another day."))
        elif moments.is_quiet(moment, self._until):
            hours = {"first": moments.QUIET_TO, "last": self._until}
            self.add_error(
                "clock", _("Choose a time between %(first)d and %(last)d o’clock.") % hours
            )


class DecisionForm(PlainWords, forms.Form):
    """How to go on after three tries."""

    way = forms.ChoiceField(
        choices=[(way, way) for way in ("letter", "written", AGAIN, "not_needed")]
    )

    def closing(self):
        """Return the Call.Closing, None to try again."""
        way = self.cleaned_data["way"]
        return None if way == AGAIN else way


class KeysField(forms.MultipleChoiceField):
    """Keys of rows, as the boxes of a list hold them."""

    def valid_value(self, value):
        return value.isdecimal() and len(value) <= LONGEST_KEY


class ShareForm(PlainWords, forms.Form):
    """Which calls go to whom. A call that was closed meanwhile is passed over."""

    to = forms.ChoiceField()
    call = KeysField(
        label="",
        error_messages={
            "required": _("Select the calls to move first."),
            "invalid_choice": _("Some of those calls are not here any more. Select again."),
        },
    )

    def __init__(self, *args, people, calls, **kwargs):
        super().__init__(*args, **kwargs)
        named = [(str(person.pk), person.name) for person in people]
        self.fields["to"].choices = [("shared", ""), *named]
        self._calls = calls

    def clean_call(self):
        return list(self._calls.filter(pk__in=self.cleaned_data["call"]))


def _moment_of(day, clock):
    if clock is None:
        return moments.morning_of(day)
    return timezone.make_aware(datetime.combine(day, clock))


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
