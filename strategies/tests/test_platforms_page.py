"""The platform choice, through the browser's eyes: scores, reasons, weights, people's own ratings, use, review, pilots."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from brands.models import Brand, Channel, Membership, Platform
from strategies.models import Criterion, FitRating, PlatformReview, StrategyChannel
from strategies.platform_fit import WEIGHTS

pytestmark = [pytest.mark.django_db, pytest.mark.once]

QUIET = {"X-Autosave": "yes"}


@pytest.fixture
def url(step_url):
    return lambda query="": step_url("platforms", query)


def page_of(client, address) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


def row_of(client, address, slug: str) -> dict:
    return next(row for row in client.get(address).context["rows"] if row["platform"].slug == slug)


def weights(**said) -> dict:
    """What the page sends: the weights, and those it was shown with."""
    usual = dict(WEIGHTS)
    seen = {f"initial-review-{name}": usual[name] for name in usual}
    return {f"review-{name}": said.get(name, usual[name]) for name in usual} | seen | {"review-version": said.get("version", 1)}


def rating(criterion: str, value: str, reason: str = "", *, version: object = "", seen: str = "", seen_reason: str = "") -> dict:
    prefix = f"rate-{criterion}"
    return {
        "platform": "telegram", f"{prefix}-rating": value, f"{prefix}-reason": reason, f"{prefix}-version": version,
        f"initial-{prefix}-rating": seen, f"initial-{prefix}-reason": seen_reason,
    }  # fmt: skip


# --- the table


def test_an_empty_strategy_is_told_what_is_not_known(as_marketer, url):
    row = row_of(as_marketer, url(), "telegram")
    # The business type and the team's hours are said, nothing else.
    assert [cell["rating"] is None for cell in row["cells"]] == [True, False, False, True, True]
    assert (row["score"].weighed, row["score"].is_complete) == (45, False)
    page = page_of(as_marketer, url())
    assert "45 of 100 weighed" in page
    assert "No persona says yet where he or she is active." in page


def test_what_the_plan_says_moves_the_score_and_is_given_as_reason(as_marketer, url, spring, telegram):
    madina = spring.personas.create(name="Madina")
    madina.platforms.add(telegram.platform)
    spring.personas.create(name="Gulnora").platforms.add(Platform.objects.get(slug="facebook"))
    spring.audits.create(kind="competitor", competitor="Milliy Gul", platform=telegram.platform, gap="Nobody answers")
    page = page_of(as_marketer, url())
    assert "Active here: 1 of 2 personas." in page
    assert "They leave a gap: “Nobody answers”" in page
    assert row_of(as_marketer, url(), "telegram")["cells"][0]["rating"] == 3


def test_the_best_platform_comes_first(as_marketer, url, spring, telegram):
    spring.personas.create(name="Madina").platforms.add(telegram.platform)
    scores = [row["score"].exact for row in as_marketer.get(url()).context["rows"]]
    assert scores == sorted(scores, reverse=True)
    assert as_marketer.get(url()).context["rows"][0]["platform"].slug == "telegram"


def test_it_is_said_what_kind_of_platform_each_is(as_marketer, url):
    page = page_of(as_marketer, url())
    for said in ("Content communities", "Presence and richness medium", "Self-presentation high", "A: companies have pages apart",
                 "Where Uzbekistan is", "Weak discovery", "Professionals"):  # fmt: skip
        assert said in page


def test_platforms_that_are_offered_no_more_stay_while_they_are_used(as_marketer, url, spring, telegram):
    StrategyChannel.objects.create(strategy=spring, channel=telegram)
    Platform.objects.filter(slug__in=["telegram", "x"]).update(is_active=False)
    slugs = {row["platform"].slug for row in as_marketer.get(url()).context["rows"]}
    assert "telegram" in slugs
    assert not {"x", "tumblr"} & slugs


# --- weights


def test_weights_may_be_changed_and_put_back(as_marketer, url, spring):
    as_marketer.post(url(), weights(audience=50, format=10))
    review = PlatformReview.objects.get(strategy=spring)
    assert review.weights == dict(WEIGHTS) | {"audience": 50, "format": 10}
    assert as_marketer.get(url()).context["heads"][0][2] == 50
    as_marketer.post(url(), {"action": "usual-weights"})
    review.refresh_from_db()
    assert (review.weights, as_marketer.get(url()).context["is_usual"]) == ({}, True)


def test_weights_that_make_no_hundred_are_told_at_the_field_and_kept_as_typed(as_marketer, url):
    response = as_marketer.post(url(), weights(audience=50))
    page = response.content.decode()
    assert response.status_code == 422
    assert "The weights make 115, not 100." in page
    assert 'value="50"' in page
    assert response.context["weights_form"].errors.keys() == {"audience"}
    assert not PlatformReview.objects.filter(weights__audience=50).exists()


@pytest.mark.parametrize(
    ("typed", "said"), [("-1", "greater than or equal to 0"), ("101", "less than or equal to 100"), ("many", "Enter a number"), ("", "required")]
)  # fmt: skip
def test_a_weight_is_bounded(as_marketer, url, typed, said):
    response = as_marketer.post(url(), weights(audience=typed))
    assert response.status_code == 422
    assert said in response.content.decode()


def test_while_weights_are_typed_the_sum_and_the_scores_follow(as_marketer, url):
    answer = as_marketer.post(url(), weights(audience=30), headers=QUIET).json()
    assert "95 so far, 5 to give" in answer["parts"]["fit-weights"]
    assert answer["saved"] is False
    answer = as_marketer.post(url(), weights(audience=30, format=30), headers=QUIET).json()
    assert answer["saved"] is True
    assert answer["parts"]["fit-head"].count("</span>30</span>") == 2
    # Format 30 and resources 20 are known of it.
    assert "50 of 100 weighed" in answer["parts"]["fit-telegram"]


def test_two_people_who_weigh_at_once_are_told(as_marketer, url, spring):
    as_marketer.post(url(), weights(audience=30, rivals=15))
    response = as_marketer.post(url(), weights(audience=40, rivals=5))
    assert response.status_code == 409
    assert 'value="40"' in response.content.decode()
    assert PlatformReview.objects.get().weights["audience"] == 30


# --- people's own ratings


def test_a_rating_is_overruled_with_a_reason(as_marketer, url, spring):
    as_marketer.post(url(), rating("audience", "4", "Our customers ask there every day"))
    stored = FitRating.objects.get()
    assert (stored.strategy, stored.platform.slug, stored.criterion, stored.rating) == (spring, "telegram", "audience", 4)
    row = row_of(as_marketer, url(), "telegram")
    assert (row["cells"][0]["rating"], row["score"].weighed) == (4, 80)
    assert "You say 4: Our customers ask there every day" in page_of(as_marketer, url())


def test_a_rating_without_a_reason_is_refused_beside_it(as_marketer, url):
    response = as_marketer.post(url(), rating("audience", "4"))
    assert response.status_code == 422
    assert "Say in a few words why you see it otherwise." in response.content.decode()
    assert not FitRating.objects.exists()


def test_a_reason_without_a_rating_is_not_thrown_away(as_marketer, url):
    response = as_marketer.post(url(), rating("audience", "", "Customers ask there"))
    assert response.status_code == 422
    assert "Choose a rating, or empty the reason." in response.content.decode()
    assert 'value="Customers ask there"' in response.content.decode()


@pytest.mark.parametrize(("value", "reason"), [("6", "x"), ("-1", "x"), ("five", "x"), ("3", "x" * 201)])
def test_ratings_and_reasons_are_bounded(as_marketer, url, value, reason):
    assert as_marketer.post(url(), rating("audience", value, reason)).status_code == 422
    assert not FitRating.objects.exists()


@pytest.fixture
def mine(spring, telegram) -> FitRating:
    return FitRating.objects.create(
        strategy=spring, platform=telegram.platform, criterion="audience", rating=4, reason="They ask there"
    )


def test_an_own_rating_goes_back_to_the_suggestion_and_can_be_brought_back(as_marketer, url, step_url, spring, mine):
    as_marketer.post(url(), {"platform": "telegram", "remove": mine.pk})
    assert not FitRating.objects.exists()
    as_marketer.post(step_url("platforms", "undo/"))
    assert FitRating.objects.get().reason == "They ask there"


def test_choosing_as_suggested_takes_the_own_rating_back(as_marketer, url, mine):
    sent = rating("audience", "", "They ask there", version=1, seen="4", seen_reason="They ask there")
    assert as_marketer.post(url(), sent, headers=QUIET).json()["saved"]
    assert not FitRating.objects.exists()


def test_two_people_rate_different_criteria_of_one_platform(as_marketer, url):
    as_marketer.post(url(), rating("audience", "4", "They ask there"))
    sent = rating("rivals", "2", "They are all there") | rating("audience", "")
    assert as_marketer.post(url(), sent).status_code == 302
    assert dict(FitRating.objects.values_list("criterion", "rating")) == {"audience": 4, "rivals": 2}


def test_two_people_rate_the_same_criterion_and_the_second_is_told(as_marketer, url):
    as_marketer.post(url(), rating("audience", "4", "They ask there"))
    response = as_marketer.post(url(), rating("audience", "1", "I never see them"))
    assert response.status_code == 409
    assert "I never see them" in response.content.decode()
    assert FitRating.objects.get().rating == 4
    # The second press knows the version it was told of.
    as_marketer.post(url(), rating("audience", "1", "I never see them", version=1))
    assert FitRating.objects.get().rating == 1


def test_an_own_rating_changed_in_an_old_window_is_refused(as_marketer, url, mine):
    FitRating.objects.update(version=2, rating=5)
    sent = rating("audience", "1", "They ask there", version=1, seen="4", seen_reason="They ask there")
    assert as_marketer.post(url(), sent).status_code == 409
    sent = rating("audience", "", "", version=1, seen="4", seen_reason="They ask there")
    assert as_marketer.post(url(), sent).status_code == 409
    assert FitRating.objects.get().rating == 5


def test_a_rating_saved_quietly_answers_with_what_is_seen_now(as_marketer, url):
    answer = as_marketer.post(url(), rating("audience", "4", "They ask there"), headers=QUIET).json()
    state = answer["states"]["rate-audience"]
    assert 'name="rate-audience-version" value="1"' in state
    assert 'name="initial-rate-audience-rating" value="4"' in state
    assert "80 of 100 weighed" in answer["parts"]["fit-telegram"]


def test_a_rating_of_another_strategy_is_out_of_reach(as_marketer, url, shop, telegram):
    other = shop.strategies.create(name="Other", start=date(2028, 1, 1), end=date(2028, 6, 30))
    foreign = FitRating.objects.create(strategy=other, platform=telegram.platform, criterion="audience", rating=5)
    as_marketer.post(url(), {"remove": foreign.pk})
    assert FitRating.objects.filter(pk=foreign.pk).exists()


def test_a_platform_that_is_not_there_is_not_found(as_marketer, url):
    assert as_marketer.get(url("?platform=myspace")).status_code == 404
    assert as_marketer.post(url(), {"platform": "myspace"}).status_code == 404


# --- using a platform


def test_a_channel_is_used_with_one_press(as_marketer, url, spring, telegram):
    as_marketer.post(url(), {"action": f"use-{telegram.pk}"})
    row = spring.strategy_channels.get()
    assert (row.channel, row.posts_per_week) == (telegram, telegram.platform.cadence_min)
    assert "in use" in page_of(as_marketer, url())


def test_channels_of_other_brands_and_those_out_of_use_are_not_used(as_marketer, url, spring, telegram):
    theirs = Brand.objects.create(name="Ipak", slug="ipak").channels.create(platform=telegram.platform, handle="ipak")
    Channel.objects.filter(pk=telegram.pk).update(is_active=False)
    for pk in (theirs.pk, telegram.pk, 999999, "x"):
        as_marketer.post(url(), {"action": f"use-{pk}"})
    assert not spring.strategy_channels.exists()


def test_a_lead_adds_a_channel_where_the_brand_has_none(as_lead, url, shop, spring):
    sent = {"platform": "linkedin", "channel-handle": "https://www.linkedin.com/company/atlas-libos/", "channel-kind": "page"}
    # Not while it is typed.
    as_lead.post(url(), sent, headers=QUIET)
    assert not shop.channels.exists()
    as_lead.post(url(), sent | {"action": "save"})
    channel = shop.channels.get()
    assert (channel.platform.slug, channel.handle) == ("linkedin", "atlas-libos")
    assert spring.strategy_channels.get().channel == channel


def test_a_handle_that_is_none_is_told_at_the_field_and_kept(as_lead, url, shop):
    response = as_lead.post(url(), {"platform": "linkedin", "channel-handle": "atlas libos!", "channel-kind": "page"})
    assert response.status_code == 422
    assert "A handle has letters" in response.content.decode()
    assert 'value="atlas libos!"' in response.content.decode()
    assert not shop.channels.exists()


def test_a_marketer_is_told_who_adds_channels_and_cannot(as_marketer, url, shop):
    assert "A lead of the brand can add one." in page_of(as_marketer, url("?platform=linkedin"))
    as_marketer.post(url(), {"platform": "linkedin", "channel-handle": "atlas", "channel-kind": "page"})
    assert not shop.channels.exists()


@pytest.mark.parametrize(
    ("count", "said"), [(3, ""), (4, "Four channels: that is the limit."), (5, "5 channels: with more than three or four")]
)
def test_four_channels_are_the_limit_and_a_fifth_is_warned_of_but_not_refused(
    as_marketer, url, shop, spring, telegram, count, said
):
    for number in range(count):
        channel = shop.channels.create(platform=telegram.platform, handle=f"atlas{number}")
        as_marketer.post(url(), {"action": f"use-{channel.pk}"})
    assert spring.strategy_channels.count() == count
    page = page_of(as_marketer, url())
    assert said in page
    assert ("channels: with more than" in page) is (count > 4)


# --- once a year, and pilots


def test_the_review_is_noted_and_due_again_after_a_year(as_marketer, url, shop, spring):
    assert "Not reviewed yet" in page_of(as_marketer, url())
    as_marketer.post(url(), {"action": "reviewed"})
    review = PlatformReview.objects.get(strategy=spring)
    assert review.reviewed_on == shop.today()
    PlatformReview.objects.update(reviewed_on=shop.today() - timedelta(days=366))
    assert "more than a year ago" in page_of(as_marketer, url())
    PlatformReview.objects.update(reviewed_on=shop.today() - timedelta(days=365))
    assert "more than a year ago" not in page_of(as_marketer, url())


def test_weights_set_after_a_review_keep_its_day(as_marketer, url, shop):
    as_marketer.post(url(), {"action": "reviewed"})
    version = PlatformReview.objects.get().version
    as_marketer.post(url(), weights(audience=30, rivals=15, version=version))
    review = PlatformReview.objects.get()
    assert (review.reviewed_on, review.weights["audience"]) == (shop.today(), 30)


@pytest.mark.parametrize(
    ("days", "verdict", "said"),
    [(7, "", "pilot until"), (-1, "", "say what follows"), (-1, "longer", "say what follows"), (-1, "keep", "pilot until")],
)
def test_a_pilot_that_is_over_asks_for_a_verdict(as_marketer, url, shop, spring, telegram, days, verdict, said):
    StrategyChannel.objects.create(
        strategy=spring, channel=telegram, pilot_until=shop.today() + timedelta(days), pilot_success="50 questions", pilot_verdict=verdict
    )  # fmt: skip
    page = page_of(as_marketer, url())
    assert said in page
    assert "It succeeds if: 50 questions" in page


# --- who may, and what it costs


def test_viewers_may_not_and_strangers_find_nothing(client, viewer, stranger, url):
    client.force_login(viewer)
    assert client.get(url()).status_code == 403
    client.force_login(stranger)
    assert client.get(url()).status_code == 404


def test_an_archived_strategy_is_not_changed(as_marketer, url, spring, telegram):
    type(spring).objects.update(status="archived")
    as_marketer.post(url(), rating("audience", "4", "They ask there") | {"action": f"use-{telegram.pk}"})
    assert not FitRating.objects.exists()
    assert not spring.strategy_channels.exists()


def test_one_row_and_many_take_the_same_queries(as_marketer, url, shop, spring, telegram, instagram):
    def grow(number: int) -> None:
        platforms = list(Platform.objects.filter(is_active=True))
        for index in range(number):
            spring.personas.create(name="Madina").platforms.set(platforms)
            spring.audits.create(kind="competitor", competitor="Milliy Gul", platform=platforms[index], neglected="TikTok")
            channel = shop.channels.create(platform=platforms[index], handle=f"more{number}{index}")
            StrategyChannel.objects.create(strategy=spring, channel=channel, pilot_until=shop.today())
            for criterion in Criterion.values:
                FitRating.objects.get_or_create(
                    strategy=spring, platform=platforms[index], criterion=criterion, defaults={"rating": 3, "reason": "x"}
                )
            goal = spring.goals.create(goal_type="sales", text="More")
            goal.targets.create(metric="leads")

    counts = []
    PlatformReview.objects.create(strategy=spring)
    as_marketer.get(url("?platform=telegram"))
    for number in (1, 4):
        grow(number)
        with CaptureQueriesContext(connection) as captured:
            assert as_marketer.get(url("?platform=telegram")).status_code == 200
        counts.append(len(captured))
    assert counts[0] == counts[1] <= 25


# --- the channels step: capability and pilots


def sent_for(row: StrategyChannel, **changes) -> dict:
    prefix = f"row-{row.pk}"
    said = {"posts_per_week": "4", "hours_per_post": "1", "version": row.version} | changes
    return {f"{prefix}-{name}": value for name, value in said.items()}


@pytest.fixture
def row(spring, telegram) -> StrategyChannel:
    return StrategyChannel.objects.create(strategy=spring, channel=telegram, posts_per_week=4, hours_per_post=1)


def test_the_hours_of_a_channel_are_summed_while_they_are_typed(as_marketer, step_url, row):
    sent = sent_for(row, posts_per_week="6", hours_per_post="3", community_hours="1.5")
    answer = as_marketer.post(step_url("channels"), sent, headers=QUIET).json()
    part = answer["parts"]["channels-live"]
    # The team of the test has 20 hours: 6 × 3 + 1.5 is more than 85 % of them.
    assert "6 × 3 + 1.5 = 19.5 h a week" in part
    assert "Tight" in part
    answer = as_marketer.post(
        step_url("channels"), sent_for(row, hours_available="6", community_hours="0", version=2), headers=QUIET
    ).json()
    assert "4 × 1 = 4 h a week, 6 are kept for it (67\xa0%)" in answer["parts"]["channels-live"]
    answer = as_marketer.post(step_url("channels"), sent_for(row, hours_available="3", version=3), headers=QUIET).json()
    assert "Over" in answer["parts"]["channels-live"]


@pytest.mark.parametrize(
    ("skills", "video", "said"),
    [(["copy"], True, True), (["copy", "video"], True, False), ([], True, False), (["copy"], False, False)],
)
def test_video_first_without_anybody_who_films_is_told(as_marketer, step_url, row, skills, video, said):
    """Nobody's skills are said: then nothing is known to be missing."""
    Membership.objects.update(skills=skills)
    Platform.objects.filter(slug="telegram").update(needs_video=video)
    page = page_of(as_marketer, step_url("channels"))
    assert ("lives on video, and nobody in the team makes video" in page) is said


