"""The health of a strategy as people see it: page, panel, accepted rules, checks in the background."""

import re
from datetime import timedelta
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone

from brands.models import Brand, Membership, Notification, Role, User
from brands.notifications import text_of
from metrics import tasks
from metrics.health import background
from metrics.health.rules import RULES
from metrics.models import Acknowledgement, HealthCheck, RuleThreshold
from strategies import stages
from strategies.models import Stage, StageState, Strategy, StrategyChannel
from strategies.steps import find as find_step

pytestmark = pytest.mark.once

HTMX = {"HX-Request": "true"}


@pytest.fixture
def strategy(brand, instagram) -> Strategy:
    today = brand.today()
    strategy = Strategy.objects.create(
        brand=brand, name="Spring", start=today - timedelta(days=10), end=today + timedelta(days=60), status="approved"
    )
    StrategyChannel.objects.create(strategy=strategy, channel=instagram, posts_per_week=3)
    strategy.budget_lines.create(kind="ads", name="Adverts", planned=100)
    return strategy


@pytest.fixture
def sign_in(client, person_in):
    def sign_in(role: Role):
        client.force_login(person_in(role))
        return client

    return sign_in


@pytest.fixture
def url(strategy) -> str:
    return reverse("metrics:health", args=["atlas", strategy.pk])


def act(strategy: Strategy, name: str, rule: str) -> str:
    return reverse(f"metrics:{name}", args=["atlas", strategy.pk, rule])


def outcome(page, rule: str) -> str:
    (item,) = [item for item in page.context["look"].items if item.name == rule]
    return item.verdict.outcome.value


def digest(page, rule: str) -> str:
    (item,) = [item for item in page.context["look"].items if item.name == rule]
    return item.verdict.digest


def accept(client, strategy: Strategy, rule: str, reason: str = "We film it next month"):
    page = client.get(reverse("metrics:health", args=["atlas", strategy.pk]))
    return client.post(act(strategy, "accept_rule", rule), {"cause": digest(page, rule), "reason": reason})


# --- the page


def test_the_page_lists_every_rule_once_with_its_outcome(sign_in, url):
    page = sign_in(Role.MARKETER).get(url)
    look = page.context["look"]
    shown = [item.name for group in (look.failing, look.accepted, look.passing, look.not_applicable) for item in group]
    assert sorted(shown) == sorted(rule.name for rule in RULES)
    said = page.content.decode()
    assert all(f'id="{rule.name}"' in said for rule in RULES)
    assert look.failing[0].severity == "error" and look.failing[-1].severity == "info"


def test_the_score_says_how_it_comes_about(sign_in, url):
    page = sign_in(Role.MARKETER).get(url)
    score = page.context["score"]
    assert score.points == max(0, 100 - 15 * score.errors - 7 * score.warnings - 2 * score.infos)
    said = page.content.decode()
    assert f"{score.errors} errors × 15" in said
    assert f"{score.points} of 100" in said


def test_a_failing_rule_leads_to_where_it_is_put_right(sign_in, url, strategy):
    strategy.goals.create(goal_type="sales", text="Sell <b>more</b>")
    said = sign_in(Role.MARKETER).get(url).content.decode()
    goal = strategy.goals.get()
    assert f'href="/brands/atlas/strategies/{strategy.pk}/targets/?goal={goal.pk}"' in said
    assert "Sell &lt;b&gt;more&lt;/b&gt;" in said and "<b>more</b>" not in said


def test_many_causes_are_folded(sign_in, url, strategy):
    for number in range(9):
        strategy.goals.create(goal_type="sales", text=f"Goal {number}")
    assert "and 4 more" in sign_in(Role.MARKETER).get(url).content.decode()


def test_a_sound_strategy_has_an_empty_list_that_says_so(sign_in, url, strategy, brand, monkeypatch):
    monkeypatch.setattr("metrics.health.look.judge", lambda facts, limits: [])
    page = sign_in(Role.MARKETER).get(url)
    assert page.context["score"].points == 100
    assert "Nothing is wrong that a rule could see" in page.content.decode()


def test_the_five_cs_are_shown_with_their_working(sign_in, url):
    said = sign_in(Role.MARKETER).get(url).content.decode()
    for words in ("The five Cs", "Consistency", "n/a", "No goal is about leads and sales."):
        assert words in said


