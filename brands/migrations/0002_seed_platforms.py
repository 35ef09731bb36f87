from django.db import migrations

from brands.platform_rows import rows


def add_missing(apps, schema_editor):
    """Rows that are there already belong to the administrators and stay as they are."""
    platforms = apps.get_model("brands", "Platform").objects.using(schema_editor.connection.alias)
    fields = {field.name for field in platforms.model._meta.get_fields()}
    for row in rows():
        known = {name: value for name, value in row.items() if name in fields}
        platforms.get_or_create(slug=row["slug"], defaults=known)


class Migration(migrations.Migration):
    dependencies = [("brands", "0001_initial")]

    operations = [migrations.RunPython(add_missing, migrations.RunPython.noop)]
