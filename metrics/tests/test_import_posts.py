"""Posts of a file that neither id nor link tells: proposed by time and words, decided by a person, remembered."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.core.files.base import ContentFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from calendar_app.models import Post, Publication
from metrics import imports
from metrics.imports import undo as undo_import
from metrics.models import Import, Observation

ZONE = ZoneInfo("Asia/Tashkent")
AT = datetime(2026, 1, 5, 14, tzinfo=ZONE)
WORDS = "Yangi kuzgi kolleksiya doʻkonda: ipak roʻmollar"
HEAD = "post_id,permalink,published_at,text,likes\n"


def row(number: int = 1, at: datetime = AT, text: str = WORDS, likes: int = 40) -> str:
    return f"{number},https://www.instagram.com/p/C{number}/,{at:%Y-%m-%d %H:%M},{text},{likes}\n"


@pytest.fixture(autouse=True)
def in_tashkent(brand):
    brand.timezone = "Asia/Tashkent"
    brand.save()


@pytest.fixture
def plan(brand, instagram):
    def make(at: datetime = AT, text: str = WORDS, **more) -> Publication:
        post = Post.objects.create(brand=brand, title=text[:60] or "Post", text=text)
        return Publication.objects.create(brand=brand, post=post, channel=instagram, at=at, **more)

    return make


@pytest.fixture
def checked(brand):
    def make(text: str, name: str = "posts.csv", **options) -> Import:
        import_, _new = imports.receive(brand, None, ContentFile((HEAD + text).encode(), name=name), **options)
        imports.check(import_.pk)
        import_.refresh_from_db()
        assert import_.status == "checked", import_.refusal
        return import_

    return make


def save(import_: Import, accepted: set[str] | None = None) -> Import:
    assert imports.queue(import_, accepted)
    imports.apply(import_.pk)
    import_.refresh_from_db()
    assert import_.status == "applied"
    return import_


def take_back(import_: Import) -> None:
    undo_import.begin(import_)
    undo_import.take_back(import_.pk)


def test_a_planned_post_is_found_by_its_time_and_words(checked, plan):
    ours = plan(status="missed")
    import_ = checked(row(at=AT + timedelta(minutes=2)))
    assert import_.summary["posts"] == {"matched": 0, "likely": 1, "unplanned": 0}
    save(import_)
    ours.refresh_from_db()
    assert (ours.status, ours.platform_post_id, ours.permalink) == ("published", "1", "https://www.instagram.com/p/C1/")
    assert ours.observations.get().value == 40
    assert Publication.objects.count() == 1


def test_an_unlike_post_stays_outside_the_plan(checked, plan):
    ours = plan()
    save(checked(row(text="Ish vaqtimiz oʻzgardi: endi oltigacha", at=AT + timedelta(hours=3, minutes=20))))
    assert not ours.observations.exists()
    assert Post.objects.filter(kind="unplanned").count() == 1


def test_a_doubtful_one_is_kept_apart_unless_it_is_accepted(checked, plan):
    ours = plan()
    import_ = checked(row(text="Kuzgi yangiliklar: adras va ipak", at=AT + timedelta(minutes=1)))
    [guess] = import_.summary["guesses"]
    assert guess["accepted"] is False
    save(import_, {guess["key"]})
    assert ours.observations.exists()


def test_a_refused_one_becomes_a_post_of_its_own_and_that_is_remembered(checked, plan, instagram):
    ours = plan()
    first = save(checked(row()), set())
    assert not ours.observations.exists()
    take_back(first)
    assert Publication.objects.count() == 1
    again = checked(row(likes=41), "later.csv")
    assert [guess["accepted"] for guess in again.summary["guesses"]] == [False]
    save(again)
    assert not ours.observations.exists()


def test_undoing_gives_the_publication_back_as_it_was(checked, plan):
    ours = plan(status="missed")
    take_back(save(checked(row())))
    ours.refresh_from_db()
    assert (ours.status, ours.published_at, ours.platform_post_id, ours.permalink) == ("missed", None, "", "")
    assert not Observation.objects.exists()


def test_undoing_leaves_it_where_another_file_speaks_of_it(checked, plan):
    ours = plan()
    first = save(checked(row(), as_of="2026-01-20"))
    save(checked(row(likes=55), "later.csv", as_of="2026-02-01"))
    take_back(first)
    ours.refresh_from_db()
    assert ours.platform_post_id == "1"
    assert [figure.value for figure in ours.observations.all()] == [55]


def test_what_is_known_by_its_id_is_no_question(checked, plan):
    plan(platform_post_id="1")
    plan(AT, WORDS + " va yana")
    import_ = checked(row())
    assert import_.summary["posts"] == {"matched": 1, "unplanned": 0}


def test_two_rows_never_go_to_one_post(checked, plan):
    ours = plan()
    save(checked(row(1) + row(2, AT + timedelta(minutes=3), likes=50)), {f"{ours.channel_id}:1", f"{ours.channel_id}:2"})
    assert Publication.objects.count() == 2
    assert Observation.objects.values("publication").distinct().count() == 2


def test_a_row_by_id_and_a_row_by_link_of_one_post_are_two_posts(checked, plan):
    plan(platform_post_id="1", permalink="https://www.instagram.com/p/C1/")
    import_ = save(checked(row(1) + ",https://www.instagram.com/p/C1/,2026-01-05 14:00,x,7\n"))
    assert Observation.objects.filter(source=import_).values("publication").distinct().count() == 2


def test_a_post_that_got_a_name_meanwhile_is_left_alone(checked, plan):
    ours = plan()
    import_ = checked(row())
    Publication.objects.filter(pk=ours.pk).update(platform_post_id="77")
    save(import_)
    assert not ours.observations.exists()


def test_the_page_shows_both_sides_and_saves_what_was_marked(client, marketer, brand, checked, plan, monkeypatch):
    ours = plan(AT, WORDS)
    import_ = checked(row(at=AT - timedelta(hours=13)))
    address = reverse("metrics:import", args=[brand.slug, import_.pk])
    page = client.get(address).content.decode()
    assert "85 %" in page and "off by 13 whole hours" in page and page.count(WORDS) >= 2
    assert f'value="{ours.channel_id}:1" form="save"' in page
    client.post(reverse("metrics:save_import", args=[brand.slug, import_.pk]), {"posts-shown": "1"})
    import_.refresh_from_db()
    assert import_.options["posts"] == {f"{ours.channel_id}:1": 0}
    imports.apply(import_.pk)
    assert "kept apart" in client.get(address).content.decode()
    assert not ours.observations.exists()


def test_many_posts_take_no_more_queries(client, marketer, brand, checked, plan, monkeypatch):
    # A slow machine would tell in between how far it is.
    monkeypatch.setattr(imports, "TICK", 1000)
    counts = []
    for count in (2, 1, 3, 40):
        days = [AT - timedelta(days=number + 100 * count) for number in range(count)]
        for day in days:
            plan(day)
        with CaptureQueriesContext(connection) as captured:
            import_ = checked("".join(row(1000 * count + n, day) for n, day in enumerate(days)), f"{count}.csv")
        assert import_.summary["posts"]["likely"] == count
        with CaptureQueriesContext(connection) as shown:
            client.get(reverse("metrics:import", args=[brand.slug, import_.pk]))
        counts.append((len(captured), len(shown)))
    assert len(set(counts[1:])) == 1, counts
