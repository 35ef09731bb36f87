"""Requests that Schemathesis makes up from the contract: nothing breaks, each answer is as the contract says, and nothing of
another brand is among them. `make soak` makes up many times more."""

import json
import os
import re
import time
from collections.abc import Callable, Iterator
from itertools import chain
from pathlib import Path

import hypothesis
import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from hypothesis import HealthCheck
from schemathesis import checks

from brands import webhooks
from brands.models import Brand, Membership, Platform, Role, Scope, User
from brands.tests.api_client import token_of
from smmplanner.api import schema
from smmplanner.tests.foreign import state_of
from smmplanner.tests.hostile import TRACE

pytestmark = pytest.mark.once

FOREIGN = "zarafshon-secret"
CHECKS = (
    checks.not_a_server_error,
    checks.status_code_conformance,
    checks.content_type_conformance,
    checks.response_schema_conformance,
    checks.response_headers_conformance,
)
SOAK = int(os.environ.get("SOAK", "0"))
EXAMPLES = 6 * max(SOAK, 1)


def fill(brand: Brand, word: str, author: User) -> None:
    """A row of everything that the API tells of."""
    channel = brand.channels.create(platform=Platform.objects.get(slug="telegram"), handle=word)
    start = brand.today()
    strategy = brand.strategies.create(name=word, summary=word, start=start, end=start.replace(year=start.year + 1))
    goal = strategy.goals.create(goal_type="sales", text=word)
    goal.targets.create(metric="leads", value=5).channels.add(channel)
    post = brand.posts.create(title=word, text=word, strategy=strategy, state="approved", created_by=author)
    brand.publications.create(post=post, channel=channel, at="2030-01-01T00:00:00Z")
    post.comments.create(author=author, text=word, visible_to_client=True)
    brand.observations.create(channel=channel, measure="likes", start=start, end=start, value=7)
    brand.kpi_values.create(
        kpi="engagement_rate_reach", channel=channel, period="month", start=start, end=start, status="MISSING_INPUT",
        inputs={"interactions": "1", "reach": None}, computed_at="2026-01-01T00:00:00Z",
    )  # fmt: skip


@pytest.fixture
def kept_connection() -> Iterator[None]:
    """A server lets go of its connection between requests; the test's transaction lives in it."""
    signals = (request_started, request_finished)
    for signal in signals:
        signal.disconnect(close_old_connections)
    yield
    for signal in signals:
        signal.connect(close_old_connections)


@pytest.fixture
def secrets(db, kept_connection, settings) -> dict[str, str]:
    # Or nearly every answer would be 429.
    settings.API_REQUESTS_PER_MINUTE = 1_000_000
    brand = Brand.objects.create(name="Atlas", slug="atlas")
    found = {}
    for role in Role:
        user = User.objects.create_user(f"{role.name}@example.uz", name=role.label)
        Membership.objects.create(brand=brand, user=user, role=role)
        found[role.name.lower()] = token_of(user, brand)
    found["reader"] = token_of(user, brand, [Scope.READ], "Reads")
    found["nobody"] = ""
    other = Brand.objects.create(name=FOREIGN, slug=FOREIGN)
    # Numbers of both: a row of the other brand is met by chance, too.
    for number in range(3):
        fill(brand, f"atlas{number}", user)
        fill(other, f"{FOREIGN}{number}", user)
    return found


def loaded():
    return schemathesis.openapi.from_dict(schema())


OPERATIONS = [operation.ok() for operation in loaded().get_all_operations()]


def likely(operation, case, brand: str, numbers: list[int], pick: Callable) -> None:
    """Mostly the brand that is there and rows that are: else nearly everything would be 404."""
    if case.path_parameters and "brand" in case.path_parameters:
        case.path_parameters["brand"] = pick([brand, brand, brand, FOREIGN])
    for name in set(case.path_parameters or {}) & {"post", "publication", "strategy", "channel"}:
        case.path_parameters[name] = pick(numbers)


# A token of each role with every scope, one with a single scope, and none; in CI the roles do.
WHO = [*(role.name.lower() for role in Role), *(["reader", "nobody"] if SOAK else [])]


@pytest.mark.parametrize("who", WHO)
@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda operation: operation.label)
def test_whatever_is_asked_the_contract_holds(operation, who, secrets, tally):
    application = get_wsgi_application()
    other, headers = Brand.objects.get(slug=FOREIGN), {"Authorization": f"Bearer {secrets[who]}"} if secrets[who] else {}
    before = state_of(other)
    numbers = sorted({pk for name in ("posts", "publications", "strategies", "channels") for pk in every(name)})

    @hypothesis.settings(
        max_examples=EXAMPLES, deadline=None, derandomize=not SOAK, database=None, suppress_health_check=list(HealthCheck)
    )
    @hypothesis.given(case=operation.as_strategy(), data=hypothesis.strategies.data())
    def ask(case, data) -> None:
        likely(operation, case, "atlas", numbers, lambda those: data.draw(hypothesis.strategies.sampled_from(those)))
        answer = case.call(app=application, headers=headers)
        tally.note(answer.status_code)
        case.validate_response(answer, checks=CHECKS, headers=headers)
        if answer.status_code >= 400:
            assert (
                answer.headers["content-type"] == ["application/problem+json"] and answer.json()["status"] == answer.status_code
            )
        foreign = FOREIGN in answer.text.replace(f"/brands/{FOREIGN}", "")
        tally.foreign += foreign
        assert not foreign and not TRACE.search(answer.text)
        assert "set-cookie" not in {name.lower() for name in answer.headers}

    ask()
    assert state_of(other) == before, "rows of the other brand have changed"


def every(name: str):
    return chain.from_iterable(getattr(brand, name).values_list("pk", flat=True) for brand in Brand.objects.all())


def test_the_contract_can_be_read_by_everybody():
    text = json.dumps(schema())
    assert "NinjaResponseSchema" not in text
    assert all(
        said["responses"].keys() >= {"401", "404", "429"} for methods in schema()["paths"].values() for said in methods.values()
    )


GUIDE = (Path(__file__).resolve().parents[2] / "docs" / "api.md").read_text()


def test_the_guide_names_every_operation():
    told = {f"`{method.upper()} {path.removeprefix('/api/v1')}`" for path, said in schema()["paths"].items() for method in said}
    assert not {each for each in told if each not in GUIDE}


def test_the_snippet_of_the_guide_knows_a_genuine_message():
    (snippet,) = re.findall(r"```python\n(.*?)```", GUIDE, re.DOTALL)
    known: dict[str, Callable] = {}
    exec(snippet, known)
    secret, stamp = webhooks.new_secret(), int(time.time())
    signature = webhooks.signature(secret, "msg_1", stamp, '{"type": "test"}')
    headers = {"webhook-id": "msg_1", "webhook-timestamp": str(stamp), "webhook-signature": signature}
    assert known["is_genuine"](secret, headers, b'{"type": "test"}')
    assert not known["is_genuine"](secret, headers, b'{"type": "tset"}')
    assert not known["is_genuine"](webhooks.new_secret(), headers, b'{"type": "test"}')
    assert not known["is_genuine"](secret, headers | {"webhook-timestamp": str(stamp - 999)}, b'{"type": "test"}')
