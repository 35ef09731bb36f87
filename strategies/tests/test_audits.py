"""Audits over time: looked at again, what moved, when to look the next time, and the gaps."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from brands.checklist import percent
from strategies import known_figures
from strategies.audit_history import gaps, latest_audit_day, subjects
from strategies.known_figures import Known
from strategies.models import Audit, Strategy

pytestmark = pytest.mark.django_db


@pytest.fixture
def own(spring, telegram) -> Audit:
    return spring.audits.create(
        kind="own",
        channel=telegram,
        audited_on=date(2026, 2, 1),
        followers=8000,
        posts_per_month=20,
        works="Films",
        gap="Evenings",
    )


def again(audit: Audit, day: date, **fields) -> Audit:
    return Audit.objects.create(
        strategy=audit.strategy, kind=audit.kind, channel=audit.channel, competitor=audit.competitor, platform=audit.platform,
        earlier=audit, audited_on=day, **fields,
    )  # fmt: skip


# --- what moved


def test_looks_at_one_channel_stand_together_newest_first(own, spring, instagram):
    later = again(own, date(2026, 5, 1), followers=9200, posts_per_month=16)
    spring.audits.create(kind="own", channel=instagram)
    found = subjects(spring.audits.all())
    assert [[look.audit for look in subject.looks] for subject in found if len(subject.looks) > 1] == [[later, own]]
    assert len(found) == 2


def test_what_moved_is_said_with_its_rate(own, spring):
    again(own, date(2026, 5, 1), followers=9200, posts_per_month=16)
    newest, first = subjects(spring.audits.all())[0].looks
    assert (newest.followers, newest.posts) == (1200, -4)
    # 1,200 in 89 days; a month is a twelfth of 365 days.
    assert newest.followers_per_month == Decimal(1200) * (Decimal(365) / 12) / 89
    assert not first.has_moved


@pytest.mark.parametrize(
    ("day", "followers", "gained", "has_rate"),
    [
        (date(2026, 5, 1), None, None, False),  # not counted: nothing moved that anybody knows of
        (date(2026, 2, 4), 8030, 30, False),  # three days say nothing about a month
        (date(2026, 2, 8), 8030, 30, True),
        (None, 8030, -30, False),  # without a day it counts as the oldest
    ],
)
def test_a_missing_figure_is_no_zero(own, spring, day, followers, gained, has_rate):
    again(own, day, followers=followers)
    newest = subjects(spring.audits.all())[0].looks[0]
    assert newest.followers == gained
    assert (newest.followers_per_month is not None) == has_rate


def test_a_competitor_is_the_same_one_however_the_name_is_written(spring, telegram):
    platform = telegram.platform
    first = spring.audits.create(kind="competitor", competitor="Milliy Gul", platform=platform, audited_on=date(2026, 2, 1))
    spring.audits.create(kind="competitor", competitor=" milliy gul", platform=platform, audited_on=date(2026, 3, 1))
    spring.audits.create(kind="competitor", competitor="Milliy Gul Toshkent", earlier=first, audited_on=date(2026, 4, 1))
    spring.audits.create(kind="competitor", competitor="Milliy Gul", audited_on=date(2026, 2, 1))
    assert sorted(len(subject.looks) for subject in subjects(spring.audits.all())) == [1, 3]


def test_the_next_look_is_due_three_months_later(own, spring):
    (subject,) = subjects(spring.audits.all())
    assert subject.due == date(2026, 5, 1)
    assert not subject.is_overdue(date(2026, 5, 1))
    assert subject.is_overdue(date(2026, 5, 2))


def test_only_the_newest_gap_counts(own, spring):
    later = again(own, date(2026, 5, 1), gap="Films at night")
    assert gaps(subjects(spring.audits.all())) == [later]
    again(own, date(2026, 6, 1), gap=" ")
    assert gaps(subjects(spring.audits.all())) == []


def test_the_latest_audit_is_known_by_its_day(own, spring):
    spring.audits.create(kind="competitor", competitor="Milliy Gul")
    assert latest_audit_day(spring) == date(2026, 2, 1)
    own.delete()
    assert latest_audit_day(spring) is None


# --- the page


def test_looking_again_offers_the_words_and_not_the_figures(as_marketer, step_url, own):
    page = as_marketer.get(step_url("audits", f"?again={own.pk}")).content.decode()
    assert "Films</textarea>" in page
    assert 'value="8,000"' not in page
    assert f'name="again" value="{own.pk}"' in page


def sent(own: Audit, **more) -> dict:
    return {
        "item": "new", "kind": "own", "again": own.pk, "item-version": 1, "item-channel": own.channel_id,
        "item-audited_on": str(own.strategy.brand.today()), "item-works": "Films", "item-gap": "Evenings",
    } | more  # fmt: skip


def test_a_second_look_points_at_the_first(as_marketer, step_url, own, spring):
    response = as_marketer.post(step_url("audits"), sent(own, **{"item-followers": "9 200"}))
    assert response.status_code == 302
    second = spring.audits.get(earlier=own)
    assert (second.followers, second.works, second.audited_on) == (9200, "Films", spring.brand.today())
    assert "+1,200" in as_marketer.get(step_url("audits")).content.decode()


def test_a_second_look_that_found_all_as_it_was_is_kept_when_saved(as_marketer, step_url, own, spring):
    as_marketer.post(step_url("audits"), sent(own) | {"action": "next"})
    assert spring.audits.count() == 1
    as_marketer.post(step_url("audits"), sent(own) | {"action": "save"})
    assert spring.audits.count() == 2


@pytest.fixture
def measured(monkeypatch) -> None:
    known = Known(Decimal(9300), last=date(2026, 11, 1), source="the file of November", url="/somewhere/")
    answer = {"latest": lambda pairs: {(channel.pk, measure): known for channel, measure in pairs}}
    monkeypatch.setattr(known_figures, "_answers", answer)


def test_followers_that_were_measured_are_offered(as_marketer, step_url, own, measured):
    page = as_marketer.get(step_url("audits", f"?again={own.pk}")).content.decode()
    assert 'value="9,300"' in page
    assert "the file of November" in page


def test_measured_followers_are_taken_with_one_press(as_marketer, step_url, own, measured):
    assert 'value="known"' in as_marketer.get(step_url("audits", f"?audit={own.pk}")).content.decode()
    as_marketer.post(step_url("audits"), {"item": own.pk, "action": "known"})
    own.refresh_from_db()
    assert own.followers == 9300


def test_without_measured_followers_nothing_is_taken(as_marketer, step_url, own):
    as_marketer.post(step_url("audits"), {"item": own.pk, "action": "known"})
    own.refresh_from_db()
    assert own.followers == 8000


def test_the_set_up_of_an_own_channel_is_shown(as_marketer, step_url, own):
    (subject,) = as_marketer.get(step_url("audits")).context["own"]
    assert subject.set_up == percent(own.channel)


def test_looking_again_at_nothing_is_not_found(as_marketer, step_url):
    assert as_marketer.get(step_url("audits", "?again=999999")).status_code == 404


def test_a_competitor_is_asked_the_three_questions(as_marketer, step_url, spring, telegram):
    typed = {
        "kind": "competitor", "item-version": 1, "item-competitor": " Milliy   Gul ", "item-platform": telegram.platform_id,
        "item-following": "210", "item-content_types": "Photographs", "item-popular_posts": "The loom", "item-tactics": "Prices",
        "item-neglected": "TikTok", "item-flops": "Greetings",
    }  # fmt: skip
    as_marketer.post(step_url("audits"), typed)
    audit = spring.audits.get()
    assert (audit.competitor, audit.following, audit.tactics, audit.neglected, audit.flops) == (
        "Milliy Gul", 210, "Prices", "TikTok", "Greetings",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("field", "typed", "said"),
    [
        ("followers", "-5", "greater than or equal to 0"),
        ("posts_per_month", "90000", "less than or equal to"),
        ("audited_on", "1999-12-31", "not before 2000"),
        ("audited_on", str(date.today() + timedelta(days=9)), "not after today"),
    ],
)
def test_bad_input_is_told_at_the_field_and_kept(as_marketer, step_url, spring, telegram, field, typed, said):
    typed_all = {"kind": "own", "item-version": 1, "item-channel": telegram.pk, "item-works": "Films", f"item-{field}": typed}
    response = as_marketer.post(step_url("audits"), typed_all)
    page = response.content.decode()
    assert response.status_code == 422
    assert said in page
    assert typed in page
    assert "Films" in page


def test_a_removed_audit_comes_back(as_marketer, step_url, own, spring):
    as_marketer.post(step_url("audits"), {"remove": own.pk})
    assert not spring.audits.exists()
    as_marketer.post(step_url("audits") + "undo/")
    assert spring.audits.get().works == "Films"


def test_an_audit_of_another_strategy_does_not_open(as_marketer, step_url, own, shop):
    other = Strategy.objects.create(brand=shop, name="Other", start=date(2027, 1, 1), end=date(2027, 5, 1))
    assert as_marketer.get(f"/brands/atlas/strategies/{other.pk}/audits/?audit={own.pk}").status_code == 404


def test_viewers_and_strangers_stay_outside(client, viewer, stranger, step_url):
    for person, status in ((viewer, 403), (stranger, 404)):
        client.force_login(person)
        assert client.get(step_url("audits")).status_code == status


def test_the_queries_do_not_grow_with_the_audits(as_marketer, step_url, own, spring, telegram):
    def count() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert as_marketer.get(step_url("audits")).status_code == 200
        return len(captured)

    as_marketer.get(step_url("audits"))
    one = count()
    for month in (3, 4, 5):
        again(own, date(2026, month, 1), gap="x")
        spring.audits.create(kind="competitor", competitor=f"Rival {month}", platform=telegram.platform)
    assert count() == one <= 25
