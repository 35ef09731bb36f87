"""Demo brands that stand for a module: each of its tests takes back what it writes."""

from collections.abc import Iterator

import pytest
from django.db import transaction

from brands.models import Brand
from smmplanner.tests.demos import demo_brand, two_demo_brands


@pytest.fixture(scope="module")
def demo_of_module(django_db_setup, django_db_blocker) -> Iterator[Brand]:
    """The demo brand. Ask for it together with `db`, whose transaction then lies within this one."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield demo_brand()
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def two_demos_of_module(django_db_setup, django_db_blocker) -> Iterator[dict[str, Brand]]:
    """Two brands full of rows. Nobody is in both."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield two_demo_brands()
        transaction.set_rollback(True)
