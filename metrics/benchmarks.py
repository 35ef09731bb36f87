"""The benchmarks that a new installation begins with: dated, with their sources. Administrators keep them up to date."""

from datetime import date

_V6 = ("Buffer", "https://shortsintel.com/statistics/social-media-engagement-benchmarks", date(2025, 12, 31))
_SOCIALINSIDER = ("Socialinsider", "https://shortsintel.com/statistics/social-media-engagement-benchmarks", date(2026, 1, 31))
_WORDSTREAM = ("WordStream", "https://zeely.ai", date(2026, 3, 24))
_FIELD = ("Common practice of the field", "", date(2026, 11, 1))


def _row(kpi, low, high, source, *, platform="", over="", note="", note_uz="", note_ru="", region="", currency="") -> dict:
    name, address, as_of = source
    return {
        "kpi": kpi, "platform": platform, "low": low, "high": high, "over": over, "note": note, "note_uz": note_uz, "note_ru": note_ru,
        "source": name, "address": address, "as_of": as_of, "region": region, "currency": currency,
    }  # fmt: skip


_BY_IMPRESSIONS = {
    "linkedin": "6.50", "facebook": "5.07", "tiktok": "4.86", "youtube": "4.41", "x": "2.31", "instagram": "1.16",
}  # fmt: skip
_BY_FOLLOWERS = {"tiktok": "3.70", "instagram": "0.48", "facebook": "0.15", "x": "0.12"}
_PER_POST = {
    "note": "Per post. Sources differ widely.",
    "note_uz": "Bitta postga. Manbalar keskin farq qiladi.",
    "note_ru": "На один пост. Источники сильно расходятся.",
}
_ADS = {
    "note": "Ads on Meta; US-centred.",
    "note_uz": "Metadagi reklama; AQSH maʼlumotlariga tayanadi.",
    "note_ru": "Реклама в Meta; в основном данные США.",
}
_AT_LEAST = {"note": "At least.", "note_uz": "Kamida.", "note_ru": "Не меньше."}
_PART = {
    "note": "Divided by impressions, not by views.",
    "note_uz": "Koʻrishlarga emas, koʻrsatishlarga boʻlingan.",
    "note_ru": "Делится на показы, а не на просмотры.",
}

SEEDED = (
    *(_row("engagement_rate_impressions", value, None, _V6, platform=slug, over="impressions", region="World")
      for slug, value in _BY_IMPRESSIONS.items()),
    *(_row("audience_engagement", value, None, _V6, platform=slug, over="impressions", region="World", **_PART)
      for slug, value in _BY_IMPRESSIONS.items()),
    *(_row("engagement_rate_followers", value, None, _SOCIALINSIDER, platform=slug, over="followers", region="World", **_PER_POST)
      for slug, value in _BY_FOLLOWERS.items()),
    _row("bounce_rate", "26", "40", _FIELD, note="Very good; 41 to 55 is average, above 70 poor. Social traffic is usually higher.",
         note_uz="Juda yaxshi; 41–55 oʻrtacha, 70 dan yuqori yomon. Ijtimoiy tarmoqdan kelganlarda odatda yuqoriroq.",
         note_ru="Очень хорошо; 41–55 — средне, выше 70 — плохо. Для трафика из соцсетей обычно выше."),
    _row("ewom_quality", "0.70", None, _FIELD, note="A target to begin with.",
         note_uz="Boshlash uchun maqsad.", note_ru="Целевое значение для начала."),
    _row("nps", "0", "50", _FIELD, note="Above 0 is fair, above 50 excellent.",
         note_uz="0 dan yuqori yaxshi, 50 dan yuqori aʼlo.", note_ru="Выше 0 — удовлетворительно, выше 50 — отлично."),
    _row("issue_resolution_rate", "90", None, _FIELD, **_AT_LEAST),
    _row("resolution_time_avg", "678", None, ("Sprout Social Index", "https://www.corporate-eye.com", date(2013, 12, 31)),
         note="Mean of all brands; old.", note_uz="Barcha brendlar oʻrtachasi; eskirgan.",
         note_ru="Среднее по всем брендам; данные устарели."),
    _row("resolution_time_avg", None, "1440", _FIELD, note="The usual promise: within a day.",
         note_uz="Odatiy vaʼda: bir kun ichida.", note_ru="Обычное обещание: в течение суток."),
    _row("satisfaction_score", "75", "85", _FIELD, note="Good.", note_uz="Yaxshi.", note_ru="Хорошо."),
    _row("ctr", "1.51", "2.50", _WORDSTREAM, platform="facebook", over="impressions", region="US", **_ADS),
    _row("cpc", "0.83", "1.92", _WORDSTREAM, platform="facebook", region="US", currency="USD", **_ADS),
    _row("cpl", "23.10", None, _WORDSTREAM, platform="facebook", region="US", currency="USD", **_ADS),
    _row("conversion_rate", "8.25", None, _WORDSTREAM, platform="facebook", over="link_clicks", region="US", **_ADS),
    _row("cpm", "9", "16", ("Reflex Agency", "https://reflexagency.online", date(2026, 1, 31)), platform="facebook", region="US",
         currency="USD", **_ADS),
    _row("roas", "2.2", None, ("Observix", "https://observix.ai", date(2026, 1, 31)), platform="facebook", region="US",
         **_ADS),
    _row("clv_cac_ratio", "3", None, _FIELD, **_AT_LEAST),
)  # fmt: skip
