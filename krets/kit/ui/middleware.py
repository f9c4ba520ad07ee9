"""Headers that belong to every page."""


class PageHeaders:
    """Keep pages out of shared caches and out of the list of what the browser may use."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        response.setdefault("Permissions-Policy", _UNUSED)
        response.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        if response.get("Content-Type", "").startswith("text/html"):
            # Names and numbers must not be found by the next person at a shared computer.
            response.setdefault("Cache-Control", "no-store, private")
        return response


_UNUSED = "camera=(), geolocation=(), microphone=(), payment=(), usb=()"
