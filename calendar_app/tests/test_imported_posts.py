from datetime import UTC, datetime

from brands.models import Brand, Channel, Platform
from calendar_app.imported_posts import FoundPost, attach, remove_unplanned
from calendar_app.models import Comment, Post, Publication

WHEN = datetime(2027, 3, 1, 9, 0, tzinfo=UTC)


def found(channel, name="1", link="https://t.me/choyxona/1", **more):
    return FoundPost(channel.pk, name, link, WHEN, **{"text": "Choy ichamiz\n\nKeling!", "format": "image", **more})


def test_an_unknown_post_is_written_down_as_outside_the_plan(brand, telegram):
    places = attach(brand, [found(telegram)])
    publication = Publication.objects.get(pk=places[telegram.pk, "1"])
    assert (publication.status, publication.origin, publication.published_at, publication.at) == (
        "published",
        "import",
        WHEN,
        WHEN,
    )
    assert (publication.post.title, publication.post.kind, publication.post.format) == ("Choy ichamiz", "unplanned", "image")


def test_doing_it_again_changes_nothing(brand, telegram):
    rows = [found(telegram), found(telegram, "2", "https://t.me/choyxona/2")]
    assert attach(brand, rows) == attach(brand, rows)
    assert Post.objects.count() == 2


def test_a_post_of_ours_is_known_by_its_id(brand, telegram, write):
    post = write(at=WHEN, status="published")
    post.publications.update(platform_post_id="1")
    assert attach(brand, [found(telegram)]) == {(telegram.pk, "1"): post.publications.get().pk}


def test_a_post_of_ours_is_known_by_its_link_and_learns_its_id(brand, telegram, write):
    post = write(at=WHEN, status="published")
    post.publications.update(permalink="http://www.t.me/choyxona/1/?utm=1")
    assert attach(brand, [found(telegram)]) == {(telegram.pk, "1"): post.publications.get().pk}
    assert post.publications.get().platform_post_id == "1"


def test_a_post_that_nobody_marked_is_published_when_the_platform_says_so(brand, telegram, write):
    post = write(at=WHEN, status="missed")
    post.publications.update(permalink="https://t.me/choyxona/1")
    attach(brand, [found(telegram)])
    publication = post.publications.get()
    assert (publication.status, publication.published_at) == ("published", WHEN)


def test_another_id_under_the_same_link_is_another_post(brand, telegram):
    places = attach(brand, [found(telegram, "1"), found(telegram, "2")])
    assert len(set(places.values())) == 2
    assert len(attach(brand, [found(telegram, "3")])) == 1 and Post.objects.count() == 3


def test_the_same_link_on_two_channels_is_two_posts(brand, telegram, instagram):
    places = attach(brand, [found(telegram, ""), found(instagram, "")])
    assert len(set(places.values())) == 2


def test_a_row_without_id_is_known_by_its_link(brand, telegram):
    first = attach(brand, [found(telegram, "7")])
    assert list(attach(brand, [found(telegram, "")]).values()) == list(first.values())


def test_rows_that_name_nothing_or_a_foreign_channel_are_left_out(brand, telegram):
    other = Channel.objects.create(
        brand=Brand.objects.create(name="O", slug="o"), platform=Platform.objects.get(slug="x"), handle="o"
    )
    assert attach(brand, [found(telegram, "", ""), found(other)]) == {}
    assert Post.objects.count() == 0


def test_a_format_nobody_knows_and_an_empty_text_are_no_obstacle(brand, telegram):
    attach(brand, [found(telegram, text="", format="hologram")])
    post = Post.objects.get()
    assert post.format == "" and post.title


def test_two_thousand_posts_come_in_in_batches(brand, telegram, django_assert_max_num_queries):
    rows = [found(telegram, str(number), f"https://t.me/choyxona/{number}") for number in range(2000)]
    with django_assert_max_num_queries(150):
        assert len(attach(brand, rows)) == 2000


def test_undoing_removes_what_only_the_import_had_brought(brand, telegram, write):
    places = attach(brand, [found(telegram, str(number), "") for number in range(4)])
    planned = write(at=WHEN, status="published").publications.get().pk
    touched, talked, kept, gone = (Publication.objects.get(pk=pk) for pk in places.values())
    touched.post.save_version(1)
    Comment.objects.create(post=talked.post, text="Good one")
    assert remove_unplanned(brand, [touched.pk, talked.pk, gone.pk, planned]) == 1
    assert set(Publication.objects.values_list("pk", flat=True)) == {touched.pk, talked.pk, kept.pk, planned}


def test_undoing_stays_inside_the_brand(brand, telegram):
    places = attach(brand, [found(telegram)])
    other = Brand.objects.create(name="O", slug="o")
    assert remove_unplanned(other, places.values()) == 0
