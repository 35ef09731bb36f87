"""The four strategy types (Li, Larimo and Leonidou 2021), in the order of strategic maturity."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from brands.models.teams import Skill
from strategies import metric_names
from strategies.models import GoalType, StrategyType


@dataclass(frozen=True, slots=True)
class TypeOfStrategy:
    name: StrategyType
    icon: str
    idea: str | Promise
    interaction: str | Promise
    orientation: str | Promise
    capability: str | Promise
    kpis: tuple[str, ...]
    goals: tuple[GoalType, ...]  # goals of these types speak for it
    skills: tuple[Skill, ...]  # what somebody of the team should be able to do
    also_called: str | Promise  # the guide's name for it

    @property
    def label(self) -> str:
        return str(self.name.label)

    @property
    def kpi_names(self) -> list[str]:
        return [metric_names.name_of(name) for name in self.kpis]

    @property
    def goal_names(self) -> list[str]:
        return [str(goal.label) for goal in self.goals]

    @property
    def skill_names(self) -> list[str]:
        return [str(skill.label) for skill in self.skills]


TYPES = (
    TypeOfStrategy(
        StrategyType.COMMERCE,
        "coins",
        gettext_lazy("Sell and promote through social networks."),
        gettext_lazy("One way: the brand speaks"),
        gettext_lazy("Transactions, short term"),
        gettext_lazy("Selling and advertising"),
        ("roi", "roas", "cpl"),
        (GoalType.SALES, GoalType.TRAFFIC),
        (Skill.ADS, Skill.COPY),
        gettext_lazy("Paid advertising in social networks"),
    ),
    TypeOfStrategy(
        StrategyType.CONTENT,
        "photo",
        gettext_lazy("Content that is worth something attracts people, keeps them and is passed on."),
        gettext_lazy("Mostly one way, inviting reactions"),
        gettext_lazy("Awareness and engagement"),
        gettext_lazy("Making content"),
        ("audience_engagement", "share_of_voice", "virality_rate"),
        (GoalType.AWARENESS, GoalType.ENGAGEMENT, GoalType.AUDIENCE),
        (Skill.COPY, Skill.DESIGN, Skill.VIDEO),
        gettext_lazy("Content marketing"),
    ),
    TypeOfStrategy(
        StrategyType.MONITORING,
        "messages",
        gettext_lazy("Listen to what customers say, and answer."),
        gettext_lazy("Two ways: the customer begins"),
        gettext_lazy("Relations"),
        gettext_lazy("Listening and answering"),
        ("response_rate", "resolution_time_avg", "net_sentiment"),
        (GoalType.SERVICE,),
        (Skill.COMMUNITY,),
        gettext_lazy("Community building: listening"),
    ),
    TypeOfStrategy(
        StrategyType.CRM,
        "heart",
        gettext_lazy("Work together with customers, in long and personal relations."),
        gettext_lazy("Two ways: the brand takes the first step"),
        gettext_lazy("Relations, long term"),
        gettext_lazy("Customer data and learning from it"),
        ("nps", "clv", "ewom_quality"),
        (GoalType.ADVOCACY, GoalType.SERVICE),
        (Skill.COMMUNITY, Skill.COPY),
        gettext_lazy("Community building: working together"),
    ),
)


@dataclass(frozen=True, slots=True)
class Step:
    """One part of the process that turns connections into results."""

    name: str | Promise
    about: str | Promise
    icon: str


PROCESS = (
    Step(gettext_lazy("Drivers"), gettext_lazy("What the brand wants, and why people use networks"), icon="bulb"),
    Step(gettext_lazy("Inputs"), gettext_lazy("What the brand does on purpose, and what customers bring"), icon="upload"),
    Step(gettext_lazy("Throughputs"), gettext_lazy("Connections and talk between people and the brand"), icon="messages"),
    Step(gettext_lazy("Outputs"), gettext_lazy("Customer engagement, and through it marketing results"), icon="target"),
)


@dataclass(frozen=True, slots=True)
class Dimension:
    """One row of the comparison, with a sentence that says what it means in practice."""

    name: str
    media: str
    marketing: str
    smm: str
    sentence: str


def comparison() -> list[Dimension]:
    """Social media, marketing strategy and SMM strategy in five dimensions."""
    return [
        Dimension(
            _("Core"),
            _("interaction and interconnection"),
            _("long-term customer relations"),
            _("customer engagement"),
            _("Networks connect people and marketing keeps customers: a strategy for networks makes customers take part."),
        ),
        Dimension(
            _("Orientation"),
            _("from passive to active participants"),
            _("transactions and relations"),
            _("transactions and engagement"),
            _("A sale counts, and so does every person who answers, shares or writes for you."),
        ),
        Dimension(
            _("Resource"),
            _("joins the resources of many"),
            _("basic and higher-order resources"),
            _("own resources exchanged for those of customers"),
            _("You give content, answers and rewards; people give attention, knowledge and their word to friends."),
        ),
        Dimension(
            _("Purpose"),
            _("interact and connect"),
            _("competitive advantage"),
            _("create, join and rebuild social resources for stated marketing goals"),
            _("Being there is no purpose: each thing you build there should serve a goal of the plan."),
        ),
        Dimension(
            _("Premise"),
            _("know the different motives of customers"),
            _("long relations through better value"),
            _("turn interaction and engagement into marketing resources"),
            _("It begins with why people are there, and ends with something the business can use."),
        ),
    ]


def suits(goal_types: set[str]) -> dict[str, list[str]]:
    """For each type, the goals among `goal_types` that speak for it, by their names."""
    return {declared.name.value: [str(goal.label) for goal in declared.goals if goal.value in goal_types] for declared in TYPES}
