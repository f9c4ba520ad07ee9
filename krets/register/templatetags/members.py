"""How details of people are written on pages."""

from django import template
from django.utils.html import escape
from django.utils.safestring import mark_safe

register = template.Library()


@register.filter
def veiled(address):
    """Write of an e-mail address what tells it from others: its first letter and its host."""
    name, at, host = address.rpartition("@")
    return f"{name[:1]}…{at}{host}" if at else ""


@register.filter
def broken(text):
    """Let a long address turn the line at its signs, so that no page scrolls sideways."""
    escaped = escape(text)
    for sign in ("@", ".", "_"):
        escaped = escaped.replace(sign, f"<wbr>{sign}")
    return mark_safe(escaped)  # noqa: S308 -- escaped above; only <wbr> is added
