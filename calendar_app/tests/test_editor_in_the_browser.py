"""The editor in a browser: files while writing, hashtags with one press, the link and the preview as they will be."""

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from calendar_app.models import HashtagSet, Post
from calendar_app.tests import files


@pytest.fixture
def editor(live_server, page: Page, client, brand, lead, telegram, instagram, settings, tmp_path) -> Page:
    settings.MEDIA_ROOT = tmp_path
    HashtagSet.objects.create(brand=brand, name="Choy", tags="#choy #issiq")
    client.force_login(lead)
    page.context.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}])
    page.goto(live_server.url + reverse("calendar:month", args=[brand.slug]))
    page.get_by_role("link", name="New post").first.click()
    return page


def choose(page: Page, *chosen: tuple[str, bytes]) -> None:
    page.locator("input[type=file]").set_input_files(
        [{"name": name, "mimeType": "image/jpeg", "buffer": content} for name, content in chosen]
    )


def test_a_post_is_written_with_files_hashtags_and_a_tagged_link(editor: Page, page_problems, brand):
    page = editor
    page.get_by_role("checkbox", name="Instagram").check()
    page.get_by_label("Text for all channels").fill("Yangi choy")
    page.locator("#panel-all .sp-tagsets summary").click()
    page.locator("#panel-all").get_by_role("button", name="Choy").click()
    expect(page.get_by_label("Text for all channels")).to_have_value("Yangi choy #choy #issiq")
    expect(page.locator("#checks")).to_contain_text("Instagram needs a picture or a video")

    choose(page, ("1.jpg", files.picture(colour="red")), ("yomon.jpg", b"<html>"), ("2.jpg", files.picture(colour="blue")))
    expect(page.locator("#media-problems")).to_contain_text("“yomon.jpg”: That is no file we can use")
    expect(page.locator(".sp-media__l .sp-thumb img")).to_have_count(2)
    expect(page.locator("#checks")).to_contain_text("2 pictures have no alt text")
    expect(page.locator("[data-preview]:not([hidden]) .sp-post__k")).to_have_text("1/2")

    page.get_by_text("Alt texts and order").click()
    page.get_by_label("Alt text of file 1").fill("Qizil choynak")
    page.get_by_role("button", name="Move back: 1.jpg").click()
    expect(page.get_by_label("Alt text of file 2")).to_have_value("Qizil choynak")

    page.get_by_label("Link", exact=True).fill("choyxona.uz/menu")
    page.get_by_role("checkbox", name="with UTM tags").check()
    expect(page.locator("#built-links")).to_contain_text("https://choyxona.uz/menu?utm_source=instagram&utm_medium=social")
    page.get_by_role("button", name="Save draft").click()
    expect(page.locator("[data-saved]")).to_contain_text("Saved")
    post = Post.objects.get()
    assert [row.file.name for row in post.media.select_related("file")] == ["2.jpg", "1.jpg"]
    assert brand.media_files.get(name="1.jpg").alt_text == "Qizil choynak"
    assert post.adds_utm and post.link == "https://choyxona.uz/menu"
    # The refusal of the file is an answer of ours; the browser notes its status.
    page_problems[:] = [problem for problem in page_problems if "422" not in problem]
