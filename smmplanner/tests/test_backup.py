"""Nothing is lost: a backup comes back whole, on either database, or is refused and changes nothing."""

import json
import os
import subprocess
import sys
import zipfile
from io import StringIO
from pathlib import Path

import psycopg
import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import connection

from brands.audit import record
from brands.models import AuditEntry, Brand, Membership, Platform, Role, User
from calendar_app.models import KeyDate
from smmplanner.backup.archive import opened, written

TRIGGERS = {
    "postgresql": (
        "CREATE FUNCTION test_keeps() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'only added'; END $$",
        "CREATE TRIGGER test_keeps BEFORE UPDATE OR DELETE OR TRUNCATE ON brands_auditentry EXECUTE FUNCTION test_keeps()",
    ),
    "sqlite": ("CREATE TRIGGER test_keeps BEFORE DELETE ON brands_auditentry BEGIN SELECT RAISE(ABORT, 'only added'); END",),
}


@pytest.fixture
def media(tmp_path, settings):
    settings.MEDIA_ROOT = tmp_path / "media"
    (settings.MEDIA_ROOT / "7").mkdir(parents=True)
    (settings.MEDIA_ROOT / "7" / "shop.bin").write_bytes(bytes(range(256)) * 9)
    return settings.MEDIA_ROOT


@pytest.fixture
def shop(restores_the_database, media):
    lead = User.objects.create_user("malika@example.com", "soft-wool-42", name="Malika “M” Oʻrinova\\N")
    brand = Brand.objects.create(name="Doʻkon\t№1\n", slug="dokon")
    Membership.objects.create(brand=brand, user=lead, role=Role.LEAD, hours_per_week="7.5", skills=["copy", {"b": 1, "a": None}])
    KeyDate.objects.create(brand=brand, name="Navroʻz", start="2026-03-21", end="2026-03-21", names={"ru": "Навруз", "x": "\\n"})
    Platform.objects.filter(slug="x").update(text_limit=4321)
    # The last number that was given is above the highest that is there.
    Brand.objects.create(name="Gone", slug="gone").delete()
    record("signed_in", brand=brand, person=lead, on=lead, details={"n": 1.5})
    return brand


def refused(*arguments, **options):
    with pytest.raises(CommandError) as raised:
        call_command(*arguments, stdout=StringIO(), **options)
    assert "\n" not in str(raised.value)
    return str(raised.value)


@pytest.fixture
def kept(shop, tmp_path, capsys):
    path = tmp_path / "kept.zip"
    call_command("backup", str(path))
    return path


