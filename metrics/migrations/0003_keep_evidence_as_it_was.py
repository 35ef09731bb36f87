from django.db import migrations, models


def write_down_what_is_pointed_at(apps, schema_editor):
    for finding in (
        apps.get_model("metrics", "Finding").objects.filter(kpi_values__isnull=False).distinct().select_related("brand")
    ):
        finding.evidence = [
            {
                "row": figure.pk,
                "kpi": figure.kpi,
                "status": figure.status,
                "value": None if figure.value is None else str(figure.value),
                "currency": finding.brand.currency,
                "start": figure.start.isoformat(),
                "end": figure.end.isoformat(),
                "channel": figure.channel_id,
                "channel_name": f"{figure.channel.platform.name}, @{figure.channel.handle}" if figure.channel else "",
                "inputs": figure.inputs,
            }
            for figure in finding.kpi_values.select_related("channel__platform")
        ]
        finding.save(update_fields=["evidence"])


class Migration(migrations.Migration):
    dependencies = [("metrics", "0002_find_the_latest_figures_by_index")]

    operations = [
        migrations.AddField(
            model_name="finding",
            name="evidence",
            field=models.JSONField(
                blank=True,
                default=list,
                editable=False,
                help_text="the figures as they stood when they were kept: they may be worked out anew",
            ),
        ),
        migrations.RunPython(write_down_what_is_pointed_at, migrations.RunPython.noop),
    ]
