"""The doors that Celery knocks on. The database says what is to do; a task may run twice or not at all."""

from celery import shared_task
from django.utils import timezone

from metrics import alerts, imports, recompute
from metrics.health import background
from metrics.imports import undo as undo_import
from metrics.reports import issuing
from strategies.models import Strategy


@shared_task
def check_import(pk: int) -> None:
    imports.check(pk)


@shared_task
def apply_import(pk: int) -> None:
    imports.apply(pk)


@shared_task
def take_back_import(pk: int) -> None:
    undo_import.take_back(pk)


@shared_task
def requeue_stuck_imports() -> None:
    """Imports whose message was lost, or whose worker died, are queued once more."""
    for pk, status in imports.stuck():
        {"uploaded": check_import, "queued": apply_import, "undoing": take_back_import}[status].delay(pk)


@shared_task
def recompute_stale_values() -> None:
    recompute.recompute_stale()


@shared_task
def recompute_all_values() -> None:
    recompute.recompute_all()


@shared_task
def raise_alerts() -> None:
    alerts.raise_everywhere()


@shared_task
def check_strategies() -> None:
    """Sweeps: also finds what a lost message should have had checked."""
    background.check_due()


@shared_task
def check_strategy(pk: int) -> None:
    for strategy in Strategy.objects.select_related("brand").filter(pk=pk):
        background.check(strategy)


@shared_task
def issue_due_reports() -> None:
    """Sweeps: writes down what is due, and queues all that is not made or sent yet, also what a worker died at."""
    for pk in issuing.sweep(timezone.now()):
        produce_report.delay(pk)


@shared_task
def produce_report(pk: int) -> None:
    issuing.produce(pk)