def test_the_trend_is_drawn_from_the_checks_of_other_days(sign_in, url, strategy, brand):
    client = sign_in(Role.MARKETER)
    assert "From tomorrow on" in client.get(url).content.decode()
    for days, points in ((20, 40), (5, 60), (0, 1)):
        HealthCheck.objects.create(
            strategy=strategy, day=brand.today() - timedelta(days=days), checked_at=timezone.now(), score=points
        )
    page = client.get(url)
    assert page.context["look"].trend == [40, 60, page.context["score"].points]
    assert "40 on" in page.content.decode()


def test_a_strategy_that_has_not_begun_is_not_judged_by_its_calendar(sign_in, url, strategy, brand):
    Strategy.objects.update(start=brand.today() + timedelta(days=3))
    page = sign_in(Role.MARKETER).get(url)
    assert {outcome(page, rule) for rule in ("MIST-03", "MIST-05", "MIST-08", "BUD-01", "PLAT-01")} == {"not_applicable"}
    assert "The strategy has not begun yet." in page.content.decode()


# --- who may


def test_a_stranger_finds_nothing(client, url, strategy):
    other = Brand.objects.create(name="Other", slug="other")
    person = User.objects.create_user(email="stranger@example.uz", password="parol")
    Membership.objects.create(brand=other, user=person, role=Role.LEAD)
    client.force_login(person)
    assert client.get(url).status_code == 404
    assert client.get(f"/brands/other/strategies/{strategy.pk}/health/").status_code == 404
    assert client.post(f"/brands/other/strategies/{strategy.pk}/health/MIST-01/accept/").status_code == 404


def test_a_viewer_reads_but_accepts_nothing(sign_in, url, strategy):
    client = sign_in(Role.VIEWER)
    said = client.get(url).content.decode()
    assert "It may stay as it is" not in said and "btn-primary" not in said.split("</main>")[0]
    assert not re.search(r'sp-hrule__c"><li><a', said)
    for name in ("accept_rule", "ask_again"):
        assert client.post(act(strategy, name, "MIST-01"), {"reason": "because of this"}).status_code == 403


def test_a_viewer_sees_nothing_about_money_and_is_told_that_it_counts(sign_in, url, strategy, client):
    Strategy.objects.update(budget_reviewed_on=None, start=strategy.start - timedelta(days=200))
    team = sign_in(Role.MARKETER).get(url)
    viewer = sign_in(Role.VIEWER).get(url)
    assert {"BUD-01", "BUD-03"} <= {item.name for item in team.context["look"].failing}
    names = {item.name for item in viewer.context["look"].items}
    assert names == {rule.name for rule in RULES if not rule.is_money}
    assert viewer.context["score"].points == team.context["score"].points
    assert "rules count that only the team sees" in viewer.content.decode()
    assert "only the team sees" not in team.content.decode()


# --- accepting


def test_an_accepted_rule_stays_and_weighs_nothing(sign_in, url, strategy, client):
    client = sign_in(Role.MARKETER)
    before = client.get(url).context["score"]
    answer = accept(client, strategy, "MIST-07", "The persona is being interviewed")
    assert (answer.status_code, answer["Location"]) == (302, url)
    page = client.get(url)
    assert page.context["score"].errors == before.errors - 1
    assert [item.name for item in page.context["look"].accepted] == ["MIST-07"]
    said = page.content.decode()
    assert "The persona is being interviewed" in said and "1 accepted rule does not count." in said
    row = Acknowledgement.objects.get()
    assert (row.by, row.rule) == (User.objects.get(), "MIST-07")


def test_when_something_else_makes_it_fire_it_counts_again_and_says_so(sign_in, url, strategy):
    client = sign_in(Role.MARKETER)
    strategy.goals.create(goal_type="sales", text="One")
    accept(client, strategy, "SMART-01", "It is a dream")
    assert outcome(client.get(url), "SMART-01") == "fail"
    assert [item.name for item in client.get(url).context["look"].accepted] == ["SMART-01"]
    strategy.goals.create(goal_type="sales", text="Two")
    page = client.get(url)
    assert page.context["look"].accepted == []
    assert "something else makes it fire now" in page.content.decode()
    assert 'value="It is a dream"' in page.content.decode()


