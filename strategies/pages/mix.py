"""How the posts are divided: formats, journey stages, attracting and engaging."""

from functools import cached_property
from typing import Any

from django.http import QueryDict
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from strategies.content_kinds import GROUPS, JOURNEY, KINDS
from strategies.forms.mix import MixTargetForm
from strategies.forms.rows import RowForm
from strategies.mix import KINDS as KINDS_OF
from strategies.mix import STARTING, WHOLE
from strategies.models import MixTarget
from strategies.pages.analysis import window_url
from strategies.pages.base import Page
from strategies.undo import remember

# These fill or empty a dimension; whether it makes a whole is looked at afterwards.
OWN_BUTTONS = ("start-", "empty-")


class MixPage(Page):
    """Three dimensions, each empty or a whole. What is typed is stored at once; a sum that is no whole is said."""

    template = "strategies/steps/mix.html"

    def build(self, typed: QueryDict | None) -> dict[str, RowForm]:
        stored = {(row.dimension, row.value): row for row in self.strategy.mix_targets.all()}
        forms: dict[str, RowForm] = {}
        for dimension, kinds in KINDS_OF.items():
            for value, label in kinds.choices:
                prefix = f"mix-{dimension}-{value}"
                row = stored.get((dimension, value)) or MixTarget(strategy=self.strategy, dimension=dimension, value=value)
                row.strategy = self.strategy
                seen = typed if typed is not None and f"{prefix}-share" in typed else None
                forms[prefix] = MixTargetForm(seen, instance=row, prefix=prefix, label=str(label))
        return forms

    def prefix_of(self, row: MixTarget) -> str:
        return f"mix-{row.dimension}-{row.value}"

    def save(self) -> bool:
        went_well = super().save()
        self._forget_rows()
        if "X-Autosave" in self.request.headers or self.request.POST.get("action", "").startswith(OWN_BUTTONS):
            return went_well
        return self._check_sums() and went_well

    def reservation(self) -> str:
        """Shares that make no whole are kept, and are no plan."""
        return "; ".join(
            _("the shares of “%(dimension)s” make %(total)s %%") % {"dimension": part["label"], "total": part["total"]}
            for part in self._unfinished()
        )

    def _unfinished(self) -> list[dict[str, Any]]:
        return [part for part in self.dimensions if part["count"] and part["left"] and part["is_readable"] and part["written"]]

    def _check_sums(self) -> bool:
        parts = self._unfinished()
        for part in parts:
            if part["left"] > 0:
                said = _("These shares make %(total)s %%: give the other %(left)s %%, or empty all of them.")
            else:
                said = _("These shares make %(total)s %%, more than a whole: take %(over)s %% away, or empty all of them.")
            numbers = {"total": part["total"], "left": part["left"], "over": -part["left"]}
            part["written"][0].add_error("share", said % numbers)
        return not parts

    def _forget_rows(self) -> None:
        """What was read before the save is old by now."""
        self.strategy.__dict__.get("_prefetched_objects_cache", {}).pop("mix_targets", None)
        self.__dict__.pop("dimensions", None)

    @cached_property
    def dimensions(self) -> list[dict[str, Any]]:
        return [self._dimension(name) for name in KINDS_OF]

    def _dimension(self, name: str) -> dict[str, Any]:
        forms = [form for prefix, form in self.forms.items() if prefix.startswith(f"mix-{name}-")]
        given = [share for form in forms if (share := self._share(form)) is not None]
        total = int(sum(given))
        return {
            "name": name,
            "label": MixTarget.Dimension(name).label,
            "forms": forms,
            "count": len(given),
            "total": total,
            "left": WHOLE - total,
            "written": [form for form in forms if form.is_bound and self._share(form) is not None],
            "is_readable": not any(form.is_bound and form.errors for form in forms),
            "starting": STARTING[name],
            "window": window_url("calendar:mix", self.strategy, name),
        }

    def _share(self, form: RowForm) -> Any:
        """The share as it is being typed; None where nothing (or nothing readable) stands there."""
        if form.is_bound:
            form.is_valid()
            return form.cleaned_data.get("share")
        return form.initial.get("share")

    def act(self, action: str) -> str | None:
        """`start-<dimension>-<mix>` fills an empty dimension; `empty-<dimension>` empties it, and can be undone."""
        verb, _dash, rest = action.partition("-")
        name, _dash, mix = rest.partition("-")
        if verb == "empty" and name in KINDS_OF:
            self._empty(name)
        elif verb == "start" and mix in STARTING.get(name, {}):
            self._start(name, mix)
        else:
            return None
        return f"#mix-{name}"

    def _start(self, name: str, mix: str) -> None:
        if self.strategy.mix_targets.filter(dimension=name).exists():
            return
        MixTarget.objects.bulk_create(
            (
                MixTarget(strategy=self.strategy, dimension=name, value=value, share=share)
                for value, share in STARTING[name][mix].shares.items()
            ),
            ignore_conflicts=True,
        )
        self.acted = True

    def _empty(self, name: str) -> None:
        rows = list(self.strategy.mix_targets.filter(dimension=name))
        if rows:
            remember(self.request, self.strategy, rows, str(MixTarget.Dimension(name).label))
            self.strategy.mix_targets.filter(pk__in=[row.pk for row in rows]).delete()
            self.acted = True

    def context(self) -> dict[str, Any]:
        kinds = [(label, [kind for kind in KINDS if kind.group == group]) for group, label in GROUPS.items()]
        return super().context() | {
            "dimensions": self.dimensions,
            "journey": JOURNEY,
            "kinds": kinds,
            "ideas_url": window_url("calendar:take_idea", self.strategy),
        }

    def live(self) -> dict[str, str]:
        return {
            f"mix-live-{part['name']}": render_to_string("strategies/steps/_mix_live.html", {"part": part}, self.request)
            for part in self.dimensions
        }
