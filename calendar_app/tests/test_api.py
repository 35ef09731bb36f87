"""Posts and publications for programs: what the forms and acts of the pages allow, and nothing else."""

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from brands.models import Brand, Notification, Scope
from brands.models.teams import ApprovalMode
from brands.tests.api_client import Program, pointers
from calendar_app.models import Post, Publication

AT = "2030-03-05T05:00:00Z"


@pytest.fixture
def program(brand):
    return lambda user, *scopes: Program(user, brand, scopes or tuple(Scope))


@pytest.fixture
def written(program, marketer, telegram) -> dict:
    body = {"title": "Tea", "text": "Fresh tea", "channels": [{"channel": telegram.pk, "at": AT}]}
    answer = program(marketer).post("posts", body)
    assert answer.status_code == 201, answer.content
    return answer.json()


def test_a_post_is_written_with_its_channels(written, marketer, telegram):
    post = Post.objects.get()
    assert (post.title, post.state, post.created_by, post.owner) == ("Tea", "draft", marketer, marketer)
    assert post.publications.get().at == datetime(2030, 3, 5, 5, tzinfo=UTC)
    assert written["publications"][0]["at"] == AT
    assert post.versions.count() == 1


def test_an_idea_begins_as_one(program, marketer, telegram):
    answer = program(marketer).post("posts", {"text": "Perhaps", "is_idea": True, "channels": [{"channel": telegram.pk}]})
    assert (answer.json()["state"], answer.json()["title"]) == ("idea", "Perhaps")


def test_what_the_form_refuses_is_named_by_its_place(program, marketer, telegram, stranger):
    other = Brand.objects.get(slug="other").channels.create(platform=telegram.platform, handle="x")
    asking = program(marketer)
    assert pointers(asking.post("posts", {"title": "Tea"})) == [""]
    plan = [{"channel": telegram.pk, "at": "1990-01-01T00:00:00Z"}]
    assert pointers(asking.post("posts", {"title": "Tea", "channels": plan})) == ["/channels/0/at"]
    assert pointers(asking.post("posts", {"title": "Tea", "channels": [{"channel": other.pk}]})) == ["/channels/0/channel"]
    assert "/link" in pointers(asking.post("posts", {"title": "Tea", "link": "no link", "channels": plan}))
    assert "/owner" in pointers(asking.post("posts", {"title": "Tea", "owner": stranger.pk, "channels": plan}))
    assert not Post.objects.exists()


@pytest.mark.parametrize("at", ["0001-01-01T00:00:00Z", "9999-12-31T23:59:59-12:00", "2030-01-01T00:00:00"])
def test_times_at_the_ends_of_the_calendar_are_refused(program, marketer, telegram, at):
    answer = program(marketer).post("posts", {"title": "Tea", "channels": [{"channel": telegram.pk, "at": at}]})
    assert (answer.status_code, pointers(answer)) == (422, ["/channels/0/at"])


def test_a_change_leaves_what_it_does_not_name(program, marketer, written, strategy):
    asking, path = program(marketer), f"posts/{written['id']}"
    answer = asking.patch(path, {"text": "Green tea", "strategy": strategy.pk}, If_Match=asking.tag(path))
    assert answer.status_code == 200, answer.content
    said = answer.json()
    assert (said["title"], said["text"], said["strategy"], said["version"]) == ("Tea", "Green tea", strategy.pk, 2)
    assert said["publications"][0]["at"] == AT
    assert asking.patch(path, {"strategy": None}, If_Match=asking.tag(path)).json()["strategy"] is None


def test_the_channels_that_a_change_names_are_all_of_them(program, marketer, written, telegram, instagram):
    asking, path = program(marketer), f"posts/{written['id']}"
    plan = [{"channel": instagram.pk, "text": "For Instagram"}]
    said = asking.patch(path, {"channels": plan}, If_Match=asking.tag(path)).json()
    assert [(row["channel"], row["text"]) for row in said["publications"]] == [(instagram.pk, "For Instagram")]