def test_suggested_skills_stand_ticked_and_are_stored_with_the_row(as_marketer, step_url, row):
    form = as_marketer.get(step_url("channels")).context["rows"][0]
    assert form["needed_skills"].value() == ["copy", "design"]
    as_marketer.post(step_url("channels"), sent_for(row, needed_skills=["copy", "community"], content_source="The workshop"))
    row.refresh_from_db()
    assert (row.needed_skills, row.content_source) == (["copy", "community"], "The workshop")


def test_a_row_that_was_only_looked_at_is_not_saved(as_marketer, step_url, row):
    page = as_marketer.get(step_url("channels")).context["rows"][0]
    sent = {f"{page.prefix}-{name}": page[name].value() or "" for name in page.fields if page[name].value() is not None}
    seen = {
        f"initial-{page.prefix}-{name}": value for name, value in ((n, page[n].value()) for n in page.fields) if value is not None
    }
    assert as_marketer.post(step_url("channels"), sent | seen).status_code == 302
    row.refresh_from_db()
    assert row.version == 1


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"pilot_verdict": "keep"}, "There is no pilot"),
        ({"pilot_until": "2027-03-01", "pilot_verdict": "perhaps"}, "Select a valid choice"),
        ({"pilot_success": "50 questions"}, "Say until when the pilot runs."),
        ({"pilot_until": "2026-01-01"}, "A pilot must end after the strategy’s start."),
        ({"hours_available": "-1"}, "greater than or equal to 0"), ({"community_hours": "169"}, "less than or equal to 168"),
        ({"needed_skills": ["magic"]}, "magic is not one of the available choices"), ({"content_source": "x" * 201}, "at most 200"),
    ],
)  # fmt: skip
def test_bad_input_is_told_at_the_field(as_marketer, step_url, row, changes, said):
    response = as_marketer.post(step_url("channels"), sent_for(row, **changes))
    assert response.status_code == 422
    assert said in response.content.decode()


def test_trying_longer_needs_a_day_to_come(as_marketer, step_url, shop, spring, row):
    type(spring).objects.update(start=shop.today() - timedelta(days=90), end=shop.today() + timedelta(days=90))
    over, ahead = shop.today() - timedelta(days=3), shop.today() + timedelta(days=30)
    response = as_marketer.post(step_url("channels"), sent_for(row, pilot_until=str(over), pilot_verdict="longer"))
    assert "Choose a day to come." in response.content.decode()
    as_marketer.post(
        step_url("channels"), sent_for(row, pilot_until=str(ahead), pilot_verdict="longer", pilot_success="50 questions")
    )
    row.refresh_from_db()
    assert (row.pilot_until, row.pilot_verdict) == (ahead, "longer")


def test_the_step_leads_to_the_checklist_and_the_points_of_an_asset(as_marketer, step_url, spring, row):
    page = page_of(as_marketer, step_url("channels"))
    assert f"/settings/channels/{row.channel_id}/checklist/" in page
    assert f"/windows/strategy/{spring.pk}/assets/" in page
