from django.db import migrations

from brands.platform_rows import rows


def add_russian(apps, schema_editor):
    """To the rows that came with the product. What an administrator wrote in Russian stays."""
    platforms = apps.get_model("brands", "Platform").objects.using(schema_editor.connection.alias)
    said = {row["slug"]: row["translations"]["ru"] for row in rows()}
    for platform in platforms.filter(slug__in=said):
        if "ru" not in platform.translations:
            platform.translations["ru"] = said[platform.slug]
            platform.save(update_fields=["translations"])


class Migration(migrations.Migration):
    dependencies = [("brands", "0005_people_may_choose_russian")]

    operations = [migrations.RunPython(add_russian, migrations.RunPython.noop)]
