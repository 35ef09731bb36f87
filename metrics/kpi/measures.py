"""Every figure the product records or prepares, declared once: MEASURES.

A measure is a fact ("300 likes on 3 May"), a KPI is worked out from measures. Names are stored with the figures, so a
measure may be retired but is never renamed.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from types import MappingProxyType

from .measure import Family, Join, Measure
from .prepared import Ledger, Prepared
from .terms import Label, Unit

__all__ = ["MEASURES", "Family", "Join", "Measure", "spoken"]


def _count(name: str, en: str, uz: str, family: Family, stand_in: str = "") -> Measure:
    return Measure(name, Label(en, uz), family, stand_in=stand_in)


def _people(name: str, en: str, uz: str, family: Family = Family.AUDIENCE) -> Measure:
    return Measure(name, Label(en, uz), family, join=Join.NEVER)


def _time(name: str, en: str, uz: str, family: Family, unit: Unit = Unit.SECONDS) -> Measure:
    return Measure(name, Label(en, uz), family, unit)


def _money(name: str, en: str, uz: str, prepared: Prepared | None = None, *, recorded: bool = False) -> Measure:
    ways = (prepared,) if prepared else ()
    return Measure(name, Label(en, uz), Family.MONEY, Unit.MONEY, prepared=ways, recorded=recorded)


def _score(name: str, en: str, uz: str) -> Measure:
    return Measure(name, Label(en, uz), Family.BRAND, Unit.SCORE, Join.LAST, highest=Fraction(1))


def _prepared(
    name: str, en: str, uz: str, family: Family, *ways: Prepared, unit: Unit = Unit.COUNT, join: Join = Join.UP
) -> Measure:
    return Measure(name, Label(en, uz), family, unit, join, recorded=False, prepared=ways)


def _target_field(name: str, en: str, uz: str) -> Measure:
    """A goal may start, stand or aim below zero (a Net Promoter Score does)."""
    way = Prepared.target(name)
    return Measure(name, Label(en, uz), Family.PLAN, Unit.RATIO, Join.LAST, None, recorded=False, prepared=(way,))


_CONTENT = (
    _count("impressions", "Impressions", "Koʻrsatishlar", Family.CONTENT, stand_in="views"),
    _count("views", "Views", "Koʻrishlar", Family.CONTENT, stand_in="impressions"),
    _people("reach", "Reach", "Qamrov", Family.CONTENT),
    _people("organic_reach", "Organic reach", "Organik qamrov", Family.CONTENT),
    _people("paid_reach", "Paid reach", "Pulli qamrov", Family.CONTENT),
    _people("viewers", "Viewers", "Tomosha qilganlar", Family.CONTENT),
    _people("unique_impressions", "Unique impressions", "Noyob koʻrsatishlar", Family.CONTENT),
    _count("likes", "Likes", "Layklar", Family.CONTENT),
    _count("comments", "Comments", "Izohlar", Family.CONTENT),
    _count("shares", "Shares", "Ulashishlar", Family.CONTENT),
    _count("saves", "Saves", "Saqlashlar", Family.CONTENT),
    _count("tags", "Tags", "Belgilashlar", Family.CONTENT),
    _count("other_interactions", "Other interactions", "Boshqa harakatlar", Family.CONTENT),
    _count("engagements", "Engagements (platform’s count)", "Ishtiroklar (platforma hisobi)", Family.CONTENT),
    _count(
        "platform_interactions",
        "Interactions (platform’s total)",
        "Oʻzaro harakatlar (platforma jami)",
        Family.CONTENT,
    ),
    _count("replies", "Replies", "Javoblar", Family.CONTENT),
    _count("reviews", "Reviews", "Sharhlar", Family.CONTENT),
    _count("direct_messages", "Direct messages", "Shaxsiy xabarlar", Family.CONTENT),
    _count("ugc_posts", "Customers’ own posts (UGC)", "Foydalanuvchi postlari (UGC)", Family.CONTENT),
    _count("link_clicks", "Link clicks", "Havola bosishlari", Family.CONTENT),
    _count("total_clicks", "All clicks", "Barcha bosishlar", Family.CONTENT),
    _count("other_clicks", "Other clicks", "Boshqa bosishlar", Family.CONTENT),
    _count("photo_clicks", "Photo clicks", "Rasm bosishlari", Family.CONTENT),
    _count("hashtag_clicks", "Hashtag clicks", "Heshteg bosishlari", Family.CONTENT),
    _count("permalink_clicks", "Permalink clicks", "Doimiy havola bosishlari", Family.CONTENT),
    _count("phone_clicks", "Phone number clicks", "Telefon raqami bosishlari", Family.CONTENT),
    _count("pin_clicks", "Pin clicks", "Pin bosishlari", Family.CONTENT),
    _count("detail_expands", "Detail expands", "Batafsil ochishlar", Family.CONTENT),
    _count("email_shares", "Shares by e-mail", "E-pochta orqali ulashishlar", Family.CONTENT),
    _count("link_shares", "Shares by link or message", "Havola yoki xabar orqali ulashishlar", Family.CONTENT),
    _count("app_opens", "App opens", "Ilova ochishlari", Family.CONTENT),
    _count("app_installs", "App installs", "Ilova oʻrnatishlari", Family.CONTENT),
    _count("story_views", "Story views", "Hikoya koʻrishlari", Family.CONTENT),
    _count("video_views", "Video views", "Video koʻrishlari", Family.CONTENT),
    _count("video_views_3s", "3-second video views", "3 soniyalik video koʻrishlari", Family.CONTENT),
    _count("video_views_1m", "1-minute video views", "1 daqiqalik video koʻrishlari", Family.CONTENT),
    _count("video_completions", "Videos watched to the end", "Oxirigacha koʻrilgan videolar", Family.CONTENT),
    _count("media_views", "Media views", "Media koʻrishlari", Family.CONTENT),
    _count("media_engagements", "Media engagements", "Media ishtiroklari", Family.CONTENT),
    _time("watch_seconds", "Watch time", "Tomosha vaqti", Family.CONTENT),
    _count("ad_impressions", "Ad impressions", "Reklama koʻrsatishlari", Family.CONTENT),
    _count("organic_impressions", "Organic impressions", "Organik koʻrsatishlar", Family.CONTENT),
    _count("paid_impressions", "Paid impressions", "Pulli koʻrsatishlar", Family.CONTENT),
    _count("paid_engagements", "Paid engagements", "Pulli ishtiroklar", Family.CONTENT),
    _count("organic_likes", "Organic reactions", "Organik reaksiyalar", Family.CONTENT),
    _count("paid_likes", "Reactions to paid posts", "Pulli postlarga reaksiyalar", Family.CONTENT),
    _count("organic_comments", "Organic comments", "Organik izohlar", Family.CONTENT),
    _count("paid_comments", "Comments on paid posts", "Pulli postlarga izohlar", Family.CONTENT),
    _count("organic_shares", "Organic shares", "Organik ulashishlar", Family.CONTENT),
    _count("paid_shares", "Shares of paid posts", "Pulli postlar ulashishlari", Family.CONTENT),
    _count("organic_clicks", "Organic clicks", "Organik bosishlar", Family.CONTENT),
    _count("paid_clicks", "Clicks on paid posts", "Pulli postlar bosishlari", Family.CONTENT),
    _count("offsite_video_views", "Video views elsewhere", "Boshqa joylardagi video koʻrishlar", Family.CONTENT),
    _count("video_views_10s", "10-second video views", "10 soniyalik video koʻrishlari", Family.CONTENT),
    _count("video_views_95", "Videos watched to 95 %", "95 % gacha koʻrilgan videolar", Family.CONTENT),
    _count("posts_created", "Posts created (platform)", "Yaratilgan postlar (platforma)", Family.CONTENT),
)

_AUDIENCE = (
    Measure("followers", Label("Followers", "Obunachilar"), Family.AUDIENCE, join=Join.LAST),
    _count("new_followers", "New followers", "Yangi obunachilar", Family.AUDIENCE),
    _count("lost_followers", "Lost followers", "Ketgan obunachilar", Family.AUDIENCE),
    _count("profile_visits", "Profile visits", "Profil tashriflari", Family.AUDIENCE),
    _people("audience_total", "Whole audience", "Jami auditoriya"),
    _count("organic_new_followers", "New followers, organic", "Organik yangi obunachilar", Family.AUDIENCE),
    _count("paid_new_followers", "New followers from ads", "Reklamadan yangi obunachilar", Family.AUDIENCE),
    _count("invited_new_followers", "New followers, invited", "Taklif qilingan yangi obunachilar", Family.AUDIENCE),
    _people("profile_visitors", "Visitors of the profile", "Profilga kirganlar"),
    _people("engaged_audience", "People who reacted", "Munosabat bildirganlar"),
    _people("participants", "People taking part", "Ishtirok etganlar"),
    _people("new_viewers", "New viewers", "Yangi tomosha qilganlar"),
    _people("returning_viewers", "Returning viewers", "Qaytgan tomosha qilganlar"),
    _time("social_time_seconds", "Time on social networks", "Ijtimoiy tarmoqdagi vaqt", Family.AUDIENCE),
)

_WEB = (
    _count("social_sessions", "Visits from social networks", "Ijtimoiy tarmoqlardan tashriflar", Family.WEB),
    _count("total_visits", "Website visits", "Sayt tashriflari", Family.WEB),
    _count("single_page_visits", "One-page visits", "Bir sahifali tashriflar", Family.WEB),
    _count("engaged_sessions", "Engaged visits", "Faol tashriflar", Family.WEB),
    _time("web_time_seconds", "Time on the website", "Veb-saytdagi vaqt", Family.WEB),
    _people("web_users", "Website users", "Sayt foydalanuvchilari", Family.WEB),
    _count("new_web_users", "New website users", "Yangi sayt foydalanuvchilari", Family.WEB),
    _people("returning_web_users", "Returning website users", "Qaytgan sayt foydalanuvchilari", Family.WEB),
    _count("web_events", "Website events", "Sayt hodisalari", Family.WEB),
    _people("total_web_users", "All website users", "Saytning barcha foydalanuvchilari", Family.WEB),
    _count("page_views", "Pages viewed", "Koʻrilgan sahifalar", Family.WEB),
    _count("web_key_events", "Key events on the website", "Saytdagi asosiy hodisalar", Family.WEB),
    _count(
        "social_key_events",
        "Key events in visits from social networks",
        "Ijtimoiy tarmoqlardan tashriflardagi asosiy hodisalar",
        Family.WEB,
    ),
)

_SALES = (
    _count("leads", "Leads", "Lidlar", Family.SALES),
    _count("qualified_leads", "Qualified leads", "Saralangan lidlar", Family.SALES),
    _count("conversions", "Conversions", "Konversiyalar", Family.SALES),
    _count("new_customers", "New customers", "Yangi mijozlar", Family.SALES),
    Measure(
        "average_order_value",
        Label("Average order value", "Oʻrtacha buyurtma qiymati"),
        Family.SALES,
        Unit.MONEY,
        Join.LAST,
    ),
    Measure(
        "orders_per_year",
        Label("Orders per year", "Yillik buyurtmalar soni"),
        Family.SALES,
        Unit.PER_YEAR,
        Join.LAST,
    ),
    Measure(
        "lifespan_years",
        Label("Years as a customer", "Mijoz boʻlgan yillar"),
        Family.SALES,
        Unit.YEARS,
        Join.LAST,
    ),
    Measure(
        "gross_margin",
        Label("Gross margin (0 to 1)", "Yalpi marja (0 dan 1 gacha)"),
        Family.SALES,
        Unit.RATIO,
        Join.LAST,
        highest=Fraction(1),
    ),
)

_SUPPORT = (
    _count("messages_received", "Messages received", "Kelgan xabarlar", Family.SUPPORT),
    _count("messages_answered", "Messages answered", "Javob berilgan xabarlar", Family.SUPPORT),
    _time(
        "first_response_minutes_total",
        "Minutes to first response, in all",
        "Birinchi javobgacha jami daqiqalar",
        Family.SUPPORT,
        Unit.MINUTES,
    ),
    _count("issues_total", "Issues raised", "Muammolar soni", Family.SUPPORT),
    _count("issues_resolved", "Issues resolved", "Hal etilgan muammolar", Family.SUPPORT),
    _count("inquiries_total", "Inquiries", "Soʻrovlar soni", Family.SUPPORT),
    _time(
        "response_minutes_total",
        "Minutes spent on inquiries",
        "Soʻrovlarga javob vaqti (daqiqa)",
        Family.SUPPORT,
        Unit.MINUTES,
    ),
    _time(
        "problem_response_minutes",
        "Minutes spent on problem inquiries",
        "Muammoli soʻrovlarga javob vaqti (daqiqa)",
        Family.SUPPORT,
        Unit.MINUTES,
    ),
    Measure(
        "all_response_minutes",
        Label("Minutes spent on all inquiries", "Jami soʻrovlarga javob vaqti (daqiqa)"),
        Family.SUPPORT,
        Unit.MINUTES,
        prepared=(Prepared.same("response_minutes_total"),),
    ),
)

_BRAND = (
    _count("brand_mentions", "Brand mentions", "Brend eslatmalari", Family.BRAND),
    _count("competitor_mentions", "Mentions of competitors", "Raqobatchilar eslatmalari", Family.BRAND),
    _count("positive_mentions", "Positive mentions", "Ijobiy eslatmalar", Family.BRAND),
    _count("neutral_mentions", "Neutral mentions", "Betaraf eslatmalar", Family.BRAND),
    _count("negative_mentions", "Negative mentions", "Salbiy eslatmalar", Family.BRAND),
    _count("branded_hashtag_posts", "Posts with the brand’s hashtag", "Brend heshtegli postlar", Family.BRAND),
    _count("supporters", "Agreeing", "Rozilar", Family.BRAND),
    _count("neutrals", "Neutral", "Betaraflar", Family.BRAND),
    _count("opponents", "Opponents", "Qarshilar", Family.BRAND),
    _count("brand_aware", "People who know the brand", "Brendni biluvchilar", Family.BRAND),
    _count("promoters", "Promoters", "Tarafdorlar", Family.BRAND),
    _count("passives", "Passives", "Passivlar", Family.BRAND),
    _count("detractors", "Detractors", "Qarshilar", Family.BRAND),
    _count("satisfied_comments", "Satisfied customers’ comments", "Mamnun isteʼmolchilar izohlari", Family.BRAND),
    _count("total_comments", "Customers’ comments", "Jami isteʼmolchilar izohlari", Family.BRAND),
    _score("authenticity", "Authenticity", "Haqiqiylik"),
    _score("timeliness", "Timeliness", "Vaqtlilik"),
    _score("accuracy", "Accuracy", "Aniqlik"),
    _score("depth", "Depth", "Chuqurlik"),
)

_MONEY = (
    _money("investment", "Investment", "Investitsiya", Prepared.ledger(Ledger.INVESTMENT)),
    _money("revenue", "Revenue", "Daromad (tushum)", Prepared.ledger(Ledger.INCOME)),
    _money("cogs", "Cost of goods", "Tannarx", Prepared.ledger(Ledger.COST_OF_GOODS)),
    _money(
        "ad_spend",
        "Ad spend",
        "Reklama xarajati",
        Prepared.ledger(Ledger.INVESTMENT, ads_only=True),
        recorded=True,
    ),
    _money("ad_revenue", "Revenue from ads", "Reklamadan daromad", Prepared.ledger(Ledger.INCOME, ads_only=True)),
    _money("spend_total", "Spend", "Jami xarajat", Prepared.ledger(Ledger.INVESTMENT)),
    _money(
        "acquisition_spend",
        "Spend on winning customers",
        "Mijoz jalb qilish xarajati",
        Prepared.ledger(Ledger.INVESTMENT),
    ),
    _money("spent", "Spent", "Sarflangan", Prepared.ledger(Ledger.INVESTMENT)),
    _money("planned", "Planned budget", "Rejalashtirilgan budjet", Prepared.budget()),
    _money("platform_earnings", "Earnings paid by the platform", "Platforma toʻlagan daromad", recorded=True),
    _money("clv", "Customer lifetime value", "Mijozning umrbod qiymati", Prepared.kpi("clv")),
    _money("cac", "Customer acquisition cost", "Mijoz jalb qilish narxi", Prepared.kpi("cac")),
)

_PREPARED = (
    _prepared(
        "interactions",
        "Interactions",
        "Oʻzaro harakatlar",
        Family.CONTENT,
        Prepared.sum("likes", "comments", "shares", "saves", "tags", "other_interactions"),
        Prepared.same("platform_interactions"),
    ),
    _prepared("total_views", "Total views", "Umumiy koʻrishlar", Family.CONTENT, Prepared.same("views")),
    _prepared("posts_published", "Posts published", "Nashr etilgan postlar", Family.CONTENT, Prepared.posts()),
    _prepared(
        "feedback_count",
        "Feedback",
        "Fikr-mulohazalar",
        Family.BRAND,
        Prepared.sum("comments", "replies", "reviews", "direct_messages", "ugc_posts"),
    ),
    _prepared(
        "interactions_total",
        "Feedback, reactions and clicks",
        "Jami munosabatlar",
        Family.BRAND,
        Prepared.sum("feedback_count", "likes", "shares", "saves", "link_clicks"),
    ),
    _prepared(
        "followers_start",
        "Followers at the start",
        "Davr boshidagi obunachilar",
        Family.AUDIENCE,
        Prepared.opening("followers"),
        join=Join.LAST,
    ),
    _prepared(
        "followers_end",
        "Followers at the end",
        "Davr oxiridagi obunachilar",
        Family.AUDIENCE,
        Prepared.closing("followers"),
        join=Join.LAST,
    ),
    Measure(
        "net_new_followers",
        Label("Net new followers", "Sof yangi obunachilar"),
        Family.AUDIENCE,
        lowest=None,
        prepared=(
            Prepared.difference("new_followers", "lost_followers"),
            Prepared.difference("followers_end", "followers_start"),
        ),
    ),
    _prepared("leads_a", "Leads in this period", "Joriy davrdagi lidlar", Family.SALES, Prepared.same("leads")),
    _prepared("leads_b", "Leads in the base period", "Asos davrdagi lidlar", Family.SALES, Prepared.previous("leads")),
    Measure(
        "total_mentions",
        Label("All mentions", "Jami eslatmalar"),
        Family.BRAND,
        prepared=(Prepared.sum("brand_mentions", "competitor_mentions"),),
    ),
    _prepared(
        "buzz_current",
        "Buzz in this period",
        "Joriy davrdagi shov-shuv",
        Family.BRAND,
        Prepared.sum("brand_mentions", "shares", "branded_hashtag_posts"),
    ),
    _prepared(
        "buzz_previous",
        "Buzz in the period before",
        "Oldingi davrdagi shov-shuv",
        Family.BRAND,
        Prepared.previous("buzz_current"),
    ),
    _prepared(
        "ewom_score_sum",
        "Weighted scores of rated mentions",
        "Baholangan eslatmalarning vaznli baholari",
        Family.BRAND,
        Prepared.ratings("score"),
        unit=Unit.SCORE,
    ),
    _prepared(
        "ewom_weight_sum",
        "Weights of rated mentions",
        "Baholangan eslatmalarning vaznlari",
        Family.BRAND,
        Prepared.ratings("weight"),
        unit=Unit.SCORE,
    ),
    _prepared("posts_planned", "Posts planned", "Rejalashtirilgan postlar", Family.PLAN, Prepared.plan("planned")),
    _prepared(
        "posts_kept",
        "Planned posts kept, week by week",
        "Haftalar boʻyicha bajarilgan postlar",
        Family.PLAN,
        Prepared.plan("kept"),
    ),
    _target_field("baseline", "Baseline", "Boshlangʻich qiymat"),
    _target_field("target", "Target value", "Moʻljal qiymat"),
    _target_field("current", "Current value", "Joriy qiymat"),
)

MEASURES: Mapping[str, Measure] = MappingProxyType(
    {measure.name: measure for measure in (*_CONTENT, *_AUDIENCE, *_WEB, *_SALES, *_SUPPORT, *_BRAND, *_MONEY, *_PREPARED)}
)
"""All measures by name, in the order in which lists show them."""


def spoken(name: str, language: str | None) -> str:
    """The measure as a sentence names it; a name that is no measure without its underscores."""
    measure = MEASURES.get(name)
    return measure.label.in_sentence(language) if measure else name.replace("_", " ")
