from django.db import migrations


def keep_months(apps, schema_editor):
    """A line of one month becomes a line with that month in it."""
    BudgetLine, BudgetMonth = apps.get_model("strategies", "BudgetLine"), apps.get_model("strategies", "BudgetMonth")
    lines = BudgetLine.objects.filter(month__isnull=False, months__isnull=True)
    BudgetMonth.objects.bulk_create(
        BudgetMonth(line=line, month=line.month.replace(day=1), planned=line.planned) for line in lines.iterator()
    )


def name_single_months(apps, schema_editor):
    BudgetLine = apps.get_model("strategies", "BudgetLine")
    for line in BudgetLine.objects.prefetch_related("months"):
        months = list(line.months.all())
        if len(months) == 1:
            line.month = months[0].month
            line.save(update_fields=["month"])


class Migration(migrations.Migration):
    dependencies = [("strategies", "0006_remember_applied_presets")]

    operations = [
        migrations.RunPython(keep_months, name_single_months),
    ]
