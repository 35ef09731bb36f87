"""The page of the audit log: what leads read there, filter, page through and take away; and the history of an object."""

import csv
import io
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from brands import audit_log
from brands.audit import ACTS, Named, entry, record, record_all
from brands.audit_log import GROUPS, PER_PAGE
from brands.models import AuditEntry, Brand, Membership

LOG = "/brands/atlas/settings/audit-log/"
CSV = LOG + "audit-log.csv"


def page(client, url: str = LOG, **query) -> str:
    return client.get(url, query).content.decode()


def lines(client, **query) -> list[list[str]]:
    text = b"".join(client.get(CSV, query).streaming_content).decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text)))


def test_an_entry_is_a_sentence_with_a_link_to_what_still_stands(as_user, lead, brand, add_channel):
    channel = add_channel()
    record("channel_added", brand=brand, person=lead, on=channel)
    record("deleted", brand=brand, person=lead, on=Named("calendar_app.post", 999, "Spring sale"))
    said = page(as_user(lead))
    assert f'<a class="ink" href="/brands/atlas/settings/channels/{channel.pk}/">' in said
    assert '<b>Dilnoza</b> <span class="ink2">deleted</span> “Spring sale” <span class="mut">(post)</span>' in said


def test_where_people_were_is_shown_to_leads(as_user, lead, brand):
    AuditEntry.objects.create(act="signed_in", brand=brand, person=lead, address="192.0.2.7")
    assert "192.0.2.7" in page(as_user(lead))


@pytest.mark.parametrize("who", ["marketer", "viewer"])
def test_only_leads_read_the_log(as_user, who, request, brand):
    client = as_user(request.getfixturevalue(who))
    assert client.get(LOG).status_code == client.get(CSV).status_code == 403
    assert LOG not in page(client, "/brands/atlas/settings/")


def test_other_brands_have_logs_of_their_own(as_user, lead):
    other = Brand.objects.create(name="Somsa", slug="somsa")
    record("settings_changed", brand=other, person=lead, on=other, details={"fields": ["website"]})
    assert "Somsa" not in page(as_user(lead))
    assert len(lines(as_user(lead))) == 2


def test_the_log_is_narrowed_by_person_act_day_and_object(as_user, lead, marketer, brand, add_channel):
    one, two = add_channel(), add_channel("instagram", "second")
    record("channel_added", brand=brand, person=lead, on=one)
    record("channel_changed", brand=brand, person=marketer, on=two)
    record("role_changed", brand=brand, person=lead)
    client, today = as_user(lead), brand.today()

    def acts(**query) -> list[str]:
        return [told.entry.act for told in client.get(LOG, query).context["page"].told]

    assert acts() == ["role_changed", "channel_changed", "channel_added"]
    assert acts(person=marketer.pk) == ["channel_changed"]
    assert acts(act="team") == ["role_changed"]
    assert acts(kind="brands.channel", object=one.pk) == ["channel_added"]
    assert acts(first=today, last=today) == acts()
    assert acts(first=today + timedelta(days=1)) == acts(last=today - timedelta(days=1)) == []


@pytest.mark.parametrize(
    "query", [{"person": "x"}, {"act": "x"}, {"first": "x"}, {"kind": "x"}, {"object": "9" * 40}, {"before": "9" * 40}]
)
def test_a_filter_that_makes_no_sense_is_left_out(as_user, lead, brand, query):
    record("role_changed", brand=brand, person=lead)
    assert len(as_user(lead).get(LOG, query).context["page"].told) == 1


def test_it_goes_on_by_pages_and_no_entry_is_lost(as_user, lead, brand):
    record_all([entry("role_changed", brand=brand, person=lead, details={"number": n}) for n in range(PER_PAGE + 3)])
    client = as_user(lead)
    first = client.get(LOG).context["page"]
    second = client.get(LOG, {"before": first.older}).context["page"]
    numbers = [told.entry.details["number"] for told in [*first.told, *second.told]]
    assert numbers == list(reversed(range(PER_PAGE + 3)))
    assert second.older is None and not second.is_first


