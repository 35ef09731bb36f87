"""What is deployed, as far as it can be read: the image, compose.yml, units, proxies, and the page that tells of them."""

import configparser
import re
from pathlib import Path

import pytest
import yaml
from django.conf import settings

from smmplanner import health
from smmplanner.middleware import READ_AWAY

ROOT = Path(settings.BASE_DIR)
COMPOSE = yaml.safe_load((ROOT / "compose.yml").read_text())
SERVICES = COMPOSE["services"]
OURS = {"migrate", "web", "worker", "beat"}
DOCKERFILE = (ROOT / "Dockerfile").read_text()
PAGE = (ROOT / "docs" / "deploy.md").read_text()
UNITS = sorted((ROOT / "deploy" / "systemd").glob("*.service"))
PROBE = re.compile(r"127\.0\.0\.1:[^/\"']*(/\w+)|localhost:\d+(/\w+)")
# Read by gunicorn.conf.py and by Python, not by env.py.
OTHER_NAMES = {"WEB_CONCURRENCY", "WEB_THREADS", "WEB_BIND", "PYTHONUNBUFFERED", "PYTHONDONTWRITEBYTECODE", "HOME", "PATH",
               "TMPDIR", "XDG_CACHE_HOME"}  # fmt: skip


def names_that_are_read() -> set[str]:
    """Every setting: what settings.py and the modules of the start ask env.py for."""
    sources = [ROOT / "smmplanner" / name for name in ("settings.py", "env.py", "management/commands/up.py")]
    asked = re.compile(r"(?:env\.\w+|\b(?:text|flag|names|port|seconds|choice))\(\s*\"([A-Z_]+)\"")
    return {name for source in sources for name in asked.findall(source.read_text())} | {"VAR_DIR", "DATABASE_URL", "REDIS_URL"}


def names_in_the_example() -> list[str]:
    return re.findall(r"^#([A-Z_]+)=", (ROOT / ".env.example").read_text(), re.M)


# --- settings


def test_the_example_names_every_setting_once():
    named = names_in_the_example()
    assert sorted(named) == sorted(names_that_are_read() | {"WEB_CONCURRENCY", "WEB_THREADS"})


def test_the_page_has_a_row_for_every_setting():
    rows = re.findall(r"^\| `([A-Z_]+)` \|", PAGE, re.M)
    assert rows == names_in_the_example(), "the table follows .env.example, in its order"


@pytest.mark.parametrize("name", sorted(OURS))
def test_compose_sets_only_what_is_read(name):
    told = {word.removesuffix("_FILE") for word in SERVICES[name]["environment"]}
    assert told <= names_that_are_read() | OTHER_NAMES


def test_the_image_sets_only_what_is_read():
    told = set(re.findall(r"\b([A-Z_]{4,})=[^\s]", "\n".join(DOCKERFILE.split("FROM python")[2].split("ENV ")[1:])))
    assert {"VAR_DIR", "STATIC_ROOT", "LOG_FORMAT"} <= told <= names_that_are_read() | OTHER_NAMES


# --- compose


def test_compose_has_what_the_product_needs():
    assert SERVICES.keys() == OURS | {"db", "redis", "proxy"}


@pytest.mark.parametrize("name", sorted(OURS))
def test_our_containers_may_do_little(name):
    service = SERVICES[name]
    assert service["user"].split(":")[0] == re.search(r"--uid (\d+)", DOCKERFILE)[1] == "10001"
    assert service["read_only"] and service["cap_drop"] == ["ALL"]
    assert "no-new-privileges:true" in service["security_opt"]
    assert service["volumes"] == ["data:/data"]


@pytest.mark.parametrize("name", sorted(SERVICES))
def test_services_start_again_and_are_watched(name):
    service = SERVICES[name]
    if name == "migrate":
        assert service["restart"] == "no"
        return
    assert service["restart"] == "unless-stopped"
    assert name == "proxy" or service["healthcheck"]["test"]


@pytest.mark.parametrize("name", ["web", "worker", "beat"])
def test_nothing_of_ours_starts_before_the_migrations_have_ended(name):
    waits_for = SERVICES[name]["depends_on"]
    assert waits_for["migrate"]["condition"] == "service_completed_successfully"
    assert {waits_for[each]["condition"] for each in ("db", "redis")} == {"service_healthy"}


def test_no_secret_stands_in_the_file_and_all_come_from_files():
    for service in SERVICES.values():
        for name, value in service.get("environment", {}).items():
            if re.search("KEY|PASSWORD|TOKEN|DATABASE_URL|EMAIL_URL", name):
                assert name.endswith("_FILE") and Path(value).name in service["secrets"]
    assert all(row["file"].startswith("./secrets/") for row in COMPOSE["secrets"].values())
    assert {name for service in SERVICES.values() for name in service.get("secrets", [])} == COMPOSE["secrets"].keys()
    assert "secrets/" in (ROOT / ".gitignore").read_text()


def test_volumes_are_declared():
    used = {mount.split(":")[0] for service in SERVICES.values() for mount in service.get("volumes", [])}
    assert {name for name in used if not name.startswith(".")} == COMPOSE["volumes"].keys()


def test_there_is_one_timetable():
    beats = [name for name, service in SERVICES.items() if "beat" in service.get("command", [])]
    assert beats == ["beat"]
    assert "deploy" not in SERVICES["beat"]


# --- the image


def test_probes_ask_for_pages_that_are_there():
    asked = [a or b for text in (DOCKERFILE, str(SERVICES["web"])) for a, b in PROBE.findall(text)]
    asked += re.findall(r"\}(/\w+)\\?\"", DOCKERFILE)
    assert len(asked) >= 2
    assert set(asked) <= health.PROBES.keys()


