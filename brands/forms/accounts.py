"""What people say about themselves: at sign-up and on their profile."""

from django import forms
from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from brands.languages import LANGUAGES
from brands.models import User

NAME_INPUT = forms.TextInput(attrs={"autocomplete": "name"})


class SignupForm(forms.Form):
    """What sign-up asks beside the address and the password."""

    name = forms.CharField(label=_("Your name"), max_length=150, widget=NAME_INPUT)
    language = forms.ChoiceField(label=_("Language"), choices=LANGUAGES, widget=forms.RadioSelect)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        spoken = (get_language() or "").split("-")[0]
        self.fields["language"].initial = spoken if spoken in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE

    def signup(self, request, user) -> None:
        user.name = self.cleaned_data["name"]
        user.language = self.cleaned_data["language"]
        user.save(update_fields=["name", "language"])


class ProfileForm(forms.ModelForm):
    language = forms.ChoiceField(label=_("Language"), choices=LANGUAGES, widget=forms.RadioSelect)

    class Meta:
        model = User
        fields = ["name", "language", "theme"]
        widgets = {"name": NAME_INPUT, "theme": forms.RadioSelect}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["name"].required = True