def test_whoever_changes_says_what_they_saw(program, marketer, written):
    asking, path = program(marketer), f"posts/{written['id']}"
    tag = asking.tag(path)
    assert asking.patch(path, {"title": "Tea"}).status_code == 428
    assert asking.patch(path, {"text": "Mine"}, If_Match=tag).status_code == 200
    assert asking.patch(path, {"text": "Yours"}, If_Match=tag).status_code == 412
    assert asking.patch(path, {"text": "Yours"}, If_Match=f"W/{asking.tag(path)}").status_code == 412
    assert asking.patch(path, {"text": "Ours"}, If_Match="*").status_code == 200
    assert Post.objects.get().text == "Ours"


def test_a_new_owner_hears_of_it(program, marketer, lead, written):
    asking, path = program(marketer), f"posts/{written['id']}"
    asking.patch(path, {"owner": lead.pk}, If_Match="*")
    assert Notification.objects.get(user=lead).kind == "post_assigned"


def test_a_change_of_an_approved_post_asks_again(program, marketer, written, brand):
    Post.objects.update(state="approved")
    assert program(marketer).patch(f"posts/{written['id']}", {"text": "Else"}, If_Match="*").json()["state"] == "in_review"


# --- approval


def test_a_post_goes_through_its_approval(program, marketer, lead, written, brand):
    Brand.objects.update(approval_mode=ApprovalMode.REQUIRED)
    steps = f"posts/{written['id']}/steps"
    assert program(marketer).post(f"{steps}/send", If_Match="*").json()["state"] == "in_review"
    refused = program(marketer).post(f"{steps}/approve", If_Match="*")
    assert (refused.status_code, refused.json()["detail"]) == (422, "Only a lead may do that.")
    assert pointers(program(lead).post(f"{steps}/return", If_Match="*")) == [""]
    assert program(lead).post(f"{steps}/approve", If_Match="*").json()["state"] == "approved"
    assert program(lead).post(f"{steps}/eat", If_Match="*").status_code == 404


def test_a_viewer_approves_as_the_client_and_does_nothing_else(program, viewer, written):
    Brand.objects.update(approval_mode=ApprovalMode.TWO_LEVELS)
    asking, path = program(viewer), f"posts/{written['id']}"
    assert asking.post(f"{path}/steps/client_approve", If_Match="*").status_code == 422
    Post.objects.update(state="in_review", lead_approved_at=timezone.now())
    assert asking.post(f"{path}/steps/approve", If_Match="*").status_code == 403
    assert asking.patch(path, {"title": "x"}, If_Match="*").status_code == 403
    assert asking.post(f"{path}/steps/client_approve", If_Match="*").json()["state"] == "approved"


def test_a_viewer_reads_no_internal_comment(program, viewer, marketer, written):
    post = Post.objects.get()
    post.comments.create(author=marketer, text="between ourselves")
    post.comments.create(author=marketer, text="for all", visible_to_client=True)
    path = f"posts/{written['id']}/comments"
    assert [row["text"] for row in program(viewer).get(path).json()["items"]] == ["for all"]
    assert len(program(marketer).get(path).json()["items"]) == 2


# --- publications


@pytest.fixture
def approved(written) -> Publication:
    Post.objects.update(state="approved")
    return Publication.objects.get()


def test_a_publication_moves(program, marketer, approved):
    path = f"publications/{approved.pk}"
    said = program(marketer).post(f"{path}/move", {"at": "2030-04-01T07:30:00+05:00"}, If_Match="*").json()
    assert (said["at"], said["version"]) == ("2030-04-01T02:30:00Z", 2)
    assert approved.post.events.filter(verb="move").exists()


def test_a_publication_is_scheduled_and_called_off(program, marketer, approved):
    acts = f"publications/{approved.pk}/acts"
    assert program(marketer).post(f"{acts}/schedule", If_Match="*").json()["status"] == "scheduled"
    assert program(marketer).post(f"{acts}/schedule", If_Match="*").status_code == 422
    assert program(marketer).post(f"{acts}/cancel", If_Match="*").json()["status"] == "cancelled"
    assert program(marketer).post(f"{acts}/publish", If_Match="*").status_code == 404


