from datetime import date, timedelta

import pytest
from django.urls import reverse

from calendar_app.coverage import gate
from calendar_app.models import Campaign
from calendar_app.tests.conftest import local, soon
from strategies.models import BudgetLine, Strategy


def url(brand, name, *args):
    return reverse(f"calendar:{name}", args=[brand.slug, *args])


SAID = {"name": "Navroʻz", "start": "2027-03-08", "end": "2027-03-24", "kind": "campaign"}


def test_a_campaign_is_made_changed_and_deleted(brand, marketer, write, signed_in):
    client = signed_in(marketer)
    assert client.post(url(brand, "new_campaign"), SAID).status_code == 302
    row = Campaign.objects.get()
    post = write(campaign=row)
    assert client.post(url(brand, "edit_campaign", row.pk), SAID | {"name": "Bahor", "version": 1}).status_code == 302
    row.refresh_from_db()
    assert row.name == "Bahor" and row.version == 2
    client.post(url(brand, "delete_campaign", row.pk), {"version": 1})
    assert Campaign.objects.exists()
    client.post(url(brand, "delete_campaign", row.pk), {"version": 2})
    post.refresh_from_db()
    assert not Campaign.objects.exists() and post.campaign is None


def test_what_may_stay_open_says_none_instead_of_a_row_of_dashes(brand, marketer, write, signed_in):
    client = signed_in(marketer)
    for address in (url(brand, "new_campaign"), url(brand, "post", write().pk)):
        answer = client.get(address).content.decode()
        assert ">None</option>" in answer
        assert "---" not in answer


@pytest.mark.parametrize(
    "wrong", [{"end": "2027-03-01"}, {"start": "x"}, {"name": ""}, {"strategy": "999"}, {"end": "3000-01-01"}]
)
def test_a_campaign_that_cannot_be_is_a_form_error(brand, marketer, signed_in, wrong):
    assert signed_in(marketer).post(url(brand, "new_campaign"), SAID | wrong).status_code == 200
    assert not Campaign.objects.exists()


def test_two_people_who_change_a_campaign_lose_nothing(brand, marketer, signed_in):
    row = Campaign.objects.create(brand=brand, name="A", start=date(2027, 3, 1), end=date(2027, 3, 2))
    row.save_version(1)
    answer = signed_in(marketer).post(url(brand, "edit_campaign", row.pk), SAID | {"version": 1})
    assert "Somebody changed this" in answer.content.decode() and "Navroʻz" in answer.content.decode()
    row.refresh_from_db()
    assert row.name == "A"


def test_budget_lines_belong_to_the_campaigns_strategy(brand, marketer, strategy, signed_in):
    today = brand.today()
    other = Strategy.objects.create(brand=brand, name="Other", start=today, end=today + timedelta(30))
    line = BudgetLine.objects.create(strategy=other, kind="ads", planned=100)
    client = signed_in(marketer)
    assert client.post(url(brand, "new_campaign"), SAID | {"strategy": strategy.pk, "budget_lines": line.pk}).status_code == 200
    assert client.post(url(brand, "new_campaign"), SAID | {"strategy": other.pk, "budget_lines": line.pk}).status_code == 302


def test_viewers_look_at_campaigns_and_change_none(brand, viewer, signed_in):
    row = Campaign.objects.create(brand=brand, name="A", start=date(2027, 3, 1), end=date(2027, 3, 2))
    client = signed_in(viewer)
    assert client.get(url(brand, "campaigns")).status_code == 200
    assert client.get(url(brand, "campaign", row.pk)).status_code == 200
    assert client.get(url(brand, "edit_campaign", row.pk)).status_code == 403
    assert client.post(url(brand, "delete_campaign", row.pk), {"version": 1}).status_code == 403


# --- the brand's zone


