from datetime import timedelta

import pytest
from django.urls import reverse

from brands.models import Notification, Platform
from calendar_app.models import Campaign, Comment, Post, PostEvent
from calendar_app.tests.conftest import local, soon
from strategies.models import Goal, Strategy

HX = {"HX-Request": "true"}


def url(brand, name, *args):
    return reverse(f"calendar:{name}", args=[brand.slug, *args])


def fields(post=None, *channels, **more):
    """What the form sends: the post as it stands, on its channels and `channels`."""
    said = {"title": "Green tea", "text": "Hot tea", "kind": "planned", "day": "", "clock": ""}
    if post:
        said |= {"title": post.title, "text": post.text, "version": post.version, "format": post.format, "link": post.link}
        for row in post.publications.all():
            zone = post.brand.zone
            said |= {f"channel-{row.channel_id}-on": "on", f"channel-{row.channel_id}-version": row.version}
            said |= {f"channel-{row.channel_id}-text": row.text_override}
            if row.at:
                at = row.at.astimezone(zone)
                said |= {f"channel-{row.channel_id}-day": f"{at:%Y-%m-%d}", f"channel-{row.channel_id}-clock": f"{at:%H:%M}"}
    for channel in channels:
        said[f"channel-{channel.pk}-on"] = "on"
    return said | more


# --- writing


def test_a_marketer_writes_one_post_for_two_channels(
    brand, marketer, telegram, instagram, strategy, goal, pillar, tomorrow, signed_in
):
    said = fields(
        None, telegram, instagram, day=str(tomorrow), clock="19:00", strategy=strategy.pk, goal=goal.pk, pillar=pillar.pk, owner=marketer.pk,
        **{f"channel-{instagram.pk}-text": "Tea, in short", f"channel-{instagram.pk}-clock": "20:30", f"channel-{instagram.pk}-day": str(tomorrow)},
    )  # fmt: skip
    assert signed_in(marketer).post(url(brand, "new_post"), said).status_code == 302
    post = Post.objects.get()
    assert (post.state, post.strategy, post.goal, post.pillar, post.created_by) == ("draft", strategy, goal, pillar, marketer)
    on_telegram, on_instagram = post.publications.get(channel=telegram), post.publications.get(channel=instagram)
    assert on_telegram.at == local(brand, tomorrow, 19) and on_telegram.text == "Hot tea"
    assert on_instagram.at == local(brand, tomorrow, 20, 30) and on_instagram.text == "Tea, in short"
    assert post.events.get().verb == "create"


def test_a_new_post_is_offered_the_running_strategy_and_the_day_it_was_asked_for(
    brand, marketer, telegram, strategy, tomorrow, signed_in
):
    page = signed_in(marketer).get(url(brand, "new_post"), {"date": str(tomorrow)})
    assert page.context["form"]["strategy"].value() == strategy.pk
    assert f'value="{tomorrow}"' in page.content.decode()


def test_an_idea_needs_no_day(brand, marketer, telegram, signed_in):
    signed_in(marketer).post(url(brand, "new_post"), fields(None, telegram, then="idea"))
    post = Post.objects.get()
    assert post.state == "idea" and post.publications.get().at is None


def test_a_post_without_a_title_is_called_by_its_first_line(brand, marketer, telegram, signed_in):
    signed_in(marketer).post(
        url(brand, "new_post"), fields(None, telegram, title="", text="\r\n" + "choy " * 60 + "\r\nikkinchi")
    )
    post = Post.objects.get()
    assert post.title.startswith("choy choy") and len(post.title) <= 120 and "\r" not in post.text


def test_a_post_needs_words_and_a_channel(brand, marketer, telegram, signed_in):
    answer = signed_in(marketer).post(url(brand, "new_post"), fields(None, title="", text=""))
    assert answer.status_code == 422 and not Post.objects.exists()
    assert "title" in answer.context["form"].errors and answer.context["form"].non_field_errors()


