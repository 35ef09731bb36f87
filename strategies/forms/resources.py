from django.utils.translation import gettext_lazy as _

from strategies.forms.rows import People, RowForm, offer
from strategies.models import Asset


class AssetForm(RowForm):
    class Meta:
        model = Asset
        fields = ["kind", "name", "supply", "use", "owner"]

    def __init__(self, *args, people: People, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        offer(self.fields["owner"], people.members, _("Nobody yet"))
