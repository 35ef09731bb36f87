"""Whatever happens to the figures, in whatever order: computed step by step, the values are those of computing all at once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal

import pytest
from django.core.files.base import ContentFile
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from brands.changes import told
from brands.models import Brand, Channel
from calendar_app.models import Campaign, Post, Publication
from metrics import imports
from metrics.imports import undo as undo_import
from metrics.kpi.catalog import KPIS
from metrics.models import Import, KpiValue, LedgerEntry, Observation, RecomputeRun
from metrics.recompute import recompute_all, recompute_stale
from metrics.said import one_by_one, values
from metrics.stale import after_figure, after_money
from metrics.stored import stored_days, to_store
from metrics.totals import totals_of
from metrics.totals.shapes import Shapes
from strategies.models import BudgetLine, Strategy, StrategyChannel

FIRST, DAYS = date(2025, 9, 20), 160
EMPTY = ("MISSING_INPUT", None, "", {})
COLUMNS = ("channel", "strategy", "campaign", "kpi", "period", "start", "end", "status", "value", "exact", "inputs")

days = st.integers(0, DAYS - 1).map(lambda number: FIRST + timedelta(days=number))
amounts = st.integers(0, 40)
places = st.integers(0, 1)
some = st.integers(0, 5)
OF_CHANNELS = ("likes", "followers", "reach", "views", "new_followers")
OF_BRANDS = ("leads", "brand_mentions", "promoters", "detractors")

acts = st.one_of(
    st.tuples(st.just("import_days"), places, days, st.integers(1, 40), amounts),
    st.tuples(st.just("import_posts"), days, st.integers(1, 3), amounts),
    st.tuples(st.just("undo"), some),
    st.tuples(st.just("record"), places, st.sampled_from(OF_CHANNELS), days, st.sampled_from((0, 0, 6, 29)), amounts),
    st.tuples(st.just("record_brand"), st.sampled_from(OF_BRANDS), days, amounts),
    st.tuples(st.just("delete"), some),
    st.tuples(st.just("spend"), st.sampled_from(LedgerEntry.Kind.values), st.integers(0, 2), st.booleans(), days, amounts),
    st.tuples(st.just("edit_money"), some, days, amounts),
    st.tuples(st.just("delete_money"), some),
    st.tuples(st.just("publish"), places, days),
    st.tuples(st.just("take_down"), some),
    st.tuples(st.just("plan"), days, st.integers(20, 90), places, amounts),
    st.tuples(st.just("change_plan"), some, days, st.integers(5, 90), amounts),
    st.tuples(st.just("budget"), some, places, amounts),
    st.tuples(st.just("archive"), some),
    st.tuples(st.just("campaign"), days, st.integers(3, 60), amounts),
    st.tuples(st.just("into_campaign"), some, some),
    st.tuples(st.just("wait"), st.integers(1, 9)),
    st.tuples(st.just("compute")),
    st.tuples(st.just("compute")),
)


class Story:
    """A brand with two channels to which things happen."""

    def __init__(self, brand: Brand, channels: list[Channel]) -> None:
        self.brand, self.channels = brand, channels
        self.today = FIRST + timedelta(days=DAYS)
        self.number = 0

    def tell(self, act: tuple) -> None:
        name, *words = act
        with transaction.atomic():
            getattr(self, name)(*words)

    def compute(self) -> None:
        recompute_stale()

    def wait(self, number: int) -> None:
        self.today += timedelta(days=number)

    # --- files

    def import_days(self, place: int, day: date, number: int, amount: int) -> None:
        lines = [
            f"{day + timedelta(days=each)},{amount + each % 7},{100 * amount},{amount + each},{each % 3}"
            for each in range(number)
        ]
        self._import("date,likes,views,followers,leads\n" + "\n".join(lines), self.channels[place])

    def import_posts(self, day: date, number: int, amount: int) -> None:
        """The same posts again and again: their figures grow, or the file dates them otherwise."""
        lines = [
            f"19000000000000000{each:02},{day + timedelta(days=each)},Yangi {each},"
            f"https://x.com/atlas/status/19000000000000000{each:02},{amount},{amount * 10}"
            for each in range(number)
        ]
        self._import("post id,published,text,permalink,likes,impressions\n" + "\n".join(lines), self.channels[1])

    def _import(self, text: str, channel: Channel) -> None:
        self.number += 1
        content = ContentFile((text + "\n").encode(), name=f"figures-{self.number}.csv")
        import_, _new = imports.receive(self.brand, None, content, channels={"": str(channel.pk)})
        imports.check(import_.pk)
        import_.refresh_from_db()
        if imports.queue(import_):
            imports.apply(import_.pk)

    def undo(self, which: int) -> None:
        saved = list(Import.objects.filter(status="applied").order_by("pk"))
        if saved and undo_import.begin(saved[which % len(saved)]):
            undo_import.take_back(saved[which % len(saved)].pk)

    # --- by hand

    def record(self, place: int, measure: str, day: date, longer: int, amount: int) -> None:
        self._record(amount, channel=self.channels[place], measure=measure, start=day, end=day + timedelta(days=longer))

    def record_brand(self, measure: str, day: date, amount: int) -> None:
        self._record(amount, channel=None, measure=measure, start=day, end=day)

    def _record(self, amount: int, **key: object) -> None:
        kept = {"publication": None, "campaign": None, "subject": ""}
        row, _new = Observation.objects.update_or_create(
            brand=self.brand, **key, **kept, defaults={"value": Decimal(amount), "source": None, "line": None}
        )
        after_figure(self.brand, row)

    def delete(self, which: int) -> None:
        if row := self._any(Observation.objects.filter(source=None), which):
            after_figure(self.brand, row)
            row.delete()

    def spend(self, kind: str, owner: int, is_ad: bool, day: date, amount: int) -> None:
        channel = self.channels[owner] if owner < 2 else None
        strategy = self._any(Strategy.objects.all(), owner) if owner else None
        row = LedgerEntry.objects.create(
            brand=self.brand, kind=kind, amount=amount, currency="UZS", date=day, is_ad=is_ad, channel=channel, strategy=strategy
        )
        after_money(self.brand, [row])

    def edit_money(self, which: int, day: date, amount: int) -> None:
        if row := self._any(LedgerEntry.objects.all(), which):
            before = LedgerEntry.objects.get(pk=row.pk)
            row.date, row.amount = day, amount
            row.save()
            after_money(self.brand, [before, row])

    def delete_money(self, which: int) -> None:
        if row := self._any(LedgerEntry.objects.all(), which):
            after_money(self.brand, [row])
            row.delete()

    # --- the plan and the calendar

    def publish(self, place: int, day: date) -> None:
        at = datetime.combine(day, time(23, 30), UTC)
        post = Post.objects.create(brand=self.brand, title="Tea")
        Publication.objects.create(
            brand=self.brand, post=post, channel=self.channels[place], at=at, published_at=at, status="published"
        )
        told(self.brand)

    def take_down(self, which: int) -> None:
        if row := self._any(Publication.objects.filter(origin="calendar"), which):
            row.post.delete()
            told(self.brand)

    def plan(self, day: date, length: int, place: int, amount: int) -> None:
        strategy = Strategy.objects.create(brand=self.brand, name="Plan", start=day, end=day + timedelta(days=length))
        StrategyChannel.objects.create(strategy=strategy, channel=self.channels[place], posts_per_week=amount % 7)
        told(self.brand)

    def change_plan(self, which: int, day: date, length: int, amount: int) -> None:
        if row := self._any(Strategy.objects.all(), which):
            if amount % 2:
                row.start, row.end = day, day + timedelta(days=length)
                row.save()
            for used in row.strategy_channels.all():
                used.posts_per_week = amount % 5
                used.save()
            told(self.brand)

    def budget(self, which: int, place: int, amount: int) -> None:
        if strategy := self._any(Strategy.objects.all(), which):
            line, _new = BudgetLine.objects.get_or_create(strategy=strategy, kind="ads", channel=self.channels[place])
            line.planned = amount
            line.save()
            told(self.brand)

    def archive(self, which: int) -> None:
        if row := self._any(Strategy.objects.all(), which):
            row.status = "archived" if row.status != "archived" else "draft"
            row.save()
            told(self.brand)

    def campaign(self, day: date, length: int, amount: int) -> None:
        row = Campaign.objects.create(
            brand=self.brand, name="Sale", start=day, end=day + timedelta(days=length), budget=amount or None
        )
        row.budget_lines.set(BudgetLine.objects.all()[:2])
        told(self.brand)

    def into_campaign(self, which: int, where: int) -> None:
        post, campaign = self._any(Post.objects.all(), which), self._any(Campaign.objects.all(), where)
        if post and campaign:
            Post.objects.filter(pk=post.pk).update(campaign=campaign)
            told(self.brand)

    @staticmethod
    def _any(rows, which: int):
        found = list(rows.order_by("pk"))
        return found[which % len(found)] if found else None


def stored() -> dict[tuple, tuple]:
    return {row[:7]: row[7:] for row in KpiValue.objects.values_list(*COLUMNS)}


@pytest.fixture
def story(brand, channel_on, monkeypatch, settings, tmp_path) -> Callable[[], Story]:
    settings.MEDIA_ROOT = tmp_path
    channels = [channel_on("instagram"), channel_on("x")]
    running: list[Story] = []
    monkeypatch.setattr("brands.models.Brand.today", lambda _brand: running[-1].today)

    def begin() -> Story:
        running.append(Story(brand, channels))
        return running[-1]

    return begin


def _as_one_by_one(brand: Brand) -> None:
    """Put together once for all periods alike, the figures are those that each period has by itself."""
    items = to_store(brand, stored_days(brand, brand.today()), brand.today())
    found = totals_of(brand, {item.span: 0 for item in items}, {item.scope: 0 for item in items}) if items else {}
    shapes = Shapes(next(iter(found.values())).records.whole) if items else None
    for item in items:
        one = found[item.scope, item.span]
        assert dict(values(shapes, one)) == dict(one_by_one(one, KPIS)), (item, one)


@settings(
    max_examples=12,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(told_acts=st.lists(acts, min_size=3, max_size=14))
def test_values_computed_step_by_step_are_those_of_computing_everything(story, told_acts):
    with transaction.atomic():
        told_story = story()
        for act in told_acts:
            told_story.tell(act)
        recompute_stale()
        step_by_step = stored()
        recompute_all()
        assert [run.examples for run in RecomputeRun.objects.filter(kind="full")] == [[]]
        assert stored() == step_by_step
        _as_one_by_one(told_story.brand)
        KpiValue.objects.all().delete()
        recompute_all()
        assert {key: said for key, said in step_by_step.items() if said != EMPTY} == stored()
        assert not RecomputeRun.objects.exclude(error="").exists()
        transaction.set_rollback(True)
