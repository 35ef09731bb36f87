"""Plans through the pages: what is told at the field, what is kept, who may."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from brands.models import Brand
from strategies.models import CommunicationPlan, EditorialPlan, Goal, Pillar, PlanItem, Slot, Strategy, StrategyChannel

pytestmark = pytest.mark.once

BASE = "/brands/atlas/strategies/plans/"
TODAY = date(2027, 3, 10)


@pytest.fixture(autouse=True)
def in_march(monkeypatch):
    monkeypatch.setattr(Brand, "today", lambda self: TODAY)


@pytest.fixture
def year(shop) -> CommunicationPlan:
    return CommunicationPlan.objects.create(brand=shop, name="2027", start=date(2027, 1, 1), end=date(2027, 12, 31))


@pytest.fixture
def march(shop, year, telegram, spring) -> EditorialPlan:
    plan = EditorialPlan.objects.create(
        brand=shop, communication_plan=year, strategy=spring, channel=telegram, start=date(2027, 3, 1), end=date(2027, 3, 31)
    )
    Slot.objects.create(plan=plan, weekday=1, time="10:00", theme="A tip")
    return plan


def communication(**changes) -> dict:
    return {"name": "First half", "start": "2027-01-01", "end": "2027-06-30", "note": "Less, but better"} | changes


def editorial(channel, **changes) -> dict:
    fields = {"channel": channel.pk if channel else "", "medium": "", "strategy": "", "start": "2027-03-01", "end": "2027-03-31"}
    return fields | {"weekdays": ["1", "4"], "time": "10:00"} | changes


# --- communication plan


def test_a_plan_of_half_a_year_or_a_year_is_made(as_marketer, shop):
    for end in ("2027-06-30", "2027-12-31"):
        assert as_marketer.post(BASE + "new/", communication(end=end)).status_code == 302
    assert shop.communication_plans.count() == 2


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"end": "2027-07-31"}, "This plan has 7 months. It runs for 6 or 12 months: to 30 June 2027 or to 31 December 2027."),
        ({"end": "2027-06-15"}, "This plan ends in the middle of a month."),
        ({"end": "2026-06-30"}, "The end must come after the start."),
        ({"start": "2027-01-15"}, "begins on the first day of a month: 1 January 2027 or 1 February 2027."),
        ({"start": "1850-01-01"}, "Choose a date of this century."),
        ({"name": ""}, "This field is required."),
    ],
)
def test_a_wrong_length_is_told_at_the_field_and_the_work_is_kept(as_marketer, shop, changes, said):
    answer = as_marketer.post(BASE + "new/", communication(**changes))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert said in page and "Less, but better" in page
    assert not shop.communication_plans.exists()


def test_the_new_plan_is_offered_for_the_months_after_the_last(as_marketer, year):
    page = as_marketer.get(BASE + "new/").content.decode()
    assert 'value="2028-01-01"' in page and 'value="2028-06-30"' in page


def test_items_are_added_edited_moved_and_removed(as_marketer, year):
    sent = {"title": "Size guide", "month": "2027-03-01", "day": "2027-03-31", "medium": "site"}
    assert as_marketer.post(f"{BASE}{year.pk}/new-item/", sent).status_code == 302
    item = year.items.get()
    as_marketer.post(f"{BASE}items/{item.pk}/", sent | {"title": "Size table", "version": 1})
    item.refresh_from_db()
    assert item.title == "Size table"
    as_marketer.post(f"{BASE}items/{item.pk}/move/", {"to": "earlier", "version": item.version})
    item.refresh_from_db()
    assert (item.month, item.day) == (date(2027, 2, 1), date(2027, 2, 28))
    as_marketer.post(f"{BASE}items/{item.pk}/delete/", {"version": item.version})
    assert not year.items.exists()


def test_an_item_stays_where_it_is_when_the_plan_has_no_month_there(as_marketer, year):
    item = PlanItem.objects.create(plan=year, month=date(2027, 12, 1), title="Review")
    as_marketer.post(f"{BASE}items/{item.pk}/move/", {"to": "later", "version": 1})
    item.refresh_from_db()
    assert item.month == date(2027, 12, 1)


def test_a_day_of_another_month_is_told_at_the_field(as_marketer, year):
    sent = {"title": "Size guide", "month": "2027-03-01", "day": "2027-04-02", "medium": "site"}
    answer = as_marketer.post(f"{BASE}{year.pk}/new-item/", sent)
    assert answer.status_code == 422
    assert "Choose a day from 1 March to 31 March, or another month." in answer.content.decode()


def test_somebody_else_was_faster_with_an_item(as_marketer, year):
    item = PlanItem.objects.create(plan=year, month=date(2027, 3, 1), title="Size guide", version=4)
    sent = {"title": "Mine", "month": "2027-03-01", "medium": "site", "version": 3}
    answer = as_marketer.post(f"{BASE}items/{item.pk}/", sent)
    assert answer.status_code == 409 and 'value="Mine"' in answer.content.decode()
    item.refresh_from_db()
    assert item.title == "Size guide"
    as_marketer.post(f"{BASE}items/{item.pk}/delete/", {"version": 3})
    assert year.items.exists()


def test_months_ahead_without_an_item_are_named(as_marketer, year):
    PlanItem.objects.create(plan=year, month=date(2027, 4, 1), title="Size guide")
    page = as_marketer.get(f"{BASE}{year.pk}/").content.decode()
    warning = page.split("Nothing is planned yet in:")[1].split("</p>")[0]
    assert "March 2027" in warning and "May 2027" in warning
    assert "April 2027" not in warning and "February 2027" not in warning


def test_the_next_half_year_begins_with_the_same_items(as_marketer, shop, marketer, stranger):
    half = CommunicationPlan.objects.create(brand=shop, name="First", start=date(2027, 1, 1), end=date(2027, 6, 30))
    PlanItem.objects.create(plan=half, month=date(2027, 1, 1), day=date(2027, 1, 31), title="Letter", owner=marketer)
    PlanItem.objects.create(plan=half, month=date(2027, 2, 1), title="Film", owner=stranger)
    as_marketer.post(f"{BASE}{half.pk}/copy/")
    copy = shop.communication_plans.get(start=date(2027, 7, 1))
    assert copy.end == date(2027, 12, 31)
    rows = list(copy.items.values_list("month", "day", "title", "owner"))
    assert rows == [(date(2027, 7, 1), date(2027, 7, 31), "Letter", marketer.pk), (date(2027, 8, 1), None, "Film", None)]
    as_marketer.post(f"{BASE}{half.pk}/copy/")
    assert shop.communication_plans.count() == 2


def test_a_plan_does_not_leave_what_it_holds_outside(as_marketer, march, year):
    answer = as_marketer.post(f"{BASE}{year.pk}/edit/", communication(start="2027-07-01", end="2027-12-31", version=1))
    assert answer.status_code == 422 and "would lie outside" in answer.content.decode()
    as_marketer.post(f"{BASE}{year.pk}/delete/", {"version": 1})
    assert CommunicationPlan.objects.filter(pk=year.pk).exists()


# --- editorial plan


def test_an_editorial_plan_begins_with_its_weekday_slots(as_marketer, shop, year, telegram, spring):
    answer = as_marketer.post(BASE + "editorial/new/", editorial(telegram, strategy=spring.pk))
    plan = shop.editorial_plans.get()
    assert answer.status_code == 302 and answer["Location"] == f"{BASE}editorial/{plan.pk}/"
    assert plan.communication_plan == year and plan.strategy == spring
    assert [(slot.weekday, f"{slot.time:%H:%M}") for slot in plan.slots.all()] == [(1, "10:00"), (4, "10:00")]
    assert plan.counts_from == date(2027, 3, 8), "weeks that are over were not planned with it"


def test_an_editorial_plan_may_be_for_another_medium(as_marketer, shop, year):
    assert as_marketer.post(BASE + "editorial/new/", editorial(None, medium="The  blog")).status_code == 302
    assert shop.editorial_plans.get().where == "The blog"


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"end": "2027-05-31"}, "runs for one month or two: to 31 March 2027 or to 30 April 2027."),
        ({"start": "2027-12-01", "end": "2028-01-31"}, "These days do not lie inside the communication plan “2027”"),
        ({"start": "2029-03-01", "end": "2029-03-31"}, "No communication plan holds these days."),
        ({"start": "2027-02-01", "end": "2027-02-28"}, "These days are over."),
        ({"weekdays": []}, "Choose at least one weekday"),
        ({"weekdays": ["9"]}, "9 is not one of the available choices"),
        ({"time": "25:00"}, "Enter a valid time."),
        ({"medium": "A blog"}, "A plan is for one medium"),
        ({"channel": ""}, "Choose a channel, or name another medium."),
    ],
)
def test_bad_input_is_told_at_the_field(as_marketer, shop, year, telegram, changes, said):
    answer = as_marketer.post(BASE + "editorial/new/", editorial(telegram, note="Keep me") | changes)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert said in page and "Keep me" in page
    assert not shop.editorial_plans.exists()


def test_a_channel_has_one_active_plan_a_day(as_marketer, shop, march, telegram, instagram):
    answer = as_marketer.post(BASE + "editorial/new/", editorial(telegram, start="2027-03-15", end="2027-04-14"))
    assert answer.status_code == 422 and "has an active editorial plan for 1 March – 31 March 2027" in answer.content.decode()
    assert as_marketer.post(BASE + "editorial/new/", editorial(instagram)).status_code == 302
    EditorialPlan.objects.filter(pk=march.pk).update(is_active=False)
    assert as_marketer.post(BASE + "editorial/new/", editorial(telegram)).status_code == 302
    answer = as_marketer.post(f"{BASE}editorial/{march.pk}/edit/", frame(is_active="on"))
    assert answer.status_code == 422, "it cannot be switched on beside the other"


def frame(**changes) -> dict:
    return {"strategy": "", "start": "2027-03-01", "end": "2027-03-31", "version": 1} | changes


def test_a_foreign_channel_and_strategy_are_refused(as_marketer, year):
    other = Brand.objects.create(name="Other", slug="other")
    foreign = other.channels.create(platform_id=1, handle="x")
    strategy = Strategy.objects.create(brand=other, name="X", start=TODAY, end=date(2027, 12, 31))
    assert as_marketer.post(BASE + "editorial/new/", editorial(foreign)).status_code == 422
    assert as_marketer.post(BASE + "editorial/new/", editorial(None, medium="Blog", strategy=strategy.pk)).status_code == 422


def test_a_plan_that_has_begun_keeps_its_first_day(as_marketer, march):
    answer = as_marketer.post(f"{BASE}editorial/{march.pk}/edit/", frame(start="2027-04-01", end="2027-04-30", is_active="on"))
    assert answer.status_code == 422 and "its first day stays 1 March 2027" in answer.content.decode()


def test_under_another_strategy_the_slots_lose_pillars_and_goals(as_marketer, march, spring, shop):
    pillar = Pillar.objects.create(strategy=spring, name="Tips", share=100)
    march.slots.update(pillar=pillar, goal=Goal.objects.create(strategy=spring, text="Sell", goal_type="sales"))
    assert as_marketer.post(f"{BASE}editorial/{march.pk}/edit/", frame(is_active="on")).status_code == 302
    slot = march.slots.get()
    assert slot.pillar is None and slot.goal is None and slot.theme == "A tip"


def test_a_plan_is_copied_into_the_months_after(as_marketer, shop, march, spring, year):
    march.slots.update(pillar=Pillar.objects.create(strategy=spring, name="Tips", share=100))
    as_marketer.post(f"{BASE}editorial/{march.pk}/copy/", {"times": "2"})
    starts = list(shop.editorial_plans.order_by("start").values_list("start", "end"))
    assert starts[1:] == [(date(2027, 4, 1), date(2027, 4, 30)), (date(2027, 5, 1), date(2027, 5, 31))]
    assert {slot.pillar.name for slot in Slot.objects.select_related("pillar")} == {"Tips"}
    as_marketer.post(f"{BASE}editorial/{march.pk}/copy/", {"times": "1"})
    assert shop.editorial_plans.count() == 3, "the month after is taken"


def test_a_copy_after_the_strategys_end_has_no_strategy(as_marketer, shop, year, telegram, spring):
    july = EditorialPlan.objects.create(
        brand=shop, communication_plan=year, strategy=spring, channel=telegram, start=date(2027, 7, 1), end=date(2027, 7, 31)
    )
    Slot.objects.create(plan=july, weekday=0, time="10:00", pillar=Pillar.objects.create(strategy=spring, name="Tips", share=1))
    as_marketer.post(f"{BASE}editorial/{july.pk}/copy/", {"times": "6"})
    august = shop.editorial_plans.get(start=date(2027, 8, 1))
    assert august.strategy is None and august.slots.get().pillar is None
    assert shop.editorial_plans.last().end <= date(2027, 12, 31), "not beyond the communication plan"


# --- slots


def slot_fields(**changes) -> dict:
    return {"weekday": "4", "time": "19:00", "kind": "buffer", "theme": "From the workshop"} | changes


def test_a_slot_is_added_changed_and_removed(as_marketer, march, marketer):
    as_marketer.post(f"{BASE}editorial/{march.pk}/new-slot/", slot_fields(owner=marketer.pk))
    slot = march.slots.get(weekday=4)
    assert (slot.kind, slot.owner) == ("buffer", marketer)
    as_marketer.post(f"{BASE}slots/{slot.pk}/", slot_fields(kind="reactive", version=1))
    slot.refresh_from_db()
    assert slot.kind == "reactive"
    as_marketer.post(f"{BASE}slots/{slot.pk}/delete/", {"version": 2})
    assert march.slots.count() == 1


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"weekday": "1", "time": "10:00"}, "There is a slot on Tuesday at 10:00 already."),
        ({"weekday": "7"}, "Select a valid choice"),
        ({"time": ""}, "This field is required."),
        ({"theme": "x" * 101}, "at most 100 characters"),
    ],
)
def test_a_wrong_slot_is_told_at_the_field(as_marketer, march, changes, said):
    answer = as_marketer.post(f"{BASE}editorial/{march.pk}/new-slot/", slot_fields(**changes))
    assert answer.status_code == 422 and said in answer.content.decode()
    assert march.slots.count() == 1


def test_a_slot_takes_only_pillars_and_goals_of_its_strategy(as_marketer, march, shop):
    other = Strategy.objects.create(brand=shop, name="Other", start=TODAY, end=date(2027, 12, 31))
    foreign = Pillar.objects.create(strategy=other, name="Foreign", share=100)
    answer = as_marketer.post(f"{BASE}editorial/{march.pk}/new-slot/", slot_fields(pillar=foreign.pk))
    assert answer.status_code == 422 and "Choose one of this strategy’s." in answer.content.decode()


def test_the_last_slot_of_an_active_plan_stays(as_marketer, march):
    slot = march.slots.get()
    page = as_marketer.post(f"{BASE}slots/{slot.pk}/delete/", {"version": 1}, follow=True).content.decode()
    assert "A plan needs at least one slot." in page and march.slots.exists()


def test_a_slot_changed_meanwhile_is_a_conflict(as_marketer, march):
    slot = march.slots.get()
    Slot.objects.filter(pk=slot.pk).update(version=5)
    answer = as_marketer.post(f"{BASE}slots/{slot.pk}/", slot_fields(version=1))
    assert answer.status_code == 409 and "From the workshop" in answer.content.decode()


# --- weeks that are over


def test_weeks_that_are_over_keep_what_the_slots_asked_for(as_marketer, march):
    EditorialPlan.objects.filter(pk=march.pk).update(slots_since=date(2027, 2, 20))
    as_marketer.post(f"{BASE}editorial/{march.pk}/new-slot/", slot_fields())
    (plan,) = EditorialPlan.objects.slot_plans()
    days = plan.days(march.start, march.end)
    assert sum(days[date(2027, 3, day)] for day in range(1, 8)) == 1
    assert sum(days[date(2027, 3, day)] for day in range(8, 15)) == 2


def test_a_plan_that_was_switched_off_keeps_its_past_weeks_and_is_not_deleted(as_marketer, march):
    EditorialPlan.objects.filter(pk=march.pk).update(slots_since=date(2027, 2, 20))
    as_marketer.post(f"{BASE}editorial/{march.pk}/edit/", frame())
    (plan,) = EditorialPlan.objects.slot_plans()
    assert set(plan.days(march.start, march.end)) == {date(2027, 3, day) for day in range(1, 8)}
    as_marketer.post(f"{BASE}editorial/{march.pk}/delete/", {"version": 2})
    assert EditorialPlan.objects.filter(pk=march.pk).exists()


def test_slots_corrected_within_their_first_week_keep_nothing(as_marketer, march):
    as_marketer.post(f"{BASE}editorial/{march.pk}/new-slot/", slot_fields())
    march.refresh_from_db()
    assert march.kept_days == {}
    as_marketer.post(f"{BASE}editorial/{march.pk}/delete/", {"version": march.version})
    assert not EditorialPlan.objects.exists()


# --- who may, and how much it costs


def test_a_viewer_reads_plans_and_changes_nothing(as_viewer, march, year):
    for address in ("", f"{year.pk}/", f"editorial/{march.pk}/"):
        page = as_viewer.get(BASE + address)
        assert page.status_code == 200 and "btn-primary" not in page.text.split("</main>")[0]
    slot = march.slots.get()
    for address in ("new/", f"{year.pk}/edit/", "editorial/new/", f"editorial/{march.pk}/edit/", f"slots/{slot.pk}/"):
        assert as_viewer.get(BASE + address).status_code == 403


def test_plans_do_not_exist_for_a_stranger(client, stranger, march, year):
    client.force_login(stranger)
    for address in ("", f"{year.pk}/", f"editorial/{march.pk}/", f"slots/{march.slots.get().pk}/"):
        assert client.get(BASE + address).status_code == 404


def test_plans_of_another_brand_are_not_found(as_marketer, march, year):
    other = Brand.objects.create(name="Other", slug="other")
    CommunicationPlan.objects.filter(pk=year.pk).update(brand=other)
    EditorialPlan.objects.filter(pk=march.pk).update(brand=other)
    for address in (f"{year.pk}/", f"editorial/{march.pk}/", f"slots/{march.slots.get().pk}/"):
        assert as_marketer.get(BASE + address).status_code == 404


def test_empty_lists_say_what_will_be_there(as_marketer, shop):
    page = as_marketer.get(BASE).content.decode()
    assert "No communication plan yet" in page and "No editorial plan yet" in page


def queries(client, address: str) -> int:
    with CaptureQueriesContext(connection) as found:
        assert client.get(address).status_code == 200
    return len(found)


def test_one_row_and_many_take_the_same_queries(as_marketer, march, year, marketer, spring, instagram, step_url):
    StrategyChannel.objects.create(strategy=spring, channel=march.channel)
    PlanItem.objects.create(plan=year, month=date(2027, 3, 1), title="One", owner=marketer)
    addresses = [BASE, f"{BASE}{year.pk}/", f"{BASE}editorial/{march.pk}/", step_url("plans")]
    for address in addresses:
        as_marketer.get(address)  # what is remembered from the first look
    one = [queries(as_marketer, address) for address in addresses]
    StrategyChannel.objects.create(strategy=spring, channel=instagram)
    pillar = Pillar.objects.create(strategy=spring, name="Tips", share=100)
    for number in range(1, 4):
        PlanItem.objects.create(plan=year, month=date(2027, number, 1), title="More", owner=marketer)
        Slot.objects.create(plan=march, weekday=number, time="18:00", pillar=pillar, owner=marketer)
        start = date(2027, 3 + number, 1)
        more = EditorialPlan.objects.create(
            brand=march.brand, communication_plan=year, strategy=spring, channel=instagram, start=start, end=start + timedelta(29)
        )
        Slot.objects.create(plan=more, weekday=1, time="10:00")
    assert [queries(as_marketer, address) for address in addresses] == one
    assert max(one) <= 25


# --- the step of the wizard


@pytest.fixture
def used(spring, telegram) -> StrategyChannel:
    for name, share in (("Tips", 60), ("Stories", 40)):
        Pillar.objects.create(strategy=spring, name=name, share=share)
    return StrategyChannel.objects.create(strategy=spring, channel=telegram, posts_per_week=5)


def test_the_step_makes_a_communication_plan_for_the_strategys_dates(as_marketer, shop, spring, step_url):
    as_marketer.post(step_url("plans"), {"action": "communication"})
    plan = shop.communication_plans.get()
    assert (plan.start, plan.end) == (date(2027, 2, 1), date(2027, 7, 31))
    as_marketer.post(step_url("plans"), {"action": "communication"})
    assert shop.communication_plans.count() == 1


def test_the_step_makes_an_editorial_plan_from_a_cadence(as_marketer, shop, used, step_url):
    assert "No editorial plan" in as_marketer.get(step_url("plans")).content.decode()
    as_marketer.post(step_url("plans"), {"action": f"cadence-{used.pk}"})
    plan = shop.editorial_plans.get()
    assert (plan.start, plan.end) == (date(2027, 3, 1), date(2027, 3, 31))
    assert plan.communication_plan.start == date(2027, 3, 1), "made along, since there was none"
    planned = [slot.pillar.name for slot in plan.slots.select_related("pillar") if slot.kind == "planned"]
    assert sorted(planned) == ["Stories", "Stories", "Tips", "Tips", "Tips"]
    assert plan.slots.filter(kind="reactive").count() == 1
    as_marketer.post(step_url("plans"), {"action": f"cadence-{used.pk}"})
    assert shop.editorial_plans.filter(start=date(2027, 4, 1)).exists(), "the next month that is free"


def test_an_editorial_plan_made_in_the_last_days_of_a_month_holds_the_next_one_too(
    as_marketer, shop, used, step_url, monkeypatch
):
    monkeypatch.setattr(Brand, "today", lambda self: date(2027, 3, 28))
    as_marketer.post(step_url("plans"), {"action": f"cadence-{used.pk}"})
    plan = shop.editorial_plans.get()
    assert (plan.start, plan.end) == (date(2027, 3, 1), date(2027, 4, 30))
    assert plan.communication_plan.end >= plan.end


def test_an_editorial_plan_of_the_last_days_stays_inside_its_communication_plan(as_marketer, shop, used, step_url, monkeypatch):
    shop.communication_plans.create(name="Winter", start=date(2026, 10, 1), end=date(2027, 3, 31))
    monkeypatch.setattr(Brand, "today", lambda self: date(2027, 3, 28))
    as_marketer.post(step_url("plans"), {"action": f"cadence-{used.pk}"})
    assert shop.editorial_plans.get().end == date(2027, 3, 31)
    assert shop.communication_plans.count() == 1


def test_the_plans_offer_an_editorial_plan_before_there_is_any_plan(as_marketer, shop):
    page = as_marketer.get(f"/brands/{shop.slug}/strategies/plans/").content.decode()
    assert "Make an editorial plan" in page


def test_the_step_knows_no_channel_of_another_strategy(as_marketer, shop, spring, telegram, step_url):
    other = Strategy.objects.create(brand=shop, name="Other", start=TODAY, end=date(2027, 12, 31))
    row = StrategyChannel.objects.create(strategy=other, channel=telegram, posts_per_week=2)
    as_marketer.post(step_url("plans"), {"action": f"cadence-{row.pk}"})
    as_marketer.post(step_url("plans"), {"action": "cadence-x"})
    assert not shop.editorial_plans.exists()


def test_the_step_says_until_when_slots_are_there(as_marketer, march, used, step_url):
    page = as_marketer.get(step_url("plans")).content.decode()
    assert "Planned up to 31 March" in page and f"/calendar/editorial/{march.pk}/" in page
