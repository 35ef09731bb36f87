"""The doors that Celery knocks on. The database says what is to do; a task may run twice or not at all."""

from celery import shared_task
from django.utils import timezone

from brands.models import Brand
from metrics import alerts, imports, mention_feeds, recompute, samples, unusual_days
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
    """Sweeps: a message for each brand with something out of date, so that any number of workers share the work."""
    for pk in recompute.brands_due():
        recompute_stale_values_of_brand.delay(pk)
    for pk in recompute.cut_off():
        recompute_all_values_of_brand.delay(pk)


@shared_task
def recompute_stale_values_of_brand(pk: int) -> None:
    recompute.recompute_stale_of(pk)


@shared_task
def recompute_all_values() -> None:
    """Every night: a message for each brand, and what was told of runs long ago is forgotten."""
    recompute.forget_old_runs()
    for pk in Brand.objects.order_by("pk").values_list("pk", flat=True):
        recompute_all_values_of_brand.delay(pk)


@shared_task
def recompute_all_values_of_brand(pk: int) -> None:
    if not recompute.recompute_all_of(pk) and Brand.objects.filter(pk=pk).exists():
        # Somebody computes what is out of date: a matter of seconds.
        recompute_all_values_of_brand.apply_async([pk], countdown=30)


@shared_task
def raise_alerts() -> None:
    alerts.raise_everywhere()


@shared_task
def tell_of_unusual_days() -> None:
    unusual_days.tell_everywhere()


@shared_task
def check_strategies() -> None:
    """Sweeps: also finds what a lost message should have had checked."""
    background.check_due()


@shared_task
def check_strategy(pk: int) -> None:
    for strategy in Strategy.objects.select_related("brand").filter(pk=pk):
        background.check(strategy)


@shared_task
def fetch_due_feeds() -> None:
    """Each due feed is a task of its own: one slow server holds up nobody else's."""
    for pk in mention_feeds.due(timezone.now()):
        fetch_feed.delay(pk)


@shared_task
def fetch_feed(pk: int) -> None:
    mention_feeds.fetch_one(pk)


@shared_task
def issue_due_reports() -> None:
    """Sweeps: writes down what is due, and queues all that is not made or sent yet, also what a worker died at."""
    for pk in issuing.sweep(timezone.now()):
        produce_report.delay(pk)


@shared_task
def produce_report(pk: int) -> None:
    issuing.produce(pk)


@shared_task
def prepare_sample(pk: int) -> None:
    samples.prepare(pk)


@shared_task
def delete_sample(pk: int) -> None:
    samples.delete(pk)


@shared_task
def sweep_samples() -> None:
    """Samples whose message was lost, or whose worker died: prepared, or deleted, once more."""
    for pk in samples.to_prepare():
        prepare_sample.delay(pk)
    for pk in samples.to_delete():
        delete_sample.delay(pk)
