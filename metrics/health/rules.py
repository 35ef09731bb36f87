"""RULES: the eight mistakes and the other rules, declared once. Page, panel, administration, library and tests derive from it."""

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from metrics.health import further, mistakes, promoting
from metrics.health.facts import Facts
from metrics.health.thresholds import Limits
from metrics.health.verdicts import Link, Rule, Severity, Verdict

ERROR, WARNING, INFO = Severity.ERROR, Severity.WARNING, Severity.INFO

MISTAKES = (
    Rule(
        "MIST-01", ERROR, mistake="no_plan", title=_("No clear plan of action"),
        bad=_("There is no clear plan of action"), good=_("There is a clear plan of action"),
        fix=_("Fill in the six planning steps, and give every task a person and a day."),
        action=_("Complete the plan"), link=Link("step:plan"), check=mistakes.no_plan, thresholds=("task_days",),
    ),
    Rule(
        "MIST-02", ERROR, mistake="no_metrics", title=_("No measures of success"),
        bad=_("Success is not measured everywhere"), good=_("Every goal has a KPI, every channel has fresh figures"),
        fix=_("Give every goal a KPI and a target, and import figures for every channel at least once a month."),
        action=_("Set targets"), link=Link("step:targets"), check=mistakes.no_metrics, thresholds=("figure_days",),
    ),
    Rule(
        "MIST-03", WARNING, mistake="too_much", title=_("Too much time and money invested"),
        bad=_("More time or money goes in than is right"), good=_("Time and money stay within the plan"),
        fix=_(
            "Compare spending with the plan and with what came back. Where the return stays below zero, move the money or"
            " drop channels."
        ),
        action=_("Look at the money"), link=Link("money"), check=mistakes.too_much, thresholds=("utilisation", "staff_hours"),
        is_money=True,
    ),
    Rule(
        "MIST-04", WARNING, mistake="popularity", title=_("Popularity without benefit"),
        bad=_("Mostly popularity is measured"), good=_("The KPIs show what the work leads to"),
        fix=_("Followers and likes show attention. Add a behaviour KPI: leads, conversion or return."),
        action=_("Add a KPI"), link=Link("step:targets"), check=mistakes.popularity, thresholds=("vanity_share",),
    ),
    Rule(
        "MIST-05", WARNING, mistake="automation", title=_("Automated accounts that help nobody"),
        bad=_("The accounts run by themselves and help nobody"), good=_("People speak, and not only offers go out"),
        fix=_("A machine may publish, people answer. Raise the share of live talk and of useful posts."),
        action=_("Open the calendar"), link=Link("calendar"), check=mistakes.automation,
        thresholds=("automated_share", "response_rate", "promo_share"),
    ),
    Rule(
        "MIST-06", WARNING, mistake="dubious_growth", title=_("Doubtful ways to grow"),
        bad=_("Followers grew in a doubtful way"), good=_("No sign of bought followers"),
        fix=_(
            "Bought followers do not buy. A jump in followers while engagement falls is a sign of it: clean the list and grow"
            " by content."
        ),
        action=_("Look at the channel"), link=Link("channels"), check=mistakes.dubious_growth,
        thresholds=("growth", "engagement_fall"),
    ),
    Rule(
        "MIST-07", ERROR, mistake="no_audience", title=_("Target audience not defined"),
        bad=_("The target audience is not defined"), good=_("The target audience is defined"),
        fix=_("Answer the six questions about your audience and describe at least one persona in full."),
        action=_("Describe the audience"), link=Link("step:audience"), check=mistakes.no_audience,
    ),
    Rule(
        "MIST-08", WARNING, mistake="inconsistent", title=_("Publishing without plan or rhythm"),
        bad=_("Publishing has no steady rhythm"), good=_("Posts go out as planned"),
        fix=_("Set how often each channel publishes, keep some posts in reserve, and watch the schedule adherence."),
        action=_("Look at the rhythm"), link=Link("step:plan-and-actual"), check=mistakes.inconsistent,
        thresholds=("adherence", "gap_days", "outside_share"),
    ),
)  # fmt: skip

