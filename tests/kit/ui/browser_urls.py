"""A few pages for the browser, with nothing behind them."""

from django import forms
from django.http import Http404, HttpResponse
from django.urls import path
from django.views.decorators.csrf import csrf_exempt

from krets.kit.ui import errors, style
from krets.kit.ui.forms import PlainWords
from krets.kit.ui.responses import done, respond


class NameForm(PlainWords, forms.Form):
    name = forms.CharField(label="Name")


def trial(request):
    form = NameForm(request.POST or None)
    if form.is_valid():
        return done(
            request,
            to="/-/trial/",
            fragment="trial.html#form",
            context={"form": NameForm(), "said": form.cleaned_data["name"]},
            message="It is saved.",
            undo="/-/trial/",
        )
    return respond(request, "trial.html", {"form": form}, fragment="form")


def gone(_request):
    raise Http404


def found(request):
    return HttpResponse(f'<ul id="found"><li>{len(request.POST["words"])} letters</li></ul>')


def signed_out(_request):
    return HttpResponse(status=401)


@csrf_exempt
def renewing(request):
    """Refuse the token of a page from before one signed in anew, and take the fresh one."""
    if request.POST["csrfmiddlewaretoken"] != "fresh":
        return HttpResponse(status=403, headers={"Krets-Token": "fresh"})
    return HttpResponse(f'<p id="sent">{request.POST["words"]}</p>')


urlpatterns = [
    path("healthz", lambda _request: HttpResponse(), name="healthz"),
    path("-/out/", signed_out, name="out"),
    path("-/renewing/", renewing, name="renewing"),
    path("-/trial/", trial, name="trial"),
    path("-/gone/", gone, name="gone"),
    path("-/found/", found, name="found"),
    path("style/", style.style_view, name="style"),
    path("style/<slug:name>/", style.style_view, name="style-page"),
]

handler404 = errors.not_found
handler500 = errors.broken
