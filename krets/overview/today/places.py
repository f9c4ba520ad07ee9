"""What the navigation says of Today."""

from django.utils import timezone

from krets.overview.today.queries import things_waiting


def todos_waiting(request):
    """Return how many things wait, or None; the page Today has counted them already."""
    number = getattr(request, "things_waiting", None)
    if number is None:
        number = things_waiting(request.viewer, timezone.now())
    return number or None
