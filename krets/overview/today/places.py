"""What the navigation says of Today."""

from django.utils import timezone

from krets.overview.today.queries import number_waiting


def todos_waiting(request):
    """Return how many to-dos wait, or None; the page Today has counted them already."""
    number = getattr(request, "todos_waiting", None)
    if number is None:
        number = number_waiting(request.viewer, timezone.localdate())
    return number or None
