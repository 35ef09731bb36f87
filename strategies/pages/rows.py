"""Steps that are a list of rows, all open for writing at once."""

from typing import Any

from django.db import models
from django.http import QueryDict
from django.utils.translation import gettext as _

from strategies import fixed_rows
from strategies.forms.rows import RowForm, StrategyFieldsForm
from strategies.pages.base import Page, chosen_number
from strategies.undo import remember

MOST_ROWS = 60


class RowsPage(Page):
    """Rows of one kind; `fields_form` adds some fields of the strategy itself above or below them."""

    related = ""
    form_class: type[RowForm] = RowForm
    fields_form: type[StrategyFieldsForm] | None = None
    may_add = True

    def rows(self) -> list[models.Model]:
        return list(getattr(self.strategy, self.related).all())

    def extras(self) -> dict[str, Any]:
        """What each row's form is built with besides the row."""
        return {}

    def new_row(self) -> models.Model:
        model = self.form_class._meta.model
        row = model(strategy=self.strategy)
        if any(field.name == "position" for field in model._meta.fields):
            row.position = self.count
        return row

    def build(self, typed: QueryDict | None) -> dict[str, RowForm]:
        forms: dict[str, RowForm] = {}
        if self.fields_form:
            forms["strategy"] = self.fields_form(typed, instance=self.strategy, prefix="strategy")
        rows = self.rows()
        self.count = len(rows)
        extras = self.extras()
        for row in rows:
            row.strategy = self.strategy
            forms[f"row-{row.pk}"] = self.form_class(
                self._typed_for(f"row-{row.pk}", typed), instance=row, prefix=f"row-{row.pk}", **extras
            )
        if self._wants_new(typed):
            forms["new"] = self.form_class(typed, instance=self.new_row(), prefix="new", **extras)
        return forms

    def _typed_for(self, prefix: str, typed: QueryDict | None) -> QueryDict | None:
        """Nothing where the page that was sent does not know the row: another window added it meanwhile."""
        return typed if typed is not None and any(key.startswith(prefix + "-") for key in typed) else None

    def _wants_new(self, typed: QueryDict | None) -> bool:
        if not self.may_add or self.count >= MOST_ROWS:
            return False
        if typed is not None:
            return any(key.startswith("new-") for key in typed)
        return "add" in self.request.GET or not self.count

    def save(self) -> bool:
        went_well = super().save()
        gone = [prefix for prefix in self._rows_gone() if self._was_touched(prefix)]
        for prefix in gone:
            self.forms[prefix] = self._form_of_gone_row(prefix)
        return went_well and not gone

    def _rows_gone(self) -> list[str]:
        """Prefixes of rows that the writer still saw, and somebody removed meanwhile (or that never were this strategy's)."""
        there = {f"row-{row.pk}" for row in self.rows()}
        seen = {"-".join(key.split("-")[:2]) for key in self.request.POST if key.startswith("row-")}
        return sorted(prefix for prefix in seen - there if chosen_number(prefix[4:]) is not None)

    def _was_touched(self, prefix: str) -> bool:
        typed = self.request.POST
        keys = [key for key in typed if key.startswith(f"{prefix}-") and key != f"{prefix}-version"]
        return any(typed.getlist(key) != typed.getlist(f"initial-{key}") for key in keys)

    def _form_of_gone_row(self, prefix: str) -> RowForm:
        """Shows what was typed and what happened; it is never saved."""
        form = self.form_class(self.request.POST, instance=self.new_row(), prefix=prefix, **self.extras())
        form.is_valid()
        form.add_error(None, _("Somebody deleted this while you were editing. Copy what you typed before you leave."))
        return form

    def remove(self, number: str) -> None:
        row = getattr(self.strategy, self.related).filter(pk=chosen_number(number)).first()
        if row is not None and self.may_add:
            remember(self.request, self.strategy, [row], str(row) or _("Row"))
            self.forms.pop(f"row-{row.pk}", None)
            row.delete()
            self.acted = True

    def context(self) -> dict[str, Any]:
        rows = [form for prefix, form in self.forms.items() if prefix != "strategy"]
        return super().context() | {
            "rows": rows,
            "fields_form": self.forms.get("strategy"),
            "may_add_row": self.may_add and self.count < MOST_ROWS and "new" not in self.forms,
        }


class FixedRowsPage(RowsPage):
    """Rows that every strategy has: they are filled in, never added or removed."""

    may_add = False

    def rows(self) -> list[models.Model]:
        fixed_rows.fill_in(self.strategy)
        return fixed_rows.in_order(self.strategy, self.related)
