"""Everything up to now in one step, for new databases: one by one the steps before it take more than twice as long."""

import django.core.validators
import django.db.models.deletion
import django.db.models.functions.text
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import metrics.models.imports
from brands.first_tables import FirstTables
from metrics.benchmarks import SEEDED


def add_known(apps, schema_editor):
    """What was known of others when this was written. Administrators keep it up to date, so nothing is added twice."""
    alias = schema_editor.connection.alias
    benchmarks = apps.get_model("metrics", "Benchmark").objects.using(alias)
    platforms = dict(apps.get_model("brands", "Platform").objects.using(alias).values_list("slug", "pk"))
    if not benchmarks.exists():
        rows = [row | {"platform_id": platforms.get(row["platform"])} for row in SEEDED if row["platform"] in ("", *platforms)]
        # The notes of languages that came later are added by the migrations that brought them.
        later = {"note_ru"}
        benchmarks.bulk_create(
            benchmarks.model(**{n: v for n, v in row.items() if n not in {"platform", *later}}) for row in rows
        )


class Migration(FirstTables):
    replaces = [
        ("metrics", "0001_initial"),
        ("metrics", "0002_find_the_latest_figures_by_index"),
        ("metrics", "0003_keep_evidence_as_it_was"),
        ("metrics", "0004_the_strategy_in_full"),
        ("metrics", "0005_say_who_deals_with_an_alert"),
        ("metrics", "0006_a_file_may_hold_several_tables"),
        ("metrics", "0008_mentions_are_watched"),
        ("metrics", "0010_store_quarters_years_and_campaigns_and_tell_of_recomputations"),
        ("metrics", "0011_benchmarks_and_classes_of_kpis"),
        ("metrics", "0012_tell_unusual_days_once"),
        ("metrics", "0013_issue_reports"),
        ("metrics", "0014_say_what_a_result_is_worth"),
    ]

    initial = True

    dependencies = [
        ("brands", "0001_squashed_0004_the_calendar_in_full"),
        ("brands", "__first__"),
        ("calendar_app", "0001_squashed_0003_the_calendar_in_full"),
        ("strategies", "0001_squashed_0009_say_that_a_budget_was_looked_at"),
    ]

    operations = [
        migrations.CreateModel(
            name="KpiClass",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kpi", models.CharField(max_length=60, unique=True, verbose_name="KPI")),
                ("klass", models.CharField(max_length=12, verbose_name="class")),
            ],
            options={
                "verbose_name": "class of a KPI",
                "verbose_name_plural": "classes of KPIs",
                "ordering": ["kpi"],
            },
        ),
        migrations.CreateModel(
            name="RuleThreshold",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=60, unique=True, verbose_name="threshold")),
                ("value", models.DecimalField(decimal_places=2, max_digits=12, verbose_name="value")),
            ],
            options={
                "verbose_name": "threshold of a rule",
                "verbose_name_plural": "thresholds of rules",
                "ordering": ["name"],
            },
        ),
        migrations.CreateModel(
            name="Standing",
            fields=[
                (
                    "brand",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="standing",
                        serialize=False,
                        to="brands.brand",
                    ),
                ),
                ("first", models.DateField(blank=True, null=True, verbose_name="from")),
                ("last", models.DateField(blank=True, null=True, verbose_name="to")),
                ("today", models.DateField(blank=True, null=True, verbose_name="as of")),
                ("basis", models.JSONField(blank=True, default=dict)),
                (
                    "looked_for",
                    models.DateTimeField(blank=True, db_index=True, null=True, verbose_name="somebody changed something"),
                ),
                ("claim", models.CharField(blank=True, max_length=32)),
                ("claimed_until", models.DateTimeField(blank=True, null=True, verbose_name="claimed until")),
            ],
            options={
                "verbose_name": "standing of stored values",
                "verbose_name_plural": "standings of stored values",
            },
        ),
        migrations.CreateModel(
            name="Import",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=255, verbose_name="file name")),
                ("file", models.FileField(max_length=300, upload_to=metrics.models.imports.kept_path, verbose_name="file")),
                ("sha256", models.CharField(max_length=64)),
                ("size", models.PositiveBigIntegerField(default=0, verbose_name="size")),
                ("importer", models.CharField(blank=True, max_length=60, verbose_name="recognised as")),
                ("kind", models.CharField(blank=True, max_length=12, verbose_name="kind")),
                ("options", models.JSONField(blank=True, default=dict, help_text="year, as_of, mapping, channels by platform")),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("uploaded", "Uploaded"),
                            ("checking", "Being read"),
                            ("checked", "Ready to save"),
                            ("refused", "Refused"),
                            ("queued", "Waiting"),
                            ("applying", "Being saved"),
                            ("applied", "Saved"),
                            ("undoing", "Being undone"),
                            ("failed", "Failed"),
                            ("cancelled", "Cancelled"),
                            ("undone", "Undone"),
                        ],
                        default="uploaded",
                        max_length=12,
                        verbose_name="status",
                    ),
                ),
                ("rows_done", models.PositiveBigIntegerField(default=0)),
                ("rows_total", models.PositiveBigIntegerField(default=0)),
                (
                    "summary",
                    models.JSONField(
                        blank=True,
                        default=dict,
                        help_text="what the preview shows: rows, dates, measures, sums, skipped by reason",
                    ),
                ),
                ("refusal", models.JSONField(blank=True, default=dict, help_text="code and params")),
                ("uploaded_at", models.DateTimeField(auto_now_add=True)),
                ("touched_at", models.DateTimeField(blank=True, help_text="when a worker was last seen at it", null=True)),
                ("applied_at", models.DateTimeField(blank=True, null=True)),
                ("undone_at", models.DateTimeField(blank=True, null=True)),
                (
                    "brand",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="imports", to="brands.brand"),
                ),
                (
                    "channel",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="imports",
                        to="brands.channel",
                        verbose_name="channel",
                    ),
                ),
                (
                    "uploaded_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "import",
                "verbose_name_plural": "imports",
                "ordering": ["-uploaded_at", "-pk"],
                "indexes": [models.Index(fields=["brand", "-uploaded_at"], name="imports_by_brand")],
            },
        ),
        migrations.CreateModel(
            name="ImportIssue",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("table", models.PositiveSmallIntegerField(db_default=0, default=0, verbose_name="table")),
                ("line", models.PositiveBigIntegerField(default=0, verbose_name="row")),
                ("column", models.CharField(blank=True, max_length=200, verbose_name="column")),
                ("code", models.CharField(max_length=60)),
                ("params", models.JSONField(blank=True, default=dict)),
                ("raw", models.CharField(blank=True, max_length=200, verbose_name="what stood there")),
                ("is_error", models.BooleanField(default=True)),
                (
                    "import_file",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="issues", to="metrics.import"),
                ),
            ],
            options={
                "verbose_name": "row not stored",
                "verbose_name_plural": "rows not stored",
                "ordering": ["table", "line", "pk"],
            },
        ),
        migrations.CreateModel(
            name="KpiValue",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kpi", models.CharField(max_length=60, verbose_name="KPI")),
                (
                    "period",
                    models.CharField(
                        choices=[
                            ("week", "Week"),
                            ("month", "Month"),
                            ("quarter", "Quarter"),
                            ("year", "Year"),
                            ("custom", "Own dates"),
                        ],
                        max_length=8,
                        verbose_name="period",
                    ),
                ),
                ("start", models.DateField(verbose_name="from")),
                ("end", models.DateField(verbose_name="to")),
                ("status", models.CharField(max_length=20, verbose_name="status")),
                ("value", models.DecimalField(blank=True, decimal_places=4, max_digits=30, null=True, verbose_name="value")),
                ("exact", models.CharField(blank=True, help_text="the unrounded value as a fraction", max_length=200)),
                ("inputs", models.JSONField(default=dict)),
                ("computed_at", models.DateTimeField(verbose_name="computed")),
                (
                    "brand",
                    models.ForeignKey(
                        db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name="kpi_values", to="brands.brand"
                    ),
                ),
                (
                    "campaign",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="kpi_values",
                        to="calendar_app.campaign",
                    ),
                ),
                (
                    "channel",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="kpi_values",
                        to="brands.channel",
                    ),
                ),
                (
                    "strategy",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="kpi_values",
                        to="strategies.strategy",
                    ),
                ),
            ],
            options={
                "verbose_name": "KPI value",
                "verbose_name_plural": "KPI values",
                "ordering": ["-start", "kpi"],
                "indexes": [
                    models.Index(fields=["brand", "kpi", "period", "start"], name="kpi_values_by_period"),
                    models.Index(
                        condition=models.Q(("channel__isnull", False)), fields=["channel"], name="kpi_values_of_a_channel"
                    ),
                    models.Index(
                        condition=models.Q(("strategy__isnull", False)), fields=["strategy"], name="kpi_values_of_a_strategy"
                    ),
                    models.Index(
                        condition=models.Q(("campaign__isnull", False)), fields=["campaign"], name="kpi_values_of_a_campaign"
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("campaign__isnull", True), ("channel__isnull", False), ("strategy__isnull", True)),
                        fields=("channel", "kpi", "period", "start", "end"),
                        name="one_value_per_channel_kpi_and_period",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("campaign__isnull", True), ("channel__isnull", True), ("strategy__isnull", False)),
                        fields=("strategy", "kpi", "period", "start", "end"),
                        name="one_value_per_strategy_kpi_and_period",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("campaign__isnull", False), ("channel__isnull", True), ("strategy__isnull", True)),
                        fields=("campaign", "kpi", "period", "start", "end"),
                        name="one_value_per_campaign_kpi_and_period",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("campaign__isnull", True), ("channel__isnull", True), ("strategy__isnull", True)),
                        fields=("brand", "kpi", "period", "start", "end"),
                        name="one_value_per_brand_kpi_and_period",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status", "ok"), ("value__isnull", False)),
                            models.Q(models.Q(("status", "ok"), _negated=True), ("value__isnull", True)),
                            _connector="OR",
                        ),
                        name="only_an_ok_value_has_a_number",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Finding",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                (
                    "question",
                    models.CharField(
                        blank=True,
                        help_text="An analysis question or a rule, by its name.",
                        max_length=20,
                        verbose_name="answers",
                    ),
                ),
                ("text", models.TextField(max_length=2000, verbose_name="what we learned")),
                (
                    "verdict",
                    models.CharField(
                        choices=[("works", "It works"), ("fails", "It does not work"), ("open", "Still open")],
                        default="open",
                        max_length=8,
                        verbose_name="verdict",
                    ),
                ),
                (
                    "evidence",
                    models.JSONField(
                        blank=True,
                        default=list,
                        editable=False,
                        help_text="the figures as they stood when they were kept: they may be worked out anew",
                    ),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("updated_at", models.DateTimeField(auto_now=True)),
                (
                    "author",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "brand",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="findings", to="brands.brand"),
                ),
                (
                    "goal",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="findings",
                        to="strategies.goal",
                        verbose_name="goal",
                    ),
                ),
                (
                    "posts",
                    models.ManyToManyField(
                        blank=True, related_name="findings", to="calendar_app.post", verbose_name="posts that show it"
                    ),
                ),
                (
                    "strategy",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="findings",
                        to="strategies.strategy",
                        verbose_name="strategy",
                    ),
                ),
                (
                    "kpi_values",
                    models.ManyToManyField(
                        blank=True, related_name="findings", to="metrics.kpivalue", verbose_name="figures that show it"
                    ),
                ),
            ],
            options={
                "verbose_name": "finding",
                "verbose_name_plural": "findings",
                "ordering": ["-created_at", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="LedgerEntry",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                ("date", models.DateField(verbose_name="date")),
                (
                    "kind",
                    models.CharField(
                        choices=[("investment", "Investment"), ("income", "Income (revenue)"), ("cogs", "Cost of goods")],
                        max_length=12,
                        verbose_name="kind",
                    ),
                ),
                (
                    "amount",
                    models.DecimalField(
                        decimal_places=2,
                        max_digits=18,
                        validators=[django.core.validators.MinValueValidator(0)],
                        verbose_name="amount",
                    ),
                ),
                (
                    "currency",
                    models.CharField(
                        choices=[
                            ("UZS", "Uzbek soʻm (UZS)"),
                            ("USD", "US dollar (USD)"),
                            ("EUR", "Euro (EUR)"),
                            ("RUB", "Russian rouble (RUB)"),
                            ("KZT", "Kazakh tenge (KZT)"),
                            ("GBP", "Pound sterling (GBP)"),
                        ],
                        max_length=3,
                        verbose_name="currency",
                    ),
                ),
                (
                    "is_ad",
                    models.BooleanField(
                        default=False,
                        help_text="Counts for ROAS: money spent on ads, or earned by them.",
                        verbose_name="paid advertising",
                    ),
                ),
                (
                    "hours",
                    models.DecimalField(
                        blank=True,
                        decimal_places=1,
                        help_text="For staff: how long it took.",
                        max_digits=7,
                        null=True,
                        validators=[django.core.validators.MinValueValidator(0)],
                        verbose_name="hours worked",
                    ),
                ),
                ("note", models.CharField(blank=True, max_length=200, verbose_name="note")),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                (
                    "brand",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="ledger_entries", to="brands.brand"
                    ),
                ),
                (
                    "budget_line",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="ledger_entries",
                        to="strategies.budgetline",
                        verbose_name="budget line",
                    ),
                ),
                (
                    "campaign",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="ledger_entries",
                        to="calendar_app.campaign",
                        verbose_name="campaign",
                    ),
                ),
                (
                    "channel",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="ledger_entries",
                        to="brands.channel",
                        verbose_name="channel",
                    ),
                ),
                (
                    "recorded_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "strategy",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="ledger_entries",
                        to="strategies.strategy",
                        verbose_name="strategy",
                    ),
                ),
            ],
            options={
                "verbose_name": "ledger entry",
                "verbose_name_plural": "ledger entries",
                "ordering": ["-date", "-pk"],
                "indexes": [models.Index(fields=["brand", "date"], name="ledger_by_day")],
                "constraints": [models.CheckConstraint(condition=models.Q(("amount__gte", 0)), name="amount_is_not_negative")],
            },
        ),
        migrations.CreateModel(
            name="MentionFeed",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                ("name", models.CharField(max_length=120, verbose_name="name")),
                ("address", models.CharField(max_length=1000, verbose_name="address of the feed")),
                (
                    "rival",
                    models.CharField(
                        blank=True,
                        help_text="Empty where the feed is about your own brand.",
                        max_length=120,
                        verbose_name="rival",
                    ),
                ),
                ("is_active", models.BooleanField(default=True, verbose_name="watched")),
                ("etag", models.CharField(blank=True, editable=False, max_length=200)),
                ("last_modified", models.CharField(blank=True, editable=False, max_length=100)),
                ("fetched_at", models.DateTimeField(blank=True, null=True, verbose_name="fetched last")),
                ("due_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="fetched next")),
                ("taken_until", models.DateTimeField(blank=True, help_text="a worker has it until then", null=True)),
                ("failures", models.PositiveSmallIntegerField(default=0, verbose_name="failed times in a row")),
                ("problem", models.CharField(blank=True, max_length=40, verbose_name="what went wrong")),
                ("detail", models.CharField(blank=True, max_length=200)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                (
                    "added_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "brand",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="mention_feeds", to="brands.brand"
                    ),
                ),
            ],
            options={
                "verbose_name": "feed of mentions",
                "verbose_name_plural": "feeds of mentions",
                "ordering": ["rival", "name", "pk"],
                "indexes": [models.Index(condition=models.Q(("is_active", True)), fields=["due_at"], name="feeds_that_are_due")],
                "constraints": [
                    models.UniqueConstraint(fields=("brand", "address"), name="a_feed_is_watched_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("address__startswith", "https://"), ("address__startswith", "http://"), _connector="OR"
                        ),
                        name="a_feed_is_on_the_web",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Mention",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                ("guid", models.CharField(blank=True, help_text="what tells it from other entries of its feed", max_length=200)),
                ("link", models.CharField(blank=True, max_length=2000, verbose_name="link")),
                ("title", models.CharField(max_length=300, verbose_name="title")),
                ("text", models.TextField(blank=True, max_length=2000, verbose_name="what is said")),
                ("site", models.CharField(blank=True, max_length=200, verbose_name="where")),
                ("published_at", models.DateTimeField(verbose_name="published")),
                (
                    "day",
                    models.DateField(help_text="of publication, in the brand's zone: figures count it there", verbose_name="day"),
                ),
                ("rival", models.CharField(blank=True, max_length=120, verbose_name="about a rival")),
                (
                    "sentiment",
                    models.CharField(
                        blank=True,
                        choices=[("positive", "Positive"), ("neutral", "Neutral"), ("negative", "Negative")],
                        max_length=8,
                        verbose_name="tone",
                    ),
                ),
                ("is_issue", models.BooleanField(default=False, verbose_name="asks for help or complains")),
                ("resolved_at", models.DateTimeField(blank=True, null=True, verbose_name="resolved")),
                ("is_irrelevant", models.BooleanField(default=False, verbose_name="off topic")),
                ("classified_at", models.DateTimeField(blank=True, null=True, verbose_name="looked at")),
                ("arrived_at", models.DateTimeField(auto_now_add=True)),
                (
                    "added_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "brand",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="mentions", to="brands.brand"),
                ),
                (
                    "classified_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "resolved_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "feed",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.RESTRICT,
                        related_name="mentions",
                        to="metrics.mentionfeed",
                        verbose_name="feed",
                    ),
                ),
            ],
            options={
                "verbose_name": "mention",
                "verbose_name_plural": "mentions",
                "ordering": ["-published_at", "-pk"],
                "indexes": [
                    models.Index(fields=["brand", "day"], name="mentions_by_day"),
                    models.Index(fields=["brand", "-published_at", "-id"], name="mentions_newest_first"),
                    models.Index(
                        condition=models.Q(("classified_at", None)), fields=["brand", "-published_at"], name="mentions_to_look_at"
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("feed__isnull", False)),
                        fields=("feed", "guid"),
                        name="an_entry_of_a_feed_arrives_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("feed__isnull", True), models.Q(("guid", ""), _negated=True), _connector="OR"),
                        name="an_entry_of_a_feed_has_an_identity",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("resolved_at__isnull", True), ("is_issue", True), _connector="OR"),
                        name="only_an_issue_is_resolved",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("is_issue", False), ("rival", ""), _connector="OR"), name="an_issue_is_the_brands_own"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("classified_at__isnull", False),
                            models.Q(("is_irrelevant", False), ("is_issue", False), ("sentiment", "")),
                            _connector="OR",
                        ),
                        name="what_nobody_looked_at_is_not_classified",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("sentiment__in", ["", "positive", "neutral", "negative"])), name="the_tone_is_known"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Observation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("subject", models.CharField(blank=True, max_length=120, verbose_name="subject")),
                ("measure", models.CharField(max_length=60, verbose_name="measure")),
                ("start", models.DateField(verbose_name="from")),
                ("end", models.DateField(verbose_name="to")),
                ("value", models.DecimalField(decimal_places=6, max_digits=24, verbose_name="value")),
                ("currency", models.CharField(blank=True, max_length=3, verbose_name="currency")),
                ("line", models.PositiveBigIntegerField(blank=True, null=True, verbose_name="row in the file")),
                ("table", models.PositiveSmallIntegerField(db_default=0, default=0, verbose_name="table in the file")),
                (
                    "from_mentions",
                    models.BooleanField(
                        db_default=False,
                        default=False,
                        editable=False,
                        help_text="counted at the desk of mentions, and counted again when it changes",
                    ),
                ),
                (
                    "brand",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="observations",
                        to="brands.brand",
                    ),
                ),
                (
                    "campaign",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="observations",
                        to="calendar_app.campaign",
                    ),
                ),
                (
                    "channel",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="observations",
                        to="brands.channel",
                    ),
                ),
                (
                    "publication",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="observations",
                        to="calendar_app.publication",
                    ),
                ),
                (
                    "recorded_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "source",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="observations",
                        to="metrics.import",
                    ),
                ),
            ],
            options={
                "verbose_name": "observation",
                "verbose_name_plural": "observations",
                "indexes": [
                    models.Index(
                        condition=models.Q(("from_mentions", True)), fields=["brand", "start"], name="observations_from_mentions"
                    ),
                    models.Index(fields=["brand", "start", "measure"], name="observations_by_day"),
                    models.Index(fields=["brand", "channel", "measure", "end"], name="observations_by_last_day"),
                    models.Index(fields=["channel", "end"], name="observations_of_a_channel"),
                    models.Index(
                        condition=models.Q(("campaign__isnull", True), ("publication__isnull", True), ("source__isnull", True)),
                        fields=["brand", "-end", "-id"],
                        name="observations_by_hand",
                    ),
                    models.Index(
                        condition=models.Q(("end__gt", models.F("start"))),
                        fields=["brand", "end"],
                        name="observations_of_several_days",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("campaign__isnull", True), ("channel__isnull", False), ("publication__isnull", True)),
                        fields=("channel", "measure", "start", "end"),
                        name="one_figure_per_channel_measure_and_span",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("publication__isnull", False)),
                        fields=("publication", "measure", "end"),
                        name="one_figure_per_publication_measure_and_day",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("campaign__isnull", False), ("publication__isnull", True)),
                        fields=("campaign", "measure", "start", "end"),
                        name="one_figure_per_campaign_measure_and_span",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("campaign__isnull", True), ("channel__isnull", True), ("publication__isnull", True)),
                        fields=("brand", "subject", "measure", "start", "end"),
                        name="one_figure_per_brand_subject_measure_and_span",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("end__gte", models.F("start"))), name="span_does_not_end_before_it_starts"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("publication__isnull", True), ("channel__isnull", False), _connector="OR"),
                        name="a_figure_of_a_post_has_its_channel",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("from_mentions", False),
                            models.Q(("channel__isnull", True), ("recorded_by__isnull", True), ("source__isnull", True)),
                            _connector="OR",
                        ),
                        name="what_mentions_count_nobody_else_recorded",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="RecomputeRun",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[("stale", "what was out of date"), ("full", "everything")], max_length=5, verbose_name="what"
                    ),
                ),
                ("started_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="started")),
                ("finished_at", models.DateTimeField(blank=True, null=True, verbose_name="finished")),
                ("claimed_until", models.DateTimeField(blank=True, null=True)),
                ("spans", models.PositiveIntegerField(default=0, verbose_name="scopes and periods")),
                ("values", models.PositiveIntegerField(default=0, verbose_name="values computed")),
                ("written", models.PositiveIntegerField(default=0, verbose_name="values changed")),
                (
                    "drift",
                    models.PositiveIntegerField(
                        default=0, help_text="Values that differ from what increments had left.", verbose_name="drift"
                    ),
                ),
                ("examples", models.JSONField(blank=True, default=list, verbose_name="first of them")),
                ("error", models.TextField(blank=True, verbose_name="error")),
                (
                    "brand",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="recompute_runs", to="brands.brand"
                    ),
                ),
            ],
            options={
                "verbose_name": "recomputation",
                "verbose_name_plural": "recomputations",
                "ordering": ["-started_at", "-pk"],
                "indexes": [
                    models.Index(fields=["-started_at"], name="recompute_runs_newest"),
                    models.Index(fields=["brand", "-started_at"], name="recompute_runs_of_a_brand"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Report",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                ("name", models.CharField(max_length=120, verbose_name="name")),
                (
                    "scope",
                    models.CharField(
                        choices=[
                            ("brand", "The whole brand"),
                            ("strategy", "A strategy"),
                            ("campaign", "A campaign"),
                            ("channel", "A channel"),
                        ],
                        default="brand",
                        max_length=8,
                        verbose_name="about",
                    ),
                ),
                (
                    "sections",
                    models.JSONField(default=list, help_text="names of sections in their order", verbose_name="sections"),
                ),
                (
                    "kpis",
                    models.JSONField(
                        blank=True, default=list, help_text="names of KPIs in their order", verbose_name="KPIs of the charts"
                    ),
                ),
                ("preset", models.CharField(default="last_month", max_length=16, verbose_name="period")),
                ("start", models.DateField(blank=True, null=True, verbose_name="from")),
                ("end", models.DateField(blank=True, null=True, verbose_name="to")),
                ("compares", models.BooleanField(default=True, verbose_name="compare with the period before")),
                (
                    "language",
                    models.CharField(
                        choices=[("en", "English"), ("uz", "Uzbek")], default="uz", max_length=8, verbose_name="language"
                    ),
                ),
                ("shows_money", models.BooleanField(default=False, verbose_name="show money")),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                (
                    "brand",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="reports", to="brands.brand"),
                ),
                (
                    "campaign",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="reports",
                        to="calendar_app.campaign",
                        verbose_name="campaign",
                    ),
                ),
                (
                    "channel",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="reports",
                        to="brands.channel",
                        verbose_name="channel",
                    ),
                ),
                (
                    "created_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "strategy",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="reports",
                        to="strategies.strategy",
                        verbose_name="strategy",
                    ),
                ),
            ],
            options={
                "verbose_name": "report",
                "verbose_name_plural": "reports",
                "ordering": ["name", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("campaign", None), ("channel", None), ("scope", "brand"), ("strategy", None)),
                            models.Q(("campaign", None), ("channel", None), ("scope", "strategy"), ("strategy__isnull", False)),
                            models.Q(("campaign__isnull", False), ("channel", None), ("scope", "campaign"), ("strategy", None)),
                            models.Q(("campaign", None), ("channel__isnull", False), ("scope", "channel"), ("strategy", None)),
                            _connector="OR",
                        ),
                        name="report_is_about_one_thing",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("preset", "own"), _negated=True),
                            models.Q(("end__gte", models.F("start")), ("start__isnull", False)),
                            _connector="OR",
                        ),
                        name="own_days_of_a_report_are_known",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="IssuedReport",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "day",
                    models.DateField(
                        blank=True, help_text="empty where somebody issued it by hand", null=True, verbose_name="scheduled for"
                    ),
                ),
                ("start", models.DateField(verbose_name="from")),
                ("end", models.DateField(verbose_name="to")),
                (
                    "state",
                    models.CharField(
                        choices=[("waiting", "Being made"), ("ready", "Issued"), ("failed", "Failed")],
                        default="waiting",
                        max_length=8,
                        verbose_name="state",
                    ),
                ),
                ("content", models.JSONField(blank=True, default=dict, editable=False)),
                ("content_without_money", models.JSONField(blank=True, default=dict, editable=False)),
                ("attaches_pdf", models.BooleanField(default=False)),
                ("attaches_xlsx", models.BooleanField(default=False)),
                ("attempts", models.PositiveSmallIntegerField(default=0, verbose_name="attempts")),
                ("next_try_at", models.DateTimeField(blank=True, null=True, verbose_name="next attempt")),
                ("problem", models.CharField(blank=True, max_length=300, verbose_name="what went wrong")),
                ("issued_at", models.DateTimeField(blank=True, null=True, verbose_name="issued")),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                (
                    "issued_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "report",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="issued", to="metrics.report"),
                ),
            ],
            options={
                "verbose_name": "issued report",
                "verbose_name_plural": "issued reports",
                "ordering": ["-created_at", "-pk"],
                "indexes": [models.Index(fields=["state", "next_try_at"], name="reports_to_be_made")],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("day", None), _negated=True),
                        fields=("report", "day"),
                        name="a_report_is_issued_once_a_day",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("end__gte", models.F("start"))), name="issued_days_begin_before_they_end"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "ready"), _negated=True), ("issued_at__isnull", False), _connector="OR"
                        ),
                        name="ready_report_has_a_moment",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ReportLink",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(blank=True, max_length=80, verbose_name="for whom")),
                (
                    "language",
                    models.CharField(
                        choices=[("en", "English"), ("uz", "Uzbek")], default="uz", max_length=8, verbose_name="language"
                    ),
                ),
                ("shows_money", models.BooleanField(default=False, verbose_name="shows money")),
                ("expires_at", models.DateTimeField(blank=True, null=True, verbose_name="works until")),
                ("revoked_at", models.DateTimeField(blank=True, null=True, verbose_name="taken back")),
                ("opened_at", models.DateTimeField(blank=True, null=True, verbose_name="opened last")),
                ("opened_count", models.PositiveIntegerField(default=0, verbose_name="times opened")),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                (
                    "created_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "report",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="links", to="metrics.report"),
                ),
            ],
            options={
                "verbose_name": "link to a report",
                "verbose_name_plural": "links to reports",
                "ordering": ["-created_at", "-pk"],
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="ReportRecipient",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("email", models.EmailField(max_length=254, verbose_name="e-mail address")),
                ("unsubscribed_at", models.DateTimeField(blank=True, null=True, verbose_name="wants no more")),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                (
                    "report",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="recipients", to="metrics.report"
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="person",
                    ),
                ),
            ],
            options={
                "verbose_name": "recipient of a report",
                "verbose_name_plural": "recipients of reports",
                "ordering": ["pk"],
                "constraints": [
                    models.UniqueConstraint(
                        models.F("report"), django.db.models.functions.text.Lower("email"), name="an_address_gets_a_report_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ReportLetter",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("sent_at", models.DateTimeField(blank=True, null=True, verbose_name="sent")),
                ("attempts", models.PositiveSmallIntegerField(default=0, verbose_name="attempts")),
                ("next_try_at", models.DateTimeField(blank=True, null=True, verbose_name="next attempt")),
                ("problem", models.CharField(blank=True, max_length=300, verbose_name="what went wrong")),
                (
                    "issued",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="letters", to="metrics.issuedreport"
                    ),
                ),
                (
                    "recipient",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="letters", to="metrics.reportrecipient"
                    ),
                ),
            ],
            options={
                "verbose_name": "letter with a report",
                "verbose_name_plural": "letters with reports",
                "ordering": ["pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("issued", "recipient"), name="one_letter_per_report_and_recipient")
                ],
            },
        ),
        migrations.CreateModel(
            name="ReportSchedule",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                (
                    "rhythm",
                    models.CharField(
                        choices=[("weekly", "Every week"), ("monthly", "Every month")],
                        default="monthly",
                        max_length=8,
                        verbose_name="how often",
                    ),
                ),
                (
                    "weekday",
                    models.PositiveSmallIntegerField(
                        default=0, validators=[django.core.validators.MaxValueValidator(6)], verbose_name="weekday"
                    ),
                ),
                (
                    "day",
                    models.PositiveSmallIntegerField(
                        default=1,
                        validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(31)],
                        verbose_name="day of the month",
                    ),
                ),
                (
                    "hour",
                    models.PositiveSmallIntegerField(
                        default=9, validators=[django.core.validators.MaxValueValidator(23)], verbose_name="hour"
                    ),
                ),
                ("attaches_pdf", models.BooleanField(default=True, verbose_name="attach the PDF")),
                ("attaches_xlsx", models.BooleanField(default=False, verbose_name="attach the workbook (XLSX)")),
                ("is_paused", models.BooleanField(default=False, verbose_name="paused")),
                ("counts_from", models.DateTimeField(verbose_name="counts from")),
                (
                    "report",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="schedule", to="metrics.report"
                    ),
                ),
            ],
            options={
                "verbose_name": "schedule of a report",
                "verbose_name_plural": "schedules of reports",
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("weekday__lte", 6)), name="report_weekday_is_one_of_seven"),
                    models.CheckConstraint(
                        condition=models.Q(("day__gte", 1), ("day__lte", 31)), name="report_day_is_one_of_a_month"
                    ),
                    models.CheckConstraint(condition=models.Q(("hour__lte", 23)), name="report_hour_is_one_of_a_day"),
                ],
            },
        ),
        migrations.CreateModel(
            name="ShareLink",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(blank=True, max_length=80, verbose_name="for whom")),
                (
                    "language",
                    models.CharField(
                        choices=[("en", "English"), ("uz", "Uzbek")], default="uz", max_length=8, verbose_name="language"
                    ),
                ),
                ("shows_money", models.BooleanField(default=False, verbose_name="shows money")),
                ("expires_at", models.DateTimeField(blank=True, null=True, verbose_name="works until")),
                ("revoked_at", models.DateTimeField(blank=True, null=True, verbose_name="taken back")),
                ("opened_at", models.DateTimeField(blank=True, null=True, verbose_name="opened last")),
                ("opened_count", models.PositiveIntegerField(default=0, verbose_name="times opened")),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                (
                    "created_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "strategy",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="share_links", to="strategies.strategy"
                    ),
                ),
            ],
            options={
                "verbose_name": "link to a strategy",
                "verbose_name_plural": "links to strategies",
                "ordering": ["-created_at", "-pk"],
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="StalePeriod",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("start", models.DateField()),
                ("end", models.DateField()),
                (
                    "carries",
                    models.BooleanField(
                        default=True,
                        help_text="Figures that later periods open with may be among them.",
                        verbose_name="carries on",
                    ),
                ),
                ("marked_at", models.DateTimeField(auto_now_add=True)),
                (
                    "brand",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="stale_periods", to="brands.brand"
                    ),
                ),
                (
                    "channel",
                    models.ForeignKey(
                        blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name="+", to="brands.channel"
                    ),
                ),
            ],
            options={
                "verbose_name": "stale period",
                "verbose_name_plural": "stale periods",
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="Acknowledgement",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("rule", models.CharField(max_length=16, verbose_name="rule")),
                ("cause", models.CharField(blank=True, help_text="digest of what made the rule fire", max_length=64)),
                ("reason", models.CharField(max_length=200, verbose_name="reason")),
                ("at", models.DateTimeField(auto_now_add=True)),
                (
                    "by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "strategy",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="acknowledgements", to="strategies.strategy"
                    ),
                ),
            ],
            options={
                "verbose_name": "accepted rule",
                "verbose_name_plural": "accepted rules",
                "constraints": [models.UniqueConstraint(fields=("strategy", "rule"), name="rule_is_accepted_once_in_a_strategy")],
            },
        ),
        migrations.CreateModel(
            name="Alert",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("measure", models.CharField(blank=True, max_length=60, verbose_name="measure")),
                ("start", models.DateField(verbose_name="from")),
                ("end", models.DateField(verbose_name="to")),
                ("value", models.DecimalField(decimal_places=4, max_digits=24, verbose_name="value")),
                ("bound", models.DecimalField(decimal_places=4, max_digits=24, verbose_name="bound")),
                ("is_below", models.BooleanField(default=False)),
                ("usual_low", models.DecimalField(blank=True, decimal_places=4, max_digits=24, null=True)),
                ("usual_high", models.DecimalField(blank=True, decimal_places=4, max_digits=24, null=True)),
                ("also", models.JSONField(blank=True, default=list, help_text="other figures that were unusual on the day")),
                (
                    "state",
                    models.CharField(
                        choices=[("open", "Open"), ("seen", "Being dealt with"), ("settled", "Settled")],
                        default="open",
                        max_length=8,
                        verbose_name="state",
                    ),
                ),
                ("note", models.CharField(blank=True, max_length=200, verbose_name="what was done")),
                ("raised_at", models.DateTimeField(auto_now_add=True)),
                ("settled_at", models.DateTimeField(blank=True, null=True)),
                (
                    "brand",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="alerts", to="brands.brand"),
                ),
                (
                    "channel",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="alerts",
                        to="brands.channel",
                        verbose_name="channel",
                    ),
                ),
                (
                    "item",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="alerts",
                        to="strategies.watchitem",
                    ),
                ),
                (
                    "settled_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "strategy",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="alerts",
                        to="strategies.strategy",
                    ),
                ),
                (
                    "taken_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="who deals with it",
                    ),
                ),
            ],
            options={
                "verbose_name": "alert",
                "verbose_name_plural": "alerts",
                "ordering": ["-raised_at", "-pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("item", "start", "end"), name="one_alert_per_watched_figure_and_span"),
                    models.UniqueConstraint(
                        condition=models.Q(("item__isnull", True)),
                        fields=("channel", "start"),
                        name="one_alert_per_channel_and_unusual_day",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("item__isnull", False), ("strategy__isnull", False)),
                            models.Q(
                                ("channel__isnull", False),
                                ("item__isnull", True),
                                ("usual_high__isnull", False),
                                ("usual_low__isnull", False),
                                models.Q(("measure", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="alert_is_of_a_watched_figure_or_of_an_unusual_day",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="AlertSilence",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("measure", models.CharField(blank=True, max_length=60, verbose_name="measure")),
                ("since", models.DateTimeField(auto_now_add=True)),
                (
                    "brand",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="alert_silences", to="brands.brand"
                    ),
                ),
                (
                    "channel",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="brands.channel",
                        verbose_name="channel",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="alert_silences", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "verbose_name": "silence about unusual days",
                "verbose_name_plural": "silences about unusual days",
                "ordering": ["pk"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("channel__isnull", False)),
                        fields=("user", "channel", "measure"),
                        name="one_silence_per_channel_and_measure",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("channel__isnull", True)),
                        fields=("user", "brand", "measure"),
                        name="one_silence_per_brand_and_measure",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="AssignedValue",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                (
                    "amount",
                    models.DecimalField(
                        decimal_places=2,
                        max_digits=18,
                        validators=[django.core.validators.MinValueValidator(0)],
                        verbose_name="worth of one result",
                    ),
                ),
                (
                    "currency",
                    models.CharField(
                        choices=[
                            ("UZS", "Uzbek soʻm (UZS)"),
                            ("USD", "US dollar (USD)"),
                            ("EUR", "Euro (EUR)"),
                            ("RUB", "Russian rouble (RUB)"),
                            ("KZT", "Kazakh tenge (KZT)"),
                            ("GBP", "Pound sterling (GBP)"),
                        ],
                        max_length=3,
                        verbose_name="currency",
                    ),
                ),
                ("reason", models.CharField(max_length=200, verbose_name="why so much")),
                ("set_at", models.DateTimeField(auto_now=True)),
                (
                    "brand",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="assigned_values", to="brands.brand"
                    ),
                ),
                (
                    "set_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "target",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="assigned_value",
                        to="strategies.target",
                        verbose_name="target",
                    ),
                ),
            ],
            options={
                "verbose_name": "assigned value",
                "verbose_name_plural": "assigned values",
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("amount__gte", 0)), name="assigned_value_is_not_negative")
                ],
            },
        ),
        migrations.CreateModel(
            name="Benchmark",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kpi", models.CharField(max_length=60, verbose_name="KPI")),
                (
                    "low",
                    models.DecimalField(blank=True, decimal_places=4, max_digits=18, null=True, verbose_name="value, or from"),
                ),
                ("high", models.DecimalField(blank=True, decimal_places=4, max_digits=18, null=True, verbose_name="to")),
                ("currency", models.CharField(blank=True, max_length=3, verbose_name="currency")),
                (
                    "over",
                    models.CharField(
                        blank=True,
                        help_text="The measure that it is divided by. Empty: as the KPI is.",
                        max_length=60,
                        verbose_name="measured over",
                    ),
                ),
                ("note", models.CharField(blank=True, max_length=200, verbose_name="note")),
                ("note_uz", models.CharField(blank=True, max_length=200, verbose_name="note in Uzbek")),
                ("source", models.CharField(max_length=120, verbose_name="source")),
                ("address", models.URLField(blank=True, max_length=300, verbose_name="address of the source")),
                ("as_of", models.DateField(verbose_name="as of")),
                ("region", models.CharField(blank=True, max_length=60, verbose_name="region")),
                (
                    "platform",
                    models.ForeignKey(
                        blank=True,
                        help_text="Empty: for all platforms.",
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="benchmarks",
                        to="brands.platform",
                        verbose_name="platform",
                    ),
                ),
            ],
            options={
                "verbose_name": "benchmark",
                "verbose_name_plural": "benchmarks",
                "ordering": ["kpi", "-as_of", "pk"],
                "indexes": [models.Index(fields=["kpi", "-as_of"], name="benchmarks_of_a_kpi")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("low__isnull", False), ("high__isnull", False), _connector="OR"),
                        name="a_benchmark_has_a_value",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("low__isnull", True), ("high__isnull", True), ("high__gte", models.F("low")), _connector="OR"
                        ),
                        name="a_benchmark_does_not_end_below_its_start",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="HealthCheck",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("day", models.DateField(verbose_name="day")),
                ("checked_at", models.DateTimeField(verbose_name="checked")),
                ("score", models.PositiveSmallIntegerField(verbose_name="score")),
                ("errors", models.PositiveSmallIntegerField(default=0)),
                ("warnings", models.PositiveSmallIntegerField(default=0)),
                ("infos", models.PositiveSmallIntegerField(default=0)),
                (
                    "verdicts",
                    models.JSONField(default=list, help_text="plain data of every rule: name, outcome, what made it fire"),
                ),
                (
                    "strategy",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="health_checks", to="strategies.strategy"
                    ),
                ),
            ],
            options={
                "verbose_name": "health check",
                "verbose_name_plural": "health checks",
                "ordering": ["-day"],
                "constraints": [models.UniqueConstraint(fields=("strategy", "day"), name="one_health_check_a_day")],
            },
        ),
        migrations.RunPython(add_known, migrations.RunPython.noop),
    ]
