"""A year of believable daily figures, made from a seed: pure, dates in, figures out."""

import math
import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

SEED = 2027
DAYS = 365
# Monday to Sunday: a clothes shop is looked at when people have time.
WEEKDAY_RHYTHM = (0.88, 0.92, 0.95, 1.0, 1.12, 1.24, 1.08)


class Figure(NamedTuple):
    channel: str
    day: date
    measure: str
    value: int


@dataclass(frozen=True)
class Profile:
    """How a channel behaves; rates are shares of its views."""

    followers_then: int
    followers_now: int
    views_then: int
    views_now: int
    likes: float
    comments: float
    shares: float
    saves: float | None
    clicks: float
    leads: float
    video: float | None = None


PROFILES = {
    "instagram": Profile(10_900, 14_380, 2_300, 3_400, 0.026, 0.0021, 0.0034, 0.0042, 0.021, 0.00150),
    "telegram": Profile(5_900, 9_020, 1_050, 1_700, 0.031, 0.0036, 0.0080, None, 0.052, 0.00250),
    "tiktok": Profile(2_050, 6_210, 1_150, 1_900, 0.048, 0.0032, 0.0066, 0.0048, 0.0105, 0.00045, 0.97),
    "facebook": Profile(3_610, 3_890, 640, 700, 0.019, 0.0024, 0.0036, None, 0.0135, 0.00060),
}


@dataclass(frozen=True)
class Story:
    """What happened in the year: a campaign that lifts, days that nobody recorded, one film that went round."""

    last_day: date
    campaign: tuple[date, date]
    gap: tuple[date, date]
    outlier: date

    @classmethod
    def until(cls, last_day: date) -> "Story":
        def back(days: int) -> date:
            return last_day - timedelta(days)

        return cls(last_day, (back(12), last_day + timedelta(10)), (back(96), back(92)), back(43))

    def lift(self, channel: str, day: date) -> float:
        if channel == "tiktok" and day == self.outlier:
            return 9.0
        return 1.3 if self.campaign[0] <= day <= self.campaign[1] else 1.0

    def is_recorded(self, channel: str, day: date) -> bool:
        return channel != "telegram" or not self.gap[0] <= day <= self.gap[1]


def daily_figures(story: Story) -> Iterator[Figure]:
    """Every channel's figures for each day of the year that ends with the story."""
    for channel, profile in PROFILES.items():
        chance = random.Random(f"{SEED} {channel}")
        followers = float(profile.followers_then)
        for index in range(DAYS):
            day = story.last_day - timedelta(DAYS - 1 - index)
            followers, figures = _one_day(profile, channel, day, index / (DAYS - 1), followers, story, chance)
            if story.is_recorded(channel, day):
                yield from (Figure(channel, day, measure, value) for measure, value in figures.items())


def _one_day(profile, channel, day, progress, followers, story, chance) -> tuple[float, dict[str, int]]:
    def about(value: float, spread: float = 0.14) -> int:
        return max(round(value * chance.uniform(1 - spread, 1 + spread)), 0)

    season = 1 + 0.06 * math.sin(progress * 4 * math.pi)
    lift = story.lift(channel, day) * WEEKDAY_RHYTHM[day.weekday()] * season
    views = about((profile.views_then + (profile.views_now - profile.views_then) * progress) * lift)
    warmth = 0.92 + 0.16 * progress
    new = about((profile.followers_now - profile.followers_then) / DAYS * 1.35 * lift, 0.3)
    lost = about((profile.followers_now - profile.followers_then) / DAYS * 0.35, 0.4)
    followers = profile.followers_then + (profile.followers_now - profile.followers_then) * progress + (new - lost) * 0.4
    figures = {
        "impressions": about(views * 1.22, 0.04),
        "views": views,
        "reach": about(views * 0.71, 0.05),
        "likes": about(views * profile.likes * warmth),
        "comments": about(views * profile.comments * warmth),
        "shares": about(views * profile.shares * warmth),
        "tags": about(views * 0.0004),
        "link_clicks": about(views * profile.clicks * warmth),
        "profile_visits": about(views * 0.034),
        "followers": round(followers),
        "new_followers": new,
        "lost_followers": lost,
        "leads": about(views * profile.leads * warmth, 0.35),
    }
    if profile.saves is not None:
        figures["saves"] = about(views * profile.saves * warmth)
    if profile.video is not None:
        figures["video_views"] = about(views * profile.video, 0.02)
        figures["video_completions"] = about(views * profile.video * 0.23)
    figures["social_sessions"] = about(figures["link_clicks"] * 0.86, 0.03)
    figures["conversions"] = about(figures["leads"] * 0.44, 0.2)
    figures["new_customers"] = about(figures["conversions"] * 0.8, 0.1)
    return followers, figures


class WeekFigure(NamedTuple):
    start: date
    end: date
    measure: str
    value: int


def weekly_figures(story: Story) -> Iterator[WeekFigure]:
    """What the team writes down each week for the brand: mentions, messages, the website, customers' words."""
    chance = random.Random(f"{SEED} weekly")
    last_sunday = story.last_day - timedelta((story.last_day.weekday() + 1) % 7)
    weeks = 52
    for index in range(weeks):
        end = last_sunday - timedelta(7 * (weeks - 1 - index))
        for measure, value in _one_week(index / (weeks - 1), chance).items():
            yield WeekFigure(end - timedelta(6), end, measure, value)


def _one_week(progress: float, chance: random.Random) -> dict[str, int]:
    def about(then: float, now: float, spread: float = 0.1) -> int:
        return max(round((then + (now - then) * progress) * chance.uniform(1 - spread, 1 + spread)), 0)

    mentions = about(38, 61)
    received = about(210, 290)
    answered = min(about(196, 280, 0.03), received)
    issues = about(9, 12, 0.2)
    visits = about(1_650, 2_420)
    comments = about(84, 118)
    positive, negative = round(mentions * chance.uniform(0.48, 0.6)), round(mentions * chance.uniform(0.07, 0.12))
    return {
        "brand_mentions": mentions,
        "competitor_mentions": about(152, 190),
        "positive_mentions": positive,
        "negative_mentions": negative,
        "neutral_mentions": mentions - positive - negative,
        "branded_hashtag_posts": about(9, 17, 0.2),
        "messages_received": received,
        "messages_answered": answered,
        "first_response_minutes_total": answered * about(104, 38, 0.12),
        "inquiries_total": about(150, 188),
        "response_minutes_total": about(15_200, 12_600),
        "problem_response_minutes": about(4_300, 3_100),
        "issues_total": issues,
        "issues_resolved": min(round(issues * chance.uniform(0.82, 1.0)), issues),
        "total_visits": visits,
        "single_page_visits": round(visits * chance.uniform(0.45, 0.51)),
        "total_comments": comments,
        "satisfied_comments": round(comments * chance.uniform(0.81, 0.88)),
    }
