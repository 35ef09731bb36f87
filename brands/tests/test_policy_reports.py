"""What browsers report of the security policy: kept once, without secrets, and no way to fill the database."""

import json
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from brands import policy_reports
from brands.models import PolicyReport
from brands.policy_reports import Said

HERE = "http://testserver"


def old(page: str = "/brands/atlas/settings/?tab=x", blocked: str = "https://evil.example/x.js?y", directive="script-src-elem"):
    return {"csp-report": {"document-uri": HERE + page, "effective-directive": directive, "blocked-uri": blocked}}


def new(page: str = "/brands/atlas/settings/", blocked: str = "inline", directive: str = "style-src-attr") -> dict:
    return {"type": "csp-violation", "body": {"documentURL": HERE + page, "effectiveDirective": directive, "blockedURL": blocked}}


def send(said: object, **more) -> int:
    body = said if isinstance(said, bytes) else json.dumps(said)
    # A client that asks for tokens, as browsers meet it.
    return Client(enforce_csrf_checks=True).post("/csp-reports/", body, content_type="application/csp-report", **more).status_code


def rows() -> list[tuple]:
    return list(PolicyReport.objects.order_by("pk").values_list("directive", "blocked", "page", "count"))


def test_a_report_is_kept_by_origin_and_route(db):
    assert send(old()) == 204
    assert rows() == [("script-src-elem", "https://evil.example", "/brands/<slug:brand>/settings/", 1)]


def test_reports_in_the_newer_form_come_several_at_once(db):
    assert send([new(), new(blocked="chrome-extension://abcdef/x.js"), {"type": "deprecation", "body": {}}]) == 204
    assert [row[1] for row in rows()] == ["inline", "chrome-extension:"]


def test_the_same_again_is_counted(db):
    send(old())
    send(old(page="/brands/atlas/settings/?other"))
    (row,) = PolicyReport.objects.all()
    assert row.count == 2 and row.last_at >= row.first_at


def test_a_secret_in_an_address_is_not_kept(db):
    send(old(page="/feeds/very-secret-word.ics"))
    send(old(page="/nowhere/very-secret-word"))
    assert [row[2] for row in rows()] == ["/feeds/<str:secret>.ics", "—"]


@pytest.mark.parametrize(
    "said",
    [
        {"csp-report": {"document-uri": "https://elsewhere.example/", "effective-directive": "img-src", "blocked-uri": "data"}},
        old(directive="made-up"), old(page="@[", blocked="http://["), {}, [], {"csp-report": 7}, [7], [{"type": "csp-violation"}],
    ],
    ids=str,
)  # fmt: skip
def test_what_is_not_about_a_page_of_ours_is_not_kept(db, said):
    assert send(said) == 204
    assert rows() == []


@pytest.mark.parametrize("body", [b"", b"{", b"\xff\xfe", b"[" * 15_000], ids=["nothing", "cut off", "no text", "deep"])
def test_what_is_no_report_is_refused(db, body):
    assert send(body) == 400


def test_a_large_body_is_refused(db):
    assert send(b" " * (policy_reports.LARGEST_BODY + 1)) == 413
    assert rows() == []


def test_a_flood_from_one_address_ends(db):
    answers = [send(old()) for _time in range(policy_reports.MOST_OF_ONE_ADDRESS + 1)]
    assert answers[-2:] == [204, 429]


def test_no_more_than_so_many_rows_come_of_it(db, monkeypatch):
    monkeypatch.setattr(policy_reports, "MOST_ROWS", 2)
    policy_reports.keep([Said("img-src", f"https://{number}.example", "/") for number in range(3)])
    policy_reports.keep([Said("img-src", "https://0.example", "/")])
    assert [row[3] for row in rows()] == [2, 1]


def test_a_month_later_it_is_forgotten(db):
    now = timezone.now()
    policy_reports.keep([Said("img-src", "https://old.example", "/")], now - timedelta(days=31))
    policy_reports.keep([Said("img-src", "https://new.example", "/")], now - timedelta(days=29))
    assert policy_reports.forget_old(now) == 1
    assert [row[1] for row in rows()] == ["https://new.example"]


def test_only_browsers_write_there(client):
    assert client.get("/csp-reports/").status_code == 405


def test_staff_read_it_and_change_nothing(client, person):
    send(old())
    client.force_login(person("admin", is_staff=True, is_superuser=True))
    row = PolicyReport.objects.get()
    assert "https://evil.example" in client.get(reverse("admin:brands_policyreport_changelist")).content.decode()
    url = reverse("admin:brands_policyreport_change", args=[row.pk])
    assert client.get(url).status_code == 200
    assert client.post(url, {"count": 7}).status_code == 403
    assert client.post(reverse("admin:brands_policyreport_delete", args=[row.pk]), {"post": "yes"}).status_code == 403
