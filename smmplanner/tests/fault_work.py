"""What tests of faults set up on a site and ask it, in a process of the site's own: started once, it answers within moments.

Each line it reads names a function of this module and what to call it with; each line it writes is the answer, in JSON.
"""

import json
import sys
import traceback
from datetime import timedelta
from importlib import import_module

import django

if __name__ == "__main__":
    django.setup()

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.db import connections, transaction
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.recorder import MigrationRecorder
from django.utils import timezone

from brands.models import Brand, Channel, Membership, Notification, Platform, Role, User
from calendar_app.models import MediaFile, Post, PostEvent, Publication
from metrics.models import Alert, Import, Observation
from strategies import fixed_rows
from strategies.models import Strategy, WatchItem


def set_up() -> str:
    """A lead, a brand, a channel and a strategy; the lead's session."""
    user = User.objects.create_user("dilnoza@example.uz", "parol-1234-uz", name="Dilnoza")
    brand = Brand.objects.create(name="Atlas Libos", slug="atlas")
    Membership.objects.create(user=user, brand=brand, role=Role.LEAD)
    Channel.objects.create(brand=brand, platform=Platform.objects.get(slug="telegram"), handle="atlas")
    today = brand.today()
    strategy = Strategy.objects.create(
        brand=brand, name="Spring", start=today - timedelta(days=90), end=today + timedelta(days=90)
    )
    fixed_rows.fill_in(strategy)
    session = import_module(settings.SESSION_ENGINE).SessionStore()
    session[SESSION_KEY], session[BACKEND_SESSION_KEY] = str(user.pk), settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.save()
    return session.session_key


def migrations_applied() -> int:
    """None, too, while nobody may be asked."""
    try:
        return len(MigrationRecorder(connections["default"]).applied_migrations())
    except django.db.DatabaseError:
        return 0


def migrations_left() -> int:
    executor = MigrationExecutor(connections["default"])
    return len(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def brand() -> list[str]:
    return list(Brand.objects.values_list("name", "about").get())


def brand_version() -> int:
    return Brand.objects.get().version


def channel() -> int:
    return Channel.objects.get().pk


# --- posts and alerts


def posts_come_due(title: str, count: int) -> None:
    user, brand, channel = User.objects.get(), Brand.objects.get(), Channel.objects.get()
    at = timezone.now() - timedelta(minutes=1)
    with transaction.atomic():
        for number in range(count):
            post = Post.objects.create(brand=brand, title=f"{title} {number}", state="approved", owner=user)
            Publication.objects.create(brand=brand, post=post, channel=channel, status="scheduled", at=at)


def leads_fall_below(bound: int) -> None:
    brand, strategy = Brand.objects.get(), Strategy.objects.get()
    day = brand.today() - timedelta(days=1)
    with transaction.atomic():
        Observation.objects.create(brand=brand, measure="leads", start=day, end=day, value=bound - 1)
        WatchItem.objects.create(strategy=strategy, metric="leads", rhythm="daily", at_least=bound, if_it_fails="Ask why")


def told_of(title: str) -> dict[str, int]:
    """Of posts that are called so: how often each thing that is to happen once has happened."""
    reminders = Notification.objects.filter(kind="post_due", params__title__startswith=title)
    return {
        "due": PostEvent.objects.filter(verb="due", post__title__startswith=title).count(),
        "reminders": reminders.count(),
        "written": reminders.exclude(emailed_at=None).count(),
    }


def told_of_alerts() -> dict[str, int]:
    alerts = Notification.objects.filter(kind="alert")
    return {"alerts": Alert.objects.count(), "told": alerts.count(), "written": alerts.exclude(emailed_at=None).count()}


# --- imports


def newest_import() -> list:
    return list(Import.objects.order_by("pk").values_list("pk", "status").last())


def figures_of(pk: int) -> int:
    return Observation.objects.filter(source=pk).count()


def minutes_pass(count: int) -> None:
    """For imports: sweeps leave alone what somebody touched a moment ago."""
    for row in Import.objects.exclude(touched_at=None):
        Import.objects.filter(pk=row.pk).update(touched_at=row.touched_at - timedelta(minutes=count))


# --- files and the wizard


def newest_media() -> int:
    return MediaFile.objects.order_by("pk").last().pk


def audience_answers() -> list[list]:
    return [[row.pk, row.version, row.text] for row in fixed_rows.in_order(Strategy.objects.get(), "audience_answers")]


def strategy() -> int:
    return Strategy.objects.get().pk


def answer_questions() -> None:
    for line in sys.stdin:
        name, arguments = json.loads(line)
        try:
            said = {"answer": globals()[name](*arguments)}
        except Exception:
            said = {"failed": traceback.format_exc()}
        connections.close_all()
        print(json.dumps(said), flush=True)


if __name__ == "__main__":
    answer_questions()
