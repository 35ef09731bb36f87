"""The KPIs of the product, one row each, in a module per group: KPIS."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from ..declaration import Kpi
from .advocacy import ADVOCACY
from .control import CONTROL
from .cost_return import COST_RETURN
from .dialogue import DIALOGUE
from .engagement import ENGAGEMENT
from .sales import SALES
from .support import SUPPORT

__all__ = ["KPIS", "Kpi"]

KPIS: Mapping[str, Kpi] = MappingProxyType(
    {kpi.name: kpi for kpi in (*DIALOGUE, *SALES, *ADVOCACY, *SUPPORT, *ENGAGEMENT, *COST_RETURN, *CONTROL)}
)
"""All KPIs by name, in the order in which pages show them."""
