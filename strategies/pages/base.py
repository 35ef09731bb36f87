"""What a wizard step is made of: forms that are shown, and saved one by one."""

from typing import Any

from django.http import Http404, HttpRequest, QueryDict
from django.template.loader import render_to_string
from django.utils.functional import cached_property
from django.utils.safestring import SafeString

from strategies.forms.rows import People, RowForm
from strategies.models import Strategy

LONGEST_ID = 18


class Page:
    """One step of the wizard for one strategy.

    `build` answers with the page's forms by prefix, bound to what was typed or not. `save` saves those that were
    touched and are valid: what one row has to say does not keep the others from being saved.
    """

    template = ""
    live_parts: dict[str, str] = {}  # element id -> template that is drawn again while people type

    def __init__(self, request: HttpRequest, strategy: Strategy) -> None:
        self.request = request
        self.strategy = strategy
        self.brand = strategy.brand
        self.forms: dict[str, RowForm] = {}
        self.saved: list[str] = []
        self.created: dict[str, str] = {}
        self.acted = False
        self.skipped = ""

    @cached_property
    def people(self) -> People:
        return People(self.brand)

    def build(self, typed: QueryDict | None) -> dict[str, RowForm]:
        return {}

    def show(self) -> None:
        self.forms = self.build(None)

    def receive(self, typed: QueryDict) -> None:
        self.forms = self.build(typed)

    def save(self) -> bool:
        """Save what was touched (but not what is about to be removed); False when some form has something to say."""
        touched = [prefix for prefix, form in self.forms.items() if form.touched and prefix != self.skipped]
        failed = [prefix for prefix in touched if not self._save_form(prefix, self.forms[prefix])]
        return not failed

    def _save_form(self, prefix: str, form: RowForm) -> bool:
        is_new = form.instance.pk is None
        if not form.saved():
            return False
        self.saved.append(prefix)
        if is_new:
            self.created[prefix] = self.prefix_of(form.instance)
        return True

    def prefix_of(self, row: Any) -> str:
        return f"row-{row.pk}"

    @property
    def changed(self) -> bool:
        return bool(self.saved) or self.acted

    @property
    def has_conflict(self) -> bool:
        return any(form.is_bound and form.touched and form.has_conflict for form in self.forms.values())

    def reservation(self) -> str:
        """What was saved, and is not yet what it should be, in a few words; said beside “Saved”."""
        return ""

    def remove(self, number: str) -> None:
        raise Http404

    def act(self, action: str) -> str | None:
        """Do one of the page's own buttons; the query string to come back with, or None if it is not ours."""
        return None

    def here(self) -> str:
        """The query string that leads back to what is being edited."""
        return ""

    def context(self) -> dict[str, Any]:
        return {"forms": self.forms}

    def fresh_states(self) -> dict[str, SafeString]:
        """After saving: the hidden inputs that go with what is stored now, by the prefix that is in the reader's page."""
        rebuilt = self.build(None)
        states = {prefix: self.created.get(prefix, prefix) for prefix in self.saved}
        return {prefix: rebuilt[stored].state for prefix, stored in states.items() if stored in rebuilt}

    def live(self) -> dict[str, str]:
        context = {**self.context(), "strategy": self.strategy, "brand": self.brand, "page": self}
        return {part: render_to_string(template, context, self.request) for part, template in self.live_parts.items()}


def chosen_number(text: str | None) -> int | None:
    """A row's number out of an address or a button; None for anything else."""
    if text and text.isascii() and text.isdigit() and len(text) <= LONGEST_ID:
        return int(text)
    return None
