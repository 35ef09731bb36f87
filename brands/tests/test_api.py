"""The door of the API, and what every answer of it has in common."""

import json
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from brands import api_tokens
from brands.models import ApiToken, AuditEntry, Brand, Role, Scope
from brands.tests.api_client import Program, token_of


@pytest.fixture
def program(brand):
    return lambda user, *scopes: Program(user, brand, scopes or tuple(Scope))


def test_a_token_reads_its_brand(program, viewer, brand):
    answer = program(viewer).get("")
    assert answer.status_code == 200
    assert answer.json()["slug"] == brand.slug
    assert answer.json()["your_role"] == "viewer"


def test_a_token_is_of_one_brand_even_where_its_owner_has_two(program, lead, brand):
    other = Brand.objects.create(name="Somsa", slug="somsa")
    other.memberships.create(user=lead, role=Role.LEAD)
    assert [each["slug"] for each in program(lead).get("/api/v1/brands").json()["items"]] == ["atlas"]
    assert program(lead).get("/api/v1/brands/somsa").status_code == 404


def test_the_secret_is_kept_nowhere(lead, brand):
    secret = token_of(lead, brand)
    row = ApiToken.objects.get()
    assert secret.startswith("smm_")
    assert secret not in json.dumps(list(ApiToken.objects.values()), default=str)
    assert row.beginning == secret[:10]


@pytest.mark.parametrize("spoil", ["revoke", "expire", "leave", "deactivate"])
def test_a_token_ends_with_what_it_stands_on(program, lead, marketer, brand, spoil):
    asking = program(marketer)
    token = ApiToken.objects.get()
    if spoil == "revoke":
        assert api_tokens.revoke(token)
        assert not api_tokens.revoke(token)
    elif spoil == "expire":
        ApiToken.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    elif spoil == "leave":
        marketer.memberships.get().leave()
    else:
        type(marketer).objects.filter(pk=marketer.pk).update(is_active=False)
    answer = asking.get("")
    assert answer.status_code == 401
    assert answer["WWW-Authenticate"] == "Bearer"


def test_a_token_has_the_role_that_its_owner_has_now(program, lead, marketer):
    asking = program(marketer)
    assert asking.post("posts", {}).status_code == 422
    marketer.memberships.get().change_role(Role.VIEWER)
    assert asking.post("posts", {}).status_code == 403


def test_a_token_does_no_more_than_its_scopes_say(program, lead):
    assert program(lead, Scope.READ).post("posts", {}).status_code == 403
    assert program(lead, Scope.POSTS).get("posts").status_code == 403


def test_a_signed_in_browser_opens_nothing(as_user, lead, brand):
    client = as_user(lead)
    assert client.get(f"/api/v1/brands/{brand.slug}").status_code == 401
    assert client.post(f"/api/v1/brands/{brand.slug}/posts", "{}", "application/json").status_code == 401


@pytest.mark.parametrize("header", ["", "Bearer", "Bearer x", "Basic eDp4", "Bearer smm_" + "a" * 43, "Bearer \udce4"])
def test_no_working_token_is_401(db, header):
    answer = Client(headers={"Authorization": header}).get("/api/v1/brands")
    assert answer.status_code == 401
    assert answer.json()["status"] == 401


def test_use_is_noted_once_a_minute(program, lead, django_assert_num_queries):
    asking = program(lead)
    asking.get("")
    first = ApiToken.objects.get().last_used_at
    asking.get("")
    assert ApiToken.objects.get().last_used_at == first
    ApiToken.objects.update(last_used_at=first - timedelta(minutes=2))
    asking.get("")
    assert ApiToken.objects.get().last_used_at >= first


def test_making_and_taking_back_stand_in_the_audit_log(program, lead, brand):
    program(lead)
    api_tokens.revoke(ApiToken.objects.get())
    assert [*AuditEntry.objects.filter(brand=brand).order_by("pk").values_list("act", flat=True)] == [
        "api_token_made",
        "api_token_revoked",
    ]


# --- errors


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/api/v1/nothing", 404),
        ("GET", "nothing", 404),
        ("GET", "channels/99999999", 404),
        ("GET", "channels/99999999999999999999999999", 404),
        ("GET", "channels/word", 404),
        ("DELETE", "posts", 405),
        ("PUT", "posts/1", 405),
        ("HEAD", "", 405),
        ("GET", "posts?limit=0", 422),
        ("GET", "posts?limit=201", 422),
        ("GET", "posts?cursor=wrong", 422),
        ("GET", "posts?cursor=%00", 422),
        ("GET", "posts?state=eaten", 422),
        ("PATCH", "posts/1", 428),
    ],
)
def test_each_error_is_a_problem(program, lead, method, path, status):
    body = {} if method == "PATCH" else None
    assert program(lead).ask(method, path, body).status_code == status


