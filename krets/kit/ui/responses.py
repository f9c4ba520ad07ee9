"""Answering htmx and plain browsers from the same view."""

from http import HTTPStatus

from django.contrib.messages import get_messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils.cache import patch_vary_headers

from krets.kit.ui import flash
from krets.kit.ui.links import link


def respond(request, template, context, *, fragment=None, status=None):
    """Render the whole page, or only its fragment when htmx asked; 422 for a refused form."""
    name = f"{template}#{fragment}" if fragment and wants_fragment(request) else template
    form = context.get("form")
    refused = form is not None and form.is_bound and not form.is_valid()
    status = status or (HTTPStatus.UNPROCESSABLE_ENTITY if refused else HTTPStatus.OK)
    response = render(request, name, context, status=status)
    return _for_both(request, response, partial=name != template)


def done(request, *, to, args=(), fragment=None, context=None, message=None, undo=None):
    """After a write: swap the fragment for htmx, redirect everyone else.

    `to` is the name of a page in the unit, or an address that begins with a slash. `message` is
    said on the next page or beside the fragment; `undo` is the address that takes it back.
    """
    if message:
        flash.tell(request, message, undo=undo)
    address = to if to.startswith("/") else link(request, to, *args)
    if not request.htmx:
        return _for_both(request, redirect(address), partial=False)
    if fragment and wants_fragment(request):
        return _for_both(request, render(request, fragment, context), partial=True)
    # fetch would follow a redirect silently and put a whole page into the target.
    return _for_both(request, HttpResponse(status=204, headers={"HX-Redirect": address}))


def wants_fragment(request):
    """Say whether htmx asked for a piece; a restored or whole page must be answered whole."""
    headers = request.headers
    return (
        bool(request.htmx)
        and not request.htmx.history_restore_request
        and headers.get("HX-Request-Type") != "full"
    )


def _for_both(request, response, *, partial=False):
    patch_vary_headers(response, ["HX-Request"])
    refused = response.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    if partial and (refused or len(get_messages(request))):
        # The one out-of-band swap: what just happened is said at the top of the page. When
        # something was refused, that an earlier save went well is said no longer.
        response.content += render_to_string("ui/flashes.html", request=request).encode()
    return response
