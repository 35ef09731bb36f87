"""The demo’s calendar: from the strategy’s start to the end of next month, in every state that a post can be in."""

import random
from datetime import date, datetime, timedelta

from brands.models import Brand, Channel, User
from calendar_app.models import Campaign, Comment, Post, Publication
from metrics.demo.figures import SEED, Story
from metrics.demo.people import LEAD, MARKETER
from metrics.demo.plan import month_after
from metrics.demo.posts import POSTS, WEEK, Slot, Words
from strategies.models import Strategy

PERMALINKS = {
    "instagram": "https://www.instagram.com/p/demo{}/",
    "telegram": "https://t.me/atlaslibos/{}",
    "tiktok": "https://www.tiktok.com/@atlas.libos/video/{}",
    "facebook": "https://www.facebook.com/atlaslibos.uz/posts/{}",
}
GOAL_OF_PILLAR = {"Mijozlarimiz": "service", "Uslub maslahati": "engagement", "Ustaxona": "audience"}


class CalendarWriter:
    """Fills the calendar of one strategy; `now` divides what went out from what is to come."""

    def __init__(self, brand: Brand, strategy: Strategy, channels: dict[str, Channel], people: dict[str, User], now: datetime):
        self.brand, self.strategy, self.channels, self.people, self.now = brand, strategy, channels, people, now
        self.chance = random.Random(f"{SEED} calendar")
        self.pillars = {pillar.name: pillar for pillar in strategy.pillars.all()}
        self.goals = {goal.goal_type: goal for goal in strategy.goals.all()}
        self.turn = dict.fromkeys(POSTS, 0)

    def write(self, story: Story) -> None:
        self.campaign = Campaign.objects.create(
            brand=self.brand, strategy=self.strategy, name="Kuzgi kolleksiya", start=story.campaign[0], end=story.campaign[1]
        )
        self.campaign.budget_lines.set(self.strategy.budget_lines.filter(kind="ads"))
        day, last = self.strategy.start, month_after(story.last_day, 2)
        while day < last:
            for slot in WEEK:
                # A week without TikTok, and now and then a slot left empty: people have holidays.
                if slot.weekday == day.weekday() and not self._is_skipped(slot, day):
                    self._fill(slot, day)
            day += timedelta(1)
        self._miss_the_latest()
        for title in ("Bozorda bir kun", "Beqasam nima?", "Новогодний подарок: сертификат"):
            Post.objects.create(
                brand=self.brand, strategy=self.strategy, title=title, state=Post.State.IDEA, owner=self.people[MARKETER]
            )

    def _miss_the_latest(self) -> None:
        """Nobody confirmed the last one before today's."""
        day_ago = self.now - timedelta(hours=18)
        latest = self.brand.publications.filter(status=Publication.Status.PUBLISHED, at__lt=day_ago).order_by("at").last()
        latest.status, latest.published_at = Publication.Status.MISSED, None
        latest.permalink = latest.platform_post_id = ""
        latest.save()

    def _is_skipped(self, slot: Slot, day: date) -> bool:
        on_holiday = slot.channel == "tiktok" and timedelta(16) <= self.now.date() - day <= timedelta(24)
        return on_holiday or self.chance.random() < 0.06

    def _fill(self, slot: Slot, day: date) -> None:
        words = self._next_words(slot.pillar)
        at = datetime.combine(day, slot.at, self.brand.zone)
        state, status = self._progress(at)
        post = self._post(slot, words, day, state)
        slugs = [slot.channel] + ([slot.also_on] if slot.also_on else [])
        for slug in slugs:
            self._publication(post, slug, at, status)
        if state == Post.State.IN_REVIEW:
            Comment.objects.create(
                post=post, author=self.people[MARKETER], text="Say the closing hour early, people ask it every year."
            )

    def _next_words(self, pillar: str) -> Words:
        words = POSTS[pillar][self.turn[pillar] % len(POSTS[pillar])]
        self.turn[pillar] += 1
        return words

    def _progress(self, at: datetime) -> tuple[str, str]:
        ahead = (at - self.now).total_seconds() / 86_400
        if ahead < 0:
            return Post.State.APPROVED, Publication.Status.PUBLISHED
        if ahead < 3:
            return Post.State.APPROVED, Publication.Status.SCHEDULED
        if ahead < 8:
            return self.chance.choice([Post.State.IN_REVIEW, Post.State.APPROVED]), Publication.Status.PLANNED
        return Post.State.DRAFT, Publication.Status.PLANNED

    def _post(self, slot: Slot, words: Words, day: date, state: str) -> Post:
        in_campaign = self.campaign.start <= day <= self.campaign.end and slot.pillar in {"Yangi kolleksiya", "Aksiya"}
        return Post.objects.create(
            brand=self.brand,
            strategy=self.strategy,
            goal=self.goals[GOAL_OF_PILLAR.get(slot.pillar, "sales")],
            pillar=self.pillars[slot.pillar],
            campaign=self.campaign if in_campaign else None,
            title=words.title,
            text=words.text,
            state=state,
            kind=Post.Kind.PROMO if slot.pillar == "Aksiya" else Post.Kind.PLANNED,
            format=words.format,
            journey_stage=words.journey_stage,
            purpose=words.purpose,
            owner=self.people[MARKETER if slot.weekday % 3 else LEAD],
            created_by=self.people[MARKETER],
        )

    def _publication(self, post: Post, slug: str, at: datetime, status: str) -> None:
        published = status == Publication.Status.PUBLISHED
        number = 1000 + post.pk
        Publication.objects.create(
            brand=self.brand,
            post=post,
            channel=self.channels[slug],
            at=at,
            status=status,
            published_at=at + timedelta(minutes=self.chance.randint(0, 6)) if published else None,
            permalink=PERMALINKS[slug].format(number) if published else "",
            platform_post_id=str(number) if published else "",
        )
