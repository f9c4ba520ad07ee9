"""Why a step is left out."""

from django import forms
from django.utils.translation import gettext_lazy as _

from krets.kit.ui.forms import PlainWords


class SkipForm(PlainWords, forms.Form):
    """The reason, in a few words."""

    words = forms.CharField(
        label=_("Why is it skipped?"),
        help_text=_("For example: we are neighbours and talk every week."),
        max_length=200,
        error_messages={"required": _("Write in a few words why the step is skipped.")},
    )
