"""The database itself keeps the audit log as it was written."""

from datetime import timedelta
from importlib import import_module

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from brands.audit import record
from brands.models import AuditEntry

migration = import_module("brands.migrations.0012_let_nobody_rewrite_the_audit_log")


@pytest.fixture
def entry(lead, brand, trigger_against_deleting) -> AuditEntry:
    return record("signed_in", person=lead, brand=brand, on=brand, details={"by": "passkey"})


def stored(**fields) -> AuditEntry:
    """A row as the database has it, whatever day it is said to be of."""
    row = AuditEntry(act="signed_in", address="192.0.2.7", **fields)
    AuditEntry._meta.get_field("at").auto_now_add = False
    try:
        row.save()
    finally:
        AuditEntry._meta.get_field("at").auto_now_add = True
    return row


def refused(work) -> str:
    with pytest.raises(DatabaseError) as refusal, transaction.atomic():
        work()
    return str(refusal.value)


def test_both_triggers_stand_after_all_migrations(audit_triggers):
    assert set(audit_triggers) == {"audit_log_is_never_changed", "audit_log_is_kept_for_a_year"}


@pytest.mark.parametrize(
    "change",
    [
        {"act": "other"}, {"person": None}, {"brand": None}, {"details": {}}, {"title": ""}, {"kind": ""}, {"object_id": 10**9},
        {"request_id": "x"}, {"at": timezone.now() - timedelta(days=1)}, {"address": "192.0.2.1"}, {"address": None, "act": "other"},
    ],
    ids=",".join,
)  # fmt: skip
def test_no_row_is_changed(entry, change):
    assert migration.CHANGED in refused(lambda: AuditEntry.objects.filter(pk=entry.pk).update(**change))


def test_an_address_may_be_forgotten(entry):
    row = stored(at=timezone.now())
    assert AuditEntry.objects.filter(pk=row.pk).update(address=None) == 1


def test_a_row_is_not_removed_within_a_year(entry):
    almost = stored(at=timezone.now() - timedelta(days=364))
    assert migration.REMOVED in refused(lambda: AuditEntry.objects.filter(pk=almost.pk).delete())
    assert migration.REMOVED in refused(entry.delete)


def test_a_row_may_go_when_it_is_older(trigger_against_deleting):
    row = stored(at=timezone.now() - timedelta(days=367))
    assert AuditEntry.objects.filter(pk=row.pk).delete()[0] == 1


def test_rows_outlive_person_and_brand(entry, lead, brand):
    lead.memberships.all().delete()
    lead.delete()
    brand.delete()
    assert AuditEntry.objects.filter(pk=entry.pk, brand_id__isnull=False, person_id__isnull=False).exists()


@pytest.mark.django_db
def test_the_triggers_can_be_taken_back_and_put_again(trigger_against_deleting):
    def names() -> set[str]:
        return {name for name in triggers_there() if name.startswith("audit_log")}

    class Editor:
        """As a schema editor runs statements; a real one refuses SQLite within the transaction of a test."""

        connection = connection

        def execute(self, statement: str, params: None) -> None:
            with connection.cursor() as cursor:
                cursor.execute(statement, params)

    before = names()
    migration.let_go(None, Editor())
    assert len(before) == 2 and not names()
    migration.guard(None, Editor())
    assert names() == before


def triggers_there() -> list[str]:
    asked = {
        "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger'",
        "postgresql": "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal",
    }
    with connection.cursor() as cursor:
        cursor.execute(asked[connection.vendor])
        return [name for (name,) in cursor.fetchall()]
