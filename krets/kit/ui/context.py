"""What every page knows: where one can go."""

from django.utils.functional import SimpleLazyObject

from krets.kit.ui import navigation as places


def navigation(request):
    """Give templates `navigation`; fragments that do not read it pay nothing."""
    return {"navigation": SimpleLazyObject(lambda: places.shown(request))}
