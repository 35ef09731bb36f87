import pytest

from brands.forms.channel import handle_from, platform_of_address
from brands.models import Brand, Channel, Platform

CHANNELS = "/brands/atlas/settings/channels/"


def add(client, slug="instagram", **changes):
    platform = Platform.objects.get(slug=slug)
    return client.post(CHANNELS + "new/", {"platform": platform.pk, "handle": "atlas.libos", "kind": "page"} | changes)


@pytest.mark.parametrize(
    ("typed", "handle"),
    [
        ("atlas.libos", "atlas.libos"),
        ("@atlas", "atlas"),
        ("  @atlas ", "atlas"),
        ("https://www.instagram.com/atlas.libos/?hl=uz", "atlas.libos"),
        ("instagram.com/atlas", "atlas"),
        ("t.me/atlaslibos", "atlaslibos"),
        ("https://t.me/s/atlaslibos", "atlaslibos"),
        ("https://www.tiktok.com/@atlas.libos", "atlas.libos"),
        ("https://www.linkedin.com/company/atlas-libos/posts/", "atlas-libos"),
        ("https://youtube.com/channel/UC12_ab", "UC12_ab"),
        ("https://www.facebook.com/profile.php?id=1000123", "1000123"),
        ("https://t.me/", ""),
    ],
)
def test_a_handle_is_found_in_what_people_paste(typed, handle):
    assert handle_from(typed) == handle


@pytest.mark.parametrize("typed", ["http://[::1", "//[", "atlas", "https://example.com/x", "", "notinstagram.com/a"])
def test_other_addresses_belong_to_no_network(typed):
    assert platform_of_address(typed) is None


def test_a_lead_adds_a_channel(as_user, lead, brand):
    assert add(as_user(lead), handle="@atlas.libos").url == CHANNELS
    channel = brand.channels.get()
    assert str(channel) == "Instagram, @atlas.libos"


def test_adding_another_goes_back_to_the_networks(as_user, lead):
    assert add(as_user(lead), more="1").url == "/brands/atlas/first-steps/"


@pytest.mark.parametrize("handle", ["atlas.libos", "@ATLAS.Libos", "https://instagram.com/atlas.libos"])
def test_a_channel_twice_is_an_error_beside_the_handle(as_user, lead, add_channel, handle):
    add_channel("instagram", "atlas.libos")
    response = add(as_user(lead), handle=handle)
    assert "already has" in response.context["form"].errors["handle"][0]
    assert Channel.objects.count() == 1


@pytest.mark.parametrize("editing", [True, False])
def test_a_channel_added_between_look_and_save_is_a_form_error(as_user, lead, add_channel, monkeypatch, editing):
    add_channel("instagram", "atlas.libos")
    monkeypatch.setattr("brands.forms.channel.ChannelForm._same", lambda *args: Channel.objects.none())
    client = as_user(lead)
    if editing:
        other = add_channel("instagram", "other")
        typed = {"handle": "atlas.libos", "kind": "page", "version": 1}
        response = client.post(f"{CHANNELS}{other.pk}/", typed)
    else:
        response = add(client)
    assert "already has" in response.context["form"].errors["handle"][0]
    assert Channel.objects.filter(handle="atlas.libos").count() == 1


def test_the_same_handle_on_another_network_or_brand_is_fine(as_user, lead, add_channel):
    add_channel("telegram", "atlas.libos")
    other = Brand.objects.create(name="Other", slug="other")
    other.channels.create(platform=Platform.objects.get(slug="instagram"), handle="atlas.libos")
    assert add(as_user(lead)).status_code == 302


def test_an_address_of_another_network_is_refused(as_user, lead):
    response = add(as_user(lead), handle="https://t.me/atlas")
    assert "not one of Instagram" in response.context["form"].errors["handle"][0]


@pytest.mark.parametrize("handle", ["", "at las", "<b>", "a/b", "x" * 121, "a\x00b", "https://instagram.com/"])
def test_a_handle_that_cannot_be_is_refused(as_user, lead, handle):
    assert "handle" in add(as_user(lead), handle=handle).context["form"].errors


@pytest.mark.parametrize("platform", ["", "abc", "999999", "99999999999999999999999"])
def test_a_platform_that_is_not_offered_is_refused(as_user, lead, platform):
    assert "platform" in add(as_user(lead), platform=platform).context["form"].errors


