"""A sample brand: one for each person, theirs alone, and gone without a trace."""

from pathlib import Path

import pytest
from django.apps import apps
from django.db.models import FileField
from django.utils import timezone

from brands.exports.tables import belonging
from brands.models import AuditEntry, Brand, Membership, Notification, Role, Sample, User
from brands.notification_letters import waiting
from metrics import samples, tasks


@pytest.fixture
def aziza(db) -> User:
    return User.objects.create_user("aziza@example.uz", "kuchli-parol-77", name="Aziza", language="en")


@pytest.fixture(autouse=True)
def queued(monkeypatch) -> list[tuple[str, int]]:
    """What was handed to a worker."""
    found: list[tuple[str, int]] = []
    for name in ("prepare_sample", "delete_sample"):
        monkeypatch.setattr(getattr(tasks, name), "delay", lambda pk, name=name: found.append((name, pk)))
    return found


def counts() -> dict[str, int]:
    return {model._meta.label: model._base_manager.count() for model in apps.get_models()}


def files(folder: Path) -> set[Path]:
    return {path for path in folder.rglob("*") if path.is_file()}


def make_brand(aziza: User) -> Brand:
    brand = Brand.objects.create(name="Sample", slug="sample-1", is_sample=True)
    Membership.objects.create(brand=brand, user=aziza, role=Role.LEAD)
    Sample.objects.create(user=aziza, brand=brand)
    return brand


@pytest.mark.once
def test_a_sample_comes_and_goes_without_a_trace(aziza, settings, tmp_path, client, django_capture_on_commit_callbacks):
    settings.MEDIA_ROOT = tmp_path
    before = counts()
    sample, _is_new = samples.ask(aziza)
    samples.prepare(sample.pk)
    samples.prepare(sample.pk)
    brand = Sample.objects.get().brand
    assert Brand.objects.filter(is_sample=True).count() == 1
    assert brand.memberships.get(user=aziza).role == Role.LEAD
    others = User.objects.filter(memberships__brand=brand).exclude(pk=aziza.pk)
    assert others.count() == 2
    assert not any(user.is_active or user.has_usable_password() for user in others)
    client.force_login(aziza)
    home = client.get(brand.get_absolute_url())
    assert "Delete the sample" in home.text
    assert files(tmp_path)
    samples.leave(brand)
    with django_capture_on_commit_callbacks(execute=True):
        samples.delete(sample.pk)
        samples.delete(sample.pk)
    client.logout()
    after = counts()
    # The audit log outlives everything, for a year: it tells what Aziza did, and nothing of the people of the sample.
    log = AuditEntry.objects.filter(brand=brand.pk).order_by("pk").values_list("act", "person", "title")
    assert list(log) == [("brand_demo_made", aziza.pk, "Atlas Libos"), ("deleted", aziza.pk, "Atlas Libos")]
    signed = AuditEntry.objects.exclude(brand=brand.pk).values_list("act", flat=True)
    assert {*signed} <= {"signed_in", "signed_out"}
    after.pop("brands.AuditEntry")
    assert {name: after[name] - before[name] for name in after if after[name] != before[name]} == {}
    assert not files(tmp_path)


def test_a_person_has_one_sample_however_often_they_ask(client, aziza, queued, django_capture_on_commit_callbacks):
    client.force_login(aziza)
    with django_capture_on_commit_callbacks(execute=True):
        for _turn in range(2):
            assert client.post("/brands/sample/").url == "/brands/sample/"
    assert queued == [("prepare_sample", Sample.objects.get().pk)]
    page = client.get("/brands/sample/")
    assert 'hx-trigger="every 2s"' in page.text
    assert client.get("/brands/sample/", headers={"HX-Request": "true"}).status_code == 204


def test_the_page_goes_on_to_the_sample_when_it_is_there(client, aziza):
    brand = make_brand(aziza)
    client.force_login(aziza)
    assert client.get("/brands/sample/").url == brand.get_absolute_url()
    assert client.get("/brands/sample/", headers={"HX-Request": "true"})["HX-Redirect"] == brand.get_absolute_url()


def test_what_failed_is_said_and_may_be_asked_for_again(client, aziza, monkeypatch, queued, django_capture_on_commit_callbacks):
    def fail(*_args):
        raise OSError("disk full")

    monkeypatch.setattr("metrics.demo.create", fail)
    sample, _is_new = samples.ask(aziza)
    samples.prepare(sample.pk)
    client.force_login(aziza)
    assert "It did not work" in client.get("/brands/sample/").text
    with django_capture_on_commit_callbacks(execute=True):
        client.post("/brands/sample/")
    assert queued == [("prepare_sample", sample.pk)]


def test_an_ordinary_brand_is_not_deleted(client, person_in, brand):
    client.force_login(person_in(Role.LEAD))
    address = f"/brands/{brand.slug}/settings/delete-sample/"
    assert client.get(address).status_code == client.post(address).status_code == 404
    assert Brand.objects.filter(pk=brand.pk).exists()


def test_one_confirmation_deletes_and_other_brands_stay(client, aziza, queued, django_capture_on_commit_callbacks):
    brand, own = make_brand(aziza), Brand.objects.create(name="Own", slug="own")
    Membership.objects.create(brand=own, user=aziza, role=Role.LEAD)
    client.force_login(aziza)
    assert f"/brands/{brand.slug}/settings/delete-sample/" in client.get("/brands/").text
    with django_capture_on_commit_callbacks(execute=True):
        assert client.post(f"/brands/{brand.slug}/settings/delete-sample/").url == "/brands/"
    assert client.get(brand.get_absolute_url()).status_code == 404
    assert queued == [("delete_sample", Sample.objects.get().pk)]
    tasks.delete_sample(Sample.objects.get().pk)
    assert list(Brand.objects.all()) == [own]


def test_nobody_gets_a_letter_about_a_sample(aziza):
    brand = make_brand(aziza)
    Notification.objects.create(brand=brand, user=aziza, kind="post_due", key="due-1", url=brand.get_absolute_url())
    assert not waiting(timezone.now()).exists()


def test_every_kind_of_file_is_known_to_whoever_deletes():
    having = {
        model._meta.label_lower
        for model in apps.get_models()
        if any(isinstance(field, FileField) for field in model._meta.fields)
    }
    assert having == {label for label, table in belonging().items() if table.file_fields}
