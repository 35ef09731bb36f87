"""Settings. What differs between machines comes from the environment, read and checked in env.py."""

from pathlib import Path
from typing import Any

from celery.schedules import crontab
from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from smmplanner import env, logs

BASE_DIR = Path(__file__).resolve().parent.parent
env.read_file(BASE_DIR / ".env")

# The database, broker, uploads, letters and collected static files, where the environment names nothing else.
VAR_DIR = env.var_directory(BASE_DIR / "var")

DEBUG = env.flag("DEBUG")
SECRET_KEY = env.secret_key(VAR_DIR)
# What it was before: links and sessions signed with these work on, nothing new is signed with them.
SECRET_KEY_FALLBACKS = env.names("SECRET_KEY_FALLBACKS", [])
DEFAULT_EXCEPTION_REPORTER_FILTER = "smmplanner.secrecy.HideAddressesWithPasswords"
ALLOWED_HOSTS = env.names("ALLOWED_HOSTS", ["127.0.0.1", "localhost", "[::1]"])
CSRF_TRUSTED_ORIGINS = env.names("CSRF_TRUSTED_ORIGINS", [])

INSTALLED_APPS = [
    "smmplanner",
    "metrics",
    "calendar_app",
    "strategies",
    "brands",
    "smmplanner.administration.AdministrationConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "crispy_forms",
    "crispy_bootstrap5",
    "csp",
    "django_htmx",
    "template_partials",
]

MIDDLEWARE = [
    "smmplanner.stack.answer_within_one_piece",
    "brands.audit.remember_request",
    "smmplanner.health.answer_probes",
    "smmplanner.counting.count_requests",
    "smmplanner.request_log.write_lines",
    "django.middleware.security.SecurityMiddleware",
    "smmplanner.middleware.say_what_browsers_may",
    "smmplanner.middleware.refuse_huge_bodies",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "smmplanner.middleware.CompressWords",
    "smmplanner.middleware.leave_cookies_of_the_api",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "brands.middleware.PersonalLanguageMiddleware",
    "brands.sessions.note_that_it_is_used",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "smmplanner.kept.tell_what_was_taken",
    "smmplanner.middleware.explain_wrong_method",
    "smmplanner.middleware.EditConflictMiddleware",
]

ROOT_URLCONF = "smmplanner.urls"
WSGI_APPLICATION = "smmplanner.wsgi.application"
ASGI_APPLICATION = "smmplanner.asgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "django.template.context_processors.i18n",
                "brands.context.frame",
                "strategies.context.active_strategy",
            ],
            "builtins": ["brands.templatetags.ui", "django.templatetags.i18n", "django.templatetags.static"],
        },
    }
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

