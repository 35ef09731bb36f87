"""The way from an empty brand to a read result. Each step is a page; whether it is done is read from the rows."""

from dataclasses import dataclass

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils.translation import gettext as _

from brands.models import Brand, Role
from calendar_app.models import PlanFile, Post
from metrics.models import Import, Observation


@dataclass
class FirstStep:
    name: str
    title: str
    detail: str
    action: str
    url: str
    is_done: bool
    for_role: Role = Role.MARKETER
    may: bool = False


@dataclass(frozen=True)
class Bring:
    """Something the person may have already, and the page that takes it."""

    icon: str
    title: str
    detail: str
    url: str


def first_steps(brand: Brand) -> list[FirstStep]:
    """All steps with what is done; empty once there is nothing left but to read."""
    state = Brand.objects.filter(pk=brand.pk).annotate(
        has_channels=Exists(brand.channels.filter(brand=OuterRef("pk"))),
        has_strategy=Exists(brand.strategies.filter(brand=OuterRef("pk"))),
        has_posts=Exists(brand.publications.filter(brand=OuterRef("pk"), at__isnull=False)),
        has_words=Exists(Post.objects.filter(brand=OuterRef("pk")).exclude(text="", state__in=(Post.State.IDEA, Post.State.DRAFT))),
        has_figures=Exists(Observation.objects.filter(brand=OuterRef("pk"))),
    ).get()  # fmt: skip
    steps = [
        FirstStep("channels", _("Add your channels"), _("Where you publish: Instagram, Telegram and so on."), _("Add channels"),
                  _to("brands:first_steps", brand), state.has_channels, Role.LEAD),
        FirstStep("plan", _("Make a first plan"), _("Goals, subjects and cadence that suit your business, on one page."),
                  _("Start planning"), _to("calendar:quick_plan", brand), state.has_strategy),
        FirstStep("fill", _("Fill the calendar"), _("Posts for the next weeks, each with its goal."), _("Open calendar"),
                  _to("calendar:month", brand), state.has_posts),
        FirstStep("write", _("Write the first post"), _("The drafts have ideas as titles: write over them."), _("Write"),
                  _first_post(brand), state.has_words),
        FirstStep("figures", _("Import figures"), _("Files from Meta Business Suite, X or any table."), _("Import file"),
                  _to("metrics:imports", brand), state.has_figures),
        FirstStep("results", _("Read your results"), _("KPIs with their working, and what came back for the money."),
                  _("See results"), _to("metrics:results", brand), False, Role.VIEWER),
    ]  # fmt: skip
    return [] if all(step.is_done for step in steps[:-1]) else steps


def bring(brand: Brand, steps: list[FirstStep]) -> list[Bring]:
    """What people have from before: offered until they brought it, or the calendar or the results have something."""
    done = {step.name for step in steps if step.is_done}
    offers = []
    if steps and "fill" not in done and not PlanFile.objects.filter(brand=brand, status=PlanFile.Status.APPLIED).exists():
        offers.append(
            Bring(icon="calendar-plus", title=_("I have a calendar"), detail=_("A table, or a file of Buffer, Hootsuite or another planner."),
                  url=_to("calendar:plan_files", brand))
        )  # fmt: skip
    if steps and "figures" not in done and not brand.imports.filter(status=Import.Status.APPLIED).exists():
        offers.append(
            Bring(icon="file-import", title=_("I have figures"), detail=_("An export of Meta, X, LinkedIn, TikTok, YouTube or any table."),
                  url=_to("metrics:imports", brand))
        )  # fmt: skip
    return offers


def _first_post(brand: Brand) -> str:
    found = brand.posts.to_be_written().first()
    return reverse("calendar:post", args=[brand.slug, found.pk]) if found else _to("calendar:new_post", brand)


def _to(name: str, brand: Brand) -> str:
    return reverse(name, args=[brand.slug])
