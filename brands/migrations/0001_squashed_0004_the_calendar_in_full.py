"""Everything up to now in one step, for new databases: one by one the steps before it take more than twice as long."""

import django.db.models.deletion
import django.db.models.functions.text
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import brands.models.teams
from brands.platform_rows import rows


def add_missing(apps, schema_editor):
    """Rows that are there already belong to the administrators and stay as they are."""
    platforms = apps.get_model("brands", "Platform").objects.using(schema_editor.connection.alias)
    fields = {field.name for field in platforms.model._meta.get_fields()}
    for row in rows():
        known = {name: value for name, value in row.items() if name in fields}
        platforms.get_or_create(slug=row["slug"], defaults=known)


class Migration(migrations.Migration):
    replaces = [
        ("brands", "0001_initial"),
        ("brands", "0002_seed_platforms"),
        ("brands", "0003_the_strategy_in_full"),
        ("brands", "0004_the_calendar_in_full"),
    ]

    initial = True

    dependencies = [
        ("auth", "0012_alter_user_first_name_max_length"),
    ]

    operations = [
        migrations.CreateModel(
            name="Brand",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                ("name", models.CharField(max_length=120, verbose_name="name")),
                ("slug", models.SlugField(max_length=60, unique=True, verbose_name="short name in addresses")),
                (
                    "business_type",
                    models.CharField(
                        choices=[
                            ("large", "Large enterprise"),
                            ("small", "Small business"),
                            ("ecommerce", "E-commerce"),
                            ("b2b", "B2B"),
                        ],
                        default="small",
                        max_length=16,
                        verbose_name="business type",
                    ),
                ),
                (
                    "time_zone",
                    models.CharField(
                        default="Asia/Tashkent",
                        max_length=64,
                        validators=[brands.models.teams.validate_zone],
                        verbose_name="time zone",
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
                        default="UZS",
                        max_length=3,
                        verbose_name="currency",
                    ),
                ),
                (
                    "language",
                    models.CharField(
                        choices=[("en", "English"), ("uz", "Uzbek")], default="uz", max_length=8, verbose_name="language"
                    ),
                ),
                (
                    "country",
                    models.CharField(
                        default="UZ", help_text="Its public holidays stand in the calendar.", max_length=2, verbose_name="country"
                    ),
                ),
                (
                    "approval_mode",
                    models.CharField(
                        choices=[
                            ("none", "Nobody: whoever writes a post may schedule it"),
                            ("optional", "Whoever is asked: posts may be sent to review"),
                            ("required", "A lead who did not write it"),
                            ("two_levels", "A lead, then the client"),
                        ],
                        default="optional",
                        max_length=12,
                        verbose_name="who approves posts",
                    ),
                ),
                ("website", models.URLField(blank=True, verbose_name="website")),
                (
                    "about",
                    models.CharField(
                        blank=True,
                        help_text="What you sell and where: “Clothes, Tashkent”.",
                        max_length=120,
                        verbose_name="in a few words",
                    ),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True)),
            ],
            options={
                "verbose_name": "brand",
                "verbose_name_plural": "brands",
                "ordering": ["name"],
            },
        ),
        migrations.CreateModel(
            name="Platform",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=60, unique=True, verbose_name="name")),
                ("slug", models.SlugField(max_length=40, unique=True, verbose_name="short name")),
                ("is_active", models.BooleanField(default=True, verbose_name="offered for new channels")),
                ("position", models.PositiveSmallIntegerField(default=0, verbose_name="position")),
                (
                    "media_type",
                    models.CharField(
                        choices=[
                            ("microblog", "Blogs and microblogs"),
                            ("network", "Social networking sites"),
                            ("social_world", "Virtual social worlds"),
                            ("collaborative", "Collaborative projects"),
                            ("content_community", "Content communities"),
                            ("game_world", "Virtual game worlds"),
                        ],
                        max_length=24,
                        verbose_name="type",
                    ),
                ),
                ("secondary_types", models.JSONField(blank=True, default=list, verbose_name="secondary types")),
                (
                    "category_seed",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("page_and_profile", "A: company page apart from the personal profile"),
                            ("same_profile", "B: one profile for both purposes"),
                            ("no_company_profile", "C: no company profile"),
                        ],
                        max_length=24,
                        verbose_name="category then",
                    ),
                ),
                (
                    "category_current",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("page_and_profile", "A: company page apart from the personal profile"),
                            ("same_profile", "B: one profile for both purposes"),
                            ("no_company_profile", "C: no company profile"),
                        ],
                        max_length=24,
                        verbose_name="category now",
                    ),
                ),
                (
                    "count_mode",
                    models.CharField(
                        choices=[
                            ("chars", "characters"),
                            ("x_weighted", "weighted as X counts"),
                            ("utf8_bytes", "UTF-8 bytes"),
                            ("utf16", "UTF-16 units"),
                        ],
                        default="chars",
                        max_length=16,
                        verbose_name="how text is counted",
                    ),
                ),
                ("text_limit", models.PositiveIntegerField(blank=True, null=True, verbose_name="text limit")),
                (
                    "text_limit_with_media",
                    models.PositiveIntegerField(blank=True, null=True, verbose_name="text limit with media"),
                ),
                ("text_shown", models.PositiveIntegerField(blank=True, null=True, verbose_name="shown before “more”")),
                ("title_limit", models.PositiveIntegerField(blank=True, null=True, verbose_name="title limit")),
                ("hashtag_limit", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="hashtags, hard limit")),
                (
                    "hashtags_advised_min",
                    models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="hashtags advised, from"),
                ),
                (
                    "hashtags_advised_max",
                    models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="hashtags advised, to"),
                ),
                ("media_required", models.BooleanField(default=False, verbose_name="needs media")),
                ("media_limit", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="media per post, at most")),
                ("mixes_media", models.BooleanField(default=False, verbose_name="mixes images and video")),
                ("media_rules", models.TextField(blank=True, verbose_name="media rules")),
                ("links_in_text", models.BooleanField(default=True, verbose_name="links in the text can be clicked")),
                ("link_rules", models.CharField(blank=True, max_length=200, verbose_name="link rules")),
                ("strengths", models.TextField(blank=True, verbose_name="strengths")),
                ("weaknesses", models.TextField(blank=True, verbose_name="weaknesses")),
                ("audience", models.CharField(blank=True, max_length=200, verbose_name="typical audience")),
                ("formats", models.JSONField(blank=True, default=list, verbose_name="formats")),
                (
                    "cadence_min",
                    models.DecimalField(
                        blank=True, decimal_places=1, max_digits=4, null=True, verbose_name="posts per week, from"
                    ),
                ),
                (
                    "cadence_max",
                    models.DecimalField(blank=True, decimal_places=1, max_digits=4, null=True, verbose_name="posts per week, to"),
                ),
                ("cadence_note", models.CharField(blank=True, max_length=200, verbose_name="cadence, note")),
                ("advertising", models.TextField(blank=True, verbose_name="advertising")),
                ("metrics_offered", models.JSONField(blank=True, default=list, verbose_name="metrics offered")),
                ("needs_video", models.BooleanField(default=False, verbose_name="lives on video")),
                (
                    "translations",
                    models.JSONField(
                        blank=True,
                        default=dict,
                        help_text="The texts of this row in other languages: by language code, then by field.",
                        verbose_name="translations",
                    ),
                ),
                ("source", models.TextField(blank=True, verbose_name="source")),
                ("checked_on", models.DateField(blank=True, null=True, verbose_name="checked on")),
            ],
            options={
                "verbose_name": "platform",
                "verbose_name_plural": "platforms",
                "ordering": ["position", "name"],
            },
        ),
        migrations.CreateModel(
            name="User",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("password", models.CharField(max_length=128, verbose_name="password")),
                ("last_login", models.DateTimeField(blank=True, null=True, verbose_name="last login")),
                (
                    "is_superuser",
                    models.BooleanField(
                        default=False,
                        help_text="Designates that this user has all permissions without explicitly assigning them.",
                        verbose_name="superuser status",
                    ),
                ),
                ("email", models.EmailField(max_length=254, unique=True, verbose_name="e-mail address")),
                ("name", models.CharField(blank=True, max_length=150, verbose_name="name")),
                (
                    "language",
                    models.CharField(
                        blank=True, choices=[("en", "English"), ("uz", "Uzbek")], max_length=8, verbose_name="language"
                    ),
                ),
                (
                    "theme",
                    models.CharField(
                        choices=[("system", "Like the device"), ("light", "Light"), ("dark", "Dark")],
                        default="system",
                        max_length=8,
                        verbose_name="theme",
                    ),
                ),
                (
                    "email_rhythm",
                    models.CharField(
                        choices=[("at_once", "At once"), ("daily", "Once a day, in the morning"), ("never", "Never")],
                        default="at_once",
                        max_length=8,
                        verbose_name="tell me by e-mail what waits for me",
                    ),
                ),
                (
                    "digest_sent_on",
                    models.DateField(blank=True, editable=False, help_text="the day of the last daily letter", null=True),
                ),
                ("is_staff", models.BooleanField(default=False, verbose_name="may enter the administration")),
                ("is_active", models.BooleanField(default=True, verbose_name="active")),
                ("date_joined", models.DateTimeField(default=django.utils.timezone.now, verbose_name="joined")),
                (
                    "groups",
                    models.ManyToManyField(
                        blank=True,
                        help_text="The groups this user belongs to. A user will get all permissions granted to each of their groups.",
                        related_name="user_set",
                        related_query_name="user",
                        to="auth.group",
                        verbose_name="groups",
                    ),
                ),
                (
                    "user_permissions",
                    models.ManyToManyField(
                        blank=True,
                        help_text="Specific permissions for this user.",
                        related_name="user_set",
                        related_query_name="user",
                        to="auth.permission",
                        verbose_name="user permissions",
                    ),
                ),
            ],
            options={
                "verbose_name": "user",
                "verbose_name_plural": "users",
                "constraints": [
                    models.UniqueConstraint(
                        django.db.models.functions.text.Lower("email"), name="user_email_is_unique_in_any_case"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Channel",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                (
                    "handle",
                    models.CharField(
                        help_text="The name after the @ or in the page’s address.", max_length=120, verbose_name="handle"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[("page", "Company page"), ("profile", "Personal profile")],
                        default="page",
                        max_length=8,
                        verbose_name="page or profile",
                    ),
                ),
                ("is_active", models.BooleanField(default=True, verbose_name="active")),
                (
                    "grew_by_buying",
                    models.BooleanField(
                        default=False,
                        help_text="Bought followers, or “follow me and I follow you”.",
                        verbose_name="followers were bought or traded",
                    ),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                (
                    "brand",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="channels",
                        to="brands.brand",
                        verbose_name="brand",
                    ),
                ),
                (
                    "platform",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="channels",
                        to="brands.platform",
                        verbose_name="platform",
                    ),
                ),
            ],
            options={
                "verbose_name": "channel",
                "verbose_name_plural": "channels",
                "ordering": ["platform__position", "handle"],
                "constraints": [
                    models.UniqueConstraint(fields=("brand", "platform", "handle"), name="channel_is_once_in_a_brand")
                ],
            },
        ),
        migrations.CreateModel(
            name="ChannelCheck",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("check_name", models.CharField(max_length=40, verbose_name="point")),
                (
                    "state",
                    models.CharField(
                        choices=[("open", "Open"), ("done", "Done"), ("none", "Does not apply")],
                        default="open",
                        max_length=8,
                        verbose_name="state",
                    ),
                ),
                ("note", models.CharField(blank=True, max_length=200, verbose_name="note")),
                (
                    "day",
                    models.DateField(
                        blank=True, help_text="When rules were read, or when to look again.", null=True, verbose_name="day"
                    ),
                ),
                ("changed_at", models.DateTimeField(auto_now=True)),
                (
                    "changed_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "channel",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="checks", to="brands.channel"),
                ),
            ],
            options={
                "verbose_name": "point of a checklist",
                "verbose_name_plural": "points of checklists",
                "constraints": [models.UniqueConstraint(fields=("channel", "check_name"), name="point_is_once_in_a_checklist")],
            },
        ),
        migrations.CreateModel(
            name="Invitation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("email", models.EmailField(max_length=254, verbose_name="e-mail address")),
                (
                    "role",
                    models.PositiveSmallIntegerField(
                        choices=[(10, "Viewer"), (20, "Marketer"), (30, "Lead")], default=20, verbose_name="role"
                    ),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("expires_at", models.DateTimeField(verbose_name="expires")),
                ("accepted_at", models.DateTimeField(blank=True, null=True, verbose_name="accepted")),
                (
                    "brand",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="invitations", to="brands.brand"),
                ),
                (
                    "invited_by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "verbose_name": "invitation",
                "verbose_name_plural": "invitations",
                "ordering": ["-created_at"],
                "constraints": [
                    models.UniqueConstraint(
                        models.F("brand"),
                        django.db.models.functions.text.Lower("email"),
                        condition=models.Q(("accepted_at", None)),
                        name="one_open_invitation_per_address",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Membership",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                (
                    "role",
                    models.PositiveSmallIntegerField(
                        choices=[(10, "Viewer"), (20, "Marketer"), (30, "Lead")], default=20, verbose_name="role"
                    ),
                ),
                ("hours_per_week", models.DecimalField(decimal_places=1, default=0, max_digits=4, verbose_name="hours per week")),
                ("skills", models.JSONField(blank=True, default=list, verbose_name="skills")),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                (
                    "brand",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="memberships",
                        to="brands.brand",
                        verbose_name="brand",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="memberships",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="person",
                    ),
                ),
            ],
            options={
                "verbose_name": "membership",
                "verbose_name_plural": "memberships",
                "constraints": [
                    models.UniqueConstraint(fields=("brand", "user"), name="one_membership_per_person_and_brand"),
                    models.CheckConstraint(
                        condition=models.Q(("hours_per_week__gte", 0), ("hours_per_week__lte", 168)),
                        name="hours_per_week_fit_a_week",
                    ),
                    models.CheckConstraint(condition=models.Q(("role__in", [10, 20, 30])), name="membership_role_is_known"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Notification",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(max_length=40, verbose_name="kind")),
                ("key", models.CharField(max_length=120)),
                ("params", models.JSONField(default=dict)),
                ("url", models.CharField(max_length=300)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("read_at", models.DateTimeField(blank=True, null=True)),
                ("emailed_at", models.DateTimeField(blank=True, null=True)),
                (
                    "brand",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="notifications", to="brands.brand"
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="notifications", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "verbose_name": "notification",
                "verbose_name_plural": "notifications",
                "ordering": ["-created_at", "-pk"],
                "indexes": [models.Index(fields=["brand", "user", "read_at"], name="unread_by_person")],
                "constraints": [models.UniqueConstraint(fields=("user", "key"), name="a_person_is_told_once")],
            },
        ),
        migrations.CreateModel(
            name="NotificationChoice",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(max_length=40, verbose_name="kind")),
                ("in_app", models.BooleanField(default=True, verbose_name="in the app")),
                ("by_email", models.BooleanField(default=True, verbose_name="by e-mail")),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="notification_choices",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "choice of notifications",
                "verbose_name_plural": "choices of notifications",
                "constraints": [models.UniqueConstraint(fields=("user", "kind"), name="one_choice_per_kind_and_person")],
            },
        ),
        migrations.RunPython(add_missing, migrations.RunPython.noop),
    ]
