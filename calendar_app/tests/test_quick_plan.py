"""A first plan on one page: what is shown is what is made, as ordinary rows, and it can be taken back."""

import pytest
from django.urls import reverse

from brands.models import Platform
from calendar_app.models import Post, Publication
from strategies.models import AppliedPreset, CommunicationPlan, EditorialPlan, Slot, Strategy, Target


@pytest.fixture
def address(brand, telegram, instagram) -> str:
    return reverse("calendar:quick_plan", args=[brand.slug])


def sent(page, **changes) -> dict:
    """What the page would send if somebody pressed the button."""
    form = page.context["form"].untouched
    return form.data | {"preset": form.preset_name, "action": "create"} | changes


def test_everything_is_filled_in_and_the_button_makes_what_is_shown(client, marketer, brand, address):
    client.force_login(marketer)
    page = client.get(address)
    shown = page.context["preview"]
    answer = client.post(address, sent(page))
    made = Publication.objects.filter(brand=brand).order_by("at", "post__pk").select_related("post")
    assert len(shown.drafts) == len(made) > 20
    assert sorted((draft.at, draft.title) for draft in shown.drafts) == sorted((row.at, row.post.title) for row in made)
    assert answer.url.startswith(reverse("calendar:month", args=[brand.slug]) + "?month=")


def test_the_rows_are_those_of_the_wizard(client, marketer, brand, address):
    client.force_login(marketer)
    page = client.get(address)
    client.post(address, sent(page, main="audience", **{"number-audience": "12", "posts-telegram": "5", "pillar-0": "Dresses"}))
    strategy = Strategy.objects.get(brand=brand)
    assert strategy.start == brand.today()
    assert strategy.goals.first().goal_type == "audience"
    assert Target.objects.get(goal=strategy.goals.first(), role="primary").value == 12
    assert dict(strategy.strategy_channels.values_list("channel__platform__slug", "posts_per_week"))["telegram"] == 5
    assert "Dresses" in strategy.pillars.values_list("name", flat=True)
    assert strategy.planning_steps.count() == 6
    assert Post.objects.filter(brand=brand, goal=strategy.goals.first()).count() == Post.objects.filter(brand=brand).count()
    for step in ("goals", "channels", "pillars", "plans"):
        assert client.get(reverse("strategies:step", args=[brand.slug, strategy.pk, step])).status_code == 200


def test_it_is_taken_back_without_a_trace(client, marketer, brand, address):
    client.force_login(marketer)
    client.post(address, sent(client.get(address)))
    applied = AppliedPreset.objects.get()
    client.post(reverse("calendar:take_back_quick_plan", args=[brand.slug, applied.pk]))
    for model in (Strategy, EditorialPlan, CommunicationPlan, Slot, Post, Publication):
        assert not model.objects.exists(), model


def test_what_somebody_wrote_stays_with_all_that_it_stands_on(client, marketer, brand, address):
    client.force_login(marketer)
    client.post(address, sent(client.get(address)))
    post = Post.objects.to_be_written().first()
    Post.objects.filter(pk=post.pk).update(text="Salom", version=2)
    client.post(reverse("calendar:take_back_quick_plan", args=[brand.slug, AppliedPreset.objects.get().pk]))
    assert list(Post.objects.values_list("pk", "text")) == [(post.pk, "Salom")]
    post.refresh_from_db()
    assert post.slot and post.pillar and post.goal and post.strategy


def test_a_plan_is_not_made_where_something_is_wrong(client, marketer, brand, address):
    client.force_login(marketer)
    page = client.get(address)
    answer = client.post(address, sent(page, end="2020-01-01", **{"use-telegram": "", "use-instagram": ""}))
    assert answer.status_code == 422
    assert "Tick at least one channel" in answer.text
    assert not Strategy.objects.exists()


def test_the_part_of_the_page_follows_what_is_typed(client, marketer, address):
    client.force_login(marketer)
    page = client.get(address)
    headers = {"HX-Request": "true", "HX-Target": "quick-preview"}
    counts = [
        len(client.post(address, sent(page, action="", **{"posts-telegram": posts}), headers=headers).context["preview"].drafts)
        for posts in ("1", "7")
    ]
    assert counts[0] < counts[1]
    assert not Strategy.objects.exists()


def test_without_channels_the_page_leads_to_them(client, lead, marketer, brand):
    address = reverse("calendar:quick_plan", args=[brand.slug])
    client.force_login(lead)
    assert reverse("brands:first_steps", args=[brand.slug]) in client.get(address).text
    client.force_login(marketer)
    assert reverse("brands:first_steps", args=[brand.slug]) not in client.get(address).text


def test_any_preset_and_any_network_will_do(client, marketer, brand):
    for platform in Platform.objects.filter(is_active=True):
        brand.channels.create(platform=platform, handle="choyxona")
    client.force_login(marketer)
    for preset in ("large", "small", "ecommerce", "b2b"):
        page = client.get(reverse("calendar:quick_plan", args=[brand.slug]), {"preset": preset})
        assert page.context["preview"].drafts, preset


def test_the_calendar_leads_to_the_first_post_and_back(client, marketer, brand, address):
    client.force_login(marketer)
    month = client.get(client.post(address, sent(client.get(address))).url)
    assert month.context["first_post"] == Post.objects.to_be_written().first()
    assert reverse("calendar:take_back_quick_plan", args=[brand.slug, AppliedPreset.objects.get().pk]) in month.text
    assert client.get(reverse("calendar:month", args=[brand.slug]), {"first-plan": "9" * 30}).status_code == 200
