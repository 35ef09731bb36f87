"""Taking a brand along, bringing one from elsewhere, and letting one go."""

import io
import json
import re
import zipfile
from datetime import timedelta

import pytest
from django.core import mail
from django.core.files.base import ContentFile
from django.core.management import CommandError, call_command
from django.urls import reverse
from django.utils import timezone

from brands import closing
from brands.exports import jobs
from brands.exports.checking import ImportRefused
from brands.exports.reading import import_brand
from brands.exports.tables import LEFT_OUT, belonging
from brands.exports.writing import write_brand
from brands.models import AuditEntry, Brand, BrandExport, Membership, Role
from brands.tasks import delete_closed_brands, make_export, make_waiting_exports


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


def page(name, brand, *args):
    return reverse(f"brands:{name}", args=[brand.slug, *args])


def exported(brand):
    file = io.BytesIO()
    write_brand(brand, file)
    return file


def rewritten(file, **changes):
    """The export with other members: name → content; None leaves one out."""
    target = io.BytesIO()
    changes = {name.replace("__", "."): content for name, content in changes.items()}
    with zipfile.ZipFile(file) as source, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as copy:
        for name in source.namelist():
            copy.writestr(name, source.read(name) if name not in changes else changes[name])
        for name in changes.keys() - set(source.namelist()):
            copy.writestr(name, changes[name])
    return target


def said(file, name):
    return [json.loads(line) for line in zipfile.ZipFile(file).read(f"tables/{name}.jsonl").splitlines()]


def lines(*rows):
    return "".join(json.dumps(row) + "\n" for row in rows)


def test_what_is_left_out_belongs_to_a_brand_and_has_a_reason():
    assert LEFT_OUT.keys() <= belonging().keys()
    assert all(reason.endswith(".") for reason in LEFT_OUT.values())


def test_a_lead_asks_for_an_export_and_fetches_it(
    as_user, lead, brand, add_channel, person, django_capture_on_commit_callbacks, monkeypatch
):
    add_channel()
    asked = []
    monkeypatch.setattr(make_export, "delay", asked.append)
    client = as_user(lead)
    with django_capture_on_commit_callbacks(execute=True):
        client.post(page("export", brand))
        client.post(page("export", brand))
    row = BrandExport.objects.get()
    assert asked == [row.pk, row.pk]
    make_export(row.pk)
    make_export(row.pk)
    row.refresh_from_db()
    assert row.status == "ready" and row.size > 500
    shown = client.get(page("leaving", brand))
    link = re.search(r'href="(/brands/atlas/settings/export/[^"]+)"', shown.content.decode())[1]
    answer = client.get(link)
    content = io.BytesIO(b"".join(answer.streaming_content))
    assert said(content, "brands.channel")[0]["handle"] == "atlas"
    other = person("other")
    Membership.objects.create(brand=brand, user=other, role=Role.LEAD)
    assert as_user(other).get(link).status_code == 404
    acts = list(AuditEntry.objects.order_by("pk").values_list("act", flat=True))
    assert acts.count("brand_exported") == 1 and acts[-1] != "brand_exported" and "brand_export_downloaded" in acts


def test_an_export_is_forgotten_with_its_file(as_user, lead, brand, media, settings):
    row = jobs.ask(brand, lead)
    BrandExport.objects.update(asked_at=timezone.now() - jobs.LOST_AFTER * 2)
    assert make_waiting_exports() == 0
    row.refresh_from_db()
    assert row.is_there and [*media.rglob("*.zip")]
    BrandExport.objects.update(made_at=timezone.now() - timedelta(days=settings.EXPORT_DAYS))
    assert as_user(lead).get(page("download_export", brand, jobs.token(row, lead))).status_code == 404
    assert make_waiting_exports() == 1 and make_waiting_exports() == 0
    assert not [*media.rglob("*.zip")]


def test_an_export_that_fails_says_so(as_user, lead, brand, monkeypatch):
    monkeypatch.setattr(jobs, "write_brand", lambda *args: 1 / 0)
    row = jobs.ask(brand, lead)
    make_export(row.pk)
    row.refresh_from_db()
    assert row.status == "failed"
    assert "Could not be made" in as_user(lead).get(page("leaving", brand)).content.decode()


def test_secrets_stay_behind(brand, lead):
    brand.invitations.create(email="a@example.uz", expires_at=timezone.now())
    content = exported(brand)
    assert not any("invitation" in name for name in zipfile.ZipFile(content).namelist())
    assert json.loads(zipfile.ZipFile(content).read("people.json")) == [
        {"id": lead.pk, "name": "Dilnoza", "email": lead.email, "role": Role.LEAD}
    ]


def test_anybody_signed_in_imports_a_brand_and_leads_it(as_user, stranger, brand, lead, add_channel):
    add_channel().checks.create(check_name="picture", state="done", changed_by=lead)
    file = exported(brand)
    answer = as_user(stranger).post(reverse("brands:import"), {"file": ContentFile(file.getvalue(), "atlas.zip")})
    new = Brand.objects.exclude(pk=brand.pk).get()
    assert answer.url == new.get_absolute_url() and new.slug == "atlas-libos"
    assert list(new.memberships.values_list("user", "role")) == [(stranger.pk, Role.LEAD)]
    check = new.channels.get().checks.get()
    assert check.state == "done" and check.changed_by is None
    assert new.created_at == Brand.objects.get(pk=brand.pk).created_at


