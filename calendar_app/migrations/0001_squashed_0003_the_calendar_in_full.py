"""Everything up to now in one step, for new databases: one by one the steps before it take more than twice as long."""

import django.core.validators
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from brands.first_tables import FirstTables


class Migration(FirstTables):
    replaces = [
        ("calendar_app", "0001_initial"),
        ("calendar_app", "0002_the_strategy_in_full"),
        ("calendar_app", "0003_the_calendar_in_full"),
    ]

    initial = True

    dependencies = [
        ("brands", "0001_squashed_0004_the_calendar_in_full"),
        ("brands", "__first__"),
        ("strategies", "0001_squashed_0009_say_that_a_budget_was_looked_at"),
    ]

    operations = [
        migrations.CreateModel(
            name="CalendarFeed",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("only_mine", models.BooleanField(default=False, verbose_name="only my posts")),
                ("digest", models.CharField(max_length=64, unique=True)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("read_at", models.DateTimeField(blank=True, null=True, verbose_name="read last")),
                ("revoked_at", models.DateTimeField(blank=True, null=True, verbose_name="taken back")),
                (
                    "brand",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="calendar_feeds", to="brands.brand"
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="calendar_feeds", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "verbose_name": "calendar feed",
                "verbose_name_plural": "calendar feeds",
                "ordering": ["-created_at", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="Campaign",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                (
                    "kind",
                    models.CharField(
                        choices=[("campaign", "Campaign"), ("promotion", "Promotion (giveaway)"), ("launch", "Launch")],
                        default="campaign",
                        max_length=12,
                        verbose_name="kind",
                    ),
                ),
                ("name", models.CharField(max_length=120, verbose_name="name")),
                ("start", models.DateField(verbose_name="starts")),
                ("end", models.DateField(verbose_name="ends")),
                ("approach", models.TextField(blank=True, max_length=2000, verbose_name="approach")),
                (
                    "budget",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        max_digits=18,
                        null=True,
                        validators=[django.core.validators.MinValueValidator(0)],
                        verbose_name="budget",
                    ),
                ),
                ("prize", models.CharField(blank=True, max_length=200, verbose_name="prize")),
                (
                    "prize_value",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        max_digits=18,
                        null=True,
                        validators=[django.core.validators.MinValueValidator(0)],
                        verbose_name="value of the prize",
                    ),
                ),
                ("rules_link", models.URLField(blank=True, max_length=500, verbose_name="link to the rules")),
                (
                    "guidelines_checked",
                    models.BooleanField(default=False, verbose_name="the platform’s promotion guidelines were checked"),
                ),
                ("participants", models.PositiveIntegerField(blank=True, null=True, verbose_name="participants")),
                (
                    "sales",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        max_digits=18,
                        null=True,
                        validators=[django.core.validators.MinValueValidator(0)],
                        verbose_name="sales",
                    ),
                ),
                ("engagement", models.PositiveIntegerField(blank=True, null=True, verbose_name="interactions")),
                ("result", models.TextField(blank=True, max_length=2000, verbose_name="what came of it")),
                (
                    "brand",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="campaigns", to="brands.brand"),
                ),
                (
                    "budget_lines",
                    models.ManyToManyField(
                        blank=True, related_name="campaigns", to="strategies.budgetline", verbose_name="budget lines"
                    ),
                ),
                (
                    "channels",
                    models.ManyToManyField(blank=True, related_name="campaigns", to="brands.channel", verbose_name="channels"),
                ),
                (
                    "goal",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="campaigns",
                        to="strategies.goal",
                        verbose_name="goal",
                    ),
                ),
                (
                    "strategy",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="campaigns",
                        to="strategies.strategy",
                        verbose_name="strategy",
                    ),
                ),
            ],
            options={
                "verbose_name": "campaign",
                "verbose_name_plural": "campaigns",
                "ordering": ["start", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("end__gte", models.F("start"))), name="campaign_does_not_end_before_it_starts"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="HashtagSet",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                ("name", models.CharField(max_length=60, verbose_name="name")),
                ("tags", models.TextField(help_text="Separated by spaces.", max_length=1000, verbose_name="hashtags")),
                (
                    "brand",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="hashtag_sets", to="brands.brand"
                    ),
                ),
            ],
            options={
                "verbose_name": "set of hashtags",
                "verbose_name_plural": "sets of hashtags",
                "ordering": ["name"],
                "constraints": [models.UniqueConstraint(fields=("brand", "name"), name="hashtag_set_is_once_in_a_brand")],
            },
        ),
        migrations.CreateModel(
            name="KeyDate",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                (
                    "country",
                    models.CharField(
                        blank=True, help_text="Two letters; for dates of all brands there.", max_length=2, verbose_name="country"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("holiday", "Holiday"),
                            ("industry", "Day of the industry"),
                            ("launch", "Launch"),
                            ("event", "Event"),
                            ("other", "Other"),
                        ],
                        default="other",
                        max_length=10,
                        verbose_name="kind",
                    ),
                ),
                ("name", models.CharField(max_length=100, verbose_name="name")),
                (
                    "names",
                    models.JSONField(
                        blank=True, default=dict, help_text="By language code.", verbose_name="names in other languages"
                    ),
                ),
                ("start", models.DateField(verbose_name="day")),
                ("end", models.DateField(blank=True, null=True, verbose_name="last day")),
                ("repeats_yearly", models.BooleanField(default=False, verbose_name="every year")),
                ("note", models.CharField(blank=True, max_length=200, verbose_name="note")),
                (
                    "brand",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="key_dates",
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
            ],
            options={
                "verbose_name": "key date",
                "verbose_name_plural": "key dates",
                "ordering": ["start", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("end__isnull", True), ("end__gte", models.F("start")), _connector="OR"),
                        name="key_date_does_not_end_before_it_starts",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("brand__isnull", False), models.Q(("country", ""), _negated=True), _connector="OR"),
                        name="key_date_is_of_a_brand_or_a_country",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="MediaFile",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[("image", "Image"), ("video", "Video"), ("document", "Document")],
                        max_length=8,
                        verbose_name="kind",
                    ),
                ),
                ("content_type", models.CharField(max_length=60, verbose_name="type")),
                ("name", models.CharField(max_length=200, verbose_name="name")),
                ("file", models.FileField(max_length=200, upload_to="", verbose_name="file")),
                ("thumbnail", models.FileField(blank=True, max_length=200, upload_to="", verbose_name="thumbnail")),
                ("size", models.PositiveBigIntegerField(verbose_name="bytes")),
                ("sha256", models.CharField(max_length=64)),
                ("width", models.PositiveIntegerField(blank=True, null=True, verbose_name="width")),
                ("height", models.PositiveIntegerField(blank=True, null=True, verbose_name="height")),
                ("seconds", models.DecimalField(blank=True, decimal_places=2, max_digits=9, null=True, verbose_name="seconds")),
                ("alt_text", models.CharField(blank=True, max_length=1000, verbose_name="alt text")),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                (
                    "brand",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="media_files", to="brands.brand"),
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
                "verbose_name": "media file",
                "verbose_name_plural": "media files",
                "ordering": ["-created_at", "-pk"],
                "constraints": [models.UniqueConstraint(fields=("brand", "sha256"), name="file_is_kept_once_in_a_brand")],
            },
        ),
        migrations.CreateModel(
            name="PassedOver",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("day", models.DateField(verbose_name="day")),
                ("name", models.CharField(max_length=100, verbose_name="name")),
                (
                    "brand",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="passed_over_dates", to="brands.brand"
                    ),
                ),
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
            ],
            options={
                "verbose_name": "key date without a post",
                "verbose_name_plural": "key dates without a post",
                "constraints": [models.UniqueConstraint(fields=("brand", "day", "name"), name="key_date_is_passed_over_once")],
            },
        ),
        migrations.CreateModel(
            name="PlanFile",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=200, verbose_name="file")),
                ("file", models.FileField(max_length=200, upload_to="")),
                ("format", models.CharField(blank=True, max_length=20, verbose_name="format")),
                (
                    "answers",
                    models.JSONField(
                        default=dict, help_text="what the file cannot tell: channel, order of day and month, columns"
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("checked", "Waits for your decision"),
                            ("applied", "In the calendar"),
                            ("refused", "Could not be read"),
                        ],
                        default="checked",
                        max_length=10,
                        verbose_name="status",
                    ),
                ),
                ("summary", models.JSONField(default=dict, help_text="how many rows are new, known and refused")),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("applied_at", models.DateTimeField(blank=True, null=True)),
                (
                    "brand",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="plan_files", to="brands.brand"),
                ),
                (
                    "created_by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "verbose_name": "file with posts",
                "verbose_name_plural": "files with posts",
                "ordering": ["-created_at", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="Post",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                ("title", models.CharField(max_length=120, verbose_name="title")),
                ("text", models.TextField(blank=True, verbose_name="text")),
                ("link", models.URLField(blank=True, max_length=500, verbose_name="link")),
                (
                    "adds_utm",
                    models.BooleanField(
                        default=False,
                        help_text="Adds utm_source, utm_medium and utm_campaign, per channel.",
                        verbose_name="mark the link, so that visits can be counted",
                    ),
                ),
                ("utm_campaign", models.CharField(blank=True, max_length=100, verbose_name="utm_campaign")),
                ("utm_content", models.CharField(blank=True, max_length=100, verbose_name="utm_content")),
                (
                    "first_comment",
                    models.TextField(
                        blank=True,
                        help_text="Put under the post as soon as it is out: hashtags, or the link.",
                        verbose_name="first comment",
                    ),
                ),
                (
                    "hours",
                    models.DecimalField(
                        blank=True,
                        decimal_places=1,
                        help_text="Leave empty for what the strategy counts for a post on this channel.",
                        max_digits=5,
                        null=True,
                        validators=[django.core.validators.MinValueValidator(0)],
                        verbose_name="hours of work",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("idea", "Idea"),
                            ("draft", "Draft"),
                            ("in_review", "In review"),
                            ("changes_requested", "Changes requested"),
                            ("approved", "Approved"),
                        ],
                        default="draft",
                        max_length=20,
                        verbose_name="state",
                    ),
                ),
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
                            ("unplanned", "Outside the plan"),
                        ],
                        default="planned",
                        max_length=12,
                        verbose_name="kind",
                    ),
                ),
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
                ("is_paid", models.BooleanField(default=False, verbose_name="paid")),
                (
                    "is_automated",
                    models.BooleanField(
                        default=False,
                        help_text="Sent out by a robot, without a person’s eye on it.",
                        verbose_name="made by a machine",
                    ),
                ),
                (
                    "slot_day",
                    models.DateField(blank=True, editable=False, help_text="the day of the slot that it was made for", null=True),
                ),
                (
                    "series_day",
                    models.DateField(
                        blank=True, editable=False, help_text="the day of the series that it was made for", null=True
                    ),
                ),
                (
                    "is_apart",
                    models.BooleanField(
                        default=False, editable=False, help_text="written by itself: changes of the series pass it by"
                    ),
                ),
                (
                    "lead_approved_at",
                    models.DateTimeField(
                        blank=True,
                        editable=False,
                        help_text="where two must approve: when the lead did, and the client is next",
                        null=True,
                    ),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("updated_at", models.DateTimeField(auto_now=True)),
                (
                    "brand",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="posts", to="brands.brand"),
                ),
                (
                    "campaign",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="posts",
                        to="calendar_app.campaign",
                        verbose_name="campaign",
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
                    "goal",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="posts",
                        to="strategies.goal",
                        verbose_name="goal",
                    ),
                ),
                (
                    "lead_approved_by",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="owned_posts",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="owner",
                    ),
                ),
                (
                    "pillar",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="posts",
                        to="strategies.pillar",
                        verbose_name="pillar",
                    ),
                ),
                (
                    "slot",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="posts",
                        to="strategies.slot",
                    ),
                ),
                (
                    "strategy",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="posts",
                        to="strategies.strategy",
                        verbose_name="strategy",
                    ),
                ),
            ],
            options={
                "verbose_name": "post",
                "verbose_name_plural": "posts",
                "ordering": ["-pk"],
                "indexes": [models.Index(fields=["brand", "state"], name="posts_by_state")],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("slot__isnull", False)),
                        fields=("slot", "slot_day"),
                        name="a_slot_makes_one_post_a_day",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("lead_approved_at__isnull", True), ("state", "in_review"), _connector="OR"),
                        name="only_what_is_in_review_waits_for_the_client",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PostMedia",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("position", models.PositiveSmallIntegerField(default=0, verbose_name="position")),
                (
                    "file",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="uses", to="calendar_app.mediafile"
                    ),
                ),
                (
                    "post",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="media", to="calendar_app.post"),
                ),
            ],
            options={
                "verbose_name": "medium of a post",
                "verbose_name_plural": "media of posts",
                "ordering": ["position", "pk"],
                "constraints": [models.UniqueConstraint(fields=("post", "file"), name="file_is_once_in_a_post")],
            },
        ),
        migrations.CreateModel(
            name="PostTemplate",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                ("name", models.CharField(max_length=80, verbose_name="name")),
                ("content", models.JSONField(default=dict, help_text="fields of a post")),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                (
                    "brand",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="post_templates", to="brands.brand"
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
                "verbose_name": "template of a post",
                "verbose_name_plural": "templates of posts",
                "ordering": ["name"],
                "constraints": [models.UniqueConstraint(fields=("brand", "name"), name="post_template_is_once_in_a_brand")],
            },
        ),
        migrations.CreateModel(
            name="PostVersion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveIntegerField(verbose_name="number")),
                ("content", models.JSONField(default=dict)),
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
                    "post",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="versions", to="calendar_app.post"
                    ),
                ),
            ],
            options={
                "verbose_name": "version of a post",
                "verbose_name_plural": "versions of posts",
                "ordering": ["-number"],
                "constraints": [models.UniqueConstraint(fields=("post", "number"), name="version_of_a_post_has_its_number")],
            },
        ),
        migrations.CreateModel(
            name="Publication",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                ("at", models.DateTimeField(blank=True, null=True, verbose_name="goes out")),
                ("text_override", models.TextField(blank=True, verbose_name="text for this channel")),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("planned", "Planned"),
                            ("scheduled", "Scheduled"),
                            ("due", "Due"),
                            ("published", "Published"),
                            ("missed", "Missed"),
                            ("expired", "Expired"),
                            ("cancelled", "Cancelled"),
                        ],
                        default="planned",
                        max_length=12,
                        verbose_name="status",
                    ),
                ),
                ("published_at", models.DateTimeField(blank=True, null=True, verbose_name="went out")),
                ("permalink", models.URLField(blank=True, max_length=500, verbose_name="link to the post")),
                ("platform_post_id", models.CharField(blank=True, max_length=100, verbose_name="id on the platform")),
                (
                    "origin",
                    models.CharField(
                        choices=[("calendar", "Planned here"), ("import", "Found in an import")],
                        default="calendar",
                        max_length=10,
                        verbose_name="origin",
                    ),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("updated_at", models.DateTimeField(auto_now=True)),
                (
                    "brand",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="publications", to="brands.brand"
                    ),
                ),
                (
                    "channel",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="publications",
                        to="brands.channel",
                        verbose_name="channel",
                    ),
                ),
                (
                    "post",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="publications", to="calendar_app.post"
                    ),
                ),
            ],
            options={
                "verbose_name": "publication",
                "verbose_name_plural": "publications",
                "ordering": ["at", "pk"],
                "indexes": [
                    models.Index(fields=["brand", "at"], name="publications_by_day"),
                    models.Index(fields=["status", "at"], name="publications_that_are_due"),
                    models.Index(fields=["brand", "published_at"], name="publications_that_went_out"),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("post", "channel"), name="a_post_goes_out_once_per_channel"),
                    models.UniqueConstraint(
                        condition=models.Q(("platform_post_id", ""), _negated=True),
                        fields=("channel", "platform_post_id"),
                        name="platform_id_is_once_in_a_channel",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status", "published"), _negated=True), ("published_at__isnull", False), _connector="OR"
                        ),
                        name="published_has_a_moment",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status__in", ["scheduled", "due"]), _negated=True), ("at__isnull", False), _connector="OR"
                        ),
                        name="scheduled_has_a_moment",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PostEvent",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("verb", models.CharField(max_length=24)),
                ("was", models.CharField(blank=True, max_length=24)),
                ("became", models.CharField(blank=True, max_length=24)),
                ("note", models.TextField(blank=True)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                (
                    "actor",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "post",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="events", to="calendar_app.post"),
                ),
                (
                    "publication",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="events",
                        to="calendar_app.publication",
                    ),
                ),
            ],
            options={
                "verbose_name": "step in a post’s life",
                "verbose_name_plural": "steps in a post’s life",
                "ordering": ["-created_at", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="ReviewLink",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("label", models.CharField(max_length=80, verbose_name="for whom")),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("expires_at", models.DateTimeField(verbose_name="works until")),
                ("revoked_at", models.DateTimeField(blank=True, null=True, verbose_name="taken back")),
                ("opened_at", models.DateTimeField(blank=True, null=True, verbose_name="opened last")),
                (
                    "brand",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="review_links", to="brands.brand"
                    ),
                ),
                (
                    "created_by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                ("posts", models.ManyToManyField(related_name="review_links", to="calendar_app.post", verbose_name="posts")),
            ],
            options={
                "verbose_name": "review link",
                "verbose_name_plural": "review links",
                "ordering": ["-created_at", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="Comment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "guest_name",
                    models.CharField(blank=True, help_text="Somebody who came by a link.", max_length=80, verbose_name="said by"),
                ),
                ("text", models.TextField(max_length=4000, verbose_name="comment")),
                ("visible_to_client", models.BooleanField(default=False, verbose_name="the client sees it")),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                (
                    "answers",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="replies",
                        to="calendar_app.comment",
                        verbose_name="answers",
                    ),
                ),
                (
                    "author",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "mentions",
                    models.ManyToManyField(blank=True, related_name="+", to=settings.AUTH_USER_MODEL, verbose_name="mentions"),
                ),
                (
                    "post",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="comments", to="calendar_app.post"
                    ),
                ),
                (
                    "guest",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="comments",
                        to="calendar_app.reviewlink",
                    ),
                ),
            ],
            options={
                "verbose_name": "comment",
                "verbose_name_plural": "comments",
                "ordering": ["created_at", "pk"],
            },
        ),
        migrations.CreateModel(
            name="SavedView",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=60, verbose_name="name")),
                ("view", models.CharField(max_length=12)),
                ("query", models.CharField(blank=True, max_length=600)),
                (
                    "brand",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="saved_views", to="brands.brand"),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="saved_views", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "verbose_name": "saved view",
                "verbose_name_plural": "saved views",
                "ordering": ["name"],
                "constraints": [
                    models.UniqueConstraint(fields=("brand", "user", "name"), name="saved_view_is_once_for_a_person")
                ],
            },
        ),
        migrations.CreateModel(
            name="Series",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                ("title", models.CharField(max_length=100, verbose_name="title")),
                ("text", models.TextField(blank=True, verbose_name="text to begin with")),
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
                    "frequency",
                    models.CharField(
                        choices=[
                            ("daily", "Days"),
                            ("weekly", "Weeks"),
                            ("monthly", "Months, on the same day"),
                            ("monthly_weekday", "Months, on the same weekday"),
                        ],
                        default="weekly",
                        max_length=16,
                        verbose_name="every so many",
                    ),
                ),
                (
                    "interval",
                    models.PositiveSmallIntegerField(
                        default=1,
                        validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(52)],
                        verbose_name="every",
                    ),
                ),
                (
                    "weekdays",
                    models.JSONField(blank=True, default=list, help_text="0 is Monday", verbose_name="on these weekdays"),
                ),
                ("start", models.DateField(verbose_name="first day")),
                ("clock", models.TimeField(verbose_name="time")),
                ("until", models.DateField(blank=True, null=True, verbose_name="last day")),
                (
                    "count",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        null=True,
                        validators=[django.core.validators.MinValueValidator(1)],
                        verbose_name="how many times",
                    ),
                ),
                ("skipped", models.JSONField(default=list, editable=False, help_text="days of the rule that were taken out")),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                (
                    "brand",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="series", to="brands.brand"),
                ),
                ("channels", models.ManyToManyField(related_name="series", to="brands.channel", verbose_name="channels")),
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
                    "goal",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="series",
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
                        verbose_name="owner",
                    ),
                ),
                (
                    "pillar",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="series",
                        to="strategies.pillar",
                        verbose_name="pillar",
                    ),
                ),
                (
                    "strategy",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="series",
                        to="strategies.strategy",
                        verbose_name="strategy",
                    ),
                ),
            ],
            options={
                "verbose_name": "series",
                "verbose_name_plural": "series",
                "ordering": ["-start", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("count__isnull", True), ("until__isnull", False)),
                            models.Q(("count__isnull", False), ("until__isnull", True)),
                            _connector="OR",
                        ),
                        name="series_ends_on_a_day_or_after_so_many",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("until__isnull", True), ("until__gte", models.F("start")), _connector="OR"),
                        name="series_does_not_end_before_it_starts",
                    ),
                ],
            },
        ),
        migrations.AddField(
            model_name="post",
            name="series",
            field=models.ForeignKey(
                blank=True,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="posts",
                to="calendar_app.series",
            ),
        ),
        migrations.AddConstraint(
            model_name="post",
            constraint=models.UniqueConstraint(
                condition=models.Q(("series__isnull", False)),
                fields=("series", "series_day"),
                name="a_series_makes_one_post_a_day",
            ),
        ),
    ]
