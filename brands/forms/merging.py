"""Two versions of one row: what was typed and what stands there now, field by field, to choose from."""

import hashlib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils import formats
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from brands import differing
from brands.models import User

MINE, THEIRS = "mine", "theirs"
# What is longer is shown with the differences marked.
SHORT = 60
SEEN = re.compile(r"([a-z_0-9]+)\.([0-9a-f]{8})")


@dataclass(frozen=True)
class Question:
    """One field that reads differently in the two versions. Texts are (is it only here?, words)."""

    name: str
    label: str
    mine: list[tuple[bool, str]]
    theirs: list[tuple[bool, str]]
    chosen: str
    changed_by: str  # "mine", "theirs", "both"; empty where nobody knows what the page was opened with


@dataclass(frozen=True)
class Conflict:
    questions: list[Question]
    by: User | None
    at: datetime | None


class SeenInput(forms.HiddenInput):
    """The version, and beside it in short what each field read when the page was opened."""

    def __init__(self, form: "MergingForm") -> None:
        super().__init__()
        self.form = form

    def __deepcopy__(self, memo: dict) -> "SeenInput":
        return self

    def render(self, name: str, value: Any, attrs: dict | None = None, renderer: Any = None) -> SafeString:
        shown, seen = super().render(name, value, attrs, renderer), self.form.seen_in_short
        more = format_html('<input type="hidden" name="{}" value="{}">', self.form.add_prefix("seen"), seen) if seen else ""
        return format_html("{}{}", shown, more)


class MergingForm(forms.BaseForm):
    """A form with a `version` that can show, field by field, how it and the stored row differ (`_merge.html`).

    What was chosen on that part comes back with the form: `take_theirs` puts it in the place of what was typed, before
    anything is looked at. The version is checked afterwards as ever.
    """

    conflict: Conflict | None = None

    def carry_what_was_seen(self) -> None:
        self.fields["version"].widget = SeenInput(self)

    def take_theirs(self) -> None:
        """Where another saved since the choice was offered, it waits: the part is shown again."""
        chosen = [name for name in self.fields if self.is_bound and self.data.get(self.merge_name(name)) == THEIRS]
        loaded = self.get_initial_for_field(self.fields["version"], "version")
        if not chosen or str(self.data.get(self.add_prefix("version"))) != str(loaded):
            return
        self.data = self.data.copy()
        for name in chosen:
            _put(self.data, self.add_prefix(name), self.fields[name], self.get_initial_for_field(self.fields[name], name))

    def merge_name(self, name: str) -> str:
        return f"merge-{self.add_prefix(name)}"

    def compare(self, standing: dict[str, Any], by: User | None = None, at: datetime | None = None) -> None:
        """Remember how what was typed differs from what stands there now."""
        seen = self._seen()
        found = [self._question(name, standing[name], seen.get(name)) for name in self._names() if name in standing]
        self.conflict = Conflict([question for question in found if question], by, at)
        self._standing = standing

    def _names(self) -> list[str]:
        said = self.fields.items()
        return [name for name, field in said if name != "version" and not (field.disabled or isinstance(field, forms.FileField))]

    def _question(self, name: str, theirs: Any, seen: str | None) -> Question | None:
        field, typed = self.fields[name], self[name].data
        try:
            mine = field.clean(typed)
            words = _said(field, mine)
        except ValidationError:
            mine, words = typed, ", ".join(typed) if isinstance(typed, list) else str(typed)
        if _short(mine) == _short(theirs):
            return None
        by_me, by_them = seen != _short(mine), seen != _short(theirs)
        changed_by = "" if seen is None else "both" if by_me and by_them else MINE if by_me else THEIRS
        usual = THEIRS if changed_by == THEIRS else MINE
        before = self.data.get(self.merge_name(name))
        left, right = _marked(words, _said(field, theirs))
        chosen = before if before in (MINE, THEIRS) else usual
        label = str(capfirst(field.label or name.replace("_", " ")))
        return Question(self.merge_name(name), label, left, right, chosen, changed_by)

    def _seen(self) -> dict[str, str]:
        """Each field, in short, as the page was opened with it; empty where the page does not say."""
        seen = self._sent_in_short()
        for name, field in self.fields.items():
            if self.add_initial_prefix(name) in self.data:
                raw = field.hidden_widget().value_from_datadict(self.data, self.files, self.add_initial_prefix(name))
                seen[name] = _short(_cleaned(field, raw))
        return seen

    def _sent_in_short(self) -> dict[str, str]:
        return dict(SEEN.findall(str(self.data.get(self.add_prefix("seen"), ""))))

    @property
    def seen_in_short(self) -> str:
        """Of the fields beside which nothing hidden says it."""
        names = [name for name in self._names() if not self.fields[name].show_hidden_initial]
        if self.conflict is not None:
            seen = {name: _short(self._standing[name]) for name in names if name in self._standing}
        elif self.is_bound:
            seen = self._sent_in_short()
        else:
            own = names if self.has_a_row() else []
            seen = {name: _short(self.get_initial_for_field(self.fields[name], name)) for name in own}
        return " ".join(f"{name}.{seen[name]}" for name in names if name in seen)

    def has_a_row(self) -> bool:
        raise NotImplementedError


