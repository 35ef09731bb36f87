"""Key dates: holidays of the country, the brand's own days, and what comes near with nothing planned."""

import re
from datetime import date, timedelta

import pytest
from django.conf import settings
from django.urls import reverse
from django.utils import translation

from brands.models import Brand, Notification
from brands.notifications import text_of
from calendar_app import key_dates, public_holidays
from calendar_app.holiday_names import OUR_NAMES
from calendar_app.models import KeyDate, PassedOver
from calendar_app.month import Month
from calendar_app.month_frame import month_frame
from calendar_app.tests.conftest import local

pytestmark = pytest.mark.once

EVERYBODY = {"country": "UZ", "kind": "holiday"}


def url(name: str, *args) -> str:
    return reverse(f"calendar:{name}", args=["choyxona", *args])


def named(brand, first: date, last: date | None = None) -> list[tuple[str, str]]:
    return [(f"{mark.first:%m-%d}", mark.name) for mark in key_dates.marks(brand, first, last or first)]


# --- public holidays, without a database


@pytest.mark.parametrize(
    ("country", "day", "language", "name"),
    [
        ("UZ", date(2027, 3, 21), "uz", "Navroʻz bayrami"),
        ("UZ", date(2027, 3, 21), "en", "Nowruz"),
        ("UZ", date(2027, 3, 21), "ru", "Навруз"),
        ("UZ", date(2027, 1, 14), "ru", "День защитников Родины"),
        ("UZ", date(2027, 3, 9), "ru", "Рамазан хайит"),
        ("UZ", date(2026, 12, 31), "ru", "Выходной (перенесён с 12.12.2026)"),
        ("KZ", date(2027, 10, 25), "ru", "День Республики"),
        ("KG", date(2027, 3, 21), "ru", "Народный праздник Нооруз"),
        ("DE", date(2027, 1, 1), "ru", "Neujahr"),
        ("UZ", date(2027, 1, 14), "uz", "Vatan himoyachilari kuni"),
        ("DE", date(2027, 1, 1), "uz", "Neujahr"),
        ("DE", date(2027, 1, 1), "en", "New Year's Day"),
        ("GB", date(2027, 12, 25), "en", "Christmas Day"),
    ],
)
def test_holidays_have_their_names_in_the_readers_language_or_the_countrys(country, day, language, name):
    assert name in [row.name for row in public_holidays.in_year(country, day.year, language) if row.day == day]


def test_no_holiday_depends_on_the_language_of_the_machine(monkeypatch):
    monkeypatch.setenv("LANGUAGE", "de")
    public_holidays.in_year.cache_clear()
    assert public_holidays.in_year("DE", 2026, "ru")[0].name == "Neujahr"
    assert public_holidays.in_year("UZ", 2026, "uz")[0].name == "Yangi yil"


@pytest.mark.parametrize(("country", "language"), [(country, code) for country, told in OUR_NAMES.items() for code in told])
def test_holidays_that_we_name_ourselves_are_named_in_every_year(country, language):
    years = range(public_holidays.FIRST_YEAR, public_holidays.LAST_YEAR + 1)
    found = {row.name for year in years for row in public_holidays.in_year(country, year, language)}
    assert [name for name in found if not re.match("[А-ЯЁ][а-яё]+", name)] == []
    others = {row.name for year in years for row in public_holidays.in_year(country, year, "")}
    assert found & others <= {"Наурыз мейрамы"}, "in the country’s own words"


def test_dates_that_everybody_keeps_are_named_in_every_language():
    for rows in public_holidays.OBSERVED.values():
        for _month, _day, names in rows:
            assert set(names) == {code for code, _name in settings.LANGUAGES}
            assert len(set(names.values())) == len(names)


def test_an_estimated_feast_says_so_in_a_mark_and_not_in_its_name():
    (feast,) = [row for row in public_holidays.in_year("UZ", 2027, "uz") if row.name == "Roʻza hayit"]
    assert feast.is_estimated and "(" not in feast.name


def test_days_off_that_repeat_a_holiday_are_left_out_and_decreed_ones_ask_for_nothing():
    rows = public_holidays.in_year("UZ", 2026, "uz")
    assert len([row for row in rows if row.name.startswith("Xotin-qizlar")]) == 1
    assert {row.day for row in rows if row.is_day_off} >= {date(2026, 1, 2), date(2026, 12, 31)}


@pytest.mark.parametrize(("country", "year"), [("ZZ", 2027), ("", 2027), ("UZ", 1800), ("UZ", 2150)])
def test_a_country_or_year_that_nobody_knows_has_no_holidays(country, year):
    assert public_holidays.in_year(country, year, "en") == ()


@pytest.mark.parametrize("country", sorted(public_holidays.supported()))
def test_every_country_has_a_year(country):
    for language, _name in settings.LANGUAGES:
        assert all(row.name and "%s" not in row.name for row in public_holidays.in_year(country, 2027, language))


