import re
from urllib.parse import SplitResult, parse_qs, unquote, urlsplit

from django import forms
from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from brands.forms.versioned import VersionedModelForm
from brands.models import Brand, Channel, Platform

# Whose address somebody may have pasted.
HOSTS = {
    "facebook.com": "facebook", "fb.com": "facebook", "instagram.com": "instagram", "x.com": "x", "twitter.com": "x",
    "tiktok.com": "tiktok", "linkedin.com": "linkedin", "pinterest.com": "pinterest", "youtube.com": "youtube",
    "t.me": "telegram", "telegram.me": "telegram", "threads.net": "threads", "threads.com": "threads",
}  # fmt: skip
# What stands before the name in an address: linkedin.com/company/…, youtube.com/c/…, t.me/s/….
BEFORE_THE_NAME = {"company", "in", "school", "showcase", "c", "user", "channel", "s", "pages", "people", "p", "groups"}
TAKEN = _("This brand already has that channel.")
HANDLE = re.compile(r"^\+?[\w.\-]+$")


def platform_of_address(text: str) -> str | None:
    """The slug of the platform whose address this is."""
    host = (_parsed(text).hostname or "").lower()
    return next((slug for name, slug in HOSTS.items() if host == name or host.endswith("." + name)), None)


def handle_from(text: str) -> str:
    """The handle in what people paste: “@atlas”, “t.me/atlas”, “https://www.instagram.com/atlas/?hl=uz”."""
    text = text.strip()
    if platform_of_address(text) is None:
        return text.lstrip("@")
    address = _parsed(text)
    if numbered := parse_qs(address.query).get("id"):
        return numbered[0]
    parts = [unquote(part) for part in address.path.split("/") if part]
    while len(parts) > 1 and parts[0].lower() in BEFORE_THE_NAME:
        parts.pop(0)
    return parts[0].lstrip("@") if parts else ""


def _parsed(text: str) -> SplitResult:
    text = text.strip()
    try:
        return urlsplit(text if "//" in text else f"//{text}")
    except ValueError:
        return urlsplit("")


class ChannelForm(VersionedModelForm):
    act_of_adding, act_of_changing = "channel_added", "channel_changed"
    told_values = ("handle", "kind", "is_active")

    class Meta:
        model = Channel
        fields = ["platform", "handle", "kind"]
        widgets = {
            "platform": forms.RadioSelect,
            "kind": forms.RadioSelect,
            "handle": forms.TextInput(attrs={"autocapitalize": "none", "autocomplete": "off", "spellcheck": "false"}),
        }
        help_texts = {"handle": _("The name after the @. You may paste the page’s address.")}

    def __init__(self, *args, brand: Brand, **kwargs):
        super().__init__(*args, **kwargs)
        self.brand = brand
        self.instance.brand = brand
        # The figures and posts of a channel belong to its platform for good.
        self.fields["platform"].disabled = not self.instance._state.adding
        self.fields["platform"].empty_label = None
        self.fields["platform"].queryset = Platform.objects.filter(is_active=True)
        if not self.instance._state.adding:
            self.fields["platform"].queryset = Platform.objects.filter(pk=self.instance.platform_id)

    def clean_handle(self) -> str:
        typed = self.cleaned_data["handle"]
        platform, elsewhere = self.cleaned_data.get("platform"), platform_of_address(typed)
        if platform and elsewhere and elsewhere != platform.slug:
            raise forms.ValidationError(_("That address is not one of %(platform)s."), params={"platform": platform})
        handle = handle_from(typed)
        if not HANDLE.match(handle):
            raise forms.ValidationError(_("A handle has letters, digits, dots, dashes and underscores, no spaces."))
        return handle

    def clean(self) -> dict:
        cleaned = super().clean()
        platform, handle = cleaned.get("platform"), cleaned.get("handle")
        if platform and handle and self._same(platform, handle).exists():
            self.add_error("handle", TAKEN)
        return cleaned

    def saved(self) -> bool:
        try:
            with transaction.atomic():
                return super().saved()
        except IntegrityError:
            # Somebody added it between our look and our save.
            self.add_error("handle", TAKEN)
            return False

    def _same(self, platform: Platform, handle: str):
        return self.brand.channels.filter(platform=platform, handle__iexact=handle).exclude(pk=self.instance.pk)
