"""Help while a goal is written: examples taken over, today's value from the figures, a way out for each letter."""

from datetime import date
from decimal import Decimal

import pytest

from brands.models import Channel, Platform
from metrics.kpi import GOAL_TYPES
from strategies import known_figures
from strategies.examples import EXAMPLES
from strategies.goal_advice import ADVICE, advice
from strategies.goal_fixes import Facts, address, fix
from strategies.goal_words import compound_hint, letters, months_of
from strategies.known_figures import Known
from strategies.models import BusinessObjective, Goal, GoalType, Target
from strategies.smart import Draft, Letter, Reason, growth_each_month, judge, most_within_limit

START, END = date(2027, 2, 1), date(2027, 7, 31)

# The table of the guide: letter, platform, figure, way of counting, number, change in per cent, deadline.
TABLE = [
    ("S", "instagram", "story_views", "total", None, 10, date(2027, 4, 30)),
    ("S", "linkedin", "link_clicks", "monthly", 50, None, END),
    ("M", "facebook", "net_new_followers", "total", 150, None, date(2027, 7, 31)),
    ("M", "x", "engagement_rate_impressions", "total", 5, None, END),
    ("A", "youtube", "followers", "latest", 1000, None, date(2028, 1, 31)),
    ("A", "facebook", "organic_reach", "monthly", None, 25, END),
    ("R", "linkedin", "qualified_leads", "monthly", 5, None, END),
    ("R", "tiktok", "reach_rate", "total", None, 15, date(2027, 7, 31)),
    ("T", "instagram", "video_views", "per_post", 500, None, date(2027, 4, 30)),
    ("T", "facebook", "ctr", "total", 2, None, date(2027, 6, 30)),
]


@pytest.mark.parametrize(("example", "row"), list(zip(EXAMPLES, TABLE, strict=True)))
def test_each_example_says_what_the_guide_says(example, row):
    letter, platform, metric, window, value, change, deadline = row
    assert (example.letter, example.platform, example.metric, example.window) == (letter, platform, metric, window)
    assert (example.value, example.change) == (value, change)
    assert example.deadline(START, END) == deadline


def test_the_guides_change_of_subscribers_starts_where_it_says():
    assert (EXAMPLES[4].baseline, EXAMPLES[4].value) == (500, 1000)


def test_a_change_gives_its_number_once_today_is_known():
    assert EXAMPLES[0].target(Decimal(2000), 3) == 2200
    assert EXAMPLES[0].target(None, 3) is None
    assert EXAMPLES[7].target(Decimal(20), 6) == 23


def test_a_quarter_more_each_month_is_reckoned_month_by_month():
    assert round(EXAMPLES[5].target(Decimal(1000), 12)) == 14552


def test_a_deadline_on_a_day_of_the_year_is_the_next_such_day():
    assert EXAMPLES[9].deadline(date(2027, 6, 30), date(2027, 12, 31)) == date(2028, 6, 30)


@pytest.fixture
def figures(monkeypatch) -> dict[str, Decimal]:
    """What is measured, by metric; the plan is told it as the metrics app would."""
    measured: dict[str, Decimal] = {}

    def of_targets(strategy, asked):
        return [
            Known(measured[one.metric], date(2027, 1, 20), date(2027, 1, 20), "Telegram", "/figures/")
            if one.metric in measured
            else Known(why_not="Nobody measured it.")
            for one in asked
        ]

    monkeypatch.setattr(known_figures, "_answers", {"of_targets": of_targets})
    return measured


def on(shop, slug: str) -> Channel:
    return Channel.objects.create(brand=shop, platform=Platform.objects.get(slug=slug), handle="atlas")


@pytest.mark.django_db
@pytest.mark.parametrize("number", range(1, 11))
def test_each_example_becomes_a_goal_with_its_target(as_marketer, step_url, spring, shop, figures, number):
    example = EXAMPLES[number - 1]
    channel = on(shop, example.platform)
    response = as_marketer.post(step_url("goals"), {"item": "new", "action": f"example-{number}"})
    goal = spring.goals.get()
    target = goal.targets.get()
    assert response.url == step_url("goals", f"?goal={goal.pk}")
    assert (goal.goal_type, goal.text) == (example.goal_type, str(example.text))
    assert goal.deadline == example.deadline(spring.start, spring.end)
    assert (target.metric, target.window, target.value, target.baseline) == (
        example.metric, example.window, example.value, example.baseline,
    )  # fmt: skip
    assert list(target.channels.all()) == [channel]


