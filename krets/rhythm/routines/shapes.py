"""Numbers of a routine that people know by another shape: a day of the year, a month."""

from datetime import date

from django import forms
from django.utils.translation import gettext_lazy as _

from krets.kit.ui.days import written as written_day

DAY, MONTH = "day", "month"
LEAP_YEAR = 2024


def in_words(shape, number):
    """Return the number as one says it: 815 as "15 August", 10 as "October", 7 as "7"."""
    if shape == DAY:
        month, day = divmod(number, 100)
        return written_day(date(LEAP_YEAR, month, day), "j F")
    return month_name(number) if shape == MONTH else str(number)


def month_name(number):
    return written_day(date(LEAP_YEAR, number, 1), "F")


def field_of(shape, *, label, default, floor, ceiling):
    """Return the form field for a number of the shape, within its bounds."""
    if shape == DAY:
        return DayOfYearField(label=label, floor=floor, ceiling=ceiling)
    if shape == MONTH:
        return forms.TypedChoiceField(
            label=label, coerce=int, choices=_months(range(floor, ceiling + 1))
        )
    return forms.IntegerField(
        label=label,
        help_text=_("Usually %(default)d. You can choose %(floor)d to %(ceiling)d.")
        % {"floor": floor, "ceiling": ceiling, "default": default},
        min_value=floor,
        max_value=ceiling,
    )


class DayOfYearWidget(forms.MultiWidget):
    """A day and a month, each to choose."""

    use_fieldset = True

    def decompress(self, value):
        return [] if value is None else [value % 100, value // 100]


class DayOfYearField(forms.MultiValueField):
    """A day of the year as one number, month and day: 815 is 15 August."""

    def __init__(self, *, floor, ceiling, **kwargs):
        self.floor, self.ceiling = floor, ceiling
        days = [(day, str(day)) for day in range(1, 32)]
        months = _months(range(floor // 100, ceiling // 100 + 1))
        fields = [forms.TypedChoiceField(choices=choices, coerce=int) for choices in (days, months)]
        widget = DayOfYearWidget(
            [
                forms.Select({"aria-label": _("Day")}, choices=days),
                forms.Select({"aria-label": _("Month")}, choices=months),
            ]
        )
        super().__init__(fields, widget=widget, **kwargs)

    def compress(self, data_list):
        day, month = data_list
        try:
            date(LEAP_YEAR, month, day)
        except ValueError as no_such_day:
            raise forms.ValidationError(
                _("There is no such day. Choose another day or month.")
            ) from no_such_day
        number = month * 100 + day
        if not self.floor <= number <= self.ceiling:
            raise forms.ValidationError(
                _("Choose a day from %(floor)s to %(ceiling)s.")
                % {"floor": in_words(DAY, self.floor), "ceiling": in_words(DAY, self.ceiling)}
            )
        return number


def _months(numbers):
    # Asked for each time: the names follow the reader's language.
    return [(number, month_name(number)) for number in numbers]
