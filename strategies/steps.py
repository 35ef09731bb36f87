"""The wizard, declared: STEPS, stage by stage. Navigation, pages, ticks and tests derive from it.

A new step is a row here and a Page (`strategies/pages/`) with its template; what it must hold is a gate (`gates.py`).
"""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from strategies.gates import GATES, Gate, Missing, register_gate, step_url
from strategies.models import Stage, Strategy
from strategies.pages import (
    analysis,
    audience,
    audits,
    budget,
    channels,
    goals,
    incidents,
    methods,
    mix,
    monitoring,
    planning,
    plans,
    platforms,
    resources,
    risks,
    strategies,
)
from strategies.pages.base import Page

__all__ = ["STEPS", "Missing", "Step", "find", "register_gate", "step_url", "steps_of"]


@dataclass(frozen=True, slots=True)
class Step:
    slug: str
    stage: Stage
    label: str | Promise
    title: str | Promise  # the question the page asks
    why: str | Promise
    page: type[Page]

    @property
    def gates(self) -> tuple[Gate, ...]:
        return tuple(gate for gate in GATES if gate.step == self.slug)

    @property
    def number(self) -> int:
        """Its place within its stage, from 1."""
        return steps_of(self.stage).index(self) + 1

    @property
    def count(self) -> int:
        return len(steps_of(self.stage))

    @property
    def before(self) -> "Step | None":
        place = STEPS.index(self)
        return STEPS[place - 1] if place else None

    @property
    def after(self) -> "Step | None":
        place = STEPS.index(self) + 1
        return STEPS[place] if place < len(STEPS) else None

    @property
    def term(self) -> str:
        """The entry of the library that explains what the step is about."""
        return TERMS[self.slug]

    def url(self, strategy: Strategy) -> str:
        return step_url(strategy, self.slug)


