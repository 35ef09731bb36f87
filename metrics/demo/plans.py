"""The demo's plans: half a year of the whole shop's marketing, and the week of three channels."""

from datetime import date, time, timedelta

from brands.models import Brand, Channel, User
from calendar_app.models import Post
from metrics.demo.people import LEAD, MARKETER
from metrics.demo.plan import MONTHS, month_after
from metrics.demo.posts import POSTS, WEEK
from strategies.models import CommunicationPlan, EditorialPlan, PlanItem, Slot, Strategy
from strategies.weeks import monday

Medium = PlanItem.Medium
# (month of the plan, day or 0, medium, what, kind of content, where, who); the fourth month still waits for an idea.
ITEMS = (
    (0, 3, Medium.SITE, "Oʻlchamlar jadvali", "Table", "atlaslibos.example.com", LEAD),
    (0, 12, Medium.SOCIAL, "Ustaxona haqida film", "Film", "Instagram, Telegram", MARKETER),
    (0, 0, Medium.ADS, "Doʻkonni eslatuvchi reklama", "Carousel", "Meta Ads", MARKETER),
    (1, 5, Medium.NEWSLETTER, "Doimiy mijozlarga xat", "Letter", "E-mail", LEAD),
    (1, 18, Medium.SOCIAL, "Rang tanlash: uch qoida", "Infographic", "Instagram", MARKETER),
    (1, 24, Medium.EVENT, "Margʻilonda ochiq eshiklar", "Open day", "Margʻilon", LEAD),
    (2, 4, Medium.SOCIAL, "Kolleksiya tizeri", "Short films", "TikTok, Instagram", MARKETER),
    (2, 14, Medium.SITE, "Lukbuk", "Lookbook", "atlaslibos.example.com", MARKETER),
    (2, 0, Medium.ADS, "Yangi kolleksiya", "Film", "TikTok Promote", MARKETER),
    (4, 9, Medium.PRESS, "Adras haqida suhbat", "Interview", "Gazeta", LEAD),
    (4, 20, Medium.SOCIAL, "Mijozlar surati tanlovi", "Contest", "Instagram", MARKETER),
    (5, 2, Medium.SITE, "Parvarish boʻyicha qoʻllanma", "E-book", "atlaslibos.example.com", LEAD),
    (5, 15, Medium.NEWSLETTER, "Mavsum yakuni", "Letter", "E-mail", LEAD),
)
# Which channel is planned for how many months from this one on. Facebook still has none.
PLANNED = {"instagram": (0, 1), "telegram": (0, 1), "tiktok": (0,)}
# (weekday, time, kind, theme), besides the week that the calendar shows.
FURTHER = {
    "telegram": (
        (4, time(19), "planned", "Mijozlar surati, Instagramdan"),
        (3, time(13), "reactive", "Savol boʻlsa, javob"),
    ),
    "instagram": ((5, time(12), "buffer", "Zaxirada: mato yaqindan"),),
}


def create_plans(brand: Brand, strategy: Strategy, channels: dict[str, Channel], people: dict[str, User]) -> None:
    end = month_after(strategy.start, MONTHS) - timedelta(1)
    whole = CommunicationPlan.objects.create(
        brand=brand, name=f"Yarim yillik reja, {strategy.name}", start=strategy.start, end=end, created_by=people[LEAD],
        note="Adrasni har kun kiyiladigan qilib koʻrsatish; takliflar faqat dushanba kunlari.",
    )  # fmt: skip
    PlanItem.objects.bulk_create(_item(whole, position, row, people) for position, row in enumerate(ITEMS))
    for slug, months in PLANNED.items():
        for month in months:
            start = month_after(brand.today(), month)
            if start < end:
                _editorial(whole, strategy, channels[slug], start, people)


def _item(whole: CommunicationPlan, position: int, row: tuple, people: dict[str, User]) -> PlanItem:
    month, day, medium, title, content, where, who = row
    first = month_after(whole.start, month)
    return PlanItem(
        plan=whole, month=first, day=first.replace(day=day) if day else None, medium=medium, title=title, content=content,
        where=where, owner=people[who], position=position,
    )  # fmt: skip


def _editorial(whole: CommunicationPlan, strategy: Strategy, channel: Channel, start: date, people: dict[str, User]) -> None:
    today = whole.brand.today()
    plan = EditorialPlan.objects.create(
        brand=whole.brand, communication_plan=whole, strategy=strategy, channel=channel, start=start,
        end=month_after(start, 1) - timedelta(1), counts_from=monday(today), slots_since=today, created_by=people[MARKETER],
    )  # fmt: skip
    pillars = {pillar.name: pillar for pillar in strategy.pillars.all()}
    slug = channel.platform.slug
    slots = [
        Slot(
            plan=plan, weekday=slot.weekday, time=slot.at, pillar=pillars[slot.pillar],
            kind="promo" if slot.pillar == "Aksiya" else "planned", purpose="engage" if slot.pillar == "Mijozlarimiz" else "attract",
            owner=people[MARKETER if slot.weekday % 3 else LEAD],
            format=POSTS[slot.pillar][0].format, journey_stage=POSTS[slot.pillar][0].journey_stage,
        )
        for slot in WEEK
        if slot.channel == slug
    ]  # fmt: skip
    slots += [Slot(plan=plan, weekday=day, time=at, kind=kind, theme=theme) for day, at, kind, theme in FURTHER.get(slug, ())]
    _say_which_posts_they_made(plan, Slot.objects.bulk_create(slots))


def _say_which_posts_they_made(plan: EditorialPlan, slots: list[Slot]) -> None:
    """The calendar was filled from these slots: each post of the plan's days knows its own."""
    zone = plan.brand.zone
    by_time = {(slot.weekday, slot.time): slot for slot in slots}
    posts = []
    for row in plan.brand.publications.filter(channel=plan.channel, post__slot=None, at__isnull=False).select_related("post"):
        local = row.at.astimezone(zone)
        slot = by_time.get((local.weekday(), local.time()))
        if slot is not None and plan.covers(local.date()):
            row.post.slot, row.post.slot_day = slot, local.date()
            posts.append(row.post)
    Post.objects.bulk_update(posts, ["slot", "slot_day"], batch_size=200)