OTHERS = (
    Rule(
        "PAGE-01", ERROR, bad=_("A company speaks through a personal profile"), good=_("Company pages are company pages"),
        fix=_("Open a company page and let the profile be a person’s. Likes of friends are easy to get and sell nothing."),
        action=_("Open the channel"), link=Link("channels"), check=further.personal_profile,
    ),
    Rule(
        "PAGE-02", INFO, bad=_("A network without company pages is in use"), good=_("All networks have a place for companies"),
        fix=_("It can be useful, but it is not an asset of the company: do not build the strategy on it."),
        action=_("Look at the channels"), link=Link("step:channels"), check=further.no_company_page,
    ),
    Rule(
        "PAGE-03", WARNING, bad=_("The number of pages is at its limit or over"), good=_("There are no more pages than a team keeps up"),
        fix=_("Three or four pages that are alive beat six that are not. Drop or pause the weakest."),
        action=_("Choose channels"), link=Link("step:channels"), check=further.too_many_pages,
        thresholds=("pages_limit", "pages_over"),
    ),
    Rule(
        "CAP-01", ERROR, bad=_("A network of films without anybody who films"), good=_("Somebody can film for the networks of films"),
        fix=_("Find somebody who can film, or leave the network: without films it is of no use."),
        action=_("Open the team"), link=Link("team"), check=further.no_video_skill,
    ),
    Rule(
        "CAP-02", WARNING, bad=_("The channels need more hours than there are"), good=_("The hours are enough for the channels"),
        fix=_("Publish less often, take fewer channels, or find more hours."),
        action=_("Change rhythm or hours"), link=Link("step:channels"), check=further.too_few_hours,
    ),
    Rule(
        "CAP-03", WARNING, bad=_("Advertising without new original content"), good=_("What is advertised has fresh content"),
        fix=_("Whoever comes through the advertisement finds an empty house. Publish something of your own first."),
        action=_("Plan a post"), link=Link("calendar"), check=further.promotion_without_content, thresholds=("original_days",),
    ),
    Rule(
        "BUD-01", WARNING, bad=_("The budget was not looked at this quarter"), good=_("The budget was looked at this quarter"),
        fix=_("Compare plan and actual once a quarter, and move what does not work."),
        action=_("Look at the budget"), link=Link("step:budget"), check=further.budget_not_reviewed,
        thresholds=("budget_review_days",), is_money=True,
    ),
    Rule(
        "BUD-02", WARNING, bad=_("More is spent than planned"), good=_("No line of the budget is overspent"),
        fix=_("Move money from another line, or stop the spending."),
        action=_("Open the budget"), link=Link("step:budget"), check=further.over_budget, is_money=True,
    ),
    Rule(
        "BUD-03", INFO, bad=_("No test line in the budget"), good=_("There is money for trying things out"),
        fix=_("Keep a small part for new formats and networks."),
        action=_("Add a test line"), link=Link("step:budget"), check=further.no_test_budget, is_money=True,
    ),
    Rule(
        "PLAT-01", WARNING, bad=_("The platforms were not judged for long"), good=_("The choice of platforms is recent"),
        fix=_("Networks and people change: judge the platforms again once a year."),
        action=_("Judge platforms"), link=Link("step:platforms"), check=further.platforms_not_reviewed,
        thresholds=("platform_review_days",),
    ),
    Rule(
        "SMART-01", WARNING, bad=_("Not every goal is SMART"), good=_("Every goal is SMART"),
        fix=_("Name a figure and its place, a number, a reason and a day; say so where it is a lot."),
        action=_("Complete the goals"), link=Link("step:goals"), check=further.goals_not_smart,
    ),
    Rule(
        "MIX-01", INFO, bad=_("The posts of this month are one-sided"), good=_("Posts attract new people and engage followers"),
        fix=_("Mix posts that attract new people with posts for those who are there."),
        action=_("Open the mix"), link=Link("step:mix"), check=further.one_sided_mix, thresholds=("mix_posts",),
    ),
    Rule(
        "AUD-01", WARNING, bad=_("No audit for a year"), good=_("Channels and competitors were looked at this year"),
        fix=_("Look at your own channels and at competitors again; see what moved."),
        action=_("Make an audit"), link=Link("step:audits"), check=further.no_recent_audit, thresholds=("audit_days",),
    ),
    Rule(
        "PLAN-01", WARNING, bad=_("A channel has no editorial plan"), good=_("Every channel has an editorial plan"),
        fix=_("Say for each channel what goes out on which weekday; the slots fill the calendar."),
        action=_("Make a plan"), link=Link("step:plans"), check=further.no_editorial_plan,
    ),
    Rule(
        "FIVEC-01", INFO, bad=_("One of the five Cs is at 0"), good=_("None of the five Cs is at 0"),
        fix=_("Content, community, consistency, collaboration, conversion: begin where nothing is done."),
        action=_("See the five Cs"), link=Link("five cs"), check=further.a_c_at_zero,
    ),
    Rule(
        "PROMO-01", ERROR, bad=_("A promotion without rules or without a look at the guidelines"),
        good=_("Promotions have rules that the networks allow"),
        fix=_("Networks forbid some ways of giving prizes away. Read their guidelines, write your rules, and link them."),
        action=_("Open the campaigns"), link=Link("campaigns"), check=promoting.unchecked_promotion,
        thresholds=("promotion_ahead_days",),
    ),
    Rule(
        "PROMO-02", WARNING, bad=_("Nobody wrote down what a promotion brought"), good=_("What promotions brought is written down"),
        fix=_("Say how many took part, what it did to sales and engagement, and what you would do again."),
        action=_("Open the campaigns"), link=Link("campaigns"), check=promoting.promotion_without_results,
        thresholds=("promotion_result_days",),
    ),
)  # fmt: skip

RULES = (*MISTAKES, *OTHERS)
_BY_NAME = {rule.name: rule for rule in RULES}


def find(name: str) -> Rule | None:
    return _BY_NAME.get(name)


def judge(facts: Facts, limits: Limits, rules: Iterable[Rule] = RULES) -> list[Verdict]:
    """The verdict of every rule, in the order in which they are declared."""
    return [rule.judge(facts, limits) for rule in rules]
