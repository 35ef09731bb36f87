import pytest

from brands.models import Platform
from calendar_app.post_checks import POST_CHECKS, Draft, examine, hashtags


@pytest.fixture
def look(db):
    def look(slug: str, text: str, format: str = "", link: str = "", website: str = "https://choyxona.uz") -> dict[str, list]:
        found, _passed = examine(Draft(text, Platform.objects.get(slug=slug), format, link, website))
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


def test_a_network_of_pictures_refuses_a_bare_text(look):
    assert look("instagram", "Salom", format="text")["POST-03"][0][0] == "error"
    assert look("instagram", "Salom")["POST-03"][0][0] == "warning"
    assert "POST-03" not in look("instagram", "Salom", format="reel")
    assert "POST-03" not in look("telegram", "Salom", format="text")


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
