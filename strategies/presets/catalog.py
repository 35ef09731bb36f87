"""The enterprise matrix of the lecture as presets, one for each type of business: what each brings, in words and numbers."""

from dataclasses import dataclass
from decimal import Decimal

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from brands.models.teams import BusinessType
from metrics.kpi import GOAL_TYPES
from strategies import metric_names
from strategies.models import Activity, GoalType, MixTarget, PlanningStep, StrategyType, WatchItem

Text = str | Promise
Method, Rhythm, Step, Dimension = Activity.Method, WatchItem.Rhythm, PlanningStep.Step, MixTarget.Dimension


@dataclass(frozen=True, slots=True)
class PresetGoal:
    goal_type: GoalType
    kpis: tuple[str, ...]
    objective: int = 0  # which of the preset's business goals it serves
    value: Decimal | None = None  # the number of its first figure, where somebody has said it

    @property
    def label(self) -> str:
        return str(self.goal_type.label)

    @property
    def guard(self) -> str:
        return GOAL_TYPES[self.goal_type.value].guard

    @property
    def kpi_names(self) -> list[str]:
        return [metric_names.name_of(name) for name in self.kpis]


# A number to begin with for the first figure of each goal: modest, and shown before it is taken.
USUAL_NUMBERS = {
    "share_of_voice": Decimal(20), "nps": Decimal(30), "issue_resolution_rate": Decimal(90), "lead_growth": Decimal(20),
    "buzz_growth": Decimal(15), "ctr": Decimal("1.5"), "conversion_rate": Decimal(2), "qualified_leads": Decimal(20),
    "conversation_reach": Decimal(5),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class PresetPillar:
    name: Text
    share: int
    about: Text


@dataclass(frozen=True, slots=True)
class PresetActivity:
    method: Method
    name: Text
    expected: Text = ""


@dataclass(frozen=True, slots=True)
class PresetWatch:
    metric: str
    rhythm: Rhythm
    if_it_fails: Text = ""


@dataclass(frozen=True, slots=True)
class Preset:
    horizon: Text
    activities: Text
    types: tuple[StrategyType, ...]
    objectives: tuple[Text, ...]
    goals: tuple[PresetGoal, ...]
    cadence: dict[str, Decimal]  # posts a week by platform, the most important platform first
    pillars: tuple[PresetPillar, ...]
    mix: dict[str, str]  # a starting mix of strategies.mix.STARTING for each dimension
    plan: dict[Step, Text]
    ways: tuple[PresetActivity, ...]
    watch: tuple[PresetWatch, ...]

    @property
    def platforms(self) -> tuple[str, ...]:
        return tuple(self.cadence)

    @property
    def type_names(self) -> list[str]:
        return [str(name.label) for name in self.types]


def _mix(formats: str, journey: str, purpose: str) -> dict[str, str]:
    return {Dimension.FORMAT.value: formats, Dimension.JOURNEY.value: journey, Dimension.PURPOSE.value: purpose}


# Starting words for the six planning steps, where the types of business do not differ.
_RESULT = _("Every goal reaches its number by its day, no guard falls, and we know what each result has cost.")
_PROBLEMS = _(
    "Too little time: a buffer of two weeks of posts. A bad review: an answer the same day. Falling reach: two new formats."
)

PRESETS = {
    BusinessType.LARGE: Preset(
        horizon=_("Strategic and long-term: the brand, loyalty, watching opinions and removing what spoils them"),
        activities=_("Interactive dialogue in spaces made by the brand: communities, blogs, opinion leaders"),
        types=(StrategyType.MONITORING, StrategyType.CRM),
        objectives=(
            _("A brand that people know and speak well of"),
            _("Customers who stay and recommend us"),
            _("Problems solved before they grow"),
        ),
        goals=(
            PresetGoal(GoalType.AWARENESS, ("share_of_voice", "net_sentiment"), 0),
            PresetGoal(GoalType.ADVOCACY, ("nps",), 1),
            PresetGoal(GoalType.SERVICE, ("issue_resolution_rate",), 2),
        ),
        cadence={"facebook": Decimal(3), "instagram": Decimal(3), "youtube": Decimal(1), "telegram": Decimal(5)},
        pillars=(
            PresetPillar(_("Help and answers"), 30, _("What customers ask, answered for everybody")),
            PresetPillar(_("People and values"), 25, _("Who works here, and what the company stands for")),
            PresetPillar(_("Customers’ stories"), 25, _("What customers do with it, in their own words")),
            PresetPillar(_("News of the company"), 20, _("New things, places, results")),
        ),
        mix=_mix("talk", "keep", "hold"),
        plan={
            Step.PREPARATION: _("Name who answers in which network, agree on tone and times, set up listening for the brand’s name."),
            Step.TARGET_GROUP: _("Customers and those who talk about us, by what they expect: help, news, being heard."),
            Step.APPROACH: _("Listen first, answer within the promised time, then invite to our own community."),
            Step.ASSETS: _("A team for answers, opinion leaders who know us, the company’s archive, a budget for the year."),
            Step.PROBLEMS: _("A storm of complaints: one voice, an answer within the hour, and what we do about it."),
            Step.RESULT: _RESULT,
        },
        ways=(
            PresetActivity(Method.COMMUNITY, _("A community of our own for customers"), _("Questions answered by customers, too")),
            PresetActivity(Method.INFLUENCERS, _("Opinion leaders of the trade"), _("Mentions that we did not write")),
            PresetActivity(Method.ACCOUNTS, _("Own accounts with a team that answers"), _("Every message answered in time")),
        ),
        watch=(
            PresetWatch("net_sentiment", Rhythm.DAILY, _("Find what spoils it, answer, tell the department")),
            PresetWatch("share_of_voice", Rhythm.WEEKLY, _("See what the rivals do, bring a subject forward")),
            PresetWatch("response_rate", Rhythm.DAILY, _("A second person for the busy hours")),
            PresetWatch("issue_resolution_rate", Rhythm.WEEKLY, _("Go through what is open with those who can solve it")),
        ),
    ),
    BusinessType.SMALL: Preset(
        horizon=_("Strategic and short-term: sales, interest, talk that makes people buy"),
        activities=_("Contact through own groups and pages, and through related communities"),
        types=(StrategyType.COMMERCE, StrategyType.CONTENT),
        objectives=(_("More sales this season"), _("More people in the neighbourhood who know us")),
        goals=(
            PresetGoal(GoalType.SALES, ("lead_growth", "cpl"), 0),
            PresetGoal(GoalType.AUDIENCE, ("buzz_growth",), 1),
        ),
        cadence={"instagram": Decimal(3), "telegram": Decimal(4), "facebook": Decimal(2)},
        pillars=(
            PresetPillar(_("What we sell"), 30, _("New things, how they are used, what they cost")),
            PresetPillar(_("Advice"), 25, _("How to choose, use and look after it")),
            PresetPillar(_("Our customers"), 25, _("Their pictures and their words")),
            PresetPillar(_("Behind the door"), 20, _("The people, the workshop, the ordinary day")),
        ),
        mix=_mix("pictures", "sell", "grow"),
        plan={
            Step.PREPARATION: _("Photograph what we sell, agree on prices and delivery, write answers to the ten usual questions."),
            Step.TARGET_GROUP: _("People nearby who need this now, and those who buy for them."),
            Step.APPROACH: _("Show it in use, answer within the hour, make an offer once a week."),
            Step.ASSETS: _("A phone that films well, the shop, our customers’ pictures, some hours every week."),
            Step.PROBLEMS: _PROBLEMS,
            Step.RESULT: _RESULT,
        },
        ways=(
            PresetActivity(Method.ACCOUNTS, _("Own page and group, kept alive"), _("Questions that become orders")),
            PresetActivity(Method.OTHER_COMMUNITIES, _("Related groups of the town and the trade"), _("New people every week")),
            PresetActivity(Method.PROMOTION, _("A giveaway in the first month"), _("Talk about us, and new followers who fit")),
        ),
        watch=(
            PresetWatch("leads", Rhythm.WEEKLY, _("Repeat the post that brought most, with an offer")),
            PresetWatch("cpl", Rhythm.WEEKLY, _("Stop the dearest advertisement, add to the cheapest")),
            PresetWatch("response_rate", Rhythm.DAILY, _("Share the evenings between two people")),
        ),
    ),
    BusinessType.ECOMMERCE: Preset(
        horizon=_("Short-term: good visitors to the business page, and talk"),
        activities=_("Communities, blogs, microblogs and targeted advertising"),
        types=(StrategyType.COMMERCE,),
        objectives=(_("More visitors who fit, at a price we can pay"), _("More orders from every hundred visitors")),
        goals=(
            PresetGoal(GoalType.TRAFFIC, ("ctr", "bounce_rate"), 0),
            PresetGoal(GoalType.SALES, ("conversion_rate", "roas"), 1),
        ),
        cadence={"instagram": Decimal(4), "tiktok": Decimal(3), "facebook": Decimal(3), "telegram": Decimal(5)},
        pillars=(
            PresetPillar(_("Products in use"), 35, _("One product, one use, one link")),
            PresetPillar(_("Comparing and choosing"), 25, _("Which one for whom, sizes, questions")),
            PresetPillar(_("What buyers say"), 20, _("Reviews, unboxing, pictures")),
            PresetPillar(_("Offers"), 20, _("Prices, codes, last pieces; kept rare")),
        ),
        mix=_mix("video", "sell", "grow"),
        plan={
            Step.PREPARATION: _("Put counting on the shop’s pages, link the catalogue, test the way from a post to payment on a phone."),
            Step.TARGET_GROUP: _("People who buy this online already, by what they search for and what stops them."),
            Step.APPROACH: _("Targeted advertising on what sells well; communities and blogs for trust; every post leads somewhere."),
            Step.ASSETS: _("The catalogue, product films, an advertising account, a person who reads the figures each week."),
            Step.PROBLEMS: _("Clicks without orders: look at the page first. Rising prices of advertising: a lower limit and new pictures."),
            Step.RESULT: _RESULT,
        },
        ways=(
            PresetActivity(Method.ADS, _("Targeted advertising for the best sellers"), _("Orders at a known price each")),
            PresetActivity(Method.BOOST, _("More money on posts that do well"), _("Cheaper clicks than new advertisements")),
            PresetActivity(Method.CUSTOMERS, _("Buyers’ reviews and unboxing"), _("Trust on the product’s page")),
        ),
        watch=(
            PresetWatch("ctr", Rhythm.WEEKLY, _("Change picture and first line")),
            PresetWatch("bounce_rate", Rhythm.WEEKLY, _("Look at the page on a phone, and at what the post promised")),
            PresetWatch("conversion_rate", Rhythm.WEEKLY, _("Go the way of a buyer, mend the step where people leave")),
            PresetWatch("roas", Rhythm.DAILY, _("Stop what brings less than it costs")),
        ),
    ),
    BusinessType.B2B: Preset(
        horizon=_("Long-term as well: partnerships and joint projects"),
        activities=_("Create or use communities of the trade to reach brands that care"),
        types=(StrategyType.CONTENT, StrategyType.CRM),
        objectives=(_("Talks with companies that fit us"), _("A name in the trade, and partners for joint projects")),
        goals=(
            PresetGoal(GoalType.SALES, ("qualified_leads", "cpl"), 0),
            PresetGoal(GoalType.ADVOCACY, ("conversation_reach",), 1),
        ),
        cadence={"linkedin": Decimal(3), "youtube": Decimal(1), "telegram": Decimal(3)},
        pillars=(
            PresetPillar(_("What we know"), 35, _("Numbers, methods and opinions of the trade")),
            PresetPillar(_("Cases"), 30, _("What was done for whom, and what came of it")),
            PresetPillar(_("Our people"), 20, _("Who does the work, and how they think")),
            PresetPillar(_("Partners"), 15, _("Joint projects, events, their words")),
        ),
        mix=_mix("words", "known", "even"),
        plan={
            Step.PREPARATION: _("List the fifty companies we want to work with; collect three cases with numbers; set up the company page."),
            Step.TARGET_GROUP: _("Those who decide and those who advise them, by trade, size and question."),
            Step.APPROACH: _("Be useful in the communities of the trade, show cases, invite to a talk; personal profiles carry the words."),
            Step.ASSETS: _("People who know the subject and may speak, cases, a list of contacts, a place for events."),
            Step.PROBLEMS: _("Long decisions: count talks, not only contracts. Nobody writes: an interview of half an hour each week."),
            Step.RESULT: _RESULT,
        },
        ways=(
            PresetActivity(Method.OTHER_COMMUNITIES, _("Communities of the trade"), _("Questions from people who decide")),
            PresetActivity(Method.COLLABORATION, _("Joint projects with partners"), _("Their audience meets ours")),
            PresetActivity(Method.COMMUNITY, _("A circle of our own for the trade"), _("People who come back every month")),
        ),
        watch=(
            PresetWatch("qualified_leads", Rhythm.WEEKLY, _("Ask which post they came from; write the next on that subject")),
            PresetWatch("conversation_reach", Rhythm.MONTHLY, _("Ask more, tell less; go into others’ talks")),
            PresetWatch("cpl", Rhythm.MONTHLY, _("Move money to the subject that brings talks")),
        ),
    ),
}  # fmt: skip
