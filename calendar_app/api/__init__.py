"""Posts and publications, for programs: the same forms and acts as the pages have."""

from calendar_app.api import posts, publications
from calendar_app.api.routing import router

__all__ = ["posts", "publications", "router"]
