"""How the product behaves where HTTPS=1: asked in a process of its own, since settings are read once."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PROGRAM = """
import django; django.setup()
from django.test import Client
from django.conf import settings
answer = Client().get("/api/v1/openapi.json", secure=True, headers={"host": "planner.example.org"})
print(answer["Strict-Transport-Security"])
print("upgrade-insecure-requests" in answer["Content-Security-Policy"])
print(settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME)
plain = Client().get("/profile/", headers={"host": "planner.example.org"})
print(plain.status_code, plain["Location"])
"""


def asked(tmp_path: Path, *command: str) -> subprocess.CompletedProcess[str]:
    environment = {name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "REDIS_URL", "DEBUG")}
    environment |= {
        "HTTPS": "1", "SECRET_KEY": "9fK-zA7w" * 8, "ALLOWED_HOSTS": "planner.example.org", "VAR_DIR": str(tmp_path),
        "DJANGO_SETTINGS_MODULE": "smmplanner.settings",
    }  # fmt: skip
    return subprocess.run([sys.executable, *command], cwd=ROOT, env=environment, capture_output=True, text=True, timeout=120)


def test_the_check_before_deploying_has_nothing_to_say(tmp_path):
    checked = asked(tmp_path, "manage.py", "check", "--deploy", "--fail-level", "WARNING")
    assert checked.returncode == 0, checked.stderr
    assert "no issues (0 silenced)" in checked.stdout + checked.stderr


def test_browsers_are_held_to_https(tmp_path):
    answer = asked(tmp_path, "-c", PROGRAM)
    lines = answer.stdout.splitlines()
    assert lines == [
        "max-age=31536000; includeSubDomains; preload",
        "True",
        "__Host-sessionid __Host-csrftoken",
        "301 https://planner.example.org/profile/",
    ], answer.stderr
