import brotli
import pytest
from django.http import HttpResponse, StreamingHttpResponse
from django.test import RequestFactory

from krets.kit.ui.middleware import CompressPages, PageHeaders

PAGE = "<p>Hej på er alla</p>" * 100


def answered(middleware, response, accept="gzip, br"):
    request = RequestFactory(headers={"Accept-Encoding": accept}).get("/")
    return middleware(lambda _request: response)(request)


def test_pages_are_not_kept_by_a_shared_computer():
    answer = answered(PageHeaders, HttpResponse("hej"))

    assert answer["Cache-Control"] == "no-store, private"
    assert "camera=()" in answer["Permissions-Policy"]


def test_files_may_be_kept():
    answer = answered(PageHeaders, HttpResponse("{}", content_type="text/css"))

    assert "Cache-Control" not in answer


def test_a_page_is_sent_smaller_and_reads_the_same():
    answer = answered(CompressPages, HttpResponse(PAGE))

    assert answer["Content-Encoding"] == "br"
    assert answer["Content-Length"] == str(len(answer.content))
    assert answer["Vary"] == "Accept-Encoding"
    assert brotli.decompress(answer.content).decode().startswith(PAGE + "<!--")


def test_the_length_of_a_page_is_never_quite_the_same():
    lengths = {len(answered(CompressPages, HttpResponse(PAGE)).content) for _ in range(40)}

    assert len(lengths) > 1


@pytest.mark.parametrize(
    ("response", "accept"),
    [
        (HttpResponse(PAGE), "gzip"),
        (HttpResponse("hej"), "br"),
        (HttpResponse(PAGE, content_type="text/css"), "br"),
        (StreamingHttpResponse([PAGE]), "br"),
        (HttpResponse(PAGE, headers={"Content-Encoding": "gzip"}), "br"),
    ],
)
def test_what_need_not_be_compressed_is_left_alone(response, accept):
    answer = answered(CompressPages, response, accept)

    assert answer.get("Content-Encoding") != "br"


def test_the_address_of_a_form_says_what_to_do_when_it_is_opened(client, cast):
    client.force_login(cast.siv.account)

    answer = client.get(f"/bjorkvik/register/members/{cast.cecilia.pk}/notes/")

    assert answer.status_code == 405
    assert "find the form again" in answer.content.decode()
