"""What members say of programs: a new token, a webhook."""

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from brands import fetching
from brands.api_tokens import MOST
from brands.fetching import FetchFailed
from brands.forms.fields import WebAddressField
from brands.forms.versioned import VersionedModelForm
from brands.models import Scope, WebhookEndpoint
from brands.webhooks import EVENTS


class TokenForm(forms.Form):
    name = forms.CharField(label=_("What for"), max_length=80, help_text=_("So that you know it again: “Weekly figures”."))
    scopes = forms.MultipleChoiceField(
        label=_("What it may do"), choices=Scope, initial=[Scope.READ], widget=forms.CheckboxSelectMultiple,
        help_text=_("Never more than you may do yourself."),
    )  # fmt: skip
    days = forms.TypedChoiceField(
        label=_("Works for"), choices=[(30, _("30 days")), (90, _("90 days")), (365, _("A year"))], coerce=int, initial=90
    )

    def __init__(self, *args, standing: int, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.standing = standing

    def clean(self) -> dict:
        if self.standing >= MOST:
            raise ValidationError(_("You have %(count)s tokens already. Take one back first."), params={"count": MOST})
        return super().clean()


class WebhookForm(VersionedModelForm):
    events = forms.MultipleChoiceField(
        label=pgettext_lazy("webhook", "What it hears of"), choices=list(EVENTS.items()), widget=forms.CheckboxSelectMultiple
    )

    class Meta:
        model = WebhookEndpoint
        fields = ["url", "events", "is_on"]
        field_classes = {"url": WebAddressField}
        help_texts = {"url": _("It begins with https:// and can be reached from the internet.")}

    def clean_url(self) -> str:
        url = self.cleaned_data["url"]
        try:
            parts = fetching.checked(url)
        except FetchFailed as failed:
            raise ValidationError(_("This address cannot be reached from the internet."), code=failed.code) from failed
        if parts.scheme != "https" and not settings.DEBUG:
            raise ValidationError(_("The address has to begin with https://."), code="not_https")
        return url