def test_without_channels_the_page_says_what_to_do(brand, marketer, signed_in):
    page = signed_in(marketer).get(url(brand, "new_post"))
    assert page.status_code == 200 and url(brand, "month") in page.content.decode()


def test_a_day_without_a_time_is_asked_for_one(brand, marketer, telegram, tomorrow, signed_in):
    answer = signed_in(marketer).post(url(brand, "new_post"), fields(None, telegram, day=str(tomorrow)))
    assert answer.status_code == 422 and "Give a time, too." in answer.content.decode()


def test_a_goal_of_another_strategy_is_refused(brand, marketer, telegram, strategy, signed_in):
    today = brand.today()
    old = Strategy.objects.create(brand=brand, name="Old", start=today - timedelta(90), end=today - timedelta(40))
    goal = Goal.objects.create(strategy=old, goal_type="sales", text="Old goal")
    answer = signed_in(marketer).post(url(brand, "new_post"), fields(None, telegram, strategy=strategy.pk, goal=goal.pk))
    assert answer.status_code == 422 and "goal" in answer.context["form"].errors


@pytest.mark.parametrize(
    ("day", "problem"), [("2027-03-28", "There is no 01:30"), ("2101-01-01", "before"), ("31.02.2027", "valid date")]
)
def test_a_time_that_cannot_be_is_a_form_error(brand, marketer, telegram, signed_in, day, problem):
    brand.time_zone = "Europe/London"
    brand.save()
    answer = signed_in(marketer).post(url(brand, "new_post"), fields(None, telegram, day=day, clock="01:30"))
    assert answer.status_code == 422 and problem in answer.content.decode() and not Post.objects.exists()


def test_a_time_that_comes_twice_is_the_first_and_that_is_said(brand, marketer, telegram, signed_in):
    brand.time_zone = "Europe/London"
    brand.save()
    answer = signed_in(marketer).post(
        url(brand, "new_post"), fields(None, telegram, day="2027-10-31", clock="01:30"), follow=True
    )
    assert "show this time twice" in answer.content.decode()
    assert f"{Post.objects.get().publications.get().at:%H:%M}" == "00:30"


@pytest.mark.parametrize(
    "garbage",
    [
        {"version": "x"}, {"version": "9" * 40}, {"strategy": "'--"}, {"goal": "9" * 30}, {"owner": "-1"}, {"format": "hologram"}, {"kind": ""},
        {"day": "0000-00-00", "clock": "25:61"}, {"link": "javascript:alert(1)"}, {"text": "a\x00b"}, {"title": "t" * 500},
        {"text": "x" * 80_000}, {"campaign": "['1']"},
    ],
)  # fmt: skip
def test_garbage_is_a_form_error_and_never_more(brand, marketer, telegram, write, signed_in, garbage):
    post = write(at=soon())
    answer = signed_in(marketer).post(url(brand, "save_post", post.pk), fields(post) | garbage)
    assert answer.status_code in (409, 422)
    post.refresh_from_db()
    assert (post.version, post.text) == (1, "Hot tea")


# --- editing


def test_saving_without_a_change_changes_nothing(brand, marketer, write, signed_in):
    post = write(at=soon(), text="one\n\ntwo")
    signed_in(marketer).post(url(brand, "save_post", post.pk), fields(post, text="one\r\n\r\ntwo"))
    post.refresh_from_db()
    assert post.version == 1 and not post.events.exists()


def test_two_people_who_save_the_same_post_lose_nothing(brand, marketer, write, signed_in):
    post = write(at=soon())
    client = signed_in(marketer)
    mine, theirs = fields(post, text="Mine"), fields(post, text="Theirs")
    assert client.post(url(brand, "save_post", post.pk), theirs).status_code == 302
    answer = client.post(url(brand, "save_post", post.pk), mine)
    assert answer.status_code == 409 and "Mine" in answer.content.decode() and "Theirs" in answer.content.decode()
    post.refresh_from_db()
    assert post.text == "Theirs"
    # The answer carries the newer version: pressing save again is a decision.
    again = mine | {"version": answer.context["form"]["version"].value()}
    assert client.post(url(brand, "save_post", post.pk), again).status_code == 302
    post.refresh_from_db()
    assert post.text == "Mine"