STEPS = (
    Step(
        "business-goals",
        Stage.GOALS,
        _("Business goals"),
        _("What does the business itself want?"),
        _(
            "A number nobody needs is the fourth of the eight common mistakes: popularity without benefit. Every goal of the"
            " strategy will be tied to one of these."
        ),
        goals.BusinessGoalsPage,
    ),
    Step(
        "goals",
        Stage.GOALS,
        _("SMART goals"),
        _("What should this strategy achieve?"),
        _(
            "A goal with a number and a date lets the app say each week whether you are on pace, and pick the posts that moved"
            " it. Two to five goals are enough for half a year."
        ),
        goals.GoalPage,
    ),
    Step(
        "targets",
        Stage.GOALS,
        _("KPIs and targets"),
        _("How will you see that a goal is reached?"),
        _(
            "A goal is judged by its primary figures. A guard is a figure that must not suffer meanwhile: more leads are worth"
            " little when the visitors turn round at the door."
        ),
        goals.TargetsPage,
    ),
    Step(
        "plan",
        Stage.PLANNING,
        _("Six planning steps"),
        _("How will you get there?"),
        _("A plan says what, who and by when. Without a person and a day it is a wish, the first of the eight common mistakes."),
        planning.PlanPage,
    ),
    Step(
        "audience",
        Stage.PLANNING,
        _("Audience"),
        _("Whom do you speak to?"),
        _("Six questions, in your own words. Whoever speaks to everybody is heard by nobody."),
        audience.AudiencePage,
    ),
    Step(
        "personas",
        Stage.PLANNING,
        _("Personas"),
        _("Who is the person you write for?"),
        _(
            "A persona is one invented customer with a name, a worry and an hour of the day. It decides tone, platform and time"
            " faster than any table."
        ),
        audience.PersonasPage,
    ),
    Step(
        "audits",
        Stage.PLANNING,
        _("Audits"),
        _("Where do you stand, and where do others?"),
        _("What works already, what does not, and which gap your competitors leave. The gaps lead to the choice of channels."),
        audits.AuditsPage,
    ),
    Step(
        "resources",
        Stage.PLANNING,
        _("Assets and resources"),
        _("What can you build on?"),
        _("A plan that needs what nobody has stops in its second week. Say what is there, what is short and who gets it."),
        resources.ResourcesPage,
    ),
    Step(
        "risks",
        Stage.PLANNING,
        _("Risks"),
        _("What may go wrong?"),
        _("A problem that was foreseen is half solved: when it comes, everybody knows what to do, and who."),
        risks.RisksPage,
    ),
    Step(
        "budget",
        Stage.PLANNING,
        _("Budget"),
        _("What may it cost?"),
        _("All costs count: advertising, people, tools, production. Without them there is no return on investment to speak of."),
        budget.BudgetPage,
    ),
    Step(
        "type",
        Stage.STRATEGIES,
        _("Strategy type"),
        _("What kind of strategy is it?"),
        _(
            "The type decides who begins the talk, what the team must be able to do and which figures matter. One leads; others"
            " may go along."
        ),
        strategies.TypePage,
    ),
    Step(
        "platforms",
        Stage.STRATEGIES,
        _("Platform choice"),
        _("Which platforms fit?"),
        _(
            "Not every platform: a few, where your people are and where you can keep going. The score shows its reasons, and you may know better."
        ),
        platforms.PlatformsPage,
    ),
    Step(
        "channels",
        Stage.STRATEGIES,
        _("Channels and cadence"),
        _("Where will you be, and how often?"),
        _(
            "A few channels where your audience is, kept up over months, beat many that fall silent: three or four are what a"
            " team can carry."
        ),
        channels.ChannelsPage,
    ),
    Step(
        "pillars",
        Stage.STRATEGIES,
        _("Content pillars"),
        _("What will you keep speaking about?"),
        _("Pillars are the few subjects the brand returns to. Their shares become the mix of the calendar."),
        strategies.PillarsPage,
    ),
    Step(
        "mix",
        Stage.STRATEGIES,
        _("Content mix"),
        _("Which kinds of posts, and how many of each?"),
        _(
            "People who do not know you yet need other posts than those who bought. A plan that only attracts, or only entertains those who are there, runs dry."
        ),
        mix.MixPage,
    ),
    Step(
        "methods",
        Stage.STRATEGIES,
        _("Paid and free ways"),
        _("How will people hear of it?"),
        _("Good posts that nobody sees change nothing. Some ways cost money, others time; the goals and the budget decide."),
        methods.MethodsPage,
    ),
    Step(
        "plans",
        Stage.STRATEGIES,
        _("Plans and slots"),
        _("What goes out on which day?"),
        _(
            "The communication plan looks half a year or a year ahead; the editorial plan says what goes out on Tuesday. Its slots fill the calendar."
        ),
        plans.PlansPage,
    ),
    Step(
        "watch",
        Stage.MONITORING,
        _("What is watched"),
        _("What will you keep an eye on?"),
        _("Monitoring is a habit: a figure, a rhythm, a person, and what happens when it goes wrong."),
        monitoring.WatchPage,
    ),
    Step(
        "plan-and-actual",
        Stage.MONITORING,
        _("Plan and actual"),
        _("Is it going as planned?"),
        _("Posts planned against posts published, week by week, and the latest values of what you watch."),
        monitoring.PlanAndActualPage,
    ),
    Step(
        "incidents",
        Stage.MONITORING,
        _("Incidents"),
        _("What happened that was not planned?"),
        _("Written down while it is fresh: what happened, what you did, what came of it. The analysis will ask."),
        incidents.IncidentsPage,
    ),
    Step(
        "questions",
        Stage.ANALYSIS,
        _("Five questions"),
        _("What came of it?"),
        _("Look at the evidence first, then give your verdict: the app gathers the figures, you know the reasons."),
        analysis.QuestionsPage,
    ),
    Step(
        "findings",
        Stage.ANALYSIS,
        _("Findings"),
        _("What did you learn?"),
        _("A finding is a sentence with its proof. The next strategy begins with it."),
        analysis.FindingsPage,
    ),
    Step(
        "decision",
        Stage.ANALYSIS,
        _("Decision"),
        _("What happens next?"),
        _("Continue, adjust or stop, and why. Then the next cycle starts at the first stage."),
        analysis.DecisionPage,
    ),
)

# Step -> the entry of the library that tells more of it.
TERMS = {
    "business-goals": "business_goal", "goals": "smart", "targets": "target", "plan": "planning_steps", "audience": "audience",
    "personas": "persona", "audits": "audit", "resources": "asset", "risks": "risk", "budget": "budget", "type": "types",
    "platforms": "platform_fit", "channels": "capability", "pillars": "pillar", "mix": "mix", "methods": "advertising",
    "plans": "editorial_plan", "watch": "watch_list", "plan-and-actual": "cadence", "incidents": "incident",
    "questions": "analysis", "findings": "finding", "decision": "cycle",
}  # fmt: skip

_BY_SLUG = {step.slug: step for step in STEPS}


def find(slug: str) -> Step | None:
    return _BY_SLUG.get(slug)


def steps_of(stage: Stage) -> list[Step]:
    return [step for step in STEPS if step.stage is stage]
