from collections.abc import Iterable, Mapping

from django import forms
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from brands.forms.channel import ChannelForm
from brands.models import Brand, Channel, Platform
from brands.models.channels import ChannelKind


class HandlesForm(forms.Form):
    """A handle for each platform where the brand has no channel yet. An empty field leaves the platform out."""

    def __init__(self, *args, brand: Brand, platforms: Iterable[Platform], **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.brand = brand
        self.platforms = {platform.slug: platform for platform in platforms}
        self.channel_forms: dict[str, ChannelForm] = {}
        for slug, platform in self.platforms.items():
            widget = forms.TextInput(
                attrs={"class": "form-control", "autocapitalize": "none", "autocomplete": "off", "spellcheck": "false"}
            )
            label = _("Your handle on %(platform)s") % {"platform": platform.name}
            self.fields[f"handle-{slug}"] = forms.CharField(label=label, required=False, max_length=300, widget=widget)

    def clean(self) -> dict:
        """Each handle is read as the page of channels reads it: a pasted address will do."""
        cleaned = super().clean() or self.cleaned_data
        for slug, platform in self.platforms.items():
            typed = cleaned.get(f"handle-{slug}")
            if typed:
                sent = {"platform": platform.pk, "handle": typed, "kind": ChannelKind.PAGE}
                form = ChannelForm(sent, brand=self.brand, instance=Channel())
                self.channel_forms[slug] = form
                for errors in form.errors.values():
                    self.add_error(f"handle-{slug}", errors)
        return cleaned

    def create(self, slugs: Iterable[str]) -> dict[str, Channel]:
        """The channels whose handles were given, of these platforms. Call where all of it is undone if one fails."""
        made: dict[str, Channel] = {}
        for slug in slugs:
            form = self.channel_forms.get(slug)
            if form is not None and form.saved():
                made[slug] = form.instance
        return made


class MissingChannelsForm(HandlesForm):
    """The channels that a file names and the brand does not have: platform -> account, empty where it names none."""

    def __init__(self, *args, brand: Brand, accounts: Mapping[str, str], **kwargs) -> None:
        platforms = Platform.objects.filter(is_active=True, slug__in=accounts) if accounts else ()
        super().__init__(*args, brand=brand, platforms=platforms, **kwargs)
        for slug in self.platforms:
            self.fields[f"handle-{slug}"].initial = accounts[slug] or brand.slug.replace("-", "")

    @transaction.atomic
    def saved(self) -> bool:
        """Whether a channel came of it."""
        return self.is_valid() and bool(self.create(self.platforms))
