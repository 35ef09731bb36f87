import pytest

from brands.models import Platform
from calendar_app.post_checks import POST_CHECKS, Draft, Medium, examine, hashtags


@pytest.fixture
def look(db):
    def look(
        slug: str, text: str, format: str = "", link: str = "", website: str = "https://choyxona.uz", **more
    ) -> dict[str, list]:
        found, _passed = examine(Draft(text, Platform.objects.get(slug=slug), format, link, website, **more))
        answers: dict[str, list] = {}
        for one in found:
            answers.setdefault(one.code, []).append((one.level, str(one.text)))
        return answers

    return look


def test_a_text_that_is_too_long_says_by_how_much(look):
    ((level, text),) = look("x", "a" * 281)["POST-01"]
    assert level == "error" and "by 1:" in text and "280" in text
    assert "POST-01" not in look("x", "a" * 280)


def test_telegram_takes_less_beside_a_picture(look):
    assert "POST-01" not in look("telegram", "a" * 1025, format="text")
    assert look("telegram", "a" * 1025, format="image")["POST-01"][0][0] == "error"


def test_more_hashtags_than_allowed_is_an_error_and_than_advised_a_hint(look):
    assert look("instagram", "#a #b #c #d #e #f", format="image")["POST-02"][0][0] == "error"
    assert look("x", "#a #b #c")["POST-02"][0][0] == "info"
    assert "POST-02" not in look("instagram", "#a #b #c", format="image")


@pytest.mark.parametrize("apostrophe", ["ʻ", "ʼ", "'", "‘", "’"])
def test_a_hashtag_that_breaks_at_an_apostrophe_is_shown_with_its_rest(look, apostrophe):
    ((level, text),) = look("telegram", f"Bayram! #Navro{apostrophe}z2027")["POST-02"]
    assert level == "warning" and "#Navro" in text and f"#Navro{apostrophe}z2027" in text


def test_x_reads_the_okina_as_a_letter(look):
    assert "POST-02" not in look("x", "#Navroʻz")
    assert "POST-02" in look("x", "#Navroʼz")


def test_hashtags_are_words_and_not_numbers_or_anchors():
    assert hashtags("#choy #2027 a.uz/#menu №5 #чой_ичамиз") == ["choy", "чой_ичамиз"]


def files(*kinds: str, described: bool = True) -> tuple[Medium, ...]:
    return tuple(Medium(kind, described) for kind in kinds)


def test_a_network_of_pictures_wants_one(look):
    assert look("instagram", "Salom", format="text")["POST-03"] == [("error", "Instagram needs a picture or a video: add one")]
    assert look("instagram", "Salom", format="reel")["POST-03"][0][0] == "error"
    assert "POST-03" not in look("instagram", "Salom", media=files("image"))
    assert "POST-03" not in look("telegram", "Salom", format="text")


@pytest.mark.parametrize(
    ("slug", "kinds", "said"),
    [
        ("x", ["image"] * 5, "5 files: X (Twitter) takes 4 in a post"),
        ("instagram", ["image"] * 11, "11 files: Instagram takes 10 in a post"),
        ("facebook", ["image", "video"], "Facebook takes pictures or a video in a post, not both"),
        ("tiktok", ["video", "video"], "TikTok takes one video in a post"),
        ("youtube", ["image"], "YouTube takes videos, not pictures"),
        ("facebook", ["document"], "Facebook takes no documents"),
        ("linkedin", ["document", "image"], "LinkedIn takes a document only by itself"),
    ],
)
def test_files_that_a_network_does_not_take_are_an_error(look, slug, kinds, said):
    errors = [text for level, text in look(slug, "Salom", media=files(*kinds))["POST-03"] if level == "error"]
    assert errors == [said]


@pytest.mark.parametrize(
    ("slug", "kinds"),
    [
        ("instagram", ["image", "video"]), ("telegram", ["video", "image"]), ("telegram", ["document"]), ("x", ["image"] * 4),
        ("linkedin", ["document"]), ("youtube", ["video"]), ("tiktok", ["image"] * 35), ("threads", ["image", "video"]),
    ],
)  # fmt: skip
def test_files_that_a_network_takes_pass(look, slug, kinds):
    assert "POST-03" not in look(slug, "Salom", media=files(*kinds))


def test_a_picture_without_alt_text_is_a_hint(look):
    said = look("telegram", "Salom", media=(*files("image"), *files("image", "video", described=False)))["POST-03"]
    assert said == [("info", "1 picture has no alt text")]


def test_telegram_takes_less_beside_a_file_whatever_the_format_says(look):
    assert look("telegram", "a" * 1025, format="text", media=files("image"))["POST-01"][0][0] == "error"
    assert "POST-01" not in look("telegram", "a" * 1024, media=files("image"))


def test_a_link_that_is_marked_per_channel_passes(look):
    assert "POST-05" not in look("telegram", "", link="https://choyxona.uz", adds_utm=True)
    assert "POST-05" in look("telegram", "https://choyxona.uz", link="https://choyxona.uz", adds_utm=True)


def test_a_link_where_links_do_not_work_is_a_warning(look):
    assert look("instagram", "choyxona.uz", format="image")["POST-04"][0][0] == "warning"
    assert "POST-04" not in look("telegram", "choyxona.uz")


def test_an_untagged_link_to_the_own_site_is_a_hint(look):
    assert look("telegram", "https://www.choyxona.uz/menu")["POST-05"][0][0] == "info"
    assert "POST-05" in look("telegram", "", link="https://shop.choyxona.uz")
    assert "POST-05" not in look("telegram", "https://choyxona.uz/?utm_source=telegram")
    assert "POST-05" not in look("telegram", "https://example.com")
    assert "POST-05" not in look("telegram", "https://choyxona.uz", website="")


def test_each_check_passes_or_answers(db):
    draft = Draft("Salom", Platform.objects.get(slug="telegram"), "text")
    found, passed = examine(draft)
    assert not found and passed == list(POST_CHECKS)
    assert [check.code for check in POST_CHECKS] == ["POST-01", "POST-02", "POST-03", "POST-04", "POST-05"]


@pytest.mark.parametrize("nasty", ["http://[", "#", "##a", "{over} %s %(a)s", "#a'{b}'c", "https://[::1]/#"])
def test_texts_that_look_like_code_are_only_texts(look, nasty):
    look("instagram", nasty, link=nasty, website=nasty)