# --- rows


@pytest.mark.parametrize("year", [2028, 2029])
def test_what_repeats_comes_every_year_and_29_february_on_the_28th(year, brand):
    KeyDate.objects.create(brand=brand, name="Leap", start=date(2028, 2, 29), repeats_yearly=True)
    assert named(brand, date(year, 2, 28), date(year, 3, 1)) == [("02-29" if year == 2028 else "02-28", "Leap")]
    assert named(brand, date(2027, 2, 28)) == []


def test_a_date_over_new_year_is_in_both_years(brand):
    KeyDate.objects.create(brand=brand, name="Fair", start=date(2026, 12, 30), end=date(2027, 1, 2), repeats_yearly=True)
    assert ("12-30", "Fair") in named(brand, date(2029, 1, 1))
    found = key_dates.between(brand, date(2027, 12, 31), date(2028, 1, 1))
    assert ["Fair" in [mark.name for mark in marks] for marks in found.values()] == [True, True]


@pytest.mark.parametrize("name", ["Roʻza hayiti", "Ro'za hayit", "Рамазан-хайит", "Ramazon hayiti"])
def test_an_announced_feast_takes_the_place_of_the_estimate(name, brand):
    """By its name near the day; under another name, by the day itself."""
    day = date(2027, 3, 9) if name.startswith("Ramazon") else date(2027, 3, 11)
    KeyDate.objects.create(name=name, names={"en": "Eid al-Fitr"}, start=day, end=date(2027, 3, 12), **EVERYBODY)
    with translation.override("uz"):
        assert named(brand, date(2027, 3, 9), date(2027, 3, 12)) == [(f"{day:%m-%d}", name)]
    with translation.override("en"):
        assert named(brand, date(2027, 3, 9), date(2027, 3, 12)) == [(f"{day:%m-%d}", "Eid al-Fitr")]


def test_dates_of_another_brand_or_country_stay_there(brand, stranger):
    other = stranger.memberships.get().brand
    KeyDate.objects.create(brand=other, name="Theirs", start=date(2027, 4, 2))
    KeyDate.objects.create(name="Far", start=date(2027, 4, 2), country="KZ")
    KeyDate.objects.create(name="Here", start=date(2027, 4, 2), country="UZ")
    assert named(brand, date(2027, 4, 2)) == [("04-02", "Here")]


# --- pages


def test_a_year_is_listed_and_days_show_their_dates(brand, viewer, signed_in):
    client = signed_in(viewer)
    page = client.get(url("key_dates") + "?year=2027", headers={"accept-language": "en"}).content.decode()
    assert "Nowruz" in page and "day not announced yet" in page and "New key date" not in page
    assert "Nowruz" in client.get(url("day", "2027-03-21")).content.decode()
    assert "Nowruz" in client.get(url("month") + "?month=2027-03").content.decode()


@pytest.mark.parametrize("year", ["x", "1", "99999999999", "-1"])
def test_a_year_that_is_none_is_not_found(year, viewer, signed_in):
    assert signed_in(viewer).get(url("key_dates") + f"?year={year}").status_code == 404


def test_a_date_is_added_changed_and_deleted(brand, marketer, signed_in):
    client = signed_in(marketer)
    sent = {"name": "Launch of mint tea", "kind": "launch", "start": "2027-05-03", "end": "", "note": ""}
    client.post(url("new_key_date"), sent)
    row = brand.key_dates.get()
    assert (row.created_by, row.country) == (marketer, "")
    client.post(url("key_date", row.pk), sent | {"name": "Mint", "version": 1})
    client.post(url("delete_key_date", row.pk), {"version": 1})
    assert brand.key_dates.get().name == "Mint"
    client.post(url("delete_key_date", row.pk), {"version": 2})
    assert not brand.key_dates.exists()


@pytest.mark.parametrize(("end", "said"), [("2027-05-02", "must not come before"), ("2027-06-10", "a month at most")])
def test_a_date_that_cannot_be_is_a_form_error(end, said, marketer, signed_in):
    sent = {"name": "x", "kind": "launch", "start": "2027-05-03", "end": end}
    answer = signed_in(marketer).post(url("new_key_date"), sent)
    assert answer.status_code == 422 and said in answer.content.decode()


def test_a_lead_chooses_the_country(brand, lead, signed_in):
    sent = {
        "name": "Choyxona",
        "business_type": "small",
        "currency": "UZS",
        "language": "uz",
        "country": "KZ",
        "approval_mode": "optional",
        "version": 1,
    }
    client = signed_in(lead)
    client.post(reverse("brands:settings", args=["choyxona"]), sent | {"country": "ZZ"})
    brand.refresh_from_db()
    assert brand.country == "UZ"
    client.post(reverse("brands:settings", args=["choyxona"]), sent)
    brand.refresh_from_db()
    assert brand.country == "KZ"