def test_accepting_again_takes_the_place_of_what_was_said_before(sign_in, url, strategy):
    client = sign_in(Role.MARKETER)
    accept(client, strategy, "MIST-07", "The first reason")
    accept(client, strategy, "MIST-07", "The second reason")
    assert [row.reason for row in Acknowledgement.objects.all()] == ["The second reason"]


def test_an_accepted_rule_can_be_asked_for_again(sign_in, url, strategy):
    client = sign_in(Role.MARKETER)
    accept(client, strategy, "MIST-07")
    answer = client.post(act(strategy, "ask_again", "MIST-07"))
    assert answer["Location"] == url
    assert client.get(url).context["look"].accepted == []


@pytest.mark.parametrize("reason", ["", "  ", "x", "x" * 201, "n\x00o way"])
def test_a_reason_of_no_use_is_refused_at_the_field(sign_in, strategy, reason):
    answer = accept(sign_in(Role.MARKETER), strategy, "MIST-07", reason)
    said = answer.content.decode()
    assert answer.status_code == 422
    assert 'aria-describedby="error-MIST-07"' in said and '<details class="sp-waive" open>' in said
    assert f'value="{reason}"' in said
    assert not Acknowledgement.objects.exists()


def test_accepting_has_the_strategy_checked_again(sign_in, strategy, monkeypatch, django_capture_on_commit_callbacks):
    asked = []
    monkeypatch.setattr(tasks.check_strategy, "delay", asked.append)
    with django_capture_on_commit_callbacks(execute=True):
        client = sign_in(Role.MARKETER)
        accept(client, strategy, "MIST-07")
        client.post(act(strategy, "ask_again", "MIST-07"))
    assert asked == [strategy.pk, strategy.pk]


@pytest.mark.parametrize("cause", ["", "abc", "g" * 64, "a" * 65])
def test_a_cause_that_no_page_gave_is_refused(sign_in, strategy, cause):
    answer = sign_in(Role.MARKETER).post(act(strategy, "accept_rule", "MIST-07"), {"cause": cause, "reason": "Because of this"})
    assert answer.status_code == 422
    assert "The page was out of date" in answer.content.decode()
    assert 'value="Because of this"' in answer.content.decode()


def test_what_changed_while_the_page_was_open_is_not_accepted_with_it(sign_in, url, strategy):
    client = sign_in(Role.MARKETER)
    seen = digest(client.get(url), "MIST-07")
    strategy.audience_answers.create(question="product", text="Clothes of adras")
    client.post(act(strategy, "accept_rule", "MIST-07"), {"cause": seen, "reason": "We know our audience"})
    page = client.get(url)
    assert page.context["look"].accepted == []
    assert "It was accepted (“We know our audience”)" in page.content.decode()


def test_a_rule_that_nobody_declared_is_not_there(sign_in, strategy):
    client = sign_in(Role.MARKETER)
    for name in ("accept_rule", "ask_again"):
        assert client.post(act(strategy, name, "MIST-99")).status_code == 404
        assert client.get(act(strategy, name, "MIST-01")).status_code == 405


def test_an_archived_strategy_is_read_and_not_changed(sign_in, url, strategy):
    client = sign_in(Role.MARKETER)
    Strategy.objects.update(status="archived")
    assert "It may stay as it is" not in client.get(url).content.decode()
    accept(client, strategy, "MIST-07")
    assert not Acknowledgement.objects.exists()


# --- panel and score elsewhere


def test_the_panel_shows_the_worst_and_leads_to_all(sign_in, url, strategy):
    panel = sign_in(Role.MARKETER).get(reverse("metrics:health_window", args=["atlas", strategy.pk]), headers=HTMX)
    said = panel.content.decode()
    assert "<html" not in said
    assert said.count("<b>") == 3 + 2
    assert f'href="{url}"' in said and "See all rules" in said


def test_the_panel_is_the_whole_page_without_scripts(sign_in, strategy):
    page = sign_in(Role.MARKETER).get(reverse("metrics:health_window", args=["atlas", strategy.pk]))
    assert "<html" in page.content.decode() and "The five Cs" in page.content.decode()


