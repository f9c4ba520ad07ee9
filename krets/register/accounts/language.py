"""Which language a page is written in: the account's, else the cookie's, else the browser's."""

from django.conf import settings
from django.utils import translation
from django.utils.translation import get_language_from_request

LANGUAGES = dict(settings.LANGUAGES)


class LanguageMiddleware:
    """Choose the language for the request. The account's choice is in the session."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        language = request.session.get("language") if _has_session(request) else None
        if language not in LANGUAGES:
            language = get_language_from_request(request)
        translation.activate(language if language in LANGUAGES else settings.LANGUAGE_CODE)
        request.LANGUAGE_CODE = translation.get_language()
        response = self.get_response(request)
        response.headers.setdefault("Content-Language", translation.get_language())
        return response


def _has_session(request):
    """Tell whether a session may be read: never on public pages and hooks."""
    first, _slash, rest = request.path_info.lstrip("/").partition("/")
    unread = rest.startswith("public/") or (first == "-" and rest.startswith("hook/"))
    return not unread and settings.SESSION_COOKIE_NAME in request.COOKIES
