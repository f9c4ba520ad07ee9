"""What is said when a page cannot be shown. None of these pages needs a database or a session."""

from urllib.parse import urlsplit

from django.http import HttpResponse
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

_SECRET = {"csrfmiddlewaretoken", "password", "code", "token", "otp"}


def bad_request(_request, exception):
    """The page that says that the address or form could not be understood."""
    return _said(400)


def forbidden(_request, exception):
    """The page that says that this may not be done."""
    return _said(403)


def not_found(_request, exception):
    """The page that says what to do when a page does not exist, or not for this reader."""
    return _said(404)


def not_like_this():
    """The page for an address that only takes what a form sends, and was opened without one."""
    return _said(405)


def broken(_request):
    """The page that says that the fault is ours."""
    return _said(500)


def busy(_request):
    """The page shown while Krets is being looked after."""
    response = _said(503)
    response["Retry-After"] = "120"
    return response


def stale(request, *, typed, changes, address, back, rest=None, also=(), is_own=False):
    """The page for the second of two writers: what the first changed, and what was typed here.

    `changes` are (label, theirs, yours); `typed` the fields to send again to `address`, and `rest`
    those where theirs stay, if anything else was typed, in the fields called `also`; with `is_own`
    the first writer was the same person in another window.
    """
    context = {"changes": changes, "typed": _pairs(typed), "address": address, "back": back}
    context |= {"rest": _pairs(rest) if rest else None, "also": also, "is_own": is_own}
    return render(request, "ui/errors/stale.html", context, status=409)


def csrf_failure(request, reason=""):
    """The page for a form that was open too long: keeps what was typed, to be sent once more.

    htmx leaves the page as it is; with the token `<trouble-teller>` sends the form once more.
    """
    ours = _is_our_own(request)
    if ours and "HX-Request" in request.headers:
        return HttpResponse(status=403, headers={"Krets-Token": get_token(request)})
    context = _typed(request) if ours else {}
    return HttpResponse(render_to_string("ui/errors/csrf.html", context), status=403)


def holds_answers(request):
    """Return whether something was sent that would be lost if the page were left for another."""
    return request.method == "POST" and bool(_pairs(request.POST) or request.FILES)


def signed_out(request, *, sign_in):
    """The page for whoever sent a form after the session was over: keeps what was typed.

    It stays in the page alone, for the one who sits there; `sign_in` is where to come in again.
    """
    context = _typed(request) | {"sign_in": sign_in}
    return HttpResponse(render_to_string("ui/errors/signed_out.html", context), status=403)


def _typed(request):
    typed = _pairs(request.POST)
    return {
        "typed": typed,
        "words": [value for _name, value in typed if len(value) > len("2026-01-01")],
        "files": bool(request.FILES),
        "address": request.get_full_path(),
        "csrf_token": get_token(request),
    }


def _said(status):
    try:
        words = render_to_string(f"ui/errors/{status}.html")
    except Exception:  # noqa: BLE001 -- the last page of all must not fail for want of a file
        words = _("Something went wrong on our side. Try again in a moment.")
    return HttpResponse(words, status=status)


def _is_our_own(request):
    # A form on somebody else's page must not be one tap from being sent in our name.
    if request.headers.get("Sec-Fetch-Site"):
        return request.headers["Sec-Fetch-Site"] == "same-origin"
    return urlsplit(request.headers.get("Origin", "")).netloc == request.get_host()


def _pairs(data):
    lists = data.lists() if hasattr(data, "lists") else ((key, [data[key]]) for key in data)
    return [
        (name, str(value))
        for name, values in lists
        if name.lower() not in _SECRET
        for value in values
    ]