def test_the_score_alone_is_as_it_was_kept(sign_in, strategy):
    client, address = sign_in(Role.VIEWER), reverse("metrics:health_brief", args=["atlas", strategy.pk])
    assert "not checked yet" in client.get(address, headers=HTMX).content.decode()
    row = background.check(strategy)
    assert f"Health: {row.score} of 100" in client.get(address, headers=HTMX).content.decode()
    assert background.scores_of([strategy.pk, 999]) == {strategy.pk: row.score}


# --- thresholds in the administration


@pytest.fixture
def staff(db, client) -> User:
    user = User.objects.create_superuser("admin@example.uz", "parol")
    client.force_login(user)
    return user


def test_a_threshold_set_in_the_administration_changes_the_outcome(client, staff, strategy, brand, url):
    Membership.objects.create(brand=brand, user=staff, role=Role.LEAD)
    Strategy.objects.update(budget_reviewed_on=brand.today() - timedelta(days=5))
    assert outcome(client.get(url), "BUD-01") == "pass"
    answer = client.post(reverse("admin:metrics_rulethreshold_add"), {"name": "budget_review_days", "value": "3"})
    assert answer.status_code == 302
    page = client.get(url)
    assert outcome(page, "BUD-01") == "fail"
    assert "Budget looked at within the last: 3\xa0days" in page.content.decode()


@pytest.mark.parametrize(
    ("name", "value"), [("budget_review_days", "0"), ("adherence", "101"), ("adherence", "x"), ("nonsense", "5")]
)
def test_a_threshold_without_sense_is_refused(client, staff, name, value):
    answer = client.post(reverse("admin:metrics_rulethreshold_add"), {"name": name, "value": value})
    assert answer.status_code == 200
    assert answer.context["adminform"].form.errors
    assert not RuleThreshold.objects.exists()


def test_the_lists_of_the_administration_open(client, staff, strategy):
    background.check(strategy)
    RuleThreshold.objects.create(name="of another time", value=1)
    RuleThreshold.objects.create(name="adherence", value=60)
    strategy.acknowledgements.create(rule="MIST-07", reason="Later")
    for model in ("rulethreshold", "healthcheck", "acknowledgement"):
        assert client.get(reverse(f"admin:metrics_{model}_changelist")).status_code == 200


# --- in the background


def test_a_check_keeps_one_row_a_day_however_often_it_runs(strategy, brand):
    first = background.check(strategy)
    strategy.personas.create(name="Madina")
    second = background.check(Strategy.objects.select_related("brand").get())
    assert first.pk == second.pk and HealthCheck.objects.count() == 1
    kept = {row["rule"]: row for row in second.verdicts}
    assert kept.keys() == {rule.name for rule in RULES}
    assert kept["MIST-07"]["outcome"] == "fail" and kept["MIST-07"]["causes"]
    HealthCheck.objects.update(day=brand.today() - timedelta(days=1))
    background.check(strategy)
    assert HealthCheck.objects.count() == 2


def test_the_page_and_the_check_agree(sign_in, url, strategy):
    row = background.check(strategy)
    score = sign_in(Role.LEAD).get(url).context["score"]
    assert (row.score, row.errors, row.warnings, row.infos) == (score.points, score.errors, score.warnings, score.infos)


def due() -> list[Strategy]:
    return list(background.due(timezone.now()))


def test_only_what_is_planned_or_runs_is_checked_and_only_when_it_is_due(strategy, brand):
    today = brand.today()
    for name, changes in (
        ("over", {"start": today - timedelta(50), "end": today - timedelta(2)}),
        ("kept", {"status": "archived"}),
    ):
        Strategy.objects.create(**{"brand": brand, "name": name, "start": strategy.start, "end": strategy.end} | changes)
    assert due() == [strategy]
    tasks.check_strategies()
    assert due() == []
    HealthCheck.objects.update(checked_at=timezone.now() - timedelta(minutes=61))
    assert due() == [strategy]


def test_a_changed_plan_is_due_at_once(strategy):
    background.check(strategy)
    stages.note_change(strategy, find_step("risks"))
    assert due() == [strategy]
    background.check(strategy)
    StageState.objects.filter(stage=Stage.PLANNING).update(changed_at=timezone.now() - timedelta(minutes=1))
    assert due() == []


