"""The demo's desk of mentions: what people wrote about the shop and its rivals, much of it looked at, some of it new."""

from datetime import datetime, timedelta

from django.utils import timezone

from brands.models import Brand, User
from metrics.demo.people import LEAD, MARKETER
from metrics.mention_figures import settle
from metrics.models import Mention, MentionFeed

# (name, address, about which rival, what went wrong)
FEEDS = (
    ("Google Alerts: “Atlas Libos”", "https://alerts.example.com/feeds/1841/atlas-libos", "", ""),
    ("Google Alerts: «Атлас Либос»", "https://alerts.example.com/feeds/1841/atlas-libos-kir", "", ""),
    ("Toshkent onalari forumi", "https://forum.onalar.example.uz/rss", "", "no_answer"),
    ("Google Alerts: “Ipak Uyi”", "https://alerts.example.com/feeds/1841/ipak-uyi", "Ipak Uyi", ""),
    ("Google Alerts: “Margʻilon Style”", "https://alerts.example.com/feeds/1841/margilon-style", "Margʻilon Style", ""),
)
OWN, CYRILLIC, FORUM, IPAK, MARGILON = range(5)
# (feed, hours ago, site, title, text, what was said of it: tone, issue, resolved, irrelevant; nothing: new)
MENTIONS = (
    (OWN, 2, "kun-yangiliklari.example.uz", "Toshkentda adras va atlasdan zamonaviy kiyimlar: beshta doʻkon",
     "Roʻyxatda Atlas Libos ham bor: Margʻilonda toʻqilgan mato, oʻz ustaxonasi va Telegram orqali buyurtma.", ""),
    (CYRILLIC, 5, "moda-tashkent.example.com", "Где в Ташкенте купить платье из хан-атласа к Наврузу",
     "В «Атлас Либос» мерки снимают на месте, подгонка бесплатно. Цены от 420 тысяч.", ""),
    (FORUM, 7, "forum.onalar.example.uz", "Atlas Libosdan bolalar koʻylagi olganlar bormi?",
     "Qizim 6 yosh, oʻlchamini qanday tanlash kerak? Yetkazib berish necha kun?", ""),
    (IPAK, 9, "savdo.example.uz", "Ipak Uyi Samarqandda ikkinchi doʻkonini ochdi", "Ochilish kuni hamma matoga 20% chegirma.", ""),
    (OWN, 20, "blog.nilufar.example.uz", "Uch marta kiydim, uch marta soʻrashdi: Atlas Libos koʻylagi haqida",
     "Choki tekis, rangi yuvilganda oʻzgarmadi. Faqat yengi biroz uzun ekan.", "positive"),
    (CYRILLIC, 26, "otzyvy.example.uz", "«Атлас Либос»: пришло не то, что заказывала",
     "Заказала зелёный, привезли синий. Жду обмена третий день, на звонки не отвечают.", "negative issue"),
    (MARGILON, 28, "savdo.example.uz", "Margʻilon Style kuzgi kolleksiyasini koʻrsatdi", "Asosiy rang — anor. Narxlar 300 mingdan.", "rival"),
    (OWN, 31, "gazeta-kun.example.uz", "Hunarmandlar haftaligi: ustaxonalar eshigi ochiq",
     "Shanba kuni Atlas Libos ustaxonasida dastgohda toʻqishni koʻrish mumkin.", "neutral"),
    (FORUM, 44, "forum.onalar.example.uz", "Javob berishdi, rahmat!", "Atlas Libos ertasi kuniyoq almashtirib berdi, ustiga sovgʻa qoʻshishdi.",
     "positive"),
    (FORUM, 50, "forum.onalar.example.uz", "Atlas Libos: tugma tushib ketdi", "Ikki kunda tugmasi uzildi. Kimga murojaat qilsam boʻladi?",
     "negative issue resolved"),
    (CYRILLIC, 55, "travel-uz.example.com", "Атлас: что это за ткань и как её носят сегодня", "История узора и пять адресов в Ташкенте.", "neutral"),
    (OWN, 62, "lugʻat.example.uz", "“Atlas” soʻzining maʼnolari", "Xaritalar toʻplami; toʻgʻ nomi; ipak mato.", "irrelevant"),
    (IPAK, 66, "kun-yangiliklari.example.uz", "Ipak Uyi blogerlar bilan kecha oʻtkazdi", "Mehmonlarga sharf sovgʻa qilindi.", "rival"),
    (IPAK, 74, "otzyvy.example.uz", "«Ипак Уйи»: долго ждать доставку", "Обещали два дня, везли неделю.", "rival"),
    (OWN, 80, "mahalla24.example.uz", "Mahalliy brendlar yarmarkasi Chilonzorda: kimlar qatnashdi", "Atlas Libos, Margʻilon Style va yana 30 ta brend.",
     "positive"),
    (OWN, 126, "kun-yangiliklari.example.uz", "Atlas Libos egasi: “Har bir matoning ustasi bor”", "Dilnoza Karimova bilan suhbat.", "positive"),
    (CYRILLIC, 140, "otzyvy.example.uz", "Хорошее ателье, но дорого", "Качество нравится, цены выше рынка.", "neutral"),
    (MARGILON, 150, "moda-tashkent.example.com", "Margʻilon Style снизила цены на прошлую коллекцию", "Скидки до конца недели.", "rival"),
    (FORUM, 171, "forum.onalar.example.uz", "Toʻyga koʻylak: Atlas Libosmi yoki Ipak Uyi?", "Ikkalasini ham kiyib koʻrdim, Atlas Libos yengilroq.",
     "positive"),
)  # fmt: skip


def write_mentions(brand: Brand, people: dict[str, User]) -> None:
    now = timezone.now()
    feeds = [_feed(brand, people[MARKETER], now, *row) for row in FEEDS]
    rows = [_mention(brand, people, feeds, now, number, row) for number, row in enumerate(MENTIONS)]
    Mention.objects.bulk_create(rows)
    settle(brand, {row.day for row in rows if row.classified_at})


def _feed(brand: Brand, author: User, now: datetime, name: str, address: str, rival: str, problem: str) -> MentionFeed:
    # Made-up servers: nobody asks them before the demo is thrown away.
    feed = MentionFeed.objects.create(
        brand=brand, name=name, address=address, rival=rival, added_by=author, problem=problem, failures=2 if problem else 0,
        fetched_at=now - timedelta(minutes=25), due_at=now + timedelta(365),
    )  # fmt: skip
    MentionFeed.objects.filter(pk=feed.pk).update(created_at=now - timedelta(40))
    return feed


def _mention(
    brand: Brand,
    people: dict[str, User],
    feeds: list[MentionFeed],
    now: datetime,
    number: int,
    row: tuple[int, int, str, str, str, str],
) -> Mention:
    place, hours, site, title, text, said = row
    words, at, feed = set(said.split()), now - timedelta(hours=hours, minutes=number), feeds[place]
    looked = {"classified_at": now - timedelta(hours=hours / 2), "classified_by": people[MARKETER]} if said else {}
    if "resolved" in words:
        looked |= {"resolved_at": now - timedelta(hours=hours / 3), "resolved_by": people[LEAD]}
    return Mention(
        brand=brand, feed=feed, guid=f"demo-{number}", link=f"https://{site.replace('ʻ', '')}/{number + 4100}", title=title, text=text,
        site=site.replace("ʻ", ""), published_at=at, day=at.astimezone(brand.zone).date(), rival=feed.rival,
        sentiment=next(iter(words & {"positive", "neutral", "negative"}), ""), is_issue="issue" in words,
        is_irrelevant="irrelevant" in words, **looked,
    )  # fmt: skip