@pytest.mark.django_db
def test_an_example_of_a_change_takes_today_from_the_figures(as_marketer, step_url, spring, shop, figures):
    on(shop, "instagram")
    figures["story_views"] = Decimal(2000)
    as_marketer.post(step_url("goals"), {"item": "new", "action": "example-1"})
    target = Target.objects.get()
    assert (target.baseline, target.value) == (2000, 2200)


@pytest.mark.django_db
def test_an_example_without_its_channel_asks_where_and_takes_no_figure(as_marketer, step_url, spring, figures):
    figures["story_views"] = Decimal(2000)
    as_marketer.post(step_url("goals"), {"item": "new", "action": "example-1"})
    target = Target.objects.get()
    assert (target.baseline, target.everywhere, target.channels.count()) == (None, False, 0)


@pytest.mark.django_db
def test_a_number_that_is_passed_already_is_left_without_todays_value(as_marketer, step_url, spring, shop, figures):
    on(shop, "facebook")
    figures["ctr"] = Decimal("2.5")
    as_marketer.post(step_url("goals"), {"item": "new", "action": "example-10"})
    assert Target.objects.get().baseline is None


@pytest.mark.django_db
def test_an_example_does_not_lose_what_was_being_written(as_marketer, step_url, spring, figures):
    typed = {"item": "new", "goal-goal_type": "sales", "goal-text": "Mine", "goal-deadline": "2027-07-31", "target-metric": "",
             "target-window": "latest"}  # fmt: skip
    as_marketer.post(step_url("goals"), typed | {"action": "example-2"})
    assert set(spring.goals.values_list("text", flat=True)) == {"Mine", str(EXAMPLES[1].text)}


@pytest.mark.django_db
def test_no_example_is_begun_while_something_cannot_be_saved(as_marketer, step_url, spring, figures):
    typed = {"item": "new", "goal-goal_type": "sales", "goal-text": "Mine", "goal-deadline": "2020-01-01"}
    response = as_marketer.post(step_url("goals"), typed | {"action": "example-2"})
    assert response.status_code == 422
    assert "Mine" in response.content.decode()
    assert not spring.goals.exists()


@pytest.mark.django_db
@pytest.mark.parametrize("number", ["0", "11", "x", "-1"])
def test_an_example_that_is_none_begins_nothing(as_marketer, step_url, spring, number):
    as_marketer.post(step_url("goals"), {"item": "new", "action": f"example-{number}"})
    assert not spring.goals.exists()


@pytest.fixture
def goal(spring, telegram) -> Goal:
    goal = Goal.objects.create(strategy=spring, goal_type="audience", deadline=spring.end, text="More readers")
    goal.targets.create(metric="followers", window="latest", value=12000).channels.add(telegram)
    return goal


def typed(goal: Goal, **changes) -> dict:
    target = goal.targets.get()
    return {
        "item": goal.pk, "goal-version": goal.version, "goal-goal_type": goal.goal_type, "goal-text": goal.text,
        "goal-objective": "", "goal-deadline": goal.deadline.isoformat(), "target-version": target.version,
        "target-metric": target.metric, "target-channels": [channel.pk for channel in target.channels.all()],
        "target-window": target.window, "target-baseline": "", "target-value": "12,000", "action": "use-known",
    } | changes  # fmt: skip


@pytest.mark.django_db
def test_the_button_writes_todays_value_and_saves_what_was_typed(as_marketer, step_url, goal, figures):
    figures["followers"] = Decimal(8200)
    as_marketer.post(step_url("goals"), typed(goal, **{"goal-early_warning": "Fewer than 60 a week"}))
    goal.refresh_from_db()
    assert goal.targets.get().baseline == 8200
    assert goal.early_warning == "Fewer than 60 a week"


@pytest.mark.django_db
def test_todays_value_stands_in_the_field_though_something_else_is_wrong(as_marketer, step_url, goal, figures):
    figures["followers"] = Decimal(8200)
    response = as_marketer.post(step_url("goals"), typed(goal, **{"target-value": "lots"}))
    assert response.status_code == 422
    assert 'value="8,200"' in response.content.decode()
    assert "lots" in response.content.decode()


