from datetime import datetime, timedelta

import pytest
from django.urls import reverse

from brands.models import Role
from calendar_app.models import Post, Publication
from metrics.models import Finding, LedgerEntry, Observation
from metrics.review import figures_per_channel, findings_written
from strategies.gates import LATE_GATES
from strategies.models import Answer, BudgetLine, Goal, Strategy, StrategyChannel, Target, WatchItem


@pytest.fixture
def strategy(brand, instagram) -> Strategy:
    today = brand.today()
    strategy = Strategy.objects.create(
        brand=brand, name="Spring", start=today - timedelta(days=30), end=today + timedelta(days=60)
    )
    StrategyChannel.objects.create(strategy=strategy, channel=instagram, posts_per_week=2)
    return strategy


@pytest.fixture
def goal(strategy) -> Goal:
    goal = Goal.objects.create(strategy=strategy, goal_type="sales", text="1,600 leads")
    Target.objects.create(goal=goal, metric="leads", window="total", value=1600)
    return goal


@pytest.fixture
def post(brand, instagram, strategy) -> Post:
    post = Post.objects.create(brand=brand, strategy=strategy, title="Film", state="approved")
    at = datetime.combine(brand.today() - timedelta(days=3), datetime.min.time(), brand.zone)
    out = Publication.objects.create(brand=brand, post=post, channel=instagram, at=at, published_at=at, status="published")
    for as_of, figures in ((2, {"likes": 10}), (1, {"likes": 40, "comments": 5, "shares": 3, "saves": 2, "views": 1000})):
        for measure, value in figures.items():
            Observation.objects.create(
                brand=brand, channel=instagram, publication=out, measure=measure, value=value,
                start=at.date(), end=brand.today() - timedelta(days=as_of),
            )  # fmt: skip
    return post


def ask(client, name, *args, **headers):
    return client.get(reverse(f"metrics:{name}", args=["atlas", *args]), headers=headers)


WINDOWS = ["goal_progress", "thread_counts", "plan_actual", "strategy_findings"]


@pytest.mark.parametrize("name", WINDOWS)
def test_a_window_is_a_fragment_for_htmx_and_a_page_without_scripts(client, marketer, strategy, goal, name):
    fragment = ask(client, name, strategy.pk, **{"hx-request": "true"})
    assert "<html" not in fragment.content.decode()
    page = ask(client, name, strategy.pk)
    assert "<html" in page.content.decode()
    assert page.status_code == fragment.status_code == 200


@pytest.mark.parametrize("name", WINDOWS)
def test_a_strategy_of_another_brand_has_no_window_here(client, marketer, brand, name):
    other = type(brand).objects.create(name="Ipak", slug="ipak")
    theirs = Strategy.objects.create(brand=other, name="Theirs", start=brand.today(), end=brand.today() + timedelta(days=9))
    assert ask(client, name, theirs.pk).status_code == 404


def test_goal_progress_tells_where_each_target_stands(client, marketer, brand, goal, record):
    record("leads", str(brand.today() - timedelta(days=2)), 800)
    said = ask(client, "goal_progress", goal.strategy_id).content.decode()
    assert f'id="goal-{goal.pk}"' in said
    assert "1,600 leads" in said
    assert "50.0\xa0%" in said
    assert "On track" in said


def test_the_thread_counts_posts_results_and_findings(client, marketer, brand, strategy, post):
    Finding.objects.create(brand=brand, strategy=strategy, text="Films sell")
    counts = ask(client, "thread_counts", strategy.pk).context["counts"]
    assert (counts.posts, counts.published, counts.results, counts.findings) == (1, 1, 1, 1)


def test_plan_against_actual_is_week_by_week(client, marketer, strategy, post):
    found = ask(client, "plan_actual", strategy.pk).context["found"]
    (_channel, cells), *others = found.rows
    assert not others
    assert sum(cell.published for cell in cells) == 1
    assert any(not cell.is_kept for cell in cells)


def test_watched_figures_show_their_last_values(client, marketer, brand, strategy, record):
    WatchItem.objects.create(strategy=strategy, metric="leads")
    WatchItem.objects.create(strategy=strategy, metric="once_there_was")
    record("leads", str(brand.today() - timedelta(days=2)), 33)
    watched = ask(client, "plan_actual", strategy.pk).context["found"].watched
    assert [(row.label, row.now) for row in watched] == [("Leads", "33"), ("once there was", "—")]


