"""Tables that leave the product for a spreadsheet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from brands.cells import guarded
from metrics.charts import Trend
from metrics.readings import label_of

if TYPE_CHECKING:
    from pandas import DataFrame


def trend_table(found: Trend) -> DataFrame:
    """A row a day (or week): the KPI, the same in the period before, posts published. What was not measured stays empty."""
    # Here and not above: pandas is 40 MB in every process, and few people download.
    import pandas

    columns = {guarded(label_of(found.kpi.name)): [point.value for point in found.points]}
    if found.has_base:
        columns[guarded(str(found.asked.base_label))] = [point.base for point in found.points]
    columns[_("Posts that day")] = [point.posts for point in found.points]
    days = pandas.DatetimeIndex([point.day for point in found.points], name=_("Day"))
    return pandas.DataFrame(columns, index=days)


def as_csv(table: DataFrame) -> bytes:
    """With the mark that tells spreadsheets it is UTF-8; figures exact, with a point, for machines and people alike."""
    return table.to_csv(date_format="%Y-%m-%d", lineterminator="\r\n").encode("utf-8-sig")
