"""How the demo's posts are approved: by the lead, then by the client; some wait, one came back, one was too late."""

from datetime import timedelta

from django.db.models import Min, Q
from django.utils import timezone

from brands.models import Brand, User
from brands.models.teams import ApprovalMode
from calendar_app import approval, talk
from calendar_app.approval import STEPS
from calendar_app.models import Post, Publication
from metrics.demo.people import LEAD, MARKETER, VIEWER


def tell_the_review(brand: Brand, people: dict[str, User]) -> None:
    brand.approval_mode = ApprovalMode.TWO_LEVELS
    brand.save(update_fields=["approval_mode"])
    waiting = brand.posts.filter(state__in=[Post.State.IN_REVIEW, Post.State.DRAFT], publications__at__gt=brand.now())
    keys = list(waiting.annotate(at=Min("publications__at")).order_by("at", "pk").values_list("pk", flat=True)[:7])
    # The shop has one lead: what she is to approve, others have written.
    brand.posts.filter(Q(pk__in=keys) | Q(state=Post.State.IN_REVIEW)).update(owner=people[MARKETER])
    posts = list(brand.posts.filter(pk__in=keys).annotate(at=Min("publications__at")).order_by("at", "pk"))
    members = {email: brand.memberships.get(user=user) for email, user in people.items() if email in (LEAD, MARKETER, VIEWER)}
    for post in posts:
        post.brand = brand
        for name in ("take_back", "send") if post.state == Post.State.IN_REVIEW else ("send",):
            approval.take(post, STEPS[name], members[MARKETER], post.version)
    for post in posts[:2]:
        approval.take(post, STEPS["pass_on"], members[LEAD], post.version)
    if posts:
        _talk(posts[0], members)
        _share(brand, posts[:2], people[LEAD])
    for post in posts[3:4]:
        approval.take(post, STEPS["return"], members[LEAD], post.version, "Aksiya qachon tugashini yozing, narx ham koʻrinsin.")
    _be_late(brand, people)
    brand.notifications.filter(kind__in=approval_kinds()).update(emailed_at=timezone.now())


def approval_kinds() -> tuple[str, ...]:
    return (
        "post_in_review",
        "post_waits_for_client",
        "post_changes_requested",
        "post_commented",
        "post_mentioned",
        "post_answered",
    )


def _talk(post: Post, members: dict) -> None:
    question = talk.say(post, members[MARKETER], "@Dilnoza narx doʻkon bilan kelishilgan. Rasm shu boʻlsinmi?", visible=False)
    talk.say(post, members[LEAD], "Ha, ikkinchisi yorugʻroq.", visible=False, answers=question)
    talk.say(post, members[VIEWER], "Ish vaqtini ham yozsak boʻladimi?", visible=True)


def _share(brand: Brand, posts: list[Post], lead: User) -> None:
    link = brand.review_links.create(
        label="Bahodir, doʻkon egasi", expires_at=timezone.now() + timedelta(14), created_by=lead,
        opened_at=timezone.now() - timedelta(hours=3),
    )  # fmt: skip
    link.posts.set(posts)


def _be_late(brand: Brand, people: dict[str, User]) -> None:
    """A draft that nobody sent to review in time."""
    post = Post.objects.create(
        brand=brand, title="Yomgʻirli kun uchun 3 obraz", text="Palto, kamzul va issiq roʻmol. Qaysi biri sizniki?", format="image",
        owner=people[MARKETER], created_by=people[MARKETER],
    )  # fmt: skip
    channel = brand.channels.get(platform__slug="telegram")
    at = (brand.now() - timedelta(days=1)).replace(hour=17, minute=0, second=0, microsecond=0)
    Publication.objects.create(brand=brand, post=post, channel=channel, at=at, status=Publication.Status.EXPIRED)