def _cleaned(field: forms.Field, raw: Any) -> Any:
    try:
        return field.clean(raw)
    except ValidationError:
        return raw


def _short(value: Any) -> str:
    return hashlib.blake2s(_plain(value).encode("utf-8", "replace"), digest_size=4).hexdigest()


def _plain(value: Any) -> str:
    """Alike for what a form calls the same: a row and its key, 5 and 5.00, line breaks of one or two characters."""
    if value is None or value is False:
        return ""
    if isinstance(value, models.Model):
        return str(value.pk)
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    if isinstance(value, models.QuerySet | list | tuple | set):
        return "\n".join(sorted(_plain(one) for one in value))
    return str(value).replace("\r\n", "\n").replace("\r", "\n").strip()


def _put(data: Any, key: str, field: forms.Field, value: Any) -> None:
    """Write a stored value as a browser would have sent it."""
    widget, prepared = field.widget, field.prepare_value(value)
    if isinstance(widget, forms.CheckboxInput):
        values = ["on"] if prepared else []
    elif isinstance(widget, forms.widgets.ChoiceWidget):
        values = [str(one) for one in widget.format_value(prepared)]
    else:
        values = [str(shown) if (shown := widget.format_value(prepared)) is not None else ""]
    if hasattr(data, "setlist"):
        data.setlist(key, values)
    else:
        data[key] = values if getattr(widget, "allow_multiple_selected", False) else "".join(values[:1])


def _said(field: forms.Field, value: Any) -> str:
    """The value in the words of the form."""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if value is None or value == "":
        return ""
    if isinstance(field, forms.ModelChoiceField):
        return ", ".join(_rows_said(field, value if isinstance(value, Iterable) and not isinstance(value, str) else [value]))
    words = {str(key): str(word) for key, word in _choices(field)}
    if isinstance(value, list | tuple | set):
        return ", ".join(words.get(str(one), str(one)) for one in value)
    if isinstance(value, date | time | Decimal):
        return str(formats.localize(value))
    return words.get(str(value), str(value))


def _rows_said(field: forms.ModelChoiceField, values: Iterable[Any]) -> Iterator[str]:
    rows = list(values)
    keys = [row for row in rows if not isinstance(row, models.Model)]
    known = field.queryset.model._base_manager.in_bulk(keys) if keys else {}
    for row in rows:
        found = row if isinstance(row, models.Model) else known.get(row)
        yield field.label_from_instance(found) if found is not None else str(row)


def _choices(field: forms.Field) -> Iterator[tuple[Any, Any]]:
    for key, word in getattr(field, "choices", ()):
        if isinstance(word, list | tuple):
            yield from word
        else:
            yield key, word


def _marked(mine: str, theirs: str) -> tuple[list[tuple[bool, str]], list[tuple[bool, str]]]:
    if max(len(mine), len(theirs)) <= SHORT:
        return [(False, mine)], [(False, theirs)]
    found = list(differing.parts(theirs.replace("\r\n", "\n"), mine.replace("\r\n", "\n")))
    return (
        [(kind == "new", words) for kind, words in found if kind != "gone"],
        [(kind == "gone", words) for kind, words in found if kind != "new"],
    )
