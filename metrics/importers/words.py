"""Words that stand over columns: measures, roles and months, in the languages that our users' files are in.

A match here is a match *by name*: good for the preview to propose, and marked as such. What a platform's own files
say for certain is declared beside that platform's importer, and comes first.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache

from metrics.kpi.measures import MEASURES

# One line per language: English, Spanish, Portuguese, German, French, Italian, Turkish, Russian, Uzbek (both scripts).
MEASURE_WORDS: dict[str, tuple[str, ...]] = {
    "reach": (
        *("reach", "accounts reached", "reached audience", "alcance", "cuentas alcanzadas", "contas alcançadas", "reichweite"),
        *("erreichte konten", "couverture", "portée", "comptes touchés", "copertura", "account raggiunti", "erişim"),
        *("erişilen hesaplar", "охват", "охваты", "охваченные аккаунты", "охват аудитории", "qamrov", "qamrab olish"),
        *("qamrab olingan hisoblar", "қамров", "қамраб олиш"),
    ),
    "impressions": (
        *("impressions", "impresiones", "impressões", "impressionen", "impressioni", "gösterimler", "gösterim sayısı", "показы"),
        *("показов", "koʻrsatishlar", "koʻrsatish", "кўрсатишлар", "кўрсатиш"),
    ),
    "views": (
        *("views", "visualizaciones", "visualizações", "aufrufe", "vues", "visualizzazioni", "görüntülemeler", "görüntülenme"),
        *("görüntüleme sayısı", "просмотры", "просмотров", "koʻrishlar", "koʻrish", "кўришлар", "кўриш"),
    ),
    "viewers": (
        *("viewers", "total viewers", "unique viewers", "espectadores", "espectadores únicos", "visualizadores", "zuschauer"),
        *("einzelne zuschauer", "spectateurs", "spectateurs uniques", "spettatori", "spettatori unici", "izleyiciler"),
        *("tekil izleyiciler", "зрители", "уникальные зрители", "tomoshabinlar", "noyob tomoshabinlar", "томошабинлар"),
    ),
    "new_viewers": (
        *("new viewers", "espectadores nuevos", "nuevos espectadores", "novos espectadores", "neue zuschauer"),
        *("nouveaux spectateurs", "nuovi spettatori", "yeni izleyiciler", "новые зрители", "yangi tomoshabinlar"),
        "янги томошабинлар",
    ),
    "returning_viewers": (
        *("returning viewers", "espectadores recurrentes", "espectadores recorrentes", "wiederkehrende zuschauer"),
        *("spectateurs récurrents", "spettatori di ritorno", "geri gelen izleyiciler", "постоянные зрители"),
        *("вернувшиеся зрители", "qaytgan tomoshabinlar", "қайтган томошабинлар"),
    ),
    "likes": (
        *("likes", "reactions", "favorites", "me gusta", "reacciones", "curtidas", "reações", "gefällt mir-angaben"),
        *("gefällt mir angaben", "„gefällt mir“-angaben", "reaktionen", '"mag ich"-bewertungen', "mag ich-bewertungen"),
        *("jaime", "mentions jaime", "réactions", "mi piace", "reazioni", "beğeniler", "beğenme sayısı", "ifadeler", "лайки"),
        *("реакции", "нравится", "отметки «нравится»", 'отметки "нравится"', "layklar", "yoqtirishlar", "reaksiyalar"),
        *("лайклар", "реакциялар"),
    ),
    "dislikes": (
        *("dislikes", "no me gusta", "marcações não gostei", '"mag ich nicht"-bewertungen', "je naime pas", "non mi piace"),
        *("beğenmemeler", "дизлайки", "отметки «не нравится»", "dislayklar", "yoqtirmasliklar", "дислайклар"),
    ),
    "comments": (
        *("comments", "comments added", "replies", "comentarios", "comentarios añadidos", "comentários"),
        *("comentários adicionados", "kommentare", "kommentare hinzugefügt", "commentaires", "commentaires ajoutés", "commenti"),
        *("commenti aggiunti", "yorumlar", "комментарии", "добавлено комментариев", "ответы", "izohlar", "javoblar", "изоҳлар"),
        "жавоблар",
    ),
    "shares": (
        *("shares", "reposts", "retweets", "compartidos", "veces compartido", "veces que se ha compartido", "compartilhamentos"),
        *("geteilte inhalte", "geteilt", "shares gesamt", "partages", "condivisioni", "paylaşımlar", "репосты", "поделились"),
        *("сколько раз поделились", "поделиться", "ulashishlar", "repostlar", "улашишлар", "репостлар"),
    ),
    "saves": (
        *("saves", "bookmarks", "guardados", "veces guardado", "veces que se ha guardado", "salvamentos", "gespeichert"),
        *("speicherungen", "enregistrements", "salvataggi", "kaydetmeler", "сохранения", "закладки", "saqlashlar", "сақлашлар"),
    ),
    "tags": ("tags", "mentions in posts", "отметки", "belgilashlar", "белгилашлар"),
    "link_clicks": (
        *("link clicks", "url clicks", "clics en el enlace", "clics en enlaces", "cliques no link", "cliques em links"),
        *("linkklicks", "link-klicks", "klicks auf links", "clics sur un lien", "clics sur le lien", "clic sul link"),
        *("bağlantı tıklamaları", "клики по ссылке", "клики по ссылкам", "переходы по ссылке", "havola bosishlari"),
        "ҳавола босишлари",
    ),
    "followers": (
        *("followers", "total followers", "seguidores", "total de seguidores", "follower", "abonnenten", "abonnés"),
        *("followers totaux", "takipçiler", "toplam takipçi", "iscritti", "подписчики", "всего подписчиков", "obunachilar"),
        *("jami obunachilar", "обуначилар", "жами обуначилар"),
    ),
    "new_followers": (
        *("follows", "new follows", "new followers", "followers gained", "subscribers gained", "nuevos seguidores"),
        *("seguidores nuevos", "suscriptores conseguidos", "suscriptores ganados", "seguimentos", "novos seguidores"),
        *("inscrições obtidas", "neue follower", "gewonnene abonnenten", "neue abonnenten", "nouveaux followers"),
        *("nouveaux abonnés", "abonnés gagnés", "nuovi follower", "iscritti guadagnati", "yeni takipçiler"),
        *("kazanılan aboneler", "подписки", "новые подписчики", "новые подписки", "yangi obunachilar", "obunalar"),
        "янги обуначилар",
    ),
    "lost_followers": (
        *("unfollows", "lost followers", "followers lost", "subscribers lost", "seguidores perdidos", "suscriptores perdidos"),
        *("inscrições perdidas", "deixaram de seguir", "verlorene follower", "verlorene abonnenten", "abonnés perdus"),
        *("followers perdus", "follower persi", "iscritti persi", "kaybedilen takipçiler", "kaybedilen aboneler", "отписки"),
        *("отписавшиеся", "потерянные подписчики", "ketgan obunachilar", "obunani bekor qilganlar", "кетган обуначилар"),
    ),
    "net_new_followers": (
        *("net growth", "net follows", "net followers", "crecimiento neto", "crescimento líquido", "nettowachstum"),
        *("croissance nette", "crescita netta", "net büyüme", "чистый прирост", "sof oʻsish", "соф ўсиш"),
    ),
    "profile_visits": (
        *("profile visits", "page visits", "visits", "user profile clicks", "profile views", "visitas", "visitas al perfil"),
        *("visitas ao perfil", "profilbesuche", "profilaufrufe", "besuche", "visites", "visites du profil", "vues du profil"),
        *("visite", "visite al profilo", "visualizzazioni del profilo", "profil ziyaretleri", "profil görüntülemeleri"),
        *("посещения профиля", "просмотры профиля", "посещения", "profilga tashriflar", "tashriflar", "профилга ташрифлар"),
    ),
    "video_views": (
        *("video views", "visualizaciones de video", "visualizaciones de vídeo", "visualizaciones de videos"),
        *("visualizaciones de vídeos", "visualizações de vídeo", "visualizações de vídeos", "videoaufrufe", "vues de vidéos"),
        *("vues de vidéo", "vues vidéo", "visualizzazioni video", "visualizzazioni del video", "video görüntülemeleri"),
        *("video görüntülenmeleri", "просмотры видео", "video koʻrishlar", "video koʻrishlari", "видео кўришлар"),
    ),
    "watch_seconds": ("watch time (seconds)", "seconds viewed", "segundos reproducidos", "segundos visualizados"),
    "engagements": ("engagements", "вовлечения", "вовлеченность", "ishtiroklar", "иштироклар"),
    "platform_interactions": (
        *("interactions", "content interactions", "interacciones", "interacciones con el contenido", "interações"),
        *("interações com o conteúdo", "interaktionen", "content-interaktionen", "interazioni", "interazioni con i contenuti"),
        *("interactions avec le contenu", "etkileşimler", "içerik etkileşimleri", "взаимодействия"),
        *("взаимодействия с контентом", "oʻzaro taʼsirlar", "ўзаро таъсирлар"),
    ),
    "leads": (
        "leads",
        "clientes potenciales",
        "prospects",
        "potansiyel müşteriler",
        "лиды",
        "заявки",
        "lidlar",
        "murojaatlar",
        "лидлар",
    ),
    "conversions": (
        *("conversions", "conversiones", "conversões", "conversioni", "dönüşümler", "конверсии", "konversiyalar"),
        "конверсиялар",
    ),
    "new_customers": ("new customers", "nuevos clientes", "novos clientes", "neukunden", "новые клиенты", "yangi mijozlar"),
    "revenue": ("revenue", "income", "sales amount", "выручка", "доход", "daromad", "tushum", "даромад", "тушум"),
    "cogs": ("cogs", "cost of goods", "cost of goods sold", "себестоимость", "tannarx", "таннарх"),
    "ad_spend": (
        *("ad spend", "spend", "amount spent", "importe gastado", "valor gasto", "ausgegebener betrag", "montant dépensé"),
        *("importo speso", "harcanan tutar", "расход на рекламу", "реклама", "потраченная сумма", "reklama xarajati"),
        "реклама харажати",
    ),
}

ROLE_WORDS: dict[str, tuple[str, ...]] = {
    "date": ("date", "day", "fecha", "data", "datum", "jour", "tarih", "дата", "день", "sana", "kun", "сана", "кун"),
    "start": ("start", "start date", "from", "period start", "начало", "boshlanishi", "boshlanish sanasi"),
    "end": ("end", "end date", "to", "period end", "конец", "tugashi", "tugash sanasi"),
    "platform": ("platform", "network", "платформа", "соцсеть", "platforma", "tarmoq"),
    "channel": ("channel", "account", "handle", "page", "канал", "аккаунт", "kanal", "sahifa", "akkaunt"),
    "currency": ("currency", "валюта", "valyuta"),
    "measure": ("measure", "metric", "показатель", "метрика", "koʻrsatkich"),
    "value": ("value", "amount", "значение", "qiymat"),
    "permalink": ("permalink", "link", "url", "post link", "enlace permanente", "ссылка", "постоянная ссылка", "havola"),
    "post_id": ("post id", "id поста", "post identifikatori"),
    "published_at": (
        *("published at", "publish time", "published", "hora de publicación", "время публикации", "дата публикации"),
        *("eʼlon qilingan vaqt", "nashr vaqti"),
    ),
    "text": ("text", "caption", "post text", "title", "текст", "подпись", "matn", "матн"),
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
    "jan january янв января январь yan yanvar январ janeiro ene enero janv janvier jän jänner gen gennaio oca ocak",
    "feb february фев февраля февраль fev fevral феврал fevereiro febrero fév févr février febbraio şub şubat",
    "mar march мар марта март mart março marzo mär märz mrz mars",
    "apr april апр апреля апрель aprel апрел abr abril avr avril aprile nis nisan",
    "may мая май mai maio mayo mag maggio mayıs",
    "jun june июн июня июнь iyun июн junho junio juin giu giugno haz haziran",
    "jul july июл июля июль iyul июл julho julio juil juillet lug luglio tem temmuz",
    "aug august авг августа август avg avgust ago agosto aoû août ağu ağustos",
    "sep sept september сен сент сентября сентябрь sen sentabr sentyabr set setembro septiembre septembre settembre eyl eylül",
    "oct october окт октября октябрь okt oktabr oktyabr октябр out outubro octubre octobre ott ottobre eki ekim",
    "nov november ноя нояб ноября ноябрь noyabr ноябр novembro noviembre novembre kas kasım",
    "dec december дек декабря декабрь dek dekabr декабр dez dezembro dic diciembre déc décembre dicembre ara aralık",
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


def words_for(measure: str) -> frozenset[str]:
    """Every word for the measure, as headings are compared."""
    return frozenset(map(plain, MEASURE_WORDS[measure]))


def network_of(link: str) -> str:
    """The platform that a post's link leads to, "" if it is none of those known."""
    found = _NETWORK_OF_LINK.match(link)
    host = found[1].lower() if found else ""
    return _NETWORK_OF_HOST.get(host, host.split(".")[0])
