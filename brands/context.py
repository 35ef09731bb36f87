from functools import cache

from django.conf import settings
from django.http import HttpRequest

from brands.models import Role


def frame(request: HttpRequest) -> dict:
    """What the frame around every page shows: the brand, who looks at it, and how much waits for them."""
    user = getattr(request, "user", None)
    theme = user.theme if user is not None and user.is_authenticated else "system"
    context = {"theme": theme, "Role": Role, "membership": None, "has_worker": settings.SERVICE_WORKER}
    membership = getattr(request, "membership", None)
    if membership is not None:
        context |= {
            "membership": membership,
            "brand": membership.brand,
            "may_edit": membership.may(Role.MARKETER),
            "may_lead": membership.may(Role.LEAD),
            # Counted once, and only where it is shown. (Plural forms want a number, not something lazy.)
            "unread_count": cache(membership.brand.notifications.filter(user=user).unread().in_app().count),
        }
    return context
