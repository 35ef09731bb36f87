"""Demo brands that stand for a module: each of its tests takes back what it writes."""

from collections.abc import Iterator

import pytest
from django.db import transaction

from brands.models import Brand
from smmplanner.tests.demos import demo_brand, two_demo_brands
from smmplanner.tests.tally import Tally, told_by


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    for tally in told_by(report for reports in terminalreporter.stats.values() for report in reports):
        terminalreporter.write_line(str(tally))


@pytest.fixture
def tally(request: pytest.FixtureRequest) -> Iterator[Tally]:
    """Counts what a fuzzer asks; its sums stand at the end of the run."""
    tally = Tally("API" if "api" in request.module.__name__ else "pages and forms")
    yield tally
    request.node.user_properties.append(tally.property())


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