def test_what_goes_wrong_with_one_strategy_does_not_stop_the_others(strategy, brand, monkeypatch, caplog):
    second = Strategy.objects.create(brand=brand, name="Second", start=strategy.start, end=strategy.end)
    looked = background.look

    def broken(asked: Strategy):
        if asked == strategy:
            raise ZeroDivisionError
        return looked(asked)

    monkeypatch.setattr(background, "look", broken)
    assert background.check_due() == 2
    assert [row.strategy for row in HealthCheck.objects.all()] == [second]
    assert "could not be checked" in caplog.text


def test_a_strategy_that_is_gone_is_no_accident(db):
    tasks.check_strategy(999)


# --- word to the leads


@pytest.fixture
def checked(strategy, person_in) -> Strategy:
    """A strategy that was checked when nobody's followers were bought."""
    person_in(Role.LEAD)
    person_in(Role.VIEWER)
    background.check(strategy)
    return strategy


def buy_followers(strategy: Strategy) -> None:
    strategy.channels.update(grew_by_buying=True)


def again(strategy: Strategy) -> None:
    background.check(Strategy.objects.select_related("brand").get(pk=strategy.pk))


def test_a_new_error_is_told_to_the_leads_once(checked):
    assert not Notification.objects.exists()
    buy_followers(checked)
    again(checked)
    again(checked)
    (told,) = Notification.objects.all()
    assert told.user.email == "lead@example.uz"
    assert text_of(told) == "The health check of “Spring” found a new error: MIST-06"
    assert told.url == f"/brands/atlas/strategies/{checked.pk}/health/#MIST-06"


def test_whoever_began_the_strategy_is_told_while_they_belong_to_the_team(checked, person_in):
    creator = person_in(Role.MARKETER)
    Strategy.objects.update(created_by=creator)
    buy_followers(checked)
    again(checked)
    assert {told.user.email for told in Notification.objects.all()} == {"lead@example.uz", creator.email}


def test_warnings_and_drafts_and_what_was_accepted_are_no_news(checked, client):
    lead = User.objects.get(email="lead@example.uz")
    checked.budget_lines.update(planned=0)
    again(checked)
    Strategy.objects.update(status="draft")
    buy_followers(checked)
    again(checked)
    assert not Notification.objects.exists()
    Strategy.objects.update(status="approved")
    HealthCheck.objects.all().delete()
    checked.channels.update(grew_by_buying=False)
    again(checked)
    buy_followers(checked)
    client.force_login(lead)
    accept(client, checked, "MIST-06", "We clean the list")
    again(checked)
    assert not Notification.objects.exists()


# --- queries


def fill(strategy: Strategy, brand: Brand, times: int) -> None:
    for number in range(times):
        goal = strategy.goals.create(goal_type="sales", text=f"Goal {number}")
        goal.targets.create(metric="leads", value=Decimal(5), everywhere=True)
        strategy.personas.create(name=f"Persona {number}")
        strategy.budget_lines.create(kind="ads", name=f"Line {number}")
        strategy.risks.create(name=f"Risk {number}")
        strategy.activities.create(method="ads", partner=f"Blog {number}")
        HealthCheck.objects.create(
            strategy=strategy, day=brand.today() - timedelta(days=number + strategy.goals.count()), checked_at=timezone.now(), score=5
        )  # fmt: skip
        strategy.acknowledgements.create(rule=f"R{strategy.acknowledgements.count()}", reason="Because")


def test_the_page_takes_the_same_few_queries_for_any_number_of_rows(sign_in, url, strategy, brand, count_queries):
    client = sign_in(Role.LEAD)
    client.get(url)
    fill(strategy, brand, 1)
    once = count_queries(client, url)
    fill(strategy, brand, 9)
    assert count_queries(client, url) == once <= 24


def test_home_shows_the_score_that_was_kept_and_works_nothing_out(sign_in, strategy, url):
    client = sign_in(Role.VIEWER)
    home = reverse("metrics:home", args=["atlas"])
    assert "Health:" not in client.get(home).content.decode()
    strategy.goals.create(goal_type="sales", text="Leads").targets.create(metric="leads", value=5, everywhere=True)
    row = background.check(strategy)
    said = client.get(home).content.decode()
    assert f"Health: {row.score} of 100" in said and f'href="{url}"' in said
