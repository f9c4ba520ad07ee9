import pytest
from django import forms
from django.template import engines

from krets.kit.ui import flash
from krets.kit.ui.responses import done, respond

pytestmark = pytest.mark.urls("tests.kit.ui.urls")

HTMX = {"HX-Request": "true", "HX-Request-Type": "partial"}
PAGE = "before {% partialdef row inline %}<p id='row'>{{ words }}</p>{% endpartialdef %} after"


class NameForm(forms.Form):
    name = forms.CharField()


@pytest.fixture(autouse=True)
def page(settings):
    loaders = [
        (
            "template_partials.loader.Loader",
            [
                ("django.template.loaders.locmem.Loader", {"trial.html": PAGE}),
                "django.template.loaders.app_directories.Loader",
            ],
        ),
    ]
    engine = {**settings.TEMPLATES[0], "APP_DIRS": False}
    engine["OPTIONS"] = {**engine["OPTIONS"], "loaders": loaders}
    settings.TEMPLATES = [engine]
    yield
    engines._templates = None


def test_a_browser_gets_the_page(ask):
    response = respond(ask(), "trial.html", {"words": "hej"}, fragment="row")

    assert response.content == b"before <p id='row'>hej</p> after"
    assert response["Vary"] == "HX-Request"


def test_htmx_gets_the_fragment(ask):
    response = respond(ask(**HTMX), "trial.html", {"words": "hej"}, fragment="row")

    assert response.content == b"<p id='row'>hej</p>"
    assert response["Vary"] == "HX-Request"


@pytest.mark.parametrize(
    "headers",
    [
        {"HX-Request": "true", "HX-Request-Type": "full"},
        {"HX-Request": "true", "HX-History-Restore-Request": "true"},
    ],
)
def test_htmx_gets_the_page_when_it_wants_all_of_it(ask, headers):
    response = respond(ask(**headers), "trial.html", {"words": "hej"}, fragment="row")

    assert response.content == b"before <p id='row'>hej</p> after"


@pytest.mark.parametrize(
    ("form", "status"), [(NameForm(), 200), (NameForm({}), 422), (NameForm({"name": "Bo"}), 200)]
)
def test_a_refused_form_is_answered_422(ask, form, status):
    assert respond(ask(), "trial.html", {"form": form}).status_code == status


def test_after_a_write_a_browser_is_sent_on(ask):
    request = ask(method="post")

    response = done(request, to="person", args=[7], message="Saved.", undo="/bjorkvik/undo/")

    assert (response.status_code, response["Location"]) == (302, "/bjorkvik/members/7/")
    assert flash.waiting(request) == [
        {"text": "Saved.", "state": "done", "undo": "/bjorkvik/undo/"}
    ]


def test_after_a_write_htmx_is_told_where_to_go(ask):
    response = done(ask(method="post", **HTMX), to="members")

    assert (response.status_code, response["HX-Redirect"]) == (204, "/bjorkvik/members/")


def test_after_a_write_htmx_gets_the_fragment_and_what_happened(ask):
    response = done(
        ask(method="post", **HTMX),
        to="members",
        fragment="trial.html#row",
        context={"words": "ny"},
        message="Bo is <saved>.",
        undo="/bjorkvik/undo/",
    )

    fragment, beside = response.content.decode().split("<hx-partial", 1)
    assert fragment == "<p id='row'>ny</p>"
    assert 'hx-target="#flashes"' in beside
    assert "Bo is &lt;saved&gt;." in beside
    assert 'action="/bjorkvik/undo/"' in beside


def test_a_refused_form_takes_away_that_an_earlier_save_went_well(ask):
    context = {"form": NameForm({}), "words": "fel"}

    response = respond(ask(method="post", **HTMX), "trial.html", context, fragment="row")

    fragment, beside = response.content.decode().split("<hx-partial", 1)
    assert (response.status_code, fragment) == (422, "<p id='row'>fel</p>")
    assert '<div class="flashes" id="flashes" role="status" aria-live="polite"></div>' in beside


def test_nothing_is_said_beside_a_fragment_when_nothing_happened(ask):
    response = done(ask(method="post", **HTMX), to="members", fragment="trial.html#row")

    assert b"hx-partial" not in response.content


@pytest.mark.parametrize("state", ["done", "watch", "fault"])
def test_what_is_told_keeps_its_state(ask, state):
    request = ask()
    flash.tell(request, "So it is.", state=state)

    assert [message["state"] for message in flash.waiting(request)] == [state]