def test_the_image_runs_as_nobody_and_installs_what_was_hashed():
    assert "USER 10001:10001" in DOCKERFILE.split("FROM")[-1]
    assert DOCKERFILE.count("--require-hashes") == 2
    assert "npm ci --ignore-scripts" in DOCKERFILE
    assert "chmod -R a+rX /app" in DOCKERFILE, "collected files are for their owner and group alone (FILE_UPLOAD_PERMISSIONS)"
    assert "HEALTHCHECK" in DOCKERFILE
    assert re.search(r"^CMD \[", DOCKERFILE, re.M), "no shell between Docker and gunicorn: it must hear SIGTERM"


def test_the_image_has_the_libraries_that_ci_installs_for_pdfs():
    for library in re.findall(r"libpango\S*?so\.0:(\S+?)[; ]|so\.0:(libharfbuzz\S+?)[; ]", (ROOT / ".ci" / "run").read_text()):
        assert "".join(library) in DOCKERFILE


def test_the_context_holds_what_is_copied_and_no_more():
    lines = (ROOT / ".dockerignore").read_text().splitlines()
    let_in = [line[1:] for line in lines if line.startswith("!")]
    assert lines[1] == "*"
    assert [name for name in let_in if not (ROOT / name).exists()] == []
    assert not {".env", ".git", "var", "secrets", ".venv", "node_modules"} & set(let_in)
    assert {app.split(".")[0] for app in ("brands", "strategies", "calendar_app", "metrics", "smmplanner")} <= set(let_in)
    copied = re.findall(r"^COPY (?!--from|\. )(.+) \./$", DOCKERFILE, re.M)
    assert {name for line in copied for name in line.split()} <= set(let_in)


# --- the same commands everywhere


def commands() -> dict[str, str]:
    lines = (ROOT / "Procfile").read_text().splitlines()
    return dict(line.split(": ", 1) for line in lines)


@pytest.mark.parametrize("name", ["web", "worker", "beat"])
def test_procfile_units_and_compose_start_the_same(name):
    wanted = commands()[name]
    unit = (ROOT / "deploy" / "systemd" / f"smmplanner-{name}.service").read_text()
    started = re.search(r"^ExecStart=/opt/smmplanner/\.venv/bin/(.*)$", unit, re.M)[1]
    in_compose = " ".join(SERVICES[name].get("command") or re.findall(r"^CMD (\[.*\])", DOCKERFILE, re.M)[-1:])
    for part in wanted.split():
        assert part in started and part in in_compose


def test_a_stop_takes_no_longer_than_it_is_given():
    graceful = int(re.search(r"graceful_timeout = (\d+)", (ROOT / "gunicorn.conf.py").read_text())[1])
    unit = (ROOT / "deploy" / "systemd" / "smmplanner-web.service").read_text()
    assert graceful < int(re.search(r"TimeoutStopSec=(\d+)", unit)[1])
    assert graceful < int(SERVICES["web"]["stop_grace_period"].removesuffix("s"))


# --- systemd and proxies


@pytest.mark.parametrize("path", UNITS, ids=lambda path: path.stem)
def test_units_are_hardened(path):
    unit = configparser.RawConfigParser(strict=False)
    unit.optionxform = str
    unit.read(path)
    service = dict(unit["Service"])
    assert service["User"] != "root"
    wanted = {"NoNewPrivileges": "yes", "ProtectSystem": "strict", "ProtectHome": "yes", "PrivateTmp": "yes",
              "PrivateDevices": "yes", "RestrictSUIDSGID": "yes", "CapabilityBoundingSet": ""}  # fmt: skip
    assert {name: service.get(name) for name in wanted} == wanted
    assert service["StateDirectory"].split()[0] == "smmplanner"
    started = (ROOT / "deploy" / "systemd" / "smmplanner.target").read_text()
    assert path.name in started or path.with_suffix(".timer").exists()


def test_proxies_let_through_what_the_product_refuses_with_a_page():
    nginx, caddy = ((ROOT / "deploy" / name).read_text() for name in ("nginx.conf", "Caddyfile"))
    assert settings.MAX_BODY_SIZE < READ_AWAY
    assert int(re.search(r"client_max_body_size (\d+)m;", nginx)[1]) * 1024**2 == READ_AWAY
    assert int(re.search(r"max_size (\d+)GiB", caddy)[1]) * 1024**3 == READ_AWAY


def test_nginx_tells_what_settings_trust():
    nginx = (ROOT / "deploy" / "nginx.conf").read_text()
    assert "proxy_set_header X-Forwarded-Proto $scheme;" in nginx
    assert "proxy_set_header X-Forwarded-For $remote_addr;" in nginx
    assert nginx.count("access_log off;") == 2, "addresses of shared documents are keys"
    timeout = int(re.search(r"^timeout = (\d+)", (ROOT / "gunicorn.conf.py").read_text(), re.M)[1])
    assert int(re.search(r"proxy_read_timeout (\d+)s;", nginx)[1]) > timeout


# --- the page


def test_the_page_is_found_and_names_files_that_exist():
    assert "docs/deploy.md" in (ROOT / "README.md").read_text()
    assert "../deploy.md" in (ROOT / "docs" / "en" / "admin.md").read_text()
    named = set(re.findall(r"\]\((?!https?:|#)([^)#]+)", PAGE))
    assert named
    assert [name for name in named if not (ROOT / "docs" / name).exists()] == []


def test_the_page_says_what_was_not_run():
    assert "not run here" in PAGE
