"""Ids of another brand in forms; and what a client of the brand never sees. (Ids in addresses: `test_access_matrix.py`.)"""

import re
from collections.abc import Iterator

import pytest
from django.apps import apps
from django.db import connection, models, transaction
from django.db.models import F
from django.test import Client

from brands.models import Brand, User
from calendar_app.models import Post
from metrics import demo
from metrics.demo.people import LEAD, VIEWER
from smmplanner.tests.foreign import OURS, path_to_brand
from smmplanner.tests.hostile import crawl

pytestmark = pytest.mark.once

# What the last word of a field's name chooses.
CHOSEN = {
    "strategy": "strategies.Strategy", "earlier": "strategies.Strategy", "goal": "strategies.Goal", "pillar": "strategies.Pillar",
    "objective": "strategies.BusinessObjective", "budget_line": "strategies.BudgetLine", "budget_lines": "strategies.BudgetLine",
    "channel": "brands.Channel", "channels": "brands.Channel", "campaign": "calendar_app.Campaign", "post": "calendar_app.Post",
    "posts": "calendar_app.Post", "kpi_values": "metrics.KpiValue", "owner": "brands.User", "item": None, "remove": None,
    "member": "brands.Membership",
    "risk": "strategies.Risk", "media": "calendar_app.MediaFile",
}  # fmt: skip


@pytest.fixture
def stage(db, two_demos_of_module) -> dict[str, Brand]:
    """Read afresh: what a test before changed in them is gone from the database, not from the rows."""
    return {name: Brand.objects.get(pk=brand.pk) for name, brand in two_demos_of_module.items()}


def signed_in(email: str) -> Client:
    client = Client()
    client.force_login(User.objects.get(email=email))
    return client


def row_of(label: str, brand: Brand) -> models.Model | None:
    model = apps.get_model(label)
    if model is User:
        return User.objects.filter(memberships__brand=brand).first()
    return model._base_manager.filter(**{path_to_brand(model): brand}).first()


TABLE = re.compile(r'(?:INTO|UPDATE|FROM) "(\w+)"')


def crossings(written: list[str] | None = None) -> Iterator[str]:
    """Rows of one brand that point to rows of another: in all tables, or where a statement wrote one of the two."""
    tables = None if written is None else {table for statement in written for table in TABLE.findall(statement)}
    for model in [model for label in OURS for model in apps.get_app_config(label).get_models(include_auto_created=True)]:
        for field in model._meta.concrete_fields:
            target = field.related_model
            if not field.is_relation or target in (User, Brand) or target._meta.app_label not in OURS:
                continue
            if tables is not None and tables.isdisjoint((model._meta.db_table, target._meta.db_table)):
                continue
            through = next((other for other in model._meta.concrete_fields if other.is_relation and other != field), None)
            own = path_to_brand(model) or (
                f"{through.name}__{path_to_brand(through.related_model)}" if model._meta.auto_created else ""
            )
            if not own or not path_to_brand(target) or own.split("__")[0] == field.name:
                continue
            if model._meta.auto_created and not path_to_brand(through.related_model):
                continue
            there = f"{field.name}__{path_to_brand(target)}"
            if model._base_manager.exclude(**{field.name: None}).exclude(**{own: F(there)}).exists():
                yield f"{model.__name__}.{field.name}"


def owned_by(user: User) -> list[int]:
    models_ = ("calendar_app.Post", "strategies.PlanningStep", "strategies.WatchItem")
    return [apps.get_model(label)._base_manager.filter(owner=user).count() for label in models_]