def test_a_network_of_the_past_is_not_offered(as_user, lead):
    assert "platform" in add(as_user(lead), slug="vine").context["form"].errors


def test_garbage_in_the_address_chooses_nothing(as_user, lead):
    assert as_user(lead).get(CHANNELS + "new/?platform=<script>").status_code == 200


def test_a_channel_keeps_its_platform_when_edited(as_user, lead, add_channel):
    channel = add_channel("instagram", "atlas")
    other = Platform.objects.get(slug="tiktok")
    typed = {"handle": "atlas.uz", "kind": "profile", "version": 1, "platform": other.pk}
    assert as_user(lead).post(f"{CHANNELS}{channel.pk}/", typed).status_code == 302
    channel.refresh_from_db()
    assert (channel.handle, channel.kind, channel.platform.slug) == ("atlas.uz", "profile", "instagram")


def test_a_channel_of_a_network_of_the_past_can_still_be_edited(as_user, lead, add_channel):
    channel = add_channel("vine", "atlas")
    assert as_user(lead).post(f"{CHANNELS}{channel.pk}/", {"handle": "b", "kind": "page", "version": 1}).status_code == 302


def test_two_people_editing_a_channel_do_not_overwrite_each_other(as_user, lead, add_channel):
    channel = add_channel("instagram", "atlas")
    client = as_user(lead)
    client.post(f"{CHANNELS}{channel.pk}/", {"handle": "first", "kind": "page", "version": 1})
    response = client.post(f"{CHANNELS}{channel.pk}/", {"handle": "second", "kind": "page", "version": 1})
    assert "Somebody changed this" in response.text
    assert 'value="second"' in response.text
    channel.refresh_from_db()
    assert channel.handle == "first"


def test_a_channel_goes_out_of_use_and_back(as_user, lead, add_channel):
    channel = add_channel()
    client = as_user(lead)
    client.post(f"{CHANNELS}{channel.pk}/active/", {"active": "0"})
    channel.refresh_from_db()
    assert not channel.is_active
    client.post(f"{CHANNELS}{channel.pk}/active/", {"active": "1"})
    channel.refresh_from_db()
    assert channel.is_active
    assert channel.version == 3


def test_a_channel_of_another_brand_is_not_found(as_user, lead):
    other = Brand.objects.create(name="Other", slug="other")
    channel = other.channels.create(platform=Platform.objects.get(slug="x"), handle="x")
    client = as_user(lead)
    assert client.get(f"{CHANNELS}{channel.pk}/").status_code == 404
    assert client.post(f"{CHANNELS}{channel.pk}/active/", {"active": "0"}).status_code == 404


def test_an_enormous_number_in_the_address_is_not_found(as_user, lead):
    assert as_user(lead).get(f"{CHANNELS}{'9' * 40}/").status_code == 404


def test_others_see_channels_and_add_none(as_user, viewer, add_channel):
    add_channel()
    client = as_user(viewer)
    page = client.get(CHANNELS)
    assert "@atlas" in page.text
    assert "new/" not in page.text
    assert add(client).status_code == 403


def test_a_profile_where_company_pages_exist_is_pointed_out(as_user, lead, add_channel):
    add_channel("facebook", "atlas", kind="profile")
    assert "has company pages" in as_user(lead).get(CHANNELS).text


@pytest.mark.parametrize(("count", "words"), [(3, None), (4, "a full plate"), (5, "more than most teams")])
def test_many_channels_are_pointed_out(as_user, lead, add_channel, count, words):
    for number in range(count):
        add_channel("telegram", f"atlas{number}")
    add_channel("telegram", "asleep", is_active=False)
    page = as_user(lead).get(CHANNELS).text
    assert ("a full plate" in page, "more than most teams" in page) == (words == "a full plate", words == "more than most teams")


def test_one_channel_and_three_take_the_same_queries(
    as_user, lead, add_channel, django_assert_num_queries, django_assert_max_num_queries
):
    client = as_user(lead)
    add_channel()
    client.get(CHANNELS)
    with django_assert_max_num_queries(8) as one:
        client.get(CHANNELS)
    add_channel("x", "a")
    add_channel("facebook", "b")
    with django_assert_num_queries(len(one)):
        client.get(CHANNELS)
