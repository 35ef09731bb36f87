"""Where there is no Redis, web processes count attempts together in this table; whether it is used is a setting."""

from django.core.management import call_command
from django.db import migrations

TABLE = "shared_cache"


def create(apps, schema_editor):
    call_command("createcachetable", TABLE, database=schema_editor.connection.alias, verbosity=0)


def drop(apps, schema_editor):
    schema_editor.execute(f"DROP TABLE IF EXISTS {schema_editor.quote_name(TABLE)}")


class Migration(migrations.Migration):
    dependencies = [
        ("brands", "0010_a_brand_may_require_two_factors"),
    ]

    operations = [
        migrations.RunPython(create, drop),
    ]
