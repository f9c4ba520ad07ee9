"""Texts that the database keeps but cannot read: AES-256-GCM with the key outside the database.

Source of the scheme: NIST SP 800-38D. A random 96-bit nonce stands before each sealed text, and the
row's place (table.column) is bound in as associated data, so a text moved elsewhere does not open.
"""

import os

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.db import models

NONCE = 12


def seal(text, *, place):
    """Return the text sealed for its place as bytes; an empty text stays empty."""
    return seal_bytes(text.encode(), place=place) if text else b""


def open_sealed(sealed, *, place):
    """Return the text. Raises InvalidTag when key, place or bytes are not the same."""
    return open_bytes(sealed, place=place).decode() if sealed else ""


def seal_bytes(data, *, place):
    """Return some bytes sealed for their place."""
    nonce = os.urandom(NONCE)
    return nonce + AESGCM(settings.SEAL_KEY).encrypt(nonce, data, place.encode())


def open_bytes(sealed, *, place):
    """Return what was sealed by `seal_bytes`. Raises InvalidTag as `open_sealed` does."""
    sealed = bytes(sealed)
    return AESGCM(settings.SEAL_KEY).decrypt(sealed[:NONCE], sealed[NONCE:], place.encode())


class SealedTextField(models.BinaryField):
    """A text field whose column holds sealed bytes. It cannot be searched or sorted by."""

    def __init__(self, *args, **kwargs):
        kwargs["editable"] = True
        kwargs.setdefault("blank", True)
        super().__init__(*args, **kwargs)

    def deconstruct(self):
        name, path, args, kwargs = super().deconstruct()
        kwargs.pop("editable", None)
        return name, path, args, kwargs

    @property
    def place(self):
        return f"{self.model._meta.db_table}.{self.column}"

    def get_default(self):
        return ""

    def get_db_prep_value(self, value, connection, prepared=False):  # noqa: FBT002 -- Django's
        if isinstance(value, str):
            value = seal(value, place=self.place)
        return super().get_db_prep_value(value, connection, prepared)

    def from_db_value(self, value, expression, connection):
        return None if value is None else open_sealed(value, place=self.place)

    def value_to_string(self, obj):
        return self.value_from_object(obj)

    def to_python(self, value):
        return value
