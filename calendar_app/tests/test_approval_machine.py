"""The machine of approvals under random hands: whoever presses what, in each way of approving."""

from dataclasses import dataclass
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from brands.models import Brand, Membership, Role, User
from brands.models.teams import ApprovalMode as Mode
from brands.versions import EditConflict
from calendar_app import approval, deciding, scheduling
from calendar_app.approval import STEPS, Guest
from calendar_app.models import Post, Publication, ReviewLink
from calendar_app.tests.conftest import person, soon

# Written by hand, not derived: from where to where a post may go at all, by the brand's way of approving.
ALWAYS = {
    ("idea", "draft"), ("draft", "idea"), ("in_review", "draft"), ("with_client", "draft"), ("approved", "draft"),
    ("changes_requested", "draft"), ("in_review", "changes_requested"), ("with_client", "changes_requested"),
}  # fmt: skip
ASKED = {("draft", "in_review"), ("changes_requested", "in_review"), ("approved", "in_review"), ("with_client", "in_review")}
LEGAL = {
    Mode.NONE: ALWAYS | {("draft", "approved"), ("in_review", "approved"), ("with_client", "approved")},
    Mode.OPTIONAL: ALWAYS | ASKED | {("draft", "approved"), ("in_review", "approved"), ("with_client", "approved")},
    Mode.REQUIRED: ALWAYS | ASKED | {("in_review", "approved"), ("with_client", "approved")},
    Mode.TWO_LEVELS: ALWAYS | ASKED | {("in_review", "with_client"), ("with_client", "approved")},
}
# Leads and clients more often: what they may not do is what matters.
PEOPLE = (
    "author", "author who leads", "author who leads", "author who leads", "lead", "lead", "other marketer", "viewer", "viewer",
    "guest", "guest", "guest of another", "revoked guest", "outsider",
)  # fmt: skip
OTHERWISE = ("rewrite", "rewrite", "retitle", "hand over", "old page", "word", *STEPS)
FORWARD = ("ready", "send", "approve", "pass_on", "client_approve")


@dataclass
class Stage:
    brand: Brand
    post: Post
    users: dict[str, User]
    links: dict[str, ReviewLink]
    mode: str
    hands: set[int]

    def actor(self, who: str):
        if who in self.links:
            return Guest(self.links[who], "Bahodir")
        membership = Membership.objects.filter(brand=self.brand, user=self.users[who]).select_related("user").first()
        # Somebody of another brand: what the door would turn away.
        return membership or Membership(brand=self.brand, user=self.users[who], role=0)

    def fresh(self) -> Post:
        return Post.objects.select_related("brand", "owner", "created_by").get(pk=self.post.pk)


@pytest.fixture
def cast(brand, telegram, marketer, lead, viewer) -> dict[str, User]:
    return {
        "author": marketer, "other marketer": person("other", brand, Role.MARKETER), "lead": lead,
        "author who leads": person("boss", brand, Role.LEAD), "viewer": viewer, "outsider": person("nobody"),
    }  # fmt: skip


def set_stage(brand: Brand, telegram, cast: dict[str, User], mode: str, author: str, state: str) -> Stage:
    brand.approval_mode = mode
    brand.save()
    post = Post.objects.create(
        brand=brand, title="Green tea", text="Hot tea", state=state, created_by=cast[author], owner=cast[author]
    )
    Publication.objects.create(brand=brand, post=post, channel=telegram, at=soon())
    until = timezone.now() + timedelta(14)
    links = {
        "guest": ReviewLink.objects.create(brand=brand, label="Bank", expires_at=until),
        "guest of another": ReviewLink.objects.create(brand=brand, label="Another", expires_at=until),
        "revoked guest": ReviewLink.objects.create(brand=brand, label="Old", expires_at=until, revoked_at=timezone.now()),
    }
    links["guest"].posts.add(post)
    links["revoked guest"].posts.add(post)
    return Stage(brand, post, cast, links, mode, {cast[author].pk})


def rewrite(stage: Stage, actor, field: str, text: str) -> None:
    """What the page of a post saves; its door lets only writers in."""
    if isinstance(actor, Guest) or not actor.may(Role.MARKETER):
        return
    before, post = stage.fresh(), stage.fresh()
    setattr(post, field, text)
    scheduling.update(post, before, [], actor, post.version)
    if field == "text":
        stage.hands = {post.owner_id, post.created_by_id, actor.user.pk}


def hand_over(stage: Stage, actor, to: User) -> None:
    if isinstance(actor, Guest) or not actor.may(Role.MARKETER):
        return
    post = stage.fresh()
    stage.hands = (stage.hands - {post.owner_id}) | {to.pk, post.created_by_id} | ({last} if (last := last_hand(post)) else set())
    post.owner = to
    post.save_version(post.version)


