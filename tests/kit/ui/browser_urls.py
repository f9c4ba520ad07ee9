"""A few pages for the browser, with nothing behind them."""

from django import forms
from django.http import Http404, HttpResponse
from django.urls import path

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


urlpatterns = [
    path("-/trial/", trial, name="trial"),
    path("-/gone/", gone, name="gone"),
    path("-/found/", found, name="found"),
    path("style/", style.style_view, name="style"),
    path("style/<slug:name>/", style.style_view, name="style-page"),
]

handler404 = errors.not_found
handler500 = errors.broken
