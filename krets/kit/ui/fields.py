"""Fields that several features ask for in the same way."""

from typing import ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _


class AddressField(forms.EmailField):
    """The address one signs in with, written as accounts keep it: in small letters."""

    WORDS: ClassVar = {
        "required": _("Write your e-mail address: you sign in with it."),
        "invalid": _("That does not look like an e-mail address. An example: name@example.org"),
    }

    def __init__(self, *, label=None, autofocus=False, error_messages=None, **kwargs):
        attrs = {"autocomplete": "email", "autocapitalize": "none", "spellcheck": "false"}
        super().__init__(
            label=label or _("Your e-mail address"),
            max_length=254,
            widget=forms.EmailInput(attrs=attrs | ({"autofocus": True} if autofocus else {})),
            error_messages=self.WORDS | (error_messages or {}),
            **kwargs,
        )

    def to_python(self, value):
        """Small letters: a phone likes to begin with a capital."""
        return super().to_python(value).lower()