def test_a_file_that_is_not_whole_or_not_ours_is_refused(kept, tmp_path):
    whole, other = kept.read_bytes(), tmp_path / "other.zip"
    for at in (100, len(whole) // 2, len(whole) - 1):
        other.write_bytes(whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :])
        assert "damaged" in refused("restore", str(other), replace=True)
    for length in (0, 10, len(whole) // 2, len(whole) - 1):
        other.write_bytes(whole[:length])
        assert "is no backup" in refused("restore", str(other), replace=True)
    assert "cannot be read" in refused("restore", str(tmp_path / "nowhere.zip"))
    assert "is there already" in refused("backup", str(kept))
    assert "not empty" in refused("restore", str(kept))
    assert kept.read_bytes() == whole and kept.stat().st_mode & 0o077 == 0


def changed(path, target, manifest=None, lines=None):
    """The same backup, whole by its checksums, that says something else."""
    with opened(path) as archive, written(target) as writer:
        for label in archive.tables:
            writer.add(f"tables/{label}.jsonl", [(lines or {}).get(label, b"".join(archive.lines(label)))])
        for name in archive.media:
            writer.add(f"media/{name}", archive.pieces(name))
        writer.finish(archive.manifest | (manifest or {}))
    return target


def test_what_a_newer_version_made_is_refused(kept, tmp_path):
    later = changed(kept, tmp_path / "later.zip", {"format": 2})
    assert "format 2" in refused("restore", str(later), replace=True)
    with opened(kept) as archive:
        migrations = [*archive.migrations, ("brands", "9999_from_tomorrow")]
    later = changed(kept, tmp_path / "unknown.zip", {"migrations": migrations})
    assert "brands.9999_from_tomorrow" in refused("restore", str(later), replace=True)


@pytest.mark.slow
def test_a_backup_that_breaks_halfway_changes_nothing(kept, shop, media, tmp_path):
    broken = changed(kept, tmp_path / "broken.zip", lines={"brands.membership": b'[1,"x"]\n'})
    assert "nothing was changed" in refused("restore", str(broken), replace=True)
    assert Brand.objects.get() == shop and AuditEntry.objects.filter(act="backup_made").count() == 1
    assert [path.name for path in media.iterdir()] == ["7"]
    call_command("backup", str(tmp_path / "after.zip"))
    assert "brands.auditentry: 1 and 2 rows" in compared(kept, tmp_path / "after.zip")


def compared(one, other):
    command = [sys.executable, "manage.py", "backup", "--compare", str(one), str(other)]
    return subprocess.run(command, cwd=settings.BASE_DIR, capture_output=True, text=True, timeout=300).stdout


@pytest.mark.slow
def test_restoring_replaces_everything_even_what_may_only_be_added_to(kept, shop, media):
    with connection.cursor() as cursor:
        for statement in TRIGGERS[connection.vendor]:
            cursor.execute(statement)
    (media / "later.bin").write_bytes(b"later")
    (media / "7" / "shop.bin").unlink()
    Brand.objects.create(name="Later", slug="later")
    Platform.objects.filter(slug="x").update(text_limit=1)
    call_command("restore", str(kept), replace=True)
    assert [path.relative_to(media).as_posix() for path in media.rglob("*") if path.is_file()] == ["7/shop.bin"]
    assert Brand.objects.get().name == "Doʻkon\t№1\n" and Platform.objects.get(slug="x").text_limit == 4321
    assert Membership.objects.get().skills == ["copy", {"b": 1, "a": None}]
    assert User.objects.get().check_password("soft-wool-42")
    assert list(AuditEntry.objects.order_by("pk").values_list("act", flat=True)) == ["signed_in", "backup_restored"]
    assert Brand.objects.create(name="Next", slug="next").pk == shop.pk + 2


def manage(var, url, *arguments):
    dropped = {"DJANGO_SETTINGS_MODULE", "DATABASE_URL", "REDIS_URL", "DEBUG"}
    environment = {name: value for name, value in os.environ.items() if name not in dropped} | {"VAR_DIR": str(var)}
    environment |= {"DATABASE_URL": url} if url else {}
    command = [sys.executable, "manage.py", *arguments]
    return subprocess.run(command, cwd=settings.BASE_DIR, env=environment, capture_output=True, text=True, timeout=500)


def done(outcome):
    assert outcome.returncode == 0, outcome.stderr
    return outcome.stdout


@pytest.fixture
def empty_postgres(postgres_url):
    name = f"backup_{os.getpid()}"
    with psycopg.connect(postgres_url, autocommit=True) as server:
        server.execute(f"CREATE DATABASE {name}")
        yield f"{postgres_url.rsplit('/', 1)[0]}/{name}"
        server.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.mark.slow
@pytest.mark.once
def test_a_backup_travels_to_the_other_database_and_back_and_up_from_an_older_version(kept, empty_postgres, tmp_path):
    there, back = tmp_path / "there", tmp_path / "back"
    done(manage(there, empty_postgres, "restore", str(kept)))
    done(manage(there, empty_postgres, "backup", str(tmp_path / "there.zip")))
    done(manage(back, "", "restore", str(tmp_path / "there.zip")))
    done(manage(back, "", "backup", str(tmp_path / "back.zip")))
    for one, other in (("kept.zip", "there.zip"), ("there.zip", "back.zip")):
        found = manage(back, "", "backup", "--compare", str(tmp_path / one), str(tmp_path / other))
        # Each restore and backup adds its own line to the log, and nothing else differs.
        assert {line.split(":")[0] for line in found.stdout.splitlines()} == {"brands.auditentry"}
    assert zipfile.ZipFile(tmp_path / "back.zip").read("media/7/shop.bin") == bytes(range(256)) * 9

    done(manage(back, "", "migrate", "metrics", "0016"))
    done(manage(back, "", "backup", str(tmp_path / "older.zip")))
    done(manage(there, empty_postgres, "restore", str(tmp_path / "older.zip"), "--replace"))
    assert "[ ]" not in done(manage(there, empty_postgres, "showmigrations"))


def test_the_manifest_tells_what_is_inside(kept):
    manifest = json.loads(zipfile.ZipFile(kept).read("manifest.json"))
    assert manifest["tables"]["brands.brand"]["rows"] == 1 and "sessions.session" in manifest["left_out"]
    assert not any("session" in name for name in manifest["members"])
    brand = json.loads(zipfile.ZipFile(kept).read("tables/brands.brand.jsonl"))
    assert dict(zip(manifest["tables"]["brands.brand"]["columns"], brand, strict=True))["slug"] == "dokon"
    assert settings.SECRET_KEY.encode() not in Path(kept).read_bytes()
