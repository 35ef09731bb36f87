"""Ids of another brand, in addresses and in forms; and what a client of the brand never sees."""

import re
from collections.abc import Iterator

import pytest
from django.apps import apps
from django.db import connection, models, transaction
from django.db.models import F
from django.test import Client

from brands.models import Brand, Membership, User
from calendar_app.models import Post
from metrics import demo
from metrics.demo.people import LEAD, VIEWER
from smmplanner.tests.doors import pages
from smmplanner.tests.hostile import crawl

pytestmark = pytest.mark.once

OURS = ("brands", "strategies", "calendar_app", "metrics")
# What stands before the number in an address, and the row that it is the number of.
NUMBERED = {
    "campaign": "calendar_app.Campaign", "strategies": "strategies.Strategy", "strategy": "strategies.Strategy", "mix": "strategies.Strategy", "posts": "calendar_app.Post", "post": "calendar_app.Post",
    "publications": "calendar_app.Publication", "campaigns": "calendar_app.Campaign", "channels": "brands.Channel",
    "team": "brands.Membership", "invitations": "brands.Invitation", "notifications": "brands.Notification",
    "plans": "strategies.CommunicationPlan", "items": "strategies.PlanItem", "editorial": "strategies.EditorialPlan",
    "slots": "strategies.Slot", "imports": "metrics.Import", "money": "metrics.LedgerEntry", "figures": "metrics.Observation", "findings": "metrics.Finding",
    "feeds": "calendar_app.CalendarFeed", "views": "calendar_app.SavedView", "import": "calendar_app.PlanFile",
    "review": "calendar_app.Post", "links": "calendar_app.ReviewLink",
    "alerts": "metrics.Alert", "tools": "strategies.Tool", "media": "calendar_app.MediaFile", "hashtags": "calendar_app.HashtagSet",
    "templates": "calendar_app.PostTemplate", "worth": "strategies.Target",
    "mentions": "metrics.Mention", "sources": "metrics.MentionFeed",
    "reports": "metrics.Report", "issued": "metrics.IssuedReport",
    "series": "calendar_app.Series", "key-dates": "calendar_app.KeyDate",
}  # fmt: skip
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


def path_to_brand(model: type[models.Model]) -> str:
    """How a query finds the brand of a row; empty where rows belong to none."""
    names = {field.name: field for field in model._meta.concrete_fields if field.is_relation}
    if model is Brand:
        return "pk"
    if "brand" in names:
        return "brand"
    for name in ("plan", "strategy", "goal", "post", "report", "issued", "import_file", "publication", "channel", "file"):
        if name in names:
            return f"{name}__{path_to_brand(names[name].related_model)}"
    return ""


def crossings() -> Iterator[str]:
    """Rows of one brand that point to rows of another."""
    for model in [model for label in OURS for model in apps.get_app_config(label).get_models(include_auto_created=True)]:
        for field in model._meta.concrete_fields:
            target = field.related_model
            if not field.is_relation or target in (User, Brand) or target._meta.app_label not in OURS:
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


# A word that the page knows, so that 404 is about the number.
WORDS_IN_ADDRESSES = {
    "to/<slug:name>/": "submit",
    "presets/<slug:name>/": "small",
    "<slug:dimension>/": "format",
    "posts": "send",
    "publications": "cancel",
}


def owned_by(user: User) -> list[int]:
    models_ = ("calendar_app.Post", "strategies.PlanningStep", "strategies.WatchItem")
    return [apps.get_model(label)._base_manager.filter(owner=user).count() for label in models_]


NUMBERED_PAGES = [page for page in pages("smmplanner.urls") if page.is_a_brand_page and "<int:pk>" in page.route]


def test_no_page_opens_with_a_number_of_another_brand(stage):
    client, brand, other = signed_in(LEAD), stage["brand"], stage["other"]
    other.invitations.create(email="x@example.com", expires_at="2099-01-01T00:00Z", role=1)
    other.imports.create(name="x.csv", sha256="0" * 64)
    Membership.objects.get(brand=other, user__email=f"other-{LEAD}").user.notifications.create(
        brand=other, kind="approval_wanted"
    )
    for page in NUMBERED_PAGES:
        before = page.route.partition("<int:pk>")[0].strip("/").split("/")[-1]
        row = row_of(NUMBERED[before], other)
        assert row is not None, f"the other brand has no row for {page.route}"
        word = WORDS_IN_ADDRESSES.get(page.route.partition("<int:pk>/")[2]) or WORDS_IN_ADDRESSES.get(before, "goals")
        address = page.route.replace("<slug:brand>", brand.slug).replace("<int:pk>", str(row.pk)).replace("<int:number>", "1")
        address = "/" + re.sub(r"<int:\w+>", "1", re.sub(r"<slug:\w+>", word, address))
        answers = {method: getattr(client, method)(address).status_code for method in ("get", "post")}
        assert 404 in answers.values(), f"{address} answers {answers}"
        for method, status in answers.items():
            # Some pages take one method only, and say so before they look.
            assert status in (404, 405), f"{method} {address} answers {status}"


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
                # Where nothing was written, nothing has crossed; looking through every table takes longer than the rest.
                assert not written or not [*crossings()], f"{form.action} took {name}={foreign.pk}"
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