@pytest.mark.django_db
def test_the_button_says_why_the_figures_do_not_know(as_marketer, step_url, goal, figures):
    page = as_marketer.post(step_url("goals"), typed(goal), follow=True).content.decode()
    assert "Nobody measured it." in page
    nowhere = as_marketer.post(step_url("goals"), typed(goal, **{"target-channels": []}), follow=True).content.decode()
    assert "Choose the figure and where it is counted" in nowhere
    assert goal.targets.get().baseline is None


@pytest.mark.django_db
def test_the_button_of_a_further_target_comes_back_to_it(as_marketer, step_url, goal, figures):
    figures["followers"] = Decimal(8200)
    target = goal.targets.get()
    sent = typed(goal, item=target.pk, **{"target-role": "primary"})
    response = as_marketer.post(step_url("targets"), sent)
    assert response.url == step_url("targets", f"?target={target.pk}#target")
    assert goal.targets.get().baseline == 8200


@pytest.mark.django_db
def test_usual_figures_begin_where_they_stand_today(as_marketer, step_url, goal, figures):
    figures |= {"reach_rate": Decimal("21.5")}
    as_marketer.post(step_url("targets"), {"action": f"usual-{goal.pk}"})
    assert goal.targets.get(metric="reach_rate").baseline == Decimal("21.5")
    assert goal.targets.get(metric="follower_growth_rate").baseline is None


@pytest.mark.parametrize("goal_type", GoalType.values)
def test_every_goal_type_has_its_kpis_and_a_guard(goal_type):
    declared = GOAL_TYPES[goal_type]
    assert len(declared.primary) >= 2
    assert declared.guard not in declared.primary


WHOLE = Draft("followers", True, Decimal(8200), Decimal(12000), True, START, END, True)


def changed(**changes) -> Draft:
    return Draft(**({name: getattr(WHOLE, name) for name in Draft.__dataclass_fields__} | changes))


@pytest.fixture
def facts(spring):
    def make(draft: Draft, **known) -> Facts:
        return Facts(spring, "audience", draft, known.get("has_channels", True), known.get("has_objectives", True))

    return make


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("changes", "known", "said", "field"),
    [
        ({"metric": ""}, {}, "Usual for such a goal: Follower growth rate", "id_target-metric"),
        ({"has_place": False}, {}, "Choose a channel", "id_target-everywhere"),
        ({"value": None}, {}, "10 % more would be 9,020.", "id_target-value"),
        (
            {"value": None, "metric": "first_response_time", "baseline": Decimal(95)},
            {},
            "10 % less would be 85.5",
            "id_target-value",
        ),
        ({"value": None, "baseline": None}, {}, "Write the number to reach.", "id_target-value"),
        ({"baseline": None}, {}, "take it from your figures", "id_target-baseline"),
        ({"serves_business": False}, {}, "Choose the business goal", "id_goal-objective"),
        ({"deadline": None}, {}, "The strategy ends on 31 July 2027", "id_goal-deadline"),
        ({"deadline": START}, {}, "Choose a day after 1 February 2027", "id_goal-deadline"),
        ({"value": Decimal(20000)}, {}, "Aim at 12,266 instead", "id_goal-confirmed_achievable"),
        ({"baseline": Decimal(0)}, {}, "or tick that it can be done", "id_goal-confirmed_achievable"),
    ],
)
def test_a_letter_that_is_missing_comes_with_its_way_out(facts, changes, known, said, field):
    draft = changed(**changes)
    missing = [verdict for verdict in judge(draft).verdicts if not verdict.is_met]
    fixes = [fix(verdict.reason, facts(draft, **known)) for verdict in missing]
    assert any(said in one.text and one.field == field for one in fixes), fixes


@pytest.mark.django_db
def test_the_way_out_leads_elsewhere_where_the_form_cannot_help(facts, shop, spring):
    assert fix(Reason.NO_PLACE, facts(WHOLE, has_channels=False)).page == f"/brands/{shop.slug}/settings/channels/"
    assert fix(Reason.NOT_LINKED, facts(WHOLE, has_objectives=False)).page.endswith(f"/strategies/{spring.pk}/business-goals/")


