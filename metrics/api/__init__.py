"""Figures and what is worked out from them, for programs."""

from metrics.api import observations, values
from metrics.api.routing import router

__all__ = ["observations", "router", "values"]
