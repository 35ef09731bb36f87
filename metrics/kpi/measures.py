"""Every figure the product records or prepares, declared once: MEASURES.

A measure is a fact ("300 likes on 3 May"), a KPI is worked out from measures. Names are stored with the figures, so a
measure may be retired but is never renamed.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from .measure import Family, Join, Measure
from .measure_rows import money, prepared, target_field
from .prepared import Ledger, Prepared
from .recorded_measures import RECORDED
from .terms import Label, Unit

__all__ = ["MEASURES", "Family", "Join", "Measure", "spoken"]


_MONEY = (
    money("investment", "Investment", "Investitsiya", "Инвестиции", Prepared.ledger(Ledger.INVESTMENT)),
    money("revenue", "Revenue", "Daromad (tushum)", "Доход (выручка)", Prepared.ledger(Ledger.INCOME)),
    money("cogs", "Cost of goods", "Tannarx", "Себестоимость", Prepared.ledger(Ledger.COST_OF_GOODS)),
    money(
        "ad_spend",
        "Ad spend",
        "Reklama xarajati",
        "Расходы на рекламу",
        Prepared.ledger(Ledger.INVESTMENT, ads_only=True),
        recorded=True,
    ),
    money(
        "ad_revenue",
        "Revenue from ads",
        "Reklamadan daromad",
        "Выручка от рекламы",
        Prepared.ledger(Ledger.INCOME, ads_only=True),
    ),
    money("spend_total", "Spend", "Jami xarajat", "Все расходы", Prepared.ledger(Ledger.INVESTMENT)),
    money(
        "acquisition_spend",
        "Spend on winning customers",
        "Mijoz jalb qilish xarajati",
        "Расходы на привлечение клиентов",
        Prepared.ledger(Ledger.INVESTMENT),
    ),
    money("spent", "Spent", "Sarflangan", "Израсходовано", Prepared.ledger(Ledger.INVESTMENT)),
    money("planned", "Planned budget", "Rejalashtirilgan budjet", "Запланированный бюджет", Prepared.budget()),
    money(
        "platform_earnings", "Earnings paid by the platform", "Platforma toʻlagan daromad", "Выплаты от платформы", recorded=True
    ),
    money("clv", "Customer lifetime value", "Mijozning umrbod qiymati", "Пожизненная ценность клиента", Prepared.kpi("clv")),
    money("cac", "Customer acquisition cost", "Mijoz jalb qilish narxi", "Стоимость привлечения клиента", Prepared.kpi("cac")),
)

_PREPARED = (
    prepared(
        "interactions",
        "Interactions",
        "Oʻzaro harakatlar",
        "Взаимодействия",
        Family.CONTENT,
        Prepared.sum("likes", "comments", "shares", "saves", "tags", "other_interactions"),
        Prepared.same("platform_interactions"),
    ),
    prepared("total_views", "Total views", "Umumiy koʻrishlar", "Все просмотры", Family.CONTENT, Prepared.same("views")),
    prepared(
        "posts_published", "Posts published", "Nashr etilgan postlar", "Опубликованные посты", Family.CONTENT, Prepared.posts()
    ),
    prepared(
        "feedback_count",
        "Feedback",
        "Fikr-mulohazalar",
        "Обратная связь",
        Family.BRAND,
        Prepared.sum("comments", "replies", "reviews", "direct_messages", "ugc_posts"),
    ),
    prepared(
        "interactions_total",
        "Feedback, reactions and clicks",
        "Jami munosabatlar",
        "Обратная связь, реакции и клики",
        Family.BRAND,
        Prepared.sum("feedback_count", "likes", "shares", "saves", "link_clicks"),
    ),
    prepared(
        "followers_start",
        "Followers at the start",
        "Davr boshidagi obunachilar",
        "Подписчики в начале периода",
        Family.AUDIENCE,
        Prepared.opening("followers"),
        join=Join.LAST,
    ),
    prepared(
        "followers_end",
        "Followers at the end",
        "Davr oxiridagi obunachilar",
        "Подписчики в конце периода",
        Family.AUDIENCE,
        Prepared.closing("followers"),
        join=Join.LAST,
    ),
    Measure(
        "net_new_followers",
        Label("Net new followers", "Sof yangi obunachilar", "Чистый прирост подписчиков"),
        Family.AUDIENCE,
        lowest=None,
        prepared=(
            Prepared.difference("new_followers", "lost_followers"),
            Prepared.difference("followers_end", "followers_start"),
        ),
    ),
    prepared("leads_a", "Leads in this period", "Joriy davrdagi lidlar", "Лиды за период", Family.SALES, Prepared.same("leads")),
    prepared(
        "leads_b",
        "Leads in the base period",
        "Asos davrdagi lidlar",
        "Лиды за базовый период",
        Family.SALES,
        Prepared.previous("leads"),
    ),
    Measure(
        "total_mentions",
        Label("All mentions", "Jami eslatmalar", "Все упоминания"),
        Family.BRAND,
        prepared=(Prepared.sum("brand_mentions", "competitor_mentions"),),
    ),
    prepared(
        "buzz_current",
        "Buzz in this period",
        "Joriy davrdagi shov-shuv",
        "Шум вокруг бренда за период",
        Family.BRAND,
        Prepared.sum("brand_mentions", "shares", "branded_hashtag_posts"),
    ),
    prepared(
        "buzz_previous",
        "Buzz in the period before",
        "Oldingi davrdagi shov-shuv",
        "Шум вокруг бренда за предыдущий период",
        Family.BRAND,
        Prepared.previous("buzz_current"),
    ),
    prepared(
        "ewom_score_sum",
        "Weighted scores of rated mentions",
        "Baholangan eslatmalarning vaznli baholari",
        "Взвешенные оценки упоминаний",
        Family.BRAND,
        Prepared.ratings("score"),
        unit=Unit.SCORE,
    ),
    prepared(
        "ewom_weight_sum",
        "Weights of rated mentions",
        "Baholangan eslatmalarning vaznlari",
        "Веса оценённых упоминаний",
        Family.BRAND,
        Prepared.ratings("weight"),
        unit=Unit.SCORE,
    ),
    prepared(
        "posts_planned",
        "Posts planned",
        "Rejalashtirilgan postlar",
        "Запланированные посты",
        Family.PLAN,
        Prepared.plan("planned"),
    ),
    prepared(
        "posts_kept",
        "Planned posts kept, week by week",
        "Haftalar boʻyicha bajarilgan postlar",
        "Запланированные посты, вышедшие в свою неделю",
        Family.PLAN,
        Prepared.plan("kept"),
    ),
    target_field("baseline", "Baseline", "Boshlangʻich qiymat", "Исходное значение"),
    target_field("target", "Target value", "Moʻljal qiymat", "Целевое значение"),
    target_field("current", "Current value", "Joriy qiymat", "Текущее значение"),
)

MEASURES: Mapping[str, Measure] = MappingProxyType({measure.name: measure for measure in (*RECORDED, *_MONEY, *_PREPARED)})
"""All measures by name, in the order in which lists show them."""


def spoken(name: str, language: str | None) -> str:
    """The measure as a sentence names it; a name that is no measure without its underscores."""
    measure = MEASURES.get(name)
    return measure.label.in_sentence(language) if measure else name.replace("_", " ")
