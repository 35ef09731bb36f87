"""The spans that a page of results can look at: named ones, and the reader's own."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from metrics.periods import DAY, Span, last_days, month_of, quarter_of

LONGEST_SPAN = 3 * 366
EARLIEST, LATEST = date(2000, 1, 1), date(2100, 12, 31)


@dataclass(frozen=True)
class Preset:
    name: str
    label: Promise
    span: Callable[[date], Span]


PRESETS = (
    Preset("7", _("Last 7 days"), lambda today: last_days(7, today)),
    Preset("28", _("Last 28 days"), lambda today: last_days(28, today)),
    Preset("90", _("Last 90 days"), lambda today: last_days(90, today)),
    Preset("month", _("This month"), lambda today: Span(month_of(today).start, today)),
    Preset("last_month", _("Last month"), lambda today: month_of(month_of(today).start - DAY)),
    Preset("quarter", _("This quarter"), lambda today: Span(quarter_of(today).start, today)),
)
BY_NAME = {preset.name: preset for preset in PRESETS}
DEFAULT = "28"
OWN = "own"
STRATEGY = "strategy"
