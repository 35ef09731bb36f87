import pytest

from brands.models import Brand, Channel, Membership, Platform, Role, User


@pytest.fixture
def person(db):
    """Makes people: `person("dilnoza")`."""

    def make(name: str, **fields) -> User:
        return User.objects.create_user(f"{name}@example.uz", "parol-1234-uz", name=name.capitalize(), **fields)

    return make


@pytest.fixture
def brand(db) -> Brand:
    return Brand.objects.create(name="Atlas Libos", slug="atlas")


@pytest.fixture
def lead(person, brand) -> User:
    return _member(person("dilnoza"), brand, Role.LEAD)


@pytest.fixture
def marketer(person, brand) -> User:
    return _member(person("jasur"), brand, Role.MARKETER)


@pytest.fixture
def viewer(person, brand) -> User:
    return _member(person("malika"), brand, Role.VIEWER)


@pytest.fixture
def stranger(person) -> User:
    return person("rustam")


@pytest.fixture
def as_user(client):
    """A client that is signed in as the person: `as_user(lead).get(…)`."""

    def sign_in(user: User):
        client.force_login(user)
        return client

    return sign_in


@pytest.fixture
def add_channel(brand):
    def add(slug: str = "telegram", handle: str = "atlas", **fields) -> Channel:
        return brand.channels.create(platform=Platform.objects.get(slug=slug), handle=handle, **fields)

    return add


def _member(user: User, brand: Brand, role: Role) -> User:
    Membership.objects.create(brand=brand, user=user, role=role)
    return user
