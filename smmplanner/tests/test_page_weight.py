"""Pages go over the wire small: words compressed, files that were compressed before left as they are."""

import gzip

import pytest
from django.http import HttpResponse
from django.test import RequestFactory

from smmplanner.middleware import CompressWords


def answered(kind: str) -> HttpResponse:
    request = RequestFactory().get("/", headers={"Accept-Encoding": "gzip"})
    return CompressWords(lambda _request: HttpResponse(b"word " * 1000, content_type=kind))(request)


@pytest.mark.parametrize("kind", ["text/html; charset=utf-8", "text/csv", "application/json", "image/svg+xml"])
def test_words_are_compressed(kind):
    response = answered(kind)
    assert response["Content-Encoding"] == "gzip"
    assert len(response.content) < 500
    assert gzip.decompress(response.content) == b"word " * 1000


@pytest.mark.parametrize("kind", ["image/png", "video/mp4", "application/pdf", "application/zip"])
def test_what_is_compressed_already_is_left_alone(kind):
    assert not answered(kind).has_header("Content-Encoding")


@pytest.mark.django_db
def test_pages_are_compressed(client):
    assert client.get("/accounts/login/", headers={"Accept-Encoding": "gzip"})["Content-Encoding"] == "gzip"
