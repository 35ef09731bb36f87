"""The demo's audits over time, what it builds on, what may go wrong, what happened, and the alerts of its watched figures."""

from datetime import timedelta
from decimal import Decimal

from brands.models import Channel, User
from metrics.alerts import raise_alerts, settle
from metrics.demo.people import LEAD, MARKETER
from metrics.models import AlertSilence
from metrics.unusual_days import tell_of_days
from strategies.models import Asset, Audit, Incident, Risk, Strategy

Level = Risk.Level

# (kind, name, supply, what for, who)
ASSETS = (
    ("content", "Photographs of every cloth", "enough", "Carousels and the catalogue in Telegram", MARKETER),
    ("content", "Films from the workshop in Margʻilon", "short", "Two days of filming each month", MARKETER),
    ("people", "Malika writes, films and cuts", "enough", "24 hours a week", MARKETER),
    ("people", "Somebody who answers in the evening", "short", "Share the evenings between two people", LEAD),
    ("equipment", "Two phones, a lamp, a microphone", "enough", "Short films", MARKETER),
    ("relations", "1,900 customers who left a telephone number", "enough", "First readers of each collection", LEAD),
    ("relations", "Style bloggers who know the shop", "missing", "Ask two before the feast", LEAD),
)
# (what, likelihood, effect, sign, response, who)
RISKS = (
    ("Cloth arrives late from Margʻilon", Level.HIGH, Level.MEDIUM, "The weavers do not confirm the day",
     "Buffer posts for two weeks lie ready. Say openly when it comes, and take orders ahead.", LEAD),
    ("Messages wait until the next morning", Level.MEDIUM, Level.HIGH, "First answer takes more than an hour",
     "Share the evenings, ready answers for sizes and delivery, say the waiting time in the profile.", LEAD),
    ("A customer complains in public", Level.MEDIUM, Level.MEDIUM, "A comment with a photograph of a torn seam",
     "Answer the same day with a name, exchange free of charge, and tell how it ended.", MARKETER),
    ("The Instagram account is blocked or stolen", Level.LOW, Level.HIGH, "A login nobody of us made",
     "Recover it through the help centre, tell people in Telegram, change passwords. Two administrators have the codes.", LEAD),
    ("Reach on Instagram falls", Level.MEDIUM, Level.LOW, "A third less than usual for two weeks", "", None),
)  # fmt: skip
# (what is watched, not below, not above, the risk it shows)
BOUNDS = (
    ("audience_engagement", Decimal("4.8"), None, "Reach on Instagram falls"),
    ("first_response_time", None, 40, "Messages wait until the next morning"),
    ("leads", 105, None, ""),
)


def write_monitoring(strategy: Strategy, channels: dict[str, Channel], people: dict[str, User]) -> None:
    _earlier_audits(strategy, channels)
    for position, (kind, name, supply, use, owner) in enumerate(ASSETS):
        Asset.objects.create(
            strategy=strategy, kind=kind, name=name, supply=supply, use=use, owner=people[owner], position=position
        )
    for position, (name, likelihood, effect, sign, response, owner) in enumerate(RISKS):
        Risk.objects.create(
            strategy=strategy, name=name, likelihood=likelihood, effect=effect, sign=sign, response=response,
            owner=people.get(owner), position=position,
        )  # fmt: skip
    _incidents(strategy, channels, people)
    _alerts(strategy, people)


def _earlier_audits(strategy: Strategy, channels: dict[str, Channel]) -> None:
    """What stood there three months before, so that one can see what moved."""
    before = strategy.start - timedelta(98)
    own = strategy.audits.get(kind="own")
    rival = strategy.audits.get(kind="competitor")
    first = Audit.objects.create(
        strategy=strategy, kind="own", channel=own.channel, audited_on=before, followers=12_480, posts_per_month=8,
        best_format="Single photographs", works="Answers in stories.", to_improve="No film at all.",
        strengths="Our own cloth and hands", weaknesses="Late answers", hypothesis="A film of the loom brings more than a photograph.",
    )  # fmt: skip
    theirs = Audit.objects.create(
        strategy=strategy, kind="competitor", competitor=rival.competitor, platform=rival.platform, audited_on=before,
        followers=40_100, posts_per_month=34, best_format="Catalogue photographs", tactics="Prices in every post.",
    )  # fmt: skip
    Audit.objects.filter(pk=own.pk).update(earlier=first)
    Audit.objects.filter(pk=rival.pk).update(
        earlier=theirs, following=310, content_types="Catalogue photographs, price lists", works="", to_improve="",
        popular_posts="“Everything under 300,000”: 1,900 likes, 240 comments that ask for sizes",
        tactics="A price in every picture; daily posts.", neglected="TikTok and Telegram: no post since summer.",
        flops="Greetings on holidays: forty likes each.",
    )  # fmt: skip
    Audit.objects.create(
        strategy=strategy, kind="competitor", competitor="Ipak Uyi", platform=channels["telegram"].platform,
        audited_on=strategy.start - timedelta(4), followers=9_700, posts_per_month=22, content_types="Photographs, voice messages",
        popular_posts="The seller tries on three dresses: 310 reactions", tactics="She speaks to customers herself.",
        neglected="Instagram is a copy of Telegram.", flops="Forwarded posts of others", gap="Nobody answers in the evening.",
    )  # fmt: skip


def _incidents(strategy: Strategy, channels: dict[str, Channel], people: dict[str, User]) -> None:
    late_cloth = strategy.risks.get(name__startswith="Cloth")
    Incident.objects.create(
        strategy=strategy, happened_on=strategy.start + timedelta(9), title="The cloth came eight days late", risk=late_cloth,
        channel=channels["instagram"], text="The weavers had a wedding.", owner=people[LEAD],
        response="Buffer posts went out; orders were taken ahead with ten per cent off.",
        effect="Two dresses were cancelled, eleven ordered ahead.", settled_on=strategy.start + timedelta(17),
    )  # fmt: skip
    Incident.objects.create(
        strategy=strategy, happened_on=strategy.start + timedelta(19), title="One TikTok film went round", channel=channels["tiktok"],
        text="Nine times the usual views in a day; 140 messages by midnight.", owner=people[MARKETER],
        response="Both answered until one o’clock, with ready answers for sizes.", effect="63 leads in two days; some waited for ten hours.",
    )  # fmt: skip


def _alerts(strategy: Strategy, people: dict[str, User]) -> None:
    for metric, at_least, at_most, risk in BOUNDS:
        strategy.watch_items.filter(metric=metric).update(
            at_least=at_least, at_most=at_most, risk=strategy.risks.filter(name=risk).first()
        )
    # The team notes the answering times by weeks.
    strategy.watch_items.filter(metric="first_response_time").update(rhythm="weekly")
    raise_alerts(strategy.brand)
    tell_of_days(strategy.brand)
    # The lead plans by reach and does not want to hear of each day's saves.
    AlertSilence.objects.create(user=people[LEAD], brand=strategy.brand, measure="saves")
    for alert in strategy.alerts.filter(item__metric="leads"):
        settle(alert, people[MARKETER], "Moved the week’s advertising to the film from the workshop")
