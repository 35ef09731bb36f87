"""Whoever is given a post hears of it."""

from brands.models import Membership
from brands.notifications import notify
from calendar_app.forms import PostForm


def tell_owner(form: PostForm, by: Membership) -> None:
    """After saving: the new owner, unless they took it themselves."""
    owner, row = form.instance.owner, form.instance
    if owner and "owner" in form.changed_data and owner != by.user:
        params = {"by": str(by.user), "title": row.title}
        notify(owner, row.brand, "post_assigned", f"post_assigned:{row.pk}:{row.version}", row.get_absolute_url(), params)
