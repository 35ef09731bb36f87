from typing import NamedTuple

from django import forms
from django.db import IntegrityError, transaction
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from brands.audit import record
from brands.countries import country_choices
from brands.forms.fields import WebAddressField
from brands.forms.versioned import VersionedModelForm
from brands.languages import LANGUAGES
from brands.models import Brand, Membership, Role, User
from brands.models.teams import BusinessType
from brands.slugs import free_slug, is_taken
from brands.zones import zone_choices


class Preset(NamedTuple):
    """What choosing a business type suggests later on; said on its card."""

    icon: str
    horizon: str | Promise
    goals: str | Promise
    platforms: list[str]


PRESETS = {
    BusinessType.LARGE: Preset(
        icon="building",
        horizon=_("Long term: a strong brand, loyal customers, an ear for opinions"),
        goals=_("Awareness, advocacy, service"),
        platforms=["facebook", "instagram", "youtube", "telegram"],
    ),
    BusinessType.SMALL: Preset(
        icon="building-store",
        horizon=_("Short term: sales, interest, talk that leads to a purchase"),
        goals=_("Leads and sales, a growing audience"),
        platforms=["instagram", "telegram", "facebook"],
    ),
    BusinessType.ECOMMERCE: Preset(
        icon="shopping-cart",
        horizon=_("Short term: good traffic to your shop, targeted advertising"),
        goals=_("Website traffic, sales"),
        platforms=["instagram", "tiktok", "facebook", "telegram"],
    ),
    BusinessType.B2B: Preset(
        icon="briefcase",
        horizon=_("Long term: partners, joint projects, trust in your trade"),
        goals=_("Qualified leads, public relations"),
        platforms=["linkedin", "youtube", "telegram"],
    ),
}


class NewBrandForm(forms.ModelForm):
    """The creator becomes the first lead. An empty short name is made from the name."""

    time_zone = forms.ChoiceField(label=_("Time zone"), choices=zone_choices, initial="Asia/Tashkent")
    country = forms.ChoiceField(
        label=_("country"), choices=country_choices, help_text=_("Its public holidays stand in the calendar.")
    )
    language = forms.ChoiceField(
        label=_("Language of the team"), choices=LANGUAGES, help_text=_("Invitations are written in it.")
    )

    class Meta:
        model = Brand
        fields = ["name", "business_type", "slug", "about", "website", "country", "time_zone", "currency", "language"]
        field_classes = {"website": WebAddressField}
        widgets = {"business_type": forms.RadioSelect, "name": forms.TextInput(attrs={"autocomplete": "organization"})}
        help_texts = {"slug": _("Part of every page’s address. Left empty, it is made from the name.")}

    def __init__(self, *args, creator: User, **kwargs):
        super().__init__(*args, **kwargs)
        self.creator = creator
        self.fields["slug"].required = False
        if creator.language:
            self.fields["language"].initial = creator.language

    def clean_slug(self) -> str:
        slug = self.cleaned_data["slug"].lower()
        if slug and is_taken(slug):
            raise forms.ValidationError(_("“%(slug)s” is taken. Choose another short name."), params={"slug": slug})
        return slug

    def clean(self) -> dict:
        cleaned = super().clean()
        if "slug" in cleaned and not cleaned["slug"]:
            cleaned["slug"] = free_slug(cleaned.get("name", ""))
        return cleaned

    def saved(self) -> bool:
        if not self.is_valid():
            return False
        try:
            with transaction.atomic():
                brand = self.save()
                Membership.objects.create(brand=brand, user=self.creator, role=Role.LEAD)
                record("brand_made", brand=brand, person=self.creator, on=brand)
        except IntegrityError:
            self.instance.pk = None
            self.add_error("slug", _("Another brand took this short name a moment ago. Choose another."))
            return False
        return True


class BrandForm(VersionedModelForm):
    """All of a brand but its short name, which is in people's bookmarks, and its zone, which moves posts."""

    act_of_changing = "settings_changed"
    told_values = ("name", "business_type", "currency", "language", "country", "approval_mode")
    told_apart = ("requires_two_factors",)

    language = forms.ChoiceField(label=_("Language of the team"), choices=LANGUAGES)
    country = forms.ChoiceField(
        label=_("country"), choices=country_choices, help_text=_("Its public holidays stand in the calendar.")
    )

    class Meta:
        model = Brand
        fields = ["name", "about", "website", "business_type", "currency", "language", "country", "approval_mode"]
        fields += ["requires_two_factors"]
        field_classes = {"website": WebAddressField}
        widgets = {"approval_mode": forms.RadioSelect}
        help_texts = {
            "currency": _("For new strategies and entries; those that exist keep theirs."),
            "approval_mode": _("Where a lead approves, nobody approves what they own, wrote or changed last."),
        }

    def __init__(self, *args, lead: User | None = None, **kwargs):
        super().__init__(*args, **kwargs)
        self.lead = lead

    def clean_requires_two_factors(self) -> bool:
        """Nobody locks themselves out: whoever asks it of the team has a second factor already."""
        wanted = self.cleaned_data["requires_two_factors"]
        if wanted and not self.instance.requires_two_factors and not (self.lead and self.lead.has_second_factor):
            raise forms.ValidationError(_("Set up a second factor for yourself first, under “Sign-in and security”."))
        return wanted

    def _record(self, act: str) -> None:
        super()._record(act)
        if "requires_two_factors" in self.changed_data:
            is_asked = self.cleaned_data["requires_two_factors"]
            record("two_factors_required" if is_asked else "two_factors_optional", brand=self.instance, on=self.instance)

    @property
    def has_one_lead(self) -> bool:
        return self.instance.memberships.filter(role=Role.LEAD).count() == 1

    @property
    def has_no_client(self) -> bool:
        return not self.instance.memberships.filter(role=Role.VIEWER).exists()
