"""A new brand's channels, ticked all at once: those that suit its type of business come first and ticked."""

from collections.abc import Iterable

from django import forms
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from brands.forms.handles import HandlesForm
from brands.models import Brand, Channel, Platform


class FirstChannelsForm(HandlesForm):
    """A tick and a handle for each platform. The handle is guessed from the brand's name, to be looked at."""

    def __init__(self, *args, brand: Brand, platforms: Iterable[Platform], advised: Iterable[str] = (), **kwargs) -> None:
        super().__init__(*args, brand=brand, platforms=platforms, **kwargs)
        guessed, advised = brand.slug.replace("-", ""), set(advised)
        for slug, platform in self.platforms.items():
            tick = forms.CheckboxInput(attrs={"class": "form-check-input"})
            self.fields[f"use-{slug}"] = forms.BooleanField(
                label=platform.name, required=False, widget=tick, initial=slug in advised
            )
            self.fields[f"handle-{slug}"].initial = guessed

    def clean(self) -> dict:
        for slug in self.platforms:
            if not self.cleaned_data.get(f"use-{slug}"):
                self.cleaned_data[f"handle-{slug}"] = ""
                self.errors.pop(f"handle-{slug}", None)
            elif not self.cleaned_data.get(f"handle-{slug}") and not self.has_error(f"handle-{slug}"):
                self.add_error(f"handle-{slug}", _("Type the handle, or take the tick away."))
        return super().clean()

    @transaction.atomic
    def saved(self) -> dict[str, Channel] | None:
        return self.create(self.platforms) if self.is_valid() else None

    @property
    def rows(self) -> list[tuple[Platform, forms.BoundField, forms.BoundField]]:
        return [(platform, self[f"use-{slug}"], self[f"handle-{slug}"]) for slug, platform in self.platforms.items()]
