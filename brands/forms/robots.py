"""Forms that people fill in without an account: what tells a person from a robot."""

from django import forms
from django.core import signing
from django.utils import timezone

# Nobody reads a page and answers in less; robots do.
FASTEST_SECONDS = 2
# A telephone keeps a page open for days; whoever comes back to it and sends it is a person.
OLDEST_SECONDS = 30 * 24 * 60 * 60
CLOCK = signing.TimestampSigner(salt="strategies.survey.shown")


class RobotTrap(forms.Form):
    """`website` is left empty by people: only robots see it. `shown` says when the page was asked for."""

    website = forms.CharField(required=False, label="", widget=forms.TextInput(attrs={"tabindex": "-1", "autocomplete": "off"}))
    shown = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.initial["shown"] = CLOCK.sign(str(int(timezone.now().timestamp())))

    @property
    def looks_like_a_robot(self) -> bool:
        """Filled in what nobody sees, or sent faster than anybody reads, or with a page nobody was shown."""
        if self.data.get("website"):
            return True
        try:
            CLOCK.unsign(self.data.get("shown", ""), max_age=OLDEST_SECONDS)
            shown = int(self.data["shown"].split(":")[0])
        except (signing.BadSignature, ValueError):
            return True
        return timezone.now().timestamp() - shown < FASTEST_SECONDS
