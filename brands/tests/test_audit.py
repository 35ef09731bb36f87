"""What a team does with its brand stands in the audit log, written together with the act."""

import pytest
from django.core import mail
from django.urls import reverse

from brands import invitations
from brands.audit import ACTS, Named, record
from brands.models import AuditEntry, Brand, Invitation, Membership, Role

SETTINGS = "/brands/atlas/settings/"


def told(**conditions) -> list[str]:
    return list(AuditEntry.objects.filter(**conditions).order_by("pk").values_list("act", flat=True))


def last() -> AuditEntry:
    return AuditEntry.objects.latest("pk")


def settings_of(brand: Brand, **changes) -> dict:
    names = ("name", "about", "website", "business_type", "currency", "language", "country", "approval_mode", "version")
    return {name: getattr(brand, name) for name in names} | changes


def test_an_act_that_is_not_declared_is_a_mistake(db):
    with pytest.raises(KeyError):
        record("flew_away")
    assert told() == []


def test_an_entry_knows_who_from_where_and_on_what(as_user, lead, brand):
    as_user(lead).post(SETTINGS, settings_of(brand, currency="USD", about="Kiyim"), REMOTE_ADDR="192.0.2.7")
    entry = last()
    assert (entry.act, entry.person, entry.brand, entry.address) == ("settings_changed", lead, brand, "192.0.2.7")
    assert (entry.kind, entry.object_id, entry.title) == ("brands.brand", brand.pk, "Atlas Libos")
    assert len(entry.request_id) == 32


def test_changed_settings_are_told_by_name_and_words_of_people_are_not_repeated(as_user, lead, brand):
    as_user(lead).post(SETTINGS, settings_of(brand, currency="USD", about="Kiyim"))
    assert last().details == {"fields": ["about", "currency"], "values": {"currency": ["UZS", "USD"]}}


def test_saving_without_a_change_tells_nothing(as_user, lead, brand):
    assert as_user(lead).post(SETTINGS, settings_of(brand)).status_code == 302
    assert told() == []


def test_an_act_that_fails_tells_nothing(as_user, lead, brand):
    as_user(lead).post(SETTINGS, settings_of(brand, currency="USD", version=99))
    as_user(lead).post(SETTINGS + "team/leave/")
    assert told() == []


def test_who_joins_and_who_leaves(as_user, lead, person, brand):
    newcomer = person("aziza")
    as_user(lead).post(SETTINGS + "team/invite/", {"email": newcomer.email, "role": 20})
    assert len(mail.outbox) == 1
    invitations.accept(Invitation.objects.get(), newcomer)
    as_user(newcomer).post(SETTINGS + "team/leave/")
    assert told() == ["invited", "invitation_accepted", "left"]
    assert {entry.title for entry in AuditEntry.objects.all()} == {""}
    assert "aziza" not in str(list(AuditEntry.objects.values()))


def test_an_invitation_taken_back_and_a_member_removed(as_user, lead, marketer, brand):
    client = as_user(lead)
    row = invitations.invite(brand, "x@example.uz", Role.VIEWER, lead)
    client.post(f"{SETTINGS}invitations/{row.pk}/revoke/")
    client.post(f"{SETTINGS}team/{Membership.objects.get(user=marketer).pk}/remove/")
    assert told() == ["invited", "invitation_revoked", "member_removed"]
    assert last().details == {"person": marketer.pk, "role": 20}


def test_a_role_given_is_told_with_the_one_before_and_hours_are_not(as_user, lead, marketer, brand):
    row = Membership.objects.get(user=marketer)
    url, typed = f"{SETTINGS}team/{row.pk}/", {"role": 20, "hours_per_week": "9", "skills": []}
    as_user(lead).post(url, typed | {"version": row.version})
    assert told() == []
    as_user(lead).post(url, typed | {"role": 30, "version": row.version + 1})
    assert (last().act, last().details) == ("role_changed", {"person": marketer.pk, "was": 20, "role": 30})


def test_channels_added_changed_and_switched(as_user, lead, brand, add_channel):
    client, channel = as_user(lead), add_channel()
    client.post(
        SETTINGS + "channels/new/", {"platform": add_channel("instagram", "x").platform_id, "handle": "yangi", "kind": "page"}
    )
    client.post(f"{SETTINGS}channels/{channel.pk}/", {"handle": "boshqa", "kind": channel.kind, "version": 1})
    client.post(f"{SETTINGS}channels/{channel.pk}/active/", {"active": "0"})
    client.post(f"{SETTINGS}channels/{channel.pk}/active/", {"active": "1"})
    assert told() == ["channel_added", "channel_changed", "channel_stopped", "channel_resumed"]
    assert AuditEntry.objects.get(act="channel_changed").details["values"] == {"handle": ["atlas", "boshqa"]}


def test_a_new_brand_begins_its_log(as_user, stranger):
    typed = {
        "name": "Somsa",
        "business_type": "small",
        "country": "UZ",
        "time_zone": "Asia/Tashkent",
        "currency": "UZS",
        "language": "uz",
    }
    as_user(stranger).post("/brands/new/", typed)
    assert (last().act, last().brand.name) == ("brand_made", "Somsa")


def test_every_change_in_the_administration_is_told(as_user, person, brand, add_channel):
    client, channel = as_user(person("admin", is_staff=True, is_superuser=True)), add_channel()
    typed = {"brand": brand.pk, "platform": channel.platform_id, "handle": "new", "kind": "page", "is_active": "on"}
    client.post(reverse("admin:brands_channel_change", args=[channel.pk]), typed)
    client.post(reverse("admin:brands_channel_add"), typed | {"handle": "second"})
    chosen = {"action": "delete_selected", "_selected_action": [channel.pk], "post": "yes"}
    client.post(reverse("admin:brands_channel_changelist"), chosen)
    client.post(reverse("admin:brands_channel_delete", args=[brand.channels.get().pk]), {"post": "yes"})
    assert told(brand=brand) == ["admin_changed", "admin_added", "admin_deleted", "admin_deleted"]
    assert AuditEntry.objects.get(act="admin_changed").details == {"fields": ["Handle"]}


def test_the_administration_of_people_keeps_no_names(as_user, person):
    client, other = as_user(person("admin", is_staff=True, is_superuser=True)), person("aziza")
    client.post(reverse("admin:brands_user_delete", args=[other.pk]), {"post": "yes"})
    entry = last()
    assert (entry.act, entry.kind, entry.object_id, entry.title) == ("admin_deleted", "brands.user", other.pk, "")


def test_rows_of_libraries_bear_no_title(lead):
    assert Named.of(lead) == Named("brands.user", lead.pk, "")
    group = lead.groups.model(pk=3, name="Secret names")
    assert Named.of(group) == Named("auth.group", 3, "")


def test_acts_fit_their_column():
    assert max(map(len, ACTS)) <= AuditEntry._meta.get_field("act").max_length
