"""What the page of one post shows: the form, the checks, the way it goes, why it exists, and the talk about it."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import Count, Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from brands.models import Membership, Role
from calendar_app import approval, delivery, links
from calendar_app.approval_desk import Desk, desk_of
from calendar_app.attached import files_of
from calendar_app.forms import ChannelPlanForm, LinkForm, OutingForm, PostForm, PublishedForm
from calendar_app.media import ACCEPTED
from calendar_app.models import MediaFile, Post, Publication
from calendar_app.post_checks import Check, Draft, Found, draft_of, examine
from calendar_app.talk import talk_of
from calendar_app.text_length import TOP_LEVEL_DOMAINS

Status = Publication.Status
MEDIA_FIRST = {"instagram", "tiktok", "youtube", "pinterest", "telegram"}


@dataclass
class Look:
    """One channel's text as it is now, with what the checks say."""

    plan: ChannelPlanForm | None
    publication: Publication | None
    draft: Draft
    found: list[Found]
    passed: list[Check]
    files: list[MediaFile] = field(default_factory=list)
    link: str = ""
    first_comment: str = ""

    @property
    def channel(self):
        return self.plan.channel if self.plan else self.publication.channel

    @property
    def name(self) -> str:
        return f"channel-{self.channel.pk}"

    @property
    def worst(self) -> str:
        levels = {found.level for found in self.found}
        return next((level for level in ("error", "warning") if level in levels), "")

    @property
    def fold(self) -> int:
        return self.draft.platform.text_shown or 0

    @property
    def media_first(self) -> bool:
        """The network shows the picture above the words."""
        return self.draft.platform.slug in MEDIA_FIRST

    @property
    def host(self) -> str:
        """The address as previews of links name it."""
        return self.link.partition("//")[2].partition("/")[0].partition("?")[0].removeprefix("www.")

    @property
    def shown_text(self) -> str:
        return self.draft.text[: self.fold].rstrip() if self.is_folded else self.draft.text

    @property
    def is_folded(self) -> bool:
        return bool(self.fold) and len(self.draft.text) > self.fold


@dataclass
class Going:
    """One publication with what may be done with it."""

    publication: Publication
    acts: list
    published_form: PublishedForm | None
    link_form: LinkForm | None
    is_open: bool = False

    @property
    def can_move(self) -> bool:
        return not self.publication.is_settled


@dataclass
class Next:
    """The one obvious action: a button that saves and goes on, or a place on the page."""

    then: str
    label: str | Promise
    icon: str
    anchor: str = ""


def state_after(then: str) -> str:
    return Post.State.IDEA if then == "idea" else Post.State.DRAFT


def form_page(form: PostForm) -> dict:
    looks = _looks_of_form(form)
    return {
        "form": form,
        "post": form.instance if form.before else None,
        "looks": looks,
        "chosen_looks": [look for look in looks if look.plan.is_on],
        "attached": form.attached,
        "accepted": ACCEPTED,
        "media_limit": min(
            (limit for look in looks if look.plan.is_on and (limit := look.draft.platform.media_limit)), default=0
        ),
        "hashtag_sets": form.brand.hashtag_sets.all(),
        "post_templates": form.brand.post_templates.defer("content") if form.before is None else [],
        "tlds": " ".join(sorted(TOP_LEVEL_DOMAINS)),
        "next": Next("send", _("Send to review"), icon="send") if form.before is None else None,
        "may_write": True,
    }


def post_page(post: Post, membership: Membership, form: PostForm | None = None, refused: OutingForm | None = None) -> dict:
    may_write = membership.may(Role.MARKETER)
    context: dict = {"looks": looks_of(post)}
    if may_write:
        form = form or PostForm(instance=post, brand=post.brand, membership=membership)
        context = form_page(form)
        post = form.before if form.is_bound else post
    desk = desk_of(post, membership)
    context |= {
        "post": post,
        "may_write": may_write,
        "goings": _goings(post, membership, refused),
        "desk": desk,
        "steps": desk.steps,
        "next": _next(post, membership, desk),
        "path": _path(post),
        "talk": talk_of(post, membership),
        "events": post.events.select_related("actor", "publication__channel__platform")[:12] if may_write else [],
        "is_published": any(row.status == Status.PUBLISHED for row in _publications(post)),
        "reach": _thread_counts(post),
    }
    return context


def _publications(post: Post) -> list[Publication]:
    rows = list(post.publications.select_related("channel__platform"))
    for row in rows:
        row.post = post
    return rows