def test_no_form_takes_a_row_of_another_brand(stage):
    client, other = signed_in(LEAD), stage["other"]
    assert not [*crossings()], "the demo itself mixes brands"
    tried = 0
    for form in crawl(client, f"/brands/{demo.SLUG}/").forms:
        for name in form.names:
            label = CHOSEN.get(name.rpartition("-")[2])
            if label is None or name.startswith("initial-"):
                continue
            foreign, tried = row_of(label, other), tried + 1
            before = owned_by(foreign) if label == "brands.User" else []
            with transaction.atomic():
                written = []
                with connection.execute_wrapper(noting(written)):
                    client.post(form.action, form.filled(**{name: str(foreign.pk)}))
                # Nothing has crossed where nothing was written; looking through every table takes longer than the rest.
                assert not [*crossings(written)], f"{form.action} took {name}={foreign.pk}"
                if label == "brands.User":
                    assert owned_by(foreign) == before, f"{form.action} took {name}={foreign.pk}"
                transaction.set_rollback(True)
    assert tried > 20


def noting(written: list[str]):
    def execute(run, sql, parameters, many, context):
        if not sql.lstrip().upper().startswith(("SELECT", "SAVEPOINT", "RELEASE", "ROLLBACK")):
            written.append(sql)
        return run(sql, parameters, many, context)

    return execute


# Nothing that a viewer sees says what was spent or earned.
AMOUNT = re.compile(r"\d[\d,. \u00a0\u202f]*(?:UZS|soʻm|USD|\$)")
# A caption may name the price of a dress: everybody is to read it.
CAPTION = re.compile(r'<(div class="sp-read__t"|span data-preview-text)>.*?</(?:div|span)>', re.DOTALL)
CSRF_TOKEN = re.compile(r'(?:name="csrfmiddlewaretoken" value=|"X-CSRFToken": )"\w+"')
INTERNAL = "between ourselves"
MONEY_WORDS = ("ROI", "ROAS", "Cost per", "Planned spend", "Budget line", "Investment")


@pytest.fixture(scope="module")
def pages_of_a_viewer(two_demos_of_module, django_db_blocker) -> dict[str, str]:
    """What a viewer is shown of a brand where every post was spoken about internally, by address."""
    found: dict[str, str] = {}

    def keep(address: str, answer) -> None:
        if answer.status_code == 200 and not answer.streaming:
            found[address] = answer.content.decode(errors="replace")

    with django_db_blocker.unblock(), transaction.atomic():
        author = User.objects.get(email=LEAD)
        for post in two_demos_of_module["brand"].posts.all():
            post.comments.create(author=author, text=INTERNAL, visible_to_client=False)
        User.objects.filter(email=VIEWER).update(language="en")
        crawl(signed_in(VIEWER), f"/brands/{demo.SLUG}/", keep, each=3)
        transaction.set_rollback(True)
    return found


def test_a_viewer_sees_no_money_on_any_page(pages_of_a_viewer, stage):
    # What a dress costs stands in posts for all the world to read.
    prices = {price for text in Post.objects.values_list("text", flat=True) for price in AMOUNT.findall(text)}
    bad = []
    for address, page in pages_of_a_viewer.items():
        text = re.sub(r"<(script|option)[^>]*>.*?</\1>", "", page, flags=re.DOTALL)
        # A token is any letters: once in a while they spell a word.
        text = CSRF_TOKEN.sub("", CAPTION.sub("", text))
        # The library explains words and holds no figures.
        words = () if "/library/" in address else MONEY_WORDS
        found = [price for price in AMOUNT.findall(text) if price not in prices] + [word for word in words if word in text]
        if found:
            bad.append(f"{address}: {sorted(set(found))[:6]}")

    assert len(pages_of_a_viewer) > 25, [*pages_of_a_viewer]
    assert not bad, "\n".join(bad)


def test_a_viewer_reads_no_internal_comment(pages_of_a_viewer, stage):
    assert not [address for address, page in pages_of_a_viewer.items() if INTERNAL in page]
    post = row_of("calendar_app.Post", stage["brand"])
    post.comments.create(author=User.objects.get(email=LEAD), text=INTERNAL, visible_to_client=False)
    address = f"/brands/{demo.SLUG}/calendar/posts/{post.pk}/"
    for part in ({}, {"headers": {"HX-Request": "true"}}):
        assert INTERNAL not in signed_in(VIEWER).get(address, **part).content.decode()
    assert INTERNAL in signed_in(LEAD).get(address).content.decode()
