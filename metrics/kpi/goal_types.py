"""Which KPIs a goal begins with, by what it is about: GOAL_TYPES."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from .catalog import KPIS
from .measures import MEASURES
from .terms import Label


@dataclass(frozen=True, slots=True)
class GoalType:
    """A kind of goal: `primary` names KPIs or measures to aim at, `guard` the KPI that must not suffer meanwhile."""

    name: str
    label: Label
    primary: tuple[str, ...]
    guard: str

    def __post_init__(self) -> None:
        unknown = [name for name in (*self.primary, self.guard) if name not in KPIS and name not in MEASURES]
        if unknown:
            raise ValueError(f"{self.name}: no such KPI or measure: {', '.join(unknown)}")


GOAL_TYPES: Mapping[str, GoalType] = MappingProxyType(
    {
        goal_type.name: goal_type
        for goal_type in (
            GoalType(
                "awareness",
                Label("Brand awareness", "Brend xabardorligini oshirish", "Узнаваемость бренда"),
                ("share_of_voice", "reach_rate", "buzz_growth"),
                "net_sentiment",
            ),
            GoalType(
                "engagement",
                Label("Community engagement", "Hamjamiyat ishtirokini oshirish", "Вовлечённость сообщества"),
                ("audience_engagement", "conversation_reach", "conversation_rate"),
                "response_rate",
            ),
            GoalType(
                "sales",
                Label("Leads and sales", "Lidlar va savdoni yaratish", "Лиды и продажи"),
                ("lead_growth", "lead_conversion_rate", "cpl", "roi"),
                "bounce_rate",
            ),
            GoalType(
                "audience",
                Label("Grow the brand’s audience", "Brend auditoriyasini kengaytirish", "Рост аудитории бренда"),
                ("follower_growth_rate", "reach_rate"),
                "engagement_rate_followers",
            ),
            GoalType(
                "traffic",
                Label("Website traffic", "Sayt tashriflarini oshirish", "Трафик на сайт"),
                ("ctr", "web_social_time_ratio", "social_sessions"),
                "bounce_rate",
            ),
            GoalType(
                "service",
                Label("Customer service", "Mijozlarga tezkor xizmat koʻrsatish", "Обслуживание клиентов"),
                ("issue_resolution_rate", "resolution_time_avg", "satisfaction_score"),
                "response_rate",
            ),
            GoalType(
                "advocacy",
                Label("Brand advocacy, PR", "Brend targʻiboti, PR", "Сторонники бренда, PR"),
                ("feedback_rate", "ewom_quality", "customer_attitude"),
                "nps",
            ),
        )
    }
)
