"""Everything up to now in one step, for new databases: one by one the steps before it take more than twice as long."""

import django.core.validators
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import strategies.models.planning
from brands.first_tables import FirstTables


class Migration(FirstTables):
    replaces = [
        ("strategies", "0001_initial"),
        ("strategies", "0002_keep_the_plan_of_past_weeks"),
        ("strategies", "0003_the_strategy_in_full"),
        ("strategies", "0004_keep_what_past_weeks_had_slots_for"),
        ("strategies", "0005_remember_the_late_gates"),
        ("strategies", "0006_remember_applied_presets"),
        ("strategies", "0007_plan_money_by_the_month"),
        ("strategies", "0008_drop_the_single_month_of_budget_lines"),
        ("strategies", "0009_say_that_a_budget_was_looked_at"),
    ]

    initial = True

    dependencies = [
        ("brands", "0001_squashed_0004_the_calendar_in_full"),
        ("brands", "__first__"),
    ]

    operations = [
        migrations.CreateModel(
            name="BusinessObjective",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                ("text", models.CharField(max_length=200, verbose_name="business goal")),
                ("position", models.PositiveSmallIntegerField(default=0)),
            ],
            options={
                "verbose_name": "business goal",
                "verbose_name_plural": "business goals",
                "ordering": ["position", "pk"],
            },
        ),
        migrations.CreateModel(
            name="CommunicationPlan",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                ("name", models.CharField(max_length=120, verbose_name="name")),
                ("start", models.DateField(help_text="The first day of a month.", verbose_name="starts")),
                ("end", models.DateField(verbose_name="ends")),
                ("note", models.TextField(blank=True, verbose_name="note")),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                (
                    "brand",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="communication_plans", to="brands.brand"
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
            ],
            options={
                "verbose_name": "communication plan",
                "verbose_name_plural": "communication plans",
                "ordering": ["-start", "-pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("end__gt", models.F("start"))), name="communication_plan_ends_after_it_starts"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="EditorialPlan",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                (
                    "medium",
                    models.CharField(
                        blank=True, help_text="A blog, a magazine, a news page.", max_length=80, verbose_name="or another medium"
                    ),
                ),
                ("start", models.DateField(verbose_name="starts")),
                ("end", models.DateField(verbose_name="ends")),
                ("is_active", models.BooleanField(default=True, verbose_name="active")),
                ("note", models.CharField(blank=True, max_length=200, verbose_name="note")),
                (
                    "counts_from",
                    models.DateField(editable=False, help_text="the first day that its slots are a plan for", null=True),
                ),
                ("slots_since", models.DateField(editable=False, help_text="when its slots were changed last", null=True)),
                (
                    "kept_days",
                    models.JSONField(default=dict, editable=False, help_text="posts planned on days of weeks that are over"),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                (
                    "brand",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="editorial_plans", to="brands.brand"
                    ),
                ),
                (
                    "channel",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="editorial_plans",
                        to="brands.channel",
                        verbose_name="channel",
                    ),
                ),
                (
                    "communication_plan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="editorial_plans",
                        to="strategies.communicationplan",
                        verbose_name="communication plan",
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
            ],
            options={
                "verbose_name": "editorial plan",
                "verbose_name_plural": "editorial plans",
                "ordering": ["-start", "channel__platform__position", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("end__gt", models.F("start"))), name="editorial_plan_ends_after_it_starts"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("channel__isnull", False), models.Q(("medium", ""), _negated=True), _connector="OR"),
                        name="editorial_plan_has_a_medium",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Goal",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                (
                    "goal_type",
                    models.CharField(
                        choices=[
                            ("awareness", "Brand awareness"),
                            ("engagement", "Community engagement"),
                            ("sales", "Leads and sales"),
                            ("audience", "Grow the brand’s audience"),
                            ("traffic", "Website traffic"),
                            ("service", "Customer service"),
                            ("advocacy", "Brand advocacy, PR"),
                        ],
                        max_length=16,
                        verbose_name="goal type",
                    ),
                ),
                ("text", models.CharField(blank=True, max_length=200, verbose_name="goal in a few words")),
                ("deadline", models.DateField(blank=True, null=True, verbose_name="by")),
                (
                    "confirmed_achievable",
                    models.BooleanField(default=False, verbose_name="I know it is a lot, and it can be done"),
                ),
                (
                    "early_warning",
                    models.CharField(blank=True, max_length=200, verbose_name="what will tell you early that it will not work?"),
                ),
                ("position", models.PositiveSmallIntegerField(default=0)),
                (
                    "objective",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="goals",
                        to="strategies.businessobjective",
                        verbose_name="business goal",
                    ),
                ),
            ],
            options={
                "verbose_name": "goal",
                "verbose_name_plural": "goals",
                "ordering": ["position", "pk"],
            },
        ),
        migrations.CreateModel(
            name="Pillar",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                ("name", models.CharField(max_length=80, verbose_name="name")),
                (
                    "share",
                    models.PositiveSmallIntegerField(
                        default=0, validators=[django.core.validators.MaxValueValidator(100)], verbose_name="share, %"
                    ),
                ),
                (
                    "colour",
                    models.PositiveSmallIntegerField(
                        default=1,
                        validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(6)],
                        verbose_name="colour",
                    ),
                ),
                ("about", models.CharField(blank=True, max_length=200, verbose_name="what it is about")),
                ("position", models.PositiveSmallIntegerField(default=0)),
                (
                    "goals",
                    models.ManyToManyField(
                        blank=True, related_name="pillars", to="strategies.goal", verbose_name="goals it serves"
                    ),
                ),
            ],
            options={
                "verbose_name": "content pillar",
                "verbose_name_plural": "content pillars",
                "ordering": ["position", "pk"],
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("share__lte", 100)), name="pillar_share_is_a_percentage")
                ],
            },
        ),
        migrations.CreateModel(
            name="PlanItem",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                ("month", models.DateField(help_text="Its first day.", verbose_name="month")),
                ("day", models.DateField(blank=True, null=True, verbose_name="day")),
                (
                    "medium",
                    models.CharField(
                        choices=[
                            ("site", "Website"),
                            ("social", "Social networks"),
                            ("ads", "Advertising"),
                            ("newsletter", "Newsletter"),
                            ("blog", "Blog"),
                            ("event", "Event"),
                            ("press", "Press"),
                            ("other", "Other"),
                        ],
                        default="social",
                        max_length=12,
                        verbose_name="medium",
                    ),
                ),
                ("title", models.CharField(max_length=160, verbose_name="what")),
                (
                    "content",
                    models.CharField(
                        blank=True, help_text="Infographic, e-book, film…", max_length=80, verbose_name="kind of content"
                    ),
                ),
                ("where", models.CharField(blank=True, max_length=160, verbose_name="where it is delivered")),
                ("position", models.PositiveSmallIntegerField(default=0)),
                (
                    "owner",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="who",
                    ),
                ),
                (
                    "plan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="items", to="strategies.communicationplan"
                    ),
                ),
            ],
            options={
                "verbose_name": "item of a communication plan",
                "verbose_name_plural": "items of communication plans",
                "ordering": ["month", "position", "pk"],
            },
        ),
        migrations.CreateModel(
            name="Slot",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                (
                    "weekday",
                    models.PositiveSmallIntegerField(
                        choices=[
                            (0, "Monday"),
                            (1, "Tuesday"),
                            (2, "Wednesday"),
                            (3, "Thursday"),
                            (4, "Friday"),
                            (5, "Saturday"),
                            (6, "Sunday"),
                        ],
                        validators=[django.core.validators.MaxValueValidator(6)],
                        verbose_name="weekday",
                    ),
                ),
                ("time", models.TimeField(verbose_name="time")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("planned", "Planned"),
                            ("series", "Series"),
                            ("buffer", "Buffer"),
                            ("reactive", "Reactive"),
                            ("promo", "Promotion"),
                            ("event", "Event"),
                        ],
                        default="planned",
                        max_length=12,
                        verbose_name="kind",
                    ),
                ),
                ("theme", models.CharField(blank=True, max_length=100, verbose_name="what goes out")),
                (
                    "format",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("text", "Text"),
                            ("image", "Image"),
                            ("carousel", "Carousel"),
                            ("video", "Video"),
                            ("reel", "Short video"),
                            ("story", "Story"),
                            ("live", "Live"),
                            ("link", "Link"),
                            ("poll", "Poll or quiz"),
                            ("ugc", "From customers (UGC)"),
                        ],
                        max_length=12,
                        verbose_name="format",
                    ),
                ),
                (
                    "journey_stage",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("awareness", "Awareness"),
                            ("consideration", "Consideration"),
                            ("conversion", "Conversion"),
                            ("retention", "Retention"),
                            ("advocacy", "Advocacy"),
                        ],
                        max_length=16,
                        verbose_name="journey stage",
                    ),
                ),
                (
                    "purpose",
                    models.CharField(
                        blank=True,
                        choices=[("attract", "Attract new people"), ("engage", "Engage existing followers")],
                        max_length=8,
                        verbose_name="purpose",
                    ),
                ),
                (
                    "goal",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="slots",
                        to="strategies.goal",
                        verbose_name="goal",
                    ),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="who",
                    ),
                ),
                (
                    "pillar",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="slots",
                        to="strategies.pillar",
                        verbose_name="pillar",
                    ),
                ),
                (
                    "plan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="slots", to="strategies.editorialplan"
                    ),
                ),
            ],
            options={
                "verbose_name": "slot",
                "verbose_name_plural": "slots",
                "ordering": ["weekday", "time", "pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("plan", "weekday", "time"), name="slot_is_once_at_a_time"),
                    models.CheckConstraint(condition=models.Q(("weekday__lte", 6)), name="slot_is_on_a_day_of_the_week"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Strategy",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                ("name", models.CharField(max_length=120, verbose_name="name")),
                ("summary", models.TextField(blank=True, verbose_name="in one or two sentences")),
                ("start", models.DateField(verbose_name="starts")),
                ("end", models.DateField(verbose_name="ends")),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("draft", "Draft"),
                            ("in_review", "In review"),
                            ("approved", "Approved"),
                            ("archived", "Archived"),
                        ],
                        default="draft",
                        max_length=12,
                        verbose_name="status",
                    ),
                ),
                (
                    "primary_type",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("commerce", "Social commerce"),
                            ("content", "Social content"),
                            ("monitoring", "Social monitoring"),
                            ("crm", "Social CRM"),
                        ],
                        max_length=16,
                        verbose_name="strategy type",
                    ),
                ),
                ("secondary_types", models.JSONField(blank=True, default=list, verbose_name="further types")),
                ("why_type", models.TextField(blank=True, verbose_name="why this type")),
                (
                    "marketing_budget",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        max_digits=18,
                        null=True,
                        validators=[django.core.validators.MinValueValidator(0)],
                        verbose_name="all marketing money of the period",
                    ),
                ),
                (
                    "social_share",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        null=True,
                        validators=[django.core.validators.MaxValueValidator(100)],
                        verbose_name="share of social media, %",
                    ),
                ),
                ("budget_reviewed_on", models.DateField(blank=True, null=True, verbose_name="budget looked at on")),
                ("organic_only", models.BooleanField(default=False, verbose_name="organic only, no budget")),
                ("watch_routine", models.TextField(blank=True, verbose_name="how we watch")),
                (
                    "decision",
                    models.CharField(
                        blank=True,
                        choices=[("continue", "Continue"), ("adjust", "Adjust"), ("stop", "Stop")],
                        max_length=12,
                        verbose_name="decision",
                    ),
                ),
                ("decision_reason", models.TextField(blank=True, verbose_name="why")),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("updated_at", models.DateTimeField(auto_now=True)),
                (
                    "brand",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="strategies",
                        to="brands.brand",
                        verbose_name="brand",
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
                    "previous",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="following",
                        to="strategies.strategy",
                        verbose_name="the cycle before",
                    ),
                ),
            ],
            options={
                "verbose_name": "strategy",
                "verbose_name_plural": "strategies",
                "ordering": ["-start", "-pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("end__gt", models.F("start"))), name="strategy_ends_after_it_starts"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="StepComment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("step", models.CharField(max_length=30, verbose_name="step")),
                ("text", models.TextField(max_length=2000, verbose_name="comment")),
                ("at", models.DateTimeField(auto_now_add=True)),
                ("settled_at", models.DateTimeField(blank=True, null=True)),
                (
                    "by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to=settings.AUTH_USER_MODEL
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
                        on_delete=django.db.models.deletion.CASCADE, related_name="comments", to="strategies.strategy"
                    ),
                ),
            ],
            options={
                "verbose_name": "comment on a step",
                "verbose_name_plural": "comments on steps",
                "ordering": ["at", "pk"],
                "indexes": [models.Index(fields=["strategy", "step"], name="comments_of_a_step")],
            },
        ),
        migrations.CreateModel(
            name="StageState",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "stage",
                    models.CharField(
                        choices=[
                            ("goals", "Goals"),
                            ("planning", "Planning"),
                            ("strategies", "Strategies"),
                            ("monitoring", "Monitoring"),
                            ("analysis", "Analysis"),
                        ],
                        max_length=12,
                        verbose_name="stage",
                    ),
                ),
                ("is_met", models.BooleanField(default=False, verbose_name="complete")),
                ("changed_step", models.CharField(blank=True, max_length=30)),
                ("changed_at", models.DateTimeField(blank=True, null=True)),
                ("looked_at", models.DateTimeField(blank=True, null=True)),
                (
                    "met_late",
                    models.JSONField(blank=True, default=list, help_text="late gates that were met when they were asked last"),
                ),
                (
                    "strategy",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="stage_states", to="strategies.strategy"
                    ),
                ),
            ],
            options={
                "verbose_name": "state of a stage",
                "verbose_name_plural": "states of stages",
                "constraints": [models.UniqueConstraint(fields=("strategy", "stage"), name="stage_is_once_in_a_strategy")],
            },
        ),
        migrations.CreateModel(
            name="Risk",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                ("name", models.CharField(max_length=160, verbose_name="what may happen")),
                (
                    "likelihood",
                    models.PositiveSmallIntegerField(
                        choices=[(1, "low"), (2, "medium"), (3, "high")], default=2, verbose_name="likelihood"
                    ),
                ),
                (
                    "effect",
                    models.PositiveSmallIntegerField(
                        choices=[(1, "low"), (2, "medium"), (3, "high")], default=2, verbose_name="effect"
                    ),
                ),
                ("sign", models.CharField(blank=True, max_length=200, verbose_name="how we notice it")),
                ("response", models.TextField(blank=True, verbose_name="what we do then")),
                ("position", models.PositiveSmallIntegerField(default=0)),
                (
                    "owner",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="who",
                    ),
                ),
                (
                    "strategy",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="risks", to="strategies.strategy"
                    ),
                ),
            ],
            options={
                "verbose_name": "risk",
                "verbose_name_plural": "risks",
                "ordering": ["position", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("effect__gte", 1), ("effect__lte", 3), ("likelihood__gte", 1), ("likelihood__lte", 3)
                        ),
                        name="risk_levels_are_known",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="PlatformReview",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                (
                    "weights",
                    models.JSONField(
                        blank=True, default=dict, help_text="criterion → weight; empty: the usual ones", verbose_name="weights"
                    ),
                ),
                ("reviewed_on", models.DateField(blank=True, null=True, verbose_name="reviewed on")),
                (
                    "strategy",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="platform_review", to="strategies.strategy"
                    ),
                ),
            ],
            options={
                "verbose_name": "platform review",
                "verbose_name_plural": "platform reviews",
            },
        ),
        migrations.CreateModel(
            name="PlanningStep",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                (
                    "step",
                    models.CharField(
                        choices=[
                            ("preparation", "Preparation"),
                            ("target_group", "Target group"),
                            ("approach", "Approach to that group"),
                            ("assets", "Assets"),
                            ("problems", "Problems foreseen"),
                            ("result", "Expected result"),
                        ],
                        max_length=16,
                        verbose_name="step",
                    ),
                ),
                ("text", models.TextField(blank=True, verbose_name="plan")),
                ("due", models.DateField(blank=True, null=True, verbose_name="by")),
                (
                    "owner",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="who",
                    ),
                ),
                (
                    "strategy",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="planning_steps", to="strategies.strategy"
                    ),
                ),
            ],
            options={
                "verbose_name": "planning step",
                "verbose_name_plural": "planning steps",
                "constraints": [models.UniqueConstraint(fields=("strategy", "step"), name="planning_step_is_once_in_a_strategy")],
            },
        ),
        migrations.AddField(
            model_name="pillar",
            name="strategy",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="pillars", to="strategies.strategy"
            ),
        ),
        migrations.CreateModel(
            name="Persona",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                ("name", models.CharField(max_length=80, verbose_name="name")),
                ("age_range", models.CharField(blank=True, max_length=20, verbose_name="age")),
                ("gender", models.CharField(blank=True, max_length=40, verbose_name="gender")),
                ("occupation", models.CharField(blank=True, max_length=120, verbose_name="occupation")),
                ("income", models.CharField(blank=True, max_length=80, verbose_name="income")),
                ("aspirations", models.TextField(blank=True, verbose_name="aspirations")),
                ("pain_points", models.TextField(blank=True, verbose_name="pain points")),
                ("how_we_help", models.TextField(blank=True, verbose_name="how the brand helps")),
                ("motive", models.CharField(blank=True, max_length=200, verbose_name="motive")),
                ("active_hours", models.CharField(blank=True, max_length=80, verbose_name="active hours")),
                ("language", models.CharField(blank=True, max_length=40, verbose_name="language")),
                ("region", models.CharField(blank=True, max_length=80, verbose_name="region")),
                ("notes", models.TextField(blank=True, verbose_name="notes")),
                (
                    "picture",
                    models.ImageField(
                        blank=True, max_length=200, upload_to=strategies.models.planning.picture_path, verbose_name="picture"
                    ),
                ),
                (
                    "platforms",
                    models.ManyToManyField(
                        blank=True, related_name="personas", to="brands.platform", verbose_name="active platforms"
                    ),
                ),
                (
                    "strategy",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="personas", to="strategies.strategy"
                    ),
                ),
            ],
            options={
                "verbose_name": "persona",
                "verbose_name_plural": "personas",
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="MixTarget",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                (
                    "dimension",
                    models.CharField(
                        choices=[("format", "Format"), ("journey", "Journey stage"), ("purpose", "Attract or engage")],
                        max_length=8,
                        verbose_name="by",
                    ),
                ),
                ("value", models.CharField(max_length=16, verbose_name="kind")),
                (
                    "share",
                    models.PositiveSmallIntegerField(
                        default=0, validators=[django.core.validators.MaxValueValidator(100)], verbose_name="share, %"
                    ),
                ),
                (
                    "strategy",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="mix_targets", to="strategies.strategy"
                    ),
                ),
            ],
            options={
                "verbose_name": "share of a kind of content",
                "verbose_name_plural": "shares of kinds of content",
                "ordering": ["dimension", "pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("strategy", "dimension", "value"), name="mix_is_said_once_per_kind"),
                    models.CheckConstraint(condition=models.Q(("share__lte", 100)), name="mix_share_is_a_percentage"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Incident",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                ("happened_on", models.DateField(verbose_name="day")),
                ("title", models.CharField(max_length=160, verbose_name="what happened")),
                ("text", models.TextField(blank=True, verbose_name="in more words")),
                ("response", models.TextField(blank=True, verbose_name="what we did")),
                ("effect", models.TextField(blank=True, verbose_name="what came of it")),
                ("settled_on", models.DateField(blank=True, null=True, verbose_name="settled on")),
                (
                    "channel",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="brands.channel",
                        verbose_name="where",
                    ),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="who",
                    ),
                ),
                (
                    "risk",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="incidents",
                        to="strategies.risk",
                        verbose_name="the risk that came true",
                    ),
                ),
                (
                    "strategy",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="incidents", to="strategies.strategy"
                    ),
                ),
            ],
            options={
                "verbose_name": "incident",
                "verbose_name_plural": "incidents",
                "ordering": ["-happened_on", "-pk"],
            },
        ),
        migrations.AddField(
            model_name="goal",
            name="strategy",
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="goals", to="strategies.strategy"),
        ),
        migrations.CreateModel(
            name="GateWaiver",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("gate", models.CharField(max_length=40, verbose_name="gate")),
                ("reason", models.CharField(max_length=200, verbose_name="reason")),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                (
                    "waived_by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "strategy",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="waivers", to="strategies.strategy"
                    ),
                ),
            ],
            options={
                "verbose_name": "waived gate",
                "verbose_name_plural": "waived gates",
                "constraints": [models.UniqueConstraint(fields=("strategy", "gate"), name="gate_is_waived_once")],
            },
        ),
        migrations.CreateModel(
            name="FitRating",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                (
                    "criterion",
                    models.CharField(
                        choices=[
                            ("audience", "Audience is there"),
                            ("format", "Suits the business and its formats"),
                            ("resources", "Resources we have"),
                            ("approach", "Suits the approach and the goals"),
                            ("rivals", "What competitors show"),
                        ],
                        max_length=12,
                        verbose_name="criterion",
                    ),
                ),
                (
                    "rating",
                    models.PositiveSmallIntegerField(
                        validators=[django.core.validators.MaxValueValidator(5)], verbose_name="rating"
                    ),
                ),
                ("reason", models.CharField(blank=True, max_length=200, verbose_name="why")),
                (
                    "platform",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="brands.platform"),
                ),
                (
                    "strategy",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="fit_ratings", to="strategies.strategy"
                    ),
                ),
            ],
            options={
                "verbose_name": "rating of a platform",
                "verbose_name_plural": "ratings of platforms",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("strategy", "platform", "criterion"), name="platform_is_rated_once_per_criterion"
                    ),
                    models.CheckConstraint(condition=models.Q(("rating__lte", 5)), name="rating_is_at_most_five"),
                ],
            },
        ),
        migrations.AddField(
            model_name="editorialplan",
            name="strategy",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="editorial_plans",
                to="strategies.strategy",
                verbose_name="strategy",
            ),
        ),
        migrations.AddField(
            model_name="businessobjective",
            name="strategy",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="objectives", to="strategies.strategy"
            ),
        ),
        migrations.CreateModel(
            name="BudgetLine",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("ads", "Paid advertising"),
                            ("influencers", "Influencers"),
                            ("tools", "Tools"),
                            ("staff", "Staff"),
                            ("production", "Design and production"),
                            ("ugc", "UGC rewards"),
                            ("test", "Test budget"),
                            ("reserve", "Reserve"),
                        ],
                        max_length=12,
                        verbose_name="line",
                    ),
                ),
                ("name", models.CharField(blank=True, max_length=120, verbose_name="what for")),
                (
                    "planned",
                    models.DecimalField(
                        decimal_places=2,
                        default=0,
                        max_digits=18,
                        validators=[django.core.validators.MinValueValidator(0)],
                        verbose_name="planned",
                    ),
                ),
                (
                    "hours_per_week",
                    models.DecimalField(
                        blank=True,
                        decimal_places=1,
                        max_digits=5,
                        null=True,
                        validators=[django.core.validators.MinValueValidator(0)],
                        verbose_name="hours per week",
                    ),
                ),
                (
                    "hourly_rate",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        max_digits=18,
                        null=True,
                        validators=[django.core.validators.MinValueValidator(0)],
                        verbose_name="cost of an hour",
                    ),
                ),
                ("position", models.PositiveSmallIntegerField(default=0)),
                (
                    "channel",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="brands.channel",
                        verbose_name="channel",
                    ),
                ),
                (
                    "strategy",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="budget_lines", to="strategies.strategy"
                    ),
                ),
            ],
            options={
                "verbose_name": "budget line",
                "verbose_name_plural": "budget lines",
                "ordering": ["position", "pk"],
                "constraints": [models.CheckConstraint(condition=models.Q(("planned__gte", 0)), name="budget_is_not_negative")],
            },
        ),
        migrations.CreateModel(
            name="Audit",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                (
                    "kind",
                    models.CharField(
                        choices=[("own", "Our channel"), ("competitor", "Competitor")], max_length=12, verbose_name="kind"
                    ),
                ),
                ("competitor", models.CharField(blank=True, max_length=120, verbose_name="competitor")),
                ("audited_on", models.DateField(blank=True, null=True, verbose_name="looked at on")),
                ("followers", models.PositiveBigIntegerField(blank=True, null=True, verbose_name="followers")),
                ("posts_per_month", models.PositiveIntegerField(blank=True, null=True, verbose_name="posts per month")),
                ("best_format", models.CharField(blank=True, max_length=120, verbose_name="best format")),
                ("works", models.TextField(blank=True, verbose_name="what works")),
                ("to_improve", models.TextField(blank=True, verbose_name="what to improve")),
                ("strengths", models.TextField(blank=True, verbose_name="strengths")),
                ("weaknesses", models.TextField(blank=True, verbose_name="weaknesses")),
                ("hypothesis", models.TextField(blank=True, verbose_name="hypothesis")),
                ("following", models.PositiveBigIntegerField(blank=True, null=True, verbose_name="follows")),
                ("content_types", models.CharField(blank=True, max_length=200, verbose_name="kinds of content")),
                ("popular_posts", models.TextField(blank=True, verbose_name="popular posts")),
                ("tactics", models.TextField(blank=True, verbose_name="which tactics engage people?")),
                ("neglected", models.TextField(blank=True, verbose_name="which platforms look neglected?")),
                ("flops", models.TextField(blank=True, verbose_name="which content does not work?")),
                ("gap", models.TextField(blank=True, verbose_name="gap for us")),
                (
                    "channel",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="audits",
                        to="brands.channel",
                        verbose_name="channel",
                    ),
                ),
                (
                    "earlier",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="later",
                        to="strategies.audit",
                        verbose_name="the audit before",
                    ),
                ),
                (
                    "platform",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="brands.platform",
                        verbose_name="platform",
                    ),
                ),
                (
                    "strategy",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="audits", to="strategies.strategy"
                    ),
                ),
            ],
            options={
                "verbose_name": "audit",
                "verbose_name_plural": "audits",
                "ordering": ["kind", "pk"],
            },
        ),
        migrations.CreateModel(
            name="AudienceNote",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                (
                    "topic",
                    models.CharField(
                        choices=[
                            ("personas", "Define or create personas"),
                            ("where", "Learn where the audience is active"),
                            ("rivals", "Look at competitors"),
                            ("survey", "Survey customers"),
                            ("groups", "Look for groups"),
                            ("follow", "Which brands do you follow yourself, and why?"),
                            ("seek", "What content do you look for there?"),
                            ("unfollow", "Which did you stop following, and why?"),
                        ],
                        max_length=12,
                        verbose_name="topic",
                    ),
                ),
                ("is_done", models.BooleanField(default=False, verbose_name="done")),
                ("text", models.TextField(blank=True, verbose_name="what came of it")),
                (
                    "strategy",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="audience_notes", to="strategies.strategy"
                    ),
                ),
            ],
            options={
                "verbose_name": "note about the audience",
                "verbose_name_plural": "notes about the audience",
                "constraints": [
                    models.UniqueConstraint(fields=("strategy", "topic"), name="audience_topic_is_once_in_a_strategy")
                ],
            },
        ),
        migrations.CreateModel(
            name="AudienceAnswer",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                (
                    "question",
                    models.CharField(
                        choices=[
                            ("product", "What is my product or service?"),
                            ("for_whom", "Who is it for?"),
                            ("who_uses", "Who uses it?"),
                            ("who_buys", "Who buys from me?"),
                            ("who_cares", "Who takes an interest in my business?"),
                            ("who_before", "Who were my customers before?"),
                        ],
                        max_length=16,
                        verbose_name="question",
                    ),
                ),
                ("text", models.TextField(blank=True, verbose_name="answer")),
                (
                    "strategy",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="audience_answers", to="strategies.strategy"
                    ),
                ),
            ],
            options={
                "verbose_name": "audience answer",
                "verbose_name_plural": "audience answers",
                "constraints": [
                    models.UniqueConstraint(fields=("strategy", "question"), name="audience_question_is_once_in_a_strategy")
                ],
            },
        ),
        migrations.CreateModel(
            name="Asset",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("content", "Content"),
                            ("people", "People and skills"),
                            ("equipment", "Equipment and places"),
                            ("brand", "Brand, name, rights"),
                            ("relations", "Customers, partners, lists"),
                            ("money", "Money"),
                        ],
                        max_length=12,
                        verbose_name="kind",
                    ),
                ),
                ("name", models.CharField(max_length=120, verbose_name="what")),
                (
                    "supply",
                    models.CharField(
                        choices=[("enough", "Enough"), ("short", "Too little"), ("missing", "Missing")],
                        default="enough",
                        max_length=8,
                        verbose_name="is it enough?",
                    ),
                ),
                ("use", models.CharField(blank=True, max_length=200, verbose_name="what for, or how to get it")),
                ("position", models.PositiveSmallIntegerField(default=0)),
                (
                    "owner",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="who",
                    ),
                ),
                (
                    "strategy",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="assets", to="strategies.strategy"
                    ),
                ),
            ],
            options={
                "verbose_name": "asset",
                "verbose_name_plural": "assets",
                "ordering": ["position", "pk"],
            },
        ),
        migrations.CreateModel(
            name="AppliedPreset",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "preset",
                    models.CharField(
                        choices=[
                            ("large", "Large enterprise"),
                            ("small", "Small business"),
                            ("ecommerce", "E-commerce"),
                            ("b2b", "B2B"),
                        ],
                        max_length=16,
                        verbose_name="preset",
                    ),
                ),
                ("at", models.DateTimeField(auto_now_add=True)),
                (
                    "rows",
                    models.JSONField(
                        default=list, help_text="model, key and version of each row, in the order in which they were made"
                    ),
                ),
                ("filled", models.JSONField(default=list, help_text="model, key, field and value of each field that was empty")),
                ("undone_at", models.DateTimeField(blank=True, null=True)),
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
                        on_delete=django.db.models.deletion.CASCADE, related_name="applied_presets", to="strategies.strategy"
                    ),
                ),
            ],
            options={
                "verbose_name": "applied preset",
                "verbose_name_plural": "applied presets",
                "ordering": ["-at", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="Answer",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                (
                    "question",
                    models.CharField(
                        choices=[
                            ("goals", "Were the goals reached?"),
                            ("plan", "Was the strategy carried out as planned?"),
                            ("assets", "Were the invested assets enough?"),
                            ("surprises", "Did anything unexpected happen?"),
                            ("business", "Did it affect other parts of the business?"),
                        ],
                        max_length=12,
                        verbose_name="question",
                    ),
                ),
                (
                    "verdict",
                    models.CharField(
                        blank=True,
                        choices=[("yes", "Yes"), ("partly", "Partly"), ("no", "No")],
                        max_length=8,
                        verbose_name="verdict",
                    ),
                ),
                ("text", models.TextField(blank=True, verbose_name="why")),
                (
                    "strategy",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="answers", to="strategies.strategy"
                    ),
                ),
            ],
            options={
                "verbose_name": "analysis answer",
                "verbose_name_plural": "analysis answers",
                "constraints": [
                    models.UniqueConstraint(fields=("strategy", "question"), name="analysis_question_is_once_in_a_strategy")
                ],
            },
        ),
        migrations.CreateModel(
            name="Activity",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                (
                    "method",
                    models.CharField(
                        choices=[
                            ("ads", "Advertisements"),
                            ("boost", "Boosted posts"),
                            ("influencers", "Influencers"),
                            ("paid_posts", "Paid posts in other channels"),
                            ("accounts", "Own accounts, kept alive"),
                            ("promotion", "Online promotion (giveaway)"),
                            ("community", "Own community or group"),
                            ("other_communities", "Other people’s communities"),
                            ("collaboration", "Work with a partner"),
                            ("customers", "Customers’ own content"),
                            ("referral", "Recommendations"),
                            ("other", "Something else"),
                        ],
                        max_length=20,
                        verbose_name="way",
                    ),
                ),
                ("name", models.CharField(blank=True, max_length=160, verbose_name="what we do")),
                ("partner", models.CharField(blank=True, max_length=120, verbose_name="with whom")),
                ("start", models.DateField(blank=True, null=True, verbose_name="from")),
                ("end", models.DateField(blank=True, null=True, verbose_name="to")),
                ("expected", models.CharField(blank=True, max_length=200, verbose_name="what it should bring")),
                ("position", models.PositiveSmallIntegerField(default=0)),
                (
                    "channel",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="brands.channel",
                        verbose_name="channel",
                    ),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="who",
                    ),
                ),
                (
                    "budget_line",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="activities",
                        to="strategies.budgetline",
                        verbose_name="paid from",
                    ),
                ),
                (
                    "strategy",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="activities", to="strategies.strategy"
                    ),
                ),
            ],
            options={
                "verbose_name": "activity",
                "verbose_name_plural": "activities",
                "ordering": ["position", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("start__isnull", True), ("end__isnull", True), ("end__gte", models.F("start")), _connector="OR"
                        ),
                        name="activity_does_not_end_before_it_starts",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="StrategyChange",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField(auto_now_add=True)),
                (
                    "act",
                    models.CharField(choices=[("added", "added"), ("changed", "changed"), ("removed", "removed")], max_length=8),
                ),
                ("part", models.CharField(help_text="a part of approval.PARTS, or “strategy”", max_length=40)),
                ("row", models.PositiveBigIntegerField(help_text="key of the row within its part")),
                ("name", models.CharField(help_text="what the row was called", max_length=160)),
                (
                    "field",
                    models.CharField(blank=True, help_text="empty for a row that was added or removed as a whole", max_length=60),
                ),
                ("was", models.JSONField(blank=True, null=True)),
                ("became", models.JSONField(blank=True, null=True)),
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
                        on_delete=django.db.models.deletion.CASCADE, related_name="changes", to="strategies.strategy"
                    ),
                ),
            ],
            options={
                "verbose_name": "change of a strategy",
                "verbose_name_plural": "changes of strategies",
                "ordering": ["-at", "-pk"],
                "indexes": [models.Index(fields=["strategy", "-at", "-id"], name="changes_of_a_strategy")],
            },
        ),
        migrations.CreateModel(
            name="StrategyChannel",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                (
                    "posts_per_week",
                    models.DecimalField(
                        decimal_places=1,
                        default=0,
                        max_digits=4,
                        validators=[django.core.validators.MinValueValidator(0), django.core.validators.MaxValueValidator(200)],
                        verbose_name="posts per week",
                    ),
                ),
                (
                    "hours_per_post",
                    models.DecimalField(
                        decimal_places=1,
                        default=1,
                        max_digits=4,
                        validators=[django.core.validators.MinValueValidator(0)],
                        verbose_name="hours per post",
                    ),
                ),
                ("cadence_since", models.DateField(editable=False, null=True)),
                ("why", models.CharField(blank=True, max_length=200, verbose_name="why this channel")),
                (
                    "community_hours",
                    models.DecimalField(
                        decimal_places=1,
                        default=0,
                        max_digits=4,
                        validators=[django.core.validators.MinValueValidator(0)],
                        verbose_name="hours for the community, per week",
                    ),
                ),
                (
                    "hours_available",
                    models.DecimalField(
                        blank=True,
                        decimal_places=1,
                        help_text="Leave empty where the team shares its hours.",
                        max_digits=4,
                        null=True,
                        validators=[django.core.validators.MinValueValidator(0)],
                        verbose_name="hours kept for it, per week",
                    ),
                ),
                ("needed_skills", models.JSONField(blank=True, default=list, verbose_name="skills it needs")),
                ("content_source", models.CharField(blank=True, max_length=200, verbose_name="where its content comes from")),
                ("resources_now", models.CharField(blank=True, max_length=200, verbose_name="resources now")),
                ("resources_later", models.CharField(blank=True, max_length=200, verbose_name="resources over the years")),
                ("pilot_until", models.DateField(blank=True, null=True, verbose_name="pilot until")),
                ("pilot_success", models.CharField(blank=True, max_length=200, verbose_name="the pilot succeeds if")),
                (
                    "pilot_verdict",
                    models.CharField(
                        blank=True,
                        choices=[("keep", "We stay"), ("longer", "We try longer"), ("stop", "We leave")],
                        max_length=8,
                        verbose_name="after the pilot",
                    ),
                ),
                (
                    "channel",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="strategy_channels",
                        to="brands.channel",
                        verbose_name="channel",
                    ),
                ),
                (
                    "strategy",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="strategy_channels", to="strategies.strategy"
                    ),
                ),
            ],
            options={
                "verbose_name": "channel of a strategy",
                "verbose_name_plural": "channels of a strategy",
                "ordering": ["channel__platform__position", "pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("strategy", "channel"), name="channel_is_once_in_a_strategy"),
                    models.CheckConstraint(condition=models.Q(("posts_per_week__gte", 0)), name="cadence_is_not_negative"),
                ],
            },
        ),
        migrations.AddField(
            model_name="strategy",
            name="channels",
            field=models.ManyToManyField(related_name="strategies", through="strategies.StrategyChannel", to="brands.channel"),
        ),
        migrations.CreateModel(
            name="PlannedWeek",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("week", models.DateField(verbose_name="week")),
                ("posts", models.DecimalField(decimal_places=1, max_digits=4, verbose_name="posts")),
                (
                    "strategy_channel",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="planned_weeks", to="strategies.strategychannel"
                    ),
                ),
            ],
            options={
                "verbose_name": "planned week",
                "verbose_name_plural": "planned weeks",
                "ordering": ["week"],
                "constraints": [
                    models.UniqueConstraint(fields=("strategy_channel", "week"), name="week_is_planned_once_per_channel")
                ],
            },
        ),
        migrations.CreateModel(
            name="StrategyEvent",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("created", "created the strategy"),
                            ("submitted", "sent it to review"),
                            ("returned", "returned it with a note"),
                            ("approved", "approved it"),
                            ("archived", "archived it"),
                            ("restored", "brought it back from the archive"),
                            ("waived", "left a gate open"),
                            ("reverted", "took it back to what was approved"),
                            ("budget", "looked at the budget"),
                        ],
                        max_length=12,
                    ),
                ),
                ("at", models.DateTimeField(auto_now_add=True)),
                ("note", models.TextField(blank=True)),
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
                        on_delete=django.db.models.deletion.CASCADE, related_name="events", to="strategies.strategy"
                    ),
                ),
            ],
            options={
                "verbose_name": "event of a strategy",
                "verbose_name_plural": "events of strategies",
                "ordering": ["-at", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="StrategySnapshot",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveIntegerField(verbose_name="version")),
                ("content", models.JSONField(verbose_name="content")),
                ("approved_at", models.DateTimeField(auto_now_add=True)),
                (
                    "approved_by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "strategy",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="snapshots", to="strategies.strategy"
                    ),
                ),
            ],
            options={
                "verbose_name": "approved version",
                "verbose_name_plural": "approved versions",
                "ordering": ["-number"],
                "constraints": [
                    models.UniqueConstraint(fields=("strategy", "number"), name="version_number_is_once_in_a_strategy")
                ],
            },
        ),
        migrations.CreateModel(
            name="Survey",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                ("title", models.CharField(max_length=120, verbose_name="title")),
                ("intro", models.TextField(blank=True, max_length=1000, verbose_name="introduction")),
                ("thanks", models.CharField(blank=True, max_length=200, verbose_name="words of thanks")),
                (
                    "language",
                    models.CharField(
                        choices=[("en", "English"), ("uz", "Uzbek")], default="uz", max_length=8, verbose_name="language"
                    ),
                ),
                ("is_open", models.BooleanField(default=False, verbose_name="takes answers")),
                ("closes_on", models.DateField(blank=True, null=True, verbose_name="closes on")),
                ("issue", models.PositiveIntegerField(default=1, editable=False, help_text="raised when the link is replaced")),
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
                        on_delete=django.db.models.deletion.CASCADE, related_name="surveys", to="strategies.strategy"
                    ),
                ),
            ],
            options={
                "verbose_name": "survey",
                "verbose_name_plural": "surveys",
                "ordering": ["-created_at", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="SurveyQuestion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                ("text", models.CharField(max_length=200, verbose_name="question")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("one", "One answer"),
                            ("several", "Several answers"),
                            ("scale", "From 1 to 5"),
                            ("text", "In own words"),
                        ],
                        default="one",
                        max_length=8,
                        verbose_name="kind",
                    ),
                ),
                ("options", models.JSONField(blank=True, default=list, verbose_name="answers to choose from")),
                ("is_required", models.BooleanField(default=False, verbose_name="must be answered")),
                ("position", models.PositiveSmallIntegerField(default=0)),
                (
                    "survey",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="questions", to="strategies.survey"
                    ),
                ),
            ],
            options={
                "verbose_name": "question of a survey",
                "verbose_name_plural": "questions of surveys",
                "ordering": ["position", "pk"],
            },
        ),
        migrations.CreateModel(
            name="SurveyResponse",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "answers",
                    models.JSONField(
                        default=dict, help_text="question's key → text, list of texts or number", verbose_name="answers"
                    ),
                ),
                ("sender", models.CharField(blank=True, max_length=64)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                (
                    "survey",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="responses", to="strategies.survey"
                    ),
                ),
            ],
            options={
                "verbose_name": "answer to a survey",
                "verbose_name_plural": "answers to surveys",
                "ordering": ["-created_at", "-pk"],
                "indexes": [models.Index(fields=["survey", "sender", "created_at"], name="responses_by_sender")],
            },
        ),
        migrations.CreateModel(
            name="Target",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                (
                    "metric",
                    models.CharField(help_text="A KPI or a measure, by its name.", max_length=60, verbose_name="what changes"),
                ),
                ("everywhere", models.BooleanField(default=False, verbose_name="all channels")),
                (
                    "window",
                    models.CharField(
                        choices=[
                            ("total", "Total over the period"),
                            ("monthly", "Per month"),
                            ("latest", "Latest value"),
                            ("per_post", "Per post"),
                        ],
                        default="total",
                        max_length=12,
                        verbose_name="counted",
                    ),
                ),
                ("baseline", models.DecimalField(blank=True, decimal_places=4, max_digits=20, null=True, verbose_name="today")),
                ("value", models.DecimalField(blank=True, decimal_places=4, max_digits=20, null=True, verbose_name="target")),
                ("deadline", models.DateField(blank=True, null=True, verbose_name="by")),
                (
                    "role",
                    models.CharField(
                        choices=[("primary", "Primary"), ("guard", "Guard")], default="primary", max_length=8, verbose_name="role"
                    ),
                ),
                ("position", models.PositiveSmallIntegerField(default=0)),
                (
                    "channels",
                    models.ManyToManyField(blank=True, related_name="targets", to="brands.channel", verbose_name="where"),
                ),
                (
                    "goal",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="targets", to="strategies.goal"),
                ),
            ],
            options={
                "verbose_name": "target",
                "verbose_name_plural": "targets",
                "ordering": ["-role", "position", "pk"],
            },
        ),
        migrations.CreateModel(
            name="Tool",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                ("name", models.CharField(max_length=80, verbose_name="name")),
                (
                    "group",
                    models.CharField(
                        choices=[
                            ("planning", "Planning"),
                            ("management", "Managing (saves time)"),
                            ("monitoring", "Monitoring"),
                            ("research", "Research"),
                        ],
                        max_length=12,
                        verbose_name="group",
                    ),
                ),
                ("url", models.URLField(blank=True, max_length=300, verbose_name="address")),
                ("is_paid", models.BooleanField(default=False, verbose_name="paid")),
                (
                    "price_per_month",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        max_digits=18,
                        null=True,
                        validators=[django.core.validators.MinValueValidator(0)],
                        verbose_name="price per month",
                    ),
                ),
                ("note", models.CharField(blank=True, max_length=200, verbose_name="note")),
                (
                    "brand",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="tools", to="brands.brand"),
                ),
                (
                    "channels",
                    models.ManyToManyField(blank=True, related_name="tools", to="brands.channel", verbose_name="channels"),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="who looks after it",
                    ),
                ),
            ],
            options={
                "verbose_name": "tool",
                "verbose_name_plural": "tools",
                "ordering": ["group", "name", "pk"],
                "constraints": [models.UniqueConstraint(fields=("brand", "name"), name="tool_is_once_in_a_brand")],
            },
        ),
        migrations.CreateModel(
            name="WatchItem",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                ("metric", models.CharField(max_length=60, verbose_name="what is watched")),
                (
                    "rhythm",
                    models.CharField(
                        choices=[("daily", "Every day"), ("weekly", "Every week"), ("monthly", "Every month")],
                        default="weekly",
                        max_length=8,
                        verbose_name="how often",
                    ),
                ),
                (
                    "at_least",
                    models.DecimalField(blank=True, decimal_places=4, max_digits=20, null=True, verbose_name="not below"),
                ),
                (
                    "at_most",
                    models.DecimalField(blank=True, decimal_places=4, max_digits=20, null=True, verbose_name="not above"),
                ),
                ("if_it_fails", models.CharField(blank=True, max_length=200, verbose_name="what we do if it goes wrong")),
                (
                    "channel",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="brands.channel",
                        verbose_name="where",
                    ),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="who",
                    ),
                ),
                (
                    "risk",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="watch_items",
                        to="strategies.risk",
                        verbose_name="the risk it shows",
                    ),
                ),
                (
                    "strategy",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="watch_items", to="strategies.strategy"
                    ),
                ),
            ],
            options={
                "verbose_name": "watched figure",
                "verbose_name_plural": "watched figures",
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="BudgetMonth",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("month", models.DateField(help_text="Its first day.", verbose_name="month")),
                (
                    "planned",
                    models.DecimalField(
                        decimal_places=2,
                        max_digits=18,
                        validators=[django.core.validators.MinValueValidator(0)],
                        verbose_name="planned",
                    ),
                ),
                (
                    "line",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="months", to="strategies.budgetline"
                    ),
                ),
            ],
            options={
                "verbose_name": "month of a budget line",
                "verbose_name_plural": "months of budget lines",
                "ordering": ["month"],
                "constraints": [
                    models.UniqueConstraint(fields=("line", "month"), name="month_is_once_in_a_budget_line"),
                    models.CheckConstraint(condition=models.Q(("planned__gte", 0)), name="month_budget_is_not_negative"),
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="pillar",
            constraint=models.UniqueConstraint(fields=("strategy", "name"), name="pillar_is_once_in_a_strategy"),
        ),
    ]
