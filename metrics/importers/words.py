"""Words that stand over columns: measures, roles and months, in the languages that our users' files are in.

A match here is a match *by name*: good for the preview to propose, and marked as such. What a platform's own files
say for certain is declared beside that platform's importer, and comes first.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache

from metrics.kpi.measures import MEASURES

MEASURE_WORDS: dict[str, tuple[str, ...]] = {
    "reach": ("reach", "accounts reached", "alcance", "охват", "охваты", "qamrov", "qamrab olish"),
    "impressions": ("impressions", "impressões", "показы", "показов", "koʻrsatishlar", "koʻrsatish"),
    "views": ("views", "visualizações", "просмотры", "просмотров", "koʻrishlar", "koʻrish"),
    "viewers": ("viewers", "espectadores", "visualizadores", "зрители", "tomoshabinlar"),
    "likes": ("likes", "reactions", "favorites", "curtidas", "лайки", "реакции", "нравится", "layklar", "reaksiyalar"),
    "comments": ("comments", "replies", "comentários", "комментарии", "ответы", "izohlar", "javoblar"),
    "shares": ("shares", "reposts", "retweets", "compartilhamentos", "репосты", "поделились", "ulashishlar", "repostlar"),
    "saves": ("saves", "bookmarks", "salvamentos", "сохранения", "закладки", "saqlashlar"),
    "tags": ("tags", "mentions in posts", "отметки", "belgilashlar"),
    "link_clicks": ("link clicks", "url clicks", "cliques no link", "клики по ссылке", "переходы по ссылке", "havola bosishlari"),
    "followers": ("followers", "total followers", "подписчики", "всего подписчиков", "obunachilar", "jami obunachilar"),
    "new_followers": (
        "follows",
        "new follows",
        "new followers",
        "followers gained",
        "seguimentos",
        "подписки",
        "новые подписчики",
        "новые подписки",
        "yangi obunachilar",
        "obunalar",
    ),
    "lost_followers": (
        "unfollows",
        "lost followers",
        "followers lost",
        "отписки",
        "отписавшиеся",
        "ketgan obunachilar",
        "obunani bekor qilganlar",
    ),
    "profile_visits": (
        "profile visits",
        "page visits",
        "visits",
        "user profile clicks",
        "visitas",
        "visitas ao perfil",
        "посещения профиля",
        "profilga tashriflar",
    ),
    "video_views": ("video views", "просмотры видео", "video koʻrishlar"),
    "engagements": ("engagements", "вовлечения", "ishtiroklar"),
    "platform_interactions": (
        "interactions",
        "content interactions",
        "interações",
        "interações com o conteúdo",
        "взаимодействия",
        "oʻzaro taʼsirlar",
    ),
    "leads": ("leads", "лиды", "заявки", "lidlar", "murojaatlar"),
    "conversions": ("conversions", "конверсии", "konversiyalar"),
    "new_customers": ("new customers", "новые клиенты", "yangi mijozlar"),
    "revenue": ("revenue", "income", "sales amount", "выручка", "доход", "daromad", "tushum"),
    "cogs": ("cogs", "cost of goods", "cost of goods sold", "себестоимость", "tannarx"),
    "ad_spend": ("ad spend", "spend", "amount spent", "расход на рекламу", "реклама", "reklama xarajati"),
}

ROLE_WORDS: dict[str, tuple[str, ...]] = {
    "date": ("date", "day", "дата", "день", "sana", "kun", "data"),
    "start": ("start", "start date", "from", "period start", "начало", "boshlanishi", "boshlanish sanasi"),
    "end": ("end", "end date", "to", "period end", "конец", "tugashi", "tugash sanasi"),
    "platform": ("platform", "network", "платформа", "соцсеть", "platforma", "tarmoq"),
    "channel": ("channel", "account", "handle", "page", "канал", "аккаунт", "kanal", "sahifa", "akkaunt"),
    "currency": ("currency", "валюта", "valyuta"),
    "measure": ("measure", "metric", "показатель", "метрика", "koʻrsatkich"),
    "value": ("value", "amount", "значение", "qiymat"),
    "permalink": ("permalink", "link", "url", "post link", "ссылка", "havola"),
    "post_id": ("post id", "id поста", "post identifikatori"),
    "published_at": (
        "published at",
        "publish time",
        "published",
        "время публикации",
        "дата публикации",
        "eʼlon qilingan vaqt",
        "nashr vaqti",
    ),
    "text": ("text", "caption", "post text", "title", "текст", "подпись", "matn"),
    "format": ("format", "post type", "type", "формат", "тип", "turi"),
}

PLATFORM_WORDS: dict[str, str] = {
    "facebook": "facebook",
    "fb": "facebook",
    "instagram": "instagram",
    "ig": "instagram",
    "insta": "instagram",
    "x": "x",
    "twitter": "x",
    "telegram": "telegram",
    "tg": "telegram",
    "youtube": "youtube",
    "tiktok": "tiktok",
    "linkedin": "linkedin",
    "pinterest": "pinterest",
}

_NETWORK_OF_LINK = re.compile(
    r"https?://(?:[\w-]+\.)*(facebook\.com|fb\.watch|instagram\.com|twitter\.com|x\.com|t\.me|tiktok\.com|youtube\.com"
    r"|youtu\.be|linkedin\.com|pinterest\.[a-z.]+|threads\.(?:net|com))/",
    re.IGNORECASE,
)
_NETWORK_OF_HOST = {"fb.watch": "facebook", "twitter.com": "x", "t.me": "telegram", "youtu.be": "youtube"}

_MONTH_NAMES = (
    "jan january янв января январь yan yanvar janeiro ene enero",
    "feb february фев февраля февраль fev fevral fevereiro febrero",
    "mar march мар марта март mart março marzo",
    "apr april апр апреля апрель aprel abr abril",
    "may мая май mai maio mayo",
    "jun june июн июня июнь iyun junho junio",
    "jul july июл июля июль iyul julho julio",
    "aug august авг августа август avg avgust ago agosto",
    "sep sept september сен сент сентября сентябрь sen sentabr sentyabr set setembro septiembre",
    "oct october окт октября октябрь okt oktabr oktyabr out outubro octubre",
    "nov november ноя нояб ноября ноябрь noyabr novembro noviembre",
    "dec december дек декабря декабрь dek dekabr dez dezembro dic diciembre",
)
MONTHS: dict[str, int] = {name: number for number, names in enumerate(_MONTH_NAMES, start=1) for name in names.split()}

_APOSTROPHES = re.compile(r"[ʻʼ'‘’`´]")


def plain(header: str) -> str:
    """A header as it is compared: no case, no invisible characters, one kind of blank, no apostrophes."""
    text = header.casefold()
    if not text.isascii():
        text = unicodedata.normalize("NFKC", header).casefold()
        text = "".join(character for character in text if unicodedata.category(character) != "Cf")
    return " ".join(_APOSTROPHES.sub("", text).replace("_", " ").strip(' "').split())


@cache
def measures_by_word() -> dict[str, str]:
    """Every word for a measure → its name: declared names and labels, then the synonyms above."""
    found: dict[str, str] = {}
    for name, measure in MEASURES.items():
        for word in (name, measure.label.en, measure.label.uz, measure.label.ru):
            found.setdefault(plain(word), name)
    for name, words in MEASURE_WORDS.items():
        found.update({plain(word): name for word in words})
    # The product's own names mean what they say, whatever else the word is used for elsewhere.
    found.update({plain(name): name for name in MEASURES})
    found.pop("", None)
    return found


@cache
def roles_by_word() -> dict[str, str]:
    return {plain(word): role for role, words in ROLE_WORDS.items() for word in words}


def network_of(link: str) -> str:
    """The platform that a post's link leads to, "" if it is none of those known."""
    found = _NETWORK_OF_LINK.match(link)
    host = found[1].lower() if found else ""
    return _NETWORK_OF_HOST.get(host, host.split(".")[0])
