from brands.forms.accounts import ProfileForm, SignupForm
from brands.forms.fields import WebAddressField
from brands.forms.versioned import VersionedModelForm

__all__ = ["ProfileForm", "SignupForm", "VersionedModelForm", "WebAddressField"]
