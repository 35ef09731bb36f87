"""Triggers: a row of the audit log loses its address at most, and is not removed within a year of being written.

On SQLite a later migration that makes this table anew (AlterField, RemoveField) takes the triggers with it: it ends with
`guard`, and `brands/tests/test_audit_guard.py` says so when it does not.
"""

from django.db import migrations

TABLE = "brands_auditentry"
COLUMNS = ["id", "at", "act", "brand_id", "person_id", "kind", "object_id", "title", "details", "request_id"]
CHANGED = "the audit log is never changed"
REMOVED = "the audit log is kept for a year"


def for_sqlite() -> list[str]:
    same = " AND ".join(f"NEW.{name} IS OLD.{name}" for name in COLUMNS)
    return [
        f"CREATE TRIGGER audit_log_is_never_changed BEFORE UPDATE ON {TABLE} WHEN NOT (NEW.address IS NULL AND {same})"
        f" BEGIN SELECT RAISE(ABORT, '{CHANGED}'); END",
        f"CREATE TRIGGER audit_log_is_kept_for_a_year BEFORE DELETE ON {TABLE} WHEN OLD.at > datetime('now', '-1 year')"
        f" BEGIN SELECT RAISE(ABORT, '{REMOVED}'); END",
    ]


def for_postgresql() -> list[str]:
    same = " AND ".join(f"NEW.{name} IS NOT DISTINCT FROM OLD.{name}" for name in COLUMNS)
    return [
        f"""CREATE FUNCTION audit_log_is_never_changed() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            IF NEW.address IS NULL AND {same} THEN RETURN NEW; END IF;
            RAISE EXCEPTION '{CHANGED}' USING ERRCODE = 'integrity_constraint_violation';
        END $$""",
        f"""CREATE FUNCTION audit_log_is_kept_for_a_year() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            IF OLD.at <= now() - interval '1 year' THEN RETURN OLD; END IF;
            RAISE EXCEPTION '{REMOVED}' USING ERRCODE = 'integrity_constraint_violation';
        END $$""",
        f"CREATE TRIGGER audit_log_is_never_changed BEFORE UPDATE ON {TABLE}"
        " FOR EACH ROW EXECUTE FUNCTION audit_log_is_never_changed()",
        f"CREATE TRIGGER audit_log_is_kept_for_a_year BEFORE DELETE ON {TABLE}"
        " FOR EACH ROW EXECUTE FUNCTION audit_log_is_kept_for_a_year()",
    ]


def guard(apps, schema_editor) -> None:
    for statement in {"sqlite": for_sqlite, "postgresql": for_postgresql}[schema_editor.connection.vendor]():
        schema_editor.execute(statement, params=None)


def let_go(apps, schema_editor) -> None:
    postgresql = schema_editor.connection.vendor == "postgresql"
    for name in ("audit_log_is_never_changed", "audit_log_is_kept_for_a_year"):
        schema_editor.execute(f"DROP TRIGGER IF EXISTS {name}" + (f" ON {TABLE}" if postgresql else ""), params=None)
        if postgresql:
            schema_editor.execute(f"DROP FUNCTION IF EXISTS {name}()", params=None)


class Migration(migrations.Migration):
    dependencies = [
        ("brands", "0011_a_cache_that_all_processes_share"),
    ]

    operations = [
        migrations.RunPython(guard, let_go),
    ]
