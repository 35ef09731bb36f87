"""Uploading files, and telling what a file cannot tell."""

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.template.defaultfilters import filesizeformat
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from metrics import imports
from metrics.importers.cells import FIRST_YEAR, LAST_YEAR
from metrics.importers.years import earliest
from metrics.imports.owners import Owners
from metrics.imports.staging import BRAND, LEFT_OUT
from metrics.kpi.measures import MEASURES, Family
from metrics.models import Import

LARGEST = 100 * 1024 * 1024
MOST_FILES = 30
MOST_DAYS = 1000
# A page with a list of measures for each of hundreds of columns helps nobody.
MOST_COLUMNS = 40


class FilesInput(forms.ClearableFileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """One file or several."""

    widget = FilesInput

    def clean(self, data, initial=None):
        files = data if isinstance(data, (list, tuple)) else [data]
        if len(files) > MOST_FILES:
            raise ValidationError(_("At most %(count)s files at once."), params={"count": MOST_FILES}, code="too_many")
        return [self._clean_one(file, initial) for file in files or [None]]

    def _clean_one(self, file: UploadedFile, initial) -> UploadedFile:
        file = super().clean(file, initial)
        if file.size > LARGEST:
            limit = {"name": file.name, "limit": filesizeformat(LARGEST)}
            raise ValidationError(
                _("“%(name)s” is larger than %(limit)s. Export a shorter period."), params=limit, code="too_large"
            )
        return file


class UploadForm(forms.Form):
    files = FilesField(
        label=_("files"),
        max_length=255,
        error_messages={"required": _("Choose a file first."), "empty": _("The file is empty.")},
    )


class SettleForm(forms.Form):
    """What only a person knows of a file: whose figures, counted when, what the columns mean."""

    as_of = forms.DateField(
        label=_("figures of posts were counted on"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    year = forms.IntegerField(
        label=_("year of the dates"),
        required=False,
        min_value=FIRST_YEAR,
        max_value=LAST_YEAR,
        localize=False,
        help_text=_("The file names none. Say in which year it begins; days after a New Year then get the next one."),
    )
    date_order = forms.ChoiceField(
        label=_("dates such as 03/04/2026"),
        required=False,
        choices=[("", _("Choose")), ("dmy", _("day first (3 April)")), ("mdy", _("month first (4 March)"))],
    )

    def __init__(self, *args, import_: Import, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.import_ = import_
        self.owner_keys: dict[str, str] = {}
        self.lacks_channel = False
        self.missing: dict[str, str] = {}  # network -> account, where the brand has no channel
        self.column_headers: dict[str, str] = {}
        skipped = import_.summary.get("skipped", {})
        options = import_.options
        if not any(import_.summary.get("posts", {}).values()) and "published_after_count" not in skipped:
            del self.fields["as_of"]
        else:
            self.fields["as_of"].initial = imports.as_of(import_)
        self._keep("year", "no_year" in skipped, options)
        self._name_the_first_day()
        self._keep("date_order", "ambiguous_date" in skipped, options)
        self._add_owners()
        self._add_columns()

    def _keep(self, name: str, needed: bool, options: dict) -> None:
        if needed or options.get(name):
            self.fields[name].initial = options.get(name)
        else:
            del self.fields[name]

    def _name_the_first_day(self) -> None:
        """The year is asked of the very day that stands in the file first."""
        if "year" not in self.fields or self.import_.options.get("year"):
            return
        lines = self.import_.issues.filter(code="no_year").order_by("table", "line", "pk").values_list("raw", flat=True)
        if first := earliest(list(lines[:MOST_DAYS])):
            self.fields["year"].label = _("year of the first day, “%(day)s”") % {"day": first}

    def _add_owners(self) -> None:
        owners = Owners(self.import_.brand, {})
        for number, owner in enumerate(self.import_.summary.get("owners", [])):
            name = f"owner-{number}"
            self.owner_keys[name] = owner["key"]
            choices = [("", _("Choose"))] + [(str(channel.pk), str(channel)) for channel in owners.fitting(owner["key"])]
            choices += [(BRAND, _("The brand as a whole")), (LEFT_OUT, pgettext_lazy("figures of a file", "Leave out"))]
            label = (
                _("figures of %(account)s go to") % {"account": owners.name(owner["key"])} if owner["key"] else _("figures go to")
            )
            self.fields[name] = forms.ChoiceField(label=label, choices=choices, initial=owner["choice"])
            if len(choices) == 3:
                self.lacks_channel = True
                slug, _colon, account = owner["key"].partition(":")
                self.missing[slug] = self.missing.get(slug) or account.removeprefix("@")[:60]

    def _add_columns(self) -> None:
        """A choice for each column that is not certain. What is certain is not asked."""
        columns = {column["header"]: column for column in self.import_.summary.get("columns", []) if self._is_open(column)}
        open_columns = list(columns.values())
        choices = measure_choices() if open_columns else []
        for number, column in enumerate(open_columns[:MOST_COLUMNS]):
            name = f"column-{number}"
            self.column_headers[name] = column["header"]
            self.fields[name] = forms.ChoiceField(
                label=column["header"], choices=choices, required=False, initial=column["measure"]
            )

    def _is_open(self, column: dict[str, str]) -> bool:
        chosen = self.import_.options.get("mapping", {})
        unsure = column["certainty"] != "known" and not column["role"]
        return bool(column["header"]) and (column["header"] in chosen or unsure)

    @property
    def owner_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in self.owner_keys]

    @property
    def column_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in self.column_headers]

    @property
    def date_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in ("as_of", "year", "date_order") if name in self.fields]

    def options(self) -> dict[str, object]:
        """The import's options with what was said here."""
        told = self.cleaned_data
        mapping = dict(self.import_.options.get("mapping") or {})
        for name, header in self.column_headers.items():
            if told[name] or header in mapping or name in self.changed_data:
                mapping[header] = told[name]
        found: dict[str, object] = {"channels": {key: told[name] for name, key in self.owner_keys.items()}}
        if self.column_headers:
            found["mapping"] = mapping
        if told.get("as_of"):
            found["as_of"] = told["as_of"].isoformat()
        found |= {name: told[name] for name in ("year", "date_order") if told.get(name)}
        return self.import_.options | found


def measure_choices() -> list:
    """All measures that a file may give, by family; first of all to leave the column out."""
    language = get_language()
    families = {family: [] for family in Family}
    for measure in MEASURES.values():
        if measure.recorded:
            families[measure.family].append((measure.name, measure.label.in_language(language)))
    groups = [(family.label.in_language(language), choices) for family, choices in families.items() if choices]
    return [("", _("Left out")), *groups]
