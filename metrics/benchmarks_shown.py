"""What a KPI is held against: the brand's own time before first, then what others reach, each with its age and its catches."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from metrics import kpi_sources
from metrics.forms.period import Asked
from metrics.kpi import Kpi
from metrics.models import Benchmark
from metrics.readings import Reading, in_unit, label_of

OLD_AFTER_DAYS = 366


@dataclass(frozen=True)
class Shown:
    """A benchmark in the reader's words."""

    row: Benchmark
    kpi: Kpi
    today: date
    currency: str

    @property
    def value(self) -> str:
        low, high = (self._said(value) for value in (self.row.low, self.row.high))
        if self.row.low is None:
            return _("up to %(value)s") % {"value": high}
        return low if self.row.high is None else f"{low} – {high}"

    def _said(self, value) -> str:
        return in_unit(value, self.kpi.unit, self.row.currency)

    @property
    def source(self) -> str:
        return kpi_sources.say(self.row.source)

    @property
    def region(self) -> str:
        return _("World") if self.row.region == "World" else self.row.region

    @property
    def note(self) -> str:
        return self.row.note_in(get_language())

    @property
    def catches(self) -> list[str]:
        """Why it may not fit: other people, another day, another whole, another currency."""
        found = [self.note] if self.note else []
        if not self.row.is_comparable:
            said = _("It is measured over another whole (%(measure)s), so it is not comparable.")
            found.append(said % {"measure": label_of(self.row.over)})
        if (self.today - self.row.as_of).days > OLD_AFTER_DAYS:
            found.append(_("It is more than a year old."))
        if self.row.currency and self.row.currency != self.currency:
            found.append(_("It is in another currency, which is not converted."))
        return found


def benchmarks_of(kpi: Kpi, reading: Reading, asked: Asked) -> list[Shown]:
    """Those of the channel's platform and of all, where one channel is looked at; else all."""
    brand = reading.totals.brand
    rows = Benchmark.objects.of(kpi.name)
    platform = asked.channel.platform_id if asked.channel else None
    kept = [row for row in rows if platform is None or row.platform_id in (None, platform)]
    return [Shown(row, kpi, brand.today(), brand.currency) for row in kept]
