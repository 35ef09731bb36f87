from brands.forms.accounts import ProfileForm, SignupForm
from brands.forms.brand import BrandForm, NewBrandForm
from brands.forms.channel import ChannelForm
from brands.forms.fields import SeveralRowsField, WebAddressField
from brands.forms.team import InvitationForm, MembershipForm
from brands.forms.versioned import VersionedModelForm

__all__ = [
    "BrandForm",
    "ChannelForm",
    "InvitationForm",
    "MembershipForm",
    "NewBrandForm",
    "ProfileForm",
    "SeveralRowsField",
    "SignupForm",
    "VersionedModelForm",
    "WebAddressField",
]
