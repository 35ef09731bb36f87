"""The demo brand: a clothes shop in Tashkent with a plan, a calendar and a year of figures."""

from django.db import transaction

from brands.audit import made_up, record
from brands.models import Brand, User
from metrics.demo.audience import ask_the_audience
from metrics.demo.budget import plan_money
from metrics.demo.calendar import CalendarWriter
from metrics.demo.channels import describe_channels
from metrics.demo.cycle_before import tell_the_cycle_before
from metrics.demo.figures import Story
from metrics.demo.health import write_health
from metrics.demo.history import date_the_approval, tell_history
from metrics.demo.lessons import write_findings
from metrics.demo.links import share
from metrics.demo.measured import create_observations, last_measured_day
from metrics.demo.media import illustrate
from metrics.demo.mentions import write_mentions
from metrics.demo.mix import create_mix
from metrics.demo.money import create_ledger
from metrics.demo.monitoring import write_monitoring
from metrics.demo.people import LEAD, MARKETER, create_channels, create_sample_team, create_team
from metrics.demo.plan import create_strategy
from metrics.demo.plan_files import plan_in_files
from metrics.demo.plans import create_plans
from metrics.demo.reports import write_reports
from metrics.demo.returning import create_returning
from metrics.demo.review import tell_the_review
from metrics.demo.team import tell_the_teams_week
from metrics.demo.worth import create_worths
from metrics.kpi import KPIS
from metrics.models import KpiClass, ReportSchedule
from metrics.recompute import recompute_all_of
from strategies.approval import TRANSITIONS, carry_out
from strategies.models import Strategy

SLUG = "atlas-libos"


def exists() -> bool:
    return Brand.objects.filter(slug=SLUG).exists()


@transaction.atomic
def create(slug: str = "", lead: User | None = None) -> Brand:
    """The whole demo brand, told up to yesterday. All of it or nothing. With a lead, a sample that this person looks around in.

    To the audit log it is one act: what its people did in that year, nobody did.
    """
    with made_up():
        brand = _told(slug, lead)
    record("brand_demo_made", brand=brand, person=lead, on=brand)
    return brand


def _told(slug: str, lead: User | None) -> Brand:
    brand = Brand.objects.create(
        name="Atlas Libos",
        slug=slug or SLUG,
        is_sample=lead is not None,
        business_type="small",
        about="Clothes, Tashkent",
        website="https://atlaslibos.example.com/",
        language="uz",
    )
    people, channels = create_sample_team(brand, lead) if lead else create_team(brand), create_channels(brand)
    strategy = create_strategy(brand, channels, people, brand.today())
    plan_money(strategy, channels, people)
    ask_the_audience(strategy, people)
    describe_channels(strategy, channels, people)
    create_mix(strategy, channels, people)
    story = Story.until(last_measured_day(brand.today()))
    CalendarWriter(brand, strategy, channels, people, brand.now()).write(story)
    tell_the_teams_week(brand, people)
    tell_the_review(brand, people)
    create_plans(brand, strategy, channels, people)
    illustrate(brand, people)
    create_returning(brand, strategy, channels, people)
    create_observations(brand, channels, people[MARKETER], story)
    write_mentions(brand, people)
    create_ledger(brand, strategy, channels, people[LEAD], story.last_day)
    create_worths(strategy, people[LEAD])
    recompute_all_of(brand.pk)
    write_findings(strategy, people[LEAD])
    tell_the_cycle_before(strategy, channels, people)
    write_monitoring(strategy, channels, people)
    _conclude(strategy, people)
    plan_in_files(brand, people)
    write_reports(brand, people)
    if lead:
        ReportSchedule.objects.filter(report__brand=brand).delete()
    else:
        _keep_a_class()
    return brand


def _conclude(strategy: Strategy, people: dict[str, User]) -> None:
    """What became of the plan: its history, its approval, its health, and who may read it."""
    tell_history(strategy, people)
    carry_out(TRANSITIONS["approve"], strategy, people[LEAD])
    date_the_approval(strategy)
    write_health(strategy, people[LEAD])
    share(strategy, people[LEAD])


def _keep_a_class() -> None:
    """As it is declared, so that nothing changes: the administration has a row to look at."""
    KpiClass.objects.get_or_create(kpi="reach_rate", defaults={"klass": KPIS["reach_rate"].klass.value})