def test_a_publication_is_reported_as_out(program, marketer, approved):
    asking, path = program(marketer, Scope.READ, Scope.PUBLICATIONS), f"publications/{approved.pk}"
    body = {"permalink": "https://t.me/choyxona/1", "published_at": "2026-01-05T06:07:08Z"}
    said = asking.post(f"{path}/publish", body, If_Match=asking.tag(path)).json()
    assert (said["status"], said["published_at"], said["permalink"]) == ("published", body["published_at"], body["permalink"])
    assert asking.post(f"{path}/publish", body, If_Match="*").status_code == 422


def test_what_is_not_approved_is_not_reported_as_out(program, marketer, written):
    answer = program(marketer).post(f"publications/{written['publications'][0]['id']}/publish", {}, If_Match="*")
    assert (answer.status_code, answer.json()["detail"]) == (422, "Only an approved post can go out.")


def test_a_report_from_the_future_or_with_a_bad_link_is_refused(program, marketer, approved):
    path = f"publications/{approved.pk}/publish"
    later = (timezone.now() + timedelta(days=1)).isoformat()
    assert program(marketer).post(path, {"published_at": later}, If_Match="*").status_code == 422
    assert pointers(program(marketer).post(path, {"permalink": "no link"}, If_Match="*")) == ["/permalink"]


# --- reading


def test_posts_and_publications_are_filtered(program, viewer, written, telegram, instagram):
    asking = program(viewer)
    found = {
        "posts?state=draft": 1, "posts?state=idea": 0, f"posts?channel={telegram.pk}": 1, f"posts?channel={instagram.pk}": 0,
        "posts?updated_since=2020-01-01T00:00:00Z": 1, "posts?updated_since=2040-01-01T00:00:00Z": 0, "posts?strategy=1": 0,
        "publications?status=planned": 1, "publications?status=due": 0, f"publications?post={written['id']}": 1,
        "publications?since=2030-03-05T05:00:00Z": 1, "publications?before=2030-03-05T05:00:00Z": 0,
    }  # fmt: skip
    assert {path: len(asking.get(path).json()["items"]) for path in found} == found


@pytest.mark.parametrize("asked", ["posts?updated_since", "publications?since", "publications?before"])
def test_a_moment_may_be_told_in_any_zone_and_is_refused_at_the_ends_of_the_calendar(program, viewer, asked):
    # PostgreSQL knows no zone that far away.
    assert program(viewer).get(f"{asked}=2026-01-01T00:00:00-20:19").status_code == 200
    assert program(viewer).get(f"{asked}=0001-01-01T00:00:00%2B10:00").status_code == 422


@pytest.mark.parametrize("count", [1, 3])
def test_lists_take_the_same_number_of_queries(program, viewer, brand, telegram, django_assert_num_queries, count):
    for number in range(count):
        post = brand.posts.create(title=str(number))
        brand.publications.create(post=post, channel=telegram)
    asking = program(viewer)
    asking.get("posts")
    with django_assert_num_queries(5):
        asking.get("posts")
    with django_assert_num_queries(3):
        asking.get("publications")


# --- once


def test_a_request_with_a_key_is_done_once(program, marketer, telegram):
    asking, body = program(marketer), {"title": "Tea", "channels": [{"channel": telegram.pk}]}
    first, second = (asking.post("posts", body, Idempotency_Key="k1") for _time in range(2))
    assert (first.status_code, first.content) == (second.status_code, second.content) == (201, first.content)
    assert second["Idempotency-Replayed"] == "true"
    assert Post.objects.count() == 1
    assert asking.post("posts", body | {"title": "Else"}, Idempotency_Key="k1").status_code == 422
    assert asking.post("posts", body, Idempotency_Key="k2").status_code == 201
    assert asking.post("posts", body, Idempotency_Key="ключ".encode().decode("latin-1")).status_code == 400


def test_what_broke_is_tried_again(program, marketer, telegram, monkeypatch, caplog):
    asking, body = program(marketer), {"title": "Tea", "channels": [{"channel": telegram.pk}]}

    def broken(*_args) -> None:
        raise RuntimeError

    with monkeypatch.context() as patch:
        patch.setattr("calendar_app.api.posts.tell_owner", broken)
        assert asking.post("posts", body, Idempotency_Key="k").status_code == 500
    # Neither the key nor the post that was written before it broke.
    assert not Post.objects.exists()
    assert asking.post("posts", body, Idempotency_Key="k").status_code == 201
