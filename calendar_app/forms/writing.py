"""Sets of hashtags, and names of templates."""

import re

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from brands.forms import VersionedModelForm
from brands.models import Brand
from calendar_app.forms.fields import WordsField
from calendar_app.models import HashtagSet, PostTemplate
from calendar_app.post_checks import APOSTROPHES

MOST_TAGS = 30
TAG = re.compile(r"\w+\Z")


class OnceInABrand(VersionedModelForm):
    """A row whose name is its brand's only one."""

    def __init__(self, *args, brand: Brand, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.brand = self.instance.brand = brand

    def clean_name(self) -> str:
        name = self.cleaned_data["name"]
        if self._meta.model.objects.filter(brand=self.brand, name=name).exclude(pk=self.instance.pk).exists():
            raise ValidationError(_("There is one of this name already."))
        return name


class HashtagSetForm(OnceInABrand):
    tags = WordsField(max_length=1000, rows=3, label=_("hashtags"), help_text=_("Separated by spaces; the # may be left out."))

    class Meta:
        model = HashtagSet
        fields = ["name", "tags"]

    def clean_tags(self) -> str:
        """Each once, with its #, in the order typed."""
        tags = dict.fromkeys(tag.lstrip("#") for tag in re.split(r"[\s,;]+", self.cleaned_data["tags"].replace("#", " #")))
        tags.pop("", None)
        for tag in tags:
            if not TAG.match(tag) or tag.isdigit() or set(tag) & set(APOSTROPHES):
                raise ValidationError(_("“#%(tag)s” breaks: letters, digits and _ only."), params={"tag": tag})
        if len(tags) > MOST_TAGS:
            raise ValidationError(_("At most %(count)s hashtags in a set."), params={"count": MOST_TAGS})
        if not tags:
            raise ValidationError(_("Write at least one hashtag."))
        return " ".join(f"#{tag}" for tag in tags)


class TemplateNameForm(OnceInABrand):
    class Meta:
        model = PostTemplate
        fields = ["name"]
