"""What is done to posts stands in the audit log, too."""

import pytest
from django.urls import reverse
from django.utils import timezone

from brands.models import AuditEntry, Membership
from calendar_app import approval, delivery, expiry, feeds, review_links
from calendar_app.approval import STEPS, Guest
from calendar_app.models import Post, ReviewLink
from calendar_app.tests.conftest import soon


def told() -> list[str]:
    return list(AuditEntry.objects.order_by("pk").values_list("act", flat=True))


def last() -> AuditEntry:
    return AuditEntry.objects.latest("pk")


def take(post: Post, name: str, actor) -> None:
    approval.take(post, STEPS[name], actor, post.version, "Shorter, please")


def test_each_step_of_an_approval(brand, lead, marketer, write):
    post = write(at=soon())
    writer, leader = (Membership.objects.select_related("user").get(user=user) for user in (marketer, lead))
    for name, actor in (("send", writer), ("return", leader), ("send", writer), ("approve", leader)):
        take(post, name, actor)
    assert told() == ["post_send", "post_return", "post_send", "post_approve"]
    entry = last()
    assert (entry.person, entry.brand, entry.title, entry.object_id) == (lead, brand, post.title, post.pk)
    assert entry.details == {"was": "in_review", "became": "approved"}
    # What people wrote with it is theirs, and stays with the post.
    assert "Shorter" not in str(list(AuditEntry.objects.values()))


def test_a_guest_is_told_of_without_a_name(brand, write):
    brand.approval_mode = "two_levels"
    brand.save()
    post = write(at=soon(), state="in_review")
    post.brand, post.lead_approved_at = brand, timezone.now()
    post.save()
    link = ReviewLink.objects.create(brand=brand, label="Anvar", expires_at=soon(48))
    link.posts.add(post)
    take(post, "client_approve", Guest(link, "Anvar aka"))
    assert (last().act, last().person, last().details["guest"]) == ("post_client_approve", None, True)
    assert "Anvar" not in str(list(AuditEntry.objects.values()))


def test_what_went_out_what_was_missed_and_what_expired(brand, marketer, write):
    member = Membership.objects.select_related("user").get(user=marketer)
    out = write(at=soon(), state="approved").publications.get()
    delivery.publish(out, member, out.version, timezone.now(), "")
    write("Late", at=soon(-30), state="approved", status="due")
    write("Not approved", at=soon(-1))
    delivery.mark_due()
    expiry.expire()
    assert told() == ["publication_publish", "publication_missed", "publication_expired"]
    assert AuditEntry.objects.get(act="publication_missed").title == "Late"


def test_a_deleted_post_is_remembered_by_its_title(brand, marketer, write, signed_in):
    post = write("Spring sale", at=soon())
    url = reverse("calendar:delete_post", args=[brand.slug, post.pk])
    assert signed_in(marketer).post(url, {"version": post.version + 7}).status_code == 409
    assert told() == []
    signed_in(marketer).post(url, {"version": post.version})
    assert (last().act, last().title, last().object_id, last().person) == ("deleted", "Spring sale", post.pk, marketer)


def test_feeds_and_links_made_and_ended(brand, marketer, write):
    feed, _secret = feeds.create(brand, marketer, only_mine=True)
    feeds.revoke(feed)
    feeds.revoke(feed)
    link = ReviewLink.objects.create(brand=brand, label="Anvar", expires_at=soon(48))
    review_links.take_back(link)
    review_links.take_back(link)
    assert told() == ["feed_made", "feed_ended", "link_ended"]


@pytest.mark.parametrize("wanted", ["ours", "xlsx"])
def test_taking_the_plan_away(brand, marketer, write, signed_in, wanted):
    write(at=soon())
    page = reverse("calendar:export", args=[brand.slug])
    client = signed_in(marketer)
    formats = [value for value, _label in client.get(page).context["form"].fields["format"].choices]
    chosen = next(value for value in formats if (value == "ours") == (wanted == "ours"))
    client.get(page, {"format": chosen})
    assert told() == ["file_taken"] and last().details == {"file": f"posts.{chosen}"}
