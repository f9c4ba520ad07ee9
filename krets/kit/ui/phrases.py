"""Labels and phrases that many pages share, written and translated once."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

SAVE = pgettext_lazy("button", "Save")
CANCEL = pgettext_lazy("button", "Cancel")
BACK = pgettext_lazy("button", "Back")
CHANGE = pgettext_lazy("button", "Change")
LATER = pgettext_lazy("button", "Later")
UNDO = pgettext_lazy("button", "Undo")
CLOSE = pgettext_lazy("button", "Close")
COPY = pgettext_lazy("button", "Copy")
COPIED = _("Copied")
NAME_MISSING = _("No name")
NOT_SAID = _("Not stated")
EVERYTHING = pgettext_lazy("filter", "All")
