from django.db import migrations

from metrics.benchmarks import SEEDED


def add_russian(apps, schema_editor):
    """To the notes that came with the product and still stand as they came. What an administrator wrote stays."""
    benchmarks = apps.get_model("metrics", "Benchmark").objects.using(schema_editor.connection.alias)
    for note, said in {row["note"]: row["note_ru"] for row in SEEDED if row["note"]}.items():
        benchmarks.filter(note=note, note_ru="").update(note_ru=said)


class Migration(migrations.Migration):
    dependencies = [("metrics", "0016_keep_notes_and_reports_in_russian")]

    operations = [migrations.RunPython(add_russian, migrations.RunPython.noop)]
