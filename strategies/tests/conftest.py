"""The cast: a clothes shop in Tashkent, its lead, a marketer, a client, and a stranger."""

from datetime import date

import pytest

from brands.models import Brand, Channel, Membership, Platform, Role, User
from strategies import fixed_rows, gates
from strategies.models import Strategy


@pytest.fixture(autouse=True)
def nobody_above(monkeypatch) -> dict:
    """The plan alone: what the calendar and the metrics know of a strategy is theirs to test."""
    answers: dict = {}
    monkeypatch.setattr(gates, "_answers", answers)
    return answers


def _person(email: str, name: str) -> User:
    return User.objects.create_user(email, "pass-word-12", name=name)


@pytest.fixture
def shop(db) -> Brand:
    return Brand.objects.create(name="Atlas Libos", slug="atlas", business_type="small")


@pytest.fixture
def lead(shop) -> User:
    user = _person("malika@atlas.example", "Malika Yusupova")
    Membership.objects.create(brand=shop, user=user, role=Role.LEAD, hours_per_week=10)
    return user


@pytest.fixture
def marketer(shop) -> User:
    user = _person("dilnoza@atlas.example", "Dilnoza Karimova")
    Membership.objects.create(brand=shop, user=user, role=Role.MARKETER, hours_per_week=20)
    return user


@pytest.fixture
def viewer(shop) -> User:
    user = _person("client@atlas.example", "Client")
    Membership.objects.create(brand=shop, user=user, role=Role.VIEWER)
    return user


@pytest.fixture
def stranger(db) -> User:
    return _person("else@where.example", "Somebody Else")


@pytest.fixture
def as_marketer(client, marketer):
    client.force_login(marketer)
    return client


@pytest.fixture
def as_lead(client, lead):
    client.force_login(lead)
    return client


@pytest.fixture
def as_viewer(client, viewer):
    client.force_login(viewer)
    return client


@pytest.fixture
def telegram(shop) -> Channel:
    return Channel.objects.create(brand=shop, platform=Platform.objects.get(slug="telegram"), handle="atlaslibos")


@pytest.fixture
def instagram(shop) -> Channel:
    return Channel.objects.create(brand=shop, platform=Platform.objects.get(slug="instagram"), handle="atlas.libos")


@pytest.fixture
def spring(shop) -> Strategy:
    strategy = Strategy.objects.create(brand=shop, name="Spring 2027", start=date(2027, 2, 1), end=date(2027, 7, 31))
    fixed_rows.fill_in(strategy)
    return strategy


@pytest.fixture
def step_url(spring):
    return lambda slug, query="": f"/brands/atlas/strategies/{spring.pk}/{slug}/{query}"
