"""Steps that are a list of which one row is open for writing."""

from functools import cached_property
from typing import Any

from django.db import models
from django.http import Http404, QueryDict

from strategies.forms.rows import RowForm
from strategies.pages.base import Page, chosen_number
from strategies.undo import remember


class CardsPage(Page):
    """A list of rows of which one is open for writing: too many fields to show all at once."""

    related = ""
    parameter = ""  # in the address: ?persona=12, or ?persona=new

    @cached_property
    def items(self) -> list[Any]:
        return list(self.stored())

    def stored(self) -> models.QuerySet:
        return getattr(self.strategy, self.related).all()

    @cached_property
    def item(self) -> Any:
        """The open row; None where the list is only looked at."""
        named = self.request.POST.get("item") or self.request.GET.get(self.parameter) or ""
        if (number := chosen_number(named)) is not None:
            found = next((item for item in self.items if item.pk == number), None)
            if found is None:
                raise Http404
            return found
        return self.new_item(named)

    def new_item(self, named: str) -> Any:
        raise NotImplementedError

    def form_for(self, typed: QueryDict | None) -> RowForm:
        raise NotImplementedError

    def build(self, typed: QueryDict | None) -> dict[str, RowForm]:
        return {"item": self.form_for(typed)} if self.item is not None else {}

    def prefix_of(self, row: Any) -> str:
        return "item"

    def fresh_states(self):
        number = self.item.pk
        for name in ("items", "item"):
            self.__dict__.pop(name, None)
        self.item = next(item for item in self.items if item.pk == number)
        return super().fresh_states()

    def here(self) -> str:
        # Saved: the list again, without an open form.
        return ""

    def remove(self, number: str) -> None:
        row = self.stored().filter(pk=chosen_number(number)).first()
        if row is not None:
            remember(self.request, self.strategy, [row], str(row))
            row.delete()
            self.acted = True
            self.__dict__.pop("items", None)

    def context(self) -> dict[str, Any]:
        return super().context() | {"items": self.items, "item": self.item, "item_form": self.forms.get("item")}
