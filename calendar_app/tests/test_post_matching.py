"""Which of our posts a platform's row is: the rule in points, and who gets whom."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from calendar_app.post_matching import ACCEPTED, LEAST, MOST, Told, guesses, likeness, plain_text, time_points

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
CAPTION = "Yangi kuzgi kolleksiya doʻkonda: ipak roʻmollar va adras koʻylaklar"


def told(key, moment=NOON, text=CAPTION, channel=1, **more) -> Told:
    return Told(key, channel, moment, text, **more)


def pairs(rows, ours) -> dict:
    return {guess.row.key: (guess.ours.key, guess.confidence) for guess in guesses(rows, ours)}


@pytest.mark.parametrize(
    "apart, points",
    [
        (timedelta(), (50, 0)),
        (timedelta(minutes=4), (50, 0)),
        (timedelta(minutes=40), (40, 0)),
        (timedelta(hours=1), (35, 1)),
        (timedelta(hours=-12, minutes=3), (35, -12)),
        (timedelta(hours=14), (35, 14)),
        (timedelta(hours=15), (10, 0)),
        (timedelta(hours=4, minutes=30), (25, 0)),
        (timedelta(hours=20, minutes=30), (10, 0)),
    ],
)
def test_the_nearer_the_time_the_more_points(apart, points):
    assert time_points(told("a", NOON + apart), told("b")) == points


def test_a_file_that_gives_only_the_day_is_less_sure():
    assert time_points(told("a", has_time=False), told("b", NOON + timedelta(hours=9))) == (30, 0)
    assert time_points(told("a", has_time=False), told("b", NOON + timedelta(hours=20))) == (15, 0)


def test_apostrophes_of_uzbek_are_one():
    spellings = [CAPTION.replace("ʻ", mark) for mark in "ʻʼ'‘’`´"]
    assert len({plain_text(text) for text in spellings}) == 1


def test_links_marks_case_and_pictures_do_not_count():
    assert plain_text("🎉 YANGI — kolleksiya!!! https://t.me/x #ipak") == plain_text("yangi kolleksiya ipak")


def test_a_caption_cut_short_is_the_same_caption():
    assert likeness(plain_text(CAPTION[:40]), plain_text(CAPTION)) == 1
    assert likeness("", plain_text(CAPTION)) == 0
    assert likeness(plain_text("Ish vaqti oʻzgardi"), plain_text(CAPTION)) < 0.6


def test_the_same_time_and_words_are_accepted_and_never_quite_certain():
    assert pairs([told("row")], [told("ours")]) == {"row": ("ours", MOST)}


def test_another_zone_with_the_same_words_is_accepted_for_less():
    [guess] = guesses([told("row", NOON - timedelta(hours=12))], [told("ours")])
    assert (guess.shift, guess.confidence) == (-12, 85)
    assert ACCEPTED <= guess.confidence < MOST


def test_the_same_time_with_other_words_is_no_more_than_a_question():
    [guess] = guesses([told("row", text="Bugun ish vaqti oʻzgardi, soat oltigacha")], [told("ours")])
    assert LEAST <= guess.confidence < ACCEPTED


def test_nothing_in_common_is_no_guess():
    assert not guesses([told("row", NOON + timedelta(hours=9, minutes=30), "Ish vaqti")], [told("ours")])
    assert not guesses([told("row", NOON + timedelta(days=3))], [told("ours")])
    assert not guesses([told("row", channel=2)], [told("ours")])


def test_of_two_rows_the_nearer_gets_the_post():
    rows = [told("late", NOON + timedelta(minutes=50)), told("exact")]
    assert pairs(rows, [told("ours")]).keys() == {"exact"}


def test_two_that_fit_alike_are_left_to_a_person():
    found = guesses([told("row")], [told("one"), told("two")])
    assert len(found) == 1 and found[0].is_ambiguous
    assert found[0].confidence == ACCEPTED - 1


def test_a_series_with_the_same_words_goes_each_to_its_own_hour():
    hours = [NOON + timedelta(hours=24 * number) for number in range(4)]
    found = guesses([told(f"row{n}", at) for n, at in enumerate(hours)], [told(n, at) for n, at in enumerate(hours)])
    assert {guess.row.key: guess.ours.key for guess in found} == {f"row{n}": n for n in range(4)}
    assert all(guess.confidence >= ACCEPTED for guess in found)


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    some.lists(some.tuples(some.integers(0, 60), some.sampled_from(["", CAPTION, CAPTION[:30], "Ish vaqti"])), max_size=12),
    some.lists(some.tuples(some.integers(0, 60), some.sampled_from(["", CAPTION, CAPTION[:30], "Ish vaqti"])), max_size=12),
)
def test_no_row_and_no_post_is_ever_given_twice(rows, ours):
    found = guesses(
        [told(f"r{number}", NOON + timedelta(hours=hours), text) for number, (hours, text) in enumerate(rows)],
        [told(number, NOON + timedelta(hours=hours), text) for number, (hours, text) in enumerate(ours)],
    )
    assert len({guess.row.key for guess in found}) == len({guess.ours.key for guess in found}) == len(found)
    assert all(LEAST <= guess.confidence <= MOST for guess in found)