def test_one_entry_and_three_take_the_same_queries(as_user, lead, brand, add_channel, person):
    client = as_user(lead)
    record("channel_added", brand=brand, person=lead, on=add_channel())
    one = count_of(client)
    for number in range(2):
        record("channel_added", brand=brand, person=person(f"p{number}"), on=add_channel(handle=f"n{number}"))
    assert count_of(client) == one


def count_of(client) -> int:
    with CaptureQueriesContext(connection) as found:
        client.get(LOG)
    return len(found)


def test_taking_it_away_is_an_entry_itself_and_nothing_in_it_is_run(as_user, lead, brand):
    record("deleted", brand=brand, person=lead, on=Named("calendar_app.post", 7, '=HYPERLINK("http://evil")'))
    client = as_user(lead)
    _head, taken, deleted = lines(client)
    assert (deleted[1:5], deleted[3][0]) == (["Dilnoza", "deleted", '\'=HYPERLINK("http://evil")', "post"], "'")
    assert taken[2] == "downloaded" and "audit-log.csv" in taken[7]
    client.head(CSV)
    assert AuditEntry.objects.filter(act="file_taken").count() == 1


def test_the_history_of_an_object_is_for_those_who_work_on_it_and_shows_no_addresses(as_user, marketer, brand, add_channel):
    channel = add_channel()
    url = f"/brands/atlas/history/channels/{channel.pk}/"
    assert "Nothing has happened yet" in page(as_user(marketer), url)
    AuditEntry.objects.create(
        act="channel_added", brand=brand, person=marketer, kind="brands.channel", object_id=channel.pk, address="192.0.2.7"
    )
    said = page(as_user(marketer), url)
    assert "added the channel" in said and "192.0.2.7" not in said


def test_viewers_see_no_history_and_no_link_to_it(as_user, viewer, marketer, lead, brand, add_channel):
    row = Membership.objects.get(user=viewer)
    url = f"/brands/atlas/history/team/{row.pk}/"
    assert as_user(viewer).get(url).status_code == 403
    assert url not in page(as_user(viewer), f"/brands/atlas/settings/team/{row.pk}/")
    assert url in page(as_user(lead), f"/brands/atlas/settings/team/{row.pk}/")


@pytest.mark.parametrize("path", ["nothing/1", "channels/999", "goals/999", "posts/999"])
def test_what_the_brand_never_had_has_no_history(as_user, lead, brand, path):
    assert as_user(lead).get(f"/brands/atlas/history/{path}/").status_code == 404


def test_what_is_deleted_keeps_its_history(as_user, lead, brand):
    record("deleted", brand=brand, person=lead, on=Named("calendar_app.post", 999, "Spring sale"))
    assert "Spring sale" in page(as_user(lead), "/brands/atlas/history/posts/999/")


def test_somebody_whose_account_is_gone_has_no_name(as_user, lead, person, brand):
    gone = person("rustam")
    record("settings_changed", brand=brand, person=gone, on=brand)
    gone.delete()
    assert "Somebody whose account is gone" in page(as_user(lead))


def test_staff_read_all_brands_and_change_nothing(as_user, person, brand, lead):
    row = record("settings_changed", brand=brand, person=lead, on=brand)
    client = as_user(person("admin", is_staff=True, is_superuser=True))
    url = "/admin/brands/auditentry/"
    assert "changed the settings" in page(client, url, act="settings_changed")
    assert client.get(f"{url}{row.pk}/change/").status_code == 200
    assert (
        client.post(f"{url}{row.pk}/delete/", {"post": "yes"}).status_code
        == client.post(f"{url}{row.pk}/change/").status_code
        == 403
    )


def test_every_group_has_acts_and_every_kind_its_words():
    for _label, beginnings in GROUPS.values():
        assert beginnings
    without = [act for act in ACTS if not act.startswith(tuple(way for _label, ways in GROUPS.values() for way in ways))]
    assert without == []
    assert all(audit_log.kind_name(kind) != kind for kind in (*audit_log.PAGES, *audit_log.HISTORIES.values()))
