from datetime import date

import pytest

from metrics.period_presets import BY_NAME
from metrics.periods import Span

TODAY = date(2026, 3, 31)


@pytest.mark.parametrize(
    ("name", "start", "end"),
    [
        ("7", date(2026, 3, 24), date(2026, 3, 30)),
        ("28", date(2026, 3, 3), date(2026, 3, 30)),
        ("90", date(2025, 12, 31), date(2026, 3, 30)),
        ("month", date(2026, 3, 1), TODAY),
        ("last_month", date(2026, 2, 1), date(2026, 2, 28)),
        ("quarter", date(2026, 1, 1), TODAY),
    ],
)
def test_presets_name_days(name, start, end):
    assert BY_NAME[name].span(TODAY) == Span(start, end)
