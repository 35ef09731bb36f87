"""What a page with a traceback, or a letter about one, never shows."""

import re

from django.views.debug import SafeExceptionReporterFilter


class HideAddressesWithPasswords(SafeExceptionReporterFilter):
    """Django hides what is called a key, a token or a password. An address of a server may hold a password, too."""

    hidden_settings = re.compile(
        SafeExceptionReporterFilter.hidden_settings.pattern + r"|DATABASE_URL|REDIS_URL|EMAIL_URL|BROKER_URL|LOCATION|DSN", re.I
    )