DATABASES = {"default": env.database(VAR_DIR)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "brands.User"
AUTHENTICATION_BACKENDS = [
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "brands:start"
ACCOUNT_ADAPTER = "brands.accounts.AccountAdapter"
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_SIGNUP_FORM_CLASS = "brands.forms.accounts.SignupForm"
ACCOUNT_FORMS = {
    "login": "brands.account_forms.LoginForm",
    "signup": "brands.account_forms.SignupForm",
    "change_password": "brands.account_forms.ChangePasswordForm",
    "set_password": "brands.account_forms.SetPasswordForm",
    "reset_password": "brands.account_forms.ResetPasswordForm",
    "reset_password_from_key": "brands.account_forms.ResetPasswordKeyForm",
    "add_email": "brands.account_forms.AddEmailForm",
    "reauthenticate": "brands.account_forms.ReauthenticateForm",
}
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
# The present address and the one that is to take over.
ACCOUNT_MAX_EMAIL_ADDRESSES = 2
ACCOUNT_LOGIN_ON_PASSWORD_RESET = True
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = False
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https" if env.flag("HTTPS") else "http"
# Where letters reach people, an address is proved before it is used, and sign-up tells nobody who has an account.
# On a machine whose letters become files, nobody could prove one.
ACCOUNT_EMAIL_VERIFICATION = "mandatory" if env.text("EMAIL_URL") else "optional"
ACCOUNT_PREVENT_ENUMERATION = True

MFA_ADAPTER = "brands.second_factors.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "SMM Planner"
# The code before and the one after count, too: clocks of telephones are off by a little.
MFA_TOTP_TOLERANCE = 1
# Where letters arrive nobody gets in without a proved address; where they do not, nobody could prove one. What this lets
# people do is change their address while a second factor stands.
MFA_ALLOW_UNVERIFIED_EMAIL = True
MFA_FORMS = {
    "authenticate": "brands.second_factor_forms.AuthenticateForm",
    "reauthenticate": "brands.second_factor_forms.ReauthenticateForm",
    "activate_totp": "brands.second_factor_forms.ActivateTOTPForm",
    "add_webauthn": "brands.second_factor_forms.AddPasskeyForm",
    "edit_webauthn": "brands.second_factor_forms.EditPasskeyForm",
}

LANGUAGE_CODE = "en"
LANGUAGES = [("en", _("English")), ("uz", _("Uzbek")), ("ru", _("Russian"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"
FORMAT_MODULE_PATH = ["smmplanner.formats"]
# Off: ids in attributes would be grouped too. The filters |number and |money group what people read.
USE_THOUSAND_SEPARATOR = False

STATIC_URL = "/static/"
STATIC_ROOT = Path(env.text("STATIC_ROOT", str(VAR_DIR / "static"))).absolute()
STATICFILES_DIRS = [BASE_DIR / "static"]
STATICFILES_FINDERS = [
    "django.contrib.staticfiles.finders.FileSystemFinder",
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
    "smmplanner.staticfiles.NpmFinder",
    "smmplanner.staticfiles.GeneratedFinder",
]
MEDIA_ROOT = VAR_DIR / "media"
MEDIA_URL = "/media/"

# Collected and hashed where people use it; as they lie, without collecting, where DEBUG is set.
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage" if DEBUG else "smmplanner.staticfiles.HashedStorage"
    },
}
WHITENOISE_USE_FINDERS = WHITENOISE_AUTOREFRESH = DEBUG
# Maps are big and fetched only by people who debug.
WHITENOISE_SKIP_COMPRESS_EXTENSIONS = ["map", "woff2", "png", "jpg", "webp", "gz", "br", "zip"]

CRISPY_ALLOWED_TEMPLATE_PACKS = "bootstrap5"
CRISPY_TEMPLATE_PACK = "bootstrap5"

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:", "blob:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "worker-src": [SELF],
        "object-src": [NONE],
        "base-uri": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "upgrade-insecure-requests": env.flag("HTTPS"),
        # Two forms of one thing: browsers that know the second pass over the first.
        "report-uri": "/csp-reports/",
        "report-to": "csp",
    }
}
X_FRAME_OPTIONS = "DENY"
CSRF_FAILURE_VIEW = "smmplanner.errors.csrf_failure"
# Static files without hashed names must not be kept by browsers, so nobody keeps them where DEBUG is set.
SERVICE_WORKER = not DEBUG


# Served over HTTPS, by a proxy that sets X-Forwarded-Proto.
HTTPS = env.flag("HTTPS")
# Browsers offer passkeys over HTTPS and on localhost; there alone the address is not looked at once more.
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not HTTPS
# Whether staff need a second factor for the administration.
ADMIN_REQUIRES_TWO_FACTORS = env.flag("ADMIN_REQUIRES_TWO_FACTORS", default=HTTPS)
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
# Attempts to sign in are counted by where they come from, which only the proxy knows.
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if HTTPS else 0
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
# Whoever serves other names of the same domain without HTTPS says 0. Preloading also takes asking for it at hstspreload.org.
SECURE_HSTS_INCLUDE_SUBDOMAINS = env.flag("HSTS_INCLUDE_SUBDOMAINS", HTTPS)
SECURE_HSTS_PRELOAD = env.flag("HSTS_PRELOAD", HTTPS)
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_AGE = 30 * 24 * 3600
# With this beginning, browsers refuse a cookie that another name of the domain, or a page without HTTPS, tries to plant.
SESSION_COOKIE_NAME = "__Host-sessionid" if HTTPS else "sessionid"
CSRF_COOKIE_NAME = "__Host-csrftoken" if HTTPS else "csrftoken"
LANGUAGE_COOKIE_SECURE = HTTPS
LANGUAGE_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"

# Form fields stay in memory, files go to disk as they come; imports have their own, smaller limit for a file.
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
FILE_UPLOAD_PERMISSIONS = 0o640
# A video of 500 MB, and the form around it.
MAX_BODY_SIZE = 520 * 1024 * 1024

locals().update(env.mail(VAR_DIR))
# How often a token of the API may ask.
API_REQUESTS_PER_MINUTE = env.requests_a_minute("API_REQUESTS_PER_MINUTE", 600)
# What links in letters begin with.
SITE_URL = env.text("SITE_URL", f"http://127.0.0.1:{env.port('PORT', 8000)}").rstrip("/")

# What all web processes must agree on (which codes of an app were used): with the rest of the truth, in the database.
CACHES: dict[str, dict[str, Any]] = {
    "default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "shared_cache"},
}
# Drawn PDFs, for all processes of the machine, by a digest of what stands in them.
CACHES["documents"] = {
    "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
    "LOCATION": VAR_DIR / "documents",
    "TIMEOUT": 24 * 3600,
    "OPTIONS": {"MAX_ENTRIES": 200},
}

# The database is the truth, never the broker: tasks may run twice or be lost, and beat sweeps what is due.
CELERY_BROKER_URL, CELERY_BROKER_TRANSPORT_OPTIONS = env.broker(VAR_DIR)
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_TASK_PUBLISH_RETRY_POLICY = {"max_retries": 1, "interval_start": 0.1}
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_TASK_SERIALIZER = "json"
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_TIMEZONE = "UTC"
CELERY_ENABLE_UTC = True
CELERY_BEAT_SCHEDULE_FILENAME = str(VAR_DIR / "beat" / "schedule")
env.make_directory(VAR_DIR / "beat")
CELERY_BEAT_SCHEDULE = {
    "note heartbeat": {"task": "smmplanner.tasks.note_heartbeat", "schedule": 45.0, "options": {"expires": 45}},
    "forget old failures": {"task": "smmplanner.tasks.forget_old_failures", "schedule": crontab(hour=21, minute=30)},
    "recompute stale KPI values": {"task": "metrics.tasks.recompute_stale_values", "schedule": 180.0},
    # 01:30 in Tashkent: the day is over, and nobody waits for a page.
    "recompute all KPI values": {"task": "metrics.tasks.recompute_all_values", "schedule": crontab(hour=20, minute=30)},
    "raise alerts": {"task": "metrics.tasks.raise_alerts", "schedule": crontab(minute=5)},
    "tell of unusual days": {"task": "metrics.tasks.tell_of_unusual_days", "schedule": crontab(minute=10)},
    "check strategies": {"task": "metrics.tasks.check_strategies", "schedule": 300.0},
    "issue due reports": {"task": "metrics.tasks.issue_due_reports", "schedule": 60.0},
    "requeue stuck imports": {"task": "metrics.tasks.requeue_stuck_imports", "schedule": 60.0},
    "sweep samples": {"task": "metrics.tasks.sweep_samples", "schedule": 120.0},
    "fetch due feeds": {"task": "metrics.tasks.fetch_due_feeds", "schedule": 300.0},
    "mark due publications": {"task": "calendar_app.tasks.mark_due_publications", "schedule": 60.0},
    "apply lost plan files": {"task": "calendar_app.tasks.apply_lost_plan_files", "schedule": 300.0},
    "forget unused media": {"task": "calendar_app.tasks.forget_unused_media", "schedule": crontab(hour=21, minute=10)},
    # 08:00 in Tashkent: with the morning's coffee.
    "tell of key dates": {"task": "calendar_app.tasks.tell_of_key_dates", "schedule": crontab(hour=3, minute=0)},
    "send notifications": {"task": "brands.tasks.send_notifications", "schedule": 60.0},
    "send due webhooks": {"task": "brands.tasks.send_due_webhooks", "schedule": 30.0},
    "make waiting exports": {"task": "brands.tasks.make_waiting_exports", "schedule": 300.0},
    "erase people": {"task": "brands.tasks.erase_people", "schedule": crontab(minute=45)},
    "forget what is old": {"task": "brands.tasks.forget_what_is_old", "schedule": crontab(hour=21, minute=30)},
    "delete closed brands": {"task": "brands.tasks.delete_closed_brands", "schedule": crontab(minute=40)},
}
# A worker that computes a brand's values says so for this long at a time; killed, it holds the others up no longer.
RECOMPUTE_CLAIM_SECONDS = env.seconds("RECOMPUTE_CLAIM_SECONDS", 300)

# For how many days a brand that a lead closes can be kept after all, and a person who asked to be erased can come back.
BRAND_CLOSING_DAYS = env.days("BRAND_CLOSING_DAYS", 14)
ERASURE_DAYS = env.days("ERASURE_DAYS", 14)
# How long the audit log is kept: a year at the least.
AUDIT_DAYS = env.days("AUDIT_DAYS", 730, least=365)
NOTIFICATION_DAYS = env.days("NOTIFICATION_DAYS", 180)
# How long exports of brands can be fetched.
EXPORT_DAYS = env.days("EXPORT_DAYS", 7)

logs.set_up()
LOG_FORMAT = env.choice("LOG_FORMAT", logs.FORMATS)
LOGGING = logs.configuration(LOG_FORMAT, env.text("LOG_LEVEL", "INFO").upper())

# Who may read /metrics: whoever knows the word, or whoever asks from one of these networks. Neither: there is no such page.
METRICS_TOKEN = env.word("METRICS_TOKEN", at_least=16)
METRICS_ALLOW = env.networks("METRICS_ALLOW")
