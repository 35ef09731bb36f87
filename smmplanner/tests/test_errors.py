"""Whatever goes wrong, people get a page that says what happened and where to go."""

import io

import pytest
from django.test import Client
from django.test.client import FakePayload
from django.utils import translation

from brands.models import Brand, Membership, Role
from smmplanner import errors, middleware


@pytest.fixture
def client(settings):
    settings.ROOT_URLCONF = "smmplanner.tests.error_urls"
    return Client(raise_request_exception=False)


def assert_is_our_page(answer, status):
    content = answer.content.decode()
    assert answer.status_code == status
    assert f'<p class="sp-error__code">{status}</p>' in content
    assert "css/tokens.css" in content
    assert "Traceback" not in content


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/nothing/here/", 404),
        ("/fail/suspicious/", 400),
        ("/fail/forbidden/", 403),
        ("/fail/mistake/", 500),
        ("/fail/away/", 503),
        ("/fail/locked/", 503),
        ("/fail/damaged/", 503),
        ("/fail/no-table/", 500),
    ],
)
def test_each_failure_has_its_page_without_any_database(path, status, client):
    # No db mark: a query would fail the test.
    assert_is_our_page(client.get(path), status)


def test_a_refusal_tells_its_reason(client):
    assert "Only the author may do this." in client.get("/fail/explained/").content.decode()


def test_a_database_that_is_away_asks_to_come_back(client):
    assert client.get("/fail/away/")["Retry-After"] == "30"


def test_health_is_503_when_the_database_is_away(client, monkeypatch):
    def away():
        raise errors.OperationalError("connection refused")

    monkeypatch.setattr("smmplanner.health.connection.cursor", away)
    assert client.get("/health/").status_code == 503


def test_health_is_ok_when_the_database_answers(client, db):
    assert client.get("/health/").json() == {"status": "ok"}


def test_a_form_without_its_token_is_explained(settings):
    settings.ROOT_URLCONF = "smmplanner.tests.error_urls"
    answer = Client(enforce_csrf_checks=True).post("/form/")
    assert_is_our_page(answer, 403)
    assert "This form has expired" in answer.content.decode()


def test_form_fields_without_end_are_too_large(client, settings):
    assert_is_our_page(client.post("/form/", {"text": "x" * (settings.DATA_UPLOAD_MAX_MEMORY_SIZE + 1)}), 413)


def test_thousands_of_fields_are_a_bad_request(client):
    assert_is_our_page(client.post("/form/", {f"field{number}": "1" for number in range(1001)}), 400)


def test_a_body_over_the_limit_is_refused_and_read_away(client, settings):
    settings.MAX_BODY_SIZE = 1000
    upload = io.BytesIO(b"x" * 5000)
    upload.name = "big.csv"
    answer = client.post("/form/", {"file": upload})
    assert_is_our_page(answer, 413)
    assert answer["Connection"] == "close"
    assert answer.wsgi_request.read() == b"", "a browser that is still sending shows no answer"


def test_a_body_far_over_the_limit_is_not_even_read(client, settings, monkeypatch):
    settings.MAX_BODY_SIZE = 1000
    monkeypatch.setattr(middleware, "READ_AWAY", 2000)
    payload = FakePayload(b"x" * 5000)
    answer = client.generic("POST", "/form/", **{"wsgi.input": payload, "CONTENT_LENGTH": "5000"})
    assert answer.status_code == 413
    assert len(payload) == 5000


@pytest.mark.parametrize("length", ["", "nonsense", "-5"])
def test_a_strange_content_length_is_no_server_error(length, client):
    assert client.generic("POST", "/form/", CONTENT_LENGTH=length).status_code < 500


def test_a_file_under_the_limit_passes(client):
    upload = io.BytesIO(b"x" * 3_000_000)
    upload.name = "fine.csv"
    assert client.post("/form/", {"file": upload}).content == b"0 fields, 1 files"


def test_a_broken_error_page_still_answers_in_plain_words(client, monkeypatch):
    def broken(*args):
        raise ValueError("Missing staticfiles manifest entry")

    monkeypatch.setattr(errors, "render_to_string", broken)
    answer = client.get("/fail/mistake/")
    assert answer.status_code == 500
    assert b"something broke on our side" in answer.content


@pytest.mark.parametrize("status", [400, 403, 404, 409, 413, 500, 503])
def test_error_pages_follow_the_readers_language(status, rf):
    with translation.override("uz"):
        page = errors._page(rf.get("/"), status).content.decode()
    assert '<html lang="uz"' in page


def test_every_answer_carries_the_strict_policy(client):
    policy = client.get("/nothing/here/")["Content-Security-Policy"]
    directives = dict(part.strip().split(" ", 1) for part in policy.split(";") if part.strip())
    assert directives["script-src"] == directives["style-src"] == directives["default-src"] == "'self'"
    assert directives["frame-ancestors"] == directives["object-src"] == "'none'"
    assert "unsafe" not in policy


def test_every_answer_has_the_protecting_headers(client):
    answer = client.get("/nothing/here/")
    assert answer["X-Frame-Options"] == "DENY"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Referrer-Policy"] == "same-origin"
    assert answer["Cross-Origin-Opener-Policy"] == answer["Cross-Origin-Resource-Policy"] == "same-origin"
    assert "camera=()" in answer["Permissions-Policy"] and "clipboard-write=(self)" in answer["Permissions-Policy"]


def test_what_the_policy_refuses_is_reported_to_us(client):
    answer = client.get("/nothing/here/")
    said = {part.strip() for part in answer["Content-Security-Policy"].split(";")}
    assert {"report-uri /csp-reports/", "report-to csp"} <= said
    assert answer["Reporting-Endpoints"] == 'csp="/csp-reports/"'
    # Without HTTPS, addresses of ours would be made unreachable.
    assert "upgrade-insecure-requests" not in answer["Content-Security-Policy"]


def test_the_address_of_a_form_explains_itself_when_it_is_opened(client, django_user_model, settings):
    settings.ROOT_URLCONF = "smmplanner.urls"
    user = django_user_model.objects.create_user("a@example.com")
    Membership.objects.create(brand=Brand.objects.create(name="Atlas", slug="atlas"), user=user, role=Role.LEAD)
    client.force_login(user)
    answer = client.get("/brands/atlas/settings/team/invite/")
    assert answer.status_code == 405
    assert answer["Allow"] == "POST"
    assert "Only a form leads here" in answer.content.decode()
