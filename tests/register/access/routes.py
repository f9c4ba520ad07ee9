"""Every route there is, as the router has it."""

from django.urls import URLPattern, get_resolver


def routes():
    """Return (name, view, argument names) of every route."""
    return sorted(_walk(get_resolver(), [], []), key=lambda route: route[0])


def _walk(resolver, spaces, arguments):
    for pattern in resolver.url_patterns:
        names = [*arguments, *pattern.pattern.converters]
        if isinstance(pattern, URLPattern):
            yield ":".join([*spaces, pattern.name]), pattern.callback, names
        else:
            space = [pattern.namespace] if pattern.namespace else []
            yield from _walk(pattern, [*spaces, *space], names)


def behind(door):
    """Return the routes behind a door."""
    return [route for route in routes() if getattr(route[1], "door", None) == door]