def test_figures_of_a_post_are_those_of_its_newest_snapshot(client, marketer, post):
    page = ask(client, "post_results", post.pk)
    (row,) = page.context["results"]
    assert row.figures["likes"] == 40
    kpis = {name: value for name, _label, value in row.kpis}
    # (5 + 40 + 3) / 1,000; saves are no part of the lecture's sum.
    assert kpis["audience_engagement"] == "4.80\xa0%"
    assert "reach_rate" not in kpis


def test_a_post_without_figures_says_where_they_come_from(client, marketer, post):
    Observation.objects.all().delete()
    assert "A post-level file brings them" in ask(client, "post_results", post.pk).content.decode()


@pytest.mark.parametrize("question", Answer.Question.values)
def test_every_question_has_evidence(client, marketer, brand, strategy, goal, post, record, question):
    record("leads", str(brand.today() - timedelta(days=2)), 800)
    LedgerEntry.objects.create(brand=brand, strategy=strategy, kind="income", amount=5, currency="UZS", date=brand.today())
    page = ask(client, "evidence", strategy.pk, question)
    assert page.context["rows"]
    assert all(row.url.startswith("/brands/atlas/") for row in page.context["rows"])


def test_today_is_not_yet_a_day_without_figures(client, marketer, brand, strategy, instagram, record):
    for day in range(1, 31):
        record("likes", str(brand.today() - timedelta(days=day)), 1, channel=instagram)
    said = ask(client, "evidence", strategy.pk, "surprises").content.decode()
    assert "without figures" not in said
    Observation.objects.filter(start=brand.today() - timedelta(days=5)).delete()
    assert "1 day without figures" in ask(client, "evidence", strategy.pk, "surprises").content.decode()


def test_a_question_nobody_asks_is_not_found(client, marketer, strategy):
    assert ask(client, "evidence", strategy.pk, "nonsense").status_code == 404


def test_viewers_get_evidence_without_money(client, person_in, brand, strategy):
    BudgetLine.objects.create(strategy=strategy, kind="ads", planned=123_456)
    LedgerEntry.objects.create(
        brand=brand, strategy=strategy, kind="investment", amount=98_765, currency="UZS", date=brand.today()
    )
    for role, told in ((Role.VIEWER, False), (Role.LEAD, True)):
        client.force_login(person_in(role))
        said = "".join(ask(client, "evidence", strategy.pk, question).content.decode() for question in ("assets", "business"))
        assert ("Planned budget" in said, "98,765" in said) == (told, told)


# --- the late gates


def test_both_late_gates_of_metrics_are_answered():
    known = {gate.name: gate.is_known for gate in LATE_GATES}
    assert known["figures_per_channel"]
    assert known["findings_written"]


def test_a_channel_without_fresh_figures_is_named(strategy, brand, instagram, record):
    (missing,) = figures_per_channel(strategy)
    assert str(instagram) in missing.text
    record("likes", str(brand.today() - timedelta(days=40)), 5, channel=instagram)
    assert figures_per_channel(strategy)
    record("likes", str(brand.today()), 5, channel=instagram)
    assert figures_per_channel(strategy) == []


def test_figures_of_posts_count_for_their_channel(strategy, post):
    assert Observation.objects.filter(publication=None).count() == 0
    assert figures_per_channel(strategy) == []


def test_an_inactive_channel_needs_no_figures(strategy, instagram):
    instagram.is_active = False
    instagram.save()
    assert figures_per_channel(strategy) == []


def test_analysis_asks_for_a_finding(strategy, brand):
    (missing,) = findings_written(strategy)
    assert missing.url.endswith(f"?strategy={strategy.pk}")
    Finding.objects.create(brand=brand, strategy=strategy, text="Films sell")
    assert findings_written(strategy) == []


def test_results_for_the_business_stand_beside_the_days_before(client, marketer, brand, strategy, record):
    record("leads", str(brand.today() - timedelta(days=3)), 60)
    record("leads", str(strategy.start - timedelta(days=3)), 40)
    said = ask(client, "evidence", strategy.pk, "business").content.decode()
    assert "60" in said
    assert "40 in the 31 days before" in said


def test_what_was_not_measured_before_has_nothing_beside_it(client, marketer, brand, strategy, record):
    record("leads", str(brand.today() - timedelta(days=3)), 60)
    assert "days before" not in ask(client, "evidence", strategy.pk, "business").content.decode()


def test_evidence_of_goals_leads_to_their_pages(client, marketer, strategy, goal):
    said = ask(client, "evidence", strategy.pk, "goals").content.decode()
    assert reverse("metrics:goal", args=["atlas", strategy.pk, goal.pk]) in said
