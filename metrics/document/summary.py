"""The first page in a few sentences, each with its numbers. What is not known is not said."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from brands.templatetags.ui import day_year, money, number
from metrics.document.figures import Figures
from metrics.kpi import Pace
from metrics.readings import plain
from strategies.models import Strategy

LATE = (Pace.AT_RISK, Pace.BEHIND, Pace.MISSED)


def sentences(strategy: Strategy, found: Figures, said: dict[str, Any]) -> list[str]:
    parts = (_time(strategy), _goals(found), _places(strategy), _plan(found), _money(strategy, said), _learned(strategy, said))
    return [sentence for part in parts for sentence in part]


def _time(strategy: Strategy) -> Iterator[str]:
    today, days = strategy.brand.today(), strategy.days
    dates = {"start": day_year(strategy.start), "end": day_year(strategy.end), "days": number(days)}
    if today < strategy.start:
        yield _("The strategy runs from %(start)s to %(end)s, %(days)s days. It has not begun.") % dates
    elif today > strategy.end:
        yield _("The strategy ran from %(start)s to %(end)s, %(days)s days. It is over.") % dates
    else:
        gone = {"day": number((today - strategy.start).days + 1)}
        yield _("The strategy runs from %(start)s to %(end)s; today is day %(day)s of %(days)s.") % (dates | gone)


def _goals(found: Figures) -> Iterator[str]:
    paces = [goal.leading.pace for goal in found.goals if goal.leading]
    if not found.goals:
        return
    good = sum(pace in (Pace.ACHIEVED, Pace.ON_TRACK) for pace in paces)
    counts = {"count": number(len(found.goals)), "good": number(good), "late": number(sum(pace in LATE for pace in paces))}
    if any(pace not in (Pace.NO_DATA, Pace.NOT_STARTED) for pace in paces):
        yield (
            ngettext(
                "It pursues %(count)s goal: %(good)s reached or on track, %(late)s behind or at risk.",
                "It pursues %(count)s goals: %(good)s reached or on track, %(late)s behind or at risk.",
                len(found.goals),
            )
            % counts
        )
    else:
        yield ngettext("It pursues %(count)s goal.", "It pursues %(count)s goals.", len(found.goals)) % counts


def _places(strategy: Strategy) -> Iterator[str]:
    rows, pillars = list(strategy.strategy_channels.all()), len(strategy.pillars.all())
    if not rows:
        return
    posts = sum(row.posts_per_week for row in rows)
    names = ", ".join(dict.fromkeys(row.channel.platform.name for row in rows))
    yield _("It speaks on %(channels)s, %(posts)s posts a week together.") % {"channels": names, "posts": number(posts)}
    if pillars:
        said = ngettext("Its content stands on %(count)s pillar.", "Its content stands on %(count)s pillars.", pillars)
        yield said % {"count": number(pillars)}


def _plan(found: Figures) -> Iterator[str]:
    planned, published = found.value("posts_planned"), found.value("posts_published")
    if not planned or published is None:
        return
    numbers = {"planned": plain(round(planned, 0)), "published": plain(published), "share": found.shown("schedule_adherence")}
    yield (
        _(
            "So far %(published)s posts went out and %(planned)s were planned; counted week by week, the plan was kept to %(share)s."
        )
        % numbers
    )


def _money(strategy: Strategy, said: dict[str, Any]) -> Iterator[str]:
    if not said.get("budget_total"):
        return
    planned = money(said["budget_total"], strategy.brand.currency)
    yield _("%(planned)s are planned; %(spent)s were spent so far.") % {"planned": planned, "spent": said["budget_spent"]}


def _learned(strategy: Strategy, said: dict[str, Any]) -> Iterator[str]:
    count = len(said["findings"])
    if count:
        yield ngettext("%(count)s finding is written down.", "%(count)s findings are written down.", count) % {
            "count": number(count)
        }
    if strategy.decision:
        yield _("The decision: %(decision)s.") % {"decision": str(strategy.get_decision_display()).lower()}
