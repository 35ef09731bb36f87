"""What the demo's team learned, with the figures and posts that show it."""

from brands.models import User
from metrics.models import Finding, KpiValue
from strategies.models import Strategy


def write_findings(strategy: Strategy, author: User) -> None:
    films = Finding.objects.create(
        brand=strategy.brand,
        strategy=strategy,
        goal=strategy.goals.get(goal_type="engagement"),
        question="goals",
        text="Workshop films bring far more reactions for each view than offers do. Plan two a week, and offers once.",
        verdict=Finding.Verdict.WORKS,
        author=author,
    )
    published = strategy.posts.filter(publications__status="published", pillar__name__in=["Ustaxona", "Aksiya"]).distinct()
    films.posts.set(published.order_by("-pk")[:4])
    _keep(films, "audience_engagement")
    answers = Finding.objects.create(
        brand=strategy.brand,
        strategy=strategy,
        goal=strategy.goals.get(goal_type="service"),
        question="plan",
        text="Two people sharing the evenings halved the waiting time for a first answer.",
        verdict=Finding.Verdict.WORKS,
        author=author,
    )
    _keep(answers, "first_response_time")


def _keep(finding: Finding, kpi: str) -> None:
    """The last full month's value for the whole brand."""
    own = {"channel": None, "strategy": None, "campaign": None}
    values = KpiValue.objects.filter(brand=finding.brand, kpi=kpi, period="month", status="ok", **own)
    for figure in values.order_by("-start")[1:2]:
        finding.keep(figure)
