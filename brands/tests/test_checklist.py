"""The set-up checklist of a channel: what is declared, what is saved, and two people at once."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from brands.checklist import CHECKS, Tip, checks_for, percent, percents, share_done
from brands.models import Brand, ChannelCheck, Platform

State = ChannelCheck.State
DAY = date(2026, 11, 2)


@pytest.fixture
def telegram(add_channel):
    return add_channel("telegram")


def url(channel) -> str:
    return f"/brands/{channel.brand.slug}/settings/channels/{channel.pk}/checklist/"


def point(name: str, state: str = "done", seen: str = "open", **more) -> dict:
    note, day = more.pop("note", ""), more.pop("day", None)
    sent = {
        f"{name}-state": state,
        f"initial-{name}-state": seen,
        f"{name}-note": note,
        f"initial-{name}-note": more.pop("seen_note", ""),
    }
    if day is not None:
        sent |= {f"{name}-day": day, f"initial-{name}-day": more.pop("seen_day", "")}
    assert not more
    return sent  # fmt: skip


# --- what is declared


def test_every_point_is_declared_once_with_a_reason_and_known_platforms():
    assert len({check.name for check in CHECKS}) == len(CHECKS) == 21
    assert {check.tip for check in CHECKS} == set(Tip)
    assert all(str(check.label) and str(check.why) for check in CHECKS)
    assert all(len(check.name) <= ChannelCheck._meta.get_field("check_name").max_length for check in CHECKS)


@pytest.mark.django_db
def test_points_name_platforms_that_there_are():
    known = set(Platform.objects.values_list("slug", flat=True))
    assert {slug for check in CHECKS for slug in check.platforms or ()} <= known


@pytest.mark.parametrize(
    ("platform", "applies", "applies_not"),
    [
        ("facebook", {"page_created", "group_created", "cover", "place", "alt_text"}, set()),
        ("telegram", {"picture", "description", "rules_read", "review"}, {"cover", "place", "contact", "alt_text", "page_created"}),
        ("instagram", {"contact", "place", "alt_text"}, {"cover", "group_created"}),
    ],
)  # fmt: skip
def test_points_apply_where_there_is_such_a_thing(add_channel, platform, applies, applies_not):
    names = {check.name for check in checks_for(add_channel(platform))}
    assert applies <= names
    assert not applies_not & names


# --- the percentage


@pytest.mark.parametrize(
    ("states", "share"),
    [
        ([], 0), (["done"], 33), (["done", "done"], 67), (["done", "none"], 50), (["none"] * 3, None), (["done", "done", "none"], 100),
    ],
)  # fmt: skip
def test_the_share_is_done_of_those_that_apply(states, share):
    checks = CHECKS[:3]
    rows = [ChannelCheck(check_name=check.name, state=state) for check, state in zip(checks, states, strict=False)]
    assert share_done(checks, rows) == share


def test_a_point_that_was_retired_or_belongs_elsewhere_does_not_count(telegram):
    for name in ("cover", "once_there_was", "picture"):
        telegram.checks.create(check_name=name, state=State.DONE)
    assert percent(telegram) == round(100 / len(checks_for(telegram)))


def test_many_channels_take_one_query(add_channel):
    channels = [add_channel("telegram", f"atlas{number}") for number in range(3)]
    channels[1].checks.create(check_name="picture", state=State.DONE)
    for some in (channels[:1], channels):
        with CaptureQueriesContext(connection) as captured:
            found = percents(some)
        assert len(captured) == 1
    assert [found[channel.pk] for channel in channels] == [0, percent(channels[1]), 0]


# --- the page


def test_a_marketer_ticks_points_and_the_others_stay_as_they_are(as_user, marketer, telegram):
    telegram.checks.create(check_name="security", state=State.DONE, note="Dilnoza’s phone")
    answer = as_user(marketer).post(url(telegram), point("picture", note="The new logo") | point("hashtags", "none"))
    assert answer.status_code == 302
    rows = {row.check_name: row for row in telegram.checks.all()}
    assert (rows["picture"].state, rows["picture"].note, rows["picture"].changed_by) == ("done", "The new logo", marketer)
    assert rows["hashtags"].state == "none"
    assert (rows["security"].state, rows["security"].note) == ("done", "Dilnoza’s phone")
    assert "keywords" not in rows


def test_viewers_may_not_and_strangers_find_nothing(as_user, viewer, stranger, telegram):
    assert as_user(viewer).get(url(telegram)).status_code == 403
    assert as_user(viewer).post(url(telegram), point("picture")).status_code == 403
    assert as_user(stranger).get(url(telegram)).status_code == 404


def test_a_channel_of_another_brand_is_out_of_reach(as_user, marketer, telegram):
    other = Brand.objects.create(name="Ipak", slug="ipak")
    theirs = other.channels.create(platform=telegram.platform, handle="ipak")
    address = url(theirs).replace("ipak", "atlas")
    assert as_user(marketer).post(address, point("picture")).status_code == 404
    assert not theirs.checks.exists()


def test_a_point_with_a_day_asks_for_it_and_loses_nothing(as_user, marketer, telegram):
    client = as_user(marketer)
    answer = client.post(url(telegram), point("rules_read", note="Contests", day="") | point("picture"))
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "Say on which day." in page
    assert 'value="Contests"' in page
    # The other point was fine, and is kept.
    assert set(telegram.checks.values_list("check_name", flat=True)) == {"picture"}
    client.post(url(telegram), point("rules_read", note="Contests", day="2026-11-02"))
    assert telegram.checks.get(check_name="rules_read").day == DAY


@pytest.mark.parametrize(
    ("name", "day", "said"),
    [
        ("rules_read", "2099-01-01", "That day is still to come."), ("review", "2099-01-01", ""), ("review", "1066-10-14", "this century"),
        ("review", "soon", "Enter a valid date."), ("review", "2101-01-01", "this century"),
    ],
)  # fmt: skip
def test_days_are_sane(as_user, marketer, telegram, name, day, said):
    answer = as_user(marketer).post(url(telegram), point(name, day=day))
    assert answer.status_code == (422 if said else 302)
    assert said in answer.content.decode()
    assert telegram.checks.exists() is not bool(said)


def test_states_and_notes_are_bounded(as_user, marketer, telegram):
    answer = as_user(marketer).post(
        url(telegram), point("picture", "perhaps") | point("cover") | point("hashtags", note="x" * 201)
    )
    assert answer.status_code == 422
    assert "at most 200 characters" in answer.content.decode()
    assert not telegram.checks.exists()


# --- two people


def test_two_people_tick_different_points_at_once(as_user, marketer, lead, telegram):
    """Both pages were opened before either was saved, and each sends all of its points."""
    as_user(marketer).post(url(telegram), point("picture") | point("hashtags", "open"))
    as_user(lead).post(url(telegram), point("picture", "open") | point("hashtags"))
    assert dict(telegram.checks.values_list("check_name", "state")) == {"picture": "done", "hashtags": "done"}


def test_a_note_and_a_tick_on_one_point_do_not_undo_each_other(as_user, marketer, lead, telegram):
    telegram.checks.create(check_name="picture", state=State.OPEN)
    as_user(marketer).post(url(telegram), point("picture"))
    as_user(lead).post(url(telegram), point("picture", "open", note="The shop’s front"))
    row = telegram.checks.get()
    assert (row.state, row.note) == ("done", "The shop’s front")


def test_who_contradicts_somebody_is_told_and_decides(as_user, marketer, lead, telegram):
    telegram.checks.create(check_name="picture", state=State.OPEN)
    as_user(marketer).post(url(telegram), point("picture", "none"))
    answer = as_user(lead).post(url(telegram), point("picture", "done"))
    assert answer.status_code == 409
    page = answer.content.decode()
    assert "It is now: Does not apply." in page
    assert telegram.checks.get().state == "none"
    # The page knows now what is stored; a second press is deliberate.
    assert 'name="initial-picture-state" value="none"' in page
    as_user(lead).post(url(telegram), point("picture", "done", seen="none"))
    assert telegram.checks.get().state == "done"


# --- saved quietly


def test_a_quiet_save_renews_the_score_and_what_was_seen(as_user, marketer, telegram):
    answer = as_user(marketer).post(url(telegram), point("picture"), headers={"hx-request": "true"})
    said = answer.content.decode()
    assert answer.status_code == 200
    assert "<html" not in said
    assert f"{round(100 / len(checks_for(telegram)))}\xa0%" in said
    assert 'name="initial-picture-state" value="done"' in said


def test_what_was_seen_stands_in_the_page_once(as_user, marketer, telegram):
    """A quiet save renews it; a second copy would keep saying what was seen before."""
    page = as_user(marketer).get(url(telegram)).content.decode()
    for name in ("picture-state", "picture-note", "rules_read-day", "growth-grew_by_buying"):
        assert page.count(f'name="initial-{name}"') == 1


def test_a_quiet_save_tells_errors_at_their_fields(as_user, marketer, telegram):
    said = as_user(marketer).post(url(telegram), point("rules_read", day=""), headers={"hx-request": "true"}).content.decode()
    assert "Say on which day." in said
    assert "Not saved yet" in said


# --- bought followers


def test_bought_followers_are_ticked_by_people(as_user, marketer, telegram):
    sent = {"growth-grew_by_buying": "on", "initial-growth-grew_by_buying": "False", "growth-version": 1}
    assert as_user(marketer).post(url(telegram), sent).status_code == 302
    telegram.refresh_from_db()
    assert (telegram.grew_by_buying, telegram.version) == (True, 2)
    as_user(marketer).post(url(telegram), {"initial-growth-grew_by_buying": "True", "growth-version": 2})
    telegram.refresh_from_db()
    assert not telegram.grew_by_buying


def test_an_old_page_does_not_change_the_tick_behind_somebodys_back(as_user, marketer, telegram):
    telegram.version = 5
    telegram.save()
    sent = {"growth-grew_by_buying": "on", "initial-growth-grew_by_buying": "False", "growth-version": 1}
    assert as_user(marketer).post(url(telegram), sent).status_code == 409
    telegram.refresh_from_db()
    assert not telegram.grew_by_buying


def test_ticking_points_leaves_the_tick_about_followers_alone(as_user, marketer, telegram):
    telegram.grew_by_buying, telegram.version = True, 5
    telegram.save()
    sent = point("picture") | {"growth-grew_by_buying": "on", "initial-growth-grew_by_buying": "True", "growth-version": 1}
    assert as_user(marketer).post(url(telegram), sent).status_code == 302
    telegram.refresh_from_db()
    assert telegram.grew_by_buying


# --- where it is linked


def test_the_list_of_channels_leads_to_the_checklists_with_their_share(as_user, marketer, viewer, telegram):
    telegram.checks.create(check_name="picture", state=State.DONE)
    page = as_user(marketer).get("/brands/atlas/settings/channels/").content.decode()
    assert url(telegram) in page
    assert f"{percent(telegram)}\xa0%" in page
    assert url(telegram) not in as_user(viewer).get("/brands/atlas/settings/channels/").content.decode()


@pytest.mark.parametrize("address", ["list", "checklist"])
def test_pages_take_the_same_queries_for_one_row_and_for_many(as_user, marketer, add_channel, telegram, address):
    client, counts = as_user(marketer), []
    page = url(telegram) if address == "checklist" else "/brands/atlas/settings/channels/"
    for names in (["picture"], ["hashtags", "security", "review"]):
        for name in names:
            telegram.checks.create(check_name=name, state=State.DONE, changed_by=marketer)
            add_channel("telegram", f"atlas-{name}").checks.create(check_name=name, state=State.DONE)
        with CaptureQueriesContext(connection) as captured:
            assert client.get(page).status_code == 200
        counts.append(len(captured))
    assert counts[0] == counts[1] <= 12
