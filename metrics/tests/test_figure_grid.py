"""The sheet of figures by hand: what is typed, what is wrong, who was faster, and the way back."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.files.base import ContentFile

from brands.models import Role
from metrics import imports
from metrics.figure_grid import Grid
from metrics.figure_sheets import PARTS, SHEETS, UNITS, GridAsked
from metrics.kpi.measures import MEASURES
from metrics.mention_figures import settle
from metrics.models import Observation, StalePeriod
from metrics.periods import Span
from metrics.tests.mentioning import mention_in
from metrics.tests.test_at_the_same_time import at_once

pytestmark = pytest.mark.once

GRID = "/brands/atlas/results/figures/grid/"
NOVEMBER = "sheet=surveys&unit=month&last=2026-11-20"


def sheet(client, query: str = NOVEMBER) -> Grid:
    page = client.get(f"{GRID}?{query}")
    assert page.status_code == 200
    return page.context["grid"]


def send(client, typed: dict[str, str], query: str = NOVEMBER, *, seen: dict[str, str] | None = None, **more: str):
    """As a browser would: every cell with what it showed, but for what is typed."""
    filled = {cell.name: cell.text for cell in sheet(client, query).cells.values()}
    filled |= {f"seen-{cell.name}": cell.now for cell in sheet(client, query).cells.values()}
    filled |= typed | {f"seen-{name}": token for name, token in (seen or {}).items()} | more
    return client.post(f"{GRID}?{query}", filled)


def stored(brand, **among) -> dict[tuple[str, str], Decimal]:
    rows = brand.observations.filter(**among)
    return {(row.measure, f"{row.start:%m-%d}/{row.end:%m-%d}"): row.value for row in rows}


def test_sheets_name_measures_that_people_may_record():
    for each in SHEETS.values():
        assert all(MEASURES[name].recorded for name in each.measures), each.name
        assert len(set(each.measures)) == len(each.measures)
    for parts, whole in PARTS.values():
        assert any({*parts, whole} <= set(each.measures) for each in SHEETS.values())


@pytest.mark.parametrize(
    ("unit", "first", "last"),
    [
        ("month", Span(date(2026, 6, 1), date(2026, 6, 30)), Span(date(2026, 11, 1), date(2026, 11, 30))),
        ("week", Span(date(2026, 10, 12), date(2026, 10, 18)), Span(date(2026, 11, 16), date(2026, 11, 22))),
        ("day", Span(date(2026, 11, 14), date(2026, 11, 14)), Span(date(2026, 11, 20), date(2026, 11, 20))),
    ],
)
def test_columns_are_whole_periods_up_to_the_day_asked_for(unit, first, last):
    asked = GridAsked(SHEETS["surveys"], UNITS[unit], date(2026, 11, 20))
    assert (asked.spans[0], asked.spans[-1]) == (first, last)
    assert all(before.end < after.start for before, after in zip(asked.spans, asked.spans[1:], strict=False))


def test_many_figures_are_saved_at_once(client, marketer, brand):
    answer = send(client, {"promoters-2026-10-01": "1 200", "promoters-2026-11-01": "52", "detractors-2026-11-01": "0"})
    assert answer.status_code == 302
    assert stored(brand) == {
        ("promoters", "10-01/10-31"): 1200, ("promoters", "11-01/11-30"): 52, ("detractors", "11-01/11-30"): 0,
    }  # fmt: skip
    row = brand.observations.first()
    assert (row.recorded_by, row.channel, row.currency, row.subject) == (marketer, None, "", "")
    mark = StalePeriod.objects.get()
    assert (mark.channel, mark.start, mark.end) == (None, date(2026, 10, 1), date(2026, 11, 30))
    assert "3 figures are saved." in client.get(answer["Location"]).content.decode()


def test_figures_of_a_channel_belong_to_it(client, marketer, brand, instagram):
    query = f"sheet=support&unit=week&last=2026-11-20&channel={instagram.pk}"
    send(client, {"messages_received-2026-11-16": "40"}, query)
    assert stored(brand, channel=instagram) == {("messages_received", "11-16/11-22"): 40}
    assert StalePeriod.objects.get().channel == instagram
    assert sheet(client, query).cells["messages_received", Span(date(2026, 11, 16), date(2026, 11, 22))].text == "40"
    assert not any(cell.text for cell in sheet(client, "sheet=support&unit=week&last=2026-11-20").cells.values())


def test_an_empty_cell_stays_and_a_dash_clears(client, marketer, brand, record):
    for measure in ("promoters", "passives", "detractors"):
        record(measure, "2026-11-01", 7, end="2026-11-30", recorded_by=marketer)
    send(client, {"promoters-2026-11-01": "", "passives-2026-11-01": " – ", "supporters-2026-11-01": "-"})
    assert set(stored(brand)) == {("promoters", "11-01/11-30"), ("detractors", "11-01/11-30")}


def test_sending_a_sheet_as_it_is_changes_nothing(client, marketer, brand, record):
    record("promoters", "2026-11-01", "1234.5", end="2026-11-30")
    page = client.post(f"{GRID}?{NOVEMBER}", {}, follow=True)
    assert "Nothing was changed." in page.content.decode()
    send(client, {})
    assert (brand.observations.get().recorded_by, StalePeriod.objects.exists()) == (None, False)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"promoters-2026-11-01": "many"}, "Enter a number."),
        ({"promoters-2026-11-01": "-3"}, "cannot be below 0"),
        ({"promoters-2026-11-01": "9" * 30}, "no more than"),
        ({"promoters-2026-11-01": "NaN"}, "Enter a number."),
        ({"promoters-2026-11-01": "1e400"}, "no more than"),
        ({"promoters-2026-11-01": "\x00"}, "Enter a number."),
        ({"satisfied_comments-2026-11-01": "9", "total_comments-2026-11-01": "8"}, "cannot be more than “Customers’ comments”"),
        (
            {
                "supporters-2026-11-01": "5",
                "neutrals-2026-11-01": "5",
                "opponents-2026-11-01": "1",
                "brand_aware-2026-11-01": "10",
            },
            "cannot be more than “People who know the brand”",
        ),
    ],
)
def test_one_wrong_cell_is_told_there_and_nothing_is_saved_or_lost(client, marketer, brand, typed, said):
    page = send(client, {"passives-2026-11-01": "17", **typed})
    assert page.status_code == 422
    (cell,) = page.context["grid"].wrong
    assert said in " ".join(cell.errors)
    text = page.content.decode()
    assert 'id="passives-2026-11-01" name="passives-2026-11-01" value="17"' in text
    assert f'aria-describedby="{cell.name}-said"' in text and f'href="#{cell.name}"' in text
    assert not brand.observations.exists()


def test_a_part_is_compared_with_what_is_stored(client, marketer, brand, record):
    record("total_comments", "2026-11-01", 8, end="2026-11-30")
    assert send(client, {"satisfied_comments-2026-11-01": "9"}).status_code == 422
    assert send(client, {"satisfied_comments-2026-11-01": "8"}).status_code == 302
    assert send(client, {"satisfied_comments-2026-11-01": "9", "total_comments-2026-11-01": "–"}).status_code == 302


def test_ratings_are_typed_as_scores_or_as_stars(client, marketer, brand):
    query = "sheet=ratings&unit=month&last=2026-11-20"
    send(client, {"authenticity-2026-11-01": "0.8"}, query)
    send(client, {"timeliness-2026-11-01": "4.3", "depth-2026-11-01": "1"}, query + "&stars=on")
    found = stored(brand)
    assert [found[name, "11-01/11-30"] for name in ("authenticity", "timeliness", "depth")] == [
        Decimal("0.8"),
        Decimal("0.825"),
        0,
    ]
    starred = {cell.measure.name: cell.text for cell in sheet(client, query + "&stars=on").cells.values() if cell.text}
    assert starred == {"authenticity": "4.2", "timeliness": "4.3", "depth": "1"}
    assert send(client, {"accuracy-2026-11-01": "4"}, query).status_code == 422
    assert send(client, {"accuracy-2026-11-01": "6"}, query + "&stars=on").status_code == 422


def test_numbers_are_read_as_the_reader_writes_them(client, marketer, brand):
    marketer.language = "uz"
    marketer.save()
    send(client, {"promoters-2026-11-01": "1 234,5"})
    assert brand.observations.get().value == Decimal("1234.5")
    send(client, {})
    assert brand.observations.get().value == Decimal("1234.5")


def test_amounts_carry_the_chosen_currency_and_the_others_keep_theirs(client, marketer, brand, record):
    record("ad_spend", "2026-10-01", 100, end="2026-10-31", currency="USD")
    query = "sheet=sales&unit=month&last=2026-11-20"
    send(client, {"ad_spend-2026-11-01": "5000", "leads-2026-11-01": "3"}, query, currency="EUR")
    assert dict(brand.observations.values_list("start", "currency").filter(measure="ad_spend")) == {
        date(2026, 10, 1): "USD", date(2026, 11, 1): "EUR",
    }  # fmt: skip
    assert brand.observations.get(measure="leads").currency == ""
    page = client.get(f"{GRID}?{query}").content.decode()
    assert "USD</span>" in page
    send(client, {"platform_earnings-2026-11-01": "1"}, query, currency="XXX")
    assert brand.observations.get(measure="platform_earnings").currency == brand.currency


# --- somebody else at the same time


def test_what_somebody_wrote_meanwhile_is_shown_beside_and_saved_over_only_knowingly(client, marketer, brand, record, person_in):
    lead = person_in(Role.LEAD)
    record("promoters", "2026-11-01", 45, end="2026-11-30", recorded_by=lead)
    name = "promoters-2026-11-01"
    page = send(client, {name: "50", "passives-2026-11-01": "3"}, seen={name: ""})
    assert page.status_code == 422
    text = page.content.decode()
    assert f"Meanwhile 45, from {lead}." in text and 'value="50"' in text
    assert stored(brand) == {("promoters", "11-01/11-30"): 45}, "nothing else is saved either"
    filled = {cell.name: cell.text for cell in page.context["grid"].cells.values()}
    filled |= {f"seen-{cell.name}": cell.carried for cell in page.context["grid"].cells.values()}
    assert client.post(f"{GRID}?{NOVEMBER}", filled).status_code == 302
    assert set(stored(brand).values()) == {50, 3}


def test_theirs_is_kept_by_emptying_the_cell(client, marketer, brand, record):
    record("promoters", "2026-11-01", 45, end="2026-11-30")
    send(client, {"promoters-2026-11-01": "", "passives-2026-11-01": "3"}, seen={"promoters-2026-11-01": ""})
    assert set(stored(brand).values()) == {45, 3}


def test_a_figure_that_was_cleared_meanwhile_is_told(client, marketer, brand):
    page = send(client, {"promoters-2026-11-01": "50"}, seen={"promoters-2026-11-01": "45|"})
    assert "Somebody cleared this meanwhile." in page.content.decode()


def test_what_comes_in_between_checking_and_saving_is_noticed(client, marketer, brand, record, monkeypatch):
    """The last moment: the other figure is stored after the sheet was compared and before it is written."""
    real = Grid._lock

    def lock(grid: Grid) -> None:
        real(grid)
        record("promoters", "2026-11-01", 45, end="2026-11-30")

    monkeypatch.setattr(Grid, "_lock", lock)
    page = send(client, {"promoters-2026-11-01": "50", "passives-2026-11-01": "3"})
    assert page.status_code == 422
    assert not Observation.objects.filter(recorded_by=marketer).exists()


@pytest.mark.django_db(transaction=True)
def test_two_people_who_save_the_same_cell_do_not_overwrite_each_other(brand, person_in):
    people = [person_in(Role.MARKETER), person_in(Role.LEAD)]
    asked = GridAsked(SHEETS["surveys"], UNITS["month"], date(2026, 11, 20))

    def save() -> bool:
        person = people.pop()
        grid = Grid(brand, asked, {"promoters-2026-11-01": str(person.pk), "passives-2026-11-01": "1"})
        # Who comes a moment later is told by the sheet, who comes at the same moment by the saving.
        return not grid.wrong and grid.save(person)

    assert sorted(at_once(save)) == [False, True] or brand.observations.count() == 2
    row = brand.observations.get(measure="promoters")
    assert row.value == row.recorded_by_id


# --- figures of other origin


def test_a_figure_of_a_file_is_marked_and_written_over(client, marketer, brand):
    table = b"start,end,promoters\n2026-11-01,2026-11-30,70\n"
    import_, _new = imports.receive(brand, None, ContentFile(table, name="m.csv"), channels={"": "brand"})
    imports.check(import_.pk)
    import_.refresh_from_db()
    assert imports.queue(import_), (import_.refusal, import_.summary)
    imports.apply(import_.pk)
    assert "from a file" in client.get(f"{GRID}?{NOVEMBER}").content.decode()
    send(client, {"promoters-2026-11-01": "71"})
    row = brand.observations.get()
    assert (row.value, row.source, row.line, row.recorded_by) == (71, None, None, marketer)
    client.post(f"{GRID}undo/?{NOVEMBER}")
    row = brand.observations.get()
    assert (row.value, row.source, row.recorded_by) == (70, import_, None)


def test_a_figure_of_the_desk_is_written_over_and_not_cleared(client, marketer, brand):
    mention_in(brand, sentiment="positive")
    settle(brand, [date(2026, 11, 20)])
    query = "sheet=listening&unit=day&last=2026-11-20"
    page = send(client, {"brand_mentions-2026-11-20": "–"}, query)
    assert "change it on their page" in page.content.decode()
    send(client, {"brand_mentions-2026-11-20": "9"}, query)
    row = brand.observations.get(measure="brand_mentions")
    assert (row.value, row.from_mentions, row.recorded_by) == (9, False, marketer)
    client.post(f"{GRID}undo/?{query}")
    row = brand.observations.get(measure="brand_mentions")
    assert (row.value, row.from_mentions) == (1, True)


def test_a_figure_that_was_cleared_comes_back_over_the_desks(client, marketer, brand, record):
    mention_in(brand)
    record("brand_mentions", "2026-11-20", 9, recorded_by=marketer)
    query = "sheet=listening&unit=day&last=2026-11-20"
    send(client, {"brand_mentions-2026-11-20": "–"}, query)
    assert brand.observations.get(measure="brand_mentions").from_mentions
    client.post(f"{GRID}undo/?{query}")
    row = brand.observations.get(measure="brand_mentions")
    assert (row.value, row.from_mentions, row.recorded_by) == (9, False, marketer)


# --- the way back


def test_the_last_saving_is_taken_back_but_for_what_was_written_since(client, marketer, brand, record):
    record("promoters", "2026-11-01", 7, end="2026-11-30", recorded_by=marketer)
    record("passives", "2026-11-01", 8, end="2026-11-30")
    send(
        client,
        {"promoters-2026-11-01": "50", "passives-2026-11-01": "–", "detractors-2026-11-01": "3", "neutrals-2026-11-01": "4"},
    )
    brand.observations.filter(measure="neutrals").update(value=5)
    page = client.post(f"{GRID}undo/?{NOVEMBER}", follow=True).content.decode()
    assert "3 figures are as they were." in page
    span = "11-01/11-30"
    assert stored(brand) == {("promoters", span): 7, ("passives", span): 8, ("neutrals", span): 5}
    assert "can no longer be undone" in client.post(f"{GRID}undo/?{NOVEMBER}", follow=True).content.decode()


def test_another_brands_saving_is_not_taken_back_here(client, marketer, brand):
    send(client, {"promoters-2026-11-01": "50"})
    session = client.session
    session["grid_before"] = session["grid_before"] | {"brand": brand.pk + 1}
    session.save()
    client.post(f"{GRID}undo/?{NOVEMBER}")
    assert brand.observations.count() == 1


# --- the page


def test_the_sheet_is_reached_from_the_single_figure_and_back(client, marketer):
    assert GRID in client.get("/brands/atlas/results/figures/").content.decode()
    assert "/brands/atlas/results/figures/" in client.get(GRID).content.decode()


@pytest.mark.parametrize(
    "query",
    [
        "", "sheet=nonsense&unit=year&last=yesterday&channel=4711", "last=1999-01-01", "last=2000-01-01", "last=2100-12-31&unit=day",
        "last=2101-01-01", "sheet=%00", "stars=on&sheet=surveys", "sheet=surveys&sheet=web",
    ],
)  # fmt: skip
def test_whatever_is_asked_a_sheet_is_shown(client, marketer, brand, query):
    found = sheet(client, query)
    assert len(found.spans) in (6, 7)
    assert send(client, {}, query).status_code == 302


def test_whatever_is_sent_nothing_breaks(client, marketer, brand, record):
    record("promoters", "2026-11-01", 7, end="2026-11-30")
    for word in ("x|y|z", "NaN|", "Infinity", "\x00", "|||", "9" * 200, "1e999999|USD"):
        answer = send(client, {"promoters-2026-11-01": "8"}, seen={"promoters-2026-11-01": word})
        assert answer.status_code == 422
    assert brand.observations.get().value == 7


def test_the_number_of_queries_does_not_grow_with_figures(client, marketer, brand, count_queries, record):
    counts = [count_queries(client, f"{GRID}?{NOVEMBER}")]
    for number, measure in enumerate(SHEETS["surveys"].measures):
        record(measure, "2026-11-01", number, end="2026-11-30", recorded_by=marketer)
        record(measure, "2026-10-01", number, end="2026-10-31", recorded_by=marketer)
    counts.append(count_queries(client, f"{GRID}?{NOVEMBER}"))
    assert counts[0] == counts[1] <= 15


def test_saving_a_full_sheet_takes_as_many_queries_as_one_figure(client, marketer, brand, django_assert_max_num_queries):
    names = [cell.name for cell in sheet(client).cells.values() if cell.measure.name not in PARTS]
    full = dict.fromkeys(names, "5") | {f"seen-{name}": "" for name in names}
    with django_assert_max_num_queries(24):
        assert client.post(f"{GRID}?{NOVEMBER}", full).status_code == 302
    assert brand.observations.count() == len(names)


def test_what_was_typed_is_shown_as_text(client, marketer, brand):
    page = send(client, {"promoters-2026-11-01": '"><script>alert(1)</script>'})
    assert "<script>alert" not in page.content.decode()


def test_the_choices_show_what_is_looked_at(client, marketer):
    page = client.get(f"{GRID}?sheet=support&unit=week").content.decode()
    assert '<option value="support" selected>' in page
    assert '<option value="week" selected>' in page