def last_hand(post: Post) -> int | None:
    return post.events.filter(verb__in=("edit", "rewritten")).order_by("-pk").values_list("actor", flat=True).first()


def chosen(stage: Stage, was: str, pick: int) -> str:
    """Of ten presses six are a step that leads on from here, so that posts get somewhere; the others are anything."""
    steps = [name for name, step in STEPS.items() if was in step.sources]
    forward = [name for name in steps if name in FORWARD and stage.mode in STEPS[name].who]
    names = (forward or steps) if pick % 10 < 4 else steps if pick % 10 < 6 else OTHERWISE
    return names[pick // 10 % len(names)]


def act(stage: Stage, who: str, action: str, number: int) -> None:
    actor = stage.actor(who)
    if action == "rewrite":
        rewrite(stage, actor, "text", f"Tea {number}")
    elif action == "retitle":
        rewrite(stage, actor, "title", f"Tea {number}")
    elif action == "hand over":
        hand_over(stage, actor, stage.users["lead" if number % 2 else "author"])
    elif action == "word":
        if isinstance(actor, Guest) and actor.link.works and actor.link.posts.filter(pk=stage.post.pk).exists():
            deciding.say_as_client(stage.fresh(), actor, agrees=bool(number % 2), why="Yaxshi", seen=stage.fresh().version)
    elif action == "old page":
        with pytest.raises((EditConflict, ValidationError)), transaction.atomic():
            deciding.decide(stage.fresh(), STEPS["take_back"], actor, stage.fresh().version - 1, "late")
    else:
        deciding.decide(stage.fresh(), STEPS[action], actor, stage.fresh().version, "Say the price")


def check(stage: Stage, who: str, was: str, seen: int) -> None:
    post = stage.fresh()
    now = approval.place(post)
    assert post.state in Post.State.values
    assert (post.lead_approved_at is not None) == (now == "with_client") == (post.lead_approved_by_id is not None)
    steps = [
        (event.was, event.became) for event in post.events.filter(pk__gt=seen, publication=None) if event.was and event.became
    ]
    assert steps == ([(was, now)] if now != was else []), "a change of state has exactly one line in the log"
    if now == was:
        return
    assert (was, now) in LEGAL[stage.mode]
    assert who not in ("outsider", "guest of another", "revoked guest")
    if now in ("approved", "with_client") and stage.mode in (Mode.REQUIRED, Mode.TWO_LEVELS):
        assert who in (
            ("viewer", "guest") if was == "with_client" and stage.mode == Mode.TWO_LEVELS else ("lead", "author who leads")
        )
        assert who == "guest" or stage.users[who].pk not in stage.hands, "nobody approves their own"
    if now == "changes_requested":
        assert post.events.filter(became=now).first().note


@given(
    mode=st.sampled_from(list(Mode)),
    author=st.sampled_from(["author", "author who leads"]),
    state=st.sampled_from(["draft", "in_review", "in_review"]),
    moves=st.lists(st.tuples(st.sampled_from(PEOPLE), st.integers(0, 199)), min_size=4, max_size=11),
)
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_hand_brings_a_post_where_it_may_not_be(brand, telegram, cast, mode, author, state, moves):
    with transaction.atomic():
        stage = set_stage(brand, telegram, cast, mode, author, state)
        for number, (who, pick) in enumerate(moves):
            post = stage.fresh()
            was, latest = approval.place(post), post.events.order_by("-pk").first()
            try:
                with transaction.atomic():
                    act(stage, who, chosen(stage, was, pick), number)
            except ValidationError:
                assert approval.place(stage.fresh()) == was
            check(stage, who, was, latest.pk if latest else 0)
        transaction.set_rollback(True)


@pytest.mark.parametrize("mode", Mode)
def test_each_mode_has_a_way_to_approved(brand, telegram, cast, mode):
    stage = set_stage(brand, telegram, cast, mode, "author", "draft")
    by = {"ready": "author", "send": "author", "approve": "lead", "pass_on": "lead", "client_approve": "viewer"}
    way = {
        Mode.NONE: ["ready"], Mode.OPTIONAL: ["send", "approve"], Mode.REQUIRED: ["send", "approve"],
        Mode.TWO_LEVELS: ["send", "pass_on", "client_approve"],
    }[mode]  # fmt: skip
    for name in way:
        deciding.decide(stage.fresh(), STEPS[name], stage.actor(by[name]), stage.fresh().version)
    assert stage.fresh().state == "approved"
    assert [event.verb for event in stage.post.events.order_by("pk")] == way
