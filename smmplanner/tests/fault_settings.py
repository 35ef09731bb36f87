"""The product's own settings, for processes that faults happen to: pages of the tests' beside its own, static files as they
lie, less patience with a mail server, and those sweeps that tests wait for, in a hurry."""

from smmplanner.settings import *  # noqa: F403
from smmplanner.settings import CELERY_BEAT_SCHEDULE, STORAGES

ROOT_URLCONF = "smmplanner.tests.fault_urls"
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
WHITENOISE_USE_FINDERS = WHITENOISE_AUTOREFRESH = True
ACCOUNT_EMAIL_VERIFICATION = "optional"
EMAIL_TIMEOUT = 5
SWEEPS = ("requeue stuck imports", "mark due publications", "raise alerts", "send notifications")
CELERY_BEAT_SCHEDULE = {name: CELERY_BEAT_SCHEDULE[name] | {"schedule": 2.0} for name in SWEEPS}