def test_the_command_imports_for_a_lead(tmp_path, brand, stranger):
    (tmp_path / "a.zip").write_bytes(exported(brand).getvalue())
    call_command("import_brand", str(tmp_path / "a.zip"), lead=stranger.email.upper())
    assert stranger.memberships.get().role == Role.LEAD
    with pytest.raises(CommandError, match="Nobody here"):
        call_command("import_brand", str(tmp_path / "a.zip"), lead="nobody@example.uz")


def hostile(brand, add_channel):
    channel = add_channel()
    channel.checks.create(check_name="picture", state="done")
    file = exported(brand)
    row, check = said(file, "brands.brand")[0], said(file, "brands.channelcheck")[0]
    table, checks = "tables/brands.brand.jsonl", "tables/brands.channelcheck.jsonl"
    deep = "[" * 5000 + "]" * 5000
    return {
        "no zip": io.BytesIO(b"PK but not really"),
        "nothing in it": rewritten(file, **{"manifest.json": "{}"}),
        "newer": rewritten(file, **{"manifest.json": json.dumps({"what": "SMM Planner brand", "format": 9, "tables": {}})}),
        "a path out": rewritten(file, **{"../../evil": "x"}),
        "a path from the root": rewritten(file, **{"/etc/passwd": "x"}),
        "a bomb": rewritten(file, **{"files/zeros": b"0" * (40 << 20)}),
        "no brand": rewritten(file, **{table: ""}),
        "two brands": rewritten(file, **{table: lines(row, row | {"id": 99})}),
        "the same twice": rewritten(file, **{checks: lines(check, check)}),
        "a foreign channel": rewritten(file, **{checks: lines(check | {"channel": channel.pk + 1})}),
        "a channel that is a word": rewritten(file, **{checks: lines(check | {"channel": "1"})}),
        "an unknown choice": rewritten(file, **{checks: lines(check | {"state": "gone"})}),
        "an unknown column": rewritten(file, **{checks: lines(check | {"is_staff": True})}),
        "a long text": rewritten(file, **{checks: lines(check | {"note": "x" * 201})}),
        "a list for a text": rewritten(file, **{checks: lines(check | {"note": ["x"]})}),
        "a NUL": rewritten(file, **{checks: lines(check | {"note": "\0"})}),
        "a bad zone": rewritten(file, **{table: lines(row | {"time_zone": "Mars/Olympus"})}),
        "no name": rewritten(file, **{table: lines(row | {"name": None})}),
        "no JSON": rewritten(file, **{checks: "{"}),
        "deep JSON": rewritten(file, **{checks: deep}),
        "a number without end": rewritten(file, **{checks: '{"id": 1e999}'}),
        "a row that is a list": rewritten(file, **{checks: "[]"}),
        "an unknown table": rewritten(file, **{"manifest.json": json.dumps(
            {"what": "SMM Planner brand", "format": 1, "tables": {"brands.user": 1}}
        )}),
    }  # fmt: skip


def test_a_hostile_file_is_refused_in_words_and_leaves_nothing(brand, lead, stranger, add_channel, media):
    for name, file in hostile(brand, add_channel).items():
        with pytest.raises(ImportRefused) as raised:
            import_brand(file, stranger)
        assert str(raised.value).endswith("."), name
    assert Brand.objects.count() == 1 and not stranger.memberships.exists() and not [*media.iterdir()]


def test_the_page_says_why_a_file_is_refused(as_user, stranger):
    answer = as_user(stranger).post(reverse("brands:import"), {"file": ContentFile(b"x", "x.zip")})
    assert answer.status_code == 422 and "This is no export of a brand" in answer.content.decode()


def test_closing_needs_the_name_and_can_be_taken_back(as_user, lead, viewer, brand):
    assert as_user(lead).post(page("close", brand), {"name": "Atlas"}).status_code == 422
    as_user(lead).post(page("close", brand), {"name": " atlas libos "})
    brand.refresh_from_db()
    assert brand.closing_since
    assert lead.notifications.get().kind == "brand_closing"
    shown = as_user(viewer).get(page("settings", brand)).content.decode()
    assert "This brand is closing" in shown and "Keep this brand" not in shown
    assert "Keep this brand" in as_user(lead).get(page("settings", brand)).content.decode()
    as_user(lead).post(page("keep", brand))
    brand.refresh_from_db()
    assert brand.closing_since is None
    assert set(AuditEntry.objects.values_list("act", flat=True)) >= {"brand_closing", "brand_kept"}


def test_a_closed_brand_is_deleted_when_its_days_are_over(
    lead, brand, add_channel, settings, media, django_capture_on_commit_callbacks
):
    add_channel()
    row = jobs.ask(brand, lead)
    make_export(row.pk)
    closing.close(brand, lead)
    assert delete_closed_brands() == 0
    Brand.objects.update(closing_since=timezone.now() - timedelta(days=settings.BRAND_CLOSING_DAYS))
    with django_capture_on_commit_callbacks(execute=True):
        assert delete_closed_brands() == 1
    assert delete_closed_brands() == 0
    assert not Brand.objects.exists() and not [*media.rglob("*.zip")]
    assert mail.outbox[-1].to == [lead.email] and "Atlas Libos was deleted" in mail.outbox[-1].subject
    gone = AuditEntry.objects.get(act="brand_deleted")
    assert gone.object_id == brand.pk


def test_an_invitation_of_a_closing_brand_does_not_work(client, lead, brand):
    from brands import invitations

    invitation = invitations.invite(brand, "new@example.uz", Role.VIEWER, lead)
    assert invitations.find(invitations.token(invitation))
    closing.close(brand, lead)
    assert invitations.find(invitations.token(invitation)) is None