@pytest.mark.django_db
def test_what_is_advised_instead_of_a_leap_is_within_the_limit(facts):
    leap = changed(value=Decimal(20000))
    assert judge(changed(value=Decimal(12266))).of(Letter.ACHIEVABLE).is_met
    assert not judge(changed(value=Decimal(12267))).of(Letter.ACHIEVABLE).is_met
    low, high = most_within_limit(leap)
    assert round(low) == 8200 - 4066
    assert round(high) == 8200 + 4066


@pytest.mark.django_db
def test_every_reason_that_costs_a_letter_has_a_way_out(facts, goal):
    costs = [
        Reason.NO_METRIC, Reason.NO_PLACE, Reason.NO_NUMBER, Reason.NO_TODAY, Reason.OVER_LIMIT, Reason.UNKNOWN_CHANGE,
        Reason.NOT_LINKED, Reason.NO_DEADLINE, Reason.ENDS_BEFORE_START,
    ]  # fmt: skip
    for reason in costs:
        assert address(fix(reason, facts(WHOLE)), goal).startswith("/brands/atlas/")


@pytest.mark.django_db
def test_every_goal_type_says_what_helps():
    assert set(ADVICE) == set(GoalType)
    assert advice("no such type") == ""


def test_what_helps_follows_the_chosen_type(as_marketer, step_url, spring):
    sent = {"item": "new", "goal-goal_type": "audience"}
    parts = as_marketer.post(step_url("goals"), sent, headers={"X-Autosave": "yes"}).json()["parts"]
    assert "never heard of it" in parts["goal-letters"]
    sent |= {"goal-goal_type": "sales"}
    parts = as_marketer.post(step_url("goals"), sent, headers={"X-Autosave": "yes"}).json()["parts"]
    assert "exclusive offers" in parts["goal-letters"]


def test_the_page_shows_reason_and_way_out_beside_each_letter(as_marketer, step_url, goal):
    page = as_marketer.get(step_url("goals")).content.decode()
    assert "no business goal is linked" in page
    assert "Write down a business goal first." in page
    BusinessObjective.objects.create(strategy=goal.strategy, text="Sell out")
    assert "#id_goal-objective" in as_marketer.get(step_url("goals")).content.decode()


def test_letters_name_the_limit_that_they_were_judged_by():
    assert "the limit is 100\xa0%" in letters(WHOLE)[2].why


@pytest.mark.parametrize(
    ("draft", "window", "said"),
    [
        # 8,000 to 8,000 × 1.25 ** 6 in six months
        (
            changed(metric="organic_reach", baseline=Decimal(8000), value=Decimal("30517.58")),
            "monthly",
            "25\xa0% each month makes 14.55",
        ),
        (changed(metric="buzz_growth", baseline=None, value=Decimal(25)), "monthly", "25\xa0% each month makes 14.55"),
        (changed(metric="organic_reach", baseline=Decimal(8000), value=Decimal(8200)), "monthly", ""),
        (changed(metric="organic_reach", baseline=Decimal(8000), value=Decimal(30517)), "total", ""),
        (changed(metric="organic_reach", baseline=Decimal(8000), value=Decimal(4000)), "monthly", ""),
        (changed(metric="organic_reach", baseline=Decimal(0), value=Decimal(4000)), "monthly", ""),
        (changed(metric="organic_reach", baseline=None, value=Decimal(4000)), "monthly", ""),
        (changed(metric="organic_reach", value=None), "monthly", ""),
    ],
)
def test_growth_month_by_month_is_warned_about_with_its_own_figures(draft, window, said):
    hint = compound_hint(draft, window)
    assert (said in hint) if said else hint == ""


@pytest.mark.parametrize(("days", "months"), [(1, 1), (15, 1), (31, 1), (89, 3), (181, 6), (365, 12), (730, 24)])
def test_days_come_to_whole_months(days, months):
    assert months_of(days) == months


def test_growth_each_month_leads_from_one_number_to_the_other():
    assert round(growth_each_month(Decimal(100), Decimal("156.25"), 2), 6) == 25
    assert growth_each_month(Decimal(0), Decimal(5), 2) is None
    assert growth_each_month(Decimal(5), Decimal(0), 2) is None
    assert growth_each_month(Decimal(5), Decimal(6), 0) is None
