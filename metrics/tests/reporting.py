"""A brand with something in every section of a report, or as many of everything as asked for."""

from datetime import date, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

from brands.models import Brand, Channel, User
from metrics.models import Alert, Finding, HealthCheck, Observation, Report
from metrics.reports.sections import SECTIONS
from strategies import fixed_rows
from strategies.models import Strategy

TODAY = date(2027, 3, 17)
FIRST, LAST = date(2027, 2, 1), date(2027, 2, 28)
ZONE = ZoneInfo("Asia/Tashkent")


def told(brand: Brand, channel: Channel, person: User, times: int = 1) -> Strategy:
    """February 2027: figures of every day, posts, a strategy with goals, a campaign, money, a finding, an alert."""
    strategy = Strategy.objects.create(brand=brand, name="Bahor 2027", start=FIRST, end=date(2027, 7, 31))
    fixed_rows.fill_in(strategy)
    strategy.strategy_channels.create(channel=channel, posts_per_week=3)
    HealthCheck.objects.create(
        strategy=strategy, day=LAST, checked_at="2027-02-28T01:00:00Z", score=79, errors=1,
        verdicts=[{"rule": "MIST-07", "outcome": "fail", "severity": "error", "causes": [], "accepted": False}],
    )  # fmt: skip
    _days(brand, channel)
    for number in range(times):
        _rows(brand, strategy, channel, person, number)
    return strategy


def _days(brand: Brand, channel: Channel) -> None:
    values = {"likes": 40, "comments": 5, "shares": 4, "saves": 1, "views": 1000, "followers": 900, "leads": 3}
    rows = [
        Observation(brand=brand, channel=channel, measure=name, start=day, end=day, value=value + index)
        for index in range(28)
        for name, value in values.items()
        if (day := FIRST + timedelta(days=index))
    ]
    Observation.objects.bulk_create(rows)


def _rows(brand: Brand, strategy: Strategy, channel: Channel, person: User, number: int) -> None:
    goal = strategy.goals.create(goal_type="sales", text=f"Leads {number}", deadline=strategy.end)
    goal.targets.create(metric="leads", value=1600, window="total", everywhere=True)
    goal.targets.create(metric="roi", value=Decimal("120.5"), window="latest", everywhere=True, role="guard")
    campaign = brand.campaigns.create(
        name=f"Navroʻz {number}", start=FIRST, end=LAST, strategy=strategy, participants=120, sales=5_000_000, result="Sold out"
    )
    post = brand.posts.create(title=f"Adras {number}", strategy=strategy, campaign=campaign, text="x")
    at = datetime(2027, 2, 10, 18, 0, tzinfo=ZONE)
    out = brand.publications.create(post=post, channel=channel, at=at, status="published", published_at=at)
    for name, value in {"likes": 30, "comments": 4, "shares": 5, "saves": 1, "views": 800}.items():
        Observation.objects.create(
            brand=brand, channel=channel, publication=out, measure=name, start=at.date(), end=LAST, value=value + number
        )
    for kind, amount in {"income": 900_000, "cogs": 300_000, "investment": 200_000}.items():
        brand.ledger_entries.create(
            kind=kind, amount=amount, currency="UZS", date=LAST, channel=channel, strategy=strategy, note=f"note {number}"
        )
    finding = Finding.objects.create(brand=brand, strategy=strategy, text=f"Films work {number}", author=person)
    Finding.objects.filter(pk=finding.pk).update(created_at=at)
    item = strategy.watch_items.create(metric="leads", at_least=10, owner=person)
    Alert.objects.create(brand=brand, strategy=strategy, item=item, start=FIRST, end=LAST, value=3, bound=10, is_below=True)
    strategy.incidents.create(title=f"Rain {number}", happened_on=LAST, channel=channel, response="Waited")


def report(brand: Brand, **fields) -> Report:
    """With all sections, about February 2027, in English; `fields` say otherwise."""
    usual = {"name": "February", "sections": [section.name for section in SECTIONS], "language": "en", "preset": "own"}
    return Report.objects.create(brand=brand, **({"start": FIRST, "end": LAST} | usual | fields))


def section(said: dict, name: str) -> dict:
    return next(section for section in said["sections"] if section["name"] == name)


def tables(said: dict, name: str) -> list[dict]:
    return [block for block in section(said, name)["blocks"] if block["kind"] == "table"]


def shown(said: dict) -> str:
    """All words and figures of a report, for a look whether something is in it."""
    parts = []
    for part in said["sections"]:
        parts += [part["title"], part["why"]]
        for block in [*part["blocks"]]:
            parts += block.get("sentences", [])
            parts += [cell["shown"] for row in block.get("rows", []) for cell in row]
            parts += [column["label"] for column in block.get("columns", [])]
    return "\n".join(parts)
