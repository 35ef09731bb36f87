"""Each rule where it fires, where it does not, and where it does not apply. No database: rules judge plain facts."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest

from calendar_app.promotions import Promotion
from metrics.five_cs import ConversionGoal, FiveCs
from metrics.health import rules
from metrics.health.addresses import address
from metrics.health.facts import ChannelFact, Facts, GoalFact, LineFact, MoneyFacts, Named, PostFacts, Returned
from metrics.health.rules import MISTAKES, RULES
from metrics.health.thresholds import DEFAULTS, THRESHOLDS, in_force
from metrics.health.verdicts import Cause, Outcome, Rule, Severity, Verdict, score
from strategies.models import Strategy

TODAY = date(2027, 4, 1)
START, END = date(2027, 2, 1), date(2027, 7, 31)


def ago(days: int) -> date:
    return TODAY - timedelta(days=days)


def line(pk: int | None = 1, planned: object = 100, spent: object = 40, is_test: bool = False) -> LineFact:
    return LineFact(pk, "Adverts", Decimal(str(planned)), Decimal(str(spent)), is_test)


GOAL = GoalFact(1, "1,600 leads", metrics=("leads", "engagement_rate_reach"))
CHANNEL = ChannelFact(
    1, "Telegram", keeps_pages_apart=True, needs_video=True, last_figure=ago(3), longest_gap=5, last_original=ago(2),
    last_promotion=ago(4), hours_needed=Decimal(6), growth=Fraction(4), engagement=Fraction(5), engagement_before=Fraction(5),
)  # fmt: skip
POSTS = PostFacts(published=20, automated=2, promo=4, published_in_weeks=18, outside=1, attract=8, engage=9)
MONEY = MoneyFacts(
    lines=(line(), line(2, 20, 5, is_test=True)), utilisation=Fraction(90), hours_planned=Decimal(100), hours_worked=Decimal(90),
    returns=(Returned(date(2027, 2, 1), Fraction(-5)), Returned(date(2027, 3, 1), Fraction(20))), reviewed_on=ago(30),
)  # fmt: skip
CS = FiveCs(
    slots=4, complete_slots=3, answered=Fraction(9), received=Fraction(10), kept=Fraction(8), planned=Fraction(10),
    partners=("Style blog",), goals=(ConversionGoal("1,600 leads", Fraction(40)),),
)  # fmt: skip
# One that begins in two weeks, and one that ended a month ago.
COMING = Promotion(1, "Spring prize", TODAY + timedelta(days=14), TODAY + timedelta(days=20))
OVER_LONG = Promotion(2, "Winter prize", ago(40), ago(30), has_results=True)
# A strategy that runs and at which no rule takes offence.
SOUND = Facts(
    today=TODAY, start=START, end=END, next_task=TODAY + timedelta(days=4), goals=(GOAL,), personas=1, complete_personas=1,
    channels=(CHANNEL,), posts=POSTS, money=MONEY, response_rate=Fraction(90), adherence=Fraction(80), team_hours=Decimal(10),
    skills=frozenset({"video", "copy"}), last_audit=ago(50), platforms_reviewed_on=ago(60), five_cs=CS, promotions=(COMING, OVER_LONG),
)  # fmt: skip
NOT_BEGUN = replace(SOUND, start=TODAY + timedelta(days=5))
OVER = replace(SOUND, end=ago(1))


def channel(**changes) -> Facts:
    return replace(SOUND, channels=(replace(CHANNEL, **changes),))


def posts(**changes) -> Facts:
    return replace(SOUND, posts=replace(POSTS, **changes))


def money(**changes) -> Facts:
    return replace(SOUND, money=replace(MONEY, **changes))


def goal(**changes) -> Facts:
    return replace(SOUND, goals=(replace(GOAL, **changes),))


def five_cs(**changes) -> Facts:
    return replace(SOUND, five_cs=replace(CS, **changes))


def promotions(*rows: Promotion) -> Facts:
    return replace(SOUND, promotions=rows)


def channels(count: int) -> Facts:
    return replace(SOUND, channels=tuple(replace(CHANNEL, pk=pk) for pk in range(count)), team_hours=Decimal(999))


NOTHING_SPENT = MoneyFacts()
NO_CHANNEL = replace(SOUND, channels=())
ROI = (Returned(date(2027, 2, 1), Fraction(-5)), Returned(date(2027, 3, 1), Fraction(-1)))
GUESSED_ROI = (Returned(date(2027, 2, 1), Fraction(-5)), Returned(date(2027, 3, 1), None))

# rule -> facts by which it fires
FIRES: dict[str, list[Facts]] = {
    "MIST-01": [
        replace(SOUND, empty_steps=(Named("assets", "Assets"),)),
        replace(SOUND, next_task=None),
        replace(SOUND, next_task=TODAY + timedelta(days=31)),
        replace(NOT_BEGUN, empty_steps=(Named("assets", "Assets"),)),
    ],
    "MIST-02": [goal(has_target=False), replace(SOUND, goals=()), channel(last_figure=None), channel(last_figure=ago(32))],
    "MIST-03": [
        money(utilisation=Fraction(1101, 10)),
        money(hours_worked=Decimal("110.1")),
        money(returns=ROI),
        money(lines=(line(planned=0, spent=1), line(2, 50, 1))),
        money(lines=(line(None, 0, 10),), hours_worked=None, utilisation=None),
        money(lines=(line(1, 0, 0), line(None, 0, 10)), hours_worked=None, utilisation=None),
    ],
    "MIST-04": [
        goal(metrics=("engagement_rate_reach", "budget_utilisation")),
        goal(metrics=("leads", "followers", "likes", "engagement_rate_reach")),
        goal(serves_business=False),
    ],
    "MIST-05": [
        replace(posts(automated=11), response_rate=Fraction(49)),
        posts(promo=16),
    ],
    "MIST-06": [
        channel(grew_by_buying=True),
        channel(growth=Fraction(31), engagement=Fraction(2), engagement_before=Fraction(5)),
    ],
    "MIST-07": [
        replace(SOUND, unanswered=(Named("product", "What is my product or service?"),)),
        replace(SOUND, complete_personas=0),
        replace(SOUND, personas=0, complete_personas=0),
        channel(has_persona=False),
    ],
    "MIST-08": [replace(SOUND, adherence=Fraction(699, 10)), channel(longest_gap=15), posts(outside=6)],
    "PAGE-01": [channel(is_personal=True)],
    "PAGE-02": [channel(has_no_company_pages=True)],
    "PAGE-03": [channels(4), channels(5)],
    "CAP-01": [replace(SOUND, skills=frozenset({"copy"}))],
    "CAP-02": [
        channel(hours_needed=Decimal("10.5")),
        channel(hours_kept=Decimal(5)),
        replace(SOUND, channels=(replace(CHANNEL, hours_kept=Decimal(8)), replace(CHANNEL, pk=2)), team_hours=Decimal(12)),
    ],
    "CAP-03": [
        channel(last_original=ago(15)),
        channel(last_original=None),
        replace(channel(last_original=ago(20), last_promotion=None), unplaced_promotion=ago(3)),
    ],
    "BUD-01": [
        replace(money(reviewed_on=ago(93)), start=ago(120)),
        replace(money(reviewed_on=None), start=ago(93)),
    ],
    "BUD-02": [money(lines=(line(spent=101), line(2, 50))), money(lines=(line(), line(None, 0, 70)))],
    "BUD-03": [money(lines=(line(),)), money(lines=(line(), line(2, 0, 0, is_test=True)))],
    "PLAT-01": [replace(SOUND, platforms_reviewed_on=ago(366)), replace(SOUND, platforms_reviewed_on=None, start=ago(366))],
    "SMART-01": [goal(letters=4, lacks=("no business goal is linked",))],
    "MIX-01": [posts(attract=0), posts(engage=0)],
    "AUD-01": [replace(SOUND, last_audit=None), replace(SOUND, last_audit=ago(366))],
    "PLAN-01": [channel(has_editorial_plan=False), replace(channel(has_editorial_plan=False), start=TODAY + timedelta(days=5))],
    "FIVEC-01": [five_cs(partners=()), five_cs(complete_slots=0), five_cs(goals=(ConversionGoal("Sell", Fraction(-3)),))],
    "PROMO-01": [
        promotions(replace(COMING, has_rules=False)),
        promotions(replace(COMING, guidelines_checked=False)),
        promotions(replace(COMING, start=ago(3), has_rules=False)),
        promotions(replace(COMING, start=ago(3), end=TODAY, guidelines_checked=False), replace(COMING, pk=3, has_rules=False)),
    ],
    "PROMO-02": [promotions(replace(OVER_LONG, has_results=False)), promotions(replace(OVER_LONG, end=ago(14), has_results=False))],
}  # fmt: skip

# rule -> facts just this side of the line
PASSES: dict[str, list[Facts]] = {
    "MIST-01": [replace(SOUND, next_task=TODAY + timedelta(days=30)), replace(NOT_BEGUN, next_task=None)],
    "MIST-02": [channel(last_figure=ago(31)), replace(NOT_BEGUN, channels=(replace(CHANNEL, last_figure=None),))],
    "MIST-03": [
        money(utilisation=Fraction(110), hours_worked=Decimal(110)),
        money(returns=GUESSED_ROI), money(returns=ROI[:1]), money(utilisation=None, hours_worked=None, returns=()),
        money(lines=(line(), line(2, 0, 0))), money(lines=(line(spent=0), line(None, 0, 10))),
    ],
    "MIST-04": [goal(metrics=("leads", "sessions_unknown", "roi", "followers"))],
    "MIST-05": [
        replace(posts(automated=11), response_rate=Fraction(50)),
        replace(posts(automated=20), response_rate=None),
        replace(posts(automated=10), response_rate=Fraction(1)),
        posts(promo=15),
    ],
    "MIST-06": [
        channel(growth=Fraction(30), engagement=Fraction(1)),
        channel(growth=Fraction(90), engagement=Fraction(5, 2)),
        channel(growth=None, engagement=Fraction(1)),
        channel(growth=Fraction(90), engagement=None),
    ],
    "MIST-07": [SOUND, NO_CHANNEL],
    "MIST-08": [
        replace(SOUND, adherence=Fraction(70)), replace(SOUND, adherence=None), channel(longest_gap=14), posts(outside=5),
        channel(longest_gap=None), posts(published_in_weeks=0, outside=0),
    ],
    "PAGE-01": [SOUND],
    "PAGE-02": [SOUND],
    "PAGE-03": [channels(3)],
    "CAP-01": [SOUND],
    "CAP-02": [channel(hours_needed=Decimal(10)), channel(hours_kept=Decimal(6)), replace(channel(hours_kept=Decimal(6)), team_hours=Decimal(0))],
    "CAP-03": [channel(last_original=ago(14)), replace(channel(last_promotion=None), unplaced_promotion=ago(3))],
    "BUD-01": [replace(money(reviewed_on=ago(92)), start=ago(120)), replace(money(reviewed_on=None), start=ago(92))],
    "BUD-02": [money(lines=(line(spent=100), line(2, 50))), money(lines=(line(spent=0), line(2, 0, 0)))],
    "BUD-03": [SOUND],
    "PLAT-01": [replace(SOUND, platforms_reviewed_on=ago(365)), replace(SOUND, platforms_reviewed_on=None)],
    "SMART-01": [SOUND],
    "MIX-01": [posts(attract=1, engage=1)],
    "AUD-01": [replace(SOUND, last_audit=ago(365))],
    "PLAN-01": [SOUND],
    "FIVEC-01": [SOUND, five_cs(received=None, answered=None)],
    "PROMO-01": [SOUND, promotions(COMING, replace(COMING, start=TODAY + timedelta(days=15), has_rules=False))],
    "PROMO-02": [SOUND, promotions(OVER_LONG, replace(OVER_LONG, end=ago(13), has_results=False))],
}  # fmt: skip

# rule -> facts to which it does not apply
NOT_APPLICABLE: dict[str, list[Facts]] = {
    "MIST-01": [OVER],
    "MIST-03": [NOT_BEGUN, replace(SOUND, money=NOTHING_SPENT)],
    "MIST-04": [replace(SOUND, goals=()), goal(metrics=())],
    "MIST-05": [NOT_BEGUN, OVER, posts(published=0, automated=0, promo=0)],
    "MIST-06": [NO_CHANNEL],
    "MIST-08": [NOT_BEGUN, OVER, NO_CHANNEL],
    "PAGE-01": [channel(keeps_pages_apart=False, is_personal=True), NO_CHANNEL],
    "PAGE-02": [NO_CHANNEL],
    "PAGE-03": [NO_CHANNEL],
    "CAP-01": [channel(needs_video=False), NO_CHANNEL, replace(SOUND, skills=frozenset())],
    "CAP-02": [NO_CHANNEL, replace(SOUND, team_hours=Decimal(0))],
    "CAP-03": [NOT_BEGUN, OVER, channel(last_promotion=None), channel(last_promotion=ago(15))],
    "BUD-01": [NOT_BEGUN, OVER, money(organic_only=True), replace(SOUND, money=NOTHING_SPENT)],
    "BUD-02": [NOT_BEGUN, money(organic_only=True), replace(SOUND, money=NOTHING_SPENT)],
    "BUD-03": [money(organic_only=True), replace(SOUND, money=NOTHING_SPENT)],
    "PLAT-01": [NOT_BEGUN, OVER, NO_CHANNEL],
    "SMART-01": [replace(SOUND, goals=())],
    "MIX-01": [NOT_BEGUN, OVER, posts(attract=1, engage=0)],
    "AUD-01": [OVER],
    "PLAN-01": [OVER, NO_CHANNEL],
    "FIVEC-01": [replace(SOUND, five_cs=FiveCs(has_begun=False))],
    "PROMO-01": [
        promotions(),
        promotions(replace(COMING, start=TODAY + timedelta(days=15), has_rules=False)),
        promotions(OVER_LONG),
    ],
    "PROMO-02": [promotions(), promotions(replace(OVER_LONG, end=ago(13), has_results=False))],
}
ALWAYS_APPLIES = {
    "MIST-02": "whoever has no goal measures no success",
    "MIST-07": "a strategy without an audience is the mistake itself",
}


def verdict(name: str, facts: Facts, **limits: int) -> Verdict:
    rule = rules.find(name)
    assert rule is not None
    return rule.judge(facts, {**DEFAULTS, **{key: Decimal(value) for key, value in limits.items()}})


def _cases(table: dict[str, list[Facts]]) -> list:
    return [pytest.param(name, facts, id=f"{name}-{at}") for name, several in table.items() for at, facts in enumerate(several)]


@pytest.mark.parametrize(("name", "facts"), _cases(FIRES))
def test_a_rule_fires_and_says_what_made_it(name, facts):
    found = verdict(name, facts)
    assert found.outcome is Outcome.FAIL
    assert all(cause.text and "%(" not in cause.text for cause in found.causes)
    assert len({cause.key for cause in found.causes}) == len(found.causes)


@pytest.mark.parametrize(("name", "facts"), _cases(PASSES))
def test_a_rule_does_not_fire(name, facts):
    assert verdict(name, facts).outcome is Outcome.PASS


@pytest.mark.parametrize(("name", "facts"), _cases(NOT_APPLICABLE))
def test_a_rule_does_not_apply_and_says_why(name, facts):
    found = verdict(name, facts)
    assert found.outcome is Outcome.NOT_APPLICABLE
    assert found.why.endswith(".")


@pytest.mark.parametrize(("needed", "said"), [("1", "1 hour a week"), ("0.5", "0.5 hours a week"), ("2", "2 hours a week")])
def test_one_hour_is_an_hour(needed, said):
    hours = Decimal(needed)
    kept = verdict("CAP-02", channel(hours_needed=hours, hours_kept=Decimal(0)))
    shared = verdict("CAP-02", replace(channel(hours_needed=hours), team_hours=Decimal("0.25")))
    assert [f" {said}" in found.causes[0].text for found in (kept, shared)] == [True, True]


def test_every_rule_is_tried_three_ways_or_the_reason_is_declared():
    for rule in RULES:
        assert FIRES.get(rule.name), f"{rule.name} has no case where it fires"
        assert PASSES.get(rule.name), f"{rule.name} has no case where it does not fire"
        assert bool(NOT_APPLICABLE.get(rule.name)) != (rule.name in ALWAYS_APPLIES), rule.name


def test_a_sound_strategy_offends_no_rule():
    assert [found.name for found in rules.judge(SOUND, DEFAULTS) if found.outcome is not Outcome.PASS] == []


def test_the_eight_mistakes_and_the_other_rules_are_there():
    assert [rule.name for rule in MISTAKES] == [f"MIST-0{number}" for number in range(1, 9)]
    others = "PAGE-01 PAGE-02 PAGE-03 CAP-01 CAP-02 CAP-03 BUD-01 BUD-02 BUD-03 PLAT-01 SMART-01 MIX-01 AUD-01 PLAN-01 FIVEC-01 PROMO-01 PROMO-02"
    assert [rule.name for rule in RULES[8:]] == others.split()


SEVERITIES = {
    Severity.ERROR: "MIST-01 MIST-02 MIST-07 PAGE-01 CAP-01 PROMO-01",
    Severity.INFO: "PAGE-02 BUD-03 MIX-01 FIVEC-01",
    Severity.WARNING: "MIST-03 MIST-04 MIST-05 MIST-06 MIST-08 PAGE-03 CAP-02 CAP-03 BUD-01 BUD-02 PLAT-01 SMART-01 AUD-01 PLAN-01 PROMO-02",
}


@pytest.mark.parametrize(("severity", "names"), SEVERITIES.items())
def test_rules_weigh_as_they_should(severity, names):
    assert {rule.name for rule in RULES if rule.severity is severity} == set(names.split())


def test_bought_followers_are_an_error_and_a_doubtful_jump_a_warning():
    bought, jump = FIRES["MIST-06"]
    assert verdict("MIST-06", bought).severity is Severity.ERROR
    assert verdict("MIST-06", jump).severity is Severity.WARNING
    both = replace(SOUND, channels=(*bought.channels, replace(jump.channels[0], pk=2)))
    assert verdict("MIST-06", both).severity is Severity.ERROR


def test_platforms_that_nobody_judged_are_not_called_judged():
    judged, never = FIRES["PLAT-01"]
    assert "were judged 366 days ago" in verdict("PLAT-01", judged).causes[0].text
    assert "Nobody has judged" in verdict("PLAT-01", never).causes[0].text


def test_four_pages_are_a_note_and_five_a_warning():
    at_limit, over = FIRES["PAGE-03"]
    assert verdict("PAGE-03", at_limit).severity is Severity.INFO
    assert verdict("PAGE-03", over).severity is Severity.WARNING


# Each threshold moved so that what passed fires, or what fired passes.
MOVED: dict[str, tuple[str, Facts, int, Outcome]] = {
    "task_days": ("MIST-01", SOUND, 3, Outcome.FAIL),
    "figure_days": ("MIST-02", SOUND, 2, Outcome.FAIL),
    "utilisation": ("MIST-03", SOUND, 89, Outcome.FAIL),
    "staff_hours": ("MIST-03", SOUND, 89, Outcome.FAIL),
    "vanity_share": ("MIST-04", SOUND, 49, Outcome.FAIL),
    "automated_share": ("MIST-05", replace(SOUND, response_rate=Fraction(1)), 9, Outcome.FAIL),
    "response_rate": ("MIST-05", replace(posts(automated=20), response_rate=Fraction(60)), 61, Outcome.FAIL),
    "promo_share": ("MIST-05", SOUND, 20, Outcome.FAIL),
    "growth": ("MIST-06", FIRES["MIST-06"][1], 31, Outcome.PASS),
    "engagement_fall": ("MIST-06", FIRES["MIST-06"][1], 60, Outcome.PASS),
    "adherence": ("MIST-08", SOUND, 81, Outcome.FAIL),
    "gap_days": ("MIST-08", SOUND, 4, Outcome.FAIL),
    "outside_share": ("MIST-08", SOUND, 5, Outcome.FAIL),
    "pages_limit": ("PAGE-03", channels(4), 5, Outcome.PASS),
    "pages_over": ("PAGE-03", SOUND, 1, Outcome.FAIL),
    "original_days": ("CAP-03", SOUND, 1, Outcome.NOT_APPLICABLE),
    "budget_review_days": ("BUD-01", SOUND, 29, Outcome.FAIL),
    "platform_review_days": ("PLAT-01", SOUND, 59, Outcome.FAIL),
    "audit_days": ("AUD-01", SOUND, 49, Outcome.FAIL),
    "mix_posts": ("MIX-01", SOUND, 18, Outcome.NOT_APPLICABLE),
    "promotion_ahead_days": ("PROMO-01", SOUND, 13, Outcome.NOT_APPLICABLE),
    "promotion_result_days": ("PROMO-02", SOUND, 31, Outcome.NOT_APPLICABLE),
}  # fmt: skip


def test_every_threshold_is_moved():
    assert set(MOVED) == set(THRESHOLDS)


@pytest.mark.parametrize("name", MOVED)
def test_moving_a_threshold_changes_the_outcome(name):
    rule, facts, value, outcome = MOVED[name]
    assert THRESHOLDS[name].allows(Decimal(value))
    assert verdict(rule, facts).outcome is not outcome
    assert verdict(rule, facts, **{name: value}).outcome is outcome
    assert name in rules.find(rule).thresholds


def test_every_threshold_belongs_to_a_rule():
    used = {name for rule in RULES for name in rule.thresholds}
    assert used == set(THRESHOLDS)


def test_a_retired_or_impossible_threshold_counts_for_nothing():
    limits = in_force([("gap_days", Decimal(7)), ("adherence", Decimal(-5)), ("of another time", Decimal(1))])
    assert limits == {**DEFAULTS, "gap_days": Decimal(7)}


# --- the score


def _failing(*severities: Severity) -> list[Verdict]:
    def fires(facts, limits):
        return [Cause("x", "x")]

    base = RULES[0]
    return [
        replace(base, name=f"R-{at}", severity=severity, check=fires).judge(SOUND, DEFAULTS)
        for at, severity in enumerate(severities)
    ]


ERROR, WARNING, INFO = Severity.ERROR, Severity.WARNING, Severity.INFO


@pytest.mark.parametrize(
    ("severities", "points"),
    [
        ((), 100),
        ((ERROR,), 85),
        ((WARNING,), 93),
        ((INFO,), 98),
        ((ERROR, WARNING, WARNING, INFO), 69),
        ((ERROR,) * 6 + (WARNING,), 3),
        ((ERROR,) * 7, 0),
    ],
)
def test_the_score_is_100_less_what_fails_and_never_below_0(severities, points):
    assert score(_failing(*severities)).points == points


def test_an_accepted_rule_weighs_nothing():
    found = score(_failing(ERROR, WARNING), {"R-0"})
    assert (found.points, found.errors, found.warnings, found.accepted) == (93, 0, 1, 1)


def test_what_made_a_rule_fire_has_a_name_that_no_figure_or_order_changes():
    one, other = channel(longest_gap=15), channel(longest_gap=29)
    assert verdict("MIST-08", one).digest == verdict("MIST-08", other).digest
    assert verdict("MIST-08", one).digest != verdict("MIST-08", replace(one, adherence=Fraction(1))).digest
    two = (replace(CHANNEL, pk=1, is_personal=True), replace(CHANNEL, pk=2, is_personal=True))
    forward, back = replace(SOUND, channels=two), replace(SOUND, channels=two[::-1])
    assert verdict("PAGE-01", forward).digest == verdict("PAGE-01", back).digest
    assert verdict("MIST-08", SOUND).digest == ""


def test_a_mistake_that_grows_worse_is_another_cause():
    at_limit, over = FIRES["PAGE-03"]
    assert verdict("PAGE-03", at_limit).digest != verdict("PAGE-03", over).digest


# --- what the table must hold


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_every_rule_says_all_there_is_to_say(rule: Rule):
    assert rule.bad and rule.good and rule.action
    assert str(rule.fix).endswith(".")
    assert bool(rule.mistake) == bool(rule.title) == rule.name.startswith("MIST")


def _links(judge: Callable) -> list:
    return [cause.link for name, several in FIRES.items() for facts in several for cause in judge(name, facts).causes]


@pytest.mark.django_db
def test_every_link_leads_somewhere(brand):
    strategy = Strategy.objects.create(brand=brand, name="Spring", start=START, end=END)
    for link in [*(rule.link for rule in RULES), *_links(verdict)]:
        for may_lead in (True, False):
            assert address(link, strategy, may_lead=may_lead).startswith("/brands/atlas/")
