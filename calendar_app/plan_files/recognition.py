"""Which format a file has, by what stands in it. Pure."""

from collections.abc import Sequence

from calendar_app.plan_files.any_table import AnyTable
from calendar_app.plan_files.formats import PlanFormat
from calendar_app.plan_files.ours import Ours
from calendar_app.plan_files.tables import Row, Unreadable
from calendar_app.plan_files.tools import Buffer, GoogleCalendar, Hootsuite, Metricool

# The first that knows a file has it.
FORMATS: dict[str, PlanFormat] = {
    form.name: form for form in (Ours(), Metricool(), Buffer(), GoogleCalendar(), Hootsuite(), AnyTable())
}
# Those that posts are taken out in.
WRITTEN = [form for form in FORMATS.values() if form.name != AnyTable.name]


def recognise(rows: Sequence[Row]) -> PlanFormat:
    """The format of a table; Unreadable, with the header it has, where nobody knows it."""
    for form in FORMATS.values():
        if form.knows(rows):
            return form
    header = ", ".join(cell.strip() for cell in rows[0].cells if cell.strip()) if rows else ""
    raise Unreadable("unknown_format", said=header[:200])
