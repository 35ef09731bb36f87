"""The cast of the metrics tests: a brand with an Instagram page, its people, and figures said in one line."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from brands.models import Brand, Channel, Membership, Platform, Role, User
from metrics.models import Observation


@pytest.fixture
def brand(db) -> Brand:
    return Brand.objects.create(name="Atlas", slug="atlas")


@pytest.fixture
def channel_on(brand: Brand) -> Callable[..., Channel]:
    def make(slug: str, handle: str = "atlas") -> Channel:
        platform, _new = Platform.objects.get_or_create(slug=slug, defaults={"name": slug.title(), "media_type": "network"})
        return Channel.objects.create(brand=brand, platform=platform, handle=handle)

    return make


@pytest.fixture
def instagram(channel_on) -> Channel:
    return channel_on("instagram")


@pytest.fixture
def person_in(brand: Brand) -> Callable[[Role], User]:
    def make(role: Role) -> User:
        user = User.objects.create_user(email=f"{role.name.lower()}@example.uz", password="parol")
        Membership.objects.create(brand=brand, user=user, role=role)
        return user

    return make


@pytest.fixture
def marketer(person_in, client) -> User:
    """A marketer of the brand, logged in to `client`."""
    user = person_in(Role.MARKETER)
    client.force_login(user)
    return user


@pytest.fixture
def record(brand: Brand) -> Callable[..., Observation]:
    """record("likes", "2026-01-05", 40, channel=instagram): a figure of a day, or to a later `end`."""

    def make(measure: str, start: str, value: object, *, end: str = "", **owner: object) -> Observation:
        first, last = date.fromisoformat(start), date.fromisoformat(end or start)
        return Observation.objects.create(brand=brand, measure=measure, start=first, end=last, value=Decimal(str(value)), **owner)

    return make


@pytest.fixture
def count_queries() -> Callable[..., int]:
    """How many queries a page takes; the page must be there."""

    def count(client, url: str) -> int:
        with CaptureQueriesContext(connection) as captured:
            assert client.get(url).status_code == 200
        return len(captured)

    return count