def test_an_error_of_the_contract_names_its_place(program, lead):
    answer = program(lead).post("posts", {"channels": [{"channel": 1, "at": "someday"}], "colour": "red"})
    assert {error["pointer"] for error in answer.json()["errors"]} == {"/channels/0/at", "/colour"}


@pytest.mark.parametrize(
    ("body", "kind", "status"),
    [
        ("{", "application/json", 400),
        ("NaN", "application/json", 400),
        ("[" * 100_000, "application/json", 400),
        ("1" * 5_000, "application/json", 400),
        (b"\xff\xfe\x00", "application/json", 400),
        ("[]", "application/json", 422),
        ("null", "application/json", 422),
        ('{"title": "\\ud800"}', "application/json", 422),
        ('{"title": "\\u0000"}', "application/json", 422),
        ("{}", "text/plain", 415),
        ("title=x", "application/x-www-form-urlencoded", 415),
        ("{}", "application/json; charset=utf-16", 415),
        (" " * 2_100_000, "application/json", 413),
    ],
)
def test_a_body_that_cannot_be_read_is_refused(program, lead, body, kind, status):
    asking = program(lead)
    address = f"/api/v1/brands/{asking.brand.slug}/posts"
    headers = {"Authorization": f"Bearer {asking.secret}"}
    answer = asking.client.generic("POST", address, body, kind, headers=headers)
    assert answer.status_code == status
    assert answer["Content-Type"] == "application/problem+json"


def test_what_breaks_on_our_side_is_a_problem_too(program, lead, monkeypatch, caplog):
    def broken(*_args) -> None:
        raise RuntimeError("secret words")

    monkeypatch.setattr("brands.api._brand", broken)
    answer = program(lead).get("")
    assert answer.status_code == 500
    assert b"secret words" not in answer.content


# --- pages


def test_pages_follow_each_other_without_a_gap(program, lead, add_channel):
    made = [add_channel(handle=f"atlas{number}").pk for number in range(5)]
    asking, found, address = program(lead), [], "channels?limit=2"
    while address:
        answer = asking.get(address).json()
        found += [row["id"] for row in answer["items"]]
        address = answer["next"] and answer["next"].removeprefix("http://testserver")
    assert found == made


@pytest.mark.parametrize("count", [1, 3])
def test_a_list_takes_the_same_number_of_queries(program, lead, add_channel, django_assert_num_queries, count):
    for number in range(count):
        add_channel(handle=f"atlas{number}")
    asking = program(lead)
    asking.get("channels")
    with django_assert_num_queries(3):
        assert len(asking.get("channels").json()["items"]) == count


# --- tags


def test_what_did_not_change_is_not_sent_again(program, lead, brand):
    asking = program(lead)
    tag = asking.tag("")
    answer = asking.get("", If_None_Match=tag)
    assert (answer.status_code, answer.content, answer["ETag"]) == (304, b"", tag)
    Brand.objects.update(name="Atlas")
    assert asking.get("", If_None_Match=tag).status_code == 200


def test_answers_are_kept_by_nobody_on_the_way(program, lead):
    answer = program(lead).get("")
    assert answer["Cache-Control"] == "private, no-cache"
    assert "Authorization" in answer["Vary"]
    assert program(lead).get("nothing")["Cache-Control"] == "no-store"


def test_compression_leaves_the_tag_strong(program, lead, add_channel):
    for number in range(20):
        add_channel(handle=f"atlas{number}")
    answer = program(lead).get("channels", Accept_Encoding="gzip")
    assert answer["ETag"].startswith('"')


# --- limits


def test_too_many_requests_are_told_when_to_come_again(program, lead, settings):
    settings.API_REQUESTS_PER_MINUTE = 2
    asking = program(lead)
    assert [asking.get("").get("RateLimit-Remaining") for _time in range(2)] == ["1", "0"]
    answer = asking.get("")
    assert answer.status_code == 429
    assert 1 <= int(answer["Retry-After"]) <= 60
    assert answer["RateLimit-Limit"] == "2"


def test_one_token_does_not_use_up_another(program, lead, settings):
    settings.API_REQUESTS_PER_MINUTE = 1
    program(lead).get("")
    assert program(lead).get("").status_code == 200


def test_a_brand_that_asks_for_two_factors_asks_the_owners_of_tokens_too(program, lead, brand):
    asking = program(lead)
    Brand.objects.update(requires_two_factors=True)
    answer = asking.get("")
    assert answer.status_code == 403
    assert "second factor" in answer.json()["detail"]
    lead.authenticator_set.create(type="totp", data={})
    assert asking.get("").status_code == 200
