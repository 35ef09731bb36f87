"""The four strategy types (Li, Larimo and Leonidou 2021), in the order of strategic maturity."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from strategies import metric_names
from strategies.models import StrategyType


@dataclass(frozen=True, slots=True)
class TypeOfStrategy:
    name: StrategyType
    icon: str
    idea: str | Promise
    interaction: str | Promise
    orientation: str | Promise
    capability: str | Promise
    kpis: tuple[str, ...]

    @property
    def label(self) -> str:
        return str(self.name.label)

    @property
    def kpi_names(self) -> list[str]:
        return [metric_names.name_of(name) for name in self.kpis]


TYPES = (
    TypeOfStrategy(
        StrategyType.COMMERCE,
        "coins",
        gettext_lazy("Sell and promote through social networks."),
        gettext_lazy("One way: the brand speaks"),
        gettext_lazy("Transactions, short term"),
        gettext_lazy("Selling and advertising"),
        ("roi", "roas", "cpl"),
    ),
    TypeOfStrategy(
        StrategyType.CONTENT,
        "photo",
        gettext_lazy("Content that is worth something attracts people, keeps them and is passed on."),
        gettext_lazy("Mostly one way, inviting reactions"),
        gettext_lazy("Awareness and engagement"),
        gettext_lazy("Making content"),
        ("audience_engagement", "share_of_voice", "virality_rate"),
    ),
    TypeOfStrategy(
        StrategyType.MONITORING,
        "messages",
        gettext_lazy("Listen to what customers say, and answer."),
        gettext_lazy("Two ways: the customer begins"),
        gettext_lazy("Relations"),
        gettext_lazy("Listening and answering"),
        ("response_rate", "resolution_time_avg", "net_sentiment"),
    ),
    TypeOfStrategy(
        StrategyType.CRM,
        "heart",
        gettext_lazy("Work together with customers, in long and personal relations."),
        gettext_lazy("Two ways: the brand takes the first step"),
        gettext_lazy("Relations, long term"),
        gettext_lazy("Customer data and learning from it"),
        ("nps", "clv", "ewom_quality"),
    ),
)


def comparison() -> list[tuple[str, str, str, str]]:
    """Dimension, social media, marketing strategy, SMM strategy."""
    return [
        (_("Core"), _("interaction and interconnection"), _("long-term customer relations"), _("customer engagement")),
        (
            _("Orientation"),
            _("from passive to active participants"),
            _("transactions and relations"),
            _("transactions and engagement"),
        ),
        (
            _("Resource"),
            _("joins the resources of many"),
            _("basic and higher-order resources"),
            _("own resources exchanged for those of customers"),
        ),
        (
            _("Purpose"),
            _("interact and connect"),
            _("competitive advantage"),
            _("create, join and rebuild social resources for stated marketing goals"),
        ),
        (
            _("Premise"),
            _("know the different motives of customers"),
            _("long relations through better value"),
            _("turn interaction and engagement into marketing resources"),
        ),
    ]