def test_a_channel_that_somebody_moved_meanwhile_is_not_moved_back(brand, marketer, write, telegram, tomorrow, signed_in):
    post = write(at=soon())
    said = fields(post, **{f"channel-{telegram.pk}-clock": "23:11"})
    row = post.publications.get()
    row.at = local(brand, tomorrow, 5)
    row.save_version(1)
    answer = signed_in(marketer).post(url(brand, "save_post", post.pk), said)
    assert answer.status_code == 409
    row.refresh_from_db()
    assert row.at == local(brand, tomorrow, 5)


def test_a_channel_can_be_added_and_taken_off(brand, marketer, telegram, instagram, write, signed_in):
    post = write(at=soon())
    said = fields(post, instagram)
    del said[f"channel-{telegram.pk}-on"]
    assert signed_in(marketer).post(url(brand, "save_post", post.pk), said).status_code == 302
    assert [row.channel for row in post.publications.all()] == [instagram]
    assert post.events.get(verb="drop_channel").note == str(telegram)


def test_a_published_channel_stays_as_it_went_out(brand, marketer, telegram, instagram, write, signed_in):
    post = write(at=soon(-5), status="published")
    said = fields(post, instagram, text="New words", **{f"channel-{telegram.pk}-clock": "03:00"})
    del said[f"channel-{telegram.pk}-on"]
    assert signed_in(marketer).post(url(brand, "save_post", post.pk), said).status_code == 302
    row = post.publications.get(channel=telegram)
    row.post.refresh_from_db()
    assert row.status == "published" and row.text == "Hot tea" and row.post.text == "New words"


def test_what_is_rewritten_after_approval_goes_back_to_review(brand, lead, marketer, write, signed_in):
    post = write(at=soon(), status="scheduled", state="approved")
    answer = signed_in(marketer).post(url(brand, "save_post", post.pk), fields(post, text="Cold tea"), follow=True)
    post.refresh_from_db()
    assert post.state == "in_review" and post.publications.get().status == "planned"
    assert "in review again" in answer.content.decode()
    assert post.events.filter(verb="rewritten").exists()
    assert Notification.objects.get(user=lead).kind == "post_in_review"


@pytest.mark.parametrize("change", [{"title": "Another title"}, {"kind": "promo"}, {"is_automated": "on"}])
def test_what_the_reader_does_not_see_keeps_the_approval(brand, marketer, write, signed_in, change):
    post = write(at=soon(), status="scheduled", state="approved")
    signed_in(marketer).post(url(brand, "save_post", post.pk), fields(post, **change))
    post.refresh_from_db()
    assert post.state == "approved" and post.version == 2 and post.publications.get().status == "scheduled"


def test_people_tick_what_a_machine_made_also_after_it_went_out(brand, marketer, write, signed_in):
    post, client = write(at=soon(-5), status="published"), signed_in(marketer)
    client.post(url(brand, "save_post", post.pk), fields(post, is_automated="on"))
    post.refresh_from_db()
    page = client.get(url(brand, "post", post.pk)).content.decode()
    assert post.is_automated and "made by a machine" in page
    assert post.publications.get().status == "published"
    client.post(url(brand, "save_post", post.pk), fields(post))
    post.refresh_from_db()
    assert not post.is_automated


def test_a_new_owner_is_told(brand, lead, marketer, write, signed_in):
    post = write(at=soon())
    signed_in(lead).post(url(brand, "save_post", post.pk), fields(post, owner=marketer.pk))
    assert Notification.objects.get(user=marketer).kind == "post_assigned"


def test_an_unpublished_post_can_be_deleted_and_a_published_one_not(brand, marketer, write, signed_in):
    client, draft, out = signed_in(marketer), write(), write(at=soon(-5), status="published")
    assert client.post(url(brand, "delete_post", draft.pk), {"version": 7}).status_code == 409
    assert client.post(url(brand, "delete_post", draft.pk), {"version": 1}).status_code == 302
    assert client.post(url(brand, "delete_post", out.pk), {"version": 1}).status_code == 422
    assert list(Post.objects.all()) == [out]


