from typing import IO

from django import forms
from django.utils.translation import gettext_lazy as _

from brands.exports.checking import ImportRefused
from brands.exports.reading import import_brand
from brands.models import Brand, User

LARGEST_FILE = 500 << 20


class CloseBrandForm(forms.Form):
    """Typing the name is the moment to think."""

    name = forms.CharField(label=_("The brand’s name, to be sure"), max_length=120)

    def __init__(self, *args, brand: Brand, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.brand = brand

    def clean_name(self) -> str:
        if self.cleaned_data["name"].strip().casefold() != self.brand.name.strip().casefold():
            raise forms.ValidationError(_("That is not the name of this brand."))
        return str(self.cleaned_data["name"])


class ImportBrandForm(forms.Form):
    file = forms.FileField(
        label=_("File"), help_text=_("A ZIP file that “Export and delete” of a brand made, here or elsewhere.")
    )

    def clean_file(self) -> IO[bytes]:
        file = self.cleaned_data["file"]
        if file.size > LARGEST_FILE:
            raise forms.ValidationError(_("The file is too large."))
        return file

    def made(self, importer: User) -> Brand | None:
        """The new brand, or None with the reason beside the field."""
        if not self.is_valid():
            return None
        try:
            return import_brand(self.cleaned_data["file"].file, importer)
        except ImportRefused as problem:
            self.add_error("file", str(problem))
            return None
