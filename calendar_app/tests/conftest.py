"""A brand with a lead, a marketer, a client and a stranger; two channels; a strategy that runs."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import timezone

from brands.models import Brand, Channel, Membership, Platform, Role, User
from calendar_app.models import Post, Publication
from strategies.models import Goal, Pillar, Strategy, StrategyChannel


def person(name: str, brand: Brand | None = None, role: Role | None = None) -> User:
    user = User.objects.create_user(f"{name}@example.uz", "secret-words-9", name=name.capitalize())
    if brand:
        Membership.objects.create(brand=brand, user=user, role=role)
    return user


@pytest.fixture
def brand(db) -> Brand:
    return Brand.objects.create(name="Choyxona", slug="choyxona", website="https://choyxona.uz")


@pytest.fixture
def lead(brand: Brand) -> User:
    return person("lead", brand, Role.LEAD)


@pytest.fixture
def marketer(brand: Brand) -> User:
    return person("marketer", brand, Role.MARKETER)


@pytest.fixture
def viewer(brand: Brand) -> User:
    return person("viewer", brand, Role.VIEWER)


@pytest.fixture
def stranger(db) -> User:
    return person("stranger", Brand.objects.create(name="Other", slug="other"), Role.LEAD)


@pytest.fixture
def telegram(brand: Brand) -> Channel:
    return Channel.objects.create(brand=brand, platform=Platform.objects.get(slug="telegram"), handle="choyxona")


@pytest.fixture
def instagram(brand: Brand) -> Channel:
    return Channel.objects.create(brand=brand, platform=Platform.objects.get(slug="instagram"), handle="choyxona")


@pytest.fixture
def strategy(brand: Brand, telegram: Channel) -> Strategy:
    today = brand.today()
    strategy = Strategy.objects.create(
        brand=brand, name="Spring", start=today - timedelta(days=30), end=today + timedelta(days=60)
    )
    StrategyChannel.objects.create(strategy=strategy, channel=telegram, posts_per_week=3)
    return strategy


@pytest.fixture
def goal(strategy: Strategy) -> Goal:
    return Goal.objects.create(strategy=strategy, goal_type="sales", text="100 leads by spring")


@pytest.fixture
def pillar(strategy: Strategy) -> Pillar:
    return Pillar.objects.create(strategy=strategy, name="Tea", share=100)


@pytest.fixture
def tomorrow(brand: Brand) -> date:
    return brand.today() + timedelta(days=1)


@pytest.fixture
def write(brand: Brand, telegram: Channel):
    """Write a post that goes out on Telegram (or `channels`) at `at`."""

    def write(
        title: str = "Green tea", at: datetime | None = None, status: str = "planned", channels: list | None = None, **fields
    ) -> Post:
        post = Post.objects.create(brand=brand, title=title, **{"text": "Hot tea", **fields})
        for channel in channels or [telegram]:
            out = at if status == "published" else None
            Publication.objects.create(brand=brand, post=post, channel=channel, at=at, status=status, published_at=out)
        return post

    return write


@pytest.fixture
def signed_in(client):
    def signed_in(user: User):
        client.force_login(user)
        return client

    return signed_in


def local(brand: Brand, day: date, hour: int, minute: int = 0) -> datetime:
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=brand.zone).astimezone(UTC)


def soon(hours: float = 24) -> datetime:
    return (timezone.now() + timedelta(hours=hours)).replace(microsecond=0)
