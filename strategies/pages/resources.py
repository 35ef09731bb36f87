"""What the strategy can build on."""

from typing import Any

from strategies.forms.resources import AssetForm
from strategies.models import Asset
from strategies.pages.base import chosen_number
from strategies.pages.rows import MOST_ROWS, RowsPage
from strategies.usual_assets import USUAL_ASSETS


class ResourcesPage(RowsPage):
    template = "strategies/steps/resources.html"
    live_parts = {"assets-live": "strategies/steps/_resources_live.html"}
    related = "assets"
    form_class = AssetForm

    def extras(self) -> dict[str, Any]:
        return {"people": self.people}

    def act(self, action: str) -> str | None:
        """`usual-<place>`: one of the usual assets becomes a row."""
        if not action.startswith("usual-"):
            return None
        number = chosen_number(action.removeprefix("usual-"))
        if number is None or not 0 < number <= len(USUAL_ASSETS) or self.count >= MOST_ROWS:
            return ""
        usual = USUAL_ASSETS[number - 1]
        row = self.strategy.assets.create(kind=usual.kind, name=str(usual.name), use=str(usual.use), position=self.count)
        self.acted = True
        return f"#row-{row.pk}"

    def context(self) -> dict[str, Any]:
        rows = [form.instance for form in self.forms.values() if form.instance.pk and not (form.is_bound and not form.is_valid())]
        named = {row.name.casefold() for row in rows}
        return super().context() | {
            "supplies": [(supply, sum(row.supply == supply for row in rows)) for supply in Asset.Supply],
            "count": len(rows),
            "lacking": [row for row in rows if row.supply != Asset.Supply.ENOUGH],
            "usual": [(place, one) for place, one in enumerate(USUAL_ASSETS, 1) if str(one.name).casefold() not in named],
        }
