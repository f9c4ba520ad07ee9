"""The six doors: every route stands behind exactly one. And `find`, the only way to a row."""

from functools import wraps

from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.cache import never_cache

from krets.kit.db import everywhere, unit_scope
from krets.kit.errors import CannotError
from krets.kit.ui import errors
from krets.register.access import tickets
from krets.register.access.viewer import Viewer

OPEN_TO_ALL = frozenset({"home", "sign-in", "sign-out", "set-up", "healthz", "language", "style"})


def page(permission):
    """Let a view in only for viewers with the permission; to all others the page does not exist.

    The view gets `request.unit`, `request.viewer` and `request.scope` (rows and fields for this
    permission). On PostgreSQL it runs in a transaction that sees this unit's rows only. A refusal
    that the view does not take itself is shown on a page of its own.
    """

    def guard(view):
        @never_cache
        @wraps(view)
        def door(request, unit, **kwargs):
            if not request.user.is_authenticated:
                return _to_sign_in(request)
            viewer = Viewer.of(request.user, unit, timezone.localdate())
            if viewer is None or not viewer.may(permission):
                raise Http404
            request.viewer = viewer
            request.unit = viewer.unit
            request.scope = viewer.scope(permission)
            try:
                with unit_scope([viewer.unit.pk]):
                    return view(request, **kwargs)
            except CannotError as refusal:
                return _refused(request, refusal)

        door.door = "page"
        door.permission = permission
        return door

    return guard


def _to_sign_in(request):
    if not request.htmx:
        if errors.holds_answers(request):
            # Coming back here by a redirect would lose what was typed.
            return errors.signed_out(request, sign_in=redirect_to_login("/").url)
        return redirect_to_login(request.path)
    if request.method == "POST":
        # The page stays as it is, with what is typed in it: `<trouble-teller>` says what to do.
        return HttpResponse(status=401)
    # fetch would follow a redirect and put the sign-in page into a corner of this one.
    back = request.htmx.current_url_abs_path or request.path
    address = redirect_to_login(back).url
    return HttpResponse(status=204, headers={"HX-Redirect": address})


def _refused(request, refusal):
    status = getattr(refusal, "status", 409)
    return render(request, "register/access/cannot.html", {"refusal": refusal}, status=status)


def public(view):
    """A page of published rows for anyone; it never reads the session."""

    @wraps(view)
    def door(request, unit, **kwargs):
        from krets.register.organisation.models import Unit  # noqa: PLC0415 -- loads later

        request.unit = get_object_or_404(Unit.objects.associations(), slug=unit)
        with unit_scope([request.unit.pk]):
            return view(request, **kwargs)

    door.door = "public"
    return door


def own(view):
    """A page about oneself: only rows of the account's own persons (`request.persons`)."""

    @never_cache
    @wraps(view)
    def door(request, **kwargs):
        if not request.user.is_authenticated:
            return _to_sign_in(request)
        request.persons = list(request.user.persons.select_related("unit").order_by("pk"))
        with unit_scope([person.unit_id for person in request.persons]):
            return view(request, **kwargs)

    door.door = "own"
    return door


def ticket(purpose):
    """A personal link with one purpose. Opening it changes nothing: the view acts on POST only."""

    def guard(view):
        @never_cache
        @wraps(view)
        def door(request, token, **kwargs):
            with everywhere("a ticket names its own unit"):
                request.ticket = tickets.valid(purpose, token, at=timezone.now())
                if request.ticket is None:
                    return render(request, "ui/errors/link_over.html", status=410)
                return view(request, **kwargs)

        door.door = "ticket"
        door.purpose = purpose
        return door

    return guard


def hook(name):
    """A door for other systems that sign what they send. `view.verify(request)` must say yes."""

    def guard(view):
        @wraps(view)
        def door(request, **kwargs):
            if not view.verify(request):
                raise Http404
            return view(request, **kwargs)

        door.door = "hook"
        door.hook = name
        door.csrf_exempt = True
        return door

    return guard


def open_door(name):
    """One of the few pages that need no key, listed by name in OPEN_TO_ALL."""
    if name not in OPEN_TO_ALL:
        raise ValueError(name)

    def guard(view):
        @wraps(view)
        def door(request, **kwargs):
            return view(request, **kwargs)

        door.door = "open"
        door.open_name = name
        return door

    return guard


def find(request, model, pk, *, opened=False):
    """Fetch a row of this page's unit, within what its permission opens. No other rows exist.

    With `opened`, only the columns that the permission's fields open are read.
    """
    rows = model.objects.of(request.unit).within(request.scope)
    return get_object_or_404(rows.opened(request.scope.fields) if opened else rows, pk=pk)
