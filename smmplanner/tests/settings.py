"""The product's settings, with a place of their own for everything that tests write."""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

# Before the settings are read: each test process (xdist has several) gets its own var/.
OWN_VAR = tempfile.mkdtemp(prefix="smmplanner-tests-")
atexit.register(shutil.rmtree, OWN_VAR, ignore_errors=True)
os.environ["VAR_DIR"] = OWN_VAR
os.environ.setdefault("SECRET_KEY", "tests" * 12)
if os.environ.get("REDIS_URL"):
    # Each process its own numbered database, or one's worker would take another's tasks.
    process = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw"))
    os.environ["REDIS_URL"] = f"{os.environ['REDIS_URL'].rsplit('/', 1)[0]}/{2 + process % 13}"

from smmplanner.settings import *  # noqa: E402, F403
from smmplanner.settings import CACHES, DATABASES, MIDDLEWARE, STORAGES  # noqa: E402

DEBUG = False
ALLOWED_HOSTS = ["testserver", "127.0.0.1", "localhost"]
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
# Only where a test asks for it: a worker stays in the browser and answers for the next test's server.
SERVICE_WORKER = os.environ.get("SERVICE_WORKER") == "1"
WHITENOISE_USE_FINDERS = WHITENOISE_AUTOREFRESH = True
# A browser that walks through all pages asks for each file once.
WHITENOISE_MAX_AGE = 3600
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
ACCOUNT_RATE_LIMITS = False
CACHES["default"] = {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}
MIDDLEWARE.append("smmplanner.tests.middleware.known_icons")
LOGGING = {"version": 1, "disable_existing_loggers": False}

# A file, so that a worker in another process can read it; connections must not outlive a test's thread.
DATABASES["default"].pop("CONN_MAX_AGE", None)
if "sqlite3" in str(DATABASES["default"]["ENGINE"]):
    DATABASES["default"]["TEST"] = {"NAME": str(Path(OWN_VAR) / "test.sqlite3")}
    DATABASES["default"]["OPTIONS"]["init_command"] += " PRAGMA synchronous=OFF;"
else:
    DATABASES["default"]["TEST"] = {"NAME": f"test_smmplanner_{os.getpid()}"}
