"""Every operation of the API, tried by everybody who should not get in."""

import json
import re
from dataclasses import dataclass
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from brands.models import ApiToken, Brand, Membership, Role, Scope, User
from brands.tests.api_client import token_of
from smmplanner.api import api, schema
from smmplanner.tests.doors import pages

pytestmark = pytest.mark.once


@dataclass(frozen=True)
class Tried:
    method: str
    path: str
    scope: Scope
    role: Role

    def __str__(self) -> str:
        return f"{self.method} {self.path}"

    def address(self, brand: str) -> str:
        words = {"brand": brand, "step": "send", "act": "schedule"}
        return re.sub(r"\{(\w+)\}", lambda match: words.get(match[1], "1"), self.path)


def operations() -> list[Tried]:
    """As the contract names them; what each asks for stands with the view."""
    doors = {}
    for router in api._get_bound_routers():
        for view in router.path_operations.values():
            for operation in view.operations:
                doors[operation.operation_id] = operation.view_func.__wrapped__.door
    return [
        Tried(method.upper(), path, doors[said["operationId"]].scope, doors[said["operationId"]].role)
        for path, methods in schema()["paths"].items()
        for method, said in methods.items()
    ]


OPERATIONS = operations()


def ask(tried: Tried, brand: str, secret: str = "") -> int:
    headers = {"If-Match": "*"} | ({"Authorization": f"Bearer {secret}"} if secret else {})
    body = {} if tried.method == "GET" else {"data": json.dumps({}), "content_type": "application/json"}
    answer = Client().generic(tried.method, tried.address(brand), headers=headers, **body)
    if answer.status_code >= 400:
        assert answer["Content-Type"] == "application/problem+json"
    return answer.status_code


@pytest.fixture
def brand(db) -> Brand:
    return Brand.objects.create(name="Atlas", slug="atlas")


@pytest.fixture
def people(brand) -> dict[Role, User]:
    people = {role: User.objects.create_user(f"{role.name}@example.uz") for role in Role}
    for role, user in people.items():
        Membership.objects.create(brand=brand, user=user, role=role)
    return people


@pytest.fixture
def foreign(db) -> str:
    other = Brand.objects.create(name="Somsa", slug="somsa")
    user = User.objects.create_user("stranger@example.uz")
    Membership.objects.create(brand=other, user=user, role=Role.LEAD)
    return token_of(user, other)


def test_the_walk_finds_every_address_of_the_api():
    routes = {page.route for page in pages("smmplanner.urls") if page.route.startswith("api/v1/")}
    walked = {re.sub(r"\{(\w+)\}", r"<\1>", each.path.lstrip("/")) for each in OPERATIONS}
    assert routes == walked | {"api/v1/openapi.json"}


@pytest.mark.parametrize("tried", OPERATIONS, ids=str)
def test_operation_is_closed(tried, brand, people, foreign):
    lead = people[Role.LEAD]
    revoked, expired = token_of(lead, brand, name="revoked"), token_of(lead, brand, name="expired")
    ApiToken.objects.filter(name="revoked").update(revoked_at=timezone.now())
    ApiToken.objects.filter(name="expired").update(expires_at=timezone.now() - timedelta(seconds=1))
    assert [ask(tried, "atlas", secret) for secret in ("", "smm_x", revoked, expired)] == [401] * 4
    if "{brand}" in tried.path:
        assert ask(tried, "atlas", foreign) == ask(tried, "nowhere", foreign) == 404
    for role, user in people.items():
        status = ask(tried, "atlas", token_of(user, brand))
        if role < tried.role:
            assert status == 403, role
        else:
            # Nothing is there, or the body is empty; but it got in.
            assert status in (200, 404, 422) or (role is Role.VIEWER and tried.path.endswith("{step}")), (role, status)
    lacking = [scope for scope in Scope if scope != tried.scope]
    assert ask(tried, "atlas", token_of(lead, brand, lacking)) == 403


def test_a_step_of_the_team_is_not_for_viewers(brand, people):
    (step,) = [each for each in OPERATIONS if each.path.endswith("{step}")]
    assert ask(step, "atlas", token_of(people[Role.VIEWER], brand)) == 403


def test_the_contract_and_its_page_are_open(db, client):
    assert client.get("/api/v1/openapi.json").json()["openapi"] == "3.1.0"
    page = client.get("/api/").content.decode()
    assert all(f'id="{operation}"' in page for operation in ("list_posts", "push_observations"))
