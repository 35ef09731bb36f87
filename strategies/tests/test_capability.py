"""Hours and skills against what channels ask for."""

from fractions import Fraction

import pytest

from strategies.capability import Load, Need, Team, check, check_all, suggested_skills


def need(posts=0, hours=0, **more) -> Need:
    return Need(Fraction(posts), Fraction(hours), **{key: Fraction(v) if isinstance(v, int) and not isinstance(v, bool) else v for key, v in more.items()})  # fmt: skip


def loads(needs, hours=None, skills=None) -> list[Load]:
    return [found.load for found in check(needs, Team(None if hours is None else Fraction(hours), skills))]


@pytest.mark.parametrize(
    ("hours", "load"),
    [(None, Load.UNKNOWN), (20, Load.OK), ("11.7648", Load.OK), ("11.764", Load.TIGHT), (10, Load.TIGHT), ("9.9", Load.OVER)],
)
def test_a_channel_alone_is_held_against_the_teams_hours(hours, load):
    """3 posts of 3 hours and one for the community: 10. Eighty-five per cent is still fine."""
    assert loads([need(3, 3, community=1)], hours) == [load]


def test_hours_kept_for_a_channel_are_its_own():
    tiktok, telegram = need(2, 4, kept=6), need(4, 1)
    assert loads([tiktok, telegram], 36) == [Load.OVER, Load.OK]
    found = check([tiktok, telegram], Team(Fraction(36)))
    # What is kept for one is not there for the other.
    assert (found[0].available, found[1].available) == (6, 30)
    assert found[0].percent == Fraction(800, 6)


def test_channels_without_hours_of_their_own_share_what_is_left():
    found = check([need(4, 1), need(2, 4), need(1, 1, kept=2)], Team(Fraction(15)))
    # 15 − 2 kept; 8 for the other, so 5 are left for the first.
    assert [each.available for each in found] == [5, 9, 2]
    assert [each.load for each in found] == [Load.OK, Load.TIGHT, Load.OK]


def test_hours_kept_are_known_even_where_the_teams_are_not():
    assert loads([need(2, 4, kept=6), need(4, 1)]) == [Load.OVER, Load.UNKNOWN]


def test_no_work_on_no_hours_is_fine():
    assert loads([need(kept=0)]) == [Load.OK]
    assert loads([need(1, 1, kept=0)]) == [Load.OVER]


def test_the_channels_together():
    whole = check_all([need(2, 4, kept=6), need(4, 1)], Team(Fraction(12)))
    assert (whole.needed, whole.percent, whole.load, whole.keeps_too_much) == (12, 100, Load.TIGHT, False)
    assert check_all([need(1, 1, kept=13)], Team(Fraction(12))).keeps_too_much
    assert check_all([need(4, 4)], Team(Fraction(12))).load is Load.OVER
    assert check_all([need(4, 4)], Team()).load is Load.UNKNOWN


# --- skills (CAP-01)


@pytest.mark.parametrize(
    ("skills", "missing", "lacks_video"),
    [(frozenset({"copy"}), ("video",), True), (frozenset({"copy", "video"}), (), False), (None, (), False)],
)
def test_a_channel_that_lives_on_video_needs_somebody_who_makes_it(skills, missing, lacks_video):
    """Nobody said what the team can do: then nothing is known to be missing."""
    (found,) = check([need(skills=frozenset({"copy"}), lives_on_video=True)], Team(skills=skills))
    assert (found.missing_skills, found.lacks_video) == (missing, lacks_video)


def test_video_on_another_channel_is_missing_but_no_error_of_the_network():
    (found,) = check([need(skills=frozenset({"video"}))], Team(skills=frozenset({"copy"})))
    assert (found.missing_skills, found.lacks_video) == (("video",), False)


def test_content_needs_a_source():
    found = check([need(source=" "), need(source="The workshop")], Team())
    assert [each.lacks_source for each in found] == [True, False]


@pytest.mark.parametrize(
    ("forms", "planned", "video", "skills"),
    [
        ({"text", "image"}, set(), False, ("copy", "design")),
        ({"text", "image", "video"}, {"video"}, False, ("copy", "video")),
        ({"video", "reel"}, set(), True, ("copy", "video")),
        ({"text"}, {"video"}, False, ("copy",)),
        ({"poll", "story"}, {"poll", "story"}, False, ("community", "copy", "design")),
    ],
)
def test_skills_are_suggested_from_the_platform_and_the_planned_forms(forms, planned, video, skills):
    assert suggested_skills(forms, planned, lives_on_video=video) == skills
