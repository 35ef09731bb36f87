"""LinkedIn: what a company page exports (content, followers, visitors), and what a person does.

Words that mislead: “Total followers” of the followers export is how many began to follow on that day, a flow, unless the
column plainly grows from a stock. “Clicks” are clicks of every kind, not of links. Rates stand in every table and are left
out. A sentence may stand over the heading, or may have been deleted.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import pairwise, product

from metrics.kpi.terms import Label

from . import linkedin_posts, wide
from .cells import CellError, moment, number, order_of, slashed
from .columns import Layout
from .linkedin_posts import ENGAGEMENT_RATES, ORGANIC, PAID, PARTS, TOTAL, WORDS
from .recognition import Importer, Kind, ReadOptions, Recognition
from .rows import Event, Refusal
from .tables import Record, Sheet
from .words import plain

PAGE = Importer(
    id="linkedin_page",
    title=Label("LinkedIn: company page", "LinkedIn: kompaniya sahifasi", "LinkedIn: страница компании"),
    platform="linkedin",
    kind=Kind.MIXED,
    how_to_get=Label(
        "Your page → Analytics → Content, Followers or Visitors. Choose the days and press Export. Upload the .xls as it comes.",
        "Sahifangiz → Analitika → Kontent, Obunachilar yoki Tashriflar. Kunlarni tanlab, Eksport ni bosing. .xls faylni "
        "qanday boʻlsa, shunday yuklang.",
        "Ваша страница → Аналитика → Контент, Отслеживающие или Посетители. Выберите дни и нажмите «Экспорт». Загрузите"
        " файл .xls без изменений.",
    ),
)

_DATES = ("date", "datum", "data", "fecha", "дата", "sana")


def _headings(words: tuple[str, ...], parts: tuple[str, ...]) -> list[str]:
    return [f"{word} ({part})" for word, part in product(words, parts)]


def _daily_measures() -> dict[str, str]:
    found = {
        heading: measure
        for figure, measures in PARTS.items()
        for parts, measure in zip((ORGANIC, PAID, TOTAL), measures, strict=True)
        for heading in _headings(WORDS[figure], parts)
    }
    unique = ("unique impressions", "impressões únicas", "impresiones únicas", "eindeutige impressions", "impressions uniques")
    return found | dict.fromkeys([*_headings(unique, ORGANIC), *unique], "unique_impressions")


_LEFT = {
    plain(heading): "rate"
    for heading in [*_headings(ENGAGEMENT_RATES, (*ORGANIC, *PAID, *TOTAL)), *ENGAGEMENT_RATES]
} | {"click through rate (ctr)": "rate"}  # fmt: skip
_DAYS = Layout(
    name="linkedin_page_days",
    kind=Kind.DAILY,
    platform="linkedin",
    needs=(
        frozenset(_DATES),
        frozenset(heading for words in WORDS.values() for heading in _headings(words, (*ORGANIC, *TOTAL))),
    ),
    roles=dict.fromkeys(_DATES, "date"),
    measures=_daily_measures(),
    left=_LEFT,
    by_words=False,
    date_order="mdy",
    language_by={"datum": "de", "data": "pt", "fecha": "es", "дата": "ru"},
)
_NEW_FOLLOWERS = {
    "total followers": "new_followers",
    "organic followers": "organic_new_followers",
    "sponsored followers": "paid_new_followers",
    "auto-invited followers": "invited_new_followers",
}
_FOLLOWERS = Layout(
    name="linkedin_page_followers",
    kind=Kind.DAILY,
    platform="linkedin",
    needs=(
        frozenset(_DATES),
        frozenset({"total followers"}),
        frozenset({"organic followers", "sponsored followers", "auto-invited followers"}),
    ),
    roles=dict.fromkeys(_DATES, "date"),
    measures=_NEW_FOLLOWERS,
    by_words=False,
    date_order="mdy",
)
# The same heading over a column that only ever grows from something large: how many there are.
_FOLLOWER_STOCK = replace(
    _FOLLOWERS,
    name="linkedin_page_follower_stock",
    measures={"total followers": "followers"},
    left=dict.fromkeys(("organic followers", "sponsored followers", "auto-invited followers"), "part"),
)
_WHERE = ("desktop", "mobile", "total")
_VISITORS = Layout(
    name="linkedin_page_visitors",
    kind=Kind.DAILY,
    platform="linkedin",
    needs=(frozenset(_DATES), frozenset({"total page views (total)", "total page views"})),
    roles=dict.fromkeys(_DATES, "date"),
    measures={
        "total page views (total)": "profile_visits",
        "total page views": "profile_visits",
        "total unique visitors (total)": "profile_visitors",
        "total unique visitors": "profile_visitors",
    },
    left={
        f"{page} {figure} ({where})": "part"
        for page, figure, where in product(
            ("overview", "life", "jobs", "about", "people", "products", "insights", "total"),
            ("page views", "unique visitors"),
            _WHERE,
        )
        if not (page == "total" and where == "total")
    },
    by_words=False,
    date_order="mdy",
)
LAYOUTS = (_DAYS, linkedin_posts.LAYOUT, _FOLLOWERS, _FOLLOWER_STOCK, _VISITORS)

_GROUPS = frozenset(
    {"location", "job function", "seniority", "industry", "company size", "function", "company", "country", "region"}
)
_GROUP_FIGURES = frozenset({"total followers", "total views", "total page views", "followers", "views", "page views"})
_COMPETITORS = frozenset({"page", "total followers", "new followers"})
_STOCK_SEEN = 3


def recognise(sheet: Sheet, mapping: Mapping[str, str]) -> Recognition | None:
    if refused := _other_table(sheet):
        return Recognition(importer=PAGE, platforms=("linkedin",), refused=refused)
    for layout in LAYOUTS:
        if layout is _FOLLOWERS and _is_stock(sheet):
            continue
        if found := wide.recognise(sheet, layout, mapping):
            order = order_in(sheet, found) or layout.date_order
            return replace(found, importer=PAGE, date_order=order)
    return None


def read(sheet: Sheet, recognition: Recognition, options: ReadOptions) -> Iterator[Event]:
    headings = [column.header for column in recognition.columns]
    layout = next(layout for layout in LAYOUTS if layout.fits(headings))
    reader = linkedin_posts.Posts if layout is linkedin_posts.LAYOUT else wide.WideReader
    return reader(layout, recognition, options).events(sheet)


def _other_table(sheet: Sheet) -> Refusal | None:
    """Why a table that is LinkedIn’s, and no figures of days or posts, is set aside."""
    for record in sheet.head(wide.HEADING_WITHIN):
        cells = [plain(cell) for cell in record.trimmed()]
        if len(cells) == 2 and cells[0] in _GROUPS and cells[1] in _GROUP_FIGURES:
            return Refusal("breakdown", {"tables": record.cells[0]})
        if set(cells) >= _COMPETITORS:
            return Refusal("competitors")
    return None


def order_in(sheet: Sheet, found: Recognition) -> str:
    """What the table’s own dates tell about their order, which a spreadsheet may have changed."""
    days = [column.index for column in found.columns if column.role in ("date", "published_at")]
    after = [record for record in sheet.head(wide.SAMPLE) if record.line > found.header_line]
    pairs = (slashed(record.cell(index)) for record in after for index in days)
    orders = {order_of(*pair) for pair in pairs if pair and pair[0] != pair[1]} - {""}
    return orders.pop() if len(orders) == 1 else ""


def _is_stock(sheet: Sheet) -> bool:
    found = wide.find_heading(sheet, _FOLLOWERS)
    if found is None or plain(sheet.name) == "new followers":
        return False
    heading, sample = found
    names = [plain(cell) for cell in heading.cells]
    where, day = names.index("total followers"), next(index for index, name in enumerate(names) if name in _DATES)
    try:
        figures = [value for _day, value in sorted(_dated(sample, day, where))]
    except CellError:
        return False
    grows = all(before <= after for before, after in pairwise(figures))
    return len(figures) > _STOCK_SEEN and grows and figures[0] > figures[-1] - figures[0]


def _dated(sample: list[Record], day: int, where: int) -> Iterator[tuple[str, int]]:
    for record in sample:
        value = number(record.cell(where))
        if value is not None:
            yield moment(record.cell(day), order="mdy").day.isoformat(), int(value)
