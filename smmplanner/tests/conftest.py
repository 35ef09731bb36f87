"""Demo brands that are made once for a module: each of its tests takes back what it writes."""

from collections.abc import Iterator

import pytest
from django.db import transaction

from brands.models import Brand, User
from metrics import demo


@pytest.fixture(scope="module")
def demo_of_module(django_db_setup, django_db_blocker) -> Iterator[Brand]:
    """The demo brand. Ask for it together with `db`, whose transaction then lies within this one."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield demo.create()
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def two_demos_of_module(django_db_setup, django_db_blocker) -> Iterator[dict[str, Brand]]:
    """Two brands full of rows. Nobody is in both."""
    with django_db_blocker.unblock(), transaction.atomic():
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(demo, "SLUG", "baxmal-libos")
            other = demo.create()
        for user in User.objects.filter(memberships__brand=other):
            User.objects.filter(pk=user.pk).update(email=f"other-{user.email}", name=f"Other {user.name}")
        yield {"brand": demo.create(), "other": other}
        transaction.set_rollback(True)