# --- approval


def test_a_post_goes_from_draft_to_scheduled(brand, lead, marketer, write, signed_in):
    post = write(at=soon())
    client = signed_in(marketer)
    client.post(url(brand, "save_post", post.pk), fields(post, then="send"))
    post.refresh_from_db()
    assert post.state == "in_review" and Notification.objects.get(user=lead).kind == "post_in_review"
    client = signed_in(lead)
    client.post(url(brand, "step", post.pk, "approve"), {"version": post.version})
    post.refresh_from_db()
    assert post.state == "approved"
    client.post(url(brand, "save_post", post.pk), fields(post, then="schedule"))
    assert post.publications.get().status == "scheduled"
    assert list(post.events.order_by("pk").values_list("verb", flat=True)) == ["send", "approve", "schedule"]


def test_a_marketer_cannot_approve(brand, marketer, write, signed_in):
    post = write(state="in_review")
    assert signed_in(marketer).post(url(brand, "step", post.pk, "approve"), {"version": 1}).status_code == 422
    post.refresh_from_db()
    assert post.state == "in_review" and not PostEvent.objects.exists()


def test_changes_are_asked_for_with_a_reason(brand, lead, marketer, write, signed_in):
    post, client = write(state="in_review", owner=marketer), signed_in(lead)
    assert client.post(url(brand, "step", post.pk, "return"), {"version": 1}).status_code == 422
    assert client.post(url(brand, "step", post.pk, "return"), {"version": 1, "why": "Say the price"}).status_code == 302
    post.refresh_from_db()
    assert post.state == "changes_requested" and post.events.get().note == "Say the price"
    assert Notification.objects.get(user=marketer).kind == "post_changes_requested"


def test_a_step_on_an_old_page_is_a_conflict(brand, lead, write, signed_in):
    post = write(state="in_review")
    post.save_version(1)
    answer = signed_in(lead).post(url(brand, "step", post.pk, "approve"), {"version": 1})
    assert answer.status_code == 409 and "a moment ago" in answer.content.decode()
    post.refresh_from_db()
    assert post.state == "in_review"


@pytest.mark.parametrize(
    ("state", "step"), [("idea", "send"), ("draft", "approve"), ("approved", "approve"), ("changes_requested", "approve")]
)
def test_steps_cannot_be_skipped(brand, lead, write, signed_in, state, step):
    post = write(state=state)
    assert signed_in(lead).post(url(brand, "step", post.pk, step), {"version": 1}).status_code == 422
    post.refresh_from_db()
    assert post.state == state


def test_an_unknown_step_and_a_missing_version_are_refused(brand, lead, write, signed_in):
    post, client = write(state="in_review"), signed_in(lead)
    assert client.post(url(brand, "step", post.pk, "destroy"), {"version": 1}).status_code == 404
    assert client.post(url(brand, "step", post.pk, "approve")).status_code == 422


def test_taking_an_approval_back_takes_it_off_the_schedule(brand, lead, write, signed_in):
    post = write(at=soon(), status="scheduled", state="approved")
    signed_in(lead).post(url(brand, "step", post.pk, "take_back"), {"version": 1})
    post.refresh_from_db()
    assert post.state == "draft" and post.publications.get().status == "planned"


# --- who sees what


def test_a_viewer_reads_and_comments_but_does_not_write(brand, viewer, marketer, write, signed_in):
    post, client = write(at=soon()), signed_in(viewer)
    Comment.objects.create(post=post, author=marketer, text="Between us")
    Comment.objects.create(post=post, author=marketer, text="For the client", visible_to_client=True)
    page = client.get(url(brand, "post", post.pk)).content.decode()
    assert "For the client" in page and "Between us" not in page and "post-form" not in page
    assert client.post(url(brand, "comment", post.pk), {"text": "Nice"}).status_code == 302
    assert Comment.objects.get(text="Nice").visible_to_client
    for name, *args in (("save_post", post.pk), ("step", post.pk, "send"), ("delete_post", post.pk)):
        assert client.post(url(brand, name, *args), {"version": 1}).status_code == 403
    assert client.get(url(brand, "new_post")).status_code == 403


