"""A person takes along what is known of them, and is forgotten when they ask."""

import io
import json
import zipfile
from datetime import timedelta
from unittest import mock

import pytest
from django.contrib.admin.models import CHANGE, LogEntry
from django.urls import reverse
from django.utils import timezone

from brands import erasure
from brands.audit import record
from brands.models import AuditEntry, Brand, Membership, Notification, Role, User
from brands.notifications import notify
from brands.tasks import erase_people, forget_what_is_old

ERASE, KEEP, OWN = (reverse(f"brands:{name}") for name in ("erase", "keep_account", "own_data"))
PASSWORD = "parol-1234-uz"


def acts():
    return list(AuditEntry.objects.order_by("pk").values_list("act", flat=True))


def test_a_person_downloads_what_is_known_of_them_and_nothing_of_others(as_user, marketer, lead, brand):
    notify(marketer, brand, "alert", "k", "/", {"title": "mine"})
    notify(lead, brand, "alert", "k", "/", {"title": "theirs"})
    answer = as_user(marketer).post(reverse("brands:download_own_data"))
    archive = zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content)))
    everything = b"".join(archive.read(name) for name in archive.namelist()).decode()
    assert json.loads(archive.read("profile.json"))["email"] == marketer.email
    assert json.loads(archive.read("tables/brands.membership.json"))[0]["role"] == Role.MARKETER
    assert "mine" in everything and "theirs" not in everything and lead.email not in everything
    assert marketer.password not in everything and '"password"' not in everything
    assert acts()[-1] == "own_data_downloaded"


def test_erasing_asks_for_the_password_and_can_be_taken_back(as_user, marketer):
    client = as_user(marketer)
    assert client.post(ERASE, {"password": "guess"}).status_code == 422
    client.post(ERASE, {"password": PASSWORD})
    assert "Keep my account" in client.get(OWN).content.decode()
    client.post(KEEP)
    marketer.refresh_from_db()
    assert marketer.erasing_since is None
    assert [act for act in acts() if act.startswith("erasure")] == ["erasure_asked", "erasure_taken_back"]


def test_the_last_lead_of_a_brand_hands_it_over_first(as_user, lead, marketer, brand):
    answer = as_user(lead).post(ERASE, {"password": PASSWORD})
    assert answer.status_code == 422 and "Nobody else leads these brands" in answer.content.decode()
    marketer.memberships.get().change_role(Role.LEAD)
    as_user(lead).post(ERASE, {"password": PASSWORD})
    lead.refresh_from_db()
    assert lead.erasing_since


def test_a_brand_that_closes_does_not_hold_its_lead_back(lead, brand):
    Brand.objects.update(closing_since=timezone.now())
    erasure.ask(lead)
    lead.refresh_from_db()
    assert lead.erasing_since


def erased(user, settings):
    erasure.ask(user)
    User.objects.filter(pk=user.pk).update(erasing_since=timezone.now() - timedelta(days=settings.ERASURE_DAYS))
    return erase_people()


def test_after_the_days_a_person_is_forgotten(client, marketer, lead, brand, add_channel, settings):
    client.force_login(marketer)
    notify(marketer, brand, "alert", "k", "/", {"title": "x"})
    notify(lead, brand, "alert", "k", "/", {"by": "Jasur"})
    check = add_channel().checks.create(check_name="picture", state="done", changed_by=marketer)
    entry = AuditEntry.objects.create(act="signed_in", person=marketer, address="10.0.0.1")
    assert erased(marketer, settings) == 1 and erase_people() == 0
    person = User.objects.get(pk=marketer.pk)
    assert str(person) == f"Erased person {person.pk}" and "jasur" not in person.email
    assert not person.is_active and not person.has_usable_password()
    assert not Membership.objects.filter(user=person) and not person.notifications.exists()
    check.refresh_from_db()
    assert check.changed_by == person
    entry.refresh_from_db()
    assert entry.person_id == person.pk and entry.address is None
    assert Notification.objects.get(user=lead).params["by"] == "—"
    assert client.get(OWN).status_code == 302
    assert acts()[-1] == "person_erased"


def test_what_the_administration_noted_of_a_person_loses_the_name(as_user, person, marketer, lead, settings):
    boss = person("boss", is_staff=True, is_superuser=True)
    for row in (marketer, marketer.memberships.get(), lead):
        LogEntry.objects.log_actions(boss.pk, [row], CHANGE, single_object=True)
    assert erased(marketer, settings) == 1
    told = [*LogEntry.objects.order_by("pk").values_list("object_repr", flat=True)]
    assert told == [f"Erased person {marketer.pk}", f"Erased person {marketer.pk}", str(lead)]


def test_the_page_says_what_goes_and_what_stays(as_user, marketer):
    shown = as_user(marketer).get(OWN).text
    assert "lose your name, too" in shown and "words of their own stays" in shown


def test_who_asked_but_whose_days_are_not_over_stays(marketer):
    erasure.ask(marketer)
    assert erase_people() == 0
    marketer.refresh_from_db()
    assert marketer.name == "Jasur"


def test_who_became_the_last_lead_meanwhile_waits(lead, marketer, brand, settings):
    marketer.memberships.get().change_role(Role.LEAD)
    erasure.ask(lead)
    marketer.memberships.get().leave()
    User.objects.filter(pk=lead.pk).update(erasing_since=timezone.now() - timedelta(days=settings.ERASURE_DAYS))
    assert erase_people() == 0


def test_staff_erase_people_in_the_administration(as_user, person, marketer, lead):
    boss = person("boss", is_staff=True, is_superuser=True)
    typed = {"action": "ask_to_erase", "_selected_action": [marketer.pk, lead.pk]}
    answer = as_user(boss).post(reverse("admin:brands_user_changelist"), typed, follow=True).content.decode()
    assert "Jasur will be erased." in answer and "Nobody else leads Atlas Libos" in answer
    assert set(User.objects.filter(erasing_since__isnull=False)) == {marketer}


@pytest.mark.parametrize("times", [1, 2])
def test_what_is_old_is_forgotten_however_often(times, lead, brand, settings):
    now = timezone.now()
    for days in (1, settings.AUDIT_DAYS + 1):
        with mock.patch("django.utils.timezone.now", return_value=now - timedelta(days=days)):
            record("signed_in", person=lead)
        notify(lead, brand, "alert", str(days), "/", {"title": "x"})
    Notification.objects.filter(key="1").update(read_at=now)
    Notification.objects.exclude(key="1").update(read_at=now - timedelta(days=settings.NOTIFICATION_DAYS + 1))
    for _time in range(times):
        forget_what_is_old()
    assert AuditEntry.objects.count() == Notification.objects.count() == 1
