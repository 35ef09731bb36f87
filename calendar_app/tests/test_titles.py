import pytest

from calendar_app.titles import first_line


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("", ""),
        (" \n\n  Palto  \nKeling", "Palto"),
        ("ten chars.", "ten chars."),
        ("eleven char", "eleven…"),
        ("elevenchars", "elevencha…"),
        ("ikki so'z va yana", "ikki so'z…"),
    ],
)
def test_a_title_is_the_first_line_cut_after_a_word(text, title):
    assert first_line(text, 10) == title
    assert len(title) <= 10
