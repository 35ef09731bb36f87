"""How well the demo's channels are set up, what they cost in hours, and what the team says of the platforms."""

from datetime import timedelta

from brands.checklist import checks_for
from brands.models import Channel, ChannelCheck, User
from metrics.demo.people import LEAD, MARKETER
from strategies.models import FitRating, PlatformReview, Strategy, StrategyChannel

State = ChannelCheck.State

# Channel -> what the strategy says of it.
CARRIED: dict[str, dict[str, object]] = {
    "telegram": {
        "community_hours": 3, "needed_skills": ["community", "copy"], "content_source": "Shop and workshop, photographed on Mondays",
        "why": "Where customers ask for sizes and order.", "resources_now": "Two phones, the size bot",
        "resources_later": "A person for the evenings from spring",
    },
    "instagram": {
        "community_hours": 2, "needed_skills": ["copy", "design", "video"],
        "content_source": "Photographs of each new dress, customers’ pictures", "why": "Where dresses are found.",
        "resources_now": "Malika and a photographer one day a month", "resources_later": "A photographer of our own next year",
    },
    "tiktok": {
        "hours_available": 6, "needed_skills": ["video"], "content_source": "The weavers in Margʻilon, filmed every second week",
        "why": "Nobody shows adras there yet.", "resources_now": "One phone that films well",
        "pilot_success": "Three films with more than 20,000 views and 50 questions in Telegram",
    },
    "facebook": {
        "needed_skills": ["community", "copy"], "content_source": "The best posts of the other channels",
        "why": "Mothers and school groups.", "resources_now": "Dilnoza, one hour a week",
    },
}  # fmt: skip

# Channel -> points of the checklist that are still open; all others that are not named below are done.
OPEN = {
    "telegram": {"hashtags", "review"},
    "instagram": {"alt_text", "ad_policy_read", "review"},
    "tiktok": {"keywords", "security", "roles", "targets", "review", "site_links"},
    "facebook": {"cover", "group_created", "alt_text", "hashtags", "roles", "targets", "review"},
}
NOT_HERE = {"telegram": {"search_visible"}, "facebook": {"place"}}
NOTES = {
    "security": "Codes come to Dilnoza’s phone",
    "site_links": "The site links back in its footer",
    "same_name": "atlaslibos",
}

# (platform, criterion, rating, why): where the team knows better than the tables.
SAID = (
    ("facebook", "audience", 2, "Only Gulnora’s generation, and they write in Telegram in the end."),
    ("tiktok", "rivals", 5, "Not one of six rivals shows the cloth being woven there."),
)


def describe_channels(strategy: Strategy, channels: dict[str, Channel], people: dict[str, User]) -> None:
    for slug, said in CARRIED.items():
        StrategyChannel.objects.filter(strategy=strategy, channel=channels[slug]).update(**said)
    # A pilot that runs out in the middle of the season.
    until = strategy.start + timedelta(days=119)
    StrategyChannel.objects.filter(strategy=strategy, channel=channels["tiktok"]).update(pilot_until=until)
    PlatformReview.objects.create(strategy=strategy, reviewed_on=strategy.start - timedelta(days=4))
    for slug, criterion, rating, reason in SAID:
        FitRating.objects.create(
            strategy=strategy, platform=channels[slug].platform, criterion=criterion, rating=rating, reason=reason
        )
    ChannelCheck.objects.bulk_create(row for slug in OPEN for row in _checks(strategy, slug, channels[slug], people))


def _checks(strategy: Strategy, slug: str, channel: Channel, people: dict[str, User]) -> list[ChannelCheck]:
    read_on, by = strategy.start - timedelta(days=11), people[LEAD if slug == "telegram" else MARKETER]
    rows = []
    for check in checks_for(channel):
        if check.name in OPEN[slug]:
            continue
        state = State.NOT_APPLICABLE if check.name in NOT_HERE.get(slug, ()) else State.DONE
        day = read_on if check.day and state == State.DONE else None
        note = NOTES.get(check.name, "") if state == State.DONE else ""
        rows.append(ChannelCheck(channel=channel, check_name=check.name, state=state, note=note, day=day, changed_by=by))
    return rows
