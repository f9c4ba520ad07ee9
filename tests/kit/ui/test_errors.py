import pytest
from django.test import RequestFactory
from django.utils import translation

from krets.kit.ui import errors

OURS = {"Sec-Fetch-Site": "same-origin"}


@pytest.mark.parametrize(
    ("answer", "status", "words"),
    [
        (lambda: errors.bad_request(None, exception=None), 400, "Det där förstod vi inte"),
        (lambda: errors.forbidden(None, exception=None), 403, "Fråga ordföranden"),
        (lambda: errors.not_found(None, exception=None), 404, "Här finns inget"),
        (errors.not_like_this, 405, "leta upp formuläret igen"),
        (lambda: errors.broken(None), 500, "Det är inte ditt fel"),
        (lambda: errors.busy(None), 503, "Vi är snart tillbaka"),
    ],
)
def test_each_error_says_what_to_do_without_a_database(answer, status, words):
    with translation.override("sv"):
        response = answer()

    assert response.status_code == status
    assert words in response.content.decode()


def test_the_last_page_of_all_is_words_when_even_templates_fail(settings):
    settings.TEMPLATES = []

    response = errors.broken(None)

    assert response.status_code == 500
    assert response.content


def post(data, **headers):
    return RequestFactory(headers=headers).post("/bjorkvik/members/7/notes/", data)


def test_a_form_that_was_open_too_long_keeps_what_was_typed():
    request = post({"text": "Ring efter <klockan> sex", "tag": ["a", "b"]}, **OURS)

    response = errors.csrf_failure(request)

    assert response.status_code == 403
    page = response.content.decode()
    assert 'name="text" value="Ring efter &lt;klockan&gt; sex"' in page
    assert page.count('name="tag"') == 2
    assert 'action="/bjorkvik/members/7/notes/"' in page
    assert page.count('name="csrfmiddlewaretoken"') == 1


def test_htmx_gets_the_token_to_send_the_form_once_more_with():
    request = post({"text": "Ring efter sex"}, **OURS | {"HX-Request": "true"})

    response = errors.csrf_failure(request)

    assert response.status_code == 403
    assert response["Krets-Token"]
    assert not response.content


def test_a_page_of_somebody_else_gets_no_token():
    response = errors.csrf_failure(post({"text": "Radera alla"}, **{"HX-Request": "true"}))

    assert "Krets-Token" not in response


def test_codes_are_not_kept():
    response = errors.csrf_failure(post({"code": "123456", "password": "hemligt"}, **OURS))

    assert b"123456" not in response.content
    assert b"hemligt" not in response.content


def test_a_field_that_only_sounds_like_a_code_is_kept():
    response = errors.csrf_failure(post({"postal_code": "641 30", "tokens": "3"}, **OURS))

    assert b'name="postal_code" value="641 30"' in response.content
    assert b'name="tokens" value="3"' in response.content


def test_whoever_sends_a_form_after_the_session_loses_nothing():
    request = post({"text": "Ring efter <klockan> sex", "code": "123456"})

    response = errors.signed_out(request, sign_in="/-/sign-in/?next=/")

    page = response.content.decode()
    assert response.status_code == 403
    assert 'name="text" value="Ring efter &lt;klockan&gt; sex"' in page
    assert 'action="/bjorkvik/members/7/notes/"' in page
    assert 'href="/-/sign-in/?next=/" target="_blank"' in page
    assert "123456" not in page


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Sec-Fetch-Site": "cross-site"},
        {"Origin": "https://elsewhere.example"},
        {"Origin": "null"},
        {"Sec-Fetch-Site": "cross-site", "Origin": "http://testserver"},
    ],
)
def test_a_form_on_someone_elses_page_is_not_kept(headers):
    response = errors.csrf_failure(post({"text": "Radera alla"}, **headers))

    assert b"Radera alla" not in response.content


def test_an_older_browser_is_known_by_its_origin():
    response = errors.csrf_failure(post({"text": "Hej"}, Origin="http://testserver"))

    assert b"Hej" in response.content


def test_the_second_writer_sees_what_changed_and_loses_nothing():
    response = errors.stale(
        post({}),
        typed={"email": "ny@example.se"},
        changes=[("E-post", "annan@example.se", "ny@example.se"), ("Ort", "Björkvik", "Björkvik")],
        address="/bjorkvik/members/7/",
        back="/bjorkvik/members/7/edit/",
    )

    page = response.content.decode()
    assert response.status_code == 409
    assert 'name="email" value="ny@example.se"' in page
    assert "annan@example.se" in page
    assert page.count('data-state="same"') == 1
    assert "Someone else changed this while you were writing" in page


def test_whose_each_value_is_stands_beside_it_where_the_columns_have_no_room():
    response = errors.stale(
        post({}),
        typed={},
        changes=[("E-post", "", "ny@example.se"), ("Ort", "Björkvik", "Björkvik")],
        address="/a/",
        back="/b/",
    )

    page = response.content.decode()
    assert '<div class="lines"><table class="pair__table">' in page
    assert '<td data-who="Now"><span>–</span></td>' in page
    assert '<td data-who="You"><span>ny@example.se</span></td>' in page
    assert '<td data-who="Both"><span>Björkvik</span></td>' in page


def test_the_same_writer_in_another_window_is_not_called_somebody_else():
    response = errors.stale(post({}), typed={}, changes=[], address="/a/", back="/b/", is_own=True)

    page = response.content.decode()
    assert "You have changed this in another window" in page
    assert "Someone else" not in page
