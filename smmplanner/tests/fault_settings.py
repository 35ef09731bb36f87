"""The product's own settings, for processes that faults happen to: pages of the tests' beside its own, static files as they lie."""

from smmplanner.settings import *  # noqa: F403
from smmplanner.settings import STORAGES

ROOT_URLCONF = "smmplanner.tests.fault_urls"
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
WHITENOISE_USE_FINDERS = WHITENOISE_AUTOREFRESH = True
ACCOUNT_EMAIL_VERIFICATION = "optional"