def test_a_new_zone_keeps_the_time_on_the_clock_of_what_is_to_come(brand, lead, write, tomorrow, signed_in):
    ahead = write(at=local(brand, tomorrow, 19), status="scheduled", state="approved").publications.get()
    out = write(at=soon(-30), status="published", state="approved").publications.get()
    client = signed_in(lead)
    shown = client.post(url(brand, "zone"), {"time_zone": "Europe/London", "version": 1})
    brand.refresh_from_db()
    assert brand.time_zone == "Asia/Tashkent" and "Green tea" in shown.content.decode()
    assert client.post(url(brand, "zone"), {"time_zone": "Europe/London", "version": 1, "confirmed": "1"}).status_code == 302
    brand.refresh_from_db()
    was = out.at
    ahead.refresh_from_db()
    out.refresh_from_db()
    assert brand.time_zone == "Europe/London" and brand.version == 2
    assert ahead.at == local(brand, tomorrow, 19) and ahead.version == 2
    assert out.at == was and out.version == 1


def test_a_zone_changed_meanwhile_is_not_changed_again(brand, lead, write, tomorrow, signed_in):
    row = write(at=local(brand, tomorrow, 19)).publications.get()
    brand.save_version(1)
    answer = signed_in(lead).post(url(brand, "zone"), {"time_zone": "Europe/London", "version": 1, "confirmed": "1"})
    assert answer.status_code == 409
    row.refresh_from_db()
    assert row.version == 1 and row.at == local(brand, tomorrow, 19)


@pytest.mark.parametrize("step", [{}, {"confirmed": "1"}], ids=["looking", "changing"])
@pytest.mark.parametrize(("chosen", "zone"), [("mine", "Europe/London"), ("theirs", "Asia/Almaty")])
def test_whoever_changes_the_zone_second_sees_both_and_chooses(brand, lead, signed_in, step, chosen, zone):
    client = signed_in(lead)
    seen = client.get(url(brand, "zone")).context["form"].seen_in_short
    client.post(url(brand, "zone"), {"time_zone": "Asia/Almaty", "version": 1, "confirmed": "1"})
    typed = {"time_zone": "Europe/London", "version": 1, "seen": seen}
    answer = client.post(url(brand, "zone"), typed | step)
    (question,) = answer.context["form"].conflict.questions
    assert answer.status_code == 409 and question.changed_by == "both" and answer.text.count("<h3>Two versions") == 1
    again = typed | {"version": 2, "merge-time_zone": chosen}
    if chosen == "mine":
        assert "Change the zone" in client.post(url(brand, "zone"), again).text
        again |= {"confirmed": "1"}
    assert client.post(url(brand, "zone"), again).status_code == 302
    brand.refresh_from_db()
    assert brand.time_zone == zone


@pytest.mark.parametrize("zone", ["", "Mars/Olympus", "../etc/passwd", "Asia/Tashkent"])
def test_a_zone_that_is_none_or_the_same_is_a_form_error(brand, lead, signed_in, zone):
    answer = signed_in(lead).post(url(brand, "zone"), {"time_zone": zone, "version": 1, "confirmed": "1"})
    assert answer.status_code == 200 and answer.context["form"].errors


def test_only_a_lead_changes_the_zone(brand, marketer, signed_in):
    assert signed_in(marketer).get(url(brand, "zone")).status_code == 403


# --- the gate


def test_the_gate_names_the_weeks_without_a_post(brand, strategy, write):
    today = brand.today()
    for days in (1, 8, 22):
        write(at=local(brand, today + timedelta(days=days), 12), strategy=strategy)
    write(at=local(brand, today + timedelta(days=15), 12), strategy=strategy, status="cancelled")
    (missing,) = gate(strategy)
    assert "month=" in missing.url and str((today + timedelta(days=14)).day) in missing.text


def test_the_gate_asks_nothing_beyond_the_strategys_end(brand, strategy):
    strategy.end = brand.today() + timedelta(days=6)
    assert len(gate(strategy)) == 1
    strategy.end = brand.today() - timedelta(days=1)
    assert gate(strategy) == []
