"""Who reads the demo's strategy without an account."""

from datetime import timedelta

from django.utils import timezone

from brands.models import User
from strategies.models import Strategy


def share(strategy: Strategy, lead: User) -> None:
    strategy.share_links.create(
        name="Bahodir, hamkor", language="uz", expires_at=timezone.now() + timedelta(60), created_by=lead, opened_count=3,
        opened_at=timezone.now() - timedelta(2),
    )  # fmt: skip
    strategy.share_links.create(name="Bank", language="en", revoked_at=timezone.now() - timedelta(9), created_by=lead)