def test_an_empty_comment_is_not_kept(brand, viewer, write, signed_in):
    post = write()
    assert signed_in(viewer).post(url(brand, "comment", post.pk), {"text": "  "}).status_code == 422
    assert not Comment.objects.exists()


def test_a_stranger_finds_nothing(brand, stranger, write, signed_in):
    post, client = write(), signed_in(stranger)
    assert client.get(url(brand, "post", post.pk)).status_code == 404
    assert client.get(reverse("calendar:post", args=["other", post.pk])).status_code == 404
    assert client.post(reverse("calendar:save_post", args=["other", post.pk]), fields(post)).status_code == 404


# --- in parts


def test_htmx_gets_the_drawer_and_a_browser_the_page(brand, marketer, write, signed_in):
    post, client = write(), signed_in(marketer)
    assert b"<html" in client.get(url(brand, "post", post.pk)).content
    part = client.get(url(brand, "post", post.pk), headers=HX)
    assert b"<html" not in part.content and b"data-drawer" in part.content
    restored = client.get(url(brand, "post", post.pk), headers=HX | {"HX-History-Restore-Request": "true"})
    assert b"<html" in restored.content


def test_saving_in_the_drawer_tells_the_calendar(brand, marketer, write, signed_in):
    post = write()
    answer = signed_in(marketer).post(url(brand, "save_post", post.pk), fields(post, text="New"), headers=HX)
    assert answer.status_code == 200 and answer["HX-Trigger"] == "calendar-changed"


def test_checks_answer_while_the_text_is_being_written(brand, marketer, telegram, write, signed_in):
    post, client = write(), signed_in(marketer)
    answer = client.post(url(brand, "checks"), fields(post, text="a" * 5000) | {"post": post.pk}).content.decode()
    assert "Too long by 904" in answer
    post.refresh_from_db()
    assert post.text == "Hot tea"
    assert client.post(url(brand, "checks"), {"post": "x" * 50, f"channel-{telegram.pk}-on": "on"}).status_code == 200
    assert client.post(url(brand, "checks"), {"post": "99999"}).status_code == 404


def test_goals_follow_the_chosen_strategy(brand, marketer, telegram, strategy, goal, signed_in):
    client = signed_in(marketer)
    assert goal.text in client.get(url(brand, "thread_fields"), {"strategy": strategy.pk}).content.decode()
    assert goal.text not in client.get(url(brand, "thread_fields"), {"strategy": "garbage"}).content.decode()


def test_the_page_shows_the_thread_from_goal_to_post(brand, marketer, strategy, goal, pillar, write, signed_in):
    campaign = Campaign.objects.create(brand=brand, name="Navroʻz", start=brand.today(), end=brand.today())
    post = write(strategy=strategy, goal=goal, pillar=pillar, campaign=campaign, journey_stage="awareness")
    page = signed_in(marketer).get(url(brand, "post", post.pk)).content.decode()
    for word in (goal.text, pillar.name, campaign.name, "Awareness", strategy.get_absolute_url()):
        assert word in page


@pytest.mark.parametrize(
    "slug", ["facebook", "instagram", "x", "tiktok", "linkedin", "pinterest", "youtube", "telegram", "threads"]
)
def test_a_post_on_any_network_can_be_opened(brand, lead, slug, signed_in):
    channel = brand.channels.create(platform=Platform.objects.get(slug=slug), handle="choyxona")
    client = signed_in(lead)
    assert (
        client.post(url(brand, "new_post"), fields(None, channel, text="Salom #Navroʻz choyxona.uz " + "a" * 600)).status_code
        == 302
    )
    assert client.get(url(brand, "post", Post.objects.get().pk)).status_code == 200
