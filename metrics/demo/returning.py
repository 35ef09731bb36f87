"""What comes back in the demo: a series of tips, days of the trade, a feast that was announced, and a giveaway with its results."""

from datetime import date, time, timedelta
from decimal import Decimal

from brands.models import Brand, Channel, User
from calendar_app import series_changes, series_posts
from calendar_app.models import Campaign, KeyDate, Series
from metrics.demo.people import LEAD, MARKETER
from strategies.models import Strategy
from strategies.weeks import monday

# (month, day, kind, name, its names in other languages)
DATES = (
    (4, 24, KeyDate.Kind.INDUSTRY, "Moda inqilobi kuni", {"en": "Fashion Revolution Day", "ru": "День революции в моде"}),
    (
        8,
        20,
        KeyDate.Kind.INDUSTRY,
        "Maktab mavsumi boshlanishi",
        {"en": "Back to school begins", "ru": "Начало школьного сезона"},
    ),
    (12, 18, KeyDate.Kind.EVENT, "Doʻkonning tugʻilgan kuni", {"en": "The shop’s birthday", "ru": "День рождения магазина"}),
)


def create_returning(brand: Brand, strategy: Strategy, channels: dict[str, Channel], people: dict[str, User]) -> None:
    _series(brand, strategy, channels, people)
    _key_dates(brand, people)
    _promotion(brand, strategy, channels)


def _series(brand: Brand, strategy: Strategy, channels: dict[str, Channel], people: dict[str, User]) -> None:
    """Eight Sundays from the next one on; the second is left out."""
    start = monday(brand.today()) + timedelta(days=6)
    goal = strategy.goals.filter(goal_type="engagement").first()
    row = Series.objects.create(
        brand=brand, strategy=strategy, goal=goal, pillar=strategy.pillars.filter(name="Uslub maslahati").first(),
        title="#YakshanbaUslubi", text="Bugungi uslub: bitta roʻmol, uchta bogʻlash.\n#YakshanbaUslubi", format="carousel",
        journey_stage="retention", purpose="engage", owner=people[MARKETER], start=start, clock=time(16),
        weekdays=[6], count=8, created_by=people[MARKETER],
    )  # fmt: skip
    row.channels.set([channels["instagram"], channels["telegram"]])
    series_posts.make(row, people[MARKETER])
    series_changes.skip(row, start + timedelta(weeks=1), people[MARKETER])
    monthly = Series.objects.create(
        brand=brand, strategy=strategy, title="Oy yakuni: eng koʻp olingan beshtasi", frequency=Series.Frequency.MONTHLY,
        start=_last_of_month(brand.today()), clock=time(19, 30), count=6, owner=people[LEAD], created_by=people[LEAD],
        format="carousel", purpose="engage",
    )  # fmt: skip
    monthly.channels.set([channels["telegram"]])


def _last_of_month(day: date) -> date:
    following = (day.replace(day=1) + timedelta(days=31)).replace(day=1)
    return following - timedelta(days=1)


def _key_dates(brand: Brand, people: dict[str, User]) -> None:
    KeyDate.objects.bulk_create(
        KeyDate(
            brand=brand, kind=kind, name=name, names=names, start=date(brand.today().year - 1, month, day),
            repeats_yearly=True, created_by=people[LEAD],
        )
        for month, day, kind, name, names in DATES
    )  # fmt: skip


def _promotion(brand: Brand, strategy: Strategy, channels: dict[str, Channel]) -> None:
    """One that is over and measured."""
    start = max(strategy.start, brand.today() - timedelta(days=45))
    row = Campaign.objects.create(
        brand=brand, strategy=strategy, name="Koʻylak oʻyini", kind=Campaign.Kind.PROMOTION, start=start,
        end=start + timedelta(days=9), approach="Obuna boʻling, doʻstingizni belgilang, qaysi koʻylakni tanlashingizni yozing.",
        prize="Adras koʻylak", prize_value=Decimal(890_000), budget=Decimal(2_000_000),
        rules_link="https://atlaslibos.example.com/oyin-qoidalari", guidelines_checked=True, participants=412,
        engagement=1_930, sales=Decimal(6_450_000),
        result="Izohlar koʻp, lekin yangi obunachilarning uchdan biri bir haftada ketdi. Keyingi safar: sovrin faqat xaridga.",
    )  # fmt: skip
    row.channels.set([channels["instagram"]])
    offers = brand.posts.filter(
        pillar__name="Aksiya", campaign=None, publications__at__date__gte=row.start, publications__at__date__lte=row.end
    )
    brand.posts.filter(pk__in=offers.values("pk")).update(campaign=row)