# --- what comes near


@pytest.fixture
def launch(brand) -> KeyDate:
    return KeyDate.objects.create(brand=brand, name="Launch", kind="launch", start=brand.today() + timedelta(days=9))


def waits(brand) -> bool:
    found = key_dates.waiting(brand)
    # The month asks for them together with what else frames it.
    assert month_frame(brand, Month.of(brand.today())).dates_ahead == found
    return "Launch" in [mark.name for mark in found]


@pytest.mark.parametrize(("before", "is_kept"), [(0, True), (3, True), (4, False), (-1, False)])
def test_a_date_waits_unless_a_post_stands_on_it_or_in_the_three_days_before(before, is_kept, brand, launch, write):
    assert waits(brand)
    write(at=local(brand, launch.start - timedelta(days=before), 12))
    assert waits(brand) is not is_kept


def test_a_post_that_was_called_off_keeps_nothing(brand, launch, write):
    write(at=local(brand, launch.start, 12), status="cancelled")
    assert waits(brand)


@pytest.mark.parametrize(("days", "waits_"), [(0, True), (14, True), (15, False), (-1, False)])
def test_only_the_next_two_weeks_are_looked_at(days, waits_, brand, launch):
    KeyDate.objects.update(start=brand.today() + timedelta(days=days))
    assert waits(brand) is waits_


def test_a_date_that_may_pass_asks_no_more_but_asks_next_year(brand, launch, marketer, signed_in):
    client = signed_in(marketer)
    assert "Let it pass" in client.get(url("key_dates_ahead")).content.decode()
    sent = {"day": str(launch.start), "name": "Launch", "back": "month"}
    assert client.post(url("pass_over"), sent).url == url("month")
    client.post(url("pass_over"), sent)
    assert not waits(brand) and PassedOver.objects.count() == 1
    KeyDate.objects.update(start=launch.start + timedelta(days=1))
    assert waits(brand)


def test_a_holiday_passed_over_in_one_language_is_so_in_the_others(brand, marketer):
    with translation.override("uz"):
        (mark,) = key_dates.marks(brand, date(2027, 3, 21), date(2027, 3, 21))
        key_dates.pass_over(brand, mark, marketer)
    for language, name in (("en", "Nowruz"), ("ru", "Навруз")):
        with translation.override(language):
            assert name not in [each.name for each in key_dates.waiting(brand, date(2027, 3, 20))]


@pytest.mark.parametrize("sent", [{}, {"day": "x", "name": "Launch"}, {"day": "2027-01-01", "name": "No such"}])
def test_what_is_no_key_date_cannot_be_passed_over(sent, marketer, signed_in):
    page = signed_in(marketer).post(url("pass_over"), sent, follow=True).content.decode()
    assert "no such key date" in page and not PassedOver.objects.exists()


def test_leads_are_told_once(brand, launch, lead, marketer):
    key_dates.tell(brand)
    key_dates.tell(brand)
    told = [row for row in Notification.objects.filter(kind="key_date_near") if text_of(row).startswith("Launch is on")]
    assert [row.user for row in told] == [lead]


def test_a_holiday_is_told_in_the_language_that_somebody_reads_then(brand, lead, monkeypatch):
    holiday = date(2027, 1, 1)
    monkeypatch.setattr(Brand, "today", lambda brand: holiday - timedelta(days=5))
    assert key_dates.tell(brand) >= 1
    (told,) = [row for row in Notification.objects.all() if row.params["day"] == f"{holiday:%d.%m.%Y}"]
    said = {}
    for language in ("en", "uz", "ru"):
        with translation.override(language):
            said[language] = text_of(told)
    assert "New Year" in said["en"] and "Yangi yil" in said["uz"] and "Новый год" in said["ru"]


def test_the_home_page_asks_for_a_post(brand, launch, marketer, signed_in):
    page = signed_in(marketer).get(reverse("metrics:home", args=["choyxona"])).content.decode()
    assert url("key_dates") in page and "confetti" in page


def test_pages_take_the_same_queries_for_one_date_and_for_three(
    brand, launch, marketer, signed_in, django_assert_max_num_queries, django_assert_num_queries
):
    client, counted = signed_in(marketer), {}
    for page in (url("key_dates"), url("month"), url("key_dates_ahead"), url("day", str(launch.start))):
        client.get(page)  # SQLite is asked once whether it knows JSON
        with django_assert_max_num_queries(12 if page == url("month") else 13) as few:
            client.get(page)
        counted[page] = len(few.captured_queries)
    for number in (1, 2):
        KeyDate.objects.create(brand=brand, name=f"More {number}", start=launch.start + timedelta(days=number))
    for page, number in counted.items():
        with django_assert_num_queries(number):
            client.get(page)
