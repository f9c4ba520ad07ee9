"""Links that stay in the unit the page belongs to."""

from django.urls import reverse


def link(request, name, *args):
    """Reverse a name inside the current unit."""
    return reverse(name, args=[request.resolver_match.kwargs["unit"], *args])
