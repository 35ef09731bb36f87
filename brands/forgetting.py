"""What is old is forgotten each night, some thousand rows at a time; to do it twice does no harm."""

import logging
from datetime import datetime, timedelta

from django.conf import settings
from django.core.management import call_command
from django.db import DatabaseError, models, transaction

from brands import api_once, limits, policy_reports, webhook_sending
from brands.exports import jobs
from brands.models import AuditEntry
from brands.notifications import forget_old

log = logging.getLogger(__name__)
AT_ONCE = 2_000


def forget(now: datetime) -> dict[str, int]:
    """How many of each went."""
    return {
        "notifications": forget_old(now),
        "audit": old_audit_entries(now),
        "exports": jobs.forget(now),
        "sessions": closed_sessions(),
        "reports of the security policy": policy_reports.forget_old(now),
        "answers of the API": api_once.forget_old(now),
        "counts of limits": limits.forget_old(now.timestamp()),
        "messages of webhooks": webhook_sending.forget_old(now),
    }


def old_audit_entries(now: datetime) -> int:
    try:
        return in_lots(AuditEntry.objects.filter(at__lt=now - timedelta(days=max(settings.AUDIT_DAYS, 365))))
    except DatabaseError:
        # Where the database lets nobody remove an entry, they stay.
        log.warning("Entries of the audit log are old, and the database keeps them.")
        return 0


def closed_sessions() -> int:
    call_command("clearsessions")
    return 0


def in_lots(rows: models.QuerySet) -> int:
    """Delete them in short transactions."""
    count = 0
    while keys := list(rows.order_by("pk").values_list("pk", flat=True)[:AT_ONCE]):
        with transaction.atomic():
            count += rows.model._base_manager.filter(pk__in=keys).delete()[0]
    return count