def _looks_of_form(form: PostForm) -> list[Look]:
    text, format, link, comment = (str(form[name].value() or "") for name in ("text", "format", "link", "first_comment"))
    media, adds_utm = form.media_now, bool(form["adds_utm"].value())
    looks = []
    for plan in form.plans:
        draft = plan.draft(text.replace("\r\n", "\n"), format, link, media, adds_utm)
        looks.append(Look(plan, plan.publication, draft, *examine(draft), form.attached.files, _built(draft, form), comment))
    return looks


def looks_of(post: Post, publications: Iterable[Publication] | None = None) -> list[Look]:
    """The post on each of its channels as it is stored; a page of many posts hands over what it has loaded."""
    files, looks = files_of(post), []
    for row in _publications(post) if publications is None else publications:
        draft = draft_of(row, files)
        looks.append(Look(None, row, draft, *examine(draft), files, row.tagged_link, post.first_comment))
    return looks


def _built(draft: Draft, form: PostForm) -> str:
    """The post's link as it goes out on this channel, from what is in the form now."""
    link = (draft.link if "://" in draft.link else f"https://{draft.link}") if draft.link.strip() else ""
    if not draft.adds_utm or not link:
        return link
    campaign, content = (str(form[name].value() or "").strip() for name in ("utm_campaign", "utm_content"))
    medium = links.PAID if form["is_paid"].value() else links.ORGANIC
    return links.tagged(
        link, source=draft.platform.slug, medium=medium, campaign=campaign or links.word(form.chosen_campaign()), content=content
    )


def _goings(post: Post, membership: Membership, refused: OutingForm | None) -> list[Going]:
    may_write = membership.may(Role.MARKETER)
    goings = []
    for row in sorted(_publications(post), key=lambda row: (row.at is None, row.at, row.pk)):
        acts = delivery.open_acts(row) if may_write else []
        mine = refused if refused and refused.publication.pk == row.pk else None
        published_form = link_form = None
        if any(act.name == "publish" for act in acts):
            published_form = mine if isinstance(mine, PublishedForm) else PublishedForm(brand=post.brand, publication=row)
        elif row.status == Status.PUBLISHED and not row.permalink:
            # It is out, and nobody has said where it can be seen.
            link_form = mine if isinstance(mine, LinkForm) else LinkForm(publication=row)
        buttons = [act for act in acts if act.name != "publish"]
        goings.append(Going(row, buttons, published_form, link_form, is_open=mine is not None))
    return goings


def _next(post: Post, membership: Membership, desk: Desk) -> Next | None:
    if desk.forward:
        return Next(desk.forward.name, desk.forward.label, desk.forward.icon)
    if post.state != Post.State.APPROVED or not membership.may(Role.MARKETER):
        return None
    statuses = {row.status for row in _publications(post)}
    if statuses & {Status.DUE, Status.MISSED}:
        return Next("", _("Mark as published"), icon="checks", anchor="delivery")
    if Status.EXPIRED in statuses:
        return Next("", _("Choose a new time"), icon="calendar-share", anchor="delivery")
    return Next("schedule", _("Schedule"), icon="clock") if Status.PLANNED in statuses else None


def _path(post: Post) -> list[tuple[str, bool]]:
    """(state, is it the current one) along the way from draft to published."""
    statuses = {row.status for row in _publications(post)}
    here = approval.place(post)
    way = (*approval.way(post.brand.approval_mode), Status.SCHEDULED, Status.PUBLISHED)
    if post.state == Post.State.APPROVED:
        furthest = (Status.PUBLISHED, Status.SCHEDULED, Status.DUE, Status.MISSED)
        open_ones = statuses - {Status.CANCELLED}
        if open_ones == {Status.PUBLISHED}:
            here = Status.PUBLISHED
        elif open_ones & set(furthest) and Status.PLANNED not in open_ones:
            here = Status.SCHEDULED
    elif post.state == Post.State.CHANGES_REQUESTED:
        return [(Post.State.CHANGES_REQUESTED, True), *((state, False) for state in way[1:])]
    elif post.state == Post.State.IDEA:
        return [(Post.State.IDEA, True), *((state, False) for state in way)]
    if here not in way:
        # Left there by a way of approving that the brand has given up since.
        return [(here, True), *((state, False) for state in way[1:])]
    return [(state, state == here) for state in way]


def _thread_counts(post: Post) -> dict:
    """How many posts the campaign and the pillar of this post have, in one query."""
    if not post.campaign_id and not post.pillar_id:
        return {}
    return Post.objects.filter(Q(campaign=post.campaign_id) | Q(pillar=post.pillar_id), brand=post.brand_id).aggregate(
        campaign=Count("pk", filter=Q(campaign=post.campaign_id)), pillar=Count("pk", filter=Q(pillar=post.pillar_id))
    )
